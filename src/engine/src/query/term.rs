use super::WordPattern;
use crate::language::Language;
use crate::text::Keep;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What is looked for in the text itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// How.
    pub form: Form,
    /// As written.
    pub source: String,
    /// Bytes in the query.
    pub at: Range<usize>,
}

/// How a term is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Form {
    /// Words side by side.
    Words(Words),
    /// Every inflected form of a word (`lemma:fumer`).
    Lemma(String),
    /// Words with the stem of this one (`stem:vacciner`). Without a language: the pack's.
    Stem {
        /// Folded.
        word: String,
        /// Whose stemmer; the pack's when not said.
        language: Option<Language>,
    },
    /// Words at most so many edits away (`cannabis~1`).
    Typo {
        /// Folded.
        word: String,
        /// Edits: insertions, deletions, substitutions, transpositions of neighbours.
        edits: u8,
    },
    /// Words that sound like this one in French (`sound:vaccin`): its key.
    Sound(String),
    /// Characters exactly as written, emoji among them (`raw:"3 1 1 4"`, `💉`).
    Raw(String),
    /// A regular expression on the text as written.
    Regex(String),
    /// `#name`, folded, wildcards allowed.
    Hashtag(String),
    /// `@name`, folded, wildcards allowed.
    Mention(String),
}

/// Words side by side, in one sentence.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Words {
    /// The words. Never empty.
    pub words: Vec<WordPattern>,
    /// Whether upper and lower case count.
    pub case: bool,
    /// Whether accents count.
    pub accent: bool,
    /// Whether only the text as written counts, no other reading of it (`v@ccin`, `vacciiin`).
    pub exact: bool,
    /// Whether it counts only as the verb it may be: written without its accent, or behind an auxiliary.
    pub participle: bool,
}

impl Words {
    pub(crate) fn of(words: Vec<WordPattern>) -> Words {
        Words { words, case: false, accent: false, exact: false, participle: false }
    }

    /// What of the original counts.
    pub(crate) fn keep(&self) -> Keep {
        Keep { case: self.case, accents: self.accent }
    }

    /// Whether other readings of a text count.
    pub(crate) fn reads_freely(&self) -> bool {
        // `vac?in` says itself how the word may vary.
        !self.exact && self.keep().nothing() && !self.words.iter().any(|w| w.folded().contains('?'))
    }

    /// Whether no word holds a wildcard.
    pub(crate) fn is_literal(&self) -> bool {
        self.words.iter().all(WordPattern::is_literal)
    }
}
