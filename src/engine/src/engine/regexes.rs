//! Regular expressions as queries hold them.

use super::originals::Search;
use regex::Regex;
use regex_syntax::hir::{self, Hir, HirKind, LookSet};
use std::ops::Range;
use std::sync::OnceLock;

/// Most occurrences of one regular expression in one part. Each search may read to the end of the part, so this bounds
/// the time of a part to a constant times its length.
const MAX_OCCURRENCES: usize = 64;

/// The regular expressions of an engine.
#[derive(Debug)]
pub(super) struct Regexes(Vec<Exact>);

impl Regexes {
    /// Those of some patterns, in their order.
    pub(super) fn of<'p>(patterns: impl Iterator<Item = &'p str>) -> Regexes {
        Regexes(patterns.map(Exact::new).collect())
    }
}

impl Search for Regexes {
    fn search(&self, number: u32, part: &str, each: &mut dyn FnMut(Range<usize>)) {
        self.0[number as usize].find(part).for_each(each);
    }
}

/// A regular expression, compiled when it is first needed: most never are.
#[derive(Debug)]
struct Exact {
    pattern: String,
    /// The same without word boundaries. A lazy automaton knows no Unicode boundary, and without an automaton a search
    /// takes ten times as long.
    relaxed: OnceLock<Option<Regex>>,
    compiled: OnceLock<Option<Regex>>,
}

impl Exact {
    fn new(pattern: &str) -> Exact {
        Exact { pattern: pattern.to_owned(), relaxed: OnceLock::new(), compiled: OnceLock::new() }
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
