use crate::{
    background::{self, Asked},
    browser,
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use rejoinder_wire::{BackgroundToPanel, TabState, TabView};

/// What the panel knows of the tab it follows.
#[derive(Clone, Copy)]
pub(crate) struct Reading {
    /// The tab; `None` until the browser has said which.
    pub tab: RwSignal<Option<i32>>,
    /// The background's view of it; `None` until it has answered.
    pub view: RwSignal<Option<Asked<TabView>>>,
    /// Whether a request is under way, and whether something changed since it was sent.
    asking: StoredValue<(bool, bool)>,
    /// How many more answers that know fewer posts are not believed.
    patience: StoredValue<u32>,
}

/// A background that was stopped forgets what it read, and has the page read again: for a moment it knows fewer posts. What
/// the manager opened in the list must not close for that. A page that really lost posts is believed after so many
/// answers, [`PAUSE`] apart; one that was left, at once.
const PATIENCE: u32 = 4;

/// Milliseconds.
const PAUSE: u32 = 500;

impl Reading {
    /// Follows the active tab of this window, or the tab that the page's address names.
    pub(crate) fn follow() -> Reading {
        let reading = Reading {
            tab: RwSignal::new(None),
            view: RwSignal::new(None),
            asking: StoredValue::new((false, false)),
            patience: StoredValue::new(0),
        };
        background::listen(move |news| match news {
            BackgroundToPanel::Tab { tab } if reading.tab.get_untracked() == Some(tab) => reading.refresh(),
            BackgroundToPanel::Settings => reading.refresh(),
            BackgroundToPanel::Tab { .. } | BackgroundToPanel::Journal => {}
        });
        browser::on_tab_updated(move |tab| {
            if reading.tab.get_untracked() == Some(tab) {
                reading.patience.set_value(0);
                reading.refresh();
            }
        });
        match browser::pinned_tab() {
            Some(tab) => reading.turn_to(tab),
            None => spawn_local(reading.follow_window()),
        }
        reading
    }

    async fn follow_window(self) {
        let window = browser::current_window().await;
        browser::on_tab_activated(move |tab, of| {
            if window.is_none_or(|window| window == of) {
                self.turn_to(tab);
            }
        });
        if let Some(tab) = browser::active_tab().await {
            self.turn_to(tab);
        }
    }

    fn turn_to(self, tab: i32) {
        if self.tab.get_untracked() != Some(tab) {
            self.tab.set(Some(tab));
            self.view.set(None);
            self.patience.set_value(0);
        }
        self.refresh();
    }

    /// Asks the background again. Requests never pile up: what changes while one is under way leads to one more.
    pub(crate) fn refresh(self) {
        let (under_way, _) = self.asking.get_value();
        self.asking.set_value((true, under_way));
        if under_way {
            return;
        }
        spawn_local(async move {
            loop {
                let Some(tab) = self.tab.get_untracked() else {
                    self.asking.set_value((false, false));
                    return;
                };
                let view = background::tab(tab).await;
                // The manager may have turned to another tab meanwhile: then this answer is not for what is shown.
                if self.tab.get_untracked() == Some(tab) {
                    if self.is_being_read_again(&view) {
                        self.patience.update_value(|left| *left -= 1);
                        TimeoutFuture::new(PAUSE).await;
                        continue;
                    }
                    self.patience.set_value(PATIENCE);
                    self.view.set(Some(view));
                }
                let (_, changed) = self.asking.get_value();
                self.asking.set_value((changed, false));
                if !changed {
                    return;
                }
            }
        });
    }

    /// Whether an answer knows fewer posts of the page that is shown than the panel does, and is not to be believed yet.
    fn is_being_read_again(self, answer: &Asked<TabView>) -> bool {
        let fewer = |shown: &TabView, now: &TabView| {
            let read = |view: &TabView| matches!(view.state, TabState::Read | TabState::Waiting);
            shown.tab == now.tab && shown.origin == now.origin && read(now) && now.posts < shown.posts
        };
        let shown = |view: &Option<Asked<TabView>>| match (view, answer) {
            (Some(Ok(shown)), Ok(now)) => fewer(shown, now),
            _ => false,
        };
        self.patience.get_value() > 0 && self.view.with_untracked(shown)
    }
}
