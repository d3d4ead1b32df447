//! Which regular expressions are worth searching for in a part: to compile one takes a browser milliseconds, and packs have
//! dozens of them. FilteredRE2 does the same for servers (re2/filtered_re2.h).

use super::atoms::id;
use super::automaton::{few, overlapping};
use aho_corasick::nfa::contiguous::NFA;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use unicode_normalization::char::decompose_canonical;

/// What a digit becomes, whichever it is.
const DIGIT: char = '0';

/// Of each regular expression, literals of which one stands in whatever it matches, if there are such.
pub(super) type Required = Vec<Option<Vec<Literal>>>;

/// Finds the regular expressions that may match in a part: of many, only those of which a required literal stands there.
/// A set of all of them as one automaton was tried: Unicode word boundaries and long gaps make it give up, and then every
/// text is searched the slowest way.
#[derive(Debug, Default)]
pub(super) struct Prefilter {
    required: Required,
    /// Over all the literals; of each, the regular expression and where its words end.
    literals: Option<(NFA, Vec<(u32, Ends)>)>,
    /// The regular expressions without such a literal.
    always: Vec<u32>,
}

/// Some characters of a text that was made [`plain`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Literal {
    /// In UTF-8, but it may begin or end within a character.
    #[serde(with = "serde_bytes")]
    pub(super) bytes: Vec<u8>,
    /// Where a word border must be.
    pub(super) ends: Ends,
}

/// Which of the ends of a literal are word borders wherever it counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Ends {
    /// Where it begins.
    pub(super) before: bool,
    /// Where it ends.
    pub(super) behind: bool,
}

impl AsRef<[u8]> for Literal {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Literal {
    /// Whether it stands wherever another one does, as far as both tell.
    pub(super) fn stands_wherever(&self, other: &Literal) -> bool {
        let Ends { before, behind } = self.ends;
        self.bytes == other.bytes && before <= other.ends.before && behind <= other.ends.behind
    }
}

impl Prefilter {
    /// A filter of as many regular expressions as literals are given of.
    ///
    /// # Errors
    /// There are too many literals.
    pub(super) fn of(required: Required) -> Result<Prefilter, String> {
        let (mut literals, mut of, mut always) = (Vec::new(), Vec::new(), Vec::new());
        for (number, own) in required.iter().enumerate() {
            match own {
                Some(own) => {
                    of.extend(own.iter().map(|literal| (id(number), literal.ends)));
                    literals.extend(own);
                }
                None => always.push(id(number)),
            }
        }
        let literals = if literals.is_empty() { None } else { Some((few(&literals)?, of)) };
        Ok(Prefilter { required, literals, always })
    }

    /// What it was made of.
    pub(super) fn required(&self) -> &Required {
        &self.required
    }

    /// The numbers of the regular expressions that may match in a part, in order.
    pub(super) fn wanted(&self, part: &str) -> Vec<u32> {
        let mut wanted = self.always.clone();
        if let Some((automaton, of)) = &self.literals {
            let part: String = part.chars().map(plain).collect();
            let all = overlapping(automaton, &part).map(|found| (of[found.pattern().as_usize()], found.range()));
            wanted.extend(all.filter(|((_, ends), at)| ends.may_be(&part, at)).map(|((number, _), _)| number));
        }
        wanted.sort_unstable();
        wanted.dedup();
        wanted
    }
}

impl Ends {
    /// Whether words may end at these bytes of a [`plain`] text as they must.
    pub(super) fn may_be(self, text: &str, at: &Range<usize>) -> bool {
        let is_cut = self.before && is_within(text, at.start) || self.behind && is_within(text, at.end);
        !is_cut
    }
}

/// Whether that is surely no word border, as regular expressions have them: letters stand on both sides. ASCII's will do:
/// of the characters that are made plain, only letters become such, whatever Unicode's version.
fn is_within(text: &str, at: usize) -> bool {
    let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
    let bytes = text.as_bytes();
    is_letter(at.checked_sub(1).and_then(|before| bytes.get(before))) && is_letter(bytes.get(at))
}

/// A character without case and accent; every digit is the same. A text that matches still matches when both, expression
/// and text, are made plain; and `[ée]` and `(?i)e` are one literal then, not two, which in a long word made thousands.
pub(super) fn plain(c: char) -> char {
    if c.is_ascii() {
        return if c.is_ascii_digit() { DIGIT } else { c.to_ascii_lowercase() };
    }
    match c.to_lowercase().next().unwrap_or(c) {
        // The same without regard to case, but lower-case themselves (CaseFolding.txt).
        'ſ' => 's',
        'ς' => 'σ',
        c if c.is_numeric() => DIGIT,
        c => {
            let mut first = None;
            decompose_canonical(c, |part| first = first.or(Some(part)));
            first.unwrap_or(c)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::required::required;

    #[test]
    fn what_is_plain() {
        for (c, want) in
            [('É', 'e'), ('e', 'e'), ('ſ', 's'), ('K', 'k'), ('7', '0'), ('٣', '0'), ('ß', 'ß'), ('😀', '😀')]
        {
            assert_eq!(plain(c), want, "{c}");
        }
    }

    /// Else a border of the text could be none of the plain text.
    #[test]
    fn nothing_becomes_a_letter_that_was_none_of_a_word() {
        for c in '\0'..=char::MAX {
            assert!(!plain(c).is_ascii_alphabetic() || regex_syntax::is_word_character(c), "{c:?}");
        }
    }

    #[test]
    fn only_what_may_match_is_wanted() {
        let patterns = [r"\bin\b", r"in\b", r"(?i)\bL'ÉTÉ", r"\d+ ?%", r"\w+", r"\bnon\b|\boui\b"];
        let all = patterns.iter().map(|pattern| required(pattern).expect("it parses")).collect();
        let filter = Prefilter::of(all).expect("few");
        for (text, want) in [
            ("", &[4][..]),
            ("vaccination", &[4]),
            ("un vaccin", &[1, 4]),
            ("vaccin in vivo", &[0, 1, 4]),
            ("vaccin in", &[0, 1, 4]),
            ("éin", &[1, 4]),
            ("5in", &[0, 1, 4]),
            ("de l’été, l'ete", &[2, 4]),
            ("bel'été", &[4]),
            ("12 %", &[3, 4]),
            ("sinon", &[4]),
            ("Oui.", &[4, 5]),
        ] {
            assert_eq!(filter.wanted(text), want, "{text}");
        }
    }
}
