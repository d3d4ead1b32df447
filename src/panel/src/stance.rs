use crate::messages::{self, Message};
use rejoinder_wire::Stance;

/// The stance as data, for attributes and exports.
pub(crate) fn name(stance: Stance) -> &'static str {
    match stance {
        Stance::Asserts => "asserts",
        Stance::Asks => "asks",
        Stance::Denies => "denies",
        Stance::Quotes => "quotes",
        Stance::Testifies => "testifies",
        Stance::Jokes => "jokes",
        Stance::Uncertain => "uncertain",
    }
}

/// What the poster does, as a verb.
pub(crate) fn verb(stance: Stance) -> Message {
    match stance {
        Stance::Asserts => messages::STANCE_ASSERTS,
        Stance::Asks => messages::STANCE_ASKS,
        Stance::Denies => messages::STANCE_DENIES,
        Stance::Quotes => messages::STANCE_QUOTES,
        Stance::Testifies => messages::STANCE_TESTIFIES,
        Stance::Jokes => messages::STANCE_JOKES,
        Stance::Uncertain => messages::STANCE_UNCERTAIN,
    }
}

/// The kind of cue that points to the stance.
pub(crate) fn cue(stance: Stance) -> Message {
    match stance {
        Stance::Asserts => messages::CUE_ASSERTION,
        Stance::Asks => messages::CUE_QUESTION,
        Stance::Denies => messages::CUE_NEGATION,
        Stance::Quotes => messages::CUE_QUOTATION,
        Stance::Testifies => messages::CUE_TESTIMONY,
        Stance::Jokes => messages::CUE_JEST,
        Stance::Uncertain => messages::CUE_UNCERTAIN,
    }
}

/// Whether the poster puts the claim forward themselves, so that a reply may be due. The others are mentions.
pub(crate) fn calls_for_reply(stance: Stance) -> bool {
    match stance {
        Stance::Asserts | Stance::Asks | Stance::Testifies | Stance::Uncertain => true,
        Stance::Denies | Stance::Quotes | Stance::Jokes => false,
    }
}
