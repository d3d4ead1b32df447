use super::atoms::{Atom, AtomId, id};
use crate::query::Form;
use crate::text::is_word_char;
use aho_corasick::AhoCorasick;
use regex::{Regex, RegexSet};
use std::ops::Range;

/// Most occurrences of one regular expression in one part. Each search may read to the end of the part, so this bounds
/// the time of a part to a constant times its length.
const MAX_OCCURRENCES: usize = 64;

/// Atoms that are found in the text as written: raw characters, emoji, regular expressions. Costs nothing where no
/// rule asks for it.
#[derive(Debug, Default)]
pub(super) struct Originals {
    raw: Option<(AhoCorasick, Vec<AtomId>)>,
    regexes: Option<(RegexSet, Vec<(Regex, AtomId)>)>,
}

impl Originals {
    /// Collects the atoms that it finds.
    pub(super) fn of(atoms: &[Atom]) -> Result<Originals, String> {
        let (mut raw, mut raw_ids) = (Vec::new(), Vec::new());
        let (mut patterns, mut regexes) = (Vec::new(), Vec::new());
        for (number, atom) in atoms.iter().enumerate() {
            match &atom.form {
                Form::Raw(text) if !text.is_empty() => {
                    raw.push(text.as_str());
                    raw_ids.push(id(number));
                }
                Form::Regex(pattern) => {
                    patterns.push(pattern.as_str());
                    regexes.push((Regex::new(pattern).map_err(|e| e.to_string())?, id(number)));
                }
                _ => {}
            }
        }
        let raw = match raw.is_empty() {
            true => None,
            false => Some((AhoCorasick::new(&raw).map_err(|e| e.to_string())?, raw_ids)),
        };
        let regexes = match patterns.is_empty() {
            true => None,
            false => Some((RegexSet::new(&patterns).map_err(|e| e.to_string())?, regexes)),
        };
        Ok(Originals { raw, regexes })
    }

    /// Calls `each` with the atom and bytes of everything found in one part.
    pub(super) fn find(&self, part: &str, mut each: impl FnMut(AtomId, Range<usize>)) {
        if let Some((automaton, ids)) = &self.raw {
            for found in automaton.find_overlapping_iter(part) {
                if is_whole(part, found.range()) {
                    each(ids[found.pattern().as_usize()], found.range());
                }
            }
        }
        if let Some((set, regexes)) = &self.regexes {
            for index in set.matches(part) {
                let (regex, atom) = &regexes[index];
                for found in regex.find_iter(part).take(MAX_OCCURRENCES).filter(|found| !found.is_empty()) {
                    each(*atom, found.range());
                }
            }
        }
    }
}

/// Whether raw characters that begin or end with a letter begin or end a word there.
fn is_whole(text: &str, at: Range<usize>) -> bool {
    let letter = |c: Option<char>| c.is_some_and(is_word_char);
    let found = &text[at.clone()];
    let cut_before = letter(found.chars().next()) && letter(text[..at.start].chars().next_back());
    let cut_behind = letter(found.chars().next_back()) && letter(text[at.end..].chars().next());
    !cut_before && !cut_behind
}
