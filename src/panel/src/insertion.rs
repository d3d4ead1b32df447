use crate::{
    background::{self, AskError, Choice},
    browser, clipboard,
    icon::{Icon, Sign},
    messages,
    refusal::{self, Words},
    trouble,
};
use leptos::{prelude::*, task::spawn_local};
use rejoinder_wire::{InsertAnswer, InsertFailure, InsertReport, ReplyRefusal};

/// What became of the manager's last wish for a card.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    /// Read back whole.
    Inserted {
        /// Blank lines became paragraph borders.
        paragraphs: bool,
    },
    /// Not inserted; the text is offered for copying.
    Failed {
        /// Why.
        failure: InsertFailure,
        /// The text.
        text: String,
    },
    /// The card may not be used.
    Refused(ReplyRefusal),
    /// The background could not be asked.
    Trouble(AskError),
    /// Copied (or not).
    Copied(bool),
}

/// One attempt at a time to put a choice in the composer or on the clipboard, and what became of it.
#[derive(Clone, Copy)]
pub(crate) struct Attempt {
    /// The last outcome; `None` while one is under way.
    pub outcome: RwSignal<Option<Outcome>>,
    /// Whether one is under way.
    pub busy: RwSignal<bool>,
}

impl Attempt {
    /// Nothing tried yet.
    pub(crate) fn new() -> Attempt {
        Attempt { outcome: RwSignal::new(None), busy: RwSignal::new(false) }
    }

    /// Asks for the insertion.
    pub(crate) fn insert(self, choice: Choice) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.outcome.set(None);
        spawn_local(async move {
            let outcome = match background::insert(choice).await {
                Ok(InsertAnswer::Refused { refusal }) => Outcome::Refused(refusal),
                Ok(InsertAnswer::Reported { report: InsertReport::Inserted { paragraphs, .. }, .. }) => {
                    Outcome::Inserted { paragraphs }
                }
                Ok(InsertAnswer::Reported { report: InsertReport::Failed { failure }, text }) => {
                    Outcome::Failed { failure, text }
                }
                Err(error) => Outcome::Trouble(error),
            };
            self.busy.set(false);
            self.outcome.set(Some(outcome));
        });
    }

    /// Copies a text, and has it journalled. To be called directly in a click handler.
    pub(crate) fn copy(self, text: &str, choice: Choice) {
        let copying = clipboard::copy(text);
        spawn_local(async move {
            let copied = copying.copied().await;
            self.outcome.set(Some(Outcome::Copied(copied)));
            if copied && let Err(error) = background::copied(choice).await {
                self.outcome.set(Some(Outcome::Trouble(error)));
            }
        });
    }
}

/// Says what became of an attempt. The live region is there before it says anything.
#[component]
pub(crate) fn AttemptResult(attempt: Attempt, choice: Signal<Choice>) -> impl IntoView {
    view! {
        <div class="attempt" role="status">
            {move || attempt.outcome.get().map(|outcome| said(outcome, attempt, choice))}
        </div>
    }
}

fn said(outcome: Outcome, attempt: Attempt, choice: Signal<Choice>) -> AnyView {
    match outcome {
        Outcome::Inserted { paragraphs } => view! {
            <div class="notice good" data-testid="insert-result" data-result="inserted">
                <Icon sign=Sign::Check />
                <div>
                    <p class="strong">{messages::INSERTED.text()}</p>
                    <p>{messages::INSERTED_NEXT.text()}</p>
                    {paragraphs.then(|| view! { <p>{messages::INSERTED_PARAGRAPHS.text()}</p> })}
                </div>
            </div>
        }
        .into_any(),
        Outcome::Failed { failure, text } => view! {
            <div class="notice bad" data-testid="insert-result" data-result="failed">
                <Icon sign=Sign::Warning />
                <div>
                    <Reason words=refusal::of_insertion(&failure) />
                    <WayOut text attempt choice />
                </div>
            </div>
        }
        .into_any(),
        Outcome::Refused(refusal) => view! {
            <div class="notice bad" data-testid="insert-result" data-result="refused">
                <Icon sign=Sign::Warning />
                <div>
                    <Reason words=refusal::of_card(&refusal) />
                </div>
            </div>
        }
        .into_any(),
        Outcome::Trouble(error) => view! {
            <div class="notice bad" data-testid="insert-result" data-result="failed">
                <Icon sign=Sign::Warning />
                <p>{trouble::words(&error)}</p>
            </div>
        }
        .into_any(),
        Outcome::Copied(true) => view! {
            <div class="notice good" data-testid="copy-result">
                <Icon sign=Sign::Check />
                <p>{messages::COPIED.text()}</p>
            </div>
        }
        .into_any(),
        Outcome::Copied(false) => view! {
            <div class="notice bad" data-testid="copy-result">
                <Icon sign=Sign::Warning />
                <p>{messages::COPY_FAILED.text()}</p>
            </div>
        }
        .into_any(),
    }
}

/// A refusal in words, with the way to mend it.
#[component]
pub(crate) fn Reason(words: Words) -> impl IntoView {
    view! {
        <p class="strong">{words.reason}</p>
        <p>{words.remedy}</p>
        {words
            .options
            .then(|| {
                view! {
                    <p>
                        <button type="button" class="link" on:click=|_| browser::open_options()>
                            {messages::OPEN_OPTIONS.text()}
                        </button>
                    </p>
                }
            })}
    }
}

/// The text that could not be inserted, to take by hand.
#[component]
fn WayOut(text: String, attempt: Attempt, choice: Signal<Choice>) -> impl IntoView {
    let field = crate::anchor::anchor("text");
    let copied = text.clone();
    view! {
        <label for=field.clone()>{messages::TEXT_TO_COPY.text()}</label>
        <textarea id=field class="takeaway" rows="5" readonly prop:value=text></textarea>
        <button
            type="button"
            class="secondary"
            data-testid="copy-text"
            on:click=move |_| attempt.copy(&copied, choice.get_untracked())
        >
            {messages::COPY_TEXT.text()}
        </button>
    }
}
