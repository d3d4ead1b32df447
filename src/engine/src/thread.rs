//! Which thread a page is of.

use crate::pack::Limits;
use regex::Regex;
use regex::bytes::{Regex as Pattern, RegexBuilder};
use rejoinder_wire::{PageSource, Site};
use std::borrow::Cow;
use std::sync::LazyLock;
use url::Url;

/// Parameters of a query that say where a visitor comes from or who they are.
const VISIT: &[&str] = &[
    "_ga",
    "_gl",
    "dclid",
    "fbclid",
    "gad_source",
    "gbraid",
    "gclid",
    "gclsrc",
    "igsh",
    "igshid",
    "jsessionid",
    "mc_cid",
    "mc_eid",
    "msclkid",
    "phpsessid",
    "ref_src",
    "ref_url",
    "s",
    "sid",
    "ttclid",
    "twclid",
    "wbraid",
    "xtor",
    "yclid",
];
/// Parameters that turn pages, sort them or open a reply box.
const PAGE: &[&str] =
    &["cpage", "offset", "order", "page", "pagenumber", "replytocom", "sd", "sk", "sort", "st", "start", "view"];
/// What turns pages at the end of a path.
static TURN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)(?:/(?:comment-)?page[-/]?[0-9]{1,6})+$").ok());
/// A session in a path, as servlets put it there.
static SESSION: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i);jsessionid=[^/?#]*").ok());

/// What is the same on all pages of a thread and differs between threads; `None`: the page is not of one thread, or
/// that is not known.
///
/// Host (without `www.`) and port, then what the groups of the first of the site's patterns hold that matches. Where
/// none does, nothing on a feed; elsewhere the address without what turns or sorts its pages and without what tells
/// visits apart.
pub fn thread(url: &Url, site: Option<&Site>) -> Option<String> {
    let host = url.host_str()?;
    let mut key = host.strip_prefix("www.").unwrap_or(host).to_owned();
    if let Some(port) = url.port() {
        key.push_str(&format!(":{port}"));
    }
    let patterns = site.map_or(&[][..], |site| &site.thread);
    if !patterns.is_empty() {
        let address = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        let compiled = patterns.iter().take(Limits::THREADS).filter_map(|pattern| compiled(pattern).ok());
        for pattern in compiled {
            let Some(groups) = pattern.captures(address.as_bytes()) else { continue };
            for group in groups.iter().skip(1).flatten() {
                key.push(' ');
                key.push_str(&String::from_utf8_lossy(group.as_bytes()));
            }
            return Some(key);
        }
    }
    if site.is_some_and(|site| site.source == PageSource::Feed) {
        return None;
    }
    key.push_str(&path(url));
    let mut query: Vec<(Cow<'_, str>, Cow<'_, str>)> = url.query_pairs().filter(|(name, _)| stays(name)).collect();
    query.sort();
    for (i, (name, value)) in query.iter().enumerate() {
        key.push(if i == 0 { '?' } else { '&' });
        key.extend(url::form_urlencoded::byte_serialize(name.as_bytes()));
        key.push('=');
        key.extend(url::form_urlencoded::byte_serialize(value.as_bytes()));
    }
    Some(key)
}

/// Why a pattern cannot be used.
pub(crate) fn check_thread(pattern: &str) -> Result<(), String> {
    compiled(pattern).map(drop)
}

/// Of bytes: an address has none but those of ASCII, and the tables of Unicode would fill the bound.
fn compiled(pattern: &str) -> Result<Pattern, String> {
    if pattern.len() > Limits::THREAD_BYTES {
        return Err(format!("{} bytes; at most {} are read", pattern.len(), Limits::THREAD_BYTES));
    }
    let regex = RegexBuilder::new(pattern).unicode(false).size_limit(Limits::THREAD_REGEX_BYTES).build();
    let regex = regex.map_err(|e| e.to_string())?;
    if regex.captures_len() < 2 {
        return Err("no group: what the groups hold is what tells threads apart".to_owned());
    }
    Ok(regex)
}

fn path(url: &Url) -> String {
    let path = url.path();
    let path = SESSION.as_ref().map_or(Cow::Borrowed(path), |session| session.replace_all(path, ""));
    let path = path.trim_end_matches('/');
    let path = TURN.as_ref().map_or(Cow::Borrowed(path), |turn| turn.replace(path, ""));
    path.trim_end_matches('/').to_owned()
}

fn stays(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    !name.starts_with("utm_") && !VISIT.contains(&name.as_str()) && !PAGE.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(address: &str, site: Option<&Site>) -> Option<String> {
        thread(&Url::parse(address).expect("an address"), site)
    }

    #[test]
    fn without_an_adapter_it_is_the_address_without_its_pages() {
        for (address, want) in [
            ("https://www.forum.example/sujet/12#message-3", "forum.example/sujet/12"),
            ("http://forum.example:8080/a/", "forum.example:8080/a"),
            ("https://forum.example", "forum.example"),
            ("https://forum.example/a?id=2&page=3", "forum.example/a?id=2"),
            ("https://forum.example/a?b=2&a=1", "forum.example/a?a=1&b=2"),
            ("https://forum.example/a?UTM_source=x&fbclid=y&gclid=z&sid=1&s=2&PHPSESSID=3", "forum.example/a"),
            ("https://forum.example/a;jsessionid=12AB?start=20&st=1&offset=9&pagenumber=2", "forum.example/a"),
            ("https://forum.example/a?order=asc&sort=date&sk=t&sd=a&view=print", "forum.example/a"),
            ("https://forum.example/a/page-3", "forum.example/a"),
            ("https://forum.example/a/page/3/", "forum.example/a"),
            ("https://forum.example/a/page3/?id=1", "forum.example/a?id=1"),
            ("https://blog.example/2026/06/article/comment-page-2/#comments", "blog.example/2026/06/article"),
            ("https://blog.example/2026/06/article/?replytocom=12", "blog.example/2026/06/article"),
            ("https://forum.example/homepage3", "forum.example/homepage3"),
            ("https://forum.example/viewtopic.php?p=12", "forum.example/viewtopic.php?p=12"),
            ("https://forum.example/a?q=a%26b%3Dc", "forum.example/a?q=a%26b%3Dc"),
        ] {
            assert_eq!(key(address, None).as_deref(), Some(want), "{address}");
        }
        for address in ["about:blank", "data:text/html,a", "mailto:a@b.example"] {
            assert_eq!(key(address, None), None, "{address}");
        }
    }

    #[test]
    fn patterns_say_what_a_thread_is() {
        let site = |source, patterns: &[&str]| Site {
            source,
            thread: patterns.iter().map(|p| (*p).to_owned()).collect(),
            ..Site::default()
        };
        let forum = site(PageSource::Forum, &["(", "/none", r"^(.*/)topic\.php\?(?:.*&)?t=(\d+)", r"/t(\d+)(?:-(x))?"]);
        let feed = site(PageSource::Feed, &[r"/status/(\d+)"]);
        let unknown = site(PageSource::Feed, &[]);
        for (address, site, want) in [
            ("https://www.f.example/b/topic.php?p=3&t=12#a", &forum, Some("f.example /b/ 12")),
            ("https://f.example:81/t12", &forum, Some("f.example:81 12")),
            ("https://f.example/t12-x", &forum, Some("f.example 12 x")),
            ("https://f.example/topic.php?p=3&page=2", &forum, Some("f.example/topic.php?p=3")),
            ("https://x.example/a/status/12/photo/1", &feed, Some("x.example 12")),
            ("https://x.example/home", &feed, None),
            ("https://x.example/home", &unknown, None),
        ] {
            assert_eq!(key(address, Some(site)).as_deref(), want, "{address}");
        }
    }

    #[test]
    fn a_bad_pattern_says_why() {
        for (pattern, want) in [
            (r"/t/(\d+)", ""),
            ("/t/(", "unclosed group"),
            ("/t/", "no group"),
            ("(?:a)", "no group"),
            (&format!("({})", "a".repeat(500)), "502 bytes; at most 500"),
            (r"((a{100}){100}){10}", "size limit"),
        ] {
            match check_thread(pattern) {
                Ok(()) => assert_eq!(want, "", "{pattern}"),
                Err(why) => assert!(!want.is_empty() && why.contains(want), "{pattern}: {why}"),
            }
        }
    }
}
