use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Who replies: the manager's real name and organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Role in the organisation, as shown to the public.
    pub role: String,
    /// The organisation.
    pub organisation: String,
    /// The organisation's site.
    pub site: String,
}

impl Identity {
    /// The fields, as they are named here, without which no reply is made under it. The role is not one of them.
    pub fn missing(&self) -> Vec<&'static str> {
        let needed = [
            ("first_name", &self.first_name),
            ("last_name", &self.last_name),
            ("organisation", &self.organisation),
            ("site", &self.site),
        ];
        needed.iter().filter(|(_, value)| value.trim().is_empty()).map(|(name, _)| *name).collect()
    }

    /// The block that stands below every reply: who it is, and for whom. Two lines; an empty field takes its
    /// separator along.
    pub fn block(&self) -> String {
        let person = join(", ", &[&self.name(), &self.role]);
        let body = join(" – ", &[&self.organisation, &self.site]);
        join("\n", &[&person, &body])
    }

    /// The same on one line, for those who have seen the whole block above in the thread.
    pub fn short_block(&self) -> String {
        join(", ", &[&self.name(), &self.organisation])
    }

    fn name(&self) -> String {
        join(" ", &[&self.first_name, &self.last_name])
    }
}

fn join(separator: &str, values: &[&str]) -> String {
    let present: Vec<&str> = values.iter().map(|v| v.trim()).filter(|v| !v.is_empty()).collect();
    present.join(separator)
}

/// Who validated a card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardStatus {
    /// Made to show how it works: inserted only on loopback pages.
    #[default]
    Example,
    /// Validated by the organisation's experts.
    Validated,
}

/// Length of a variant, for the silent reader and the site's limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LengthClass {
    /// About 200 characters.
    Short,
    /// About 500.
    Medium,
    /// About 1,000.
    Long,
}

/// A card as the panel shows it for one finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardView {
    /// Id of the card.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether an organisation stands behind it.
    pub status: CardStatus,
    /// Last day on which it may be inserted, `YYYY-MM-DD`.
    pub expires_on: String,
    /// Where its facts come from.
    pub sources: Vec<SourceView>,
    /// The texts, placeholders filled and identity block added.
    pub variants: Vec<VariantView>,
    /// Why no variant may be inserted now; `None`: they may.
    pub refusal: Option<ReplyRefusal>,
}

/// One wording of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariantView {
    /// Id within the card.
    pub id: String,
    /// Its length class.
    pub length: LengthClass,
    /// Whether it holds a link.
    pub link: bool,
    /// The text as it would be inserted (or as far as it could be filled, when `refusal` is set).
    pub text: String,
    /// The words without the identity block, in their pieces.
    pub pieces: Vec<Piece>,
    /// What the card asks the manager before the text is whole.
    pub questions: Vec<Question>,
    /// The identity block that stands below them.
    pub signature: String,
    /// How the words differ from the approved ones.
    pub departures: Vec<Departure>,
    /// Days since the same words, or nearly the same, were last used on this site; `None`: not lately.
    pub used: Option<u32>,
    /// Length of `text` in UTF-16 units.
    pub characters: u32,
    /// Its length as the site counts, and what a post may have there; `None`: that is not known.
    pub room: Option<Room>,
    /// What becomes of its link on the site, if that is known and it has one.
    pub link_fate: Option<LinkFate>,
    /// Why this variant may not be inserted; `None`: it may.
    pub refusal: Option<ReplyRefusal>,
}

/// A run of a reply's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// What the manager may do with them.
    pub kind: PieceKind,
}

/// What the manager may do with a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PieceKind {
    /// Facts, figures, sources: they stay as they were approved.
    Locked,
    /// Greeting, empathy, bridge to the person's words: the manager's own way of saying it.
    Free,
    /// What the manager answered to a question of the card, or what stands in until then.
    Answer,
}

/// What a card asks the manager.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The question; it also names it.
    pub question: String,
    /// What is said when nothing is answered; `None`: an answer is needed.
    pub fallback: Option<String>,
    /// What was answered; empty: nothing.
    pub answer: String,
}

/// What the manager made of a card's wording.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Answers, by question.
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
    /// All words as the manager changed them, without the identity block; `None`: as the card has them.
    #[serde(default)]
    pub words: Option<String>,
}

/// One way in which a draft differs from the approved words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Departure {
    /// The approved words; empty: something was added.
    pub was: String,
    /// What stands there; empty: something was left out.
    pub now: String,
    /// It is of a part that was to stay as it is.
    pub locked: bool,
}

/// How much of a post's room a text takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// Length, in the site's own units, with what the reply box holds already.
    pub length: u32,
    /// Units that a post may have.
    pub limit: u32,
}

/// What a site does with a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkFate {
    /// Posts with links are often kept back for review.
    Held,
    /// Readers cannot click it.
    Dead,
}

/// Where a fact comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceView {
    /// Title of the page or paper.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// Its address.
    pub url: String,
    /// When it was last checked, `YYYY-MM-DD`; empty: never.
    pub checked: String,
}

/// Why a card may not be inserted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum ReplyRefusal {
    /// Its last day has passed.
    Expired {
        /// That day, `YYYY-MM-DD`.
        on: String,
    },
    /// The publisher took it back.
    Recalled,
    /// An example, and this is not a page of this machine.
    ExampleOnly,
    /// Nobody validated it.
    NotValidated,
    /// The identity is not filled in.
    IdentityMissing {
        /// The empty fields, as in [`Identity`].
        fields: Vec<String>,
    },
    /// Nobody has said that the account in use on the site is the manager's.
    AccountUnconfirmed {
        /// Its name, if the page shows one.
        shown: Option<String>,
    },
    /// The account in use on the site is not the manager's.
    OtherAccount {
        /// The one that the page shows.
        shown: String,
        /// The manager's.
        expected: String,
    },
    /// The text asks for something that nothing provides.
    Unresolved {
        /// The placeholders.
        names: Vec<String>,
    },
    /// The answer to a question of the card cannot stand in a reply: a line break, an address, a sign that cannot be
    /// seen, or too long.
    BadAnswer {
        /// The question.
        question: String,
    },
    /// A part that was to stay as it was approved was changed.
    NotApproved {
        /// The changes of such parts.
        departures: Vec<Departure>,
    },
    /// Too many replies of late.
    Pace {
        /// Where.
        scope: PaceScope,
        /// Replies there within the time.
        replies: u32,
        /// That time, in minutes.
        within: u32,
        /// When the next one may be made, RFC 3339.
        until: String,
    },
    /// The site would not take so long a text.
    TooLong {
        /// How much it takes, and how much there is.
        room: Room,
    },
    /// The site would not take so many links.
    TooManyLinks {
        /// Links in the text.
        links: u32,
        /// Links that a post may have.
        most: u32,
    },
    /// The signed index it came with has expired: it cannot be known whether the card still stands.
    IndexExpired {
        /// When, RFC 3339.
        at: String,
    },
    /// No card or variant of that name in the packs.
    Unknown,
}

/// Where replies are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaceScope {
    /// In one thread.
    Thread,
    /// On one site.
    Site,
}
