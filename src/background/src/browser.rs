//! The browser's extension interfaces that the background uses, typed. `chrome` is there in both browsers, and in
//! both it answers with promises.

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

/// Who sent a message, as the browser says.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Sender {
    /// Id of the extension.
    pub(crate) id: Option<String>,
    /// Address of the document.
    pub(crate) url: Option<String>,
    /// Its origin, where the browser says (`null` for a sandboxed one).
    pub(crate) origin: Option<String>,
    /// The tab it is in, if any.
    pub(crate) tab: Option<Tab>,
    /// The frame in the tab.
    pub(crate) frame_id: Option<f64>,
    /// The browser's id of the document, where it gives one.
    pub(crate) document_id: Option<String>,
}

/// A tab. The address is told only for hosts that the extension was granted.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Tab {
    /// Its id.
    pub(crate) id: Option<i32>,
    /// Address of its main document.
    pub(crate) url: Option<String>,
}

/// A message, marked with whom it is for.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Message<'a> {
    /// `page` or `panel`.
    pub(crate) to: &'static str,
    /// The message of the wire.
    pub(crate) json: &'a str,
}

/// Which frames of a tab.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Target {
    /// The tab.
    pub(crate) tab_id: i32,
    /// All of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) all_frames: Option<bool>,
    /// These.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) frame_ids: Option<Vec<f64>>,
}

#[derive(Serialize)]
struct Files {
    target: Target,
    files: Vec<&'static str>,
}

#[derive(Serialize)]
struct Css<'a> {
    target: Target,
    css: &'a str,
    origin: &'static str,
}

/// A content script that the browser starts by itself.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ContentScript {
    pub(crate) id: &'static str,
    pub(crate) js: Vec<&'static str>,
    pub(crate) matches: Vec<String>,
    pub(crate) all_frames: bool,
    pub(crate) match_origin_as_fallback: bool,
    pub(crate) run_at: &'static str,
    pub(crate) persist_across_sessions: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ToFrame<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    frame_id: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document_id: Option<&'a str>,
}

mod raw {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = crypto, js_name = randomUUID)]
        pub(super) fn random_uuid() -> String;
        #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = getURL)]
        pub(super) fn get_url(path: &str) -> String;
        #[wasm_bindgen(thread_local_v2, js_namespace = ["chrome", "runtime"], js_name = id)]
        pub(super) static ID: String;
        #[wasm_bindgen(catch, js_namespace = ["chrome", "runtime"], js_name = sendMessage)]
        pub(super) async fn runtime_send(message: JsValue) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(catch, js_namespace = ["chrome", "tabs"], js_name = sendMessage)]
        pub(super) async fn tabs_send(tab: i32, message: JsValue, options: JsValue) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(catch, js_namespace = ["chrome", "tabs"], js_name = get)]
        pub(super) async fn tabs_get(tab: i32) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(catch, js_namespace = ["chrome", "tabs"], js_name = query)]
        pub(super) async fn tabs_query(query: JsValue) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(catch, js_namespace = ["chrome", "permissions"], js_name = contains)]
        pub(super) async fn permissions_contains(permissions: JsValue) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(catch, js_namespace = ["chrome", "permissions"], js_name = remove)]
        pub(super) async fn permissions_remove(permissions: JsValue) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(catch, js_namespace = ["chrome", "scripting"], js_name = executeScript)]
        pub(super) async fn execute_script(injection: JsValue) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(catch, js_namespace = ["chrome", "scripting"], js_name = insertCSS)]
        pub(super) async fn insert_css(injection: JsValue) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(catch, js_namespace = ["chrome", "scripting"], js_name = registerContentScripts)]
        pub(super) async fn register_scripts(scripts: JsValue) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(catch, js_namespace = ["chrome", "scripting"], js_name = unregisterContentScripts)]
        pub(super) async fn unregister_scripts(filter: JsValue) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(catch, js_namespace = ["chrome", "scripting"], js_name = getRegisteredContentScripts)]
        pub(super) async fn registered_scripts(filter: JsValue) -> Result<JsValue, JsValue>;
        // A promise in Chromium only, so it is not waited for.
        #[wasm_bindgen(catch, js_namespace = ["chrome", "alarms"], js_name = create)]
        pub(super) fn alarm_create(name: &str, info: JsValue) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "managed"], js_name = get)]
        pub(super) async fn managed_get(keys: &JsValue) -> Result<JsValue, JsValue>;
        pub(super) type StorageArea;
        #[wasm_bindgen(thread_local_v2, js_namespace = ["chrome", "storage"], js_name = local)]
        pub(super) static LOCAL: StorageArea;
        #[wasm_bindgen(thread_local_v2, js_namespace = ["chrome", "storage"], js_name = session)]
        pub(super) static SESSION: StorageArea;
        #[wasm_bindgen(method, catch)]
        pub(super) async fn get(this: &StorageArea, keys: &JsValue) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(method, catch)]
        pub(super) async fn set(this: &StorageArea, items: &JsValue) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(method, catch)]
        pub(super) async fn remove(this: &StorageArea, keys: &JsValue) -> Result<JsValue, JsValue>;
    }
}

/// 122 random bits, as a text.
pub(crate) fn random() -> String {
    raw::random_uuid()
}

/// A failure in words.
pub(crate) fn said(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => error.as_string().unwrap_or_else(|| format!("{error:?}")),
    }
}

/// A plain object of a value of ours.
fn object(value: &impl Serialize) -> Result<JsValue, JsValue> {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).map_err(JsValue::from)
}

/// Id of this extension.
pub(crate) fn id() -> String {
    raw::ID.with(Clone::clone)
}

/// The address that every page of this extension begins with.
pub(crate) fn home() -> String {
    raw::get_url("")
}

/// Tells the open panels and options pages; that none is open is no failure.
pub(crate) async fn tell_panels(json: &str) {
    if let Ok(message) = object(&Message { to: "panel", json }) {
        let _ = raw::runtime_send(message).await;
    }
}

/// Asks the script in one frame of a tab, or in all of them (`None`), and gives the answer, if it is a text.
///
/// # Errors
/// When nothing is there that listens.
pub(crate) async fn ask_page(
    tab: i32,
    frame: Option<i64>,
    document: Option<&str>,
    json: &str,
) -> Result<Option<String>, JsValue> {
    let options = object(&ToFrame { frame_id: frame.map(frame_number), document_id: document })?;
    let answer = raw::tabs_send(tab, object(&Message { to: "page", json })?, options).await?;
    Ok(answer.as_string())
}

/// Whether a message found nobody, as opposed to nobody who answers.
pub(crate) fn is_nobody_there(error: &JsValue) -> bool {
    said(error).contains("Receiving end does not exist")
}

/// A frame's id as the browser's number.
pub(crate) fn frame_number(frame: i64) -> f64 {
    // Frame ids are far below 2^53 in both browsers: they were numbers there.
    #[expect(clippy::cast_precision_loss)]
    let number = frame as f64;
    number
}

/// A tab that exists.
pub(crate) async fn tab(id: i32) -> Option<Tab> {
    serde_wasm_bindgen::from_value(raw::tabs_get(id).await.ok()?).ok()
}

/// The open tabs of some hosts.
pub(crate) async fn tabs_of(patterns: &[String]) -> Vec<i32> {
    #[derive(Serialize)]
    struct Query<'a> {
        url: &'a [String],
    }
    if patterns.is_empty() {
        return Vec::new();
    }
    let Ok(query) = object(&Query { url: patterns }) else { return Vec::new() };
    let Ok(found) = raw::tabs_query(query).await else { return Vec::new() };
    let tabs: Vec<Tab> = serde_wasm_bindgen::from_value(found).unwrap_or_default();
    tabs.into_iter().filter_map(|t| t.id).collect()
}

#[derive(Serialize)]
struct Origins<'a> {
    origins: [&'a str; 1],
}

/// Whether a host is granted.
pub(crate) async fn is_granted(pattern: &str) -> bool {
    let Ok(origins) = object(&Origins { origins: [pattern] }) else { return false };
    raw::permissions_contains(origins).await.is_ok_and(|v| v.is_truthy())
}

/// Gives a host back.
pub(crate) async fn give_back(pattern: &str) -> Result<(), JsValue> {
    raw::permissions_remove(object(&Origins { origins: [pattern] })?).await.map(drop)
}

/// Starts a script in the frames of a tab.
pub(crate) async fn run_script(target: Target, file: &'static str) -> Result<(), JsValue> {
    raw::execute_script(object(&Files { target, files: vec![file] })?).await.map(drop)
}

/// Adds a style sheet of the author's origin: Chromium paints no highlight from the user's.
pub(crate) async fn insert_css(target: Target, css: &str) -> Result<(), JsValue> {
    raw::insert_css(object(&Css { target, css, origin: "AUTHOR" })?).await.map(drop)
}

/// The hosts in which the browser starts a registered script; `None`: it is not registered.
pub(crate) async fn registered(id: &str) -> Result<Option<Vec<String>>, JsValue> {
    #[derive(Deserialize)]
    struct Registered {
        matches: Option<Vec<String>>,
    }
    let found = raw::registered_scripts(object(&Ids { ids: [id] })?).await?;
    let found: Vec<Registered> = serde_wasm_bindgen::from_value(found)?;
    Ok(found.into_iter().next().map(|r| r.matches.unwrap_or_default()))
}

#[derive(Serialize)]
struct Ids<'a> {
    ids: [&'a str; 1],
}

/// Registers a script.
pub(crate) async fn register(script: ContentScript) -> Result<(), JsValue> {
    raw::register_scripts(object(&[script])?).await.map(drop)
}

/// Takes a script back.
pub(crate) async fn unregister(id: &str) -> Result<(), JsValue> {
    raw::unregister_scripts(object(&Ids { ids: [id] })?).await.map(drop)
}

/// Sets an alarm for a moment, in milliseconds since 1970, instead of the one of that name that may be set.
pub(crate) fn set_alarm(name: &str, when: f64) -> Result<(), JsValue> {
    #[derive(Serialize)]
    struct Info {
        when: f64,
    }
    raw::alarm_create(name, object(&Info { when })?).map(drop)
}

/// What the organisation has set; `None`: nothing, which Firefox calls an error.
///
/// # Errors
/// What the browser said.
pub(crate) async fn managed() -> Result<Option<serde_json::Value>, String> {
    match raw::managed_get(&JsValue::NULL).await {
        Ok(value) => serde_wasm_bindgen::from_value(value).map(Some).map_err(|e| e.to_string()),
        Err(error) if said(&error).contains("not found") => Ok(None),
        Err(error) => Err(said(&error)),
    }
}

/// An area of the extension's storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Area {
    /// On disk.
    Local,
    /// In memory, until the browser is closed; never told to pages' scripts.
    Session,
}

impl Area {
    /// Some items (all: `null`).
    pub(crate) async fn get(self, keys: &JsValue) -> Result<JsValue, JsValue> {
        self.area().get(keys).await
    }

    /// Sets items.
    pub(crate) async fn set(self, items: &JsValue) -> Result<(), JsValue> {
        self.area().set(items).await.map(drop)
    }

    /// Removes items.
    pub(crate) async fn remove(self, keys: &JsValue) -> Result<(), JsValue> {
        self.area().remove(keys).await.map(drop)
    }

    fn area(self) -> raw::StorageArea {
        let clone = |area: &raw::StorageArea| JsValue::from(area).unchecked_into();
        match self {
            Area::Local => raw::LOCAL.with(clone),
            Area::Session => raw::SESSION.with(clone),
        }
    }
}
