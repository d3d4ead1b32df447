use crate::{
    background::{self, Asked},
    browser,
};
use leptos::{prelude::*, task::spawn_local};
use rejoinder_wire::{BackgroundToPanel, TabView};

/// What the panel knows of the tab it follows.
#[derive(Clone, Copy)]
pub(crate) struct Reading {
    /// The tab; `None` until the browser has said which.
    pub tab: RwSignal<Option<i32>>,
    /// The background's view of it; `None` until it has answered.
    pub view: RwSignal<Option<Asked<TabView>>>,
    /// Whether a request is under way, and whether something changed since it was sent.
    asking: StoredValue<(bool, bool)>,
}

impl Reading {
    /// Follows the active tab of this window, or the tab that the page's address names.
    pub(crate) fn follow() -> Reading {
        let reading =
            Reading { tab: RwSignal::new(None), view: RwSignal::new(None), asking: StoredValue::new((false, false)) };
        background::listen(move |news| match news {
            BackgroundToPanel::Tab { tab } if reading.tab.get_untracked() == Some(tab) => reading.refresh(),
            BackgroundToPanel::Settings => reading.refresh(),
            BackgroundToPanel::Tab { .. } | BackgroundToPanel::Journal => {}
        });
        browser::on_tab_updated(move |tab| {
            if reading.tab.get_untracked() == Some(tab) {
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
}
