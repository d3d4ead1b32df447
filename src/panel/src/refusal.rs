//! Every named refusal of a card, in words, with how to mend it.

use crate::{
    calendar, departure,
    messages::{self, Count, DAYS, HOURS, MINUTES, REPLIES, figure},
};
use rejoinder_wire::{InsertFailure, PaceScope, Question, ReplyRefusal};

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

    fn mended(reason: String, remedy: String) -> Words {
        Words { reason, remedy, options: false }
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
        ReplyRefusal::BadAnswer { question } => {
            Words::new(messages::REFUSED_ANSWER.with(&[question]), messages::MEND_ANSWER)
        }
        ReplyRefusal::NotApproved { departures } => {
            let changes = departures.iter().map(departure::words).collect::<Vec<_>>().join(", ");
            Words::new(messages::REFUSED_NOT_APPROVED.with(&[&changes]), messages::MEND_NOT_APPROVED)
        }
        ReplyRefusal::Pace { scope, replies, within, until } => {
            let (unit, number) = span(*within);
            let reason = match scope {
                PaceScope::Thread => messages::REFUSED_PACE_THREAD,
                PaceScope::Site => messages::REFUSED_PACE_SITE,
            };
            Words::mended(
                reason.with(&[&REPLIES.count(*replies), &unit.count().count(number)]),
                messages::MEND_PACE.with(&[&calendar::soon(until)]),
            )
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

/// The same for a draft: what only waits for the answer to a question of the card is no fault of the card.
pub(crate) fn of_draft(refusal: &ReplyRefusal, questions: &[Question]) -> Words {
    match refusal {
        ReplyRefusal::Unresolved { names } if are_asked(names, questions) => {
            let names = names.iter().map(|name| messages::QUOTED.with(&[name])).collect::<Vec<_>>().join(", ");
            Words::new(messages::REFUSED_UNANSWERED.with(&[&names]), messages::MEND_UNANSWERED)
        }
        other => of_card(other),
    }
}

fn are_asked(names: &[String], questions: &[Question]) -> bool {
    !names.is_empty() && names.iter().all(|name| questions.iter().any(|question| question.question == *name))
}

/// What a time is counted in.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Unit {
    Minutes,
    Hours,
    Days,
}

impl Unit {
    fn count(self) -> Count {
        match self {
            Unit::Minutes => MINUTES,
            Unit::Hours => HOURS,
            Unit::Days => DAYS,
        }
    }
}

/// A number of minutes in the largest unit that it is a whole number of. A day is said in hours.
fn span(minutes: u32) -> (Unit, u32) {
    const HOUR: u32 = 60;
    const DAY: u32 = 24 * HOUR;
    match minutes {
        0 => (Unit::Minutes, 0),
        _ if minutes > DAY && minutes.is_multiple_of(DAY) => (Unit::Days, minutes / DAY),
        _ if minutes.is_multiple_of(HOUR) => (Unit::Hours, minutes / HOUR),
        _ => (Unit::Minutes, minutes),
    }
}

/// Why a text was not inserted.
pub(crate) fn of_insertion(failure: &InsertFailure) -> Words {
    let (reason, remedy) = match failure {
        InsertFailure::NoComposer => (messages::FAILED_NO_COMPOSER.text(), messages::MEND_NO_COMPOSER),
        InsertFailure::Hidden => (messages::FAILED_HIDDEN.text(), messages::MEND_HIDDEN),
        InsertFailure::OtherPost => (messages::FAILED_OTHER_POST.text(), messages::MEND_OTHER_POST),
        InsertFailure::Several => (messages::FAILED_SEVERAL.text(), messages::MEND_SEVERAL),
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

#[cfg(test)]
mod tests {
    use super::{Unit, are_asked, span};
    use rejoinder_wire::Question;

    #[test]
    fn minutes_are_said_in_the_largest_whole_unit() {
        for (minutes, want) in [
            (0, (Unit::Minutes, 0)),
            (1, (Unit::Minutes, 1)),
            (59, (Unit::Minutes, 59)),
            (60, (Unit::Hours, 1)),
            (90, (Unit::Minutes, 90)),
            (24 * 60, (Unit::Hours, 24)),
            (36 * 60, (Unit::Hours, 36)),
            (7 * 24 * 60, (Unit::Days, 7)),
        ] {
            assert_eq!(span(minutes), want, "{minutes} minutes");
        }
    }

    #[test]
    fn only_questions_of_the_card_wait_for_an_answer() {
        let questions: Vec<Question> = ["Quel âge ?", "Quelle ville ?"]
            .map(|question| Question { question: question.into(), fallback: None, answer: String::new() })
            .into();
        for (names, want) in [
            (&["Quel âge ?"][..], true),
            (&["Quelle ville ?", "Quel âge ?"], true),
            (&["Quel âge ?", "role"], false),
            (&["role"], false),
            (&[], false),
        ] {
            let names: Vec<String> = names.iter().map(|name| (*name).into()).collect();
            assert_eq!(are_asked(&names, &questions), want, "{names:?}");
        }
    }
}
