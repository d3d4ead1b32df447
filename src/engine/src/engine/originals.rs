use super::atoms::{Atom, AtomId};
use super::automaton::{few, overlapping};
use super::prefilter::{Prefilter, Required};
use super::regexes::Regexes;
use super::required::required;
use crate::query::Form;
use crate::text::is_word_char;
use aho_corasick::nfa::contiguous::NFA;
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

/// Atoms that are found in the text as written: raw characters, emoji, regular expressions. Costs nothing where no
/// rule asks for it.
#[derive(Debug, Default)]
pub(super) struct Originals {
    raw: Option<(NFA, Vec<AtomId>)>,
    /// Behind a trait, so that a program can keep the library of regular expressions in a part that it loads when one is
    /// to be searched for.
    regexes: OnceLock<Box<dyn Search>>,
    /// The atoms of the regular expressions.
    regex_ids: Vec<AtomId>,
    prefilter: Prefilter,
}

/// Searches for regular expressions by their numbers.
pub(super) trait Search: fmt::Debug + Send + Sync {
    /// Calls `each` with the bytes of everything that one of them matches in a part, nothing empty.
    fn search(&self, number: u32, part: &str, each: &mut dyn FnMut(Range<usize>));
}

impl Originals {
    /// Collects of some atoms those that it finds; [`Originals::add_regexes`] is to follow. `required` are theirs, as
    /// [`all_required`] gives them: to find them takes a parser of regular expressions, and too long for every start of a
    /// worker.
    pub(super) fn of<'a>(
        atoms: impl Iterator<Item = (AtomId, &'a Atom)>,
        required: Required,
    ) -> Result<Originals, String> {
        let (mut raw, mut raw_ids) = (Vec::new(), Vec::new());
        let mut found = Originals::default();
        for (number, atom) in atoms {
            match &atom.form {
                Form::Raw(text) if !text.is_empty() => {
                    raw.push(text.as_str());
                    raw_ids.push(number);
                }
                Form::Regex(_) => found.regex_ids.push(number),
                _ => {}
            }
        }
        if !raw.is_empty() {
            found.raw = Some((few(&raw)?, raw_ids));
        }
        if required.len() != found.regex_ids.len() {
            return Err("literals of other regular expressions".to_owned());
        }
        found.prefilter = Prefilter::of(required)?;
        Ok(found)
    }

    /// What [`Originals::of`] was given.
    pub(super) fn required(&self) -> &Required {
        self.prefilter.required()
    }

    /// Makes the regular expressions among atoms, those it was made of, ready; each is compiled when it is first needed.
    pub(super) fn add_regexes<'a>(&self, atoms: impl Iterator<Item = &'a Atom>) {
        self.regexes.get_or_init(|| Box::new(Regexes::of(patterns(atoms))));
    }

    /// Whether it has any regular expression.
    pub(super) fn has_regexes(&self) -> bool {
        !self.regex_ids.is_empty()
    }

    /// Whether everything can be found in a part: always after [`Originals::add_regexes`], before it where no regular
    /// expression can match.
    pub(super) fn can_search(&self, part: &str) -> bool {
        self.regexes.get().is_some() || self.prefilter.wanted(part).is_empty()
    }

    /// Calls `each` with the atom and bytes of everything found in one part.
    pub(super) fn find(&self, part: &str, mut each: impl FnMut(AtomId, Range<usize>)) {
        if let Some((automaton, ids)) = &self.raw {
            for found in overlapping(automaton, part) {
                if is_whole(part, found.range()) {
                    each(ids[found.pattern().as_usize()], found.range());
                }
            }
        }
        let Some(regexes) = self.regexes.get() else { return };
        for number in self.prefilter.wanted(part) {
            let atom = self.regex_ids[number as usize];
            regexes.search(number, part, &mut |found| each(atom, found));
        }
    }
}

/// The literals that every regular expression among atoms requires.
///
/// # Errors
/// One that is none.
pub(super) fn all_required<'a>(atoms: impl Iterator<Item = &'a Atom>) -> Result<Required, String> {
    patterns(atoms).map(required).collect()
}

fn patterns<'a>(atoms: impl Iterator<Item = &'a Atom>) -> impl Iterator<Item = &'a str> {
    atoms.filter_map(|atom| if let Form::Regex(pattern) = &atom.form { Some(pattern.as_str()) } else { None })
}

/// Whether raw characters that begin or end with a letter begin or end a word there.
fn is_whole(text: &str, at: Range<usize>) -> bool {
    let letter = |c: Option<char>| c.is_some_and(is_word_char);
    let found = &text[at.clone()];
    let cut_before = letter(found.chars().next()) && letter(text[..at.start].chars().next_back());
    let cut_behind = letter(found.chars().next_back()) && letter(text[at.end..].chars().next());
    !cut_before && !cut_behind
}
