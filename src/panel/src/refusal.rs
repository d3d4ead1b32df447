//! Every named refusal of a card, in words, with how to mend it.

use crate::{
    calendar,
    messages::{self, figure},
};
use rejoinder_wire::{InsertFailure, ReplyRefusal};

/// A refusal in words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Words {
    /// What is wrong.
    pub reason: String,
    /// What the manager can do about it.
    pub remedy: String,
    /// Whether the options page is where it is mended.
    pub options: bool,
}

impl Words {
    fn new(reason: String, remedy: messages::Message) -> Words {
        Words { reason, remedy: remedy.text(), options: false }
    }

    fn in_options(self) -> Words {
        Words { options: true, ..self }
    }
}

/// Why a card may not be inserted.
pub(crate) fn of_card(refusal: &ReplyRefusal) -> Words {
    match refusal {
        ReplyRefusal::Expired { on } => {
            Words::new(messages::REFUSED_EXPIRED.with(&[&calendar::day(on)]), messages::MEND_EXPIRED)
        }
        ReplyRefusal::Recalled => Words::new(messages::REFUSED_RECALLED.text(), messages::MEND_RECALLED),
        ReplyRefusal::ExampleOnly => Words::new(messages::REFUSED_EXAMPLE.text(), messages::MEND_EXAMPLE),
        ReplyRefusal::NotValidated => Words::new(messages::REFUSED_NOT_VALIDATED.text(), messages::MEND_NOT_VALIDATED),
        ReplyRefusal::IdentityMissing { fields } => {
            Words::new(messages::REFUSED_IDENTITY.with(&[&names_of(fields)]), messages::MEND_IDENTITY).in_options()
        }
        ReplyRefusal::AccountUnconfirmed { shown: Some(shown) } => {
            Words::new(messages::REFUSED_ACCOUNT_SHOWN.with(&[shown]), messages::MEND_ACCOUNT)
        }
        ReplyRefusal::AccountUnconfirmed { shown: None } => {
            Words::new(messages::REFUSED_ACCOUNT.text(), messages::MEND_ACCOUNT)
        }
        ReplyRefusal::OtherAccount { shown, expected } => {
            Words::new(messages::REFUSED_OTHER_ACCOUNT.with(&[shown, expected]), messages::MEND_OTHER_ACCOUNT)
                .in_options()
        }
        ReplyRefusal::Unresolved { names } => {
            Words::new(messages::REFUSED_UNRESOLVED.with(&[&names_of(names)]), messages::MEND_UNRESOLVED).in_options()
        }
        ReplyRefusal::TooLong { room } => Words::new(
            messages::REFUSED_TOO_LONG.with(&[&figure(f64::from(room.length)), &figure(f64::from(room.limit))]),
            messages::MEND_OTHER_WORDING,
        ),
        ReplyRefusal::TooManyLinks { links, most } => Words::new(
            messages::REFUSED_LINKS.with(&[&figure(f64::from(*links)), &figure(f64::from(*most))]),
            messages::MEND_OTHER_WORDING,
        ),
        ReplyRefusal::IndexExpired { at } => {
            Words::new(messages::REFUSED_INDEX_EXPIRED.with(&[&calendar::moment(at)]), messages::MEND_INDEX_EXPIRED)
                .in_options()
        }
        ReplyRefusal::Unknown => Words::new(messages::REFUSED_UNKNOWN.text(), messages::MEND_UNKNOWN),
    }
}

/// Why a text was not inserted.
pub(crate) fn of_insertion(failure: &InsertFailure) -> Words {
    let (reason, remedy) = match failure {
        InsertFailure::NoComposer => (messages::FAILED_NO_COMPOSER.text(), messages::MEND_NO_COMPOSER),
        InsertFailure::Hidden => (messages::FAILED_HIDDEN.text(), messages::MEND_HIDDEN),
        InsertFailure::ReadOnly => (messages::FAILED_READ_ONLY.text(), messages::MEND_READ_ONLY),
        InsertFailure::TooLong { limit, length } => (
            messages::FAILED_TOO_LONG.with(&[&figure(f64::from(*length)), &figure(f64::from(*limit))]),
            messages::MEND_TOO_LONG,
        ),
        InsertFailure::AccountChanged => (messages::FAILED_ACCOUNT.text(), messages::MEND_ACCOUNT),
        InsertFailure::NoFocus => (messages::FAILED_NO_FOCUS.text(), messages::MEND_NO_FOCUS),
        InsertFailure::Refused => (messages::FAILED_REFUSED.text(), messages::MEND_REFUSED),
        InsertFailure::Dirty => (messages::FAILED_DIRTY.text(), messages::MEND_DIRTY),
        InsertFailure::Unreachable => (messages::FAILED_UNREACHABLE.text(), messages::MEND_UNREACHABLE),
    };
    Words::new(reason, remedy)
}

/// Fields of the identity by their labels; other placeholders as they are written.
fn names_of(fields: &[String]) -> String {
    let named = |field: &String| match field.as_str() {
        "first_name" => messages::FIRST_NAME.text(),
        "last_name" => messages::LAST_NAME.text(),
        "role" => messages::ROLE.text(),
        "organisation" => messages::ORGANISATION.text(),
        "site" => messages::ORGANISATION_SITE.text(),
        other => other.to_owned(),
    };
    fields.iter().map(named).collect::<Vec<_>>().join(", ").to_lowercase()
}
