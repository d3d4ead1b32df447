//! Where a saved page was, as far as it says.

use scraper::{Html, Selector};
use std::collections::HashMap;
use std::sync::LazyLock;

static SAYS: LazyLock<Option<Selector>> =
    LazyLock::new(|| Selector::parse(r#"link[rel="canonical"], meta[property="og:url"], base[href]"#).ok());

static LINKS: LazyLock<Option<Selector>> = LazyLock::new(|| Selector::parse("[href], [src]").ok());

/// Links to one host from which it is taken for the page's own.
const FEWEST: usize = 5;

/// The addresses that a page gives as its own; else the one that its links suggest.
pub(super) fn all(html: &Html, text: &str) -> Vec<String> {
    let mut addresses = Vec::new();
    if let Some(says) = &*SAYS {
        for element in html.select(says) {
            let address = element.attr("href").or_else(|| element.attr("content")).unwrap_or_default();
            if address.starts_with("http") {
                addresses.push(address.to_owned());
            }
        }
    }
    // Browsers note it at the top of what they save: `<!-- saved from url=(0042)https://… -->`.
    let start = text.get(..2000.min(text.len())).unwrap_or_default();
    if let Some((_, saved)) = start.split_once("saved from url=(")
        && let Some((_, rest)) = saved.split_once(')')
    {
        let address: String = rest.chars().take_while(|c| !c.is_whitespace() && *c != '>').collect();
        addresses.push(address);
    }
    if addresses.is_empty() {
        addresses.extend(linked(html));
    }
    addresses
}

/// The host that most addresses in a page are of, if it stands out.
fn linked(html: &Html) -> Option<String> {
    let mut hosts: HashMap<&str, usize> = HashMap::new();
    for element in html.select(LINKS.as_ref()?) {
        let address = element.attr("href").or_else(|| element.attr("src")).unwrap_or_default();
        let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
        if let Some(host) = rest.and_then(|rest| rest.split(['/', '?', '#', ':']).next()) {
            *hosts.entry(host).or_default() += 1;
        }
    }
    let all: usize = hosts.values().sum();
    let (host, count) = hosts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)))?;
    (count >= FEWEST && 3 * count >= all).then(|| format!("https://{host}/"))
}
