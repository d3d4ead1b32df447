use crate::{
    anchor::anchor,
    draft::{self, Shown, Working},
    messages::{self, CHARACTERS, Message, USED, figure},
};
use leptos::prelude::*;
use rejoinder_wire::{CardView, LengthClass, LinkFate, Room, VariantView};

fn length_name(length: LengthClass) -> Message {
    match length {
        LengthClass::Short => messages::LENGTH_SHORT,
        LengthClass::Medium => messages::LENGTH_MEDIUM,
        LengthClass::Long => messages::LENGTH_LONG,
    }
}

/// The wordings of a card, one of which is chosen.
#[component]
pub(crate) fn Variants(
    card: Memo<CardView>,
    /// Id of the chosen one.
    chosen: Memo<String>,
    /// The chosen one as it would be inserted.
    shown: Memo<Shown>,
    working: RwSignal<Working>,
) -> impl IntoView {
    let group = anchor("variants");
    let ids = Memo::new(move |_| {
        card.with(|card| card.variants.iter().map(|variant| variant.id.clone()).collect::<Vec<_>>())
    });
    view! {
        <fieldset class="variants">
            <legend>{messages::VARIANTS.text()}</legend>
            <For each=move || ids.get() key=String::clone let:id>
                <OneVariant id group=group.clone() card chosen shown working />
            </For>
        </fieldset>
    }
}

#[component]
fn OneVariant(
    id: String,
    /// Name of the group of radio buttons.
    group: String,
    card: Memo<CardView>,
    chosen: Memo<String>,
    shown: Memo<Shown>,
    working: RwSignal<Working>,
) -> impl IntoView {
    let name = StoredValue::new(id.clone());
    let variant =
        Memo::new(move |_| card.with(|card| card.variants.iter().find(|v| name.with_value(|id| v.id == *id)).cloned()));
    let is_chosen = Memo::new(move |_| name.with_value(|id| chosen.with(|chosen| chosen == id)));
    let part = move |part: fn(&VariantView) -> String| variant.with(|v| v.as_ref().map(part));
    // Of the chosen one, with what the manager made of it; nothing until that is known.
    let length = move || {
        if is_chosen.get() { shown.with(|shown| shown.variant().map(length)) } else { part(length) }
    };
    let link = move || part(|v| if v.link { messages::WITH_LINK } else { messages::WITHOUT_LINK }.text());
    let fate = move || {
        let fate = variant.with(|v| v.as_ref().and_then(|v| v.link_fate))?;
        let fate = match fate {
            LinkFate::Held => messages::LINK_HELD,
            LinkFate::Dead => messages::LINK_DEAD,
        };
        Some(view! { <span class="facts">{fate.text()}</span> })
    };
    let used = move || {
        let days = variant.with(|v| v.as_ref().and_then(|v| v.used))?;
        let when = if days == 0 { messages::USED_TODAY.text() } else { USED.count(days) };
        let other = card.with(|card| name.with_value(|id| draft::another_is_fresh(&card.variants, id)));
        let other = other.then(|| format!(" {}", messages::USED_ANOTHER.text()));
        Some(view! { <span class="facts" data-testid="used" data-days=days.to_string()>{when} {other}</span> })
    };
    view! {
        <label class="variant">
            <input
                type="radio"
                name=group
                value=id.clone()
                data-testid="variant"
                data-variant=id
                prop:checked=move || is_chosen.get()
                on:change=move |_| working.update(|working| name.with_value(|id| working.choose(id)))
            />
            <span class="variant-name">{move || part(|v| length_name(v.length).text())}</span>
            <span class="facts">{link} " · " {move || length().unwrap_or_else(|| "…".to_owned())}</span>
            {fate}
            {used}
        </label>
    }
}

/// How long a text is, with what the reply box holds and against what the site takes, if that is known.
fn length(variant: &VariantView) -> String {
    match variant.room {
        Some(Room { length, limit }) => messages::ROOM.with(&[&figure(f64::from(length)), &figure(f64::from(limit))]),
        None => CHARACTERS.count(variant.characters),
    }
}
