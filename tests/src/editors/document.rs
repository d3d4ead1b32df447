//! `docs/EDITORS.md`, from what is recorded.

use super::{Cell, Entry, Outcome, Outcomes, entries};
use crate::browser::Kind;
use crate::paths;
use anyhow::Result;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Its words, with a place for the tables.
const WORDS: &str = include_str!("document.md");
/// That place.
const TABLES: &str = "{tables}";

fn path() -> PathBuf {
    paths::root().join("docs/EDITORS.md")
}

/// The document as it should be.
fn current() -> Result<String> {
    let mut tables = String::new();
    for kind in Kind::ALL {
        let recorded = Outcomes::recorded(kind)?;
        let name = if kind == Kind::Chromium { "Chromium" } else { "Firefox" };
        let _ = write!(
            tables,
            "## {name} {}\n\n| editor | text | older text kept | at the caret | 5,000 characters | one undo | submitted | strict page |\n\
             |---|---|---|---|---|---|---|---|\n",
            recorded.version
        );
        for entry in entries()? {
            let _ = writeln!(tables, "{}", row(&entry, &recorded)?);
        }
        tables.push('\n');
    }
    Ok(WORDS.replace(TABLES, tables.trim_end()))
}

fn row(entry: &Entry, recorded: &Outcomes) -> Result<String> {
    let empty = std::collections::BTreeMap::new();
    let cells = recorded.pages.get(&entry.name).unwrap_or(&empty);
    let of = |cell: Cell| cells.get(&cell).copied();
    let placed: Vec<_> = [Cell::Start, Cell::Middle, Cell::End, Cell::Selected].into_iter().filter_map(of).collect();
    let all = |good: fn(Outcome) -> bool| match placed.iter().all(|outcome| good(*outcome)) {
        _ if placed.is_empty() => "",
        true => "yes",
        false => "**no**",
    };
    let beside = |outcome| matches!(outcome, Outcome::ExactBeside | Outcome::AlikeBeside | Outcome::ParagraphsBeside);
    let kept = all(|outcome| !matches!(outcome, Outcome::Wrong | Outcome::Refused));
    let at = match placed.iter().any(|outcome| beside(*outcome)) {
        true => "**its paragraph**",
        false => all(|outcome| outcome != Outcome::Wrong),
    };
    // What makes the editor known: its version, and who writes with it.
    let known: Vec<_> = entry.version()?.into_iter().chain(entry.sites.iter().cloned()).collect();
    let known = if known.is_empty() { String::new() } else { format!(" ({})", known.join(", ")) };
    let words = |cell| of(cell).map_or("", word);
    let (text, long, undo, submitted) = (words(Cell::Empty), words(Cell::Long), words(Cell::Undo), words(Cell::Stays));
    let strict = if entry.strict { words(Cell::Strict) } else { "does not start" };
    Ok(format!(
        "| {}{known} | {text} | {kept} | {at} | {long} | {undo} | {submitted} | {strict} |",
        entry.editor.replace('|', "\\|")
    ))
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Exact | Outcome::ExactBeside => "exact",
        Outcome::Alike | Outcome::AlikeBeside => "alike",
        Outcome::Paragraphs | Outcome::ParagraphsBeside => "paragraphs",
        Outcome::Refused => "refused",
        Outcome::OneStep => "yes",
        Outcome::NoStep => "**no**",
        Outcome::Wrong => "**WRONG**",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_says_what_is_recorded() {
        if std::env::var_os("REJOINDER_RECORD_EDITORS").is_some() {
            fs_err::write(path(), current().unwrap()).unwrap();
        }
        let written = fs_err::read_to_string(path()).unwrap();
        assert!(written == current().unwrap(), "not current: `cargo xtask editors --document` writes it");
    }

    #[test]
    fn nothing_wrong_is_recorded_and_nothing_is_left_out() {
        for kind in Kind::ALL {
            let recorded = Outcomes::recorded(kind).unwrap();
            let names: Vec<_> = entries().unwrap().into_iter().map(|entry| entry.name).collect();
            assert!(recorded.pages.keys().all(|name| names.contains(name)), "a page that is not there");
            for name in names {
                let cells = recorded.pages.get(&name).unwrap();
                assert!(!cells.is_empty(), "{name}: nothing");
                assert!(cells.values().all(|outcome| *outcome != Outcome::Wrong), "{name}: {cells:?}");
            }
        }
    }
}
