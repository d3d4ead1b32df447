use crate::{
    anchor::anchor,
    background, browser, messages, pattern,
    settings::Settings,
    subscription::SubscriptionRow,
    trouble::{Said, Saying},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use rejoinder_wire::{Setting, SubscriptionOffer};

/// The subscriptions, and the way to a new one: an address, what stands there, and the manager's consent to its key.
#[component]
pub(crate) fn Subscriptions() -> impl IntoView {
    let settings = expect_context::<Settings>();
    let subscriptions = settings.part(|settings| {
        settings.subscriptions.iter().map(|subscription| subscription.url.clone()).collect::<Vec<_>>()
    });
    let locked = settings.locks(Setting::Subscriptions);
    let address = RwSignal::new(String::new());
    let offer: RwSignal<Option<SubscriptionOffer>> = RwSignal::new(None);
    let said: RwSignal<Option<Said>> = RwSignal::new(None);
    let busy = RwSignal::new(false);
    let field = anchor("address");

    let look = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        offer.set(None);
        said.set(None);
        let typed = address.get_untracked();
        let (Some(pattern), Some(url)) = (pattern::of_address(&typed), pattern::index_address(&typed)) else {
            said.set(Some(Said::Bad(messages::ADDRESS_INVALID.text())));
            return;
        };
        // First of all: browsers ask only while the click is being handled.
        let permission = browser::request_permission(&pattern);
        busy.set(true);
        spawn_local(async move {
            match permission.granted().await {
                Ok(true) => match background::offer(url).await {
                    Ok(found) => offer.set(Some(found)),
                    Err(error) => said.set(Some(Said::from(&error))),
                },
                Ok(false) => said.set(Some(Said::Bad(messages::FETCH_REFUSED.text()))),
                Err(why) => said.set(Some(Said::Bad(messages::PERMISSION_FAILED.with(&[&why])))),
            }
            busy.set(false);
        });
    };
    let accept = move |_| {
        let Some(accepted) = offer.get_untracked() else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        said.set(None);
        spawn_local(async move {
            if settings.take(background::subscribe(accepted.url, accepted.key).await, said) {
                offer.set(None);
                address.set(String::new());
                said.set(Some(Said::Good(messages::SUBSCRIBED.text())));
            }
            busy.set(false);
        });
    };
    let sync = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        said.set(None);
        spawn_local(async move {
            if settings.take(background::sync().await, said) {
                said.set(Some(Said::Good(messages::SYNC_DONE.text())));
            }
            busy.set(false);
        });
    };

    view! {
        <Show
            when=move || !subscriptions.with(Vec::is_empty)
            fallback=|| view! { <p class="notice">{messages::SUBSCRIPTIONS_NONE.text()}</p> }
        >
            <ul class="rows">
                <For each=move || subscriptions.get() key=String::clone let:url>
                    <SubscriptionRow url />
                </For>
            </ul>
            <div class="actions">
                <button type="button" class="secondary" data-testid="subscription-sync" on:click=sync>
                    {messages::SYNC_NOW.text()}
                </button>
            </div>
        </Show>
        <Show
            when=move || !locked.get()
            fallback=|| view! { <p class="facts">{messages::SUBSCRIPTIONS_LOCKED.text()}</p> }
        >
            <form class="ask" on:submit=look aria-busy=move || busy.get().to_string()>
                <h3>{messages::SUBSCRIBE_TITLE.text()}</h3>
                <div class="field">
                    <label for=field.clone()>{messages::SUBSCRIPTION_ADDRESS.text()}</label>
                    <p class="facts" id=format!("{field}-about")>{messages::SUBSCRIPTION_ADDRESS_HINT.text()}</p>
                    <div class="with-button">
                        <input
                            type="text"
                            inputmode="url"
                            id=field.clone()
                            data-testid="subscription-url"
                            autocomplete="off"
                            spellcheck="false"
                            required
                            aria-describedby=format!("{field}-about")
                            prop:value=move || address.get()
                            on:input=move |event| address.set(event_target_value(&event))
                        />
                        <button type="submit" class="secondary" data-testid="subscription-check">
                            {messages::CHECK.text()}
                        </button>
                    </div>
                </div>
            </form>
            <div role="status">
                {move || offer.get().map(|offer| view! { <Offer offer /> })}
            </div>
            <Show when=move || offer.with(Option::is_some)>
                <div class="actions">
                    <button type="button" class="primary" data-testid="subscription-accept" on:click=accept>
                        {messages::SUBSCRIBE.text()}
                    </button>
                    <button type="button" class="secondary" on:click=move |_| offer.set(None)>
                        {messages::CANCEL.text()}
                    </button>
                </div>
            </Show>
        </Show>
        <Saying said />
    }
}

/// What stands at an address: whose it is, by which key, and what there is to have.
#[component]
fn Offer(offer: SubscriptionOffer) -> impl IntoView {
    view! {
        <div class="offer">
            <h4>{messages::OFFER_TITLE.with(&[&offer.publisher])}</h4>
            <p class="address">{offer.url}</p>
            <dl class="pairs">
                <dt>{messages::FINGERPRINT.text()}</dt>
                <dd>
                    <code class="fingerprint" data-testid="subscription-fingerprint">{offer.fingerprint}</code>
                </dd>
                <dt>{messages::OFFER_PACKS.text()}</dt>
                <dd>{offer.packs.join(", ")}</dd>
            </dl>
            <p>{messages::OFFER_COMPARE.text()}</p>
        </div>
    }
}
