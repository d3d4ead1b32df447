use crate::{
    background, browser, messages,
    settings::Settings,
    site_row::{RowButton, SiteRow},
    trouble::{Said, Saying},
};
use leptos::{prelude::*, task::spawn_local};
use rejoinder_wire::LocalAdapter;

/// What the manager said of the posts of sites: to pass on, or to forget.
#[component]
pub(crate) fn LocalAdapters() -> impl IntoView {
    let settings = expect_context::<Settings>();
    let adapters = settings.part(|settings| settings.adapters.clone());
    let said: RwSignal<Option<Said>> = RwSignal::new(None);
    let export = move |adapter: &LocalAdapter| {
        let name = format!("rejoinder-{}.json", adapter.host);
        let outcome = browser::download(&adapter.json, "application/json", &name);
        said.set(outcome.err().map(|why| Said::Bad(messages::TROUBLE_PROTOCOL.with(&[&why]))));
    };
    let forget = move |host: String| {
        said.set(None);
        spawn_local(async move {
            if settings.take(background::forget_local(host).await, said) {
                said.set(Some(Said::Good(messages::LOCAL_FORGOTTEN.text())));
            }
        });
    };
    view! {
        <Show when=move || !adapters.with(Vec::is_empty)>
            <h3>{messages::LOCAL_TITLE.text()}</h3>
            <p class="about">{messages::LOCAL_ABOUT.text()}</p>
            <ul class="rows">
                <For each=move || adapters.get() key=|adapter| (adapter.host.clone(), adapter.json.clone()) let:adapter>
                    {
                        let host = adapter.host.clone();
                        view! {
                            <SiteRow host=host.clone() testid="local-row">
                                <RowButton
                                    label=messages::LOCAL_EXPORT
                                    host=host.clone()
                                    testid="local-export"
                                    press=move |_| export(&adapter)
                                />
                                <RowButton label=messages::REMOVE host testid="local-forget" press=forget />
                            </SiteRow>
                        }
                    }
                </For>
            </ul>
        </Show>
        <Saying said />
    }
}
