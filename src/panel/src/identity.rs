use crate::{
    background::Asked,
    browser,
    icon::{Icon, Sign},
    messages,
    settings::Settings,
};
use leptos::prelude::*;
use rejoinder_wire::SettingsView;

/// Under whose name replies go out. Always visible, and a clear warning when nobody is named.
#[component]
pub(crate) fn IdentityLine() -> impl IntoView {
    let settings = expect_context::<Settings>();
    let identity = Memo::new(move |_| {
        settings.view.with(|view: &Option<Asked<SettingsView>>| match view {
            Some(Ok(view)) => Some(view.identity.clone()),
            _ => None,
        })
    });
    move || {
        identity.get().map(|identity| {
            if identity.missing().is_empty() {
                let role = if identity.role.trim().is_empty() {
                    identity.organisation.clone()
                } else {
                    format!("{}, {}", identity.role, identity.organisation)
                };
                view! {
                    <p class="who" data-testid="identity">
                        <Icon sign=Sign::Person />
                        <span>
                            <span class="unseen">{format!("{} ", messages::REPLYING_AS.text())}</span>
                            <span class="strong">{format!("{} {}", identity.first_name, identity.last_name)}</span>
                            <span class="facts">{role}</span>
                        </span>
                    </p>
                }
                .into_any()
            } else {
                view! {
                    <div class="notice bad" data-testid="identity-missing">
                        <Icon sign=Sign::Warning />
                        <div>
                            <p>{messages::IDENTITY_MISSING.text()}</p>
                            <p>
                                <button type="button" class="link" on:click=|_| browser::open_options()>
                                    {messages::IDENTITY_FILL.text()}
                                </button>
                            </p>
                        </div>
                    </div>
                }
                .into_any()
            }
        })
    }
}
