use crate::{
    anchor::anchor,
    calendar,
    change::ChangeRow,
    messages::{self, LEFT_OUT, Message},
};
use leptos::prelude::*;
use rejoinder_wire::{Change, ChangeKind, ChangesView};

/// All changes of an update, shown or not.
pub(crate) fn number(changes: &ChangesView) -> u32 {
    u32::try_from(changes.changes.len()).unwrap_or(u32::MAX).saturating_add(changes.left_out)
}

/// What an update changed, or would change: what is new first, then what is another, then what is gone.
#[component]
pub(crate) fn ChangeList(changes: ChangesView) -> impl IntoView {
    if changes.at.is_empty() {
        return view! { <p class="facts">{messages::CHANGES_NEVER.text()}</p> }.into_any();
    }
    let facts = messages::CHANGES_FACTS.with(&[
        &changes.from.to_string(),
        &changes.to.to_string(),
        &calendar::moment(&changes.at),
    ]);
    let none = (number(&changes) == 0).then(|| view! { <p>{messages::CHANGES_NONE.text()}</p> });
    let left_out = (changes.left_out > 0).then(|| view! { <p class="facts">{LEFT_OUT.count(changes.left_out)}</p> });
    let all = changes.changes;
    let of = |kind: ChangeKind, title: Message| {
        let changes: Vec<Change> = all.iter().filter(|change| change.kind == kind).cloned().collect();
        (!changes.is_empty()).then(|| view! { <Group title changes /> })
    };
    view! {
        <p class="facts">{facts}</p>
        {none}
        {of(ChangeKind::Added, messages::CHANGES_ADDED)}
        {of(ChangeKind::Changed, messages::CHANGES_CHANGED)}
        {of(ChangeKind::Removed, messages::CHANGES_REMOVED)}
        {left_out}
    }
    .into_any()
}

#[component]
fn Group(title: Message, changes: Vec<Change>) -> impl IntoView {
    let id = anchor("changes");
    let words = title.with(&[&messages::figure(changes.len() as f64)]);
    view! {
        <p class="strong" id=id.clone()>{words}</p>
        <ul class="changes" aria-labelledby=id>
            {changes.into_iter().map(|change| view! { <ChangeRow change /> }).collect_view()}
        </ul>
    }
}
