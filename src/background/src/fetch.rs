use futures_util::future::{Either, select};
use gloo_net::http::{Request, Response};
use gloo_timers::future::TimeoutFuture;
use jiff::{SignedDuration, Timestamp};
use js_sys::{Reflect, Uint8Array};
use rejoinder_engine::trust::Answer;
use rejoinder_wire::SyncRefusal;
use std::pin::pin;
use url::Url;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect,
};

/// After so many milliseconds without a word a server is given up.
const PATIENCE: u32 = 20_000;
/// After so many milliseconds a request is given up, however busily the server drips.
const LONGEST: u32 = 120_000;
/// After so long a whole check of a subscription asks for nothing more.
pub(crate) const CHECK: SignedDuration = SignedDuration::from_mins(15);

/// How the network is asked.
pub(crate) trait Fetch {
    /// Asks for at most `limit` decoded bytes; with an etag, only if it changed.
    async fn get(&self, url: &Url, limit: u64, etag: Option<&str>) -> Answer;
}

/// The browser's network: no cookies, no cache, no referrer, and no redirects. A redirect of the same origin cannot be
/// told from one to another before it was followed, and to follow it asks a server that nobody accepted; a publisher
/// can give the address at which the files are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Network;

impl Fetch for Network {
    async fn get(&self, url: &Url, limit: u64, etag: Option<&str>) -> Answer {
        let Ok(abort) = AbortController::new() else { return unreached("no way to give up") };
        let answer = within(ask(url, limit, etag, &abort), TimeoutFuture::new(LONGEST)).await;
        let answer = answer.unwrap_or_else(|| unreached(&format!("{url}: given up after {} s", LONGEST / 1000)));
        if !matches!(answer, Answer::Body { .. }) {
            // Whatever still comes is not wanted.
            abort.abort();
        }
        answer
    }
}

/// A network that is asked no more after a moment: many packs, each slow, must not hold up everything else for hours.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Until<'a, F, C> {
    /// The network.
    pub(crate) network: &'a F,
    /// The moment.
    pub(crate) end: Timestamp,
    /// What time it is.
    pub(crate) clock: C,
}

impl<F: Fetch, C: Fn() -> Timestamp> Fetch for Until<'_, F, C> {
    async fn get(&self, url: &Url, limit: u64, etag: Option<&str>) -> Answer {
        if (self.clock)() >= self.end {
            return unreached(&format!("{url}: given up, this check has taken long enough"));
        }
        self.network.get(url, limit, etag).await
    }
}

async fn ask(url: &Url, limit: u64, etag: Option<&str>, abort: &AbortController) -> Answer {
    let mut request = Request::get(url.as_str())
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .redirect(RequestRedirect::Manual)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(Some(&abort.signal()));
    if let Some(etag) = etag {
        request = request.header("If-None-Match", etag);
    }
    let response = match within(request.send(), TimeoutFuture::new(PATIENCE)).await {
        Some(Ok(response)) => response,
        Some(Err(why)) => return unreached(&why.to_string()),
        None => return unreached(&format!("{url}: no answer")),
    };
    let said = || format!("{url}: {} {}", response.status(), response.status_text());
    match response.status() {
        200 => {}
        // What the browser makes of a redirect that is not followed.
        0 | 301..=303 | 307 | 308 => return Answer::Refused(SyncRefusal::Redirected),
        304 => return Answer::Unchanged,
        404 | 410 => return Answer::Missing,
        _ => return Answer::Failed { why: said(), wait: retry_after(&response) },
    }
    let etag = response.headers().get("ETag");
    let Some(body) = response.body() else { return Answer::Body { bytes: Vec::new(), etag } };
    let mut chunks = Stream(body.get_reader().unchecked_into());
    match drain(&mut chunks, limit, || TimeoutFuture::new(PATIENCE)).await {
        Ok(bytes) => Answer::Body { bytes, etag },
        Err(answer) => answer,
    }
}

/// How long the server wants to be left alone: seconds, or a date.
fn retry_after(response: &Response) -> Option<SignedDuration> {
    let text = response.headers().get("Retry-After")?;
    if let Ok(seconds) = text.trim().parse::<u32>() {
        return Some(SignedDuration::from_secs(seconds.into()));
    }
    let milliseconds = js_sys::Date::parse(&text) - js_sys::Date::now();
    SignedDuration::try_from_secs_f64(milliseconds / 1000.0).ok().filter(SignedDuration::is_positive)
}

/// A body as it comes, decoded.
trait Chunks {
    /// The next piece; `None` at the end. Errors are what the network said.
    async fn next(&mut self) -> Result<Option<Vec<u8>>, String>;
}

struct Stream(ReadableStreamDefaultReader);

impl Chunks for Stream {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, String> {
        let failed = |e: JsValue| crate::browser::said(&e);
        let chunk = JsFuture::from(self.0.read()).await.map_err(failed)?;
        if Reflect::get(&chunk, &"done".into()).map_err(failed)?.is_truthy() {
            return Ok(None);
        }
        let value: Uint8Array = Reflect::get(&chunk, &"value".into()).map_err(failed)?.unchecked_into();
        Ok(Some(value.to_vec()))
    }
}

/// Reads to the end, or to the limit: what is decoded counts, not what is sent. `patience` ends when a piece is too
/// long in coming.
async fn drain<P: Future>(chunks: &mut impl Chunks, limit: u64, patience: impl Fn() -> P) -> Result<Vec<u8>, Answer> {
    let mut bytes = Vec::new();
    loop {
        let Some(chunk) = within(chunks.next(), patience()).await else { return Err(unreached("stalled")) };
        let Some(chunk) = chunk.map_err(|why| unreached(&why))? else { return Ok(bytes) };
        if bytes.len() as u64 + chunk.len() as u64 > limit {
            return Err(Answer::Refused(SyncRefusal::TooLarge { limit }));
        }
        bytes.extend(chunk);
    }
}

/// What a future gives before another one ends.
async fn within<T>(future: impl Future<Output = T>, end: impl Future) -> Option<T> {
    match select(pin!(future), pin!(end)).await {
        Either::Left((value, _)) => Some(value),
        Either::Right(_) => None,
    }
}

fn unreached(why: &str) -> Answer {
    Answer::Unreached { why: why.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::now_or_never;
    use std::future::{pending, ready};

    /// So many pieces of a megabyte, and how it ends.
    struct Pieces {
        left: usize,
        end: Option<Result<Option<Vec<u8>>, String>>,
        given: usize,
    }

    impl Chunks for Pieces {
        async fn next(&mut self) -> Result<Option<Vec<u8>>, String> {
            if self.left > 0 {
                self.left -= 1;
                self.given += 1;
                return Ok(Some(vec![b' '; 1 << 20]));
            }
            match self.end.clone() {
                Some(end) => end,
                None => pending().await,
            }
        }
    }

    fn read(left: usize, end: Option<Result<Option<Vec<u8>>, String>>, limit: u64) -> (Result<usize, Answer>, usize) {
        let mut pieces = Pieces { left, end, given: 0 };
        // Patience that ends whenever it is asked: only what is not there at once is too late.
        let read = now_or_never(drain(&mut pieces, limit, || ready(())));
        (read.map(|bytes| bytes.len()), pieces.given)
    }

    /// A check that takes too long ends, and its last request may still be answered.
    #[test]
    fn a_check_ends() {
        struct Slow(std::cell::Cell<i64>);
        impl Fetch for Slow {
            async fn get(&self, _: &Url, _: u64, _: Option<&str>) -> Answer {
                self.0.set(self.0.get() + i64::from(LONGEST) / 1000);
                Answer::Missing
            }
        }
        let slow = Slow(0.into());
        let clock = || Timestamp::UNIX_EPOCH + SignedDuration::from_secs(slow.0.get());
        let until = Until { network: &slow, end: Timestamp::UNIX_EPOCH + CHECK, clock };
        let url = Url::parse("https://packs.example/p.json").unwrap();
        let answers = (0..64).map(|_| now_or_never(until.get(&url, 1, None)));
        let answered = answers.filter(|answer| *answer == Answer::Missing).count();
        assert_eq!(answered, 8);
    }

    #[test]
    fn whole() {
        assert_eq!(read(3, Some(Ok(None)), 3 << 20), (Ok(3 << 20), 3));
    }

    /// A small file that decodes to a gigabyte: no more is read than the limit, and one piece.
    #[test]
    fn gzip_bomb() {
        let limit = 2 << 20;
        assert_eq!(read(1024, Some(Ok(None)), limit), (Err(Answer::Refused(SyncRefusal::TooLarge { limit })), 3));
    }

    #[test]
    fn stall() {
        assert_eq!(read(2, None, 9 << 20), (Err(unreached("stalled")), 2));
    }

    #[test]
    fn cut_off() {
        assert_eq!(read(2, Some(Err("reset".into())), 9 << 20), (Err(unreached("reset")), 2));
    }
}
