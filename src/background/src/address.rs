use url::{Host, Url};

/// Whether a page is of this machine: `localhost`, `127.0.0.0/8`, `[::1]`, over http or https.
pub(crate) fn is_loopback(url: &Url) -> bool {
    is_web(url)
        && match url.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            None => false,
        }
}

/// Whether this is a web page, not one of the browser, a file or an inline document.
pub(crate) fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// The address of an index that can be subscribed to: https, or http to this machine; no credentials, no fragment.
///
/// # Errors
/// What is wrong with it, for people.
pub(crate) fn subscription(text: &str) -> Result<Url, String> {
    let mut url = Url::parse(text.trim()).map_err(|e| e.to_string())?;
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        "http" => return Err("https is needed, but on this machine".into()),
        other => return Err(format!("{other}: is not https:")),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("an address with a name or password would put them into every request".into());
    }
    url.set_fragment(None);
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback() {
        for (url, want) in [
            ("http://localhost:8000/t/1", true),
            ("https://forum.localhost/", true),
            ("http://127.0.0.1/", true),
            ("http://127.8.9.10:81/", true),
            ("http://2130706433/", true), // 127.0.0.1 as one number
            ("http://[::1]:3000/", true),
            ("https://localhost.example.org/", false),
            ("https://127.0.0.1.example.org/", false),
            ("https://example.org/localhost", false),
            ("https://localhost@example.org/", false),
            ("http://192.168.1.2/", false),
            ("http://0.0.0.0/", false),
            ("file://localhost/etc/hosts", false),
            ("about:blank", false),
        ] {
            assert_eq!(is_loopback(&Url::parse(url).unwrap()), want, "{url}");
        }
    }

    #[test]
    fn subscriptions() {
        for (text, want) in [
            (" https://packs.example.org/fr/index.json ", Ok("https://packs.example.org/fr/index.json")),
            ("https://packs.example.org/index.json#x", Ok("https://packs.example.org/index.json")),
            ("http://127.0.0.1:8000/index.json", Ok("http://127.0.0.1:8000/index.json")),
            ("http://packs.example.org/index.json", Err(())),
            ("http://127.0.0.1.example.org/index.json", Err(())),
            ("https://a:b@packs.example.org/index.json", Err(())),
            ("file:///tmp/index.json", Err(())),
            ("data:application/json,{}", Err(())),
            ("packs.example.org/index.json", Err(())),
            ("", Err(())),
        ] {
            assert_eq!(subscription(text).as_ref().map(Url::as_str).map_err(drop), want, "{text}");
        }
    }
}
