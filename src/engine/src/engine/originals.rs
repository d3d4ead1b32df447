use super::atoms::{Atom, AtomId, id};
use crate::query::Form;
use crate::text::is_word_char;
use aho_corasick::AhoCorasick;
use regex::{Regex, RegexSet, RegexSetBuilder};
use regex_syntax::hir::{self, Hir, HirKind, LookSet};
use std::ops::Range;
use std::sync::OnceLock;

/// Most occurrences of one regular expression in one part. Each search may read to the end of the part, so this bounds
/// the time of a part to a constant times its length.
const MAX_OCCURRENCES: usize = 64;

/// Most bytes of the automaton of all regular expressions.
const SET_BYTES: usize = 16 << 20;

/// Atoms that are found in the text as written: raw characters, emoji, regular expressions. Costs nothing where no
/// rule asks for it.
#[derive(Debug, Default)]
pub(super) struct Originals {
    raw: Option<(AhoCorasick, Vec<AtomId>)>,
    /// The regular expressions, and a set of the same that are told without word boundaries: those found at least where
    /// these are, in one pass of an automaton that knows no Unicode boundary, so that the slow search is for the few
    /// parts that hold something.
    regexes: Option<(RegexSet, Vec<Exact>)>,
}

/// A regular expression as it was written, compiled when it is first needed: most never are.
#[derive(Debug)]
struct Exact {
    pattern: String,
    compiled: OnceLock<Option<Regex>>,
    atom: AtomId,
}

impl Exact {
    fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| Regex::new(&self.pattern).ok()).as_ref()
    }
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
                    patterns.push(without_boundaries(pattern)?);
                    regexes.push(Exact { pattern: pattern.clone(), compiled: OnceLock::new(), atom: id(number) });
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
            false => Some((set_of(&patterns)?, regexes)),
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
                let exact = &regexes[index];
                let Some(regex) = exact.regex() else { continue };
                for found in regex.find_iter(part).take(MAX_OCCURRENCES).filter(|found| !found.is_empty()) {
                    each(exact.atom, found.range());
                }
            }
        }
    }
}

/// A set of regular expressions, with room for the automaton that it becomes as it reads: without, it is given up.
fn set_of(patterns: &[String]) -> Result<RegexSet, String> {
    RegexSetBuilder::new(patterns).size_limit(SET_BYTES).dfa_size_limit(SET_BYTES).build().map_err(|e| e.to_string())
}

/// A regular expression that matches wherever `pattern` does, and has no word boundary.
fn without_boundaries(pattern: &str) -> Result<String, String> {
    fn relaxed(hir: Hir) -> Hir {
        let inner = |hir: Box<Hir>| Box::new(relaxed(*hir));
        match hir.into_kind() {
            HirKind::Look(look) if LookSet::empty().insert(look).contains_word() => Hir::empty(),
            HirKind::Look(look) => Hir::look(look),
            HirKind::Empty => Hir::empty(),
            HirKind::Literal(literal) => Hir::literal(literal.0),
            HirKind::Class(class) => Hir::class(class),
            HirKind::Repetition(hir::Repetition { min, max, greedy, sub }) => {
                Hir::repetition(hir::Repetition { min, max, greedy, sub: inner(sub) })
            }
            HirKind::Capture(capture) => relaxed(*capture.sub),
            HirKind::Concat(parts) => Hir::concat(parts.into_iter().map(relaxed).collect()),
            HirKind::Alternation(parts) => Hir::alternation(parts.into_iter().map(relaxed).collect()),
        }
    }
    let hir = regex_syntax::parse(pattern).map_err(|e| e.to_string())?;
    Ok(relaxed(hir).to_string())
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
    fn without_boundaries_finds_at_least_as_much() {
        for (pattern, text, found) in [
            (r"\bsel\b", "aisselle", true),
            (r"(?i)\b(é|e)t[ée]\b", "répÉTÉs", true),
            (r"^non\b", "oui non", false),
            (r"a\Bb|\d{2}\b", "xab", true),
            (r"a\b[^.]{0,3}b", "a.b", false),
        ] {
            let relaxed = without_boundaries(pattern).expect("it parses");
            assert!(!relaxed.contains("\\b") && !relaxed.contains("\\B"), "{relaxed}");
            assert_eq!(Regex::new(&relaxed).expect("it compiles").is_match(text), found, "{pattern} as {relaxed}");
        }
    }
}
