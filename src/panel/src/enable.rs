use crate::{
    background, browser, messages,
    trouble::{Said, Saying},
};
use leptos::{prelude::*, task::spawn_local};

/// The button that enables a site, and what came of it.
#[component]
pub(crate) fn Enable(
    /// The site's match pattern.
    pattern: String,
    /// The button's words.
    label: String,
    /// Its name for tests.
    testid: &'static str,
    /// Its class.
    class: &'static str,
    /// Called when it was tried.
    done: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let said: RwSignal<Option<Said>> = RwSignal::new(None);
    let enable = move |_| {
        // First of all: browsers ask only while the click is being handled.
        let permission = browser::request_permission(&pattern);
        said.set(None);
        let pattern = pattern.clone();
        spawn_local(async move {
            let outcome = match permission.granted().await {
                Ok(true) => background::enable_site(pattern).await.err().map(|error| Said::from(&error)),
                Ok(false) => Some(Said::Bad(messages::PERMISSION_REFUSED.text())),
                Err(why) => Some(Said::Bad(messages::PERMISSION_FAILED.with(&[&why]))),
            };
            let _ = said.try_set(outcome);
            done();
        });
    };
    view! {
        <p>
            <button type="button" class=class data-testid=testid on:click=enable>
                {label}
            </button>
        </p>
        <Saying said />
    }
}
