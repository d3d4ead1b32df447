use super::address;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use html5ever::driver::{self, ParseOpts};
use html5ever::tendril::TendrilSink as _;
use html5ever::tree_builder::TreeBuilderOpts;
use rejoinder_engine::page;
use rejoinder_wire::Site;
use scraper::{ElementRef, Html, HtmlTreeSink, Selector};
use std::sync::LazyLock;

/// Bytes in which a page names its encoding, as the HTML standard has it.
const PRESCAN: usize = 1024;

static BODY: LazyLock<Option<Selector>> = LazyLock::new(|| Selector::parse("body").ok());

/// A saved page.
pub struct Document {
    html: Html,
    /// Addresses that the page gives as its own; none if it does not say.
    addresses: Vec<String>,
}

impl Document {
    /// Reads a page as a browser would that gets it from a file: by its byte order mark, by the encoding it names,
    /// else as UTF-8 if it is that, else as Windows-1252.
    pub fn parse(bytes: &[u8]) -> Self {
        let text = decode(bytes);
        // As where scripts are off: what a page shows then is in the file, what its scripts would show is not.
        let tree = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
        let options = ParseOpts { tree_builder: tree, ..ParseOpts::default() };
        let html = driver::parse_document(HtmlTreeSink::new(Html::new_document()), options).one(text.as_str());
        let addresses = address::all(&html, &text);
        Self { html, addresses }
    }

    /// The document's `body`.
    pub fn body(&self) -> Option<ElementRef<'_>> {
        self.html.select(BODY.as_ref()?).next()
    }

    pub(super) fn html(&self) -> &Html {
        &self.html
    }

    /// The adapters that may be for this page, in the order in which they are tried: those for its site only know it
    /// best.
    pub fn adapters<'s>(&self, sites: &'s [Site]) -> Vec<&'s Site> {
        let is_here = |site: &&Site| self.addresses.iter().any(|url| page::is_for(site, url));
        let known = sites.iter().filter(|site| !site.url.is_empty()).filter(is_here);
        known.chain(sites.iter().filter(|site| site.url.is_empty())).collect()
    }
}

fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(PRESCAN)]).to_ascii_lowercase();
    let named = head.split("charset=").nth(1).map(|rest| rest.trim_start_matches(['"', '\'', ' ']));
    let label = named.map(|rest| rest.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).next());
    let named = label.flatten().and_then(|label| Encoding::for_label(label.as_bytes()));
    // What is UTF-8 is meant to be it: pages are saved as UTF-8 whatever they say.
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            named.filter(|&e| e != UTF_8).unwrap_or(WINDOWS_1252).decode_without_bom_handling(bytes).0.into_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        for (bytes, want) in [
            ("é".as_bytes().to_vec(), "é"),
            (b"\xef\xbb\xbf\xc3\xa9".to_vec(), "é"),
            (b"\xe9".to_vec(), "é"),
            (b"<meta charset=iso-8859-15>\xa4".to_vec(), "€"),
            (b"<meta content='text/html; charset=windows-1251'>\xe9".to_vec(), "й"),
            ("<meta charset=iso-8859-1>é".as_bytes().to_vec(), "é"),
        ] {
            let document = Document::parse(&bytes);
            let text: String = document.body().unwrap().text().collect();
            assert_eq!(text, want, "{bytes:?}");
        }
    }
}
