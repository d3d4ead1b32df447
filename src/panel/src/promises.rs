use crate::messages;
use leptos::prelude::*;

/// What Rejoinder never does, for whoever has to decide whether to trust it.
#[component]
pub(crate) fn Promises() -> impl IntoView {
    let promises = [
        messages::NEVER_PUBLISH,
        messages::NEVER_HIDE,
        messages::NEVER_STORE,
        messages::NEVER_SEND,
        messages::NEVER_CRAWL,
        messages::NEVER_UNSOUND,
    ];
    view! {
        <ul class="promises">
            {promises.into_iter().map(|promise| view! { <li>{promise.text()}</li> }).collect_view()}
        </ul>
    }
}
