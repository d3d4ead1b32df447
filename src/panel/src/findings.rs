use crate::{
    account::Accounts,
    finding::FindingItem,
    frames::Frames,
    messages::{self, FINDINGS_COUNT, POSTS_COUNT},
    own_reply::OwnReplies,
    reading::Reading,
    stance,
    way::HowFound,
};
use leptos::prelude::*;
use rejoinder_wire::{PlacedFinding, TabView};

/// The findings of a tab that is read: first those that call for a reply, then the other mentions.
#[component]
pub(crate) fn Findings(view: Memo<Option<TabView>>, reading: Reading) -> impl IntoView {
    let list = move |calling: bool| {
        Memo::new(move |_| {
            view.with(|view| {
                let all = view.as_ref().map(|view| view.findings.as_slice()).unwrap_or_default();
                let part = all.iter().filter(|found| stance::calls_for_reply(found.finding.stance) == calling);
                part.cloned().collect::<Vec<_>>()
            })
        })
    };
    let calling = list(true);
    let others = list(false);
    let posts = Memo::new(move |_| view.with(|view| view.as_ref().map_or(0, |view| view.posts)));
    let count = move || u32::try_from(calling.with(Vec::len)).unwrap_or(u32::MAX);

    view! {
        <p class="tally" role="status" data-testid="tally" data-posts=move || posts.get().to_string()>
            <span class="strong">{move || FINDINGS_COUNT.count(count())}</span>
            <span>{move || POSTS_COUNT.count(posts.get())}</span>
        </p>
        <HowFound view />
        <Frames view reading />
        <Accounts view reading />
        <OwnReplies view />
        <section aria-labelledby="calling">
            <h2 id="calling">{messages::FINDINGS.text()}</h2>
            <Show when=move || calling.with(Vec::is_empty)>
                <p class="notice good" data-testid="nothing-found">{messages::FINDINGS_NONE.text()}</p>
            </Show>
            <List found=calling />
        </section>
        <Show when=move || !others.with(Vec::is_empty)>
            <section aria-labelledby="others" class="others">
                <h2 id="others">{messages::OTHER_MENTIONS.text()}</h2>
                <p class="facts">{messages::OTHER_MENTIONS_ABOUT.text()}</p>
                <List found=others />
            </section>
        </Show>
    }
}

/// Items that stay the same are kept, with whatever the manager opened in them, when others come and go.
#[component]
fn List(found: Memo<Vec<PlacedFinding>>) -> impl IntoView {
    view! {
        <ul class="findings">
            <For each=move || found.get() key=|found| format!("{found:?}") let:found>
                <FindingItem found />
            </For>
        </ul>
    }
}
