use crate::{
    anchor::anchor,
    background, browser, messages, pattern,
    settings::Settings,
    trouble::{Said, Saying},
};
use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};
use rejoinder_wire::Setting;

/// The sites that are read, and the way to add and remove one.
#[component]
pub(crate) fn Sites() -> impl IntoView {
    let settings = expect_context::<Settings>();
    let sites = settings.part(|settings| settings.sites.clone());
    let locked = settings.locks(Setting::Sites);
    let set = settings.part(|settings| settings.policy.as_ref().map(|it| it.sites.clone()).unwrap_or_default());
    let address = RwSignal::new(String::new());
    let said: RwSignal<Option<Said>> = RwSignal::new(None);
    let field = anchor("site");
    let input: NodeRef<html::Input> = NodeRef::new();
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        said.set(None);
        let Some(pattern) = pattern::of_address(&address.get_untracked()) else {
            said.set(Some(Said::Bad(messages::ADDRESS_INVALID.text())));
            return;
        };
        // First of all: browsers ask only while the click is being handled.
        let permission = browser::request_permission(&pattern);
        spawn_local(async move {
            match permission.granted().await {
                Ok(true) => {
                    if settings.take(background::enable_site(pattern).await, said) {
                        address.set(String::new());
                        said.set(Some(Said::Good(messages::SITE_ADDED.text())));
                    }
                }
                Ok(false) => said.set(Some(Said::Bad(messages::PERMISSION_REFUSED.text()))),
                Err(why) => said.set(Some(Said::Bad(messages::PERMISSION_FAILED.with(&[&why])))),
            }
        });
    };
    let remove = move |pattern: String| {
        said.set(None);
        spawn_local(async move {
            if settings.take(background::disable_site(pattern).await, said) {
                said.set(Some(Said::Good(messages::SITE_REMOVED.text())));
                // The button that had the focus is gone with its row.
                if let Some(input) = input.get_untracked() {
                    let _ = input.focus();
                }
            }
        });
    };
    view! {
        <Show
            when=move || !sites.with(Vec::is_empty)
            fallback=|| view! { <p class="notice">{messages::SITES_NONE.text()}</p> }
        >
            <ul class="rows">
                <For each=move || sites.get() key=String::clone let:site>
                    {
                        let host = site.trim_end_matches("/*").to_owned();
                        let pattern = site.clone();
                        view! {
                            <li class="row line" data-testid="site-row" data-pattern=site>
                                <span class="address">{host.clone()}</span>
                                {move || {
                                    let (pattern, host) = (pattern.clone(), host.clone());
                                    let fixed = locked.get() && set.with(|set| set.contains(&pattern));
                                    if fixed {
                                        view! { <span class="facts">{messages::LOCKED_HINT.text()}</span> }.into_any()
                                    } else {
                                        view! {
                                            <button
                                                type="button"
                                                class="secondary"
                                                data-testid="site-remove"
                                                on:click=move |_| remove(pattern.clone())
                                            >
                                                {messages::REMOVE.text()}
                                                <span class="unseen">{format!(" {host}")}</span>
                                            </button>
                                        }
                                            .into_any()
                                    }
                                }}
                            </li>
                        }
                    }
                </For>
            </ul>
        </Show>
        <Show
            when=move || !locked.get()
            fallback=|| view! { <p class="facts">{messages::SITES_LOCKED.text()}</p> }
        >
            <form class="ask" on:submit=add>
                <div class="field">
                    <label for=field.clone()>{messages::SITE_ADDRESS.text()}</label>
                    <p class="facts" id=format!("{field}-about")>{messages::SITE_ADDRESS_HINT.text()}</p>
                    <div class="with-button">
                        <input
                            type="text"
                            inputmode="url"
                            id=field.clone()
                            data-testid="site-pattern"
                            node_ref=input
                            autocomplete="off"
                            spellcheck="false"
                            required
                            aria-describedby=format!("{field}-about")
                            prop:value=move || address.get()
                            on:input=move |event| address.set(event_target_value(&event))
                        />
                        <button type="submit" class="secondary" data-testid="site-add">{messages::SITE_ADD.text()}</button>
                    </div>
                </div>
            </form>
        </Show>
        <Saying said />
    }
}
