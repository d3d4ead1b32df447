use crate::{
    anchor::anchor,
    background::Choice,
    calendar,
    icon::{Icon, Sign},
    insertion::{Attempt, AttemptResult, Reason},
    messages::{self, CHARACTERS, Message, figure},
    refusal,
};
use leptos::prelude::*;
use rejoinder_wire::{CardStatus, CardView, FoundPost, LengthClass, LinkFate, Room, SourceView, VariantView};

fn length_name(length: LengthClass) -> Message {
    match length {
        LengthClass::Short => messages::LENGTH_SHORT,
        LengthClass::Medium => messages::LENGTH_MEDIUM,
        LengthClass::Long => messages::LENGTH_LONG,
    }
}

/// One card that answers a finding: what it is, its wordings, and the two ways to use it.
#[component]
pub(crate) fn Card(card: CardView, post: FoundPost, claim: String) -> impl IntoView {
    let first = card.variants.iter().find(|variant| variant.refusal.is_none()).or(card.variants.first());
    let chosen = RwSignal::new(first.map(|variant| variant.id.clone()).unwrap_or_default());
    let variants = StoredValue::new(card.variants.clone());
    let variant = Memo::new(move |_| {
        let id = chosen.get();
        variants.with_value(|all| all.iter().find(|variant| variant.id == id).cloned())
    });
    let own_refusal = card.refusal.clone();
    let refusal = Memo::new(move |_| {
        own_refusal.clone().or_else(|| variant.with(|v| v.as_ref().and_then(|v| v.refusal.clone())))
    });
    // No wording, or one that may not be used: neither button does anything.
    let usable = Memo::new(move |_| variant.with(Option::is_some) && refusal.with(Option::is_none));

    let card_id = card.id.clone();
    let choice =
        Signal::derive(move || Choice { post, claim: claim.clone(), card: card_id.clone(), variant: chosen.get() });
    let attempt = Attempt::new();
    // What was said is about the wording that was chosen then.
    Effect::watch(move || chosen.get(), move |_, _, _| attempt.forget(), false);
    let heading = anchor("card");
    let reason = anchor("reason");

    view! {
        <article class="card" data-testid="card" data-card=card.id.clone() aria-labelledby=heading.clone()>
            <header>
                <h4 id=heading.clone()>{card.title.clone()}</h4>
                <p class="facts">
                    <Status status=card.status />
                    <span>{messages::CARD_EXPIRES.with(&[&calendar::day(&card.expires_on)])}</span>
                </p>
            </header>
            <Variants variants=card.variants.clone() chosen />
            <p class="caption" id=format!("{reason}-preview")>{messages::PREVIEW.text()}</p>
            <div class="preview" data-testid="preview" role="group" aria-labelledby=format!("{reason}-preview") tabindex="0">
                {move || variant.with(|variant| variant.as_ref().map(|variant| variant.text.clone()))}
            </div>
            <div id=reason.clone()>
                {move || {
                    refusal
                        .get()
                        .map(|refusal| {
                            view! {
                                <div class="notice bad" data-testid="card-refusal">
                                    <Icon sign=Sign::Warning />
                                    <div>
                                        <Reason words=refusal::of_card(&refusal) />
                                    </div>
                                </div>
                            }
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
                    on:click=move |_| attempt.insert(choice.get_untracked())
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
                        if let Some(variant) = variant.get_untracked() {
                            attempt.copy(&variant.text, choice.get_untracked());
                        }
                    }
                >
                    {messages::COPY.text()}
                </button>
            </div>
            <AttemptResult attempt choice />
            <Sources sources=card.sources.clone() />
        </article>
    }
}

#[component]
fn Status(status: CardStatus) -> impl IntoView {
    match status {
        CardStatus::Example => view! { <span class="badge example">{messages::STATUS_EXAMPLE.text()}</span> },
        CardStatus::Validated => view! { <span class="badge validated">{messages::STATUS_VALIDATED.text()}</span> },
    }
}

/// The wordings of a card, one of which is chosen.
#[component]
fn Variants(variants: Vec<VariantView>, chosen: RwSignal<String>) -> impl IntoView {
    let group = anchor("variants");
    let choices = variants
        .into_iter()
        .map(|variant| {
            let id = StoredValue::new(variant.id.clone());
            let length = match variant.room {
                Some(Room { length, limit }) => {
                    messages::ROOM.with(&[&figure(f64::from(length)), &figure(f64::from(limit))])
                }
                None => CHARACTERS.count(variant.characters),
            };
            let fate = variant.link_fate.map(|fate| match fate {
                LinkFate::Held => messages::LINK_HELD,
                LinkFate::Dead => messages::LINK_DEAD,
            });
            let link = if variant.link { messages::WITH_LINK } else { messages::WITHOUT_LINK };
            view! {
                <label class="variant">
                    <input
                        type="radio"
                        name=group.clone()
                        value=variant.id.clone()
                        data-testid="variant"
                        data-variant=variant.id.clone()
                        prop:checked=move || id.with_value(|id| chosen.with(|chosen| chosen == id))
                        on:change=move |_| chosen.set(id.get_value())
                    />
                    <span class="variant-name">{length_name(variant.length).text()}</span>
                    <span class="facts">{link.text()} " · " {length}</span>
                    {fate.map(|fate| view! { <span class="facts">{fate.text()}</span> })}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="variants">
            <legend>{messages::VARIANTS.text()}</legend>
            {choices}
        </fieldset>
    }
}

/// Where the facts of a card come from.
#[component]
fn Sources(sources: Vec<SourceView>) -> impl IntoView {
    (!sources.is_empty()).then(|| {
        let sources = sources
            .into_iter()
            .map(|source| {
                // An address comes from a pack: only a web address becomes a link.
                let web = source.url.starts_with("https://") || source.url.starts_with("http://");
                let title = if web {
                    view! {
                        <a href=source.url target="_blank" rel="noreferrer">
                            {source.title}
                            <span class="unseen">{format!(" ({})", messages::NEW_TAB.text())}</span>
                        </a>
                    }
                    .into_any()
                } else {
                    source.title.into_any()
                };
                let checked = if source.checked.is_empty() {
                    messages::SOURCE_UNCHECKED.text()
                } else {
                    messages::SOURCE_CHECKED.with(&[&calendar::day(&source.checked)])
                };
                view! {
                    <li>
                        <p>{title}</p>
                        <p class="facts">{source.publisher} " · " {checked}</p>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="sources">
                <h5>{messages::SOURCES.text()}</h5>
                <ul>{sources}</ul>
            </section>
        }
    })
}
