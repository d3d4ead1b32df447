//! The marks in the text of a variant: placeholders, questions, free zones.

use std::collections::BTreeMap;
use std::ops::Range;
use thiserror::Error;

/// The names that a placeholder may ask for: the fields of [`rejoinder_wire::Identity`], and the address of the
/// card's first source.
pub const NAMES: [&str; 6] = ["first_name", "last_name", "role", "organisation", "site", "source"];

/// A mark that means nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{kind}")]
pub struct MarkError {
    /// Where, in bytes of the text.
    pub at: Range<usize>,
    /// What is wrong there.
    pub kind: MarkErrorKind,
}

/// The ways in which a mark can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MarkErrorKind {
    /// `{` without its `}`.
    #[error("this placeholder is not closed; a brace that is meant as such is written `{{{{`")]
    Open,
    /// `}` without its `{`.
    #[error("nothing is open here; a brace that is meant as such is written `}}}}`")]
    Close,
    /// `{` within a placeholder.
    #[error("placeholders do not nest, and a fallback holds no brace")]
    Nested,
    /// A name that nothing provides.
    #[error("no placeholder `{0}`; there are {names}", names = NAMES.join(", "))]
    Unknown(String),
    /// `[[` without its `]]`.
    #[error("this free zone is not closed; brackets that are meant as such are written `[[[[`")]
    ZoneOpen,
    /// `]]` without its `[[`.
    #[error("no free zone is open here; brackets that are meant as such are written `]]]]`")]
    ZoneClose,
    /// `[[` within a free zone, or a bracket pair within braces.
    #[error("free zones do not nest, and none stands in a placeholder or question")]
    ZoneNested,
    /// `{?}`.
    #[error("this question asks nothing")]
    NoQuestion,
    /// A question that stands twice, with another fallback.
    #[error("the question `{0}` stands here with another fallback than before; it is one question")]
    Fallbacks(String),
}

/// Looks for marks of a variant's text that mean nothing.
///
/// # Errors
/// The first of them.
pub fn check_marks(text: &str) -> Result<(), MarkError> {
    let mut asked: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for run in runs(text)? {
        let Mark::Hole(hole) = run.mark else { continue };
        let kind = match hole.wants {
            Wants::Value(name) if !NAMES.contains(&name) => MarkErrorKind::Unknown(name.to_owned()),
            Wants::Answer("") => MarkErrorKind::NoQuestion,
            Wants::Answer(question) if *asked.entry(question).or_insert(hole.fallback) != hole.fallback => {
                MarkErrorKind::Fallbacks(question.to_owned())
            }
            Wants::Value(_) | Wants::Answer(_) => continue,
        };
        return Err(MarkError { at: hole.at, kind });
    }
    Ok(())
}

/// What is allowed in a variant's text and is likely not what was meant, with its place in bytes. Nothing in a text that
/// [`check_marks`] refuses.
pub fn lint_marks(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let Ok(runs) = runs(text) else { return Vec::new() };
    let word = |run: &&Run<'_>| matches!(run.mark, Mark::Text(text) if text.contains(char::is_alphanumeric));
    let mut found = Vec::new();
    if runs.iter().any(|run| run.free) && !runs.iter().filter(|run| !run.free).any(|run| word(&run)) {
        found.push((0..text.len(), "every word of this text may be changed: what was approved then?"));
    }
    for run in runs.iter().filter(|run| run.free) {
        let Mark::Text(inside) = run.mark else { continue };
        if let Some(digit) = inside.find(|c: char| c.is_numeric()) {
            let figure = &inside[digit..];
            let end = figure.find(|c: char| !c.is_numeric()).unwrap_or(figure.len());
            let at = run.at + digit;
            found.push((at..at + end, "a figure in a free zone may be changed: facts stand outside"));
        }
    }
    found
}

/// A run of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run<'a> {
    /// What it is.
    pub(super) mark: Mark<'a>,
    /// Whether it lies in a free zone.
    pub(super) free: bool,
    /// Where it begins, in bytes of the text.
    pub(super) at: usize,
}

/// What a run is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark<'a> {
    /// To be copied as it is.
    Text(&'a str),
    /// To be filled.
    Hole(Hole<'a>),
}

/// A placeholder or question; whether there is such a name has not been looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hole<'a> {
    pub(super) wants: Wants<'a>,
    pub(super) fallback: Option<&'a str>,
    pub(super) at: Range<usize>,
}

/// What a hole is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wants<'a> {
    /// The value of a name.
    Value(&'a str),
    /// The answer to a question.
    Answer(&'a str),
}

/// Cuts a text at its marks, once. What is later put into the holes is never cut again, so a value that looks like a
/// mark stays what it is. A free zone gives at least one run, be it empty.
pub(super) fn runs(text: &str) -> Result<Vec<Run<'_>>, MarkError> {
    let error = |at: Range<usize>, kind| Err(MarkError { at, kind });
    // A line is enough to show where; the whole rest of a long text is not.
    let line = |from: usize| from..from + text[from..].find('\n').unwrap_or(text.len() - from);
    let mut runs = Vec::new();
    let mut zone = None;
    let mut rest = 0;
    while let Some((mark, sign)) = next(text, rest) {
        let free = zone.is_some();
        if mark > rest {
            runs.push(Run { mark: Mark::Text(&text[rest..mark]), free, at: rest });
        }
        let here = &text[mark..];
        // Doubled, a sign stands for itself.
        if here[sign.len()..].starts_with(sign) {
            runs.push(Run { mark: Mark::Text(sign), free, at: mark });
            rest = mark + 2 * sign.len();
            continue;
        }
        rest = mark + sign.len();
        match sign {
            "[[" if free => return error(mark..rest, MarkErrorKind::ZoneNested),
            "[[" => {
                zone = Some(mark);
                runs.push(Run { mark: Mark::Text(""), free: true, at: rest });
            }
            "]]" if free => zone = None,
            "]]" => return error(mark..rest, MarkErrorKind::ZoneClose),
            "}" => return error(mark..rest, MarkErrorKind::Close),
            _ => {
                let Some(length) = here[1..].find(['{', '}']) else {
                    return error(line(mark), MarkErrorKind::Open);
                };
                let end = mark + 1 + length;
                if text[end..].starts_with('{') {
                    return error(end..end + 1, MarkErrorKind::Nested);
                }
                let inside = &text[mark + 1..end];
                if let Some(pair) = inside.find("[[").or_else(|| inside.find("]]")) {
                    let at = mark + 1 + pair;
                    return error(at..at + 2, MarkErrorKind::ZoneNested);
                }
                let (name, fallback) = match inside.split_once('|') {
                    Some((name, fallback)) => (name, Some(fallback)),
                    None => (inside, None),
                };
                let wants = match name.strip_prefix('?') {
                    Some(question) => Wants::Answer(question.trim()),
                    None => Wants::Value(name),
                };
                runs.push(Run { mark: Mark::Hole(Hole { wants, fallback, at: mark..end + 1 }), free, at: mark });
                rest = end + 1;
            }
        }
    }
    if let Some(open) = zone {
        return error(line(open), MarkErrorKind::ZoneOpen);
    }
    if rest < text.len() {
        runs.push(Run { mark: Mark::Text(&text[rest..]), free: false, at: rest });
    }
    Ok(runs)
}

/// The next sign at or after `from`, and where it stands. One bracket is none.
fn next(text: &str, from: usize) -> Option<(usize, &'static str)> {
    let mut rest = from;
    loop {
        let at = rest + text[rest..].find(['{', '}', '[', ']'])?;
        match text.as_bytes().get(at..at + 2) {
            Some(b"[[") => return Some((at, "[[")),
            Some(b"]]") => return Some((at, "]]")),
            _ => {}
        }
        match text.as_bytes()[at] {
            b'{' => return Some((at, "{")),
            b'}' => return Some((at, "}")),
            _ => rest = at + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use MarkErrorKind as Kind;

    /// Runs as a text: `<…>` is in a free zone, holes are `(name|fallback@at)`.
    fn shown(text: &str) -> String {
        let runs = runs(text).unwrap_or_else(|e| panic!("{text}: {e}"));
        let one = |run: Run<'_>| {
            let inner = match run.mark {
                Mark::Text(text) => text.to_owned(),
                Mark::Hole(Hole { wants, fallback, at }) => {
                    let name = match wants {
                        Wants::Value(name) => name.to_owned(),
                        Wants::Answer(question) => format!("?{question}"),
                    };
                    format!("({name}{}@{at:?})", fallback.map(|f| format!("|{f}")).unwrap_or_default())
                }
            };
            if run.free { format!("<{inner}>") } else { inner }
        };
        runs.into_iter().map(one).collect::<Vec<_>>().concat()
    }

    #[test]
    fn marks_are_found_where_they_stand() {
        for (text, want) in [
            ("", ""),
            ("rien", "rien"),
            ("{role}", "(role@0..6)"),
            ("é {role}!", "é (role@3..9)!"),
            ("{role|équipe}{site}", "(role|équipe@0..14)(site@14..20)"),
            ("{role|a|b}", "(role|a|b@0..10)"),
            ("{role|}", "(role|@0..7)"),
            ("{{role}}", "{role}"),
            ("{{{role}}}", "{(role@2..8)}"),
            ("[[Bonjour,]] oui", "<><Bonjour,> oui"),
            ("[[Ici {role|moi}]]", "<><Ici ><(role|moi@6..16)>"),
            ("[[]]a[[b]]", "<>a<><b>"),
            ("a [1] b[c[d]e]", "a [1] b[c[d]e]"),
            ("[[[[a]]]]", "[[a]]"),
            ("[[a [b]]]", "<><a [b>]"),
            ("{?Quel article ?}", "(?Quel article ?@0..17)"),
            ("{? Quel âge |votre âge}", "(?Quel âge|votre âge@0..25)"),
            ("[[{?Qui|vous}]]", "<><(?Qui|vous@2..13)>"),
            ("{?a} {?a}", "(?a@0..4) (?a@5..9)"),
        ] {
            assert_eq!(shown(text), want, "{text}");
            assert_eq!(check_marks(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn a_mark_that_means_nothing_is_an_error_at_its_place() {
        let cases = [
            ("{", 0..1, Kind::Open),
            ("a {role", 2..7, Kind::Open),
            ("a {role\nb", 2..7, Kind::Open),
            ("{{{", 2..3, Kind::Open),
            ("}", 0..1, Kind::Close),
            ("{role}}", 6..7, Kind::Close),
            ("é}", 2..3, Kind::Close),
            ("{role|{site}}", 6..7, Kind::Nested),
            ("{role {{x}}", 6..7, Kind::Nested),
            ("{}", 0..2, Kind::Unknown(String::new())),
            ("{ role }", 0..8, Kind::Unknown(" role ".into())),
            ("{Role}", 0..6, Kind::Unknown("Role".into())),
            ("{role\u{a0}}", 0..8, Kind::Unknown("role\u{a0}".into())),
            ("{author|vous}", 0..13, Kind::Unknown("author".into())),
            ("é [[a", 3..6, Kind::ZoneOpen),
            ("[[a\nb", 0..3, Kind::ZoneOpen),
            ("a]]", 1..3, Kind::ZoneClose),
            ("[[a]] b]]", 7..9, Kind::ZoneClose),
            ("[[a [[b]] c]]", 4..6, Kind::ZoneNested),
            ("{role|[[a]]}", 6..8, Kind::ZoneNested),
            ("{?a]]|b}", 3..5, Kind::ZoneNested),
            ("[[a {role]]", 4..11, Kind::Open),
            ("{?}", 0..3, Kind::NoQuestion),
            ("a {? |b}", 2..8, Kind::NoQuestion),
            ("{?a|b} {?a}", 7..11, Kind::Fallbacks("a".into())),
            ("{?a|b} {?a|c}", 7..13, Kind::Fallbacks("a".into())),
        ];
        for (text, at, kind) in cases {
            assert_eq!(check_marks(text), Err(MarkError { at, kind }), "{text}");
        }
    }

    #[test]
    fn facts_do_not_stand_in_free_zones() {
        for (text, want) in [
            ("Bonjour.", &[][..]),
            ("[[Bonjour,]] 3 cas.", &[]),
            ("{source} [[a]]", &[(0, 14)]),
            ("[[Bonjour]] !", &[(0, 13)]),
            ("é [[en 2011, 775 cas]] {?1} [[12]]", &[(8, 12), (31, 33)]),
            ("[[a", &[]),
        ] {
            let have: Vec<_> = lint_marks(text).into_iter().map(|(at, _)| (at.start, at.end)).collect();
            assert_eq!(have, want, "{text}");
        }
    }
}
