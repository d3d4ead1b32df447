use crate::{
    background::{self, AskError, Choice},
    calendar,
    icon::{Icon, Sign},
    insertion::{Attempt, AttemptResult},
    messages,
    trouble::{Said, Saying},
};
use leptos::{ev, html, prelude::*, task::spawn_local};
use rejoinder_wire::{ArmedState, ArmedView, TabView};

/// The card of the tab that waits for a reply box, and which cards of the panel are open to tell of it.
#[derive(Clone, Copy)]
pub(crate) struct Arming {
    /// As the background last told it.
    view: Memo<Option<ArmedView>>,
    /// The cards that are open.
    open: RwSignal<Vec<Choice>>,
    /// What the manager last asked to insert: the background does not tell an armed card's draft.
    asked: StoredValue<Option<Choice>>,
}

impl Arming {
    /// Follows the armed card from now on, and gives it to every component below. Escape puts an end to it.
    pub(crate) fn follow(view: Memo<Option<TabView>>) -> Arming {
        let view = Memo::new(move |_| view.with(|view| view.as_ref().and_then(|view| view.armed.clone())));
        let arming = Arming { view, open: RwSignal::new(Vec::new()), asked: StoredValue::new(None) };
        provide_context(arming);
        let escape = window_event_listener(ev::keydown, move |event| {
            // Within a composed character, it ends that.
            if event.key() == "Escape" && !event.is_composing() {
                arming.give_up();
            }
        });
        on_cleanup(move || escape.remove());
        arming
    }

    /// Says that a card is open, as long as the component lives that calls this.
    pub(crate) fn open(self, choice: Choice) {
        self.open.update(|open| open.push(choice.clone()));
        on_cleanup(move || {
            let close = |open: &mut Vec<Choice>| {
                if let Some(at) = open.iter().position(|other| *other == choice) {
                    open.swap_remove(at);
                }
            };
            let _ = self.open.try_update(close);
        });
    }

    /// What there is to tell at a card, whichever of its wordings was armed.
    pub(crate) fn of(self, choice: Choice) -> Memo<Option<ArmedView>> {
        Memo::new(move |_| self.view.get().filter(|armed| is_of(armed, &choice)))
    }

    /// What there is to tell elsewhere than at a card, as no open card does.
    pub(crate) fn elsewhere(
        self,
        cards_in_sight: impl Fn() -> bool + Send + Sync + 'static,
    ) -> Memo<Option<ArmedView>> {
        Memo::new(move |_| {
            let told = |armed: &ArmedView| self.open.with(|open| open.iter().any(|choice| is_of(armed, choice)));
            let in_sight = cards_in_sight();
            self.view.get().filter(|armed| !in_sight || !told(armed))
        })
    }

    /// Remembers what is asked for.
    pub(crate) fn ask(self, choice: Choice) {
        self.asked.set_value(Some(choice));
    }

    /// What was asked for when a card was armed; `None`: that was before this panel was opened.
    fn asked(self, armed: &ArmedView) -> Option<Choice> {
        self.asked.get_value().filter(|asked| is_of(armed, asked) && asked.variant == armed.variant)
    }

    /// The card that waits does so no more. When that cannot be told, it goes on being shown as waiting.
    fn give_up(self) {
        if let Some(armed) = self.view.get_untracked().filter(|armed| is_waiting(&armed.state)) {
            disarm(armed.post.tab, |_| ());
        }
    }

    /// The text at a card has changed: what waits is not it any more, and what went in was another one.
    pub(crate) fn reword(self, armed: Option<ArmedView>) {
        let gone = |armed: &ArmedView| is_waiting(&armed.state) || matches!(armed.state, ArmedState::Done { .. });
        if let Some(armed) = armed.filter(gone) {
            disarm(armed.post.tab, |_| ());
        }
    }

    /// The tab of which the end of an earlier wait is still told.
    pub(crate) fn over(self) -> Option<i32> {
        self.view.get_untracked().filter(|armed| !is_waiting(&armed.state)).map(|armed| armed.post.tab)
    }
}

fn disarm(tab: i32, failed: impl FnOnce(&AskError) + 'static) {
    spawn_local(async move {
        if let Err(error) = background::disarm(tab).await {
            failed(&error);
        }
    });
}

fn is_of(armed: &ArmedView, choice: &Choice) -> bool {
    armed.post == choice.post && armed.claim == choice.claim && armed.card == choice.card
}

fn is_waiting(state: &ArmedState) -> bool {
    matches!(state, ArmedState::Waiting { .. } | ArmedState::OtherPost { .. })
}

/// The state as data. One in which the manager said to go on waiting waits.
fn name(state: &ArmedState, going_on: bool) -> &'static str {
    match state {
        ArmedState::Waiting { .. } => "waiting",
        ArmedState::OtherPost { .. } if going_on => "waiting",
        ArmedState::OtherPost { .. } => "other_post",
        ArmedState::Done { .. } => "done",
        ArmedState::TimedOut => "timed_out",
        ArmedState::Disarmed => "disarmed",
    }
}

/// What is said of a state: first what it is, then what there is to know. What a finished insertion came to is said where
/// it is always said.
fn words(state: &ArmedState, going_on: bool) -> Option<(String, String)> {
    let opened = |opener: &Option<String>| match opener {
        Some(opener) => messages::ARMED_OPENER.with(&[opener]),
        None => messages::ARMED_OPEN.text(),
    };
    let until = |until: &str| messages::ARMED_UNTIL.with(&[&calendar::soon(until)]);
    match state {
        ArmedState::Waiting { opener, until: at } => Some((opened(opener), until(at))),
        ArmedState::OtherPost { until: at } if going_on => Some((opened(&None), until(at))),
        ArmedState::OtherPost { until: at } => Some((messages::ARMED_OTHER_POST.text(), until(at))),
        ArmedState::Done { .. } => None,
        ArmedState::TimedOut => Some((messages::ARMED_TIMED_OUT.text(), messages::ARMED_AGAIN.text())),
        ArmedState::Disarmed => Some((messages::ARMED_DISARMED.text(), messages::ARMED_AGAIN.text())),
    }
}

/// What becomes of an attempt, from the answer to the click to the opening of a reply box.
///
/// Buttons come and go with what happens in the page. When one that was pressed goes, its place takes the focus; the one
/// that ends the matter stays the same element all along.
#[component]
pub(crate) fn Course(attempt: Attempt, armed: Memo<Option<ArmedView>>) -> impl IntoView {
    let arming = expect_context::<Arming>();
    let place: NodeRef<html::Div> = NodeRef::new();
    let going_on = RwSignal::new(false);
    let said: RwSignal<Option<Said>> = RwSignal::new(None);
    Effect::new(move || {
        going_on.set(false);
        said.set(None);
        if let Some(ArmedView { post, claim, card, variant, state: ArmedState::Done { answer } }) = armed.get() {
            let whole = || Choice { post, claim, card, variant, draft: Default::default() };
            let asked = armed.with_untracked(|armed| armed.as_ref().and_then(|armed| arming.asked(armed)));
            attempt.settle(asked.unwrap_or_else(whole), answer);
        }
    });
    let state = move || armed.with(|armed| armed.as_ref().map(|armed| name(&armed.state, going_on.get())));
    let asking = Memo::new(move |_| state() == Some("other_post"));
    // What may go in another post's box: what was tried, or what is armed.
    let there = Memo::new(move |_| {
        let armed = armed.with(|armed| armed.as_ref().filter(|_| asking.get()).and_then(|armed| arming.asked(armed)));
        armed.or_else(|| attempt.elsewhere())
    });
    let go_to_place = move || {
        if let Some(place) = place.get_untracked() {
            let _ = place.focus();
        }
    };
    let end = move |_| {
        go_to_place();
        attempt.forget();
        if let Some(tab) = armed.with_untracked(|armed| armed.as_ref().map(|armed| armed.post.tab)) {
            disarm(tab, move |error| {
                let _ = said.try_set(Some(Said::from(error)));
            });
        }
    };
    let waits = Memo::new(move |_| armed.with(|armed| armed.as_ref().is_some_and(|armed| is_waiting(&armed.state))));
    view! {
        <div
            class="course"
            tabindex="-1"
            node_ref=place
            data-testid=move || state().map(|_| "armed")
            data-state=state
        >
            <div class="saying" role="status" aria-live="polite">
                {move || {
                    let (first, then) =
                        armed.with(|armed| armed.as_ref().and_then(|armed| words(&armed.state, going_on.get())))?;
                    Some(view! {
                        <div class="notice">
                            <Icon sign=Sign::Bubble />
                            <div>
                                <p class="strong">{first}</p>
                                <p>{then}</p>
                            </div>
                        </div>
                    })
                }}
            </div>
            <AttemptResult attempt />
            <div class="actions">
                <Show when=move || there.with(Option::is_some)>
                    <button
                        type="button"
                        class="secondary"
                        data-testid="insert-there"
                        aria-busy=move || attempt.busy.get().to_string()
                        on:click=move |_| {
                            go_to_place();
                            if let Some(choice) = there.get_untracked() {
                                attempt.insert(choice, true);
                            }
                        }
                    >
                        {messages::INSERT_THERE.text()}
                    </button>
                </Show>
                <Show when=move || asking.get()>
                    <button
                        type="button"
                        class="secondary"
                        data-testid="keep-waiting"
                        on:click=move |_| {
                            go_to_place();
                            going_on.set(true);
                        }
                    >
                        {messages::KEEP_WAITING.text()}
                    </button>
                </Show>
                <Show when=move || armed.with(Option::is_some)>
                    <button
                        type="button"
                        class="secondary"
                        data-testid=move || if waits.get() { "cancel" } else { "close" }
                        on:click=end
                    >
                        {move || if waits.get() { messages::CANCEL.text() } else { messages::CLOSE.text() }}
                    </button>
                </Show>
            </div>
            <Saying said />
        </div>
    }
}

/// The same for a card that is not open, at the top of the panel.
#[component]
pub(crate) fn Elsewhere(
    /// What no card tells.
    armed: Memo<Option<ArmedView>>,
    view: Memo<Option<TabView>>,
) -> impl IntoView {
    let attempt = Attempt::new();
    // What was said there goes with it.
    Effect::new(move || {
        if armed.with(Option::is_none) {
            attempt.forget();
        }
    });
    let title = move || {
        let armed = armed.get()?;
        let title = view.with(|view| {
            let of = |view: &TabView| {
                let found = view.findings.iter().find(|f| f.post == armed.post && f.finding.claim == armed.claim);
                found.map(|found| found.finding.title.clone())
            };
            view.as_ref().and_then(of)
        })?;
        Some(view! { <p class="caption">{messages::ARMED_FOR.with(&[&title])}</p> })
    };
    view! {
        <div class="elsewhere">
            {title}
            <Course attempt armed />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rejoinder_wire::{FoundPost, InsertAnswer};

    #[test]
    fn a_state_has_its_name_and_waits_or_is_over() {
        let until = || "2026-11-26T18:00:00Z".to_owned();
        for (state, going_on, want, waiting) in [
            (ArmedState::Waiting { opener: None, until: until() }, false, "waiting", true),
            (ArmedState::OtherPost { until: until() }, false, "other_post", true),
            (ArmedState::OtherPost { until: until() }, true, "waiting", true),
            (ArmedState::Done { answer: InsertAnswer::Armed }, false, "done", false),
            (ArmedState::TimedOut, false, "timed_out", false),
            (ArmedState::Disarmed, true, "disarmed", false),
        ] {
            assert_eq!((name(&state, going_on), is_waiting(&state)), (want, waiting));
        }
    }

    #[test]
    fn an_armed_card_is_told_at_that_card_of_that_post_and_claim() {
        let post = FoundPost { tab: 1, frame: 0, post: 7 };
        let armed =
            ArmedView { post, claim: "a".into(), card: "c".into(), variant: "v".into(), state: ArmedState::TimedOut };
        let choice = |post, claim: &str, card: &str, variant: &str| Choice {
            post,
            claim: claim.into(),
            card: card.into(),
            variant: variant.into(),
            draft: Default::default(),
        };
        for (choice, want) in [
            (choice(post, "a", "c", "v"), true),
            (choice(post, "a", "c", "another wording"), true),
            (choice(FoundPost { post: 8, ..post }, "a", "c", "v"), false),
            (choice(FoundPost { tab: 2, ..post }, "a", "c", "v"), false),
            (choice(post, "b", "c", "v"), false),
            (choice(post, "a", "d", "v"), false),
        ] {
            assert_eq!(is_of(&armed, &choice), want, "{choice:?}");
        }
    }
}
