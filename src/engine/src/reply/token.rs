use crate::text::is_word_char;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// What is compared of a text: a word, a sign, a line break. Blanks within a line are not.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Bytes of the text.
    pub(super) at: Range<usize>,
    /// Whether it is a word or number.
    pub(super) word: bool,
    /// Whether it is a line break.
    pub(super) line: bool,
    /// The same, however composed.
    key: String,
}

impl Token {
    /// Whether it is the same word but for the case of its first letter.
    pub(super) fn begins_like(&self, other: &Token) -> bool {
        let (mut a, mut b) = (self.key.chars(), other.key.chars());
        let first = a.next().zip(b.next());
        first.is_some_and(|(a, b)| a.to_lowercase().eq(b.to_lowercase())) && a.as_str() == b.as_str()
    }
}

impl PartialEq for Token {
    fn eq(&self, other: &Token) -> bool {
        self.key == other.key
    }
}

impl Eq for Token {}

impl std::hash::Hash for Token {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

/// Cuts a text with one kind of line break (`\n`). Line breaks around it do not count.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for (start, grapheme) in text.grapheme_indices(true) {
        let at = start..start + grapheme.len();
        let line = grapheme == "\n";
        let word = grapheme.chars().next().is_some_and(is_word_char);
        match tokens.last_mut() {
            _ if !line && grapheme.trim().is_empty() => {}
            None if line => {}
            Some(last) if word && last.word && last.at.end == start => {
                last.at.end = at.end;
                last.key.extend(grapheme.nfc());
            }
            _ => tokens.push(Token { at, word, line, key: grapheme.nfc().collect() }),
        }
    }
    let end = tokens.iter().rposition(|t| !t.line).map_or(0, |last| last + 1);
    tokens.truncate(end);
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_within_a_line_do_not_count() {
        for (text, want) in [
            ("", vec![]),
            (" \n ", vec![]),
            ("l’eau, 3.5 %\u{a0}!", vec!["l", "’", "eau", ",", "3", ".", "5", "%", "!"]),
            ("\na \n\n b \n", vec!["a", "\n", "\n", "b"]),
            ("e\u{301}te\u{301} 👩‍👩‍👧👍", vec!["été", "👩‍👩‍👧", "👍"]),
        ] {
            let have: Vec<String> = tokens(text).into_iter().map(|t| t.key).collect();
            assert_eq!(have, want, "{text:?}");
        }
    }
}
