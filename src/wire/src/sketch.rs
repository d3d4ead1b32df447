use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A bounded drawing of a document, from which its posts are found. Only what tells structure: the beginnings of its
/// texts, and few attributes. It is never stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Sketch {
    /// The `body` and what is in it, in document order: a parent stands before its children, and they before its next
    /// sibling. At most [`Sketch::NODES`].
    pub nodes: Vec<SketchNode>,
    /// The JSON-LD blocks of the document, at most [`Sketch::DATA`] UTF-16 units in all.
    #[serde(default)]
    pub data: Vec<String>,
}

/// An element or a text of a [`Sketch`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SketchNode {
    /// Index of its parent; the first node is its own.
    pub parent: u32,
    /// Name of the element, lower case; empty: a text.
    #[serde(default)]
    pub tag: String,
    /// Place among the elements of its parent, from 1, as `:nth-child` counts.
    #[serde(default)]
    pub nth: u32,
    /// The text, blanks folded, at most [`Sketch::TEXT`] UTF-16 units of it.
    #[serde(default)]
    pub text: String,
    /// UTF-16 units of the whole text, blanks folded.
    #[serde(default)]
    pub length: u32,
    /// Those of its attributes that are in [`Sketch::ATTRIBUTES`], at most [`Sketch::VALUE`] UTF-16 units of each.
    #[serde(default)]
    pub attributes: BTreeMap<String, String>,
}

impl Sketch {
    /// Nodes in a sketch at most.
    pub const NODES: usize = 12_000;
    /// Elements around a node at most; deeper ones are left out. HTML parsers stop at 512.
    pub const DEPTH: usize = 200;
    /// UTF-16 units of a text at most.
    pub const TEXT: usize = 160;
    /// UTF-16 units of an attribute's value at most.
    pub const VALUE: usize = 120;
    /// UTF-16 units of JSON-LD at most.
    pub const DATA: usize = 500_000;
    /// The attributes that tell what an element is.
    pub const ATTRIBUTES: &[&str] = &[
        "alt",
        "aria-label",
        "aria-posinset",
        "class",
        "data-time",
        "data-timestamp",
        "datetime",
        "dir",
        "href",
        "id",
        "itemprop",
        "itemscope",
        "itemtype",
        "name",
        "rel",
        "role",
        "title",
    ];
    /// Elements that hold no words of posts: they and what is in them are left out.
    pub const SKIPPED: &[&str] = &[
        "script", "style", "noscript", "template", "textarea", "button", "input", "select", "option", "datalist",
        "iframe", "object", "embed", "canvas", "audio", "video", "svg", "math", "head", "title", "meter", "progress",
    ];
}

/// How the posts of a page were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// By an adapter of a pack.
    Adapter,
    /// By what the manager said of this site.
    Local,
    /// By what the page itself says of its structure (microdata, JSON-LD, ARIA).
    Structured,
    /// By dates that recur at the same place of like records.
    Generic,
}
