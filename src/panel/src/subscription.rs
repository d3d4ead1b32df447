use crate::{
    background, calendar,
    icon::{Icon, Sign},
    last_changes::LastChanges,
    messages,
    pattern::host,
    settings::Settings,
    trouble::{self, Said, Saying},
    updates::Updates,
};
use leptos::{html, prelude::*, task::spawn_local};
use rejoinder_wire::{RotatedView, SubscriptionView, UrgentView};

/// One subscription: whose packs, until when, what the last check gave, and what its updates change.
#[component]
pub(crate) fn SubscriptionRow(
    /// Address of the index.
    url: String,
) -> impl IntoView {
    let settings = expect_context::<Settings>();
    let said: RwSignal<Option<Said>> = RwSignal::new(None);
    let of = url.clone();
    let view = settings.part(move |settings| settings.subscriptions.iter().find(|it| it.url == of).cloned());
    let of = url.clone();
    let set = settings
        .part(move |settings| settings.policy.as_ref().is_some_and(|policy| policy.subscriptions.contains(&of)));
    let name = host(&url).to_owned();
    let publisher = Memo::new(move |_| {
        let publisher = view.with(|view| view.as_ref().map(|view| view.publisher.clone()).unwrap_or_default());
        if publisher.is_empty() { name.clone() } else { publisher }
    });
    let serials = Memo::new(move |_| {
        let serials = |view: &SubscriptionView| (view.serial, view.held.as_ref().map(|held| held.serial));
        view.with(|view| view.as_ref().map(serials).unwrap_or_default())
    });
    let good = Memo::new(move |_| view.with(|view| view.as_ref().is_none_or(|it| trouble::of_check(&it.outcome).1)));
    let (address, name_of_row) = (url.clone(), url.clone());
    let url = StoredValue::new(url);
    let forget = move |_| {
        spawn_local(async move {
            let Some(url) = url.try_get_value() else { return };
            settings.take(background::unsubscribe(url).await, said);
        });
    };
    let open = RwSignal::new(false);
    let summary: NodeRef<html::Summary> = NodeRef::new();
    let turn_to_changes = move || {
        if let Some(summary) = summary.try_get_untracked().flatten() {
            // Nothing to do where an element cannot be focused: it can still be read.
            let _ = summary.focus();
        }
    };
    let see = move || {
        open.set(true);
        turn_to_changes();
    };
    view! {
        <li
            class="row"
            data-testid="subscription-row"
            data-url=name_of_row
            data-outcome=move || if good.get() { "good" } else { "bad" }
        >
            <h3>{move || publisher.get()}</h3>
            <p class="address">{address}</p>
            {move || set.get().then(|| view! { <p class="facts">{messages::SUBSCRIPTION_SET.text()}</p> })}
            {move || view.get().map(|subscription| view! { <State subscription /> })}
            <Updates url publisher view see taken=turn_to_changes />
            <LastChanges url publisher serials open summary />
            <Show when=move || !set.get()>
                <div class="actions">
                    <button type="button" class="secondary" data-testid="subscription-remove" on:click=forget>
                        {messages::UNSUBSCRIBE.text()} <span class="unseen">{move || format!(" {}", publisher.get())}</span>
                    </button>
                </div>
            </Show>
            <Saying said />
        </li>
    }
}

/// What is known of a subscription.
#[component]
fn State(subscription: SubscriptionView) -> impl IntoView {
    let (outcome, good) = trouble::of_check(&subscription.outcome);
    let checked = match subscription.checked.as_str() {
        "" => messages::NEVER_CHECKED.text(),
        checked => calendar::moment(checked),
    };
    let has_index = !subscription.expires.is_empty();
    let valid = if has_index { calendar::moment(&subscription.expires) } else { messages::LIST_NONE.text() };
    let expired = calendar::has_passed(&subscription.expires).then(|| {
        view! {
            <p class="notice bad" data-testid="index-expired">
                <Icon sign=Sign::Warning />
                <span>{messages::INDEX_EXPIRED.with(&[&calendar::moment(&subscription.expires)])}</span>
            </p>
        }
    });
    let serial = has_index.then(|| pair(messages::SERIAL, subscription.serial.to_string()));
    let next = (!subscription.next_check.is_empty())
        .then(|| pair(messages::NEXT_CHECK, calendar::moment(&subscription.next_check)));
    let recalls = (subscription.recalls > 0)
        .then(|| pair(messages::RECALLED_CARDS, messages::figure(subscription.recalls.into())));
    view! {
        <p class=if good { "notice good" } else { "notice bad" }>
            <Icon sign=if good { Sign::Check } else { Sign::Warning } />
            <span>{outcome}</span>
        </p>
        {expired}
        {subscription.rotated.map(|rotated| view! { <Rotated rotated /> })}
        <dl class="pairs">
            {pair(messages::LAST_CHECK, checked)}
            {next}
            {pair(messages::VALID_UNTIL, valid)}
            {serial}
            <dt>{messages::URGENT_LIST.text()}</dt>
            <dd>
                <Urgent list=subscription.urgent />
            </dd>
            {recalls}
            <dt>{messages::FINGERPRINT.text()}</dt>
            <dd>
                <code>{subscription.fingerprint}</code>
            </dd>
        </dl>
    }
}

fn pair(name: messages::Message, value: String) -> impl IntoView {
    view! {
        <dt>{name.text()}</dt>
        <dd>{value}</dd>
    }
}

/// The urgent list in force, and what is wrong with the one that was asked for last.
#[component]
fn Urgent(list: UrgentView) -> impl IntoView {
    let state = match list.serial {
        None => messages::URGENT_NONE.text(),
        Some(serial) => {
            let until = calendar::moment(&list.expires);
            let passed = calendar::has_passed(&list.expires);
            let words = if passed { messages::URGENT_EXPIRED } else { messages::URGENT_UNTIL };
            words.with(&[&serial.to_string(), &until])
        }
    };
    let (outcome, good) = trouble::of_check(&list.outcome);
    let bad = (!good).then(|| view! { <p class="wrong" data-testid="urgent-outcome">{outcome}</p> });
    view! {
        <p>{state}</p>
        {bad}
    }
}

/// The publisher has another key than before.
#[component]
fn Rotated(rotated: RotatedView) -> impl IntoView {
    view! {
        <div class="notice" data-testid="rotated">
            <Icon sign=Sign::Warning />
            <div>
                <p class="strong">{messages::ROTATED.with(&[&calendar::moment(&rotated.at)])}</p>
                <p>{messages::ROTATED_COMPARE.text()}</p>
                <dl class="pairs">
                    <dt>{messages::ROTATED_FROM.text()}</dt>
                    <dd>
                        <code>{rotated.from}</code>
                    </dd>
                    <dt>{messages::ROTATED_TO.text()}</dt>
                    <dd>
                        <code>{rotated.to}</code>
                    </dd>
                </dl>
            </div>
        </div>
    }
}
