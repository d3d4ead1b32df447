use crate::{
    background,
    icon::{Icon, Sign},
    messages,
    reading::Reading,
    trouble::{Said, Saying},
};
use leptos::{prelude::*, task::spawn_local};
use rejoinder_wire::{Account, SiteAccount, TabView};

/// Under which account of the site a reply would go out, and whether it is the manager's.
#[component]
pub(crate) fn Accounts(view: Memo<Option<TabView>>, reading: Reading) -> impl IntoView {
    let accounts =
        Memo::new(move |_| view.with(|view| view.as_ref().map(|view| view.accounts.clone()).unwrap_or_default()));
    let tab = Memo::new(move |_| view.with(|view| view.as_ref().map(|view| view.tab)));
    view! {
        <For each=move || accounts.get() key=|site| format!("{site:?}") let:site>
            <OneAccount site tab reading />
        </For>
    }
}

#[component]
fn OneAccount(site: SiteAccount, tab: Memo<Option<i32>>, reading: Reading) -> impl IntoView {
    let said: RwSignal<Option<Said>> = RwSignal::new(None);
    let SiteAccount { host, account } = site;
    let confirm = {
        let host = host.clone();
        move |shown: Option<String>| {
            let Some(tab) = tab.get_untracked() else { return };
            let host = host.clone();
            said.set(None);
            spawn_local(async move {
                let outcome = background::confirm_account(tab, host, shown).await.err().map(|error| Said::from(&error));
                let _ = said.try_set(outcome);
                reading.refresh();
            });
        }
    };
    let state = name(&account);
    let line = match account {
        Account::Confirmed { name } => good(&messages::ACCOUNT_CONFIRMED.with(&[&name, &host])).into_any(),
        Account::Unseen { name } if name.is_empty() => good(&messages::ACCOUNT_UNSEEN.with(&[&host])).into_any(),
        Account::Unseen { name } => good(&messages::ACCOUNT_UNSEEN_NAME.with(&[&name, &host])).into_any(),
        Account::Unconfirmed { shown } => {
            let (about, label) = match &shown {
                Some(name) => (messages::ACCOUNT_SHOWN.with(&[name, &host]), messages::ACCOUNT_IS_MINE),
                None => (messages::ACCOUNT_NOT_SHOWN.with(&[&host]), messages::ACCOUNT_I_CHECKED),
            };
            view! {
                <div class="notice">
                    <div>
                        <p>{about}</p>
                        <p>
                            <button
                                type="button"
                                class="secondary"
                                data-testid="confirm-account"
                                on:click=move |_| confirm(shown.clone())
                            >
                                {label.text()}
                            </button>
                        </p>
                        <Saying said />
                    </div>
                </div>
            }
            .into_any()
        }
        Account::Other { shown, expected } => view! {
            <div class="notice bad" role="alert">
                <Icon sign=Sign::Warning />
                <div>
                    <p class="strong">{messages::ACCOUNT_OTHER.with(&[&shown, &host])}</p>
                    <p>{messages::ACCOUNT_OTHER_MEND.with(&[&expected])}</p>
                </div>
            </div>
        }
        .into_any(),
    };
    view! {
        <div class="aside" data-testid="account" data-state=state>
            {line}
        </div>
    }
}

fn good(text: &str) -> impl IntoView + use<> {
    view! { <p class="facts">{text.to_owned()}</p> }
}

fn name(account: &Account) -> &'static str {
    match account {
        Account::Confirmed { .. } => "confirmed",
        Account::Unseen { .. } => "unseen",
        Account::Unconfirmed { .. } => "unconfirmed",
        Account::Other { .. } => "other",
    }
}
