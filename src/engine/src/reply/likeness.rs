//! How much two texts are alike, without keeping either.

use super::length::addresses;
use crate::text::{Keep, fold, is_word_char};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Shingles of each length that are kept of a text: all of most replies.
const KEPT: usize = 128;
/// Share of the shorter text's pairs of words that the longer one must have.
const SHARED: f64 = 0.6;
/// Share of the longer text's pairs of words that the shorter one must have: a half, or nearly, because half a text has
/// one pair less than half of its pairs. What is quoted in somebody's post that is longer than it is not the post.
const WHOLE: f64 = 0.47;

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
        self.shares(other, 0.0)
    }

    /// Whether it is a text that had `block` below it, edited or not. The block alone makes no two texts alike.
    pub(super) fn is_above(&self, block: &Likeness, whole: &Likeness) -> bool {
        self.is_like(whole) || self.shares(whole, whole.pairs.common(&block.pairs))
    }

    /// Whether enough is common; `apart` of the other's pairs do not count.
    fn shares(&self, other: &Likeness, apart: f64) -> bool {
        let (own, its) = (f64::from(self.pairs.count), f64::from(other.pairs.count) - apart);
        let common = self.pairs.common(&other.pairs);
        common > 0.0 && common >= SHARED * own.min(its) && common >= WHOLE * own.max(its)
    }

    /// How many of the longer one's words differ, in percent, to within about ten. 0: the words are the same, in the
    /// same order.
    pub fn changed(&self, other: &Likeness) -> u8 {
        if self.same(other) {
            return 0;
        }
        let lost = |a: &Sketch, b: &Sketch| {
            let most = f64::from(a.count.max(b.count));
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

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: &str = "Bonjour, de grandes études ne trouvent aucun lien avec l’autisme.";
    const MEDIUM: &str = "Bonjour, les enfants vaccinés contre la rougeole ne sont pas plus souvent autistes que les \
        autres : c’est ce que montrent de grandes études, sur des centaines de milliers d’enfants. L’étude de 1998 qui \
        en parlait a été retirée, car ses données avaient été arrangées. Un fait qui suit un autre n’en vient pas \
        toujours. Les signes de l’autisme apparaissent à l’âge où l’on vaccine, avec ou sans vaccin. Pour vérifier par \
        vous-même : https://agence.invalid/ror/etudes";
    const OTHER: &str = "Bonjour, c’est une bonne question et beaucoup de parents se la posent. De grandes études, sur \
        des centaines de milliers d’enfants, ne montrent aucun lien. L’étude de 1998 a été retirée pour fraude. Le \
        vaccin protège d’une maladie qui peut être grave. N’hésitez pas à en parler au médecin ou à la sage-femme qui \
        suit votre enfant : ils répondront à votre situation.";
    const THEIRS: &str = "Franchement je ne suis pas convaincue par ce qu’on nous raconte, ma voisine a trois garçons \
        et le plus jeune a changé du jour au lendemain, les médecins ne veulent rien entendre, on nous renvoie toujours \
        vers les mêmes papiers écrits par les mêmes gens. J’ai appelé quatre cabinets cette semaine, aucun ne prend le \
        temps de répondre, et la crèche me demande le carnet pour lundi sinon nous perdons la place. Alors oui, je me \
        pose des questions, et je ne suis pas la seule ici, il suffit de remonter la discussion pour voir combien de \
        familles se sont retrouvées dans la même impasse sans personne à qui parler.";

    fn half(text: &str) -> String {
        let words: Vec<&str> = text.split_whitespace().collect();
        words[..words.len().div_ceil(2)].join(" ")
    }

    #[test]
    fn a_text_is_known_again() {
        let cases = [
            (SHORT, SHORT.to_owned(), true),
            (SHORT, SHORT.replace("Bonjour,", "Bonsoir à tous,"), true),
            (SHORT, SHORT.replace("Bonjour, ", ""), true),
            (SHORT, SHORT.to_uppercase().replace('É', "E").replace('’', "'"), true),
            (MEDIUM, MEDIUM.replace("Bonjour,", "Merci pour votre message, que j’ai lu avec attention :"), true),
            (MEDIUM, MEDIUM.replace("Un fait qui suit un autre n’en vient pas toujours. ", ""), true),
            (MEDIUM, MEDIUM.replace("/ror/etudes", "/r…"), true),
            (MEDIUM, half(MEDIUM), true),
            (MEDIUM, format!("Anne a écrit : il paraît que. {MEDIUM}"), true),
            // Quoted in more than it is.
            (MEDIUM, format!("{MEDIUM} {THEIRS}"), false),
            (MEDIUM, format!("{} {MEDIUM}", half(THEIRS)), true),
            (SHORT, format!("{SHORT} {MEDIUM}"), false),
            (MEDIUM, OTHER.to_owned(), false),
            (SHORT, OTHER.to_owned(), false),
            (SHORT, MEDIUM.to_owned(), false),
            (MEDIUM, THEIRS.to_owned(), false),
            (SHORT, String::new(), false),
            ("", String::new(), false),
            ("Bonjour.", "bonjour".to_owned(), true),
            ("Bonjour.", "Bonsoir.".to_owned(), false),
        ];
        for (text, other, want) in cases {
            let (a, b) = (Likeness::of(text), Likeness::of(&other));
            assert_eq!((a.is_like(&b), b.is_like(&a)), (want, want), "{text}\n{other}");
        }
    }

    /// Every `step`th word, or so many from `from`, is another.
    fn spoilt(text: &str, spoil: impl Fn(usize) -> bool) -> String {
        let words = text.split_whitespace().enumerate();
        words.map(|(i, w)| if spoil(i) { format!("x{i}") } else { w.to_owned() }).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn how_much_of_a_text_was_changed() {
        let plain = |text: &str| {
            text.replace(['’', '-'], " ").replace(" :", "").replace("https://agence.invalid/ror/etudes", "")
        };
        let (medium, long) = (plain(MEDIUM), format!("{} {} {}", plain(MEDIUM), plain(THEIRS), plain(OTHER)));
        let of = |text: &str| text.split_whitespace().count();
        for text in [&medium, &long] {
            let all = of(text);
            let cases = [
                spoilt(text, |i| i == 7),
                spoilt(text, |i| i < all / 4),
                spoilt(text, |i| i > all / 2),
                spoilt(text, |i| i % 10 == 5),
                spoilt(text, |i| i % 8 < 2),
                spoilt(text, |i| (all / 5..all / 3).contains(&i)),
                half(text),
            ];
            for other in cases {
                let same = text.split_whitespace().zip(other.split_whitespace()).filter(|(a, b)| a == b).count();
                let want = 100 * (all - same) / all;
                let have = usize::from(Likeness::of(text).changed(&Likeness::of(&other)));
                assert!(have.abs_diff(want) <= 10 && have > 0, "{have}, not {want}: {other}");
                assert_eq!(have, usize::from(Likeness::of(&other).changed(&Likeness::of(text))));
            }
        }
        for (text, other, want) in [
            (SHORT, SHORT.replace(", ", " … 🙂 ").as_str(), 0),
            (SHORT, SHORT.replace('’', "'").as_str(), 0),
            ("Voir https://a.fr/b/c", "voir a.fr/b…", 0),
            ("a b", "b a", 100),
            ("a", "b", 100),
            ("", "b", 100),
            ("", "", 0),
        ] {
            assert_eq!(Likeness::of(text).changed(&Likeness::of(other)), want, "{text} {other}");
        }
    }

    #[test]
    fn what_is_kept_can_be_read_again_and_by_later_versions() {
        for text in ["", "un", SHORT, MEDIUM, &format!("{MEDIUM} {THEIRS} {OTHER}")] {
            let likeness = Likeness::of(text);
            let written = serde_json::to_string(&likeness).expect("written");
            assert_eq!(serde_json::from_str::<Likeness>(&written).expect("read"), likeness);
            assert!(written.len() <= 2 + 8 * (6 + 2 * KEPT), "{}", written.len());
        }
        let kept = String::from(Likeness::of("Un Éléphant, un éléphant !"));
        let wanted = "77cd42c700000004000000030000000301176fb1449d408c481456e20000000200000002248b57e0ca3c0141";
        assert_eq!(kept, wanted);
        for broken in
            ["", "0", "é0000000", &kept[8..], &format!("{kept}00000000"), &kept.replace("00000002", "000000ff")]
        {
            assert!(Likeness::try_from(broken.to_owned()).is_err(), "{broken}");
        }
    }
}
