use super::document::Document;
use rejoinder_wire::{Sketch, SketchNode};
use scraper::{ElementRef, Node, Selector};
use std::sync::LazyLock;

static DATA: LazyLock<Option<Selector>> =
    LazyLock::new(|| Selector::parse(r#"script[type="application/ld+json"]"#).ok());

/// Draws a saved page, as the content script draws one that is shown.
pub fn sketch(document: &Document) -> Sketch {
    let mut sketch = Sketch::default();
    if let Some(body) = document.body() {
        element(&mut sketch, body, 0, 1, 0);
    }
    let mut left = Sketch::DATA;
    if let Some(data) = &*DATA {
        for block in document.html().select(data) {
            let text: String = block.text().collect();
            let Some(rest) = left.checked_sub(text.encode_utf16().count()) else { break };
            left = rest;
            sketch.data.push(text);
        }
    }
    sketch
}

fn element(sketch: &mut Sketch, element_: ElementRef<'_>, parent: u32, nth: u32, depth: usize) {
    let at = u32::try_from(sketch.nodes.len()).unwrap_or(u32::MAX);
    let mut node = SketchNode { parent, nth, tag: element_.value().name().to_owned(), ..SketchNode::default() };
    for &name in Sketch::ATTRIBUTES {
        if let Some(value) = element_.attr(name) {
            node.attributes.insert(name.to_owned(), cut(value, Sketch::VALUE));
        }
    }
    sketch.nodes.push(node);
    if depth >= Sketch::DEPTH {
        return;
    }
    let mut nth = 0;
    for child in element_.children() {
        if sketch.nodes.len() >= Sketch::NODES {
            return;
        }
        match child.value() {
            Node::Text(text) => {
                let folded = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
                if !folded.is_empty() {
                    let length = u32::try_from(folded.encode_utf16().count()).unwrap_or(u32::MAX);
                    let text = cut(&folded, Sketch::TEXT);
                    sketch.nodes.push(SketchNode { parent: at, text, length, ..SketchNode::default() });
                }
            }
            Node::Element(_) => {
                nth += 1;
                if let Some(inner) = ElementRef::wrap(child).filter(|&inner| is_read(inner)) {
                    element(sketch, inner, at, nth, depth + 1);
                }
            }
            _ => {}
        }
    }
}

/// Classes by which style sheets, which are not read here, hide what has them.
const HIDDEN: &[&str] = &["hidden", "d-none", "is-hidden", "u-hidden"];

/// Whether an element can hold words that are shown, as far as its own attributes tell.
pub(super) fn is_read(element: ElementRef<'_>) -> bool {
    let hidden = || {
        let style: String = element.attr("style").unwrap_or_default().split_ascii_whitespace().collect();
        let class = element.attr("class").unwrap_or_default();
        class.split_ascii_whitespace().any(|class| HIDDEN.contains(&class))
            || element.attr("hidden").is_some()
            || style.to_ascii_lowercase().contains("display:none")
    };
    let editable = || element.attr("contenteditable").is_some_and(|value| !value.eq_ignore_ascii_case("false"));
    !Sketch::SKIPPED.contains(&element.value().name()) && !hidden() && !editable()
}

/// The first units of a text.
fn cut(text: &str, units: usize) -> String {
    let mut left = units;
    text.chars()
        .take_while(|c| {
            let fits = left >= c.len_utf16();
            left = left.saturating_sub(c.len_utf16());
            fits
        })
        .collect()
}
