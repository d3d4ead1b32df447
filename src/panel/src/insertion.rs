use crate::{
    armed::Arming,
    background::{self, AskError, Choice},
    browser, clipboard,
    icon::{Icon, Sign},
    messages,
    refusal::{self, Words},
    trouble,
};
use leptos::{prelude::*, task::spawn_local};
use rejoinder_wire::{InsertAnswer, InsertFailure, InsertReport, ReplyRefusal};

/// What became of the wish to insert a card.
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
}

impl Outcome {
    /// What an answer says; `None`: nothing yet, the card is armed.
    fn of(answer: InsertAnswer) -> Option<Outcome> {
        match answer {
            InsertAnswer::Refused { refusal } => Some(Outcome::Refused(refusal)),
            InsertAnswer::Armed => None,
            InsertAnswer::Reported { report: InsertReport::Inserted { paragraphs, .. }, .. } => {
                Some(Outcome::Inserted { paragraphs })
            }
            InsertAnswer::Reported { report: InsertReport::Failed { failure }, text } => {
                Some(Outcome::Failed { failure, text })
            }
        }
    }
}

/// What became of the wish to copy a card.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum CopyOutcome {
    /// It is on the clipboard, and in the journal.
    Copied,
    /// The browser refused.
    Denied,
    /// It is on the clipboard, but the journal does not know.
    NotJournalled(AskError),
}

/// One attempt at a time to put a choice in the composer or on the clipboard, and what became of it.
#[derive(Clone, Copy)]
pub(crate) struct Attempt {
    arming: Arming,
    /// What was tried last.
    tried: StoredValue<Option<Choice>>,
    outcome: RwSignal<Option<Outcome>>,
    copied: RwSignal<Option<CopyOutcome>>,
    /// Whether an insertion is under way.
    pub busy: RwSignal<bool>,
}

impl Attempt {
    /// Nothing tried yet.
    pub(crate) fn new() -> Attempt {
        Attempt {
            arming: expect_context(),
            tried: StoredValue::new(None),
            outcome: RwSignal::new(None),
            copied: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    /// Takes back what was said.
    pub(crate) fn forget(self) {
        self.outcome.set(None);
        self.copied.set(None);
    }

    /// Asks for the insertion, in another post's box if that is wanted.
    pub(crate) fn insert(self, choice: Choice, there: bool) {
        if self.busy.get_untracked() {
            return;
        }
        self.forget();
        self.busy.set(true);
        self.tried.set_value(Some(choice.clone()));
        self.arming.ask(choice.clone());
        spawn_local(async move {
            // What became of an earlier one was seen. That this could not be told is no reason not to insert.
            if let Some(tab) = self.arming.over() {
                let _ = background::disarm(tab).await;
            }
            let outcome = match background::insert(choice, there).await {
                Ok(answer) => Outcome::of(answer),
                Err(error) => Some(Outcome::Trouble(error)),
            };
            // The card may be closed by now, and these with it.
            let _ = self.busy.try_set(false);
            let _ = self.outcome.try_set(outcome);
        });
    }

    /// Takes what became of an insertion that was waited for.
    pub(crate) fn settle(self, choice: Choice, answer: InsertAnswer) {
        self.tried.set_value(Some(choice));
        self.outcome.set(Outcome::of(answer));
    }

    /// What was tried, if only another post's box was there for it.
    pub(crate) fn elsewhere(self) -> Option<Choice> {
        let other = |outcome: &Option<Outcome>| {
            matches!(outcome, Some(Outcome::Failed { failure: InsertFailure::OtherPost, .. }))
        };
        self.outcome.with(other).then(|| self.tried.get_value()).flatten()
    }

    /// Copies a text, and has it journalled. To be called directly in a click handler.
    pub(crate) fn copy(self, text: &str, choice: Choice) {
        let copying = clipboard::copy(text);
        self.copied.set(None);
        spawn_local(async move {
            let outcome = if !copying.copied().await {
                CopyOutcome::Denied
            } else if let Err(error) = background::copied(choice).await {
                CopyOutcome::NotJournalled(error)
            } else {
                CopyOutcome::Copied
            };
            let _ = self.copied.try_set(Some(outcome));
        });
    }
}

/// Says what became of an attempt. The live region is there before it says anything; the text to take away stands
/// outside of it, so that it is not read out.
#[component]
pub(crate) fn AttemptResult(attempt: Attempt) -> impl IntoView {
    let takeaway = Memo::new(move |_| {
        attempt.outcome.with(|outcome| match outcome {
            Some(Outcome::Failed { text, .. }) if !text.is_empty() => Some(text.clone()),
            _ => None,
        })
    });
    view! {
        <div class="saying" role="status" aria-live="polite">
            {move || attempt.outcome.get().map(|outcome| view! { <Said outcome /> })}
        </div>
        {move || takeaway.get().map(|text| view! { <WayOut text attempt /> })}
        <div class="saying" role="status" aria-live="polite">
            {move || attempt.copied.get().map(|outcome| view! { <CopySaid outcome /> })}
        </div>
    }
}

#[component]
fn Said(outcome: Outcome) -> impl IntoView {
    let (result, sign, words) = match outcome {
        Outcome::Inserted { paragraphs } => {
            let words = view! {
                <p class="strong">{messages::INSERTED.text()}</p>
                <p>{messages::INSERTED_NEXT.text()}</p>
                {paragraphs.then(|| view! { <p>{messages::INSERTED_PARAGRAPHS.text()}</p> })}
            };
            ("inserted", Sign::Check, words.into_any())
        }
        Outcome::Failed { failure, .. } => {
            ("failed", Sign::Warning, view! { <Reason words=refusal::of_insertion(&failure) /> }.into_any())
        }
        Outcome::Refused(refusal) => {
            ("refused", Sign::Warning, view! { <Reason words=refusal::of_card(&refusal) /> }.into_any())
        }
        Outcome::Trouble(error) => ("failed", Sign::Warning, view! { <p>{trouble::words(&error)}</p> }.into_any()),
    };
    let class = if result == "inserted" { "notice good" } else { "notice bad" };
    view! {
        <div class=class data-testid="insert-result" data-result=result>
            <Icon sign />
            <div>{words}</div>
        </div>
    }
}

#[component]
fn CopySaid(outcome: CopyOutcome) -> impl IntoView {
    let (result, sign, words) = match outcome {
        CopyOutcome::Copied => ("copied", Sign::Check, messages::COPIED.text()),
        CopyOutcome::Denied => ("failed", Sign::Warning, messages::COPY_FAILED.text()),
        CopyOutcome::NotJournalled(error) => {
            ("copied", Sign::Warning, format!("{} {}", messages::COPIED.text(), trouble::words(&error)))
        }
    };
    let class = if matches!(sign, Sign::Check) { "notice good" } else { "notice bad" };
    view! {
        <div class=class data-testid="copy-result" data-result=result>
            <Icon sign />
            <p>{words}</p>
        </div>
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
fn WayOut(text: String, attempt: Attempt) -> impl IntoView {
    let field = crate::anchor::anchor("text");
    let copied = text.clone();
    view! {
        <div class="field way-out">
        <label for=field.clone()>{messages::TEXT_TO_COPY.text()}</label>
        <textarea id=field class="takeaway" rows="5" readonly prop:value=text></textarea>
        <button
            type="button"
            class="secondary"
            data-testid="copy-text"
            on:click=move |_| {
                if let Some(choice) = attempt.tried.get_value() {
                    attempt.copy(&copied, choice);
                }
            }
        >
            {messages::COPY_TEXT.text()}
        </button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::Outcome;
    use rejoinder_wire::{InsertAnswer, InsertFailure, InsertReport, ReplyRefusal};

    #[test]
    fn every_answer_but_an_armed_card_is_an_outcome() {
        let reported = |report| InsertAnswer::Reported { report, text: "Texte".into() };
        let inserted = |paragraphs| InsertReport::Inserted { inserter: "plain".into(), paragraphs };
        let failure = InsertFailure::OtherPost;
        for (answer, want) in [
            (InsertAnswer::Armed, None),
            (InsertAnswer::Refused { refusal: ReplyRefusal::Recalled }, Some(Outcome::Refused(ReplyRefusal::Recalled))),
            (reported(inserted(true)), Some(Outcome::Inserted { paragraphs: true })),
            (reported(inserted(false)), Some(Outcome::Inserted { paragraphs: false })),
            (
                reported(InsertReport::Failed { failure: failure.clone() }),
                Some(Outcome::Failed { failure, text: "Texte".into() }),
            ),
        ] {
            assert_eq!(Outcome::of(answer.clone()), want, "{answer:?}");
        }
    }
}
