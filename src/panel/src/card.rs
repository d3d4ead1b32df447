use crate::{
    adapting::Adapting,
    anchor::anchor,
    armed::{Arming, Course},
    background::{self, Asked, Choice},
    calendar,
    departure::Departures,
    draft::{self, Drafts, Place, Shown, Wanted},
    icon::{Icon, Sign},
    insertion::{Attempt, Reason},
    messages,
    preview::Preview,
    questions::Questions,
    refusal,
    sources::Sources,
    trouble,
    variants::Variants,
};
use gloo_timers::future::TimeoutFuture;
use leptos::{html, prelude::*, task::spawn_local};
use rejoinder_wire::{CardStatus, CardView, VariantView};

/// Milliseconds without a keystroke after which a draft is looked at.
const PAUSE: u32 = 150;

/// One card that answers a finding: what it is, its wordings, what the manager makes of them, and the two ways to use it.
/// It lives as long as the list has the card, whatever else of it changes: what is being typed is not to be lost.
#[component]
pub(crate) fn Card(card: Memo<CardView>, place: Place) -> impl IntoView {
    let drafts = expect_context::<Drafts>();
    let arming = expect_context::<Arming>();
    let working = RwSignal::new(drafts.at(&place));
    let variant = Memo::new(move |_| card.with(|card| working.with(|working| working.of(&card.variants).cloned())));
    let chosen = Memo::new(move |_| variant.with(|v| v.as_ref().map(|v| v.id.clone()).unwrap_or_default()));
    let wanted = Memo::new(move |_| {
        let wanted = |variant: &VariantView| Wanted {
            variant: variant.clone(),
            draft: working.with(|working| working.draft(variant)),
        };
        variant.with(|variant| variant.as_ref().map(wanted))
    });
    let choice = {
        let place = place.clone();
        Memo::new(move |_| {
            let Place { post, claim, card, .. } = place.clone();
            let draft = wanted.with(|wanted| wanted.as_ref().map(|wanted| wanted.draft.clone()).unwrap_or_default());
            Choice { post, claim, card, variant: chosen.get(), draft }
        })
    };
    let shown = review(wanted, choice);
    let refusal = Memo::new(move |_| {
        let own = card.with(|card| card.refusal.clone());
        own.or_else(|| shown.with(|shown| shown.variant().and_then(|v| v.refusal.clone())))
    });
    // No wording, or one that may not be used: neither button does anything.
    let usable = Memo::new(move |_| shown.with(|shown| shown.variant().is_some()) && refusal.with(Option::is_none));

    let attempt = Attempt::new();
    arming.open(choice.get_untracked());
    let armed = arming.of(choice.get_untracked());
    {
        let place = place.clone();
        Effect::new(move || drafts.keep(&place, working.get()));
    }
    // What was said is about the text as it was then, and so is what waits.
    Effect::watch(
        move || choice.get(),
        move |_, before, _| {
            if before.is_some() {
                attempt.forget();
                arming.reword(armed.get_untracked());
            }
        },
        false,
    );
    let heading = anchor("card");
    let reason = anchor("reason");
    // What is below the fields keeps its height while it is not known: nothing jumps under the manager's hands. It is
    // taken when it was drawn, as it is gone when it is wanted.
    let outcome: NodeRef<html::Div> = NodeRef::new();
    let drawn = StoredValue::new(None::<i32>);
    let held = RwSignal::new(None::<i32>);
    Effect::new(move || {
        if shown.with(|shown| *shown == Shown::Pending) {
            held.set(drawn.get_value());
        } else {
            held.set(None);
            request_animation_frame(move || {
                let height = outcome.try_get_untracked().flatten().map(|outcome| outcome.offset_height());
                let _ = drawn.try_set_value(height);
            });
        }
    });

    view! {
        <article class="card" data-testid="card" data-card=place.card.clone() aria-labelledby=heading.clone()>
            <header>
                <h4 id=heading.clone()>{move || card.with(|card| card.title.clone())}</h4>
                <p class="facts">
                    {move || view! { <Status status=card.with(|card| card.status) /> }}
                    <span>
                        {move || messages::CARD_EXPIRES.with(&[&card.with(|card| calendar::day(&card.expires_on))])}
                    </span>
                </p>
            </header>
            <Variants card chosen shown working />
            <Questions variant working refusal reason=reason.clone() />
            <Adapting variant shown working />
            <div
                class="outcome"
                node_ref=outcome
                style:min-block-size=move || held.get().map(|height| format!("{height}px"))
            >
                <Preview shown />
                <Departures shown />
                <div id=reason.clone()>
                    {move || {
                        let questions = variant.with(|v| v.as_ref().map(|v| v.questions.clone()).unwrap_or_default());
                        let words = refusal
                            .with(|refusal| refusal.as_ref().map(|it| refusal::of_draft(it, &questions)))?;
                        Some(view! {
                            <div class="notice bad" data-testid="card-refusal">
                                <Icon sign=Sign::Warning />
                                <div>
                                    <Reason words />
                                </div>
                            </div>
                        })
                    }}
                </div>
                {move || {
                    shown
                        .with(|shown| match shown {
                            Shown::Trouble(error) => {
                                Some(view! { <p class="notice bad" role="alert">{trouble::words(error)}</p> })
                            }
                            _ => None,
                        })
                }}
            </div>
            <div class="actions">
                <button
                    type="button"
                    class="primary"
                    data-testid="insert"
                    disabled=move || !usable.get()
                    aria-busy=move || attempt.busy.get().to_string()
                    aria-describedby=reason.clone()
                    on:click=move |_| {
                        // The button is drawn a moment after its text changed.
                        if usable.get_untracked() {
                            attempt.insert(choice.get_untracked(), false);
                        }
                    }
                >
                    {messages::INSERT.text()}
                </button>
                <button
                    type="button"
                    class="secondary"
                    data-testid="copy"
                    disabled=move || !usable.get()
                    aria-describedby=reason
                    on:click=move |_| {
                        let text = shown.with_untracked(|shown| shown.variant().map(|variant| variant.text.clone()));
                        if let Some(text) = text.filter(|_| usable.get_untracked()) {
                            attempt.copy(&text, choice.get_untracked());
                        }
                    }
                >
                    {messages::COPY.text()}
                </button>
            </div>
            <Course attempt armed />
            {move || view! { <Sources sources=card.with(|card| card.sources.clone()) /> }}
        </article>
    }
}

/// Has what is wanted looked at, once the manager pauses, and gives what may be shown of it.
fn review(wanted: Memo<Option<Wanted>>, choice: Memo<Choice>) -> Memo<Shown> {
    let reviewed: RwSignal<Option<(Wanted, Asked<VariantView>)>> = RwSignal::new(None);
    let shown = Memo::new(move |_| {
        wanted.with(|wanted| reviewed.with(|reviewed| draft::shown(wanted.as_ref(), reviewed.as_ref())))
    });
    Effect::new(move || {
        let Some(asked) = wanted.get() else { return };
        if shown.with_untracked(|shown| *shown != Shown::Pending) {
            return;
        }
        spawn_local(async move {
            let still = |asked: &Wanted| wanted.try_with_untracked(|wanted| wanted.as_ref() == Some(asked));
            TimeoutFuture::new(PAUSE).await;
            // Another keystroke, or the card is closed.
            if still(&asked) != Some(true) {
                return;
            }
            let Some(choice) = choice.try_get_untracked() else { return };
            let answer = background::review(choice).await;
            if still(&asked) == Some(true) {
                let _ = reviewed.try_set(Some((asked, answer)));
            }
        });
    });
    shown
}

#[component]
fn Status(status: CardStatus) -> impl IntoView {
    match status {
        CardStatus::Example => view! { <span class="badge example">{messages::STATUS_EXAMPLE.text()}</span> },
        CardStatus::Validated => view! { <span class="badge validated">{messages::STATUS_VALIDATED.text()}</span> },
    }
}
