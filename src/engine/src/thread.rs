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
/// Parameters that turn pages or sort them.
const PAGE: &[&str] = &["offset", "order", "page", "pagenumber", "sd", "sk", "sort", "st", "start", "view"];
/// What turns pages at the end of a path.
static TURN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)(?:/page[-/]?[0-9]{1,6})+$").ok());
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
