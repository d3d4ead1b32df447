//! The browser's own interface, as far as these pages need it: `browser` in Firefox, `chrome` elsewhere.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    type Api;
    #[wasm_bindgen(method, getter)]
    fn runtime(this: &Api) -> Runtime;
    #[wasm_bindgen(method, getter)]
    fn tabs(this: &Api) -> Tabs;
    #[wasm_bindgen(method, getter)]
    fn windows(this: &Api) -> Windows;
    #[wasm_bindgen(method, getter)]
    fn permissions(this: &Api) -> Permissions;
    #[wasm_bindgen(method, getter)]
    fn i18n(this: &Api) -> I18n;

    type Runtime;
    #[wasm_bindgen(method, catch, js_name = sendMessage)]
    fn send_message(this: &Runtime, message: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, getter, js_name = onMessage)]
    fn on_message(this: &Runtime) -> Happening;
    #[wasm_bindgen(method, catch, js_name = openOptionsPage)]
    fn open_options_page(this: &Runtime) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, js_name = getManifest)]
    fn get_manifest(this: &Runtime) -> Manifest;

    type Manifest;
    #[wasm_bindgen(method, getter)]
    fn version(this: &Manifest) -> String;

    type Tabs;
    #[wasm_bindgen(method, catch)]
    fn query(this: &Tabs, query: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, getter, js_name = onActivated)]
    fn on_activated(this: &Tabs) -> Happening;
    #[wasm_bindgen(method, getter, js_name = onUpdated)]
    fn on_updated(this: &Tabs) -> Happening;

    type Tab;
    #[wasm_bindgen(method, getter)]
    fn id(this: &Tab) -> Option<i32>;

    type Activated;
    #[wasm_bindgen(method, getter, js_name = tabId)]
    fn tab_id(this: &Activated) -> i32;
    #[wasm_bindgen(method, getter, js_name = windowId)]
    fn window_id(this: &Activated) -> i32;

    type Windows;
    #[wasm_bindgen(method, catch, js_name = getCurrent)]
    fn get_current(this: &Windows) -> Result<Promise, JsValue>;

    type BrowserWindow;
    #[wasm_bindgen(method, getter, js_name = id)]
    fn window_id(this: &BrowserWindow) -> Option<i32>;

    type Permissions;
    #[wasm_bindgen(method, catch)]
    fn request(this: &Permissions, wanted: &JsValue) -> Result<Promise, JsValue>;

    type I18n;
    #[wasm_bindgen(method, js_name = getMessage)]
    fn get_message(this: &I18n, key: &str, values: &Array) -> String;

    /// An event of the browser's interface.
    type Happening;
    #[wasm_bindgen(method, js_name = addListener)]
    fn add_listener(this: &Happening, listener: &Function);
}

fn api() -> Api {
    let global = js_sys::global();
    let named = |name: &str| Reflect::get(&global, &name.into()).ok().filter(|value| !value.is_falsy());
    named("browser").or_else(|| named("chrome")).unwrap_or(JsValue::UNDEFINED).unchecked_into()
}

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a field of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

/// What a JavaScript error says, in one line.
pub(crate) fn words_of(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => error.as_string().unwrap_or_else(|| format!("{error:?}")),
    }
}

/// Sends a request to the background and waits for the JSON of its answer.
///
/// # Errors
/// What the browser said, when nobody answered.
pub(crate) async fn ask(json: &str) -> Result<String, String> {
    let message = object(&[("to", "background".into()), ("from", "panel".into()), ("json", json.into())]);
    let sent = api().runtime().send_message(&message).map_err(|e| words_of(&e))?;
    let answer = JsFuture::from(sent).await.map_err(|e| words_of(&e))?;
    answer.as_string().ok_or_else(|| format!("no answer ({answer:?})"))
}

/// Calls back with the JSON of every broadcast to panels, as long as the page lives.
pub(crate) fn on_broadcast(heard: impl Fn(String) + 'static) {
    // Returns nothing, so that an answer meant for somebody else is never taken over.
    let listener = Closure::<dyn Fn(JsValue)>::new(move |message: JsValue| {
        let field = |name: &str| Reflect::get(&message, &name.into()).ok().and_then(|value| value.as_string());
        if message.is_object()
            && field("to").as_deref() == Some("panel")
            && let Some(json) = field("json")
        {
            heard(json);
        }
    });
    api().runtime().on_message().add_listener(listener.into_js_value().unchecked_ref());
}

/// The active tab of this page's window.
pub(crate) async fn active_tab() -> Option<i32> {
    let query = object(&[("active", true.into()), ("currentWindow", true.into())]);
    let found = JsFuture::from(api().tabs().query(&query).ok()?).await.ok()?;
    found.dyn_into::<Array>().ok()?.get(0).unchecked_into::<Tab>().id()
}

/// The window this page is in.
pub(crate) async fn current_window() -> Option<i32> {
    let window = JsFuture::from(api().windows().get_current().ok()?).await.ok()?;
    window.unchecked_into::<BrowserWindow>().window_id()
}

/// Calls back with (tab, window) whenever another tab becomes the active one of a window.
pub(crate) fn on_tab_activated(heard: impl Fn(i32, i32) + 'static) {
    let listener = Closure::<dyn Fn(Activated)>::new(move |it: Activated| heard(it.tab_id(), it.window_id()));
    api().tabs().on_activated().add_listener(listener.into_js_value().unchecked_ref());
}

/// Calls back with a tab whenever it loads another page or has finished loading.
pub(crate) fn on_tab_updated(heard: impl Fn(i32) + 'static) {
    let listener = Closure::<dyn Fn(i32, JsValue)>::new(move |tab: i32, change: JsValue| {
        let changed = |name: &str| Reflect::has(&change, &name.into()).unwrap_or(false);
        if changed("status") || changed("url") {
            heard(tab);
        }
    });
    api().tabs().on_updated().add_listener(listener.into_js_value().unchecked_ref());
}

/// Asks the user for the permission on one match pattern. To be called directly in a click handler, before anything
/// is awaited: the browsers ask only while a gesture is being handled.
pub(crate) fn request_permission(pattern: &str) -> Permission {
    request_permissions(&[pattern.to_owned()])
}

/// Asks for several match patterns at once: all are granted, or none. As [`request_permission`].
pub(crate) fn request_permissions(patterns: &[String]) -> Permission {
    let origins: Array = patterns.iter().map(|pattern| JsValue::from_str(pattern)).collect();
    let wanted = object(&[("origins", origins.into())]);
    Permission(api().permissions().request(&wanted))
}

/// A permission that was asked for.
pub(crate) struct Permission(Result<Promise, JsValue>);

impl Permission {
    /// Whether the user granted it.
    ///
    /// # Errors
    /// What the browser said, when it would not ask.
    pub(crate) async fn granted(self) -> Result<bool, String> {
        let asked = self.0.map_err(|e| words_of(&e))?;
        JsFuture::from(asked).await.map(|granted| granted.is_truthy()).map_err(|e| words_of(&e))
    }
}

/// Opens the options page, or shows it when it is already open.
pub(crate) fn open_options() {
    // Nothing to say when it fails: the browser's own menu leads there too.
    let _ = api().runtime().open_options_page();
}

/// A text of the interface in the user's language, with `$1`, `$2` … filled in.
pub(crate) fn message(key: &str, values: &[&str]) -> String {
    let values: Array = values.iter().map(|value| JsValue::from_str(value)).collect();
    api().i18n().get_message(key, &values)
}

/// Version of the extension.
pub(crate) fn version() -> String {
    api().runtime().get_manifest().version()
}

/// `<body data-page>` of this page.
pub(crate) fn page_name() -> Option<String> {
    leptos::prelude::document().body()?.dataset().get("page")
}

/// Sets the page's language for assistive technology, and drops what stood there until the wasm was ready.
pub(crate) fn prepare_page(language: &str) {
    let document = leptos::prelude::document();
    if let Some(root) = document.document_element() {
        // `lang` is always a settable attribute.
        let _ = root.set_attribute("lang", language);
    }
    if let Some(waiting) = document.get_element_by_id("waiting") {
        waiting.remove();
    }
}

/// What the browser keeps under a name for the extension's pages, if anything.
pub(crate) fn remembered(name: &str) -> Option<String> {
    leptos::prelude::window().local_storage().ok()??.get_item(name).ok()?
}

/// Has the browser keep a text for the extension's pages.
pub(crate) fn remember(name: &str, text: &str) {
    if let Ok(Some(storage)) = leptos::prelude::window().local_storage() {
        // Where nothing can be kept, as good as nothing is lost: it is said once more.
        let _ = storage.set_item(name, text);
    }
}

/// The tab that the page's address pins it to (`?tab=7`), if any.
pub(crate) fn pinned_tab() -> Option<i32> {
    let search = leptos::prelude::window().location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&search).ok()?.get("tab")?.parse().ok()
}

/// Saves a text as a file of the user's.
///
/// # Errors
/// What the browser said.
pub(crate) fn download(text: &str, kind: &str, name: &str) -> Result<(), String> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    let said = |error: JsValue| words_of(&error);
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options).map_err(said)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob).map_err(said)?;
    let document = leptos::prelude::document();
    let link = document.create_element("a").map_err(said)?.unchecked_into::<web_sys::HtmlAnchorElement>();
    link.set_href(&address);
    link.set_download(name);
    // A link outside the document is not followed everywhere.
    if let Some(body) = document.body() {
        body.append_child(&link).map_err(said)?;
    }
    link.click();
    link.remove();
    // Firefox reads the blob only after the click was handled.
    let forget = move || drop(web_sys::Url::revoke_object_url(&address));
    leptos::prelude::set_timeout(forget, std::time::Duration::from_secs(60));
    Ok(())
}
