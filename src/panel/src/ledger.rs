//! The journal as a file for spreadsheets.

use crate::{risk, stance};
use rejoinder_wire::{JournalEntry, JournalOutcome};

const HEADINGS: [&str; 11] =
    ["hour", "site", "topic", "claim", "stance", "risk", "card", "version", "variant", "outcome", "changed"];

/// The outcome as data.
pub(crate) fn outcome_name(outcome: JournalOutcome) -> &'static str {
    match outcome {
        JournalOutcome::Inserted => "inserted",
        JournalOutcome::Posted => "posted",
        JournalOutcome::Edited => "edited",
        JournalOutcome::Unknown => "unknown",
        JournalOutcome::Gone => "gone",
        JournalOutcome::Copied => "copied",
        JournalOutcome::Failed => "failed",
    }
}

/// RFC 4180 CSV in UTF-8, with the byte order mark that spreadsheets need to read it as such.
///
/// # Errors
/// What the writer said; writing to memory is not known to fail.
pub(crate) fn csv(entries: &[JournalEntry]) -> Result<String, String> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(HEADINGS).map_err(|e| e.to_string())?;
    for entry in entries {
        let changed = entry.changed.map(|percent| percent.to_string()).unwrap_or_default();
        let cells = [
            &entry.hour,
            &entry.site,
            &entry.topic,
            &entry.claim,
            stance::name(entry.stance),
            risk::name(entry.risk),
            &entry.card,
            &entry.version,
            &entry.variant,
            outcome_name(entry.outcome),
            &changed,
        ];
        writer.write_record(cells.map(harmless)).map_err(|e| e.to_string())?;
    }
    let bytes = writer.into_inner().map_err(|e| e.to_string())?;
    let text = String::from_utf8(bytes).map_err(|e| e.to_string())?;
    Ok(format!("\u{feff}{text}"))
}

/// A cell that no spreadsheet takes for a formula. Ids and hosts come from packs and pages: they are not trusted here.
fn harmless(cell: &str) -> String {
    match cell.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n') => format!("'{cell}"),
        _ => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rejoinder_wire::{RiskLevel, Stance};

    fn entry() -> JournalEntry {
        JournalEntry {
            hour: "2026-11-22T14:00Z".into(),
            site: "forum.example".into(),
            topic: "vaccination".into(),
            claim: "VAX_AUTISM".into(),
            stance: Stance::Asks,
            risk: RiskLevel::High,
            card: "ror-autisme".into(),
            version: "1.0.0".into(),
            variant: "court".into(),
            outcome: JournalOutcome::Inserted,
            changed: None,
        }
    }

    #[test]
    fn a_journal_is_one_line_per_entry_under_headings() {
        let headings = "\u{feff}hour,site,topic,claim,stance,risk,card,version,variant,outcome,changed\r\n";
        let row = "2026-11-22T14:00Z,forum.example,vaccination,VAX_AUTISM,asks,high,ror-autisme,1.0.0,court";
        for (outcome, changed, want) in [
            (JournalOutcome::Inserted, None, "inserted,"),
            (JournalOutcome::Inserted, Some(0), "inserted,0"),
            (JournalOutcome::Posted, Some(12), "posted,12"),
            (JournalOutcome::Edited, Some(100), "edited,100"),
            (JournalOutcome::Unknown, None, "unknown,"),
            (JournalOutcome::Gone, None, "gone,"),
            (JournalOutcome::Copied, None, "copied,"),
            (JournalOutcome::Failed, None, "failed,"),
        ] {
            let entry = JournalEntry { outcome, changed, ..entry() };
            assert_eq!(csv(&[entry]).unwrap(), format!("{headings}{row},{want}\r\n"));
        }
        assert_eq!(csv(&[]).unwrap().lines().count(), 1, "an empty journal still has its headings");
    }

    #[test]
    fn no_cell_is_a_formula_and_quotes_are_doubled() {
        for (site, want) in [
            ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@x", "'@x"),
            ("\tx", "'\tx"),
            ("a=b", "a=b"),
            ("a,b", "\"a,b\""),
            ("a\"b", "\"a\"\"b\""),
            ("=\"a\"", "\"'=\"\"a\"\"\""),
        ] {
            let text = csv(&[JournalEntry { site: site.into(), ..entry() }]).unwrap();
            let row = text.lines().nth(1).unwrap();
            assert!(row.starts_with(&format!("2026-11-22T14:00Z,{want},vaccination")), "{site:?} became {row}");
        }
    }
}
