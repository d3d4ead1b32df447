use serde::{Deserialize, Serialize};

/// An adapter: where posts and composers are on one kind of site. Data only; selectors are CSS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Site {
    /// Stable id, never reused.
    pub id: String,
    /// Name of the site or software, for people.
    pub name: String,
    /// The adapter is for pages in which this matches something.
    pub detect: String,
    /// One element per post.
    pub post: String,
    /// Inside the post (or the post itself if nothing matches): the element that holds the text. The first that
    /// does not lie in a nested post counts.
    pub body: String,
    /// Inside the body: other people's words.
    #[serde(default)]
    pub quote: Vec<String>,
    /// Inside the body: not words of a post at all (signatures, buttons, hidden twins, "X wrote:").
    #[serde(default)]
    pub drop: Vec<String>,
    /// The reply boxes, best first.
    #[serde(default)]
    pub composer: Vec<String>,
    /// Nothing is drawn in the page; findings only in the panel.
    #[serde(default)]
    pub discreet: bool,
    /// Where the selectors were seen (version of the software, page).
    #[serde(default)]
    pub evidence: String,
    /// When, as `YYYY-MM-DD`.
    #[serde(default)]
    pub seen: String,
}
