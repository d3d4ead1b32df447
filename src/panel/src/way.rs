use crate::{
    background, messages,
    trouble::{Said, Saying},
};
use leptos::{prelude::*, task::spawn_local};
use rejoinder_wire::{SiteInUse, TabView, Way};

/// How the posts of the tab were found, and the way to say what is one.
#[component]
pub(crate) fn HowFound(view: Memo<Option<TabView>>) -> impl IntoView {
    let sites = Memo::new(move |_| view.with(|view| view.as_ref().map(|view| view.sites.clone()).unwrap_or_default()));
    let tab = Memo::new(move |_| view.with(|view| view.as_ref().map(|view| view.tab)));
    let said: RwSignal<Option<Said>> = RwSignal::new(None);
    let read = move |_| {
        let Some(tab) = tab.get_untracked() else { return };
        said.set(None);
        spawn_local(async move {
            let outcome = match background::read_selection(tab).await {
                Ok(()) => Said::Good(messages::WAY_LEARNT.text()),
                Err(error) => Said::from(&error),
            };
            let _ = said.try_set(Some(outcome));
        });
    };
    // Nothing recognised: what can be done about it is said at once.
    let lost = Memo::new(move |_| sites.with(Vec::is_empty));
    let ways = move || sites.with(|sites| sites.iter().map(|site| name(site.way)).collect::<Vec<_>>().join(" "));
    view! {
        <details class="way" data-testid="way" data-ways=ways prop:open=move || lost.get()>
            <summary>
                {move || {
                    sites.with(|sites| {
                        if sites.is_empty() {
                            messages::WAY_NONE.text()
                        } else {
                            sites.iter().map(label).collect::<Vec<_>>().join(", ")
                        }
                    })
                }}
            </summary>
            <p class="facts">{messages::WAY_ABOUT.text()}</p>
            <button type="button" class="secondary" data-testid="read-selection" on:click=read>
                {messages::WAY_READ_SELECTION.text()}
            </button>
            <Saying said />
        </details>
    }
}

fn name(way: Way) -> &'static str {
    match way {
        Way::Adapter => "adapter",
        Way::Local => "local",
        Way::Structured => "structured",
        Way::Generic => "generic",
    }
}

fn label(site: &SiteInUse) -> String {
    match site.way {
        Way::Adapter => messages::WAY_ADAPTER.with(&[&site.name]),
        Way::Local => messages::WAY_LOCAL.text(),
        Way::Structured => messages::WAY_STRUCTURED.text(),
        Way::Generic => messages::WAY_GENERIC.text(),
    }
}
