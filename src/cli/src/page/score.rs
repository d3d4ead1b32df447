//! How well the posts of pages were found.

use super::ReadPost;
use rejoinder_wire::Way;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::{BTreeMap, HashMap};

/// Least share of words that two texts must have in common, of the longer one's, to be one post.
const ALIKE: f64 = 0.9;

/// What a person says is in a page: one post.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Expected {
    /// The poster's own words.
    pub text: String,
    /// The words of others in it: a text, or a list with one for each quotation.
    #[serde(default, alias = "quoted_text", deserialize_with = "quotations")]
    pub quoted: Option<String>,
    /// When it was written.
    #[serde(default)]
    pub time: Option<String>,
}

fn quotations<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "a text or a list of texts")]
    enum Quoted {
        One(String),
        Many(Vec<String>),
    }
    let quoted = Option::<Quoted>::deserialize(deserializer)?;
    Ok(quoted.map(|quoted| match quoted {
        Quoted::One(text) => text,
        Quoted::Many(texts) => texts.join("\n"),
    }))
}

/// How well the posts of one page were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageScore {
    /// Name of the page.
    pub name: String,
    /// How its posts were found; `None` if none were.
    pub way: Option<Way>,
    /// Expected posts that were found.
    pub right: usize,
    /// Posts that were found.
    pub found: usize,
    /// Posts that were expected.
    pub expected: usize,
    /// Posts found whose own words and quoted words are equal to the expected ones.
    pub exact: usize,
    /// Expected posts that were not found.
    pub missing: Vec<String>,
    /// Posts found that are none.
    pub wrong: Vec<String>,
}

impl PageScore {
    /// Compares what was found with what was expected. Each post is counted once.
    pub fn of(name: &str, way: Option<Way>, found: &[ReadPost], expected: &[Expected]) -> Self {
        // A post without words of its own (a picture, a quotation alone) counts only where one is expected.
        let wordless = expected.iter().any(|post| folded(&post.text).is_empty());
        let found: Vec<&ReadPost> = found.iter().filter(|post| wordless || !folded(&post.text).is_empty()).collect();
        let mut left = found.clone();
        let (mut right, mut exact) = (0, 0);
        let mut unsure = Vec::new();
        for post in expected {
            let same = |other: &&ReadPost| folded(&other.text) == folded(&post.text);
            let quoted = |other: &ReadPost| folded(&other.quoted) == folded(post.quoted.as_deref().unwrap_or_default());
            let at = left.iter().position(|other| same(other) && quoted(other)).or_else(|| left.iter().position(same));
            match at {
                Some(at) => {
                    right += 1;
                    exact += usize::from(quoted(left.remove(at)));
                }
                None => unsure.push(post),
            }
        }
        let mut missing = Vec::new();
        for post in unsure {
            match left.iter().position(|other| alike(&other.text, &post.text)) {
                Some(at) => {
                    right += 1;
                    left.remove(at);
                }
                None => missing.push(post.text.clone()),
            }
        }
        let wrong = left.into_iter().map(|post| post.text.clone()).collect();
        Self { name: name.to_owned(), way, right, found: found.len(), expected: expected.len(), exact, missing, wrong }
    }

    /// Whether every post was found and nothing else.
    pub fn is_perfect(&self) -> bool {
        self.right == self.found && self.right == self.expected
    }

    /// Precision, recall and F1.
    pub fn score(&self) -> Score {
        Score::of(self.right, self.found, self.expected)
    }
}

/// Whether two texts are the same post: equal but for blanks and case, or with nearly all words in common.
pub fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (folded(one), folded(other));
    one == other || {
        let count = |text: &str| -> HashMap<String, usize> {
            let mut counts = HashMap::new();
            for word in words(text) {
                *counts.entry(word.to_owned()).or_default() += 1;
            }
            counts
        };
        let (first, second) = (count(&one), count(&other));
        let common: usize = first.iter().map(|(word, n)| second.get(word).map_or(0, |m| *n.min(m))).sum();
        let longer = first.values().sum::<usize>().max(second.values().sum());
        longer > 0 && share(common, longer) >= ALIKE
    }
}

/// What is not seen: soft hyphens, marks of where a line may break, marks of byte order.
const UNSEEN: [char; 4] = ['\u{ad}', '\u{200b}', '\u{2060}', '\u{feff}'];

fn folded(text: &str) -> String {
    text.replace(UNSEEN, "").split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Precision, recall and their harmonic mean.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Score {
    /// Share of the found that is right.
    pub p: f64,
    /// Share of the expected that was found.
    pub r: f64,
    /// Harmonic mean of both.
    pub f1: f64,
}

impl Score {
    fn of(right: usize, found: usize, expected: usize) -> Self {
        // Nothing found where nothing is: right.
        let p = if found == 0 { f64::from(u8::from(expected == 0)) } else { share(right, found) };
        let r = if expected == 0 { 1.0 } else { share(right, expected) };
        let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        Self { p, r, f1 }
    }
}

/// The figures of several pages.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Totals {
    /// Number of pages.
    pub pages: usize,
    /// Over all posts of all pages.
    pub posts: Score,
    /// Share of the pages whose posts were all found, and nothing else.
    pub perfect_pages: f64,
    /// Mean of the pages' F1: a page of one post counts as much as one of a hundred.
    pub mean_page_f1: f64,
    /// Share of the expected posts whose words, own and quoted, are equal.
    pub exact: f64,
    /// By the way in which the posts of the page were found.
    pub by_way: BTreeMap<String, WayTotals>,
}

/// The figures of the pages read in one way.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct WayTotals {
    /// Number of pages.
    pub pages: usize,
    /// Over all posts of these pages.
    pub posts: Score,
}

impl Totals {
    /// Adds pages up.
    #[expect(clippy::cast_precision_loss)]
    pub fn of(pages: &[PageScore]) -> Self {
        let sum = |pages: &[&PageScore]| {
            let of = |count: fn(&PageScore) -> usize| pages.iter().map(|page| count(page)).sum::<usize>();
            Score::of(of(|p| p.right), of(|p| p.found), of(|p| p.expected))
        };
        let all: Vec<&PageScore> = pages.iter().collect();
        let mut ways: BTreeMap<String, Vec<&PageScore>> = BTreeMap::new();
        for page in pages {
            let way = page.way.map_or("none", name);
            ways.entry(way.to_owned()).or_default().push(page);
        }
        let count = pages.len().max(1);
        Self {
            pages: pages.len(),
            posts: sum(&all),
            perfect_pages: share(pages.iter().filter(|page| page.is_perfect()).count(), count),
            mean_page_f1: pages.iter().map(|page| page.score().f1).sum::<f64>() / count as f64,
            exact: share(pages.iter().map(|p| p.exact).sum(), pages.iter().map(|p| p.expected).sum::<usize>().max(1)),
            by_way: ways
                .into_iter()
                .map(|(way, pages)| (way, WayTotals { pages: pages.len(), posts: sum(&pages) }))
                .collect(),
        }
    }
}

fn name(way: Way) -> &'static str {
    match way {
        Way::Adapter => "adapter",
        Way::Local => "local",
        Way::Structured => "structured",
        Way::Generic => "generic",
    }
}

#[expect(clippy::cast_precision_loss)]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, quoted: &str) -> ReadPost {
        ReadPost { text: text.into(), quoted: quoted.into(), time: None }
    }

    #[test]
    fn quotations_are_one_text_or_several() {
        for (json, want) in [
            (r#"{"text":"a"}"#, None),
            (r#"{"text":"a","quoted":null}"#, None),
            (r#"{"text":"a","quoted":"b c"}"#, Some("b c")),
            (r#"{"text":"a","quoted_text":"b"}"#, Some("b")),
            (r#"{"text":"a","quoted":["b","c"]}"#, Some("b\nc")),
        ] {
            let read: Expected = serde_json::from_str(json).unwrap();
            assert_eq!(read.quoted.as_deref(), want, "{json}");
        }
        assert!(serde_json::from_str::<Expected>(r#"{"text":"a","quoted":1}"#).is_err());
    }

    fn expected(text: &str, quoted: Option<&str>) -> Expected {
        Expected { text: text.into(), quoted: quoted.map(Into::into), time: None }
    }

    #[test]
    fn texts_alike() {
        for (one, other, want) in [
            ("Un  deux", "un deux", true),
            ("", "", true),
            ("a b c d e f g h i j", "a b c d e f g h i", true),
            ("a b c d e f g h i j", "a b c d e f g h", false),
            ("a a a a", "a", false),
            ("oui", "non", false),
            ("😀", "", false),
        ] {
            assert_eq!(alike(one, other), want, "{one:?} {other:?}");
        }
    }

    #[test]
    fn a_post_counts_once() {
        let page = PageScore::of("p", None, &[read("oui", "")], &[expected("oui", None), expected("oui", None)]);
        assert_eq!((page.right, page.found, page.expected, page.missing.len()), (1, 1, 2, 1));
        let page = PageScore::of("p", None, &[read("oui", "a"), read("oui", "")], &[expected("Oui", None)]);
        assert_eq!((page.right, page.exact, page.wrong.as_slice()), (1, 1, ["oui".to_owned()].as_slice()));
    }

    #[test]
    fn nothing_is_right_where_nothing_is() {
        assert_eq!(PageScore::of("p", None, &[], &[]).score().f1, 1.0);
        assert_eq!(PageScore::of("p", None, &[], &[expected("oui", None)]).score().f1, 0.0);
        assert_eq!(PageScore::of("p", None, &[read("oui", "")], &[]).score().f1, 0.0);
        assert_eq!(Totals::of(&[]).posts.f1, 1.0);
    }
}
