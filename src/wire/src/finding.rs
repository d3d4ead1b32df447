use serde::{Deserialize, Serialize};

/// One claim found in one post: where, in which stance, how risky, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Finding {
    /// [`crate::Post::id`] of the post.
    pub post: u32,
    /// Id of the claim, as in its pack.
    pub claim: String,
    /// The claim in one sentence, in the pack's language.
    pub title: String,
    /// Id of the topic of the claim.
    pub topic: String,
    /// Whether it is a risky statement, or a sign that somebody is in danger.
    pub kind: FindingKind,
    /// Whether who puts it forward may be in distress.
    pub distress: bool,
    /// What the poster does with the claim.
    pub stance: Stance,
    /// Risk after the stance was taken into account.
    pub risk: RiskLevel,
    /// The words that carry the finding, in reading order, never overlapping.
    pub spans: Vec<Span>,
    /// The explanation that the manager can open.
    pub why: Why,
}

impl Finding {
    /// Whether the poster puts it forward as their own: a claim asserted or testified to; a signal unless it is
    /// denied, quoted or joked about (who asks about their own distress is in distress).
    pub fn is_put_forward(&self) -> bool {
        match self.kind {
            FindingKind::Claim => matches!(self.stance, Stance::Asserts | Stance::Testifies),
            FindingKind::Signal => !matches!(self.stance, Stance::Denies | Stance::Quotes | Stance::Jokes),
        }
    }
}

/// What was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// A risky statement about health.
    #[default]
    Claim,
    /// A sign that the poster, or somebody they speak of, is in danger.
    Signal,
}

/// What the poster does with a claim (design §2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// States it as true.
    Asserts,
    /// Asks whether it is true.
    Asks,
    /// Says that it is false.
    Denies,
    /// Carries somebody else's words.
    Quotes,
    /// Tells what happened to them.
    Testifies,
    /// Says it in jest.
    Jokes,
    /// Holds it possible, and no more.
    Uncertain,
}

/// Risk of one finding. Ordered: later is worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RiskLevel {
    /// Nothing to fear: denied, or quoted only.
    None,
    /// Confusion or delay (harm 1).
    Low,
    /// Refusal of recommended prevention or care (harm 2).
    Medium,
    /// Direct danger (harm 3).
    High,
}

/// A run of the text of one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Span {
    /// Index in [`crate::Post::parts`].
    pub part: u32,
    /// First UTF-16 unit.
    pub start: u32,
    /// UTF-16 unit after the last.
    pub end: u32,
}

/// The explanation of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Why {
    /// Id of the pack that holds the rule.
    pub pack: String,
    /// Version of that pack.
    pub version: String,
    /// The words that matched, as written in the post, and what they were read as.
    pub words: Vec<Word>,
    /// Words from the first to the last matched one (0: one word), when there are several.
    pub distance: Option<u32>,
    /// The cues that decided the stance; empty: none was seen.
    pub cues: Vec<CueSeen>,
}

/// One matched word or phrase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Word {
    /// As written in the post.
    pub text: String,
    /// The pattern of the query that it matched.
    pub pattern: String,
    /// What folding made of it, when that differs from its lower case (`v@cc1n` → `vaccin`).
    pub folded: Option<String>,
}

/// A negation, question or quotation that bears on a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CueSeen {
    /// The stance it points to.
    pub stance: Stance,
    /// As written in the post (`?` for a question mark, empty for a quotation mark-up).
    pub text: String,
    /// Where, when it is text.
    pub span: Option<Span>,
    /// Where the claim stands from it.
    pub scope: CueScope,
}

/// Where a claim stands from the cue that reaches it (the scope of ConText, Harkema et al. 2009).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CueScope {
    /// The claim follows it.
    Before,
    /// The claim precedes it.
    After,
    /// It stands among the claim's own words.
    Inside,
    /// It speaks of the sentence before its own.
    LastSentence,
    /// It speaks of the sentence after its own.
    NextSentence,
    /// It speaks of the sentence as a whole (a question mark, quotation marks).
    Sentence,
    /// It speaks of the whole post.
    Post,
}

/// What the page paints: one span of one post, with its severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Mark {
    /// [`crate::Post::id`] of the post.
    pub post: u32,
    /// Where in the post.
    pub span: Span,
    /// Which of the underline styles.
    pub risk: RiskLevel,
}
