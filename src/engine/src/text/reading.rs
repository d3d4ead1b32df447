use super::fold::leet;
use super::{Spellings, Text};
use std::borrow::Cow;

/// Another reading of one or more words of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// First token it replaces.
    pub(super) first: u32,
    /// Last one.
    pub(super) last: u32,
    /// Folded words, one space between two.
    pub(super) words: String,
}

/// Most readings of one word beside itself. Bounds the work on hostile text.
const MAX_READINGS: usize = 6;

/// Other readings of single words: signs, look-alikes, drawn-out letters (of `odd` words), and known spellings.
/// In reading order.
pub(super) fn readings(text: &Text<'_>, odd: &[u32], spellings: &Spellings) -> Vec<Reading> {
    let mut out = Vec::new();
    let mut add = |token: u32, words: String| out.push(Reading { first: token, last: token, words });
    if spellings.is_empty() {
        for token in odd {
            other_readings(text.word(*token)).into_iter().for_each(|r| add(*token, r));
        }
        return out;
    }
    let mut odd = odd.iter().peekable();
    for token in 0..u32::try_from(text.tokens.len()).unwrap_or(u32::MAX) {
        let word = text.word(token);
        for known in spellings.of(word) {
            add(token, known.clone());
        }
        if odd.next_if(|o| **o == token).is_some() {
            for other in other_readings(word) {
                for known in spellings.of(&other) {
                    add(token, known.clone());
                }
                add(token, other);
            }
        }
    }
    out
}

/// Whether a folded word may have other readings ([`other_readings`] judges).
pub(super) fn is_odd(word: &str) -> bool {
    let bytes = word.as_bytes();
    let plain = bytes.iter().all(u8::is_ascii_lowercase);
    !plain && !bytes.iter().all(u8::is_ascii_digit) || has_run_of_three(bytes)
}

fn has_run_of_three(bytes: &[u8]) -> bool {
    bytes.windows(3).any(|w| w[0] == w[1] && w[1] == w[2] && w[0].is_ascii_alphabetic())
}

/// Other readings of a folded word: Latin letters for their look-alikes, letters for digits and signs, drawn-out
/// letters shortened to two or one. At most [`MAX_READINGS`]; the word itself is not among them.
fn other_readings(word: &str) -> Vec<String> {
    let latin = unmixed(word);
    let signs = latin.chars().any(char::is_alphabetic) && latin.chars().any(|c| !c.is_alphabetic());
    let mut readings = vec![latin.into_owned()];
    if signs {
        readings = expand(&readings, unleet);
    }
    if has_run_of_three(word.as_bytes()) {
        readings = expand(&readings, shortened);
    }
    readings.retain(|r| r != word);
    readings.dedup();
    readings.truncate(MAX_READINGS);
    readings
}

/// A word with Latin letters for the Cyrillic and Greek ones that look like them, when it holds Latin letters too: a
/// word of one script is left alone (mixed scripts and confusables of Unicode TS #39, §4 and §5).
fn unmixed(word: &str) -> Cow<'_, str> {
    if word.is_ascii() || !word.bytes().any(|b| b.is_ascii_alphabetic()) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(word.chars().map(|c| look_alike(c).unwrap_or(c)).collect())
}

fn look_alike(c: char) -> Option<char> {
    Some(match c {
        'а' | 'α' => 'a',
        'ь' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ҽ' | 'є' => 'e',
        'һ' => 'h',
        'і' | 'ι' => 'i',
        'ј' | 'ϳ' => 'j',
        'к' | 'κ' => 'k',
        'ӏ' => 'l',
        'п' | 'η' => 'n',
        'о' | 'ο' | 'σ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' | 'ս' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' | 'ω' | 'ѡ' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        _ => return None,
    })
}

fn expand(words: &[String], mut with: impl FnMut(&str) -> Vec<String>) -> Vec<String> {
    let mut out = Vec::new();
    for word in words {
        out.push(word.clone());
        out.extend(with(word));
    }
    out.truncate(MAX_READINGS + 1);
    out
}

/// Readings of which every character is a letter; a word with a digit that stands for no letter (`B12`) has none.
fn unleet(word: &str) -> Vec<String> {
    let mut readings = vec![String::new()];
    for c in word.chars() {
        let letters: &[char] = if c.is_alphabetic() { &[c] } else { leet(c) };
        if letters.is_empty() {
            return Vec::new();
        }
        let mut next = Vec::new();
        for letter in letters {
            for reading in &readings {
                let mut reading = reading.clone();
                reading.push(*letter);
                next.push(reading);
            }
        }
        next.truncate(MAX_READINGS);
        readings = next;
    }
    readings
}

/// `vacciiin` is `vaccin`, `noooon` is `non`: every run of three or more letters becomes one, or two.
fn shortened(word: &str) -> Vec<String> {
    let runs = runs(word);
    let long = runs.iter().filter(|(c, n)| *n >= 3 && c.is_alphabetic()).count();
    if long == 0 {
        return Vec::new();
    }
    // One choice per long run; beyond two runs every run takes the same.
    let choices: Vec<usize> = if long <= 2 { (0..1 << long).collect() } else { vec![0, usize::MAX] };
    choices
        .into_iter()
        .map(|choice| {
            let mut out = String::new();
            let mut at = 0;
            for (c, n) in &runs {
                let times = if *n >= 3 && c.is_alphabetic() {
                    let doubled = choice >> at.min(usize::BITS as usize - 1) & 1;
                    at += 1;
                    1 + doubled
                } else {
                    *n
                };
                out.extend(std::iter::repeat_n(*c, times));
            }
            out
        })
        .collect()
}

fn runs(word: &str) -> Vec<(char, usize)> {
    let mut runs: Vec<(char, usize)> = Vec::new();
    for c in word.chars() {
        match runs.last_mut() {
            Some((last, n)) if *last == c => *n += 1,
            _ => runs.push((c, 1)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_words() {
        for (word, want, present) in [
            ("v@cc1n", "vaccin", true),
            ("v4cc1n", "vaccin", true),
            ("va€€in", "vaccin", true),
            ("su1c1d3", "suicide", true),
            ("s0s", "sos", true),
            ("505", "sos", false),
            ("b12", "bi2", false),
            ("vacciiiiin", "vaccin", true),
            ("accroooo", "accro", true),
            ("vaccccin", "vaccin", true),
            ("vaccin", "vacin", false),
            ("v4cc1iiiin", "vaccin", true),
            ("vаccin", "vaccin", true),
            ("vacсin", "vaccin", true),
            ("вакцина", "bakцiha", false),
        ] {
            let readings = other_readings(word);
            assert_eq!(readings.iter().any(|r| r == want), present, "{word} {readings:?}");
            assert!(!present || is_odd(word), "{word}");
            assert!(readings.len() <= MAX_READINGS);
        }
    }
}
