use crate::text::{Keep, fold};
use serde::{Deserialize, Serialize};

/// One word of a term.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WordPattern {
    /// As written, with `*` (any run of characters) and `?` (one or none).
    source: String,
    /// Folded as the scanned text is.
    folded: String,
}

impl WordPattern {
    pub(crate) fn new(source: &str) -> WordPattern {
        WordPattern { source: source.to_owned(), folded: fold(source, Keep::default()) }
    }

    /// A pattern whose written form does not matter: terms that fold alike are one.
    pub(crate) fn folding(source: &str) -> WordPattern {
        let folded = fold(source, Keep::default());
        WordPattern { source: folded.clone(), folded }
    }

    /// Whether it holds no wildcard.
    pub fn is_literal(&self) -> bool {
        !self.folded.contains(['*', '?'])
    }

    /// The folded form.
    pub(crate) fn folded(&self) -> &str {
        &self.folded
    }

    /// The longest run without wildcard: what the automaton looks for.
    pub(crate) fn anchor(&self) -> &str {
        self.folded.split(['*', '?']).max_by_key(|run| run.len()).unwrap_or("")
    }

    /// Whether a word of the scanned text matches.
    pub(crate) fn matches(&self, word: &str) -> bool {
        if self.is_literal() { self.folded == word } else { glob(&self.folded, word) }
    }

    /// Whether an original word matches, case or accents kept.
    pub(crate) fn matches_kept(&self, original: &str, keep: Keep) -> bool {
        let (pattern, word) = (fold(&self.source, keep), fold(original, keep));
        // An acronym's full stops are not its letters.
        let word = if word.contains('.') { word.replace('.', "") } else { word };
        if self.is_literal() { pattern == word } else { glob(&pattern, &word) }
    }
}

/// `*` any run, `?` one character or none. Time: length of the pattern times length of the word.
pub(crate) fn glob(pattern: &str, word: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    // reached[p]: the pattern's first p characters match what was read so far.
    let mut reached = vec![false; pattern.len() + 1];
    reached[0] = true;
    let skip_empty = |reached: &mut Vec<bool>| {
        for (p, c) in pattern.iter().enumerate() {
            if reached[p] && matches!(c, '*' | '?') {
                reached[p + 1] = true;
            }
        }
    };
    skip_empty(&mut reached);
    for c in word.chars() {
        let mut next = vec![false; pattern.len() + 1];
        for (p, expected) in pattern.iter().enumerate() {
            if reached[p] {
                match expected {
                    '*' => next[p] = true,
                    '?' => next[p + 1] = true,
                    e if *e == c => next[p + 1] = true,
                    _ => {}
                }
            }
        }
        skip_empty(&mut next);
        reached = next;
    }
    reached[pattern.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards() {
        for (pattern, word, want) in [
            ("vaccin*", "vaccin", true),
            ("vaccin*", "vaccination", true),
            ("vaccin*", "vaccine", true),
            ("vaccin*", "vacancier", false),
            ("*vax", "antivax", true),
            ("*vax", "vaxer", false),
            ("vac?in", "vacin", true),
            ("vac?in", "vaccin", true),
            ("vac?in", "vaccccin", false),
            ("*a*a*", "banana", true),
            ("*", "", true),
        ] {
            assert_eq!(WordPattern::new(pattern).matches(word), want, "{pattern} {word}");
        }
    }
}
