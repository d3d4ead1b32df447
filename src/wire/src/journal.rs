use crate::{RiskLevel, Stance};
use serde::{Deserialize, Serialize};

/// One intervention, by design §8's default record: nothing about the author, nothing of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// The hour it happened in, `YYYY-MM-DDTHH:00Z`; minutes are dropped on purpose.
    pub hour: String,
    /// Host of the site.
    pub site: String,
    /// Id of the topic.
    pub topic: String,
    /// Id of the claim.
    pub claim: String,
    /// Stance that was seen.
    pub stance: Stance,
    /// Risk that was seen.
    pub risk: RiskLevel,
    /// Id of the card.
    pub card: String,
    /// Version of the pack the card came in.
    pub version: String,
    /// Id of the variant.
    pub variant: String,
    /// What was done.
    pub outcome: JournalOutcome,
    /// Words that differ from the approved ones, in percent; with [`JournalOutcome::Edited`], of what was posted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<u8>,
}

/// What was done with a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JournalOutcome {
    /// Inserted and read back; whether the manager published it is not known.
    Inserted,
    /// Seen in the thread as it was inserted.
    Posted,
    /// Seen in the thread, edited.
    Edited,
    /// Not in the reply box any more, and not seen in the thread.
    Unknown,
    /// It was seen in the thread, and at a later visit it was not there any more.
    Gone,
    /// Copied to the clipboard.
    Copied,
    /// Could not be inserted.
    Failed,
}
