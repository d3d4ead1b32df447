use super::Unknown;
use rejoinder_wire::{CardStatus, LengthClass, Stance};
use serde::{Deserialize, Serialize};

/// An approved reply.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Stable id, never reused.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// Ids of the claims it answers.
    pub claims: Vec<String>,
    /// Stances it answers.
    pub stances: Vec<Stance>,
    /// Where it holds (`FR`, `CA-QC`).
    pub jurisdictions: Vec<String>,
    /// Language of its texts (BCP 47).
    pub language: String,
    /// Whether an organisation stands behind it.
    pub status: CardStatus,
    /// Who validated it; empty for an example.
    #[serde(default)]
    pub validators: Vec<String>,
    /// When, `YYYY-MM-DD`; empty for an example.
    #[serde(default)]
    pub validated_on: String,
    /// Last day on which it may be inserted, `YYYY-MM-DD`.
    pub expires_on: String,
    /// Ids of the helplines that it names. Those whose number or address stands in a text are found without.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub helplines: Vec<String>,
    /// Where its facts come from.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
    /// Its wordings.
    #[serde(rename = "variant")]
    pub variants: Vec<Variant>,
    /// What this version does not know.
    #[serde(flatten)]
    pub unknown: Unknown,
}

/// One wording of a card. The identity block is added below it at insertion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// Id within the card.
    pub id: String,
    /// Its length class.
    pub length: LengthClass,
    /// Whether it holds a link.
    #[serde(default)]
    pub link: bool,
    /// The text. `{name}` is a placeholder, `{name|fallback}` one with a fallback, `{{` and `}}` are braces. Names:
    /// the fields of [`rejoinder_wire::Identity`], and `source` (address of the first source). `{?question}` asks the
    /// manager, `{?question|fallback}` has a fallback. What stands in `[[` and `]]` the manager may change; everything
    /// else stays as it is. `[[[[` and `]]]]` are brackets.
    pub text: String,
    /// What this version does not know.
    #[serde(flatten)]
    pub unknown: Unknown,
}

/// Where a fact comes from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Title of the page or paper.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// Its address.
    pub url: String,
    /// When it was last checked, `YYYY-MM-DD`; empty: nobody did yet, which only an example may say.
    #[serde(default)]
    pub checked: String,
    /// What this version does not know.
    #[serde(flatten)]
    pub unknown: Unknown,
}
