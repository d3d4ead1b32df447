use crate::{
    background::{self, Asked},
    browser, calendar,
    icon::RiskIcon,
    ledger,
    messages::{self, ENTRIES_COUNT, Message},
    risk, stance, trouble,
    trouble::{Said, Saying},
};
use leptos::{html, prelude::*, task::spawn_local};
use rejoinder_wire::{JournalEntry, JournalOutcome};

fn outcome_words(outcome: JournalOutcome) -> Message {
    match outcome {
        JournalOutcome::Inserted => messages::OUTCOME_INSERTED,
        JournalOutcome::Posted => messages::OUTCOME_POSTED,
        JournalOutcome::Edited => messages::OUTCOME_EDITED,
        JournalOutcome::Unknown => messages::OUTCOME_UNKNOWN,
        JournalOutcome::Gone => messages::OUTCOME_GONE,
        JournalOutcome::Copied => messages::OUTCOME_COPIED,
        JournalOutcome::Failed => messages::OUTCOME_FAILED,
    }
}

/// The journal by day, its export, and its deletion.
#[component]
pub(crate) fn Journal(
    /// Changes whenever the journal does.
    changed: RwSignal<u32>,
) -> impl IntoView {
    let entries: RwSignal<Option<Asked<Vec<JournalEntry>>>> = RwSignal::new(None);
    let said: RwSignal<Option<Said>> = RwSignal::new(None);
    let refresh = move || {
        spawn_local(async move {
            let answer = background::journal().await;
            let _ = entries.try_set(Some(answer));
        });
    };
    Effect::new(move || {
        changed.track();
        refresh();
    });
    let list = Memo::new(move |_| entries.with(|entries| entries.clone().and_then(Result::ok).unwrap_or_default()));
    let export = move |_| {
        let outcome = ledger::csv(&list.get_untracked())
            .and_then(|csv| browser::download(&csv, "text/csv;charset=utf-8", &file_name()));
        said.set(Some(match outcome {
            Ok(()) => Said::Good(messages::EXPORTED.text()),
            Err(why) => Said::Bad(messages::TROUBLE_PROTOCOL.with(&[&why])),
        }));
    };
    view! {
        <section aria-labelledby="journal">
            <h2 id="journal">{messages::JOURNAL_TITLE.text()}</h2>
            <p class="facts">{messages::JOURNAL_ABOUT.text()}</p>
            <Show when=move || !list.with(Vec::is_empty)>
                <div class="actions">
                    <button type="button" class="secondary" data-testid="export-csv" on:click=export>
                        {messages::EXPORT_CSV.text()}
                    </button>
                    <Clearing list entries said />
                </div>
            </Show>
            <Saying said />
            {move || {
                entries
                    .with(|entries| match entries {
                        None => view! { <p class="facts">{messages::LOADING.text()}</p> }.into_any(),
                        Some(Err(error)) => view! { <p class="notice bad">{trouble::words(error)}</p> }.into_any(),
                        Some(Ok(entries)) if entries.is_empty() => {
                            view! {
                                <p class="notice" data-testid="journal-empty">{messages::JOURNAL_EMPTY.text()}</p>
                            }
                                .into_any()
                        }
                        Some(Ok(entries)) => days(entries).into_any(),
                    })
            }}
        </section>
    }
}

fn file_name() -> String {
    format!("rejoinder-journal-{}.csv", calendar::today())
}

/// The entries under the day they happened on.
fn days(entries: &[JournalEntry]) -> impl IntoView + use<> {
    entries
        .chunk_by(|a, b| calendar::weekday(&a.hour) == calendar::weekday(&b.hour))
        .map(|day| {
            let rows = day.iter().cloned().map(|entry| view! { <Row entry /> }).collect_view();
            let name = day.first().map(|entry| calendar::weekday(&entry.hour));
            view! {
                <h3 class="day">{name}</h3>
                <ul class="journal">{rows}</ul>
            }
        })
        .collect_view()
}

#[component]
fn Row(entry: JournalEntry) -> impl IntoView {
    let changed = entry.changed.filter(|percent| *percent > 0).map(|percent| {
        let words = messages::ENTRY_CHANGED.with(&[&messages::figure(f64::from(percent))]);
        view! { <span class="facts">{words}</span> }
    });
    view! {
        <li
            class=format!("entry risk-{}", risk::name(entry.risk))
            data-testid="journal-row"
            data-claim=entry.claim.clone()
            data-card=entry.card.clone()
            data-outcome=ledger::outcome_name(entry.outcome)
        >
            <p class="entry-line">
                <time datetime=entry.hour.clone()>{calendar::hour(&entry.hour)}</time>
                <span class=format!("badge outcome-{}", ledger::outcome_name(entry.outcome))>
                    {outcome_words(entry.outcome).text()}
                </span>
                {changed}
                <span class="host">{entry.site}</span>
            </p>
            <p class="entry-line">
                <span class="risk">
                    <RiskIcon risk=entry.risk />
                    {risk::label(entry.risk).text()}
                </span>
                <span class="stance">{stance::verb(entry.stance).text()}</span>
                <code>{entry.claim.clone()}</code>
            </p>
            <p class="facts">
                {messages::ENTRY_CARD.with(&[&entry.card, &entry.variant, &entry.version])} " · " {entry.topic}
            </p>
        </li>
    }
}

/// The deletion of the journal, with a second question.
#[component]
fn Clearing(
    list: Memo<Vec<JournalEntry>>,
    entries: RwSignal<Option<Asked<Vec<JournalEntry>>>>,
    said: RwSignal<Option<Said>>,
) -> impl IntoView {
    let asking = RwSignal::new(false);
    let keep: NodeRef<html::Button> = NodeRef::new();
    // The safe answer has the focus.
    Effect::new(move || {
        if let Some(button) = keep.get() {
            let _ = button.focus();
        }
    });
    let clear = move |_| {
        asking.set(false);
        spawn_local(async move {
            let outcome = match background::clear_journal().await {
                Ok(()) => {
                    let _ = entries.try_set(Some(Ok(Vec::new())));
                    Said::Good(messages::JOURNAL_CLEARED.text())
                }
                Err(error) => Said::from(&error),
            };
            let _ = said.try_set(Some(outcome));
        });
    };
    let count = move || ENTRIES_COUNT.count(u32::try_from(list.with(Vec::len)).unwrap_or(u32::MAX));
    view! {
        <Show
            when=move || asking.get()
            fallback=move || {
                view! {
                    <button type="button" class="secondary" data-testid="clear-journal" on:click=move |_| asking.set(true)>
                        {messages::CLEAR_JOURNAL.text()}
                    </button>
                }
            }
        >
            <div class="notice bad confirm" role="group" aria-labelledby="clear-question">
                <p id="clear-question">{move || messages::CLEAR_QUESTION.with(&[&count()])}</p>
                <div class="actions">
                    <button type="button" class="danger" data-testid="clear-journal-confirm" on:click=clear>
                        {messages::CLEAR_YES.text()}
                    </button>
                    <button type="button" class="secondary" node_ref=keep on:click=move |_| asking.set(false)>
                        {messages::CLEAR_NO.text()}
                    </button>
                </div>
            </div>
        </Show>
    }
}
