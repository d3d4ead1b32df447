use super::atoms::{Atom, AtomId, id};
use super::regexes::{Regexes, triggers};
use crate::query::Form;
use crate::text::is_word_char;
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Atoms that are found in the text as written: raw characters, emoji, regular expressions. Costs nothing where no
/// rule asks for it.
#[derive(Debug, Default)]
pub(super) struct Originals {
    raw: Option<(AhoCorasick, Vec<AtomId>)>,
    regexes: Regexes,
    /// The atoms of the regular expressions.
    regex_ids: Vec<AtomId>,
    beginnings: Beginnings,
    /// What some regular expressions begin or end with, and which ones: of many, only those are searched for of which
    /// one such literal stands in the part. A set of all of them as one automaton was tried: Unicode word boundaries and
    /// long gaps make it give up, and then every text is searched the slowest way.
    triggers: Option<(AhoCorasick, Vec<u32>)>,
    /// Those without such a literal.
    always: Vec<u32>,
}

/// Of each regular expression, literals of which one stands in whatever it matches, if there are such.
pub(super) type Beginnings = Vec<Option<Vec<Literal>>>;

/// Some bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Literal(#[serde(with = "serde_bytes")] pub(super) Vec<u8>);

impl AsRef<[u8]> for Literal {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Originals {
    /// Collects the atoms that it finds. `beginnings` are theirs, as [`beginnings`] gives them: to find them takes a parser
    /// of regular expressions, and too long for every start of a worker.
    pub(super) fn of(atoms: &[Atom], beginnings: Beginnings) -> Result<Originals, String> {
        let (mut raw, mut raw_ids, mut patterns) = (Vec::new(), Vec::new(), Vec::new());
        let mut found = Originals::default();
        for (number, atom) in atoms.iter().enumerate() {
            match &atom.form {
                Form::Raw(text) if !text.is_empty() => {
                    raw.push(text.as_str());
                    raw_ids.push(id(number));
                }
                Form::Regex(pattern) => {
                    patterns.push(pattern.as_str());
                    found.regex_ids.push(id(number));
                }
                _ => {}
            }
        }
        if !raw.is_empty() {
            found.raw = Some((AhoCorasick::new(&raw).map_err(|e| e.to_string())?, raw_ids));
        }
        found.regexes = Regexes::of(patterns.into_iter());
        found.trigger(beginnings)?;
        Ok(found)
    }

    fn trigger(&mut self, beginnings: Beginnings) -> Result<(), String> {
        if beginnings.len() != self.regex_ids.len() {
            return Err("literals of other regular expressions".to_owned());
        }
        let (mut literals, mut of) = (Vec::new(), Vec::new());
        for (number, own) in beginnings.iter().enumerate() {
            match own {
                Some(own) => {
                    of.extend(own.iter().map(|_| id(number)));
                    literals.extend(own);
                }
                None => self.always.push(id(number)),
            }
        }
        if !literals.is_empty() {
            let automaton = AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(&literals);
            self.triggers = Some((automaton.map_err(|e| e.to_string())?, of));
        }
        self.beginnings = beginnings;
        Ok(())
    }

    /// What [`Originals::of`] was given.
    pub(super) fn beginnings(&self) -> &Beginnings {
        &self.beginnings
    }

    /// The regular expressions that may match in a part.
    fn wanted(&self, part: &str) -> Vec<u32> {
        let mut wanted = self.always.clone();
        if let Some((automaton, of)) = &self.triggers {
            wanted.extend(automaton.find_overlapping_iter(part).map(|found| of[found.pattern().as_usize()]));
        }
        wanted.sort_unstable();
        wanted.dedup();
        wanted
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
        for number in self.wanted(part) {
            let atom = self.regex_ids[number as usize];
            self.regexes.find(number, part).for_each(|found| each(atom, found));
        }
    }
}

/// The literals of every regular expression among atoms.
///
/// # Errors
/// One that does not compile.
pub(super) fn beginnings(atoms: &[Atom]) -> Result<Beginnings, String> {
    let regexes =
        atoms.iter().filter_map(|atom| if let Form::Regex(pattern) = &atom.form { Some(pattern) } else { None });
    regexes.map(|pattern| triggers(pattern)).collect()
}

/// Whether raw characters that begin or end with a letter begin or end a word there.
fn is_whole(text: &str, at: Range<usize>) -> bool {
    let letter = |c: Option<char>| c.is_some_and(is_word_char);
    let found = &text[at.clone()];
    let cut_before = letter(found.chars().next()) && letter(text[..at.start].chars().next_back());
    let cut_behind = letter(found.chars().next_back()) && letter(text[at.end..].chars().next());
    !cut_before && !cut_behind
}
