use super::{Changes, Shelf};
use idb::builder::{DatabaseBuilder, ObjectStoreBuilder};
use idb::{Database, Error, KeyRange, Query, TransactionMode};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};

const DATABASE: &str = "rejoinder";
const VERSION: u32 = 1;
const STORE: &str = "texts";
/// Written once, to see that writing works.
const PROBE: &str = "probe";

/// Texts and bytes in one object store of IndexedDB.
#[derive(Debug)]
pub(crate) struct Indexed {
    database: Database,
}

impl Indexed {
    /// Opens the database and sees, the first time, that it can be written.
    ///
    /// # Errors
    /// What the browser said.
    pub(crate) async fn open() -> Result<Indexed, String> {
        let store = ObjectStoreBuilder::new(STORE);
        let database =
            DatabaseBuilder::new(DATABASE).version(VERSION).add_object_store(store).build().await.map_err(said)?;
        let indexed = Indexed { database };
        if indexed.get(PROBE).await?.is_none() {
            indexed.write(vec![(PROBE.into(), Some(String::new()))]).await?;
        }
        Ok(indexed)
    }

    /// One that was opened, and written to before. `None` if it is no database.
    pub(crate) fn of(database: JsValue) -> Option<Indexed> {
        Some(Indexed { database: Database::try_from(database).ok()? })
    }

    async fn put(&self, changes: &Changes) -> Result<bool, Error> {
        let transaction = self.database.transaction(&[STORE], TransactionMode::ReadWrite)?;
        let store = transaction.object_store(STORE)?;
        for (key, text) in changes {
            let key = JsValue::from_str(key);
            match text {
                Some(text) => drop(store.put(&JsValue::from_str(text), Some(&key))?),
                None => drop(store.delete(Query::Key(key))?),
            }
        }
        Ok(transaction.commit()?.await?.is_committed())
    }

    async fn put_value(&self, key: &str, value: &JsValue) -> Result<bool, Error> {
        let transaction = self.database.transaction(&[STORE], TransactionMode::ReadWrite)?;
        let store = transaction.object_store(STORE)?;
        drop(store.put(value, Some(&JsValue::from_str(key)))?);
        Ok(transaction.commit()?.await?.is_committed())
    }
}

impl Shelf for Indexed {
    async fn get(&self, key: &str) -> Result<Option<String>, String> {
        let transaction = self.database.transaction(&[STORE], TransactionMode::ReadOnly).map_err(said)?;
        let store = transaction.object_store(STORE).map_err(said)?;
        let value = store.get(Query::Key(JsValue::from_str(key))).map_err(said)?.await.map_err(said)?;
        Ok(value.and_then(|v| v.as_string()))
    }

    async fn all(&self, prefix: &str) -> Result<Vec<(String, String)>, String> {
        let transaction = self.database.transaction(&[STORE], TransactionMode::ReadOnly).map_err(said)?;
        let store = transaction.object_store(STORE).map_err(said)?;
        let end = JsValue::from_str(&format!("{prefix}\u{ffff}"));
        let range = KeyRange::bound(&JsValue::from_str(prefix), &end, None, None).map_err(said)?;
        // Both are asked before either is awaited: a transaction with nothing to do ends by itself.
        let keys = store.get_all_keys(Some(Query::KeyRange(range.clone())), None).map_err(said)?;
        let texts = store.get_all(Some(Query::KeyRange(range)), None).map_err(said)?;
        let (keys, texts) = (keys.await.map_err(said)?, texts.await.map_err(said)?);
        Ok(keys.iter().zip(&texts).filter_map(|(k, t)| Some((k.as_string()?, t.as_string()?))).collect())
    }

    async fn write(&self, changes: Changes) -> Result<(), String> {
        done(self.put(&changes).await)
    }

    async fn get_bytes(&self, key: &str) -> Result<Option<Vec<u8>>, String> {
        let transaction = self.database.transaction(&[STORE], TransactionMode::ReadOnly).map_err(said)?;
        let store = transaction.object_store(STORE).map_err(said)?;
        let value = store.get(Query::Key(JsValue::from_str(key))).map_err(said)?.await.map_err(said)?;
        Ok(value.and_then(|v| v.dyn_into::<Uint8Array>().ok()).map(|bytes| bytes.to_vec()))
    }

    async fn put_bytes(&self, key: &str, bytes: &[u8]) -> Result<(), String> {
        done(self.put_value(key, &Uint8Array::from(bytes)).await)
    }
}

fn done(committed: Result<bool, Error>) -> Result<(), String> {
    match committed {
        Ok(true) => Ok(()),
        Ok(false) => Err("the transaction was aborted".into()),
        Err(error) => Err(said(error)),
    }
}

fn said(error: Error) -> String {
    error.to_string()
}
