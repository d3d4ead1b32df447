use crate::{
    background::{self, Asked},
    trouble::Said,
};
use leptos::{prelude::*, task::spawn_local};
use rejoinder_wire::{BackgroundToPanel, Setting, SettingsView};

/// The settings as the background last told them, shared by the whole page.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    /// `None` until the background has answered.
    pub view: RwSignal<Option<Asked<SettingsView>>>,
}

impl Settings {
    /// Follows the settings from now on, and gives them to every component below.
    pub(crate) fn follow() -> Settings {
        let settings = Settings { view: RwSignal::new(None) };
        provide_context(settings);
        background::listen(move |news| {
            if news == BackgroundToPanel::Settings {
                settings.refresh();
            }
        });
        settings.refresh();
        settings
    }

    fn refresh(self) {
        spawn_local(async move { self.view.set(Some(background::settings().await)) });
    }

    /// Takes the answer of a request that changes settings: shows the new ones, or says what went wrong. True when it
    /// was done.
    pub(crate) fn take(self, answer: Asked<SettingsView>, said: RwSignal<Option<Said>>) -> bool {
        match answer {
            Ok(view) => {
                self.view.set(Some(Ok(view)));
                true
            }
            Err(error) => {
                // Who asked may be gone by now.
                let _ = said.try_set(Some(Said::from(&error)));
                false
            }
        }
    }

    /// Whether the organisation has locked a setting.
    pub(crate) fn locks(self, setting: Setting) -> Memo<bool> {
        self.part(move |settings| settings.policy.as_ref().is_some_and(|policy| policy.locked.contains(&setting)))
    }

    /// Whether the organisation forbids to enable a site: it has locked the sites, and this is none of them.
    pub(crate) fn forbids_site(self, pattern: &str) -> bool {
        self.view.with(|view| match view {
            Some(Ok(SettingsView { policy: Some(policy), .. })) => {
                policy.locked.contains(&Setting::Sites) && !policy.sites.iter().any(|site| site == pattern)
            }
            _ => false,
        })
    }

    /// One part of the settings, changing only when it does; its default until they are known.
    pub(crate) fn part<T>(self, part: impl Fn(&SettingsView) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| {
            self.view.with(|view| match view {
                Some(Ok(view)) => part(view),
                _ => T::default(),
            })
        })
    }
}
