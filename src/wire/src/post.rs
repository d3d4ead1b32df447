use serde::{Deserialize, Serialize};

/// One contribution in a thread, as the page read it. Never holds who wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Post {
    /// Number given by the page's script, unique in its document.
    pub id: u32,
    /// The texts of the post in reading order.
    pub parts: Vec<Part>,
    /// What is known of it beside its text.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Facts>"))]
    pub facts: Facts,
    /// The page holds only the beginning of its text.
    #[serde(default, skip_serializing_if = "is_false")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<bool>"))]
    pub cut: bool,
    /// It was written from the account that is in use: nothing in it calls for an answer.
    #[serde(default, skip_serializing_if = "is_false")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<bool>"))]
    pub mine: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// What is known of a post beside its text; what is not known is left out. Never who wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "typescript", ts(optional_fields))]
#[serde(default)]
pub struct Facts {
    /// Address of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Country or jurisdiction of the site (`FR`, `CA-QC`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// What kind of page it stands on: `forum`, `video`, `feed`, `comment`, `review`, `question`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Place in its thread; 1 is the first post.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<u32>,
    /// Whether it answers another post.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply: Option<bool>,
    /// Days since it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age: Option<u32>,
    /// When it was written, in the site's words for people, where it has none for machines: one text per line, at most
    /// 140 UTF-16 units. For the background, which makes `age` of it and drops it: no rule sees it, nothing keeps it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
    /// Days since the last post of its thread.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<u32>,
    /// Replies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replies: Option<u32>,
    /// Views.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub views: Option<u32>,
    /// Approvals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likes: Option<u32>,
    /// Whether its reactions are many beside those of the other posts of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engaging: Option<bool>,
    /// Addresses of its links to other sites.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<String>>"))]
    pub links: Vec<String>,
    /// Whether it has an image or video.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media: Option<bool>,
    /// Whether the team has answered it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered: Option<bool>,
    /// Whether it links to an official source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub official: Option<bool>,
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
    /// The title that the poster gave to what they wrote.
    Title,
    /// The post that this one answers.
    Parent,
    /// The first post of the thread.
    Root,
}

impl Post {
    /// A post of one part in the poster's own words.
    pub fn own(id: u32, text: impl Into<String>) -> Self {
        Post { id, parts: vec![Part { kind: PartKind::Own, text: text.into() }], ..Post::default() }
    }
}
