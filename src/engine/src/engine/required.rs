//! What stands in a text wherever a regular expression matches.

use super::prefilter::{Ends, Literal, plain};
use regex_syntax::hir::literal::{ExtractKind, Extractor};
use regex_syntax::hir::{self, Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look, LookSet};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Fewest bytes of a literal that is worth looking for, if it is of letters: fewer stand everywhere.
const LEAST: usize = 2;

/// From so many bytes on, a literal is seldom enough, and fewer literals are better than longer ones.
const ENOUGH: usize = 4;

/// A word border while literals are put together: no byte of any text.
const BORDER: u8 = 0xFF;

/// Characters of a class that is looked at one by one; the library of literals takes none of a larger one.
const SMALL: usize = 64;

/// Literals of which one stands in whatever a regular expression matches, all made [`plain`]; `None`: there are no such,
/// or they are too short.
///
/// # Errors
/// The expression is none.
pub(super) fn required(pattern: &str) -> Result<Option<Vec<Literal>>, String> {
    let hir = regex_syntax::parse(pattern).map_err(|e| e.to_string())?;
    let Some(all) = best(&made_plain(hir)) else { return Ok(None) };
    let all: BTreeSet<Literal> = all.iter().map(|bytes| literal(bytes)).collect();
    let says_less = |than: &Literal| all.iter().any(|other| other != than && other.stands_wherever(than));
    Ok(Some(all.iter().filter(|literal| !says_less(literal)).cloned().collect()))
}

/// Of what stands between borders, those at its ends are known; one within goes without saying.
fn literal(bytes: &[u8]) -> Literal {
    let ends = Ends { before: bytes.first() == Some(&BORDER), behind: bytes.last() == Some(&BORDER) };
    Literal { bytes: without_borders(bytes), ends }
}

fn without_borders(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().copied().filter(|byte| *byte != BORDER).collect()
}

fn made_plain(hir: Hir) -> Hir {
    match hir.into_kind() {
        HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
            Ok(text) => Hir::literal(text.chars().map(plain).collect::<String>().into_bytes()),
            Err(_) => Hir::literal(literal.0),
        },
        HirKind::Class(Class::Unicode(class)) => Hir::class(Class::Unicode(plain_class(class))),
        // Of a text only ASCII can be asked for byte by byte.
        HirKind::Class(Class::Bytes(class)) => Hir::class(match class.to_unicode_class() {
            Some(class) => Class::Unicode(plain_class(class)),
            None => Class::Bytes(class),
        }),
        HirKind::Look(Look::WordUnicode | Look::WordStartUnicode | Look::WordEndUnicode) => Hir::literal([BORDER]),
        // Where a word ends that has ASCII letters only, another one may go on; and such a one knows one side only.
        HirKind::Look(look) if LookSet::empty().insert(look).contains_word() => Hir::empty(),
        HirKind::Look(look) => Hir::look(look),
        HirKind::Empty => Hir::empty(),
        HirKind::Repetition(hir::Repetition { min, max, greedy, sub }) => {
            Hir::repetition(hir::Repetition { min, max, greedy, sub: Box::new(made_plain(*sub)) })
        }
        HirKind::Capture(capture) => made_plain(*capture.sub),
        HirKind::Concat(parts) => Hir::concat(parts.into_iter().map(made_plain).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.into_iter().map(made_plain).collect()),
    }
}

fn plain_class(class: ClassUnicode) -> ClassUnicode {
    let all = || class.iter().flat_map(|range| range.start()..=range.end());
    let is_digits = all().all(char::is_numeric) && all().next().is_some();
    if is_digits || all().nth(SMALL).is_none() {
        return ClassUnicode::new(all().map(plain).map(|c| ClassUnicodeRange::new(c, c)));
    }
    class
}

/// The best literals of which one stands in every match, with their borders.
fn best(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    let mut found = vec![extracted(hir, ExtractKind::Prefix), extracted(hir, ExtractKind::Suffix)];
    match hir.kind() {
        HirKind::Concat(parts) => {
            found.extend((1..parts.len()).map(|at| extracted(&Hir::concat(parts[at..].to_vec()), ExtractKind::Prefix)));
            found.extend(parts.iter().map(best));
        }
        HirKind::Alternation(parts) => {
            let each: Option<Vec<Vec<Vec<u8>>>> = parts.iter().map(best).collect();
            found.push(each.map(|each| each.concat()));
        }
        HirKind::Repetition(hir::Repetition { min: 1.., sub, .. }) => found.push(best(sub)),
        _ => {}
    }
    // A border is worth a character.
    let shortest = |literals: &Vec<Vec<u8>>| literals.iter().map(Vec::len).min().unwrap_or_default();
    let worth = |all: &Vec<Vec<u8>>| (shortest(all).min(ENOUGH), Reverse(all.len()), shortest(all));
    found.into_iter().flatten().max_by_key(worth)
}

/// What every match begins, or ends, with.
fn extracted(hir: &Hir, kind: ExtractKind) -> Option<Vec<Vec<u8>>> {
    let sequence = Extractor::new().kind(kind).extract(hir);
    let mut literals: Vec<Vec<u8>> = sequence.literals()?.iter().map(|literal| literal.as_bytes().to_vec()).collect();
    literals.sort_unstable();
    literals.dedup();
    let is_seldom = |byte: &u8| !byte.is_ascii_alphabetic() && !byte.is_ascii_whitespace();
    let is_worth = |literal: &Vec<u8>| {
        let bytes = without_borders(literal);
        bytes.len() >= LEAST || bytes.iter().any(is_seldom)
    };
    (!literals.is_empty() && literals.iter().all(is_worth)).then_some(literals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::prefilter::Prefilter;
    use proptest::strategy::{Strategy, ValueTree};
    use proptest::test_runner::TestRunner;
    use regex::Regex;

    /// Each with the literals that are to be found, if few; `|` is a word border.
    const PATTERNS: &[(&str, Option<&[&str]>)] = &[
        (r"(?i)\b(m[ée]decins?|toubib) (m.a|nous a) dit\b", Some(&[" dit|"])),
        (r"(?i)\b\w+-(il|elle|on)\b", Some(&["-elle|", "-il|", "-on|"])),
        (r"^\W*non\b", Some(&["non|"])),
        (r"\b(in|on)\b", Some(&["|in|", "|on|"])),
        (r"\b{start}in\b{end}", Some(&["|in|"])),
        (r"(?-u:\b)in\B", Some(&["in"])),
        (r"((-\boui)|-oui)!", Some(&["-oui!"])),
        (r"\b{start-half}in\b{end-half}", Some(&["in"])),
        (r"(?m)^\W*(so |hi )?(can|could|does)\s", Some(&["can", "could", "does"])),
        (r"\d+ ?%", Some(&["0 %", "0%"])),
        (r"\b\d+\b", Some(&["0|"])),
        (r"(?i)\b[234][.,]?\d* ?kg\b", Some(&["0 kg|", "|0, kg|", "|0,kg|", "|0. kg|", "|0.kg|", "0kg|"])),
        (r"(?i)STRASSE|ΣΑΣ", Some(&["strasse", "σασ"])),
        (r"(?-u:[AB])CD", Some(&["acd", "bcd"])),
        (r"=|→", Some(&["=", "→"])),
        (r"(a|b)c?", None),
        (r"\w+", None),
        (r"x*", None),
    ];

    fn shown(literal: &Literal) -> String {
        let border = |is_there| if is_there { "|" } else { "" };
        let Literal { bytes, ends } = literal;
        format!("{}{}{}", border(ends.before), String::from_utf8_lossy(bytes), border(ends.behind))
    }

    #[test]
    fn the_best_are_chosen() {
        for (pattern, want) in PATTERNS {
            let found = required(pattern).expect("it parses");
            let found: Option<Vec<String>> = found.map(|all| all.iter().map(shown).collect());
            assert_eq!(
                found.as_deref(),
                want.map(|want| want.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>()).as_deref(),
                "{pattern}"
            );
        }
    }

    /// Whatever matches holds one of them, in any case.
    #[test]
    fn they_stand_in_every_match() {
        let mut runner = TestRunner::deterministic();
        let long =
            r"(ministres?|pr[ée]sidente?|d[ée]put[ée]e?s?|s[ée]nat(eur|rice)s?|[ée]lue?s?)[^.!?;]{0,9}(dit|a dit) qu";
        for pattern in PATTERNS.iter().map(|(pattern, _)| *pattern).chain([long]) {
            // The generator knows neither flags nor borders.
            let bare = [
                r"\b{start-half}",
                r"\b{end-half}",
                r"\b{start}",
                r"\b{end}",
                "(?i)",
                "(?m)",
                "?-u:",
                r"\b",
                r"\B",
                "^",
            ];
            let bare = bare.iter().fold(pattern.to_owned(), |bare, without| bare.replace(without, ""));
            let bare = if pattern == long { long } else { &bare };
            let strings = proptest::string::string_regex(bare).expect("a generator");
            let regex = Regex::new(pattern).expect("it compiles");
            let Some(literals) = required(pattern).expect("it parses") else { continue };
            let filter = Prefilter::of(vec![Some(literals)]).expect("few");
            for _ in 0..200 {
                let text = strings.new_tree(&mut runner).expect("a text").current();
                for text in [text.to_uppercase(), text.to_lowercase(), text] {
                    for (before, behind) in
                        [("", ""), (" ", " "), ("x", "é"), ("²", "²"), ("é", "x"), ("\u{301}", "\u{301}"), ("_", "-")]
                    {
                        let text = format!("{before}{text}{behind}");
                        assert!(!filter.wanted(&text).is_empty() || !regex.is_match(&text), "{pattern} in {text:?}");
                    }
                }
            }
        }
    }
}
