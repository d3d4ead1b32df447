use crate::{
    background, browser,
    messages::{self, POLICY_PROBLEMS, SET_SITES, SET_SUBSCRIPTIONS},
    pattern,
    settings::Settings,
    trouble::{Said, Saying},
};
use leptos::{html, prelude::*, task::spawn_local};
use rejoinder_wire::{PolicyView, Setting};

/// A setting, in words.
fn words(setting: Setting) -> messages::Message {
    match setting {
        Setting::Organisation => messages::LOCK_ORGANISATION,
        Setting::Subscriptions => messages::LOCK_SUBSCRIPTIONS,
        Setting::Sites => messages::LOCK_SITES,
    }
}

/// Its name in a policy.
fn name(setting: Setting) -> &'static str {
    match setting {
        Setting::Organisation => "organisation",
        Setting::Subscriptions => "subscriptions",
        Setting::Sites => "sites",
    }
}

/// What the manager's organisation has set, and what it needs the manager for; nothing when it has set nothing.
#[component]
pub(crate) fn Policy() -> impl IntoView {
    let settings = expect_context::<Settings>();
    let policy = settings.part(|settings| settings.policy.clone());
    let part = move |part: fn(&PolicyView) -> Vec<String>| {
        Memo::new(move |_| policy.with(|policy| policy.as_ref().map(part).unwrap_or_default()))
    };
    let wanted = part(|policy| policy.wanted.clone());
    let problems = part(|policy| policy.problems.clone());
    let said: RwSignal<Option<Said>> = RwSignal::new(None);
    let busy = RwSignal::new(false);
    let title: NodeRef<html::H2> = NodeRef::new();
    let allow = move |_| {
        if busy.get_untracked() {
            return;
        }
        // First of all: browsers ask only while the click is being handled.
        let permission = wanted.with_untracked(|wanted| browser::request_permissions(wanted));
        busy.set(true);
        said.set(None);
        spawn_local(async move {
            match permission.granted().await {
                Ok(true) => {
                    if enable(settings, said).await {
                        said.set(Some(Said::Good(messages::POLICY_ALLOWED.text())));
                    }
                    // The button that had the focus may be gone.
                    if wanted.with_untracked(Vec::is_empty)
                        && let Some(title) = title.get_untracked()
                    {
                        let _ = title.focus();
                    }
                }
                Ok(false) => said.set(Some(Said::Bad(messages::POLICY_REFUSED.text()))),
                Err(why) => said.set(Some(Said::Bad(messages::PERMISSION_FAILED.with(&[&why])))),
            }
            busy.set(false);
        });
    };
    let locked = move || {
        let names = |policy: &PolicyView| policy.locked.iter().map(|it| name(*it)).collect::<Vec<_>>().join(" ");
        policy.with(|policy| policy.as_ref().map(names).unwrap_or_default())
    };
    view! {
        <Show when=move || policy.with(Option::is_some)>
            <section class="sheet policy" aria-labelledby="policy" data-testid="policy" data-locked=locked>
                <h2 id="policy" tabindex="-1" node_ref=title>
                    {messages::POLICY_TITLE.text()}
                </h2>
                {move || policy.get().map(|policy| view! { <Facts policy /> })}
                <Show when=move || !wanted.with(Vec::is_empty)>
                    <p id="policy-wanted">{messages::POLICY_WANTED.text()}</p>
                    <ul class="hosts" aria-labelledby="policy-wanted">
                        {move || {
                            let host = |wanted: String| view! { <li>{pattern::host(&wanted).to_owned()}</li> };
                            wanted.get().into_iter().map(host).collect_view()
                        }}
                    </ul>
                    <div class="actions">
                        <button
                            type="button"
                            class="primary"
                            data-testid="policy-allow"
                            aria-describedby="policy-wanted"
                            aria-busy=move || busy.get().to_string()
                            on:click=allow
                        >
                            {messages::POLICY_ALLOW.text()}
                        </button>
                    </div>
                </Show>
                <Saying said />
                <Show when=move || !problems.with(Vec::is_empty)>
                    <details>
                        <summary>
                            {move || POLICY_PROBLEMS.count(u32::try_from(problems.with(Vec::len)).unwrap_or(u32::MAX))}
                        </summary>
                        <p class="facts">{messages::POLICY_PROBLEMS_ABOUT.text()}</p>
                        <ul class="problems">
                            {move || {
                                let row = |problem: String| view! { <li data-testid="policy-problem">{problem}</li> };
                                problems.get().into_iter().map(row).collect_view()
                            }}
                        </ul>
                    </details>
                </Show>
            </section>
        </Show>
    }
}

/// Enables the sites that are set and are not read yet, then has the subscriptions fetched. True when all was done.
async fn enable(settings: Settings, said: RwSignal<Option<Said>>) -> bool {
    let missing = settings.view.with_untracked(|view| match view {
        Some(Ok(view)) => {
            let sites = view.policy.iter().flat_map(|policy| &policy.sites);
            sites.filter(|site| !view.sites.contains(site)).cloned().collect::<Vec<_>>()
        }
        _ => Vec::new(),
    });
    for site in missing {
        if !settings.take(background::enable_site(site).await, said) {
            return false;
        }
    }
    settings.take(background::sync().await, said)
}

/// What is set, and what of it cannot be changed.
#[component]
fn Facts(policy: PolicyView) -> impl IntoView {
    let count = |list: &[String]| u32::try_from(list.len()).unwrap_or(u32::MAX);
    let set: Vec<String> = [(SET_SUBSCRIPTIONS, count(&policy.subscriptions)), (SET_SITES, count(&policy.sites))]
        .into_iter()
        .filter(|(_, number)| *number > 0)
        .map(|(words, number)| words.count(number))
        .collect();
    let locked: Vec<String> = policy.locked.iter().map(|setting| words(*setting).text()).collect();
    let pair = |name: messages::Message, values: Vec<String>| {
        (!values.is_empty()).then(|| {
            view! {
                <dt>{name.text()}</dt>
                <dd>{values.join(", ")}</dd>
            }
        })
    };
    view! {
        <dl class="pairs">{pair(messages::POLICY_SET, set)} {pair(messages::POLICY_LOCKED, locked)}</dl>
    }
}
