use crate::{
    background, calendar,
    icon::{Icon, Sign},
    messages,
    settings::Settings,
    trouble::{self, Said, Saying},
};
use leptos::{prelude::*, task::spawn_local};
use rejoinder_wire::SubscriptionView;

/// One subscription: whose packs, until when, and what the last check gave.
#[component]
pub(crate) fn SubscriptionRow(subscription: SubscriptionView) -> impl IntoView {
    let settings = expect_context::<Settings>();
    let said: RwSignal<Option<Said>> = RwSignal::new(None);
    let url = subscription.url.clone();
    let forget = move |_| {
        let url = url.clone();
        spawn_local(async move {
            settings.take(background::unsubscribe(url).await, said);
        });
    };
    let (outcome, good) = trouble::of_check(&subscription.outcome);
    let checked = match subscription.checked.as_str() {
        "" => messages::NEVER_CHECKED.text(),
        checked => calendar::moment(checked),
    };
    view! {
        <li class="row" data-testid="subscription-row" data-outcome=if good { "good" } else { "bad" }>
            <h3>{subscription.publisher.clone()}</h3>
            <p class="address">{subscription.url}</p>
            <p class=if good { "notice good" } else { "notice bad" }>
                <Icon sign=if good { Sign::Check } else { Sign::Warning } />
                <span>{outcome}</span>
            </p>
            <dl class="pairs">
                <dt>{messages::LAST_CHECK.text()}</dt>
                <dd>{checked}</dd>
                <dt>{messages::VALID_UNTIL.text()}</dt>
                <dd>{calendar::moment(&subscription.expires)}</dd>
                <dt>{messages::SERIAL.text()}</dt>
                <dd>{subscription.serial}</dd>
                <dt>{messages::FINGERPRINT.text()}</dt>
                <dd>
                    <code>{subscription.fingerprint}</code>
                </dd>
            </dl>
            <div class="actions">
                <button type="button" class="secondary" data-testid="subscription-remove" on:click=forget>
                    {messages::UNSUBSCRIBE.text()}
                    <span class="unseen">{format!(" {}", subscription.publisher)}</span>
                </button>
            </div>
            <Saying said />
        </li>
    }
}
