use super::{Card, Pack, Unknown};
use serde::{Deserialize, Serialize};
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
    /// Since when nobody answers, `YYYY-MM-DD`; empty: somebody does. Old numbers live on in old texts: one that is kept
    /// here is found in them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ended_on: String,
    /// What this version does not know.
    #[serde(flatten)]
    pub unknown: Unknown,
}

/// Digits and letters of a number below which it is not looked for in texts: `15` and `119` are ages and counts too. A card
/// says of such a helpline that it names it ([`Card::helplines`]).
const SHORTEST: usize = 4;

impl Helpline {
    /// Whether it answers somewhere.
    pub fn serves(&self, jurisdiction: &str) -> bool {
        let is_in = |whole: &String| {
            jurisdiction.strip_prefix(whole.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        self.jurisdictions.iter().any(is_in)
    }

    /// Where a text first names it, by a number however it is grouped, or by its address; bytes.
    pub fn named_in(&self, text: &str) -> Option<Range<usize>> {
        let numbers = self.phones.iter().filter_map(|phone| number_in(text, phone));
        numbers.chain(address_in(text, &self.url)).min_by_key(|at| at.start)
    }
}

impl Pack {
    /// The helplines that a card says it names, or that one of its wordings does.
    pub fn helplines_of(&self, card: &Card) -> Vec<&Helpline> {
        let is_named = |helpline: &&Helpline| {
            card.helplines.contains(&helpline.id) || card.variants.iter().any(|v| helpline.named_in(&v.text).is_some())
        };
        self.helplines.iter().filter(is_named).collect()
    }
}

/// What stands between the groups of a number.
fn is_between(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '.' | '-' | '\u{2011}' | '/' | '(' | ')')
}

fn number_in(text: &str, phone: &str) -> Option<Range<usize>> {
    let wanted: Vec<char> = phone.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if wanted.len() < SHORTEST {
        return None;
    }
    let mut before = ['\n', '\n'];
    for (start, c) in text.char_indices() {
        // In the middle of a word, or of a longer number.
        let inside = before[1].is_alphanumeric() || (is_between(before[1]) && before[0].is_ascii_digit());
        before = [before[1], c];
        if inside || !c.is_alphanumeric() {
            continue;
        }
        if let Some(length) = dialled(&text[start..], &wanted) {
            return Some(start..start + length);
        }
    }
    None
}

/// The bytes that the number takes at the start of a text, if it stands there.
fn dialled(text: &str, wanted: &[char]) -> Option<usize> {
    let mut chars = text.char_indices();
    let mut end = 0;
    for next in wanted {
        let (at, c) = chars.by_ref().find(|(_, c)| !is_between(*c))?;
        if !c.to_lowercase().eq(std::iter::once(*next)) {
            return None;
        }
        end = at + c.len_utf8();
    }
    let follows = text[end..].chars().next();
    (!follows.is_some_and(char::is_alphanumeric)).then_some(end)
}

fn address_in(text: &str, url: &str) -> Option<Range<usize>> {
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest).trim_start_matches("www.").trim_end_matches('/');
    if bare.is_empty() {
        return None;
    }
    // Addresses are ASCII: folding keeps the bytes.
    let start = text.to_ascii_lowercase().find(&bare.to_ascii_lowercase())?;
    Some(start..start + bare.len())
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
            assert_eq!(number_in(text, phone).map(|at| &text[at]), want, "{phone} in {text}");
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
            assert_eq!(address_in(text, url).is_some(), want, "{url} in {text}");
        }
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
