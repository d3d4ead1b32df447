use crate::{anchor::anchor, draft::Working, messages};
use leptos::prelude::*;
use rejoinder_wire::{Question, ReplyRefusal, VariantView};

/// What the chosen wording asks the manager, each with a field. Once the words are open to change, the answers stand in
/// them, and are changed there.
#[component]
pub(crate) fn Questions(
    /// The chosen wording as the card has it.
    variant: Memo<Option<VariantView>>,
    working: RwSignal<Working>,
    refusal: Memo<Option<ReplyRefusal>>,
    /// Id of the element that says the refusal.
    reason: String,
) -> impl IntoView {
    let questions =
        Memo::new(move |_| variant.with(|variant| variant.as_ref().map(|v| v.questions.clone()).unwrap_or_default()));
    let adapting = Memo::new(move |_| working.with(|working| working.words().is_some()));
    let reason = StoredValue::new(reason);
    let field = move |question: Question| {
        let id = anchor("question");
        let name = StoredValue::new(question.question.clone());
        let bad = move || {
            refusal.with(|refusal| {
                matches!(refusal, Some(ReplyRefusal::BadAnswer { question }) if name.with_value(|name| name == question))
            })
        };
        let needed = question.fallback.is_none();
        let answer = move |event| {
            let Some(variant) = variant.with_untracked(|variant| variant.as_ref().map(|v| v.id.clone())) else {
                return;
            };
            let answer = event_target_value(&event);
            working.update(|working| name.with_value(|name| working.answer(&variant, name, answer)));
        };
        view! {
            <div class="field">
                <label for=id.clone()>
                    {question.question.clone()}
                    {needed.then(|| view! { " " <span class="facts">{format!("({})", messages::REQUIRED.text())}</span> })}
                </label>
                <input
                    type="text"
                    id=id
                    data-testid="question"
                    data-question=question.question
                    autocomplete="off"
                    placeholder=question.fallback
                    required=needed
                    aria-invalid=move || bad().to_string()
                    aria-describedby=move || bad().then(|| reason.get_value())
                    prop:value=move || working.with(|working| name.with_value(|name| working.answered(name)))
                    on:input=answer
                />
            </div>
        }
    };
    view! {
        <Show when=move || !questions.with(Vec::is_empty)>
            <fieldset class="questions" disabled=move || adapting.get()>
                <legend>{messages::QUESTIONS.text()}</legend>
                <For each=move || questions.get() key=|question| (question.question.clone(), question.fallback.clone()) let:question>
                    {field(question)}
                </For>
                <Show when=move || adapting.get()>
                    <p class="facts">{messages::QUESTIONS_ADAPTED.text()}</p>
                </Show>
            </fieldset>
        </Show>
    }
}
