use super::{Pack, Unknown};
use aho_corasick::AhoCorasick;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Where people in need are helped: numbers or an address, and for whom.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Helpline {
    /// Stable id, never reused (`suicide-fr`).
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Where it answers (`FR`, `CA-QC`); `CA` is all of `CA-…`.
    pub jurisdictions: Vec<String>,
    /// Its numbers as people write them (`3114`, `1 866 APPELLE`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<String>,
    /// Its address; empty: none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// When it answers, for people; empty: at all times.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hours: String,
    /// When somebody last reached it, `YYYY-MM-DD`; empty: nobody did yet, which only an example may say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub checked: String,
    /// Last day on which that check is relied on, `YYYY-MM-DD`; empty in an example only.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub expires_on: String,
    /// Nobody answers any more. Old numbers live on in old texts: one that is kept here is found in them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ended: bool,
    /// What this version does not know.
    #[serde(flatten)]
    pub unknown: Unknown,
}

/// Digits and letters of a number below which it is not looked for in texts: `15` and `119` are ages and counts too. A card
/// says of such a helpline that it names it ([`super::Card::helplines`]).
const SHORTEST: usize = 4;

impl Helpline {
    /// Whether it answers somewhere.
    pub fn serves(&self, jurisdiction: &str) -> bool {
        let is_in = |whole: &String| {
            jurisdiction.strip_prefix(whole.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        self.jurisdictions.iter().any(is_in)
    }
}

/// Finds in texts which of some helplines they name. One pass over a text, however many helplines there are: whoever signs
/// a pack cannot make a client that takes it search for ever.
#[derive(Debug)]
pub struct Directory {
    numbers: Finder,
    addresses: Finder,
}

impl Directory {
    /// Of these helplines.
    pub fn new(helplines: &[Helpline]) -> Directory {
        let mut numbers = BTreeMap::<String, Vec<usize>>::new();
        let mut addresses = BTreeMap::<String, Vec<usize>>::new();
        for (at, line) in helplines.iter().enumerate() {
            for phone in &line.phones {
                let bare: String = phone.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
                if bare.chars().count() >= SHORTEST {
                    numbers.entry(bare).or_default().push(at);
                }
            }
            let bare = line.url.split_once("://").map_or(line.url.as_str(), |(_, rest)| rest);
            let bare = bare.trim_start_matches("www.").trim_end_matches('/').to_ascii_lowercase();
            if !bare.is_empty() {
                addresses.entry(bare).or_default().push(at);
            }
        }
        Directory { numbers: Finder::new(numbers), addresses: Finder::new(addresses) }
    }

    /// The helplines that a text names, by a number however it is grouped or by the address, as their places in the list;
    /// and where each is named first, in bytes.
    pub fn named_in(&self, text: &str) -> BTreeMap<usize, Range<usize>> {
        let mut named = BTreeMap::new();
        let dialled = Dialled::of(text);
        self.numbers.find(&dialled.letters, |hit| dialled.number_at(text, hit), &mut named);
        self.addresses.find(&text.to_ascii_lowercase(), Some, &mut named);
        named
    }
}

impl Pack {
    /// Ids of the helplines that its cards say they name, or that a wording of theirs does.
    pub fn named_helplines(&self) -> BTreeSet<&str> {
        let directory = Directory::new(&self.helplines);
        let found =
            self.cards.iter().flat_map(|card| &card.variants).flat_map(|v| directory.named_in(&v.text).into_keys());
        let found = found.filter_map(|at| Some(self.helplines.get(at)?.id.as_str()));
        self.cards.iter().flat_map(|card| &card.helplines).map(String::as_str).chain(found).collect()
    }
}

/// Some words, and to whom each belongs.
#[derive(Debug)]
struct Finder {
    automaton: Option<AhoCorasick>,
    lines: Vec<Vec<usize>>,
}

impl Finder {
    fn new(words: BTreeMap<String, Vec<usize>>) -> Finder {
        let (words, lines): (Vec<String>, Vec<Vec<usize>>) = words.into_iter().unzip();
        // It is refused for its size alone, of which a pack's limits leave it a small part.
        let automaton = if words.is_empty() { None } else { AhoCorasick::new(words).ok() };
        Finder { automaton, lines }
    }

    /// Where each word that `place` accepts stands first, for all to whom it belongs.
    fn find(
        &self,
        text: &str,
        place: impl Fn(Range<usize>) -> Option<Range<usize>>,
        named: &mut BTreeMap<usize, Range<usize>>,
    ) {
        let mut first = BTreeMap::new();
        for hit in self.automaton.iter().flat_map(|automaton| automaton.find_overlapping_iter(text)) {
            let word = hit.pattern().as_usize();
            if !first.contains_key(&word)
                && let Some(at) = place(hit.range())
            {
                first.insert(word, at);
            }
        }
        for (word, at) in first {
            for line in self.lines.get(word).into_iter().flatten() {
                let earliest = named.entry(*line).or_insert_with(|| at.clone());
                if at.start < earliest.start {
                    earliest.clone_from(&at);
                }
            }
        }
    }
}

/// A text without what stands between the groups of a number.
struct Dialled {
    letters: String,
    /// For each byte of `letters`, the letter's place in the text.
    places: Vec<usize>,
}

impl Dialled {
    fn of(text: &str) -> Dialled {
        let mut dialled =
            Dialled { letters: String::with_capacity(text.len()), places: Vec::with_capacity(text.len()) };
        for (at, c) in text.char_indices().filter(|(_, c)| !is_between(*c)) {
            for c in c.to_lowercase() {
                dialled.letters.push(c);
                dialled.places.resize(dialled.letters.len(), at);
            }
        }
        dialled
    }

    /// The place in the text of what was found in the letters, unless it is part of a longer number or word.
    fn number_at(&self, text: &str, hit: Range<usize>) -> Option<Range<usize>> {
        let (start, last) = (*self.places.get(hit.start)?, *self.places.get(hit.end.checked_sub(1)?)?);
        let end = last + text.get(last..)?.chars().next()?.len_utf8();
        let mut before = text.get(..start)?.chars().rev();
        let inside = match before.next() {
            Some(c) if is_between(c) => before.next().is_some_and(|c| c.is_ascii_digit()),
            Some(c) => c.is_alphanumeric(),
            None => false,
        };
        let goes_on = text.get(end..)?.chars().next().is_some_and(char::is_alphanumeric);
        (!inside && !goes_on).then_some(start..end)
    }
}

/// What stands between the groups of a number.
fn is_between(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '.' | '-' | '\u{2011}' | '/' | '(' | ')')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_however_they_are_written() {
        for (phone, text, want) in [
            ("3114", "Appelez le 3114.", Some("3114")),
            ("3114", "le 31 14, jour et nuit", Some("31 14")),
            ("3114", "le 31\u{a0}14", Some("31\u{a0}14")),
            ("3114", "3114 24 h/24", Some("3114")),
            ("3114", "le 13114", None),
            ("3114", "le 31145", None),
            ("3114", "au 0 800 31 14 55", None),
            ("3114", "31 h 14", None),
            ("3114", "31, 14", None),
            ("3114", "13114, puis 3114", Some("3114")),
            ("0 800 23 13 13", "0800 231 313", Some("0800 231 313")),
            ("0 800 23 13 13", "0-800-23-13-13 !", Some("0-800-23-13-13")),
            ("0 800 23 13 13", "(0 800) 23.13.13", Some("0 800) 23.13.13")),
            ("1 866 APPELLE", "composez le 1 866 appelle", Some("1 866 appelle")),
            ("1 866 APPELLE", "1 866 appellera", None),
            // Ages and counts.
            ("15", "15 ans", None),
            ("119", "119 enfants", None),
            ("", "", None),
        ] {
            let line = Helpline { phones: vec!["9999".into(), phone.into()], ..Helpline::default() };
            let named = Directory::new(&[line]).named_in(text);
            assert_eq!(named.get(&0).map(|at| &text[at.clone()]), want, "{phone} in {text}");
        }
    }

    #[test]
    fn addresses_are_found() {
        for (url, text, want) in [
            ("https://3114.fr/", "voir https://www.3114.FR/aide", true),
            ("https://suicide.ca", "écrivez sur Suicide.ca", true),
            ("https://suicide.ca", "suicide, ça", false),
            ("", "rien", false),
        ] {
            let line = Helpline { url: url.into(), ..Helpline::default() };
            assert_eq!(Directory::new(&[line]).named_in(text).contains_key(&0), want, "{url} in {text}");
        }
    }

    #[test]
    fn a_number_of_two_helplines_names_both() {
        let line = |phone: &str| Helpline { phones: vec![phone.into()], ..Helpline::default() };
        let directory = Directory::new(&[line("39 89"), line("3114"), line("3989")]);
        assert_eq!(directory.named_in("le 3989").into_keys().collect::<Vec<_>>(), [0, 2]);
        let both = Helpline { phones: vec!["3114".into(), "3989".into()], ..Helpline::default() };
        assert_eq!(Directory::new(&[both]).named_in("3989 ou 3114")[&0], 0..4, "where it is named first");
        assert!(directory.named_in("").is_empty() && Directory::new(&[]).named_in("3114").is_empty());
    }

    #[test]
    fn a_country_is_all_of_its_parts() {
        let line = |of: &str| Helpline { jurisdictions: vec![of.into()], ..Helpline::default() };
        for (of, asked, want) in [
            ("FR", "FR", true),
            ("CA", "CA-QC", true),
            ("CA-QC", "CA", false),
            ("CA", "CAT", false),
            ("FR", "CA-QC", false),
        ] {
            assert_eq!(line(of).serves(asked), want, "{of} {asked}");
        }
    }
}
