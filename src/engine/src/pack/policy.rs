use super::Unknown;
use rejoinder_wire::PaceScope;
use serde::{Deserialize, Serialize};

/// What an organisation allows with its cards: the table `[reply]` of a pack.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReplyPolicy {
    /// What becomes of a reply in which locked words were changed.
    #[serde(default)]
    pub changed: Changed,
    /// How many replies may be made; none: the built-in pace.
    #[serde(default, rename = "pace")]
    pub paces: Vec<Pace>,
    /// What this version does not know.
    #[serde(flatten)]
    pub unknown: Unknown,
}

impl ReplyPolicy {
    /// Whether the pack says nothing of it.
    pub(super) fn is_default(&self) -> bool {
        *self == ReplyPolicy::default()
    }
}

/// What becomes of a reply in which locked words were changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Changed {
    /// It is not inserted.
    #[default]
    Refuse,
    /// It may be inserted; the changes are shown, and how many there are is kept with it.
    Flag,
}

/// How many replies may be made within a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pace {
    /// Where they are counted.
    pub scope: PaceScope,
    /// Replies; at least 1.
    pub most: u32,
    /// The time, in minutes; 1 to [`super::Limits::PACE_MINUTES`].
    pub minutes: u32,
    /// What this version does not know.
    #[serde(flatten)]
    pub unknown: Unknown,
}

impl Default for Pace {
    /// One reply in each thread and minute.
    fn default() -> Pace {
        Pace { scope: PaceScope::Thread, most: 1, minutes: 1, unknown: Unknown::new() }
    }
}
