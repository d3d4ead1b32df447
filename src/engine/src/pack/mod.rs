//! A pack: the signed set of topics, claims, cards, lexicons, cues and site adapters that one organisation stands for.
//!
//! One form, two clothes: authored as a folder of TOML files, published as one JSON document. The field names are the
//! same in both. Fields that this version does not know are kept and reported, never fatal.

mod card;
mod changes;
mod check;
mod error;
mod helpline;
mod limits;
mod lint;
mod policy;

pub use card::{Card, Source, Variant};
pub use changes::changes;
pub use error::{PackError, PackErrorKind, Path, Step};
pub use helpline::{Directory, Helpline};
pub use limits::Limits;
pub use policy::{Changed, Pace, ReplyPolicy};

use rejoinder_wire::{CardStatus, FindingKind, Site};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The schema of packs that this version writes; it reads this one only, so far.
pub const SCHEMA: u32 = 1;

/// Fields that this version does not know.
pub type Unknown = BTreeMap<String, serde_json::Value>;

/// A pack.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pack {
    /// [`SCHEMA`] it is written in.
    pub schema: u32,
    /// Stable id, never reused (`vaccination`).
    pub id: String,
    /// Semantic version; raised at every publication.
    pub version: String,
    /// Title for people.
    pub title: String,
    /// The organisation that publishes it.
    pub publisher: String,
    /// Language of the claims and cards (BCP 47).
    pub language: String,
    /// Where its cards hold (`FR`, `CA-QC`).
    pub jurisdictions: Vec<String>,
    /// Examples are inserted on loopback pages only.
    pub status: CardStatus,
    /// What is allowed with its cards.
    #[serde(default, skip_serializing_if = "ReplyPolicy::is_default")]
    pub reply: ReplyPolicy,
    /// The monitored subjects.
    #[serde(default, rename = "topic")]
    pub topics: Vec<Topic>,
    /// The risky statements and their rules.
    #[serde(default, rename = "claim")]
    pub claims: Vec<Claim>,
    /// The approved replies.
    #[serde(default, rename = "card")]
    pub cards: Vec<Card>,
    /// Where people in need are helped.
    #[serde(default, rename = "helpline", skip_serializing_if = "Vec::is_empty")]
    pub helplines: Vec<Helpline>,
    /// Named lists of words, used in queries as `lex:name`.
    #[serde(default, rename = "lexicon")]
    pub lexicons: Vec<Lexicon>,
    /// Other ways of writing words.
    #[serde(default, rename = "spelling", skip_serializing_if = "Vec::is_empty")]
    pub spellings: Vec<Spelling>,
    /// Words that turn the stance of a claim near them.
    #[serde(default, rename = "cue")]
    pub cues: Vec<Cue>,
    /// Site adapters, tried in order.
    #[serde(default, rename = "site")]
    pub sites: Vec<Site>,
    /// What this version does not know.
    #[serde(flatten)]
    pub unknown: Unknown,
}

/// A monitored subject.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Topic {
    /// Stable id (`vaccination/ror`).
    pub id: String,
    /// Title for people.
    pub title: String,
    /// What this version does not know.
    #[serde(flatten)]
    pub unknown: Unknown,
}

/// A risky statement, the rule that detects it, and the rule's own tests.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Stable id, never reused (`VAX_AUTISM`).
    pub id: String,
    /// Id of its topic.
    pub topic: String,
    /// The claim in one sentence.
    pub title: String,
    /// Whether it is a risky statement or a sign of danger.
    #[serde(default)]
    pub kind: FindingKind,
    /// Whether who puts it forward may be in distress (a signal always is).
    #[serde(default)]
    pub distress: bool,
    /// Harm to who believes it: 0 none, 1 confusion or delay, 2 refusal of prevention or care, 3 direct danger.
    pub harm: u8,
    /// State of knowledge: `established`, `debated` or `volatile`.
    #[serde(default)]
    pub consensus: String,
    /// Techniques of denial it uses (FLICC: `fake-experts`, `logical-fallacies`, `impossible-expectations`,
    /// `cherry-picking`, `conspiracy-theories`).
    #[serde(default)]
    pub flicc: Vec<String>,
    /// The query that detects it (grammar: `src/engine/src/query/query.pest`).
    pub rule: String,
    /// Texts that the rule must find with stance *asserts*.
    pub must: Vec<String>,
    /// Texts in which the claim must not be found as asserted (denial, question, another topic).
    pub must_not: Vec<String>,
    /// Known gaps: texts that ought to be in `must`, and are not found yet.
    #[serde(default)]
    pub todo: Vec<String>,
    /// What this version does not know.
    #[serde(flatten)]
    pub unknown: Unknown,
}

/// A named list of words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lexicon {
    /// Name, as in `lex:name`.
    pub name: String,
    /// Words, phrases and wildcards, each in the query language's form of a term (`vaccin*`, `case:ROR`,
    /// several words are a phrase).
    pub words: Vec<String>,
    /// What this version does not know.
    #[serde(flatten)]
    pub unknown: Unknown,
}

/// Other ways of writing a word (SMS, slang, abbreviations): wherever one stands in a text, the word is read too, by
/// every rule and cue.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Spelling {
    /// What is meant (`vaccin`); may be several words (`je ne sais pas`).
    pub word: String,
    /// How it is written, each one word (`vaxin`, `jsp`).
    pub variants: Vec<String>,
    /// What this version does not know.
    #[serde(flatten)]
    pub unknown: Unknown,
}

/// Words that turn the stance of a claim near them, as in NegEx and ConText (Chapman et al. 2001, Harkema et al. 2009).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cue {
    /// What it does.
    pub kind: CueKind,
    /// On which side of the cue the claim must be. Ignored for `look_alike`, `stop`, `answer` and `rhetorical`.
    #[serde(default)]
    pub scope: CueScope,
    /// How many words the scope reaches at most; 0: to the end of the sentence.
    #[serde(default)]
    pub reach: u16,
    /// Whether the scope ends at a comma, colon, semicolon or bracket.
    #[serde(default)]
    pub clause: bool,
    /// The words and phrases (same form as in [`Lexicon`]).
    pub words: Vec<String>,
    /// What this version does not know.
    #[serde(flatten)]
    pub unknown: Unknown,
}

/// What a cue does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CueKind {
    /// The claim in scope is denied (`aucun lien`, `c'est faux`).
    Negation,
    /// The claim in scope is asked about (`est-ce que`, `c'est vrai que`).
    Question,
    /// The claim in scope is reported (`il paraît que`, `selon`).
    Report,
    /// The claim in scope is what happened to the poster or to somebody they know (`mon fils a`).
    Testimony,
    /// The claim in scope is said in jest (`mdr`, `bien sûr, et la marmotte`).
    Irony,
    /// The claim in scope is held possible, no more (`peut-être`).
    Uncertain,
    /// The sentence that holds it asks nothing, whatever its question mark (`vous trouvez ça normal`).
    Rhetorical,
    /// A negation of a negation (`pas faux que`): the negations of the claim in scope do not count.
    Double,
    /// `No`, as the answer to a question in the sentence before it, which it opens or closes.
    Answer,
    /// Looks like a cue and is none (`pas seulement`): cues that overlap it do not count.
    LookAlike,
    /// Ends every scope (`mais`, `sauf que`).
    Stop,
}

/// On which side of a cue its scope lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CueScope {
    /// After the cue (`aucun lien entre …`).
    #[default]
    Forward,
    /// Before the cue (`… c'est faux`).
    Backward,
    /// On both sides.
    Both,
    /// The whole post (`fact-check`).
    Post,
}

impl Pack {
    /// Reads a published pack.
    ///
    /// # Errors
    /// [`PackErrorKind::TooLarge`] before anything is parsed; [`PackErrorKind::Json`] with line and column; and what
    /// [`Pack::check`] finds first.
    pub fn from_json(bytes: &[u8]) -> Result<Pack, PackError> {
        if bytes.len() > Limits::PACK_BYTES {
            return Err(PackError::whole(PackErrorKind::TooLarge { bytes: bytes.len(), limit: Limits::PACK_BYTES }));
        }
        let pack: Pack =
            serde_json::from_slice(bytes).map_err(|e| PackError::whole(PackErrorKind::Json(e.to_string())))?;
        match pack.check().into_iter().next() {
            Some(problem) => Err(problem),
            None => Ok(pack),
        }
    }
}
