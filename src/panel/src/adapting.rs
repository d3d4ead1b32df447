use crate::{
    anchor::anchor,
    draft::{Shown, Working},
    messages, preview,
};
use leptos::{html, prelude::*};
use rejoinder_wire::VariantView;
use web_sys::HtmlElement;

/// The words of the chosen wording, open to change, and the way back to the approved ones.
#[component]
pub(crate) fn Adapting(
    /// The chosen wording as the card has it.
    variant: Memo<Option<VariantView>>,
    /// The same as it would be inserted.
    shown: Memo<Shown>,
    working: RwSignal<Working>,
) -> impl IntoView {
    let field = StoredValue::new(anchor("words"));
    let area: NodeRef<html::Textarea> = NodeRef::new();
    let opener: NodeRef<html::Button> = NodeRef::new();
    let adapting = Memo::new(move |_| working.with(|working| working.words().is_some()));
    let signature = Memo::new(move |_| variant.with(|v| v.as_ref().map(|v| v.signature.clone()).unwrap_or_default()));
    // The button that was pressed is gone: the focus goes to what came for it. A draft that was kept opens without it.
    let pressed = StoredValue::new(false);
    Effect::new(move || {
        let (area, opener) = (area.get(), opener.get());
        let wanted = if adapting.get() { area.map(HtmlElement::from) } else { opener.map(HtmlElement::from) };
        // What stood there before is still referred to until its successor is.
        if let Some(wanted) = wanted.filter(|wanted| pressed.get_value() && wanted.is_connected()) {
            pressed.set_value(false);
            let _ = wanted.focus();
        }
    });
    let open = move |_| {
        let Some(words) = shown.with_untracked(|shown| shown.variant().map(|v| (v.id.clone(), preview::words(v))))
        else {
            return;
        };
        pressed.set_value(true);
        working.update(|working| working.adapt(&words.0, words.1));
    };
    let close = move |_| {
        pressed.set_value(true);
        working.update(Working::approve);
    };
    // While it is looked at, the button stays, as it may have the focus; it does nothing. What the card asks is answered
    // first: afterwards its fields are closed.
    let nothing = move || {
        shown.with(|shown| match shown {
            Shown::Pending => false,
            shown => shown.variant().is_none_or(|variant| variant.pieces.is_empty() || asks(variant)),
        })
    };
    let closed = move || {
        view! {
            <p>
                <button
                    type="button"
                    class="secondary"
                    data-testid="adapt"
                    node_ref=opener
                    disabled=nothing
                    aria-busy=move || shown.with(|shown| *shown == Shown::Pending).to_string()
                    on:click=open
                >
                    {messages::ADAPT.text()}
                </button>
            </p>
        }
    };
    view! {
        <Show when=move || adapting.get() fallback=closed>
            <div class="field">
                <label for=field.get_value()>{messages::WORDS.text()}</label>
                <textarea
                    id=field.get_value()
                    data-testid="words"
                    rows="7"
                    node_ref=area
                    aria-describedby=format!("{}-about", field.get_value())
                    prop:value=move || working.with(|working| working.words().unwrap_or_default().to_owned())
                    on:input=move |event| working.update(|working| working.reword(event_target_value(&event)))
                ></textarea>
                <div id=format!("{}-about", field.get_value())>
                    <p class="facts">{messages::WORDS_SIGNATURE.text()}</p>
                    <p class="fixed-signature">{move || signature.get()}</p>
                </div>
                <p>
                    <button type="button" class="secondary" data-testid="approved" on:click=close>
                        {messages::APPROVED.text()}
                    </button>
                </p>
            </div>
        </Show>
    }
}

/// Whether a wording asks something that is not answered, and that nothing stands in for.
fn asks(variant: &VariantView) -> bool {
    variant.questions.iter().any(|question| question.fallback.is_none() && question.answer.trim().is_empty())
}
