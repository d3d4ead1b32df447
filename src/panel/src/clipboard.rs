//! The clipboard, as the visible way out when a text could not be inserted.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlTextAreaElement;

/// Starts to copy a text. To be called directly in a click handler: browsers allow it only there.
pub(crate) fn copy(text: &str) -> Copying {
    Copying { written: window().navigator().clipboard().write_text(text), text: text.to_owned() }
}

/// A text that is on its way to the clipboard.
pub(crate) struct Copying {
    written: js_sys::Promise,
    text: String,
}

impl Copying {
    /// Whether it got there.
    pub(crate) async fn copied(self) -> bool {
        JsFuture::from(self.written).await.is_ok() || copy_by_selection(&self.text).unwrap_or(false)
    }
}

/// The older way, for browsers that refuse the newer one to a side panel without focus.
fn copy_by_selection(text: &str) -> Option<bool> {
    let document = document();
    let area: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    area.set_value(text);
    area.set_read_only(true);
    area.set_class_name("offstage");
    let body = document.body()?;
    body.append_child(&area).ok()?;
    area.select();
    let copied = js_sys::Reflect::get(&document, &"execCommand".into())
        .ok()
        .and_then(|command| command.dyn_into::<js_sys::Function>().ok())
        .and_then(|command| command.call1(&document, &"copy".into()).ok())
        .is_some_and(|copied| copied.is_truthy());
    area.remove();
    Some(copied)
}
