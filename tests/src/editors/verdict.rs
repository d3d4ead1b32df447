//! Whether the text in an editor's model is the one that was to go in.

use super::Outcome;

/// Where the caret was in the text that was there, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot(pub usize);

/// Compares the model with what it held and what was to go in at the caret. Between the two, blanks and line breaks are
/// the insertion's own affair, but there must be a line break.
pub fn judge(model: &str, existing: &str, spot: Spot, text: &str) -> Outcome {
    let model = model.replace("\r\n", "\n");
    let levels = [
        (str::to_owned as fn(&str) -> String, Outcome::Exact, Outcome::ExactBeside),
        (alike, Outcome::Alike, Outcome::AlikeBeside),
        (lines, Outcome::Paragraphs, Outcome::ParagraphsBeside),
    ];
    for (fold, there, beside) in levels {
        let (model, text, before, after) =
            (fold(&model), fold(text), fold(&existing[..spot.0]), fold(&existing[spot.0..]));
        match found(&model, &text, &before, &after, &fold(existing)) {
            Some(true) => return there,
            Some(false) => return beside,
            None => {}
        }
    }
    Outcome::Wrong
}

/// Whether the text is in the model once, with all of the older text around it: at the caret, or at the end of a line.
fn found(model: &str, text: &str, before: &str, after: &str, existing: &str) -> Option<bool> {
    let mut at_caret = None;
    for (at, _) in model.match_indices(text) {
        let (left, right) = (&model[..at], &model[at + text.len()..]);
        if !apart(left.chars().rev()) || !apart(right.chars()) {
            continue;
        }
        let (left, right) = (left.trim_end(), right.trim_start());
        if left == before.trim_end() && right == after.trim_start() {
            return Some(true);
        }
        let line_ends = existing.match_indices('\n').map(|(end, _)| end).chain([0, existing.len()]);
        if line_ends.into_iter().any(|end| left == existing[..end].trim_end() && right == existing[end..].trim_start())
        {
            at_caret = Some(false);
        }
    }
    at_caret
}

/// Whether what comes after the text's border, if anything, begins on another line, with one blank line between or none.
fn apart(beyond: impl Iterator<Item = char>) -> bool {
    let (mut breaks, mut more) = (0, false);
    for c in beyond {
        match c {
            '\n' => breaks += 1,
            c if c.is_whitespace() => {}
            _ => {
                more = true;
                break;
            }
        }
    }
    !more || (1..=2).contains(&breaks)
}

/// What no reader can tell apart: rich editors exchange spaces and no-break spaces as they need them to show two blanks,
/// and Quill 1 composes letters and their accents (those of our texts).
fn alike(text: &str) -> String {
    text.replace('\u{a0}', " ").replace("e\u{301}", "é")
}

/// The lines that are not empty: a blank line has become a border between paragraphs.
fn lines(text: &str) -> String {
    let text = alike(text);
    let lines: Vec<_> = text.split('\n').map(str::trim_end).filter(|line| !line.is_empty()).collect();
    // The border that a caret at the end of a line stands behind must not get lost.
    let (start, end) = (text.starts_with('\n'), text.ends_with('\n'));
    format!("{}{}{}", if start { "\n" } else { "" }, lines.join("\n"), if end { "\n" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Bonjour\u{a0}!\n\nDeux  mots.\nFin";
    const THERE: &str = "Un deux.\nTrois quatre.";

    #[test]
    fn every_outcome_is_told_from_the_others() {
        let at = |at: &str| Spot(THERE.find(at).unwrap_or(THERE.len()));
        let flat = TEXT.replace('\n', " ");
        let cases: &[(String, Spot, Outcome)] = &[
            (format!("{THERE}\n\n{TEXT}"), at("nowhere"), Outcome::Exact),
            (format!("{THERE}\n{TEXT}\n"), at("nowhere"), Outcome::Exact),
            (format!("{TEXT}\n\n{THERE}"), at("Un"), Outcome::Exact),
            (format!("Un deux.\nTrois\n\n{TEXT}\n\nquatre."), at("quatre"), Outcome::Exact),
            (format!("{THERE}\n\n{TEXT}"), at("quatre"), Outcome::ExactBeside),
            (format!("Un deux.\n{TEXT}\nTrois quatre."), at("deux"), Outcome::ExactBeside),
            (format!("{THERE}\n\n{TEXT}").replace('\u{a0}', " "), at("nowhere"), Outcome::Alike),
            (format!("{THERE}\n{}", TEXT.replace("\n\n", "\n")), at("nowhere"), Outcome::Paragraphs),
            (format!("{}\n{THERE}", TEXT.replace("\n\n", "\n")), at("nowhere"), Outcome::ParagraphsBeside),
            (THERE.to_owned(), at("nowhere"), Outcome::Wrong),
            (TEXT.to_owned(), at("nowhere"), Outcome::Wrong),
            (format!("{THERE}{TEXT}"), at("nowhere"), Outcome::Wrong),
            (format!("{THERE}\n\n\n\n{TEXT}"), at("nowhere"), Outcome::Paragraphs),
            (format!("{THERE}\n{flat}"), at("nowhere"), Outcome::Wrong),
            (format!("{THERE}\n{TEXT}\n{TEXT}"), at("nowhere"), Outcome::Wrong),
            (format!("{THERE}\n{}", &TEXT[..TEXT.len() - 1]), at("nowhere"), Outcome::Wrong),
            (format!("{THERE}\n{}", TEXT.replace("  ", " ")), at("nowhere"), Outcome::Wrong),
            (format!("Un deux.\nTro\n{TEXT}\nis quatre."), at("nowhere"), Outcome::Wrong),
        ];
        for (model, spot, wanted) in cases {
            assert_eq!(judge(model, THERE, *spot, TEXT), *wanted, "{model:?}");
        }
    }

    #[test]
    fn an_empty_box_holds_the_text_alone() {
        assert_eq!(judge(TEXT, "", Spot(0), TEXT), Outcome::Exact);
        assert_eq!(judge(&format!("{TEXT}\n"), "", Spot(0), TEXT), Outcome::Exact);
        assert_eq!(judge(&format!("{TEXT}x"), "", Spot(0), TEXT), Outcome::Wrong);
    }
}
