//! What must stand in a text before a regular expression is searched for: to compile one takes a browser milliseconds, and
//! packs have dozens of them.

use super::originals::Literal;
use super::regexes::without_boundaries;
use regex_syntax::hir::literal::{ExtractKind, Extractor};
use regex_syntax::hir::{self, Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind};
use std::cmp::Reverse;
use unicode_normalization::char::decompose_canonical;

/// Fewest bytes of a literal that is worth looking for, if it is of letters: fewer stand everywhere.
const LEAST: usize = 2;

/// From so many bytes on, a literal is seldom enough, and fewer literals are better than longer ones.
const ENOUGH: usize = 4;

/// What a digit becomes, whichever it is.
const DIGIT: char = '0';

/// Characters of a class that is looked at one by one; the library of literals takes none of a larger one.
const SMALL: usize = 64;

/// A character without case and accent; every digit is the same. A text that matches still matches when both, expression
/// and text, are made plain; and `[ée]` and `(?i)e` are one literal then, not two, which in a long word made thousands.
pub(super) fn plain(c: char) -> char {
    if c.is_ascii() {
        return if c.is_ascii_digit() { DIGIT } else { c.to_ascii_lowercase() };
    }
    match c.to_lowercase().next().unwrap_or(c) {
        // The same without regard to case, but lower-case themselves (CaseFolding.txt).
        'ſ' => 's',
        'ς' => 'σ',
        c if c.is_numeric() => DIGIT,
        c => {
            let mut first = None;
            decompose_canonical(c, |part| first = first.or(Some(part)));
            first.unwrap_or(c)
        }
    }
}

/// Literals of which one stands in whatever a regular expression matches, all made [`plain`]; `None`: there are no such,
/// or they are too short.
pub(super) fn triggers(pattern: &str) -> Result<Option<Vec<Literal>>, String> {
    let hir = without_boundaries(regex_syntax::parse(pattern).map_err(|e| e.to_string())?);
    Ok(required(&made_plain(hir)))
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

/// The best literals of which one stands in every match.
fn required(hir: &Hir) -> Option<Vec<Literal>> {
    let mut found = vec![extracted(hir, ExtractKind::Prefix), extracted(hir, ExtractKind::Suffix)];
    match hir.kind() {
        HirKind::Concat(parts) => {
            found.extend((1..parts.len()).map(|at| extracted(&Hir::concat(parts[at..].to_vec()), ExtractKind::Prefix)));
            found.extend(parts.iter().map(required));
        }
        HirKind::Alternation(parts) => {
            let each: Option<Vec<Vec<Literal>>> = parts.iter().map(required).collect();
            found.push(each.map(|each| each.concat()));
        }
        HirKind::Repetition(hir::Repetition { min: 1.., sub, .. }) => found.push(required(sub)),
        _ => {}
    }
    let shortest = |literals: &Vec<Literal>| literals.iter().map(|literal| literal.0.len()).min().unwrap_or_default();
    found.into_iter().flatten().max_by_key(|all| (shortest(all).min(ENOUGH), Reverse(all.len())))
}

/// What every match begins, or ends, with.
fn extracted(hir: &Hir, kind: ExtractKind) -> Option<Vec<Literal>> {
    let sequence = Extractor::new().kind(kind).extract(hir);
    let mut literals: Vec<Literal> =
        sequence.literals()?.iter().map(|literal| Literal(literal.as_bytes().to_vec())).collect();
    literals.sort_unstable();
    literals.dedup();
    let is_seldom = |byte: u8| !byte.is_ascii_alphabetic() && !byte.is_ascii_whitespace();
    let is_worth = |literal: &Literal| literal.0.len() >= LEAST || literal.0.iter().any(|byte| is_seldom(*byte));
    (!literals.is_empty() && literals.iter().all(is_worth)).then_some(literals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::strategy::{Strategy, ValueTree};
    use proptest::test_runner::TestRunner;
    use regex::Regex;

    /// Each with the literals that are to be found, if few.
    const PATTERNS: &[(&str, Option<&[&str]>)] = &[
        (r"(?i)\b(m[ée]decins?|toubib) (m.a|nous a) dit\b", Some(&[" dit"])),
        (r"(?i)\b\w+-(il|elle|on)\b", Some(&["-elle", "-il", "-on"])),
        (r"^\W*non\b", Some(&["non"])),
        (r"(?m)^\W*(so |hi )?(can|could|does)\s", Some(&["can", "could", "does"])),
        (r"\d+ ?%", Some(&["0 %", "0%"])),
        (r"\b\d+\b", Some(&["0"])),
        (r"(?i)\b[234][.,]?\d* ?kg\b", Some(&["0 kg", "0, kg", "0,kg", "0. kg", "0.kg", "0kg"])),
        (r"(?i)STRASSE|ΣΑΣ", Some(&["strasse", "σασ"])),
        (r"(?-u:[AB])CD", Some(&["acd", "bcd"])),
        (r"=|→", Some(&["=", "→"])),
        (r"(a|b)c?", None),
        (r"\w+", None),
        (r"x*", None),
    ];

    #[test]
    fn the_best_are_chosen() {
        for (pattern, want) in PATTERNS {
            let found = triggers(pattern).expect("it parses");
            let found: Option<Vec<String>> =
                found.map(|all| all.iter().map(|l| String::from_utf8_lossy(&l.0).into_owned()).collect());
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
            let bare =
                pattern.replace("(?i)", "").replace("(?m)", "").replace("?-u:", "").replace(r"\b", "").replace('^', "");
            let bare = if pattern == long { long } else { &bare };
            let strings = proptest::string::string_regex(bare).expect("a generator");
            let regex = Regex::new(pattern).expect("it compiles");
            let Some(literals) = triggers(pattern).expect("it parses") else { continue };
            for _ in 0..200 {
                let text = strings.new_tree(&mut runner).expect("a text").current();
                for text in [text.to_uppercase(), text.to_lowercase(), text] {
                    let plain: String = text.chars().map(plain).collect();
                    let held = literals.iter().any(|l| plain.as_bytes().windows(l.0.len()).any(|at| at == l.0));
                    assert!(held || !regex.is_match(&text), "{pattern} in {text:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_plain() {
        for (c, want) in
            [('É', 'e'), ('e', 'e'), ('ſ', 's'), ('K', 'k'), ('7', '0'), ('٣', '0'), ('ß', 'ß'), ('😀', '😀')]
        {
            assert_eq!(plain(c), want, "{c}");
        }
    }
}
