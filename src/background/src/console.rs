use wasm_bindgen::JsValue;

/// For who looks into the background's console. Never a word of a page.
pub(crate) fn warn(text: &str) {
    // Native tests have no such console.
    if cfg!(not(target_family = "wasm")) {
        return;
    }
    web_sys::console::warn_2(&JsValue::from_str("Rejoinder"), &JsValue::from_str(text));
}
