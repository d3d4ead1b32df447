//! How much two texts are alike, without keeping either.

use super::length::addresses;
use crate::text::{Keep, fold, is_word_char};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Shingles of each length that are kept of a text: all of most replies.
const KEPT: usize = 128;
/// Share of the shorter text's pairs of words that the longer one must have.
const SHARED: f64 = 0.6;
/// Share of the longer text's pairs of words that the shorter one must have: what is quoted in somebody's longer post is
/// not the post.
const WHOLE: f64 = 0.4;

/// What is kept of a text to know it again, edited or not.
///
/// A text is its words, folded as the engine folds words (case, accents, ligatures, compatibility forms); addresses,
/// signs, blanks and emoji are left out, because sites shorten, replace and move them. Of its runs of two and of three
/// words each is hashed, and the [`KEPT`] smallest hashes of each length are kept (a bottom-k sketch: Cohen and Kaplan
/// 2007), with how many there were. A run that stands several times counts as often.
///
/// The hash is FNV-1a of 64 bits over the words' UTF-8 (each ended by the byte 0), then over the number of the run's
/// earlier occurrences (4 bytes, little-endian), then MurmurHash3's finaliser; of which the upper 32 bits are kept. It
/// is part of what is stored: to change it is to forget every text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Likeness {
    /// Hash of all words in order, 32 bits.
    whole: u32,
    /// How many words there are.
    words: u32,
    pairs: Sketch,
    triples: Sketch,
}

impl Likeness {
    /// Of a text.
    pub fn of(text: &str) -> Likeness {
        let words = words(text);
        Likeness {
            whole: hash(&words, 0),
            words: u32::try_from(words.len()).unwrap_or(u32::MAX),
            pairs: Sketch::of(&words, 2),
            triples: Sketch::of(&words, 3),
        }
    }

    /// Whether one is the other, as it is or edited: a greeting said otherwise, sentences left out, up to half of them.
    pub fn is_like(&self, other: &Likeness) -> bool {
        if self.same(other) {
            return self.words > 0;
        }
        let (least, most) = self.pairs.sizes(&other.pairs);
        let common = self.pairs.common(&other.pairs);
        common > 0.0 && common >= SHARED * least && common >= WHOLE * most
    }

    /// Whether it has most of what another text has, whatever else.
    pub(super) fn holds(&self, other: &Likeness) -> bool {
        self.same(other) || self.pairs.common(&other.pairs) >= SHARED * f64::from(other.pairs.count).max(1.0)
    }

    /// How many of the longer one's words differ, in percent, to within about ten. 0: the words are the same, in the
    /// same order.
    pub fn changed(&self, other: &Likeness) -> u8 {
        if self.same(other) {
            return 0;
        }
        let lost = |a: &Sketch, b: &Sketch| {
            let most = a.sizes(b).1;
            if most > 0.0 { 1.0 - a.common(b) / most } else { 1.0 }
        };
        // A changed run of words takes one pair more than it has words, and two triples more: what it has itself is
        // what the line through both would be for single words.
        let (pairs, triples) = (lost(&self.pairs, &other.pairs), lost(&self.triples, &other.triples));
        let words = if triples < 1.0 { 2.0 * pairs - triples } else { pairs };
        let percent = (100.0 * words).round().clamp(1.0, 100.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 100")]
        let percent = percent as u8;
        percent
    }

    fn same(&self, other: &Likeness) -> bool {
        (self.whole, self.words) == (other.whole, other.words)
    }
}

/// The smallest hashes of a text's runs of words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Sketch {
    /// How many runs there are.
    count: u32,
    /// Ascending, each once.
    least: Vec<u32>,
}

impl Sketch {
    fn of(words: &[String], length: usize) -> Sketch {
        let mut seen: HashMap<&[String], u32> = HashMap::new();
        let mut least = Vec::with_capacity(words.len());
        for run in words.windows(length) {
            let before = seen.entry(run).or_default();
            least.push(hash(run, *before));
            *before += 1;
        }
        let count = u32::try_from(least.len()).unwrap_or(u32::MAX);
        least.sort_unstable();
        least.dedup();
        least.truncate(KEPT);
        Sketch { count, least }
    }

    /// Runs of the shorter and of the longer one.
    fn sizes(&self, other: &Sketch) -> (f64, f64) {
        (f64::from(self.count.min(other.count)), f64::from(self.count.max(other.count)))
    }

    /// How many runs both have: exact when all are kept of both, else estimated.
    fn common(&self, other: &Sketch) -> f64 {
        // Above the largest that is kept of either, what is missing says nothing.
        let end = |s: &Sketch| s.least.last().copied().filter(|_| s.least.len() == KEPT).unwrap_or(u32::MAX);
        let end = end(self).min(end(other));
        let below = |s: &Sketch| s.least.partition_point(|hash| *hash <= end);
        let (a, b) = (&self.least[..below(self)], &other.least[..below(other)]);
        let both = a.iter().filter(|hash| b.binary_search(hash).is_ok()).count();
        let all = a.len() + b.len() - both;
        if all == 0 {
            return 0.0;
        }
        #[expect(clippy::cast_precision_loss, reason = "at most 256")]
        let alike = both as f64 / all as f64;
        alike / (1.0 + alike) * (f64::from(self.count) + f64::from(other.count))
    }
}

/// The folded words of a text, addresses left out.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = 0;
    let mut add = |part: &str| {
        let folded = fold(part, Keep::default());
        words.extend(folded.split(|c| !is_word_char(c)).filter(|w| !w.is_empty()).map(str::to_owned));
    };
    for (start, end) in addresses(text) {
        add(&text[rest..start]);
        rest = end;
    }
    add(&text[rest..]);
    words
}

fn hash(words: &[String], before: u32) -> u32 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut add = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    for word in words {
        word.bytes().for_each(&mut add);
        add(0);
    }
    before.to_le_bytes().into_iter().for_each(&mut add);
    hash = (hash ^ hash >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ hash >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    u32::try_from((hash ^ hash >> 33) >> 32).unwrap_or_default()
}

impl From<Likeness> for String {
    /// Hexadecimal, eight digits a number: the hash of all, the words, then for pairs and triples how many there are,
    /// how many are kept, and these.
    fn from(likeness: Likeness) -> String {
        let mut numbers = vec![likeness.whole, likeness.words];
        for sketch in [&likeness.pairs, &likeness.triples] {
            numbers.extend([sketch.count, u32::try_from(sketch.least.len()).unwrap_or_default()]);
            numbers.extend(&sketch.least);
        }
        numbers.iter().map(|n| format!("{n:08x}")).collect()
    }
}

impl TryFrom<String> for Likeness {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Likeness, &'static str> {
        read(&text).ok_or("not what is kept of a text")
    }
}

fn read(text: &str) -> Option<Likeness> {
    let digits = text.as_bytes().chunks(8);
    let numbers = digits.map(|d| u32::from_str_radix(std::str::from_utf8(d).ok().filter(|d| d.len() == 8)?, 16).ok());
    let mut numbers = numbers.collect::<Option<Vec<u32>>>()?.into_iter();
    let (whole, words) = (numbers.next()?, numbers.next()?);
    let mut sketch = || {
        let (count, kept) = (numbers.next()?, usize::try_from(numbers.next()?).ok()?);
        let least: Vec<u32> = numbers.by_ref().take(kept.min(KEPT)).collect();
        (least.len() == kept && least.is_sorted()).then_some(Sketch { count, least })
    };
    let (pairs, triples) = (sketch()?, sketch()?);
    numbers.next().is_none().then_some(Likeness { whole, words, pairs, triples })
}
