//! The words of an element as they would be shown, and whose they are.

use super::sketch::is_read;
use ego_tree::NodeId;
use scraper::{ElementRef, Node};
use std::collections::HashSet;

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "caption",
    "colgroup",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "xmp",
];

/// Which elements of a body are not the poster's words.
#[derive(Default)]
pub(super) struct Special {
    pub(super) quotes: HashSet<NodeId>,
    pub(super) dropped: HashSet<NodeId>,
    /// The line over the signature.
    pub(super) signed: Option<NodeId>,
}

/// Longest signature, in UTF-16 units, as in the content script.
const LONGEST_SIGNATURE: usize = 400;

/// The line that older forum software draws over a signature; what is longer below it is what the poster goes on with.
pub(super) fn signature_line(body: ElementRef<'_>) -> Option<NodeId> {
    let mut texts = body.descendants().filter_map(|node| node.value().as_text().map(|text| (node.id(), text)));
    while let Some((id, text)) = texts.next() {
        if is_signature_line(text) {
            let rest: usize = texts.clone().map(|(_, text)| text.encode_utf16().count()).sum();
            return (rest <= LONGEST_SIGNATURE).then_some(id);
        }
    }
    None
}

/// The words of some elements.
#[derive(Default)]
pub(super) struct Words {
    own: Text,
    quoted: Text,
    /// The line over a signature was met: the rest of the body is no part of the post.
    signed: bool,
}

impl Words {
    /// Reads one more element.
    pub(super) fn read(&mut self, body: ElementRef<'_>, special: &Special) {
        self.own.edge();
        self.quoted.edge();
        self.signed = false;
        self.children(body, special, false);
    }

    /// The poster's own words, and those quoted.
    pub(super) fn end(self) -> (String, String) {
        (self.own.text, self.quoted.text)
    }

    fn children(&mut self, element: ElementRef<'_>, special: &Special, quoted: bool) {
        for child in element.children() {
            if self.signed {
                return;
            }
            match child.value() {
                Node::Text(_) if !quoted && special.signed == Some(child.id()) => self.signed = true,
                Node::Text(text) => self.text(quoted).push(text),
                Node::Element(_) => {
                    if let Some(child) = ElementRef::wrap(child) {
                        self.element(child, special, quoted);
                    }
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>, special: &Special, quoted: bool) {
        let name = element.value().name();
        if name == "br" {
            self.text(quoted).edge();
            return;
        }
        if name == "img" {
            if is_read(element) {
                self.text(quoted).push(emoji(element));
            }
            return;
        }
        if !is_read(element) || special.dropped.contains(&element.id()) {
            return;
        }
        let turns = !quoted && special.quotes.contains(&element.id());
        let inside = quoted || turns;
        let block = BLOCKS.contains(&name);
        if turns {
            self.own.edge();
        }
        if turns || block {
            self.text(inside).edge();
        }
        self.children(element, special, inside);
        if turns || block {
            self.text(inside).edge();
        }
    }

    fn text(&mut self, quoted: bool) -> &mut Text {
        if quoted { &mut self.quoted } else { &mut self.own }
    }
}

/// Whether a text is the line that older forum software draws over signatures, as in the content script.
fn is_signature_line(text: &str) -> bool {
    let text = text.trim_ascii();
    text.len() >= 15 && text.bytes().all(|b| b == b'_')
}

/// A text that grows; blanks and line ends are written only between words.
#[derive(Default)]
struct Text {
    text: String,
    blank: bool,
    line: bool,
}

impl Text {
    fn edge(&mut self) {
        self.line = true;
    }

    fn push(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_ascii_whitespace() {
                self.blank = true;
                continue;
            }
            if !self.text.is_empty() {
                if self.line {
                    self.text.push('\n');
                } else if self.blank {
                    self.text.push(' ');
                }
            }
            (self.line, self.blank) = (false, false);
            self.text.push(c);
        }
    }
}

/// The blocks of Unicode with pictographs.
fn is_picture(c: char) -> bool {
    matches!(c,
        '\u{203c}' | '\u{2049}' | '\u{20e3}' | '\u{2122}'..='\u{21ff}' | '\u{2300}'..='\u{27bf}' | '\u{2934}'..='\u{2b55}'
        | '\u{3030}' | '\u{303d}' | '\u{3297}'..='\u{3299}' | '\u{1f000}'..='\u{1faff}')
}

/// What an image stands for in the sentence: an emoji or a smiley, as in the content script.
fn emoji<'d>(image: ElementRef<'d>) -> &'d str {
    let alt = image.attr("alt").unwrap_or_default();
    let names = [image.attr("class"), image.attr("src")];
    let smiley = names.into_iter().flatten().any(|name| {
        let name = name.to_ascii_lowercase();
        ["emoji", "emoticon", "smil"].iter().any(|word| name.contains(word))
    });
    let picture = alt.chars().any(is_picture);
    if alt.encode_utf16().count() <= 24 && (picture || smiley) { alt } else { "" }
}
