//! The extension's background: owns the engine, the packs, the sync, the journal and what was found in the open
//! tabs. `extension/background/worker.ts` registers the browser's listeners and passes every event to [`Background`].

mod accounts;
mod adapters;
mod address;
mod age;
mod armed;
mod browser;
mod clock;
mod composer;
mod console;
mod core;
mod digest;
mod excerpt;
mod fetch;
mod follow;
mod frames;
mod journal;
mod library;
mod load;
mod marks;
mod office;
mod own;
mod page;
mod panel;
mod pattern;
mod policy;
mod readings;
mod regexes;
mod reply;
mod session;
mod shelf;
mod sites;
mod store;
mod subscribe;
mod subscription;
mod sync;
mod tabs;
#[cfg(test)]
mod testing;
mod timeout;

use crate::browser::Sender;
use crate::core::Core;
use crate::shelf::Kept;
use gloo_timers::future::TimeoutFuture;
use rejoinder_wire::Envelope;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// The background of one run of the worker.
#[wasm_bindgen]
#[derive(Clone, Debug)]
pub struct Background {
    core: Rc<Core>,
}

#[wasm_bindgen]
impl Background {
    /// Loads of the last good state what it takes to read pages. The rest, and what may wait (alarm, a check that is due),
    /// follows by itself. `database` and `engine` are what was found of it already.
    ///
    /// # Errors
    /// When nothing at all could be loaded.
    pub async fn start(database: JsValue, engine: JsValue) -> Result<Background, JsValue> {
        console_error_panic_hook::set_once();
        let core = Core::load(Kept::of(database, &engine)).await.map_err(refused)?;
        let later = Rc::clone(&core);
        spawn_local(async move {
            // Who woke the worker is answered first: to load the rest takes as long again.
            TimeoutFuture::new(0).await;
            if let Err(why) = office::catch_up(later).await {
                console::warn(&why.to_string());
            }
        });
        Ok(Background { core })
    }

    /// Answers a message: the JSON of the answer, or `undefined` for a sender that may not speak on this channel.
    ///
    /// # Errors
    /// When the answer has no JSON form, or what was asked cannot be loaded.
    pub async fn message(&self, from: String, json: String, sender: JsValue) -> Result<Option<String>, JsValue> {
        let sender: Sender = serde_wasm_bindgen::from_value(sender)?;
        let (id, home) = (browser::id(), browser::home());
        match from.as_str() {
            "panel" if panel::is_ours(&sender, &id, &home) => {
                office::panel(Rc::clone(&self.core), json).await.map(Some).map_err(refused)
            }
            "page" => match page::Place::of(&sender, &id, &home) {
                Some(place) => Envelope::new(self.core.page(place, &json).await).to_json().map(Some).map_err(refused),
                None => Ok(None),
            },
            _ => Ok(None),
        }
    }

    /// An alarm rang.
    ///
    /// # Errors
    /// When what it takes cannot be loaded.
    pub async fn alarm(&self, name: String) -> Result<(), JsValue> {
        office::alarm(Rc::clone(&self.core), name).await.map_err(refused)
    }

    /// A tab was closed.
    pub fn tab_removed(&self, tab: i32) {
        self.core.left(tab);
    }

    /// A tab loads, or has loaded, something (`status`, as the browser calls it).
    pub async fn tab_status(&self, tab: i32, status: String) {
        self.core.tab_moved(tab, &status).await;
    }

    /// The organisation's policy changed.
    ///
    /// # Errors
    /// When what it takes cannot be loaded.
    pub async fn policy_changed(&self) -> Result<(), JsValue> {
        office::policy_changed(Rc::clone(&self.core)).await.map_err(refused)
    }

    /// Permissions were taken back.
    ///
    /// # Errors
    /// When what it takes cannot be loaded.
    pub async fn permissions_removed(&self) -> Result<(), JsValue> {
        office::permissions_removed(Rc::clone(&self.core)).await.map_err(refused)
    }

    /// The extension was installed or updated.
    ///
    /// # Errors
    /// When what it takes cannot be loaded.
    pub async fn installed(&self) -> Result<(), JsValue> {
        office::installed(Rc::clone(&self.core)).await.map_err(refused)
    }
}

fn refused(why: impl ToString) -> JsValue {
    JsValue::from_str(&why.to_string())
}
