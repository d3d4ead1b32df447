use crate::{
    comparison::{self, Compared, Run},
    messages,
};
use leptos::prelude::*;
use rejoinder_wire::{Change, ChangeKind, ChangeOf, TextChange};

/// Letters of a text, old and new, that are shown without being asked for.
const SHORT: usize = 320;

/// The kind of a thing, in words.
fn of_words(of: ChangeOf) -> messages::Message {
    match of {
        ChangeOf::Pack => messages::OF_PACK,
        ChangeOf::Topic => messages::OF_TOPIC,
        ChangeOf::Claim => messages::OF_CLAIM,
        ChangeOf::Card => messages::OF_CARD,
        ChangeOf::Helpline => messages::OF_HELPLINE,
        ChangeOf::Words => messages::OF_WORDS,
        ChangeOf::Site => messages::OF_SITE,
    }
}

/// Its name in a pack and for tests.
fn of_name(of: ChangeOf) -> &'static str {
    match of {
        ChangeOf::Pack => "pack",
        ChangeOf::Topic => "topic",
        ChangeOf::Claim => "claim",
        ChangeOf::Card => "card",
        ChangeOf::Helpline => "helpline",
        ChangeOf::Words => "words",
        ChangeOf::Site => "site",
    }
}

fn kind_name(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Added => "added",
        ChangeKind::Changed => "changed",
        ChangeKind::Removed => "removed",
    }
}

/// A field of a pack's form, in words; one that is for authors only, by its name.
fn field_words(field: &str) -> String {
    let message = match field {
        "title" => messages::FIELD_TITLE,
        "version" => messages::FIELD_VERSION,
        "status" => messages::FIELD_STATUS,
        "rule" => messages::FIELD_RULE,
        "must" => messages::FIELD_MUST,
        "must_not" => messages::FIELD_MUST_NOT,
        "consensus" => messages::FIELD_CONSENSUS,
        "validators" => messages::FIELD_VALIDATORS,
        "validated_on" => messages::FIELD_VALIDATED_ON,
        "expires_on" => messages::FIELD_EXPIRES_ON,
        "source" => messages::FIELD_SOURCE,
        "words" => messages::FIELD_WORDS,
        _ => match field.strip_prefix("variant/") {
            Some(variant) => return messages::FIELD_VARIANT.with(&[variant]),
            None => return field.to_owned(),
        },
    };
    message.text()
}

fn is_long(text: &TextChange) -> bool {
    text.old.chars().count() + text.new.chars().count() > SHORT
}

/// One thing that was added, changed or removed, with the texts that differ.
#[component]
pub(crate) fn ChangeRow(change: Change) -> impl IntoView {
    let Change { of, id, title, kind, texts, .. } = change;
    let name = if title.is_empty() { id.clone() } else { title };
    // The name stands above already.
    let (texts, more) = match kind {
        ChangeKind::Changed => (texts, Vec::new()),
        ChangeKind::Added | ChangeKind::Removed => {
            (Vec::new(), texts.into_iter().filter(|text| text.field != "title").collect())
        }
    };
    let more = (!more.is_empty()).then(|| {
        let plain = more.into_iter().map(|text| {
            let runs = vec![Run::Same(text.old + &text.new)];
            view! {
                <p class="caption">{field_words(&text.field)}</p>
                <Compared runs />
            }
        });
        view! {
            <details>
                <summary>{messages::TEXTS.text()} <span class="unseen">{format!(" {name}")}</span></summary>
                {plain.collect_view()}
            </details>
        }
    });
    let compared = texts.into_iter().map(|text| view! { <TextRow text of=name.clone() /> }).collect_view();
    view! {
        <li class="change" data-testid="change" data-id=id.clone() data-kind=kind_name(kind) data-of=of_name(of)>
            <p>
                <span class="badge">{of_words(of).text()}</span>
                " "
                <span class="strong">{name.clone()}</span>
                {(name != id).then(|| view! { " " <code class="facts">{id.clone()}</code> })}
            </p>
            {compared}
            {more}
        </li>
    }
}

/// A changed text under the name of its field, folded when it is long.
#[component]
fn TextRow(
    text: TextChange,
    /// The name of the thing.
    of: String,
) -> impl IntoView {
    let field = field_words(&text.field);
    let runs = comparison::runs(&text.old, &text.new);
    if is_long(&text) {
        view! {
            <details>
                <summary>{field} <span class="unseen">{format!(" {of}")}</span></summary>
                <Compared runs />
            </details>
        }
        .into_any()
    } else {
        view! {
            <p class="caption">{field}</p>
            <Compared runs />
        }
        .into_any()
    }
}
