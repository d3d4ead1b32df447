//! Which addresses an adapter is for.

use rejoinder_wire::Site;

/// Whether a site's adapter is for an address: it names no hosts, or one of them.
pub fn is_for(site: &Site, url: &str) -> bool {
    site.url.is_empty() || site.url.iter().any(|pattern| matches(pattern, url))
}

/// Whether a text is a match pattern of a host and those under it: `*://*.example.org/*`. Paths are not told apart:
/// pages of one host lead to each other without being loaded anew.
pub(crate) fn is_pattern(pattern: &str) -> bool {
    parts(pattern).is_some()
}

fn matches(pattern: &str, url: &str) -> bool {
    let Some((scheme, host)) = parts(pattern) else { return false };
    let Some((its_scheme, rest)) = url.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let its_host = authority.rsplit('@').next().unwrap_or_default();
    let its_host = match its_host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => its_host,
    };
    let schemes = if scheme == "*" { matches!(its_scheme, "http" | "https") } else { its_scheme == scheme };
    let its_host = its_host.to_ascii_lowercase();
    schemes
        && match host.strip_prefix("*.") {
            Some(host) => its_host == host || its_host.strip_suffix(host).is_some_and(|rest| rest.ends_with('.')),
            None => its_host == host,
        }
}

/// Scheme and host.
fn parts(pattern: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = pattern.split_once("://")?;
    let host = rest.strip_suffix("/*")?;
    let name = host.strip_prefix("*.").unwrap_or(host);
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.' | b'[' | b']' | b':'));
    (matches!(scheme, "*" | "http" | "https") && is_name).then_some((scheme, host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for (pattern, url, want) in [
            ("*://x.example/*", "https://x.example/status/1", true),
            ("*://x.example/*", "https://x.example", true),
            ("*://x.example/*", "https://x.example:8443/a?b#c", true),
            ("*://x.example/*", "https://www.x.example/", false),
            ("*://*.x.example/*", "https://www.x.example/", true),
            ("*://*.x.example/*", "https://x.example/", true),
            ("*://*.x.example/*", "https://evilx.example/", false),
            ("*://*.x.example/*", "https://x.example.evil/", false),
            ("*://x.example/*", "https://x.example@evil.example/", false),
            ("https://x.example/*", "http://x.example/", false),
            ("*://x.example/*", "ftp://x.example/", false),
            ("*://x.example/*", "HTTPS", false),
        ] {
            assert_eq!(matches(pattern, url), want, "{pattern} {url}");
        }
    }

    #[test]
    fn patterns() {
        for pattern in ["*://x.example/*", "https://*.x.example/*", "http://127.0.0.1/*"] {
            assert!(is_pattern(pattern), "{pattern}");
        }
        for pattern in
            ["", "*", "<all_urls>", "*://*/*", "*://x.example/forum/*", "*://*.*.example/*", "x.example", "ftp://x/*"]
        {
            assert!(!is_pattern(pattern), "{pattern}");
        }
    }
}
