use serde::{Deserialize, Serialize};

/// What an update of a subscription changed, or would change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangesView {
    /// When the update came, RFC 3339; empty: none came since the subscription was made.
    pub at: String,
    /// Serial of the index before.
    pub from: u64,
    /// Serial of the index that it brought.
    pub to: u64,
    /// The update waits for the manager's consent; nothing of it is in use.
    pub held: bool,
    /// The changes, pack by pack.
    pub changes: Vec<Change>,
    /// Further changes, for which there was no room.
    pub left_out: u32,
}

/// One thing that was added to the packs, changed in them or removed from them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Id of the pack.
    pub pack: String,
    /// What it is.
    pub of: ChangeOf,
    /// Its id; the name of a lexicon, the kind of a list of cues.
    pub id: String,
    /// Its title now, or as it was; empty where there is none.
    pub title: String,
    /// What happened to it.
    pub kind: ChangeKind,
    /// The texts that differ. What was added has no old text, what was removed no new one.
    pub texts: Vec<TextChange>,
}

/// What kind of thing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeOf {
    /// The pack itself: its version, title, status.
    Pack,
    /// A monitored subject.
    Topic,
    /// A risky claim, with its rule.
    Claim,
    /// An approved reply.
    Card,
    /// Where people in need are helped.
    Helpline,
    /// Words that rules use.
    Words,
    /// A site adapter.
    Site,
}

/// What happened to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is another one.
    Changed,
    /// It is gone.
    Removed,
}

/// A text that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextChange {
    /// Which field (`rule`, `variant/short`, `expires_on`): the names of the pack's form.
    pub field: String,
    /// As it was; empty: it was not there.
    pub old: String,
    /// As it is; empty: it is not there.
    pub new: String,
}
