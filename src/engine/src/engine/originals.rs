use super::atoms::{Atom, AtomId, id};
use super::automaton::{few, overlapping};
use super::regexes::Regexes;
use super::triggers::{plain, triggers};
use crate::query::Form;
use crate::text::is_word_char;
use aho_corasick::nfa::contiguous::NFA;
use serde::{Deserialize, Serialize};
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
    beginnings: Beginnings,
    /// Literals of the regular expressions, and of which ones: of many, only those are searched for of which one such
    /// literal stands in the part, all made [`plain`]. A set of all of them as one automaton was tried: Unicode word boundaries and
    /// long gaps make it give up, and then every text is searched the slowest way.
    triggers: Option<(NFA, Vec<u32>)>,
    /// Those without such a literal.
    always: Vec<u32>,
}

/// Of each regular expression, literals of which one stands in whatever it matches, if there are such.
pub(super) type Beginnings = Vec<Option<Vec<Literal>>>;

/// Some bytes of a text that was made [`plain`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Literal(#[serde(with = "serde_bytes")] pub(super) Vec<u8>);

impl AsRef<[u8]> for Literal {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Searches for regular expressions by their numbers.
pub(super) trait Search: fmt::Debug + Send + Sync {
    /// Calls `each` with the bytes of everything that one of them matches in a part, nothing empty.
    fn search(&self, number: u32, part: &str, each: &mut dyn FnMut(Range<usize>));
}

impl Originals {
    /// Collects of some atoms those that it finds; [`Originals::add_regexes`] is to follow. `beginnings` are theirs, as [`beginnings`] gives them: to find them takes a parser
    /// of regular expressions, and too long for every start of a worker.
    pub(super) fn of<'a>(
        atoms: impl Iterator<Item = (AtomId, &'a Atom)>,
        beginnings: Beginnings,
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
            self.triggers = Some((few(&literals)?, of));
        }
        self.beginnings = beginnings;
        Ok(())
    }

    /// What [`Originals::of`] was given.
    pub(super) fn beginnings(&self) -> &Beginnings {
        &self.beginnings
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
        self.regexes.get().is_some() || self.wanted(part).is_empty()
    }

    /// The regular expressions that may match in a part.
    fn wanted(&self, part: &str) -> Vec<u32> {
        let mut wanted = self.always.clone();
        if let Some((automaton, of)) = &self.triggers {
            let part: String = part.chars().map(plain).collect();
            wanted.extend(overlapping(automaton, &part).map(|found| of[found.pattern().as_usize()]));
        }
        wanted.sort_unstable();
        wanted.dedup();
        wanted
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
        for number in self.wanted(part) {
            let atom = self.regex_ids[number as usize];
            regexes.search(number, part, &mut |found| each(atom, found));
        }
    }
}

/// The literals of every regular expression among atoms.
///
/// # Errors
/// One that does not compile.
pub(super) fn beginnings<'a>(atoms: impl Iterator<Item = &'a Atom>) -> Result<Beginnings, String> {
    patterns(atoms).map(triggers).collect()
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
