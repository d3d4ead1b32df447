use gloo_net::http::Request;
use js_sys::{Reflect, Uint8Array};
use url::Url;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect,
};

/// After so many milliseconds a request is given up.
const PATIENCE: u32 = 30_000;

/// What a request gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fetched {
    /// It is still what the etag names.
    Unchanged,
    /// A body, and what the server calls it.
    Body {
        /// All of it.
        bytes: Vec<u8>,
        /// `ETag`, if any.
        etag: Option<String>,
    },
}

/// Why a request gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FetchError {
    /// Not reached, or not found; what the network or server said.
    Unreached(String),
    /// Larger than the limit: reading was stopped there.
    TooLarge {
        /// Bytes allowed.
        limit: u64,
    },
}

/// How the network is asked.
pub(crate) trait Fetch {
    /// Asks for at most `limit` bytes; with an etag, only if it changed.
    async fn get(&self, url: &Url, limit: u64, etag: Option<&str>) -> Result<Fetched, FetchError>;
}

/// The browser's network: no cookies, no cache, no referrer, nowhere but to the origin asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Network;

impl Fetch for Network {
    async fn get(&self, url: &Url, limit: u64, etag: Option<&str>) -> Result<Fetched, FetchError> {
        let mut request = Request::get(url.as_str())
            .credentials(RequestCredentials::Omit)
            .cache(RequestCache::NoStore)
            .redirect(RequestRedirect::Follow)
            .referrer_policy(ReferrerPolicy::NoReferrer)
            .abort_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)));
        if let Some(etag) = etag {
            request = request.header("If-None-Match", etag);
        }
        let response = request.send().await.map_err(|e| FetchError::Unreached(e.to_string()))?;
        let origin = Url::parse(&response.url()).map(|u| u.origin());
        if origin.as_ref() != Ok(&url.origin()) {
            return Err(FetchError::Unreached(format!("{url} sends elsewhere: {}", response.url())));
        }
        if response.status() == 304 && etag.is_some() {
            return Ok(Fetched::Unchanged);
        }
        if !response.ok() {
            return Err(FetchError::Unreached(format!("{url}: {} {}", response.status(), response.status_text())));
        }
        let etag = response.headers().get("ETag");
        let Some(body) = response.body() else { return Ok(Fetched::Body { bytes: Vec::new(), etag }) };
        let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
        let bytes = read(&reader, limit).await;
        if bytes.is_err() {
            // The rest is not wanted; whether the browser could cancel it does not matter.
            let _ = JsFuture::from(reader.cancel()).await;
        }
        Ok(Fetched::Body { bytes: bytes?, etag })
    }
}

/// Reads to the end, or to the limit.
async fn read(reader: &ReadableStreamDefaultReader, limit: u64) -> Result<Vec<u8>, FetchError> {
    let failed = |e: JsValue| FetchError::Unreached(crate::browser::said(&e));
    let mut bytes = Vec::new();
    loop {
        let chunk = JsFuture::from(reader.read()).await.map_err(failed)?;
        if Reflect::get(&chunk, &"done".into()).map_err(failed)?.is_truthy() {
            return Ok(bytes);
        }
        let value: Uint8Array = Reflect::get(&chunk, &"value".into()).map_err(failed)?.unchecked_into();
        if bytes.len() as u64 + u64::from(value.length()) > limit {
            return Err(FetchError::TooLarge { limit });
        }
        bytes.extend(value.to_vec());
    }
}
