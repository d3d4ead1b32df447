use crate::{
    accounts::ConfirmedAccounts,
    browser,
    icon::{Icon, Sign},
    identity_form::IdentityForm,
    local_adapters::LocalAdapters,
    messages::{self, Message},
    packs::Packs,
    policy::Policy,
    promises::Promises,
    settings::Settings,
    sites::Sites,
    subscriptions::Subscriptions,
    trouble,
};
use leptos::prelude::*;

/// The options page.
#[component]
pub(crate) fn Options() -> impl IntoView {
    document().set_title(&messages::OPTIONS_PAGE_TITLE.text());
    let settings = Settings::follow();
    view! {
        <header class="head">
            <div class="head-line">
                <h1>
                    <Icon sign=Sign::Bubble />
                    "Rejoinder"
                </h1>
                <p class="facts">{messages::OPTIONS_TITLE.text()}</p>
            </div>
        </header>
        <main>
            {move || {
                settings
                    .view
                    .with(|view| match view {
                        Some(Err(error)) => {
                            Some(view! { <p class="notice bad" role="alert">{trouble::words(error)}</p> })
                        }
                        _ => None,
                    })
            }}
            <Policy />
            {section("identity", messages::IDENTITY_TITLE, messages::IDENTITY_ABOUT, || view! { <IdentityForm /><ConfirmedAccounts /> })}
            {section(
                "subscriptions",
                messages::SUBSCRIPTIONS_TITLE,
                messages::SUBSCRIPTIONS_ABOUT,
                || view! { <Subscriptions /> },
            )}
            {section("packs", messages::PACKS_TITLE, messages::PACKS_ABOUT, || view! { <Packs /> })}
            {section("sites", messages::SITES_TITLE, messages::SITES_ABOUT, || view! { <Sites /><LocalAdapters /> })}
            {section("promises", messages::NEVER_TITLE, messages::NEVER_ABOUT, || view! { <Promises /> })}
        </main>
        <footer>
            <p class="facts">{messages::VERSION.with(&[&browser::version()])}</p>
        </footer>
    }
}

fn section<V: IntoView>(id: &'static str, title: Message, about: Message, body: impl Fn() -> V) -> impl IntoView {
    view! {
        <section class="sheet" aria-labelledby=id>
            <h2 id=id>{title.text()}</h2>
            <p class="about">{about.text()}</p>
            {body()}
        </section>
    }
}
