use std::ops::Range;
use thiserror::Error;

/// The names that a placeholder may ask for: the fields of [`rejoinder_wire::Identity`], and the address of the
/// card's first source.
pub const NAMES: [&str; 6] = ["first_name", "last_name", "role", "organisation", "site", "source"];

/// A placeholder in the text of a variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// What it asks for; one of [`NAMES`].
    pub name: String,
    /// What stands in when there is nothing.
    pub fallback: Option<String>,
    /// Where it stands, in bytes of the text, braces included.
    pub at: Range<usize>,
}

/// A brace that means nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{kind}")]
pub struct PlaceholderError {
    /// Where, in bytes of the text.
    pub at: Range<usize>,
    /// What is wrong there.
    pub kind: PlaceholderErrorKind,
}

/// The ways in which a placeholder can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PlaceholderErrorKind {
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
}

/// The placeholders of a text, in order.
///
/// # Errors
/// The first brace that means nothing, or name that is not known.
pub fn placeholders(text: &str) -> Result<Vec<Placeholder>, PlaceholderError> {
    let mut found = Vec::new();
    for piece in pieces(text)? {
        let Piece::Hole(hole) = piece else { continue };
        if !NAMES.contains(&hole.name) {
            let kind = PlaceholderErrorKind::Unknown(hole.name.to_owned());
            return Err(PlaceholderError { at: hole.at, kind });
        }
        found.push(Placeholder { name: hole.name.to_owned(), fallback: hole.fallback.map(str::to_owned), at: hole.at });
    }
    Ok(found)
}

/// A run of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// To be copied as it is.
    Text(&'a str),
    /// To be filled.
    Hole(Hole<'a>),
}

/// A placeholder whose name has not been looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hole<'a> {
    pub(super) name: &'a str,
    pub(super) fallback: Option<&'a str>,
    pub(super) at: Range<usize>,
}

/// Cuts a text at its placeholders, once. What is later put into the holes is never cut again, so a value that
/// looks like a placeholder stays what it is.
pub(super) fn pieces(text: &str) -> Result<Vec<Piece<'_>>, PlaceholderError> {
    let error = |at: Range<usize>, kind| Err(PlaceholderError { at, kind });
    let mut pieces = Vec::new();
    let mut rest = 0;
    while let Some(found) = text[rest..].find(['{', '}']) {
        let brace = rest + found;
        if brace > rest {
            pieces.push(Piece::Text(&text[rest..brace]));
        }
        let here = &text[brace..];
        if here.starts_with("{{") || here.starts_with("}}") {
            pieces.push(Piece::Text(&here[..1]));
            rest = brace + 2;
            continue;
        }
        if here.starts_with('}') {
            return error(brace..brace + 1, PlaceholderErrorKind::Close);
        }
        let Some(length) = here[1..].find(['{', '}']) else {
            // A line is enough to show where; the whole rest of a long text is not.
            let line = here.find('\n').unwrap_or(here.len());
            return error(brace..brace + line, PlaceholderErrorKind::Open);
        };
        let end = brace + 1 + length;
        if text[end..].starts_with('{') {
            return error(end..end + 1, PlaceholderErrorKind::Nested);
        }
        let inside = &text[brace + 1..end];
        let (name, fallback) = match inside.split_once('|') {
            Some((name, fallback)) => (name, Some(fallback)),
            None => (inside, None),
        };
        pieces.push(Piece::Hole(Hole { name, fallback, at: brace..end + 1 }));
        rest = end + 1;
    }
    if rest < text.len() {
        pieces.push(Piece::Text(&text[rest..]));
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use PlaceholderErrorKind as Kind;

    #[test]
    fn placeholders_are_found_where_they_stand() {
        type Found<'a> = (&'a str, Option<&'a str>, Range<usize>);
        let cases: [(&str, &[Found<'_>]); 9] = [
            ("", &[]),
            ("rien", &[]),
            ("{role}", &[("role", None, 0..6)]),
            ("é {role}!", &[("role", None, 3..9)]),
            ("{role|équipe}{site}", &[("role", Some("équipe"), 0..14), ("site", None, 14..20)]),
            ("{role|a|b}", &[("role", Some("a|b"), 0..10)]),
            ("{role|}", &[("role", Some(""), 0..7)]),
            ("{{role}}", &[]),
            ("{{{role}}}", &[("role", None, 2..8)]),
        ];
        for (text, want) in cases {
            let found = placeholders(text).unwrap_or_else(|e| panic!("{text}: {e}"));
            let have: Vec<_> = found.iter().map(|p| (p.name.as_str(), p.fallback.as_deref(), p.at.clone())).collect();
            assert_eq!(have, want, "{text}");
        }
    }

    #[test]
    fn a_brace_that_means_nothing_is_an_error_at_its_place() {
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
        ];
        for (text, at, kind) in cases {
            assert_eq!(placeholders(text), Err(PlaceholderError { at, kind }), "{text}");
        }
    }
}
