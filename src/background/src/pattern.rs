use serde::{Deserialize, Serialize};
use std::fmt;
use url::Url;

/// A match pattern of one host: `https://forum.example/*`. Match patterns know no ports.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Pattern {
    scheme: Scheme,
    host: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Scheme {
    Http,
    Https,
    Any,
}

impl Scheme {
    fn as_str(self) -> &'static str {
        match self {
            Scheme::Http => "http",
            Scheme::Https => "https",
            Scheme::Any => "*",
        }
    }
}

impl Pattern {
    /// Reads a pattern. A wildcard host is none of one host and is refused: sites are enabled one by one.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Pattern, String> {
        let wrong = || format!("`{text}` is not a match pattern of one host");
        let (scheme, rest) = text.split_once("://").ok_or_else(wrong)?;
        let scheme = match scheme {
            "http" => Scheme::Http,
            "https" => Scheme::Https,
            "*" => Scheme::Any,
            _ => return Err(wrong()),
        };
        let host = rest.strip_suffix("/*").ok_or_else(wrong)?;
        // The URL parser knows what a host is; whatever it would change was none.
        let url = Url::parse(&format!("https://{host}/")).map_err(|_| wrong())?;
        if url.host_str() != Some(host) || host.contains('*') || url.as_str() != format!("https://{host}/") {
            return Err(wrong());
        }
        Ok(Pattern { scheme, host: host.to_owned() })
    }

    /// The pattern of a web page's host; `None` for what is no web page.
    pub(crate) fn of(url: &Url) -> Option<Pattern> {
        let scheme = match url.scheme() {
            "http" => Scheme::Http,
            "https" => Scheme::Https,
            _ => return None,
        };
        Some(Pattern { scheme, host: url.host_str()?.to_owned() })
    }

    /// Whether a page is of this host.
    pub(crate) fn matches(&self, url: &Url) -> bool {
        url.host_str() == Some(&self.host)
            && match self.scheme {
                Scheme::Http | Scheme::Https => url.scheme() == self.scheme.as_str(),
                Scheme::Any => matches!(url.scheme(), "http" | "https"),
            }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}/*", self.scheme.as_str(), self.host)
    }
}

impl From<Pattern> for String {
    fn from(pattern: Pattern) -> String {
        pattern.to_string()
    }
}

impl TryFrom<String> for Pattern {
    type Error = String;

    fn try_from(text: String) -> Result<Pattern, String> {
        Pattern::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading() {
        for good in
            ["https://forum.example/*", "http://127.0.0.1/*", "*://localhost/*", "https://xn--caf-dma.example/*"]
        {
            assert_eq!(Pattern::parse(good).unwrap().to_string(), good);
        }
        for bad in [
            "<all_urls>",
            "*://*/*",
            "https://*/*",
            "https://*.example/*",
            "https://forum.example/",
            "https://forum.example/forum/*",
            "https://forum.example:8080/*",
            "https://me@forum.example/*",
            "https://Forum.Example/*",
            "https:///*",
            "file:///*",
            "ftp://forum.example/*",
            "",
        ] {
            assert!(Pattern::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn matching() {
        for (pattern, url, want) in [
            ("https://forum.example/*", "https://forum.example/t/1?p=2#3", true),
            ("https://forum.example/*", "https://forum.example:8443/", true),
            ("https://forum.example/*", "http://forum.example/", false),
            ("https://forum.example/*", "https://www.forum.example/", false),
            ("https://forum.example/*", "https://forum.example.evil.example/", false),
            ("*://forum.example/*", "http://forum.example/", true),
            ("*://forum.example/*", "ftp://forum.example/", false),
            ("http://127.0.0.1/*", "http://127.0.0.1:8000/", true),
        ] {
            assert_eq!(Pattern::parse(pattern).unwrap().matches(&Url::parse(url).unwrap()), want, "{pattern} {url}");
        }
    }

    #[test]
    fn of_a_page() {
        let of = |url: &str| Pattern::of(&Url::parse(url).unwrap()).map(|p| p.to_string());
        assert_eq!(of("https://Café.example:8443/t/1").as_deref(), Some("https://xn--caf-dma.example/*"));
        assert_eq!(of("http://[::1]:3000/").as_deref(), Some("http://[::1]/*"));
        assert_eq!(of("about:blank"), None);
    }
}
