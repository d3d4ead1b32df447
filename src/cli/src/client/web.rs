use super::Source;
use anyhow::{Context, Result, bail};
use jiff::{SignedDuration, Timestamp};
use rejoinder_engine::trust::{Answer, Request};
use rejoinder_wire::SyncRefusal;
use std::io::Read as _;
use std::time::Duration;
use ureq::http::header::{ETAG, HeaderMap, IF_NONE_MATCH, RETRY_AFTER};
use url::{Host, Url};

/// A server that is silent for so long is given up, as the extension does.
const PATIENCE: Duration = Duration::from_secs(20);
/// A request that takes so long is given up, however busily the server drips.
const LONGEST: Duration = Duration::from_secs(120);

/// The address of an index. It is asked as the extension asks: no cookies, no redirects, and no more decoded bytes than
/// the limit.
#[derive(Debug)]
pub struct Web {
    index: Url,
    agent: ureq::Agent,
}

impl Web {
    /// By the address that managers are given.
    ///
    /// # Errors
    /// No client would subscribe to it: it is not https (http only on this machine), or holds a name or password.
    pub fn new(address: &str) -> Result<Web> {
        let mut index = Url::parse(address.trim()).with_context(|| format!("`{address}` is not an address"))?;
        let here = is_loopback(&index);
        match index.scheme() {
            "https" => {}
            "http" if here => {}
            _ => bail!("{index}: clients subscribe to https addresses only (http only on this machine)"),
        }
        if !index.username().is_empty() || index.password().is_some() {
            bail!("{index}: an address with a name or password would put them into every request");
        }
        if index.path().ends_with('/') {
            bail!("{index}: give the address of the index itself: {index}index.json");
        }
        index.set_fragment(None);
        let mut config = ureq::Agent::config_builder()
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_global(Some(LONGEST))
            .timeout_connect(Some(PATIENCE))
            .timeout_recv_response(Some(PATIENCE))
            .timeout_per_read(Some(PATIENCE))
            .user_agent(concat!("rejoinder/", env!("CARGO_PKG_VERSION")));
        if here {
            config = config.proxy(None);
        }
        Ok(Web { index, agent: config.build().into() })
    }

    fn ask(&self, request: &Request) -> Result<Answer, SyncRefusal> {
        let url = request.address(&self.index)?;
        let mut call = self.agent.get(url.as_str());
        if let Some(etag) = &request.etag {
            call = call.header(IF_NONE_MATCH, etag);
        }
        let unreached = |why: &dyn std::fmt::Display| Answer::Unreached { why: format!("{url}: {why}") };
        let response = match call.call() {
            Ok(response) => response,
            Err(why) => return Ok(unreached(&why)),
        };
        let (head, body) = response.into_parts();
        match head.status.as_u16() {
            200 => {}
            301..=303 | 307 | 308 => return Err(SyncRefusal::Redirected),
            304 => return Ok(Answer::Unchanged),
            404 | 410 => return Ok(Answer::Missing),
            _ => return Ok(Answer::Failed { why: format!("{url}: {}", head.status), wait: wait(&head.headers) }),
        }
        let etag = head.headers.get(ETAG).and_then(|etag| etag.to_str().ok()).map(str::to_owned);
        let mut bytes = Vec::new();
        // Decoded already: it is what comes out that counts.
        if let Err(why) = body.into_reader().take(request.limit + 1).read_to_end(&mut bytes) {
            return Ok(unreached(&why));
        }
        if bytes.len() as u64 > request.limit {
            return Err(SyncRefusal::TooLarge { limit: request.limit });
        }
        Ok(Answer::Body { bytes, etag })
    }
}

impl Source for Web {
    fn get(&self, request: &Request) -> Answer {
        self.ask(request).unwrap_or_else(Answer::Refused)
    }
}

/// How long the server wants to be left alone: seconds, or a date.
fn wait(headers: &HeaderMap) -> Option<SignedDuration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u32>() {
        return Some(SignedDuration::from_secs(seconds.into()));
    }
    let date = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    Some(date.duration_since(Timestamp::now())).filter(SignedDuration::is_positive)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_clients_subscribe_to() {
        for (address, want) in [
            ("https://packs.example/fr/index.json", true),
            ("http://127.0.0.1:8080/index.json", true),
            ("http://localhost/index.json", true),
            ("http://packs.example/index.json", false),
            ("http://localhost.example/index.json", false),
            ("ftp://packs.example/index.json", false),
            ("https://me:secret@packs.example/index.json", false),
            ("https://packs.example/fr/", false),
            ("packs.example/index.json", false),
        ] {
            assert_eq!(Web::new(address).is_ok(), want, "{address}");
        }
    }

    #[test]
    fn waits() {
        let wait = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, text.parse().expect("a value"));
            wait(&headers)
        };
        assert_eq!(wait("90"), Some(SignedDuration::from_secs(90)));
        assert!(wait("Fri, 31 Dec 2100 23:59:59 GMT").is_some_and(|wait| wait.as_hours() > 24));
        for none in ["soon", "Mon, 01 Jan 2001 00:00:00 GMT", ""] {
            assert_eq!(wait(none), None, "{none}");
        }
    }
}
