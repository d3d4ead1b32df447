use serde::{Deserialize, Serialize};

/// An adapter: where posts and composers are on one site or kind of software. Data only; selectors are CSS.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Site {
    /// Stable id, never reused.
    pub id: String,
    /// Name of the site or software, for people.
    pub name: String,
    /// Match patterns of its hosts (`*://*.example.org/*`, no ports, no paths); none: software that runs on any host.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub url: Vec<String>,
    /// What kind of page it is.
    #[serde(default)]
    pub source: PageSource,
    /// Country or jurisdiction of the site (`FR`, `CA-QC`), if it is of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Nothing is drawn in the page; findings only in the panel.
    #[serde(default)]
    pub discreet: bool,
    /// How further posts come.
    #[serde(default)]
    pub paging: Paging,
    /// Regular expressions for the address of a thread (path and query), each with at least one group: what the groups
    /// of the first that matches hold is the same on all pages of a thread, and on no page of another. None: on a feed
    /// every page is its own, elsewhere the address without what usually turns its pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub thread: Vec<String>,
    /// How the site counts the length of a post, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<Count>,
    /// What the site does with links in a post, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<LinkPolicy>,
    /// The designs of the site that can be met, tried in order.
    #[serde(rename = "generation", default)]
    pub generations: Vec<Generation>,
}

/// One design of a site: the selectors that are true of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Generation {
    /// Stable id, unique in its site.
    pub id: String,
    /// It is for pages in which this matches something.
    pub detect: String,
    /// One element per post.
    pub post: String,
    /// Inside the post: what holds the text. All outermost matches that do not lie in a nested post count, in order.
    /// Empty: the post itself.
    #[serde(default)]
    pub body: String,
    /// Inside the post: the title that the poster gave.
    #[serde(default)]
    pub title: String,
    /// Inside the body: other people's words.
    #[serde(default)]
    pub quote: Vec<String>,
    /// Inside the body: what the poster puts under everything.
    #[serde(default)]
    pub signature: Vec<String>,
    /// Inside the body: no words of the post at all (buttons, hidden twins, "X wrote:").
    #[serde(default)]
    pub drop: Vec<String>,
    /// A post that matches one of these is none (advertisement, template, stub).
    #[serde(default)]
    pub ad: Vec<String>,
    /// Inside the post: a copy of the post that it answers or passes on.
    #[serde(default)]
    pub parent: Vec<String>,
    /// A post that matches this, or holds a match, was written from the account that is logged in.
    #[serde(default)]
    pub mine: String,
    /// Inside the post: what says when it was written. Its `datetime`, or the seconds or milliseconds in `data-time`,
    /// give the post's age; without them its `title`, `aria-label` or text, if they are a date for people. No element
    /// that also names who wrote it, if there is another.
    #[serde(default)]
    pub time: String,
    /// Inside the post: a link to it.
    #[serde(default)]
    pub permalink: String,
    /// A post that matches this answers another one.
    #[serde(default)]
    pub reply: String,
    /// Inside the post: there when the page holds only the beginning of its text.
    #[serde(default)]
    pub truncated: String,
    /// The reply boxes, best first.
    #[serde(default)]
    pub composer: Vec<String>,
    /// What the manager clicks for the reply box to open.
    #[serde(default)]
    pub opener: String,
    /// What shows the account that is logged in, by text, `title`, `aria-label`, `alt` or `href`.
    #[serde(default)]
    pub account: String,
    /// Where the selectors were seen (version of the software, page).
    #[serde(default)]
    pub evidence: String,
    /// When, as `YYYY-MM-DD`.
    #[serde(default)]
    pub seen: String,
}

/// What kind of page posts stand on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PageSource {
    /// A discussion in a forum.
    #[default]
    Forum,
    /// Under a video.
    Video,
    /// A feed of a social network.
    Feed,
    /// Under an article.
    Comment,
    /// Opinions about a place or a product.
    Review,
    /// Questions and answers.
    Question,
}

impl PageSource {
    /// Its name in rules and in [`crate::Facts::source`].
    pub fn as_str(self) -> &'static str {
        match self {
            PageSource::Forum => "forum",
            PageSource::Video => "video",
            PageSource::Feed => "feed",
            PageSource::Comment => "comment",
            PageSource::Review => "review",
            PageSource::Question => "question",
        }
    }
}

/// How the further posts of a thread come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Paging {
    /// On pages of their own.
    #[default]
    Pages,
    /// Added while scrolling.
    Scroll,
    /// Added while scrolling, in elements that are emptied or used again for other posts.
    Virtual,
}

/// How a site counts the length of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Count {
    /// What is counted.
    pub unit: CountUnit,
    /// Units that a post may have.
    pub limit: u32,
    /// Units that any address counts for; left out: its own length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub link: Option<u32>,
}

/// What a site counts as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CountUnit {
    /// UTF-16 units, as `maxlength` does.
    Utf16,
    /// Code points.
    Characters,
    /// What a reader sees as one sign.
    Graphemes,
    /// Code points weighted by script: twitter-text, configuration v3.
    Weighted,
}

/// What a site does with links in a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LinkPolicy {
    /// Whether readers can click them.
    #[serde(default = "yes")]
    pub clickable: bool,
    /// Links that a post may have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub most: Option<u32>,
    /// Whether posts with links are often kept back for review.
    #[serde(default)]
    pub held: bool,
}

fn yes() -> bool {
    true
}
