use super::{Changes, Shelf};
use crate::browser::{self, Area};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;

/// Texts in an area of the extension's storage. What is new is set at once, then what is superfluous removed at once:
/// stopped between the two, only superfluous texts stay.
#[derive(Debug)]
pub(crate) struct Local(pub(crate) Area);

impl Shelf for Local {
    async fn get(&self, key: &str) -> Result<Option<String>, String> {
        let found = self.0.get(&JsValue::from_str(key)).await.map_err(|e| browser::said(&e))?;
        Ok(Reflect::get(&found, &JsValue::from_str(key)).ok().and_then(|v| v.as_string()))
    }

    async fn all(&self, prefix: &str) -> Result<Vec<(String, String)>, String> {
        let everything = self.0.get(&JsValue::NULL).await.map_err(|e| browser::said(&e))?;
        let mut texts: Vec<(String, String)> = Object::entries(&Object::from(everything))
            .iter()
            .filter_map(|entry| {
                let entry = Array::from(&entry);
                Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
            })
            .filter(|(key, _)| key.starts_with(prefix))
            .collect();
        texts.sort();
        Ok(texts)
    }

    async fn write(&self, changes: Changes) -> Result<(), String> {
        let (set, removed) = (Object::new(), Array::new());
        for (key, text) in &changes {
            match text {
                // Setting a property of a plain object of ours cannot fail.
                Some(text) => drop(Reflect::set(&set, &JsValue::from_str(key), &JsValue::from_str(text))),
                None => drop(removed.push(&JsValue::from_str(key))),
            }
        }
        self.0.set(&set).await.map_err(|e| browser::said(&e))?;
        if removed.length() > 0 {
            self.0.remove(&removed).await.map_err(|e| browser::said(&e))?;
        }
        Ok(())
    }

    // Text only, and little room: bytes are made again.
    async fn get_bytes(&self, _: &str) -> Result<Option<Vec<u8>>, String> {
        Ok(None)
    }

    async fn put_bytes(&self, _: &str, _: &[u8]) -> Result<(), String> {
        Ok(())
    }
}
