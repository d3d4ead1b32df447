use crate::{
    armed::{Arming, Elsewhere},
    background, browser,
    draft::Drafts,
    enable::Enable,
    findings::Findings,
    icon::{Icon, Sign},
    identity::IdentityLine,
    journal::Journal,
    messages, pattern,
    reading::Reading,
    settings::Settings,
    trouble,
    update_notice::UpdateNotice,
};
use leptos::prelude::*;
use rejoinder_wire::{BackgroundToPanel, TabState, TabView};

/// What the panel shows below its head.
#[derive(Clone, Copy, PartialEq)]
enum Section {
    Findings,
    Journal,
}

fn state_name(state: TabState) -> &'static str {
    match state {
        TabState::NotAPage => "not_a_page",
        TabState::NotEnabled => "not_enabled",
        TabState::NoPack => "no_pack",
        TabState::Waiting => "waiting",
        TabState::Read => "read",
    }
}

/// The side panel.
#[component]
pub(crate) fn Panel() -> impl IntoView {
    document().set_title(&messages::PANEL_TITLE.text());
    Settings::follow();
    let reading = Reading::follow();
    let section = RwSignal::new(Section::Findings);
    let journal_changed = RwSignal::new(0_u32);
    background::listen(move |news| {
        if news == BackgroundToPanel::Journal {
            journal_changed.update(|times| *times += 1);
        }
    });
    let view = Memo::new(move |_| reading.view.with(|view| view.as_ref().and_then(|view| view.clone().ok())));
    provide_context(Drafts::new());
    let untold = Arming::follow(view).elsewhere(move || section.get() == Section::Findings);
    let state = Memo::new(move |_| view.with(|view| view.as_ref().map(|view| view.state)));
    let failed = Memo::new(move |_| {
        reading.view.with(|view| match view {
            Some(Err(error)) => Some(trouble::words(error)),
            _ => None,
        })
    });
    let data_state = move || match (state.get(), failed.with(Option::is_some)) {
        (_, true) => "trouble",
        (Some(state), _) => state_name(state),
        (None, _) => "loading",
    };
    let tab = move |of: Section, label: messages::Message, testid: &'static str| {
        view! {
            <button
                type="button"
                data-testid=testid
                aria-current=move || (section.get() == of).then_some("page")
                on:click=move |_| section.set(of)
            >
                {label.text()}
            </button>
        }
    };

    view! {
        <header class="head">
            <div class="head-line">
                <h1>
                    <Icon sign=Sign::Bubble />
                    "Rejoinder"
                </h1>
                <button type="button" class="link" on:click=|_| browser::open_options()>
                    {messages::OPTIONS_TITLE.text()}
                </button>
            </div>
            <IdentityLine />
            <nav class="tabs" aria-label=messages::SECTIONS.text()>
                {tab(Section::Findings, messages::FINDINGS_TAB, "findings-tab")}
                {tab(Section::Journal, messages::JOURNAL_TAB, "journal-tab")}
            </nav>
        </header>
        <main data-state=data_state data-tab=move || reading.tab.get()>
            <UpdateNotice />
            <Elsewhere armed=untold view />
            <div hidden=move || section.get() != Section::Findings>
                {move || {
                    if let Some(words) = failed.get() {
                        return view! {
                            <p class="notice bad" role="alert">
                                {words}
                            </p>
                        }
                            .into_any();
                    }
                    match state.get() {
                        None => view! { <p class="facts">{messages::LOADING.text()}</p> }.into_any(),
                        Some(TabState::NotAPage) => {
                            empty(messages::NOT_A_PAGE, messages::NOT_A_PAGE_ABOUT).into_any()
                        }
                        Some(TabState::NotEnabled) => view! { <NotEnabled view reading /> }.into_any(),
                        Some(TabState::NoPack) => {
                            view! {
                                {empty(messages::NO_PACK, messages::NO_PACK_ABOUT)}
                                <p>
                                    <button type="button" class="primary" on:click=|_| browser::open_options()>
                                        {messages::OPEN_OPTIONS.text()}
                                    </button>
                                </p>
                            }
                                .into_any()
                        }
                        Some(TabState::Waiting) => empty(messages::WAITING, messages::WAITING_ABOUT).into_any(),
                        Some(TabState::Read) => view! { <Findings view reading /> }.into_any(),
                    }
                }}
            </div>
            <Show when=move || section.get() == Section::Journal>
                <Journal changed=journal_changed />
            </Show>
        </main>
    }
}

fn empty(title: messages::Message, about: messages::Message) -> impl IntoView {
    view! {
        <div class="empty" role="status">
            <h2>{title.text()}</h2>
            <p>{about.text()}</p>
        </div>
    }
}

/// The site is not read: the button that enables it.
#[component]
fn NotEnabled(view: Memo<Option<TabView>>, reading: Reading) -> impl IntoView {
    let wanted = Memo::new(move |_| view.with(|view| view.as_ref().and_then(|view| pattern::of_address(&view.origin))));
    let settings = expect_context::<Settings>();
    let forbidden = Memo::new(move |_| wanted.with(|it| it.as_ref().is_some_and(|it| settings.forbids_site(it))));
    let host = move || {
        view.with(|view| view.as_ref().map(|view| view.origin.split("://").last().unwrap_or_default().to_owned()))
    };
    view! {
        <div class="empty">
            <h2>{messages::NOT_ENABLED.text()}</h2>
            {move || {
                if forbidden.get() {
                    return view! { <p data-testid="site-locked">{messages::SITE_NOT_SET.text()}</p> }.into_any();
                }
                if let Some(pattern) = wanted.get() {
                    view! {
                        <p>{messages::NOT_ENABLED_ABOUT.text()}</p>
                        <Enable
                            pattern
                            label=messages::ENABLE_SITE.text()
                            testid="enable-site"
                            class="primary"
                            done=move || reading.refresh()
                        />
                        <p class="host">{host}</p>
                    }
                        .into_any()
                } else {
                    view! {
                        <p>{messages::NOT_ENABLED_ABOUT.text()}</p>
                        <p>{messages::NOT_ENABLED_UNKNOWN.text()}</p>
                        <p>
                            <button type="button" class="secondary" on:click=|_| browser::open_options()>
                                {messages::OPEN_OPTIONS.text()}
                            </button>
                        </p>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}
