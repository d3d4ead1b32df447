use crate::{
    background, messages,
    settings::Settings,
    site_row::{RowButton, SiteRow},
    trouble::{Said, Saying},
};
use leptos::{prelude::*, task::spawn_local};

/// The accounts that the manager has confirmed, and the way to forget one.
#[component]
pub(crate) fn ConfirmedAccounts() -> impl IntoView {
    let settings = expect_context::<Settings>();
    let accounts = settings.part(|settings| settings.accounts.clone());
    let said: RwSignal<Option<Said>> = RwSignal::new(None);
    let forget = move |host: String| {
        said.set(None);
        spawn_local(async move {
            if settings.take(background::forget_account(host).await, said) {
                said.set(Some(Said::Good(messages::ACCOUNT_FORGOTTEN.text())));
            }
        });
    };
    view! {
        <Show when=move || !accounts.with(Vec::is_empty)>
            <h3>{messages::ACCOUNTS_TITLE.text()}</h3>
            <p class="about">{messages::ACCOUNTS_ABOUT.text()}</p>
            <ul class="rows">
                <For each=move || accounts.get() key=|account| format!("{account:?}") let:account>
                    {
                        let host = account.host.clone();
                        let name =
                            if account.name.is_empty() { messages::ACCOUNT_WITHOUT_NAME.text() } else { account.name };
                        view! {
                            <SiteRow host=account.host testid="account-row">
                                <span>{name}</span>
                                <RowButton label=messages::REMOVE host testid="account-forget" press=forget />
                            </SiteRow>
                        }
                    }
                </For>
            </ul>
        </Show>
        <Saying said />
    }
}
