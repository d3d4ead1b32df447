//! What the engine knows of French and English: stems, inflected forms, sounds, and which of them a text is in.

mod detect;
mod inflection;
mod sound;
mod stem;
mod verb;

pub(crate) use detect::detect;
pub(crate) use inflection::forms;
pub(crate) use sound::sound_key;
pub(crate) use stem::stem;

use serde::{Deserialize, Serialize};

/// A language with rules of its own here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// French.
    #[default]
    French,
    /// English.
    English,
}

impl Language {
    /// The language of a BCP 47 tag; French when it is neither.
    pub fn of_tag(tag: &str) -> Language {
        if tag.to_ascii_lowercase().starts_with("en") { Language::English } else { Language::French }
    }
}
