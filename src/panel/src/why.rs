use crate::{
    messages::{self, DISTANCE},
    stance,
};
use leptos::prelude::*;
use rejoinder_wire::{CueSeen, Why, Word};

/// The explanation of a finding: the words as written and as read, the distance, the cues, the rule and its pack; below it
/// what can be done about a wrong one.
#[component]
pub(crate) fn WhyFound(why: Why, claim: String, title: String, children: Children) -> impl IntoView {
    let words = why.words.into_iter().map(|word| view! { <li>{read_as(&word)}</li> }).collect_view();
    let cues = if why.cues.is_empty() {
        view! { <p>{messages::WHY_NO_CUE.text()}</p> }.into_any()
    } else {
        let cues = why.cues.iter().map(|cue| view! { <li>{cue_words(cue)}</li> }).collect_view();
        view! { <ul>{cues}</ul> }.into_any()
    };
    // None to tell between the parts of one word.
    let distance = why.distance.filter(|words| *words > 0).map(|words| {
        view! {
            <dt>{messages::WHY_DISTANCE.text()}</dt>
            <dd>{DISTANCE.count(words)}</dd>
        }
    });
    view! {
        <details class="why" data-testid="why">
            <summary>
                {messages::WHY.text()} <span class="unseen">{format!(" {title}")}</span>
            </summary>
            <dl>
                <dt>{messages::WHY_WORDS.text()}</dt>
                <dd>
                    <ul>{words}</ul>
                </dd>
                {distance}
                <dt>{messages::WHY_CUES.text()}</dt>
                <dd>{cues}</dd>
                <dt>{messages::WHY_RULE.text()}</dt>
                <dd>
                    <code>{claim}</code>
                </dd>
                <dt>{messages::WHY_PACK.text()}</dt>
                <dd>{format!("{} {}", why.pack, why.version)}</dd>
            </dl>
            {children()}
        </details>
    }
}

fn read_as(word: &Word) -> String {
    match &word.folded {
        Some(folded) => messages::WHY_WORD_FOLDED.with(&[&word.text, folded, &word.pattern]),
        None => messages::WHY_WORD.with(&[&word.text, &word.pattern]),
    }
}

fn cue_words(cue: &CueSeen) -> String {
    let kind = stance::cue(cue.stance).text();
    match cue.text.trim() {
        "" => kind,
        text => messages::WHY_CUE.with(&[&kind, text]),
    }
}
