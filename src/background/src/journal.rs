use jiff::Timestamp;
use rejoinder_wire::{Finding, JournalEntry, JournalOutcome};

/// The hour of a moment, `YYYY-MM-DDTHH:00Z`. Minutes would tell, beside a public thread, which reply it was.
pub(crate) fn hour(now: Timestamp) -> String {
    now.strftime("%Y-%m-%dT%H:00Z").to_string()
}

/// The card and the version that it came in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CardUsed<'a> {
    /// Its id.
    pub(crate) card: &'a str,
    /// Id of the variant.
    pub(crate) variant: &'a str,
    /// Version of its pack.
    pub(crate) version: &'a str,
}

/// The record of one intervention. `site` is the host; `changed` are the words that differ from the approved ones, in
/// percent.
pub(crate) fn entry(
    now: Timestamp,
    site: &str,
    finding: &Finding,
    used: CardUsed<'_>,
    outcome: JournalOutcome,
    changed: u8,
) -> JournalEntry {
    JournalEntry {
        hour: hour(now),
        site: site.to_owned(),
        topic: finding.topic.clone(),
        claim: finding.claim.clone(),
        stance: finding.stance,
        risk: finding.risk,
        card: used.card.to_owned(),
        version: used.version.to_owned(),
        variant: used.variant.to_owned(),
        outcome,
        changed: (changed > 0).then_some(changed),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn hours() {
        for (now, want) in [
            ("2026-01-15T23:59:59.999Z", "2026-01-15T23:00Z"),
            ("2026-01-15T00:00:00Z", "2026-01-15T00:00Z"),
            ("2026-01-15T01:30:00+02:00", "2026-01-14T23:00Z"),
        ] {
            assert_eq!(super::hour(now.parse().unwrap()), want);
        }
    }
}
