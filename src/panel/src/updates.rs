use crate::{
    anchor::anchor,
    background, calendar, messages,
    settings::Settings,
    trouble::{Said, Saying},
};
use leptos::{ev::Event, html, prelude::*, task::spawn_local};
use rejoinder_wire::{HeldView, SubscriptionView};

/// Whether updates of a subscription wait for the manager, and the one that does.
#[component]
pub(crate) fn Updates(
    /// Address of the index.
    url: StoredValue<String>,
    /// Whose packs; read out behind the labels.
    publisher: Memo<String>,
    /// The subscription; `None` when it is gone.
    view: Memo<Option<SubscriptionView>>,
    /// Opens the list of what would change.
    see: impl Fn() + Copy + Send + Sync + 'static,
    /// Called when the update was taken: its button, which had the focus, is gone.
    taken: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let settings = expect_context::<Settings>();
    let said: RwSignal<Option<Said>> = RwSignal::new(None);
    let busy = RwSignal::new(false);
    let ask = Memo::new(move |_| view.with(|view| view.as_ref().is_some_and(|view| view.ask)));
    let held = Memo::new(move |_| view.with(|view| view.as_ref().and_then(|view| view.held.clone())));
    let waits = Memo::new(move |_| held.with(Option::is_some));
    let field = anchor("ask");
    let about = format!("{field}-about");
    let switch: NodeRef<html::Input> = NodeRef::new();
    let unseen = move || format!(" {}", publisher.get());

    let set = move |event: Event| {
        let wanted = event_target_checked(&event);
        said.set(None);
        spawn_local(async move {
            let Some(url) = url.try_get_value() else { return };
            if !settings.take(background::set_updates(url, wanted).await, said)
                && let Some(switch) = switch.try_get_untracked().flatten()
            {
                switch.set_checked(!wanted);
            }
        });
    };
    let accept = move |_| {
        let Some(serial) = held.with_untracked(|held| held.as_ref().map(|held| held.serial)) else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        said.set(None);
        spawn_local(async move {
            let Some(url) = url.try_get_value() else { return };
            if settings.take(background::accept_update(url, serial).await, said) {
                let _ = said.try_set(Some(Said::Good(messages::UPDATE_USED.text())));
                taken();
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <div class="switch">
            <input
                type="checkbox"
                id=field.clone()
                data-testid="ask-updates"
                node_ref=switch
                aria-describedby=about.clone()
                prop:checked=move || ask.get()
                on:change=set
            />
            <label for=field>
                {messages::ASK_UPDATES.text()} <span class="unseen">{unseen}</span>
            </label>
            <p class="facts" id=about>
                {messages::ASK_UPDATES_ABOUT.text()}
                {move || waits.get().then(|| format!(" {}", messages::ASK_UPDATES_HELD.text()))}
            </p>
        </div>
        <Show when=move || waits.get()>
            <div class="offer" data-testid="held-update">
                <h4>{messages::HELD_UPDATE.text()}</h4>
                {move || held.get().map(|held| view! { <Held held /> })}
                <div class="actions">
                    <button type="button" class="secondary" on:click=move |_| see()>
                        {messages::SEE_CHANGES.text()} <span class="unseen">{unseen}</span>
                    </button>
                    <button
                        type="button"
                        class="primary"
                        data-testid="accept-update"
                        aria-busy=move || busy.get().to_string()
                        on:click=accept
                    >
                        {messages::USE_UPDATE.text()} <span class="unseen">{unseen}</span>
                    </button>
                </div>
            </div>
        </Show>
        <Saying said />
    }
}

/// Which update waits.
#[component]
fn Held(held: HeldView) -> impl IntoView {
    view! {
        <p class="facts">{messages::HELD_FACTS.with(&[&held.serial.to_string(), &calendar::moment(&held.issued)])}</p>
        <ul class="packs">{held.packs.into_iter().map(|pack| view! { <li>{pack}</li> }).collect_view()}</ul>
    }
}
