use super::fold::{is_apostrophe, is_unseen, is_word_char, leet};
use unicode_normalization::char::is_combining_mark;

/// A character of a part with its place.
#[derive(Clone, Copy)]
pub(super) struct At {
    pub(super) c: char,
    pub(super) byte: usize,
    pub(super) utf16: u32,
}

/// Most signs in a row that stand for letters of one word.
const MAX_SIGNS: usize = 8;

/// The end of the word that begins at `i`: letters, digits, what is not seen, accents, and signs that stand for letters
/// between two of them.
pub(super) fn word(chars: &[At], i: usize) -> usize {
    let mut end = i;
    let mut seen_end = i;
    while let Some(at) = chars.get(end) {
        // Nearly every character of nearly every word.
        if at.c.is_ascii_alphanumeric() {
            end += 1;
            seen_end = end;
            continue;
        }
        let joins = || {
            !leet(at.c).is_empty()
                && end > i
                && is_word_char(chars[end - 1].c) | !leet(chars[end - 1].c).is_empty()
                && chars[end..]
                    .iter()
                    .take(MAX_SIGNS)
                    .find(|a| leet(a.c).is_empty() || is_word_char(a.c))
                    .is_some_and(|a| is_word_char(a.c))
        };
        if is_word_char(at.c) || (is_combining_mark(at.c) && !is_apostrophe(at.c)) || joins() {
            end += 1;
            seen_end = end;
        } else if is_unseen(at.c) {
            // Belongs to the word only if the word goes on behind it.
            end += 1;
        } else {
            break;
        }
    }
    seen_end
}

/// The end of a dotted acronym (`R.O.R`), its last full stop left out.
pub(super) fn acronym(chars: &[At], i: usize) -> Option<usize> {
    if chars.get(i + 1).is_none_or(|at| at.c != '.') || i > 0 && (is_word_char(chars[i - 1].c) || chars[i - 1].c == '.')
    {
        return None;
    }
    let mut end = i;
    let mut letters = 0;
    loop {
        let letter = chars.get(end)?.c;
        if !letter.is_alphabetic() || !is_word_char(letter) {
            return None;
        }
        letters += 1;
        end += 1;
        let dotted = chars.get(end).is_some_and(|a| a.c == '.');
        let more = chars.get(end + 1).is_some_and(|a| a.c.is_alphabetic());
        match chars.get(end) {
            _ if dotted && more => end += 1,
            Some(next) if is_word_char(next.c) || is_combining_mark(next.c) => return None,
            _ => break,
        }
    }
    (letters >= 2).then_some(end)
}

/// The end of a web address or mention that begins at `i`: its words are not the poster's.
pub(super) fn address(chars: &[At], i: usize) -> Option<usize> {
    if !matches!(chars[i].c, '@' | 'h' | 'H' | 'w' | 'W') {
        return None;
    }
    if i > 0 && !chars[i - 1].c.is_whitespace() && !matches!(chars[i - 1].c, '(' | '<' | '"' | '«') {
        return None;
    }
    let begins = |with: &str| {
        with.chars().enumerate().all(|(n, w)| chars.get(i + n).is_some_and(|a| a.c.eq_ignore_ascii_case(&w)))
    };
    let mention = chars[i].c == '@' && chars.get(i + 1).is_some_and(|a| is_word_char(a.c));
    if !mention && !begins("http://") && !begins("https://") && !begins("www.") {
        return None;
    }
    let length =
        chars[i..].iter().position(|a| a.c.is_whitespace() || matches!(a.c, '"' | '«' | '»' | '<' | '>' | ')'));
    let mut end = length.map_or(chars.len(), |n| i + n);
    // A full stop or comma at the end is the sentence's.
    while end > i + 1 && matches!(chars[end - 1].c, '.' | ',' | ';' | ':' | '!' | '?' | '…') {
        end -= 1;
    }
    Some(end)
}

/// The ends of the words of the hashtag whose first letter is at `i`, and the end of the whole: `VaccinPoison` and
/// `vaccin_poison` are two words.
pub(super) fn hashtag(chars: &[At], i: usize) -> Option<(Vec<(usize, usize)>, usize)> {
    let belongs = |at: &At| is_word_char(at.c) || at.c == '_' || is_unseen(at.c) || is_combining_mark(at.c);
    let end = chars[i..].iter().position(|at| !belongs(at)).map_or(chars.len(), |n| i + n);
    let mut words = Vec::new();
    let mut start = i;
    for at in i..end {
        let (c, before) = (chars[at].c, (at > start).then(|| chars[at - 1].c));
        let next = (at + 1 < end).then(|| chars[at + 1].c);
        // `nP` of VaccinPoison, `Va` of HPVVaccin.
        let begins = before.is_some_and(|b| {
            c.is_uppercase() && (b.is_lowercase() || b.is_uppercase() && next.is_some_and(char::is_lowercase))
        });
        if begins || c == '_' {
            words.push((start, at));
            start = at + usize::from(c == '_');
        }
    }
    words.push((start, end));
    words.retain(|(from, to)| chars[*from..*to].iter().any(|at| is_word_char(at.c)));
    (!words.is_empty()).then_some((words, end))
}
