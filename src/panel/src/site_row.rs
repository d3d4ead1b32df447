use crate::messages::Message;
use leptos::prelude::*;

/// A row of the options page about one host.
#[component]
pub(crate) fn SiteRow(
    /// The host; its name stands first.
    host: String,
    /// The row's name for tests.
    testid: &'static str,
    /// What else is known, and the buttons.
    children: Children,
) -> impl IntoView {
    view! {
        <li class="row line" data-testid=testid data-host=host.clone()>
            <span class="address">{host.clone()}</span>
            {children()}
        </li>
    }
}

/// A button of a row. The host is read out behind its label: every row has the same buttons.
#[component]
pub(crate) fn RowButton(
    label: Message,
    host: String,
    /// Its name for tests.
    testid: &'static str,
    /// Called with the host.
    press: impl Fn(String) + 'static,
) -> impl IntoView {
    let unseen = format!(" {host}");
    view! {
        <button type="button" class="secondary" data-testid=testid on:click=move |_| press(host.clone())>
            {label.text()}
            <span class="unseen">{unseen}</span>
        </button>
    }
}
