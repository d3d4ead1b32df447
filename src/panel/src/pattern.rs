//! From an address to the match pattern of its host.

/// The match pattern for the host of what the user typed: a whole address, a host, or a pattern already. `None` when
/// it names no single web host.
pub(crate) fn of_address(typed: &str) -> Option<String> {
    let url = web_sys::Url::new(&with_scheme(typed.trim())).ok()?;
    of_host(&url.protocol(), &url.hostname())
}

/// The address that a subscription is made to: the index itself, also when its folder was given. `None` when it is
/// not a web address.
pub(crate) fn index_address(typed: &str) -> Option<String> {
    let url = web_sys::Url::new(&with_scheme(typed.trim())).ok()?;
    of_host(&url.protocol(), &url.hostname())?;
    let path = url.pathname();
    if !path.ends_with(".json") {
        url.set_pathname(&format!("{}/index.json", path.trim_end_matches('/')));
    }
    Some(url.href())
}

fn with_scheme(typed: &str) -> String {
    if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") }
}

/// Ports do not exist in match patterns.
fn of_host(protocol: &str, hostname: &str) -> Option<String> {
    let single = !hostname.is_empty() && !hostname.contains('*') && !hostname.contains("%2A");
    (single && matches!(protocol, "https:" | "http:")).then(|| format!("{protocol}//{hostname}/*"))
}

/// The host of an address or of a match pattern.
pub(crate) fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::{host, of_host, with_scheme};

    #[test]
    fn only_single_web_hosts_have_a_pattern() {
        for (protocol, hostname, want) in [
            ("https:", "forum.example", Some("https://forum.example/*")),
            ("http:", "127.0.0.1", Some("http://127.0.0.1/*")),
            ("http:", "[::1]", Some("http://[::1]/*")),
            ("https:", "*.example", None),
            ("https:", "*", None),
            ("https:", "", None),
            ("file:", "host", None),
            ("chrome-extension:", "abc", None),
        ] {
            assert_eq!(of_host(protocol, hostname).as_deref(), want, "{protocol}//{hostname}");
        }
    }

    #[test]
    fn hosts() {
        for (address, want) in [
            ("https://packs.example/a/index.json", "packs.example"),
            ("http://127.0.0.1:8000/index.json", "127.0.0.1:8000"),
            ("https://forum.example/*", "forum.example"),
            ("forum.example", "forum.example"),
        ] {
            assert_eq!(host(address), want, "{address}");
        }
    }

    #[test]
    fn a_bare_host_is_taken_as_secure() {
        assert_eq!(with_scheme("forum.example/t/1"), "https://forum.example/t/1");
        assert_eq!(with_scheme("http://127.0.0.1:8000/"), "http://127.0.0.1:8000/");
    }
}
