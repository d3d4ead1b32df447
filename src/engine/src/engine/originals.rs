use super::atoms::{Atom, AtomId, id};
use crate::query::Form;
use crate::text::is_word_char;
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::Regex;
use regex_syntax::hir::literal::{ExtractKind, Extractor};
use regex_syntax::hir::{self, Hir, HirKind, LookSet};
use std::ops::Range;
use std::sync::OnceLock;

/// Most occurrences of one regular expression in one part. Each search may read to the end of the part, so this bounds
/// the time of a part to a constant times its length.
const MAX_OCCURRENCES: usize = 64;

/// Fewest bytes of a literal that is worth looking for before a regular expression is: fewer stand everywhere.
const TRIGGER_BYTES: usize = 2;

/// Atoms that are found in the text as written: raw characters, emoji, regular expressions. Costs nothing where no
/// rule asks for it.
#[derive(Debug, Default)]
pub(super) struct Originals {
    raw: Option<(AhoCorasick, Vec<AtomId>)>,
    regexes: Vec<Exact>,
    /// What some regular expressions begin or end with, and which ones: of many, only those are searched for of which
    /// one such literal stands in the part. A set of all of them as one automaton was tried: Unicode word boundaries and
    /// long gaps make it give up, and then every text is searched the slowest way.
    triggers: Option<(AhoCorasick, Vec<u32>)>,
    /// Those without such a literal.
    always: Vec<u32>,
}

/// A regular expression, compiled when it is first needed: most never are.
#[derive(Debug)]
struct Exact {
    pattern: String,
    atom: AtomId,
    /// The same without word boundaries. A lazy automaton knows no Unicode boundary, and without an automaton a search
    /// takes ten times as long.
    relaxed: OnceLock<Option<Regex>>,
    compiled: OnceLock<Option<Regex>>,
}

impl Exact {
    fn new(pattern: &str, atom: AtomId) -> Exact {
        Exact { pattern: pattern.to_owned(), atom, relaxed: OnceLock::new(), compiled: OnceLock::new() }
    }

    /// Everything found, none empty.
    fn find<'t>(&'t self, part: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        let relaxed = || Regex::new(&without_boundaries(regex_syntax::parse(&self.pattern).ok()?).to_string()).ok();
        let likely = self.relaxed.get_or_init(relaxed).as_ref().is_none_or(|regex| regex.is_match(part));
        let compiled = || self.compiled.get_or_init(|| Regex::new(&self.pattern).ok()).as_ref();
        let exact = if likely { compiled() } else { None };
        let all = exact.into_iter().flat_map(move |regex| regex.find_iter(part).take(MAX_OCCURRENCES));
        all.map(|found| found.range()).filter(|found| !found.is_empty())
    }
}

impl Originals {
    /// Collects the atoms that it finds.
    pub(super) fn of(atoms: &[Atom]) -> Result<Originals, String> {
        let (mut raw, mut raw_ids) = (Vec::new(), Vec::new());
        let (mut literals, mut of) = (Vec::new(), Vec::new());
        let mut found = Originals::default();
        for (number, atom) in atoms.iter().enumerate() {
            match &atom.form {
                Form::Raw(text) if !text.is_empty() => {
                    raw.push(text.as_str());
                    raw_ids.push(id(number));
                }
                Form::Regex(pattern) => {
                    let index = id(found.regexes.len());
                    match triggers(pattern)? {
                        Some(own) => {
                            of.extend(own.iter().map(|_| index));
                            literals.extend(own);
                        }
                        None => found.always.push(index),
                    }
                    found.regexes.push(Exact::new(pattern, id(number)));
                }
                _ => {}
            }
        }
        if !raw.is_empty() {
            found.raw = Some((AhoCorasick::new(&raw).map_err(|e| e.to_string())?, raw_ids));
        }
        if !literals.is_empty() {
            let automaton = AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(&literals);
            found.triggers = Some((automaton.map_err(|e| e.to_string())?, of));
        }
        Ok(found)
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
        let mut wanted = self.always.clone();
        if let Some((automaton, of)) = &self.triggers {
            wanted.extend(automaton.find_overlapping_iter(part).map(|found| of[found.pattern().as_usize()]));
        }
        wanted.sort_unstable();
        wanted.dedup();
        for index in wanted {
            let exact = &self.regexes[index as usize];
            exact.find(part).for_each(|found| each(exact.atom, found));
        }
    }
}

/// Literals of which every match of a regular expression begins, or ends, with one; `None`: there are no such, or they
/// are too short.
fn triggers(pattern: &str) -> Result<Option<Vec<Vec<u8>>>, String> {
    let hir = without_boundaries(regex_syntax::parse(pattern).map_err(|e| e.to_string())?);
    Ok([ExtractKind::Prefix, ExtractKind::Suffix].into_iter().find_map(|kind| {
        let sequence = Extractor::new().kind(kind).extract(&hir);
        let literals: Vec<Vec<u8>> = sequence.literals()?.iter().map(|literal| literal.as_bytes().to_vec()).collect();
        let long = literals.iter().all(|literal| literal.len() >= TRIGGER_BYTES);
        (long && !literals.is_empty()).then_some(literals)
    }))
}

/// A regular expression that matches wherever another does, and has no word boundary.
fn without_boundaries(hir: Hir) -> Hir {
    match hir.into_kind() {
        HirKind::Look(look) if LookSet::empty().insert(look).contains_word() => Hir::empty(),
        HirKind::Look(look) => Hir::look(look),
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) => Hir::literal(literal.0),
        HirKind::Class(class) => Hir::class(class),
        HirKind::Repetition(hir::Repetition { min, max, greedy, sub }) => {
            let sub = Box::new(without_boundaries(*sub));
            Hir::repetition(hir::Repetition { min, max, greedy, sub })
        }
        HirKind::Capture(capture) => without_boundaries(*capture.sub),
        HirKind::Concat(parts) => Hir::concat(parts.into_iter().map(without_boundaries).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.into_iter().map(without_boundaries).collect()),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn triggers_stand_in_every_match_and_boundaries_only_narrow() {
        for (pattern, some, text) in [
            (r"(?i)\b(m[ée]decins?|toubib) (m.a|nous a) dit\b", true, "Mon MÉDECIN m'a dit"),
            (r"(?i)\b\w+-(il|elle|on)\b", true, "peut-Il"),
            (r"^\W*non\b", true, "… non"),
            (r"\d+ ?%", false, "12 %"),
            (r"(a|b)c?", false, "ac"),
        ] {
            let literals = triggers(pattern).expect("it parses");
            assert_eq!(literals.is_some(), some, "{pattern}: {literals:?}");
            let found = Regex::new(pattern).expect("it compiles").find(text).expect("it matches").as_str();
            let holds = |literal: &Vec<u8>| found.as_bytes().windows(literal.len()).any(|at| at == literal);
            assert!(literals.is_none_or(|own| own.iter().any(holds)), "{pattern} in {text}");
            let relaxed = without_boundaries(regex_syntax::parse(pattern).expect("it parses")).to_string();
            assert!(!relaxed.contains(r"\b") && Regex::new(&relaxed).expect("it compiles").is_match(text), "{relaxed}");
        }
    }
}
