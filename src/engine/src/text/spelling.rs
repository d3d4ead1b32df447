use super::fold::{Keep, fold};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Known spellings of words (`vaxin` is read as `vaccin`): SMS, slang, abbreviations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Spellings {
    /// By folded spelling: the folded words it stands for, one space between two.
    known: BTreeMap<String, Vec<String>>,
}

impl Spellings {
    /// Adds that `spelling` may stand for `words`. Both are folded here.
    pub(crate) fn add(&mut self, spelling: &str, words: &[String]) {
        let spelling = fold(spelling, Keep::default());
        let words = words.join(" ");
        let known = self.known.entry(spelling).or_default();
        if !words.is_empty() && !known.contains(&words) {
            known.push(words);
        }
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// What a folded word may stand for.
    pub(crate) fn of(&self, word: &str) -> &[String] {
        self.known.get(word).map_or(&[], Vec::as_slice)
    }
}
