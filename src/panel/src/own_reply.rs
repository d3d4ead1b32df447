use crate::{
    background, messages,
    messages::NEW_BELOW,
    trouble::{Said, Saying},
};
use leptos::{prelude::*, task::spawn_local};
use rejoinder_wire::{OwnReply, OwnState, TabView};

/// The manager's own replies in the thread, and what came after them.
#[component]
pub(crate) fn OwnReplies(view: Memo<Option<TabView>>) -> impl IntoView {
    let own = Memo::new(move |_| view.with(|view| view.as_ref().map(|view| view.own.clone()).unwrap_or_default()));
    view! {
        <Show when=move || !own.with(Vec::is_empty)>
            <section class="own-replies" aria-labelledby="own-replies">
                <h2 id="own-replies">{messages::OWN_REPLIES.text()}</h2>
                <ul>
                    <For each=move || own.get() key=|reply| format!("{reply:?}") let:reply>
                        <One reply />
                    </For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn One(reply: OwnReply) -> impl IntoView {
    let said: RwSignal<Option<Said>> = RwSignal::new(None);
    let title = if reply.title.is_empty() { messages::OWN_REPLY.text() } else { reply.title };
    let news = (reply.new > 0).then(|| view! { <span class="strong">{NEW_BELOW.count(reply.new)}</span> });
    let unseen = format!(" {title}");
    let show = reply.post.map(|post| {
        let show = move |_| {
            said.set(None);
            spawn_local(async move {
                if let Err(error) = background::show(post).await {
                    let _ = said.try_set(Some(Said::from(&error)));
                }
            });
        };
        view! {
            <button type="button" class="secondary" data-testid="own-show" on:click=show>
                {messages::SHOW.text()}
                <span class="unseen">{unseen}</span>
            </button>
        }
    });
    view! {
        <li
            class="own-reply"
            data-testid="own-reply"
            data-state=name(reply.state)
            data-below=reply.below.map(|below| below.to_string()).unwrap_or_default()
            data-new=reply.new.to_string()
        >
            <div>
                <p class="strong">{title}</p>
                <p class="own-state">
                    <span>{words(reply.state)}</span>
                    {news}
                </p>
            </div>
            {show}
            <Saying said />
        </li>
    }
}

/// The state as data.
fn name(state: OwnState) -> &'static str {
    match state {
        OwnState::Inserted => "inserted",
        OwnState::Posted => "posted",
        OwnState::Edited { .. } => "edited",
        OwnState::Unknown => "unknown",
        OwnState::Gone => "gone",
    }
}

fn words(state: OwnState) -> String {
    match state {
        OwnState::Inserted => messages::OWN_INSERTED.text(),
        OwnState::Posted => messages::OWN_POSTED.text(),
        OwnState::Edited { percent } => messages::OWN_EDITED.with(&[&messages::figure(f64::from(percent))]),
        OwnState::Unknown => messages::OWN_UNKNOWN.text(),
        OwnState::Gone => messages::OWN_GONE.text(),
    }
}
