use rejoinder_engine::trust;

/// SHA-256 of a text, in hexadecimal. The browser's own, which takes other threads' time: packs are hashed at every start
/// of the worker, when its wasm is not fast yet.
pub(crate) async fn sha256(text: &str) -> String {
    match native(text).await {
        Some(hash) => hash,
        None => trust::sha256(text.as_bytes()),
    }
}

async fn native(text: &str) -> Option<String> {
    use wasm_bindgen::{JsCast, JsValue};
    // Native tests have no browser.
    if cfg!(not(target_family = "wasm")) {
        return None;
    }
    let crypto = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("crypto")).ok()?;
    let subtle = crypto.dyn_into::<web_sys::Crypto>().ok()?.subtle();
    let promise = subtle.digest_with_str_and_u8_array("SHA-256", text.as_bytes()).ok()?;
    let hash = wasm_bindgen_futures::JsFuture::from(promise).await.ok()?;
    let hash = js_sys::Uint8Array::new(&hash).to_vec();
    Some(hash.iter().map(|byte| format!("{byte:02x}")).collect())
}
