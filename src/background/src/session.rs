use crate::armed::Arming;
use crate::shelf::{Shelf, number_of};
use std::collections::{BTreeMap, BTreeSet};

const ARMED: &str = "armed/";

/// What outlives the worker, but not the browser: it is held in memory and never written to disk.
#[derive(Debug)]
pub(crate) struct Session<S> {
    shelf: S,
}

impl<S: Shelf> Session<S> {
    /// A session's memory on a shelf.
    pub(crate) fn new(shelf: S) -> Self {
        Session { shelf }
    }

    /// The armed cards, by tab. One that cannot be read costs only itself.
    pub(crate) async fn armed(&self) -> Result<BTreeMap<i32, Arming>, String> {
        self.shelf.every(ARMED).await
    }

    /// The tabs that have one.
    pub(crate) async fn armed_tabs(&self) -> Result<BTreeSet<i32>, String> {
        Ok(self.shelf.all(ARMED).await?.iter().filter_map(|(key, _)| number_of(key, ARMED)).collect())
    }

    /// Keeps the armed card of a tab.
    pub(crate) async fn set_armed(&self, tab: i32, armed: &Arming) -> Result<(), String> {
        let text = serde_json::to_string(armed).map_err(|e| e.to_string())?;
        self.shelf.write(vec![(format!("{ARMED}{tab}"), Some(text))]).await
    }

    /// Forgets the armed card of a tab.
    pub(crate) async fn forget_armed(&self, tab: i32) -> Result<(), String> {
        self.shelf.write(vec![(format!("{ARMED}{tab}"), None)]).await
    }
}
