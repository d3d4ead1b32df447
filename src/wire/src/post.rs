use serde::{Deserialize, Serialize};

/// One contribution in a thread, as the page read it. Never holds who wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Post {
    /// Number given by the page's script, unique in its document.
    pub id: u32,
    /// The texts of the post in reading order.
    pub parts: Vec<Part>,
}

/// A run of text of a post with one origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Part {
    /// Whose words these are.
    pub kind: PartKind,
    /// The text as shown. A line break is `\n`, a block border `\n\n`.
    pub text: String,
}

/// Whose words a part holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// The poster's own words.
    Own,
    /// Somebody else's words, quoted by the poster.
    Quote,
}

impl Post {
    /// A post of one part in the poster's own words.
    pub fn own(id: u32, text: impl Into<String>) -> Self {
        Post { id, parts: vec![Part { kind: PartKind::Own, text: text.into() }] }
    }
}
