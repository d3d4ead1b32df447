use serde::{Deserialize, Serialize};

/// Something about a post that is no word in it. What is not known of a post is never true of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Condition {
    /// The site is this host or below it.
    Site(String),
    /// The page's address holds this text.
    Url(String),
    /// The post holds a link whose address holds this text.
    Link(String),
    /// The post is written in this language (ISO 639-1), as detected on this machine.
    Language(String),
    /// The site's or pack's country or jurisdiction (`FR`, `CA-QC`; `CA` holds `CA-QC`).
    Country(String),
    /// What kind of page it stands on.
    Source(String),
    /// A number about the post.
    Number {
        /// Which one.
        what: Quantity,
        /// How it is compared.
        than: Comparison,
        /// With what.
        value: u32,
    },
    /// It answers another post.
    IsReply,
    /// It is the first post of its thread.
    IsFirst,
    /// It has a link.
    HasLink,
    /// It has an image or video.
    HasMedia,
    /// Its reactions are many beside those of the other posts of the page.
    EngagementHigh,
    /// The team has answered it.
    AnsweredByTeam,
    /// It links to an official source.
    OfficialSource,
}

/// A number about a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Quantity {
    /// Place in its thread; 1 is the first post.
    Position,
    /// Days since it was written.
    Age,
    /// Days since the last post of its thread.
    Last,
    /// Replies.
    Replies,
    /// Views.
    Views,
    /// Approvals.
    Likes,
    /// Words in the poster's own text.
    Words,
}

/// How two numbers are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `=`, or nothing
    Equal,
    /// `>=`
    AtLeast,
    /// `>`
    More,
}

impl Comparison {
    /// Whether it holds.
    pub fn holds(self, have: u32, value: u32) -> bool {
        match self {
            Comparison::Less => have < value,
            Comparison::AtMost => have <= value,
            Comparison::Equal => have == value,
            Comparison::AtLeast => have >= value,
            Comparison::More => have > value,
        }
    }

    /// Its sign.
    pub fn sign(self) -> &'static str {
        match self {
            Comparison::Less => "<",
            Comparison::AtMost => "≤",
            Comparison::Equal => "=",
            Comparison::AtLeast => "≥",
            Comparison::More => ">",
        }
    }
}

/// Reads what stands behind the colon of a condition.
///
/// # Errors
/// What was expected instead.
pub(super) fn read(key: Key, value: &str) -> Result<Condition, String> {
    let text = || value.to_lowercase();
    let one_of = |words: &[&str], meant: Condition, expected: &str| {
        let folded = crate::text::fold(value, crate::text::Keep::default());
        if words.contains(&folded.as_str()) {
            Ok(meant)
        } else {
            Err(format!("{expected} was expected, not `{value}`"))
        }
    };
    if value.is_empty() {
        return Err("a value was expected behind the colon".to_owned());
    }
    Ok(match key {
        Key::Site => Condition::Site(text().trim_start_matches("www.").to_owned()),
        Key::Url => Condition::Url(text()),
        Key::Link => Condition::Link(text()),
        Key::Language => match text().as_str() {
            two if two.len() == 2 && two.bytes().all(|b| b.is_ascii_lowercase()) => Condition::Language(text()),
            _ => return Err(format!("a language of two letters was expected (`fr`), not `{value}`")),
        },
        Key::Country => Condition::Country(value.to_uppercase()),
        Key::Source => {
            match text().as_str() {
                kind @ ("forum" | "video" | "fil" | "commentaire" | "feed" | "comment" | "avis" | "review"
                | "question") => Condition::Source(match kind {
                    "fil" => "feed".to_owned(),
                    "commentaire" => "comment".to_owned(),
                    "avis" => "review".to_owned(),
                    other => other.to_owned(),
                }),
                _ => {
                    return Err(format!(
                        "`forum`, `video`, `feed`, `comment`, `review` or `question` was expected, not `{value}`"
                    ));
                }
            }
        }
        Key::Is => match crate::text::fold(value, crate::text::Keep::default()).as_str() {
            "reply" | "reponse" => Condition::IsReply,
            "first" | "premier" => Condition::IsFirst,
            _ => return Err(format!("`reply` or `first` was expected, not `{value}`")),
        },
        Key::Has => match text().as_str() {
            "link" | "lien" => Condition::HasLink,
            "image" | "media" | "video" => Condition::HasMedia,
            _ => return Err(format!("`link` or `image` was expected, not `{value}`")),
        },
        Key::Engagement => one_of(&["high", "haut"], Condition::EngagementHigh, "`high`")?,
        Key::Answered => one_of(&["team", "equipe"], Condition::AnsweredByTeam, "`team`")?,
        Key::Official => one_of(&["official", "officielle", "officiel"], Condition::OfficialSource, "`official`")?,
        Key::Number(what) => number(what, value)?,
    })
}

fn number(what: Quantity, value: &str) -> Result<Condition, String> {
    let (than, rest) = [
        ("<=", Comparison::AtMost),
        (">=", Comparison::AtLeast),
        ("≤", Comparison::AtMost),
        ("≥", Comparison::AtLeast),
        ("<", Comparison::Less),
        (">", Comparison::More),
        ("=", Comparison::Equal),
    ]
    .into_iter()
    .find_map(|(sign, than)| value.strip_prefix(sign).map(|rest| (than, rest)))
    .unwrap_or((Comparison::Equal, value));
    let days = matches!(what, Quantity::Age | Quantity::Last);
    let digits = if days { rest.trim_end_matches(['d', 'j']) } else { rest };
    match digits.parse() {
        Ok(value) => Ok(Condition::Number { what, than, value }),
        Err(_) if days => Err(format!("a number of days was expected (`<30d`), not `{value}`")),
        Err(_) => Err(format!("a number was expected (`>5`), not `{value}`")),
    }
}

/// The prefixes of conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Site,
    Url,
    Link,
    Language,
    Country,
    Source,
    Is,
    Has,
    Engagement,
    Answered,
    Official,
    Number(Quantity),
}
