use crate::{
    background::{self, Asked},
    changes::ChangeList,
    messages, trouble,
};
use leptos::{html, prelude::*, task::spawn_local};
use rejoinder_wire::ChangesView;

/// What the last update of a subscription changed, or the one that waits would. Asked for when it is opened, and again
/// when another update came meanwhile.
#[component]
pub(crate) fn LastChanges(
    /// Address of the index.
    url: StoredValue<String>,
    /// Whose packs; read out behind the label.
    publisher: Memo<String>,
    /// Serial of the index in use, and of the one that waits.
    serials: Memo<(u64, Option<u64>)>,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The element that opens and closes it.
    summary: NodeRef<html::Summary>,
) -> impl IntoView {
    let changes: RwSignal<Option<Asked<ChangesView>>> = RwSignal::new(None);
    Effect::new(move || {
        let asked = serials.get();
        if !open.get() {
            return;
        }
        spawn_local(async move {
            let Some(url) = url.try_get_value() else { return };
            let answer = background::changes(url).await;
            // The row may be gone, or the answer be for an update that is not the last one any more.
            if serials.try_get_untracked() == Some(asked) {
                let _ = changes.try_set(Some(answer));
            }
        });
    });
    let toggled = move |event| {
        let now = event_target::<web_sys::Element>(&event).has_attribute("open");
        // One that was opened by a button is told of it too, and is not to ask twice.
        if open.get_untracked() != now {
            open.set(now);
        }
    };
    let label = move || {
        let waits = serials.with(|(_, held)| held.is_some());
        if waits { messages::CHANGES_HELD.text() } else { messages::CHANGES_LAST.text() }
    };
    view! {
        <details
            data-testid="changes"
            prop:open=move || open.get()
            on:toggle=toggled
        >
            <summary node_ref=summary>
                {label} <span class="unseen">{move || format!(" {}", publisher.get())}</span>
            </summary>
            <div class="change-list">
                {move || match changes.get() {
                    None => view! { <p class="facts">{messages::LOADING.text()}</p> }.into_any(),
                    Some(Ok(changes)) => view! { <ChangeList changes /> }.into_any(),
                    Some(Err(error)) => view! { <p class="notice bad">{trouble::words(&error)}</p> }.into_any(),
                }}
            </div>
        </details>
    }
}
