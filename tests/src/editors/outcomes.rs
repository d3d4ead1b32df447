use super::catalogue::folder;
use crate::browser::Kind;
use anyhow::Result;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What is tried with an editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// Into an empty box that nobody clicked.
    Empty,
    /// With the caret before what was there.
    Start,
    /// In the middle of a line.
    Middle,
    /// After what was there.
    End,
    /// With everything selected, which must stay.
    Selected,
    /// 5,000 characters.
    Long,
    /// Ctrl+Z, pressed once.
    Undo,
    /// Out of the box, drawn again by its site, submitted: what the site got.
    Stays,
    /// Under a policy without inline scripts, with Trusted Types.
    Strict,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Character by character.
    Exact,
    /// Likewise, not at the caret but at the border of its paragraph.
    ExactBeside,
    /// But for what no reader can tell apart: spaces from no-break spaces, letters from composed ones.
    Alike,
    /// Likewise, not at the caret but at the border of its paragraph.
    AlikeBeside,
    /// Line by line; blank lines became borders of paragraphs.
    Paragraphs,
    /// Likewise, not at the caret but at the border of its paragraph.
    ParagraphsBeside,
    /// The panel said that it could not; nothing was changed.
    Refused,
    /// One step brought back what was there.
    OneStep,
    /// One step did not.
    NoStep,
    /// Anything else. Never recorded.
    Wrong,
}

/// What became of all cells of all pages in one browser.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcomes {
    /// The browser's main version when this was recorded.
    pub version: String,
    /// By page and cell.
    pub pages: BTreeMap<String, BTreeMap<Cell, Outcome>>,
}

impl Outcomes {
    /// What is recorded for a browser.
    ///
    /// # Errors
    /// Nothing is, or it cannot be read.
    pub fn recorded(kind: Kind) -> Result<Outcomes> {
        Ok(serde_json::from_str(&fs_err::read_to_string(path(kind))?)?)
    }

    /// Records them.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn record(&self, kind: Kind) -> Result<()> {
        Ok(fs_err::write(path(kind), serde_json::to_string_pretty(self)? + "\n")?)
    }

    /// What differs from what was recorded, of the pages that are here: a line each.
    pub fn differences(&self, recorded: &Outcomes) -> Vec<String> {
        let mut lines = Vec::new();
        for (page, cells) in &self.pages {
            let empty = BTreeMap::new();
            let before = recorded.pages.get(page).unwrap_or(&empty);
            for cell in cells.keys().chain(before.keys().filter(|cell| !cells.contains_key(cell))) {
                let (now, then) = (cells.get(cell), before.get(cell));
                if now != then {
                    lines.push(format!("{page}, {cell:?}: recorded {then:?}, now {now:?}"));
                }
            }
        }
        lines
    }
}

fn path(kind: Kind) -> PathBuf {
    folder().join(format!("outcomes-{}.json", kind.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcomes(page: &str, cells: &[(Cell, Outcome)]) -> Outcomes {
        Outcomes { version: "1".into(), pages: BTreeMap::from([(page.to_owned(), cells.iter().copied().collect())]) }
    }

    #[test]
    fn better_worse_missing_and_new_are_all_told() {
        let recorded = outcomes("trix", &[(Cell::End, Outcome::Paragraphs), (Cell::Undo, Outcome::OneStep)]);
        assert!(recorded.differences(&recorded).is_empty());
        for now in [
            outcomes("trix", &[(Cell::End, Outcome::Exact), (Cell::Undo, Outcome::OneStep)]),
            outcomes("trix", &[(Cell::End, Outcome::Refused), (Cell::Undo, Outcome::OneStep)]),
            outcomes("trix", &[(Cell::End, Outcome::Paragraphs)]),
        ] {
            assert_eq!(now.differences(&recorded).len(), 1, "{now:?}");
        }
        assert_eq!(outcomes("slate", &[(Cell::End, Outcome::Exact)]).differences(&recorded).len(), 1);
    }
}
