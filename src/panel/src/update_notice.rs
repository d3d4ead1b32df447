use crate::{
    background, browser,
    changes::{self, ChangeList},
    messages::{self, CHANGES},
    seen::Seen,
    settings::Settings,
};
use leptos::{html, prelude::*, task::spawn_local};
use rejoinder_wire::ChangesView;

/// An update that the manager has not seen.
#[derive(Clone, Debug, PartialEq)]
struct News {
    url: String,
    publisher: String,
    serial: u64,
    changes: ChangesView,
}

/// Says quietly that the packs were updated, and that an update waits. What was dismissed is not said again: the browser
/// keeps the serials for the extension's pages.
#[component]
pub(crate) fn UpdateNotice() -> impl IntoView {
    let settings = expect_context::<Settings>();
    // `None` until the settings are known: then nothing is forgotten.
    let serials = settings.part(|settings| {
        let serial = |it: &rejoinder_wire::SubscriptionView| (it.url.clone(), it.serial);
        Some(settings.subscriptions.iter().map(serial).collect::<Vec<_>>())
    });
    let waits = settings.part(|settings| settings.subscriptions.iter().any(|it| it.held.is_some()));
    let news: RwSignal<Vec<News>> = RwSignal::new(Vec::new());
    Effect::new(move || {
        let Some(serials) = serials.get() else { return };
        let mut seen = Seen::load();
        let unseen = seen.news(&serials);
        seen.save();
        news.update(|news| news.retain(|it| unseen.iter().any(|(url, _)| *url == it.url)));
        for (url, serial) in unseen {
            spawn_local(async move { take(settings, news, url, serial).await });
        }
    });
    let is_any = Memo::new(move |_| news.with(|news| !news.is_empty()));
    let words = move || {
        let number = news.with(|news| news.iter().map(|it| changes::number(&it.changes)).fold(0, u32::saturating_add));
        is_any.get().then(|| view! { <p>{messages::PACKS_UPDATED.with(&[&CHANGES.count(number)])}</p> })
    };
    let place: NodeRef<html::Div> = NodeRef::new();
    let dismiss = move |_| {
        let mut seen = Seen::load();
        news.with_untracked(|news| news.iter().for_each(|it| seen.see(&it.url, it.serial)));
        seen.save();
        news.set(Vec::new());
        // The button that had the focus is gone.
        if let Some(place) = place.get_untracked() {
            let _ = place.focus();
        }
    };
    let several = Memo::new(move |_| news.with(|news| news.len() > 1));
    view! {
        <div
            class="updates"
            class:shown=move || is_any.get()
            tabindex="-1"
            node_ref=place
            data-testid=move || is_any.get().then_some("update-notice")
        >
            <div role="status">{words}</div>
            <Show when=move || is_any.get()>
                <details data-testid="changes">
                    <summary>{messages::SEE_CHANGED.text()}</summary>
                    <For each=move || news.get() key=|it| (it.url.clone(), it.serial) let:it>
                        <div class="change-list">
                            {several.get_untracked().then(|| view! { <p class="strong">{it.publisher.clone()}</p> })}
                            <ChangeList changes=it.changes.clone() />
                        </div>
                    </For>
                </details>
                <div class="actions">
                    <button type="button" class="secondary" data-testid="update-dismiss" on:click=dismiss>
                        {messages::CLOSE.text()}
                    </button>
                </div>
            </Show>
        </div>
        <Show when=move || waits.get()>
            <div class="updates shown" data-testid="update-waits">
                <p>{messages::UPDATE_WAITS.text()}</p>
                <div class="actions">
                    <button type="button" class="secondary" on:click=|_| browser::open_options()>
                        {messages::OPEN_OPTIONS.text()}
                    </button>
                </div>
            </div>
        </Show>
    }
}

/// Fetches what an update changed. One that changed nothing that can be seen, or whose changes are not kept any more, is
/// not worth a word.
async fn take(settings: Settings, news: RwSignal<Vec<News>>, url: String, serial: u64) {
    // Without an answer, it is asked again when the settings change, or the panel is opened.
    let Ok(changes) = background::changes(url.clone()).await else { return };
    if changes.held || changes.to != serial || changes::number(&changes) == 0 {
        let mut seen = Seen::load();
        seen.see(&url, serial);
        seen.save();
        return;
    }
    let publisher = settings.view.with_untracked(|view| match view {
        Some(Ok(view)) => view.subscriptions.iter().find(|it| it.url == url).map(|it| it.publisher.clone()),
        _ => None,
    });
    let publisher = publisher.unwrap_or_default();
    news.update(|news| {
        news.retain(|it| it.url != url);
        news.push(News { url, publisher, serial, changes });
    });
}
