//! Where texts, and bytes that can be made again, are kept: IndexedDB, or `storage.local` where the browser refuses IndexedDB to extensions (Firefox's
//! permanent private browsing).

mod indexed;
mod local;

use crate::browser::Area;
use js_sys::Uint8Array;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::str::FromStr;
use wasm_bindgen::{JsCast, JsValue};

pub(crate) use indexed::Indexed;
pub(crate) use local::Local;

/// What was found before there was a shelf: the database, with the engine in it.
#[derive(Debug)]
pub(crate) struct Kept {
    /// The database.
    pub(crate) database: Indexed,
    /// The engine as it was kept.
    pub(crate) engine: Vec<u8>,
}

impl Kept {
    /// `None` unless it is both.
    pub(crate) fn of(database: JsValue, engine: &JsValue) -> Option<Kept> {
        let engine = engine.dyn_ref::<Uint8Array>()?.to_vec();
        Some(Kept { database: Indexed::of(database)?, engine })
    }
}

/// Changes to texts: the new one, or `None` to remove it.
pub(crate) type Changes = Vec<(String, Option<String>)>;

/// Texts by key. Errors are what the browser said.
pub(crate) trait Shelf {
    /// One text.
    async fn get(&self, key: &str) -> Result<Option<String>, String>;

    /// All texts whose key begins so, with their keys, in the keys' order.
    async fn all(&self, prefix: &str) -> Result<Vec<(String, String)>, String>;

    /// What is kept under numbers behind a prefix, as JSON. What cannot be read costs only itself.
    async fn every<N: FromStr + Ord, T: DeserializeOwned>(&self, prefix: &str) -> Result<BTreeMap<N, T>, String> {
        let texts = self.all(prefix).await?;
        let read = |(key, text): (String, String)| Some((number_of(&key, prefix)?, serde_json::from_str(&text).ok()?));
        Ok(texts.into_iter().filter_map(read).collect())
    }

    /// Makes all the changes, or none.
    async fn write(&self, changes: Changes) -> Result<(), String>;

    /// Bytes that [`Shelf::put_bytes`] kept, if it did.
    async fn get_bytes(&self, key: &str) -> Result<Option<Vec<u8>>, String>;

    /// Keeps bytes that can be made again; a shelf without room for them need not.
    async fn put_bytes(&self, key: &str, bytes: &[u8]) -> Result<(), String>;
}

/// The number in a key.
pub(crate) fn number_of<N: FromStr>(key: &str, prefix: &str) -> Option<N> {
    key.strip_prefix(prefix)?.parse().ok()
}

/// The shelf of this browser.
#[derive(Debug)]
pub(crate) enum Disk {
    /// IndexedDB.
    Indexed(Indexed),
    /// `storage.local`.
    Local(Local),
}

impl Disk {
    /// Opens IndexedDB and writes to it; if either fails, `storage.local` it is. (In Firefox's permanent private
    /// browsing it is the first write that fails.)
    pub(crate) async fn open() -> Disk {
        match Indexed::open().await {
            Ok(indexed) => Disk::Indexed(indexed),
            Err(why) => {
                crate::console::warn(&format!("no IndexedDB ({why}); using storage.local"));
                Disk::Local(Local(Area::Local))
            }
        }
    }
}

impl Shelf for Disk {
    async fn get(&self, key: &str) -> Result<Option<String>, String> {
        match self {
            Disk::Indexed(shelf) => shelf.get(key).await,
            Disk::Local(shelf) => shelf.get(key).await,
        }
    }

    async fn all(&self, prefix: &str) -> Result<Vec<(String, String)>, String> {
        match self {
            Disk::Indexed(shelf) => shelf.all(prefix).await,
            Disk::Local(shelf) => shelf.all(prefix).await,
        }
    }

    async fn write(&self, changes: Changes) -> Result<(), String> {
        match self {
            Disk::Indexed(shelf) => shelf.write(changes).await,
            Disk::Local(shelf) => shelf.write(changes).await,
        }
    }

    async fn get_bytes(&self, key: &str) -> Result<Option<Vec<u8>>, String> {
        match self {
            Disk::Indexed(shelf) => shelf.get_bytes(key).await,
            Disk::Local(shelf) => shelf.get_bytes(key).await,
        }
    }

    async fn put_bytes(&self, key: &str, bytes: &[u8]) -> Result<(), String> {
        match self {
            Disk::Indexed(shelf) => shelf.put_bytes(key, bytes).await,
            Disk::Local(shelf) => shelf.put_bytes(key, bytes).await,
        }
    }
}

/// A shelf for tests.
#[cfg(test)]
#[derive(Debug, Default)]
pub(crate) struct Memory {
    texts: std::cell::RefCell<std::collections::BTreeMap<String, String>>,
    /// Whether writing fails.
    pub(crate) full: std::cell::Cell<bool>,
}

#[cfg(test)]
impl Memory {
    pub(crate) fn keys(&self) -> Vec<String> {
        self.texts.borrow().keys().cloned().collect()
    }
}

#[cfg(test)]
impl Shelf for Memory {
    async fn get(&self, key: &str) -> Result<Option<String>, String> {
        Ok(self.texts.borrow().get(key).cloned())
    }

    async fn all(&self, prefix: &str) -> Result<Vec<(String, String)>, String> {
        let texts = self.texts.borrow();
        Ok(texts.iter().filter(|(k, _)| k.starts_with(prefix)).map(|(k, v)| (k.clone(), v.clone())).collect())
    }

    async fn write(&self, changes: Changes) -> Result<(), String> {
        if self.full.get() {
            return Err("full".into());
        }
        for (key, text) in changes {
            match text {
                Some(text) => self.texts.borrow_mut().insert(key, text),
                None => self.texts.borrow_mut().remove(&key),
            };
        }
        Ok(())
    }

    async fn get_bytes(&self, _: &str) -> Result<Option<Vec<u8>>, String> {
        Ok(None)
    }

    async fn put_bytes(&self, _: &str, _: &[u8]) -> Result<(), String> {
        Ok(())
    }
}
