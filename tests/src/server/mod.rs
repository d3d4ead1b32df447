//! One loopback server for everything that is not forum software: packs, the demo's page, boxes to write in, hostile
//! pages, and a sink for what browsers report.

mod hostile;

pub use hostile::{LAST_WORDS, RISKY_EVERY, findings as hostile_findings, post as hostile_post};

use crate::paths;
use anyhow::{Context as _, Result};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path as Segments, Query, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::runtime::Runtime;

/// A running server; gone, with every connection, when dropped.
#[derive(Debug)]
pub struct Server {
    /// Its port on 127.0.0.1.
    pub port: u16,
    shared: Arc<Shared>,
    runtime: Option<Runtime>,
}

#[derive(Debug, Default)]
struct Shared {
    packs: Mutex<Option<PathBuf>>,
    reports: Mutex<Vec<String>>,
    asked: Mutex<Vec<(String, u16)>>,
    elsewhere: AtomicBool,
    widget: Mutex<u16>,
    shown: Mutex<Option<PathBuf>>,
}

impl Server {
    /// Starts on a free port, serving a published folder under `/packs/` when there is one.
    ///
    /// # Errors
    /// No port.
    pub async fn start(packs: Option<&Path>) -> Result<Server> {
        Server::start_at(0, packs).await
    }

    /// [`Server::start`] on a given port, to come back where one was.
    ///
    /// # Errors
    /// The port is taken.
    pub async fn start_at(port: u16, packs: Option<&Path>) -> Result<Server> {
        let shared = Arc::new(Shared { packs: Mutex::new(packs.map(Path::to_path_buf)), ..Shared::default() });
        let listener = std::net::TcpListener::bind(("127.0.0.1", port))?;
        listener.set_nonblocking(true)?;
        let port = listener.local_addr()?.port();
        let app = router(shared.clone());
        // A runtime of its own: when it is dropped, open connections end too.
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            axum::serve(listener, app).await
        });
        Ok(Server { port, shared, runtime: Some(runtime) })
    }

    /// An address on it.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The address to subscribe to.
    pub fn subscription(&self) -> String {
        self.url("/packs/index.json")
    }

    /// What browsers reported to it.
    pub fn reports(&self) -> Vec<String> {
        lock(&self.shared.reports).clone()
    }

    /// Path and status of every request for a pack file, in order.
    pub fn asked(&self) -> Vec<(String, u16)> {
        lock(&self.shared.asked).clone()
    }

    /// Shows a saved page from now on, without its scripts and without anything it would fetch; its address.
    ///
    /// # Errors
    /// It has no name.
    pub fn show(&self, page: &Path) -> Result<String> {
        let name = page.file_name().context("a page without a name")?.to_string_lossy().into_owned();
        *lock(&self.shared.shown) = Some(page.to_owned());
        Ok(self.url(&format!("/saved/{}", name.replace(['#', '?', '%'], "_"))))
    }

    /// Sends those who ask for packs elsewhere on this server, from now on, or no more.
    pub fn redirect_packs(&self, elsewhere: bool) {
        self.shared.elsewhere.store(elsewhere, Ordering::Relaxed);
    }

    /// Tells the article's page the port of its comment widget.
    pub fn comment_widget(&self, port: u16) {
        *lock(&self.shared.widget) = port;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/packs/{file}", get(packs))
        .route("/elsewhere/{file}", get(moved))
        .route("/article", get(article))
        .route("/hostile", get(hostile_page))
        .route("/saved/{name}", get(saved))
        .route("/museum/{file}", get(async |Segments(file): Segments<String>| file_of("tests/museum", &file)))
        .route("/editors/{*file}", get(editor))
        .route("/report", post(report))
        .route("/peers/{file}", get(async |Segments(file): Segments<String>| file_of("target/peers", &file)))
        .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
        .route("/{*file}", get(page))
        .with_state(shared)
}

/// A file of the published folder, with an ETag, and 304 when the browser has it.
async fn packs(State(shared): State<Arc<Shared>>, Segments(file): Segments<String>, headers: HeaderMap) -> Response {
    if shared.elsewhere.load(Ordering::Relaxed) {
        return Redirect::temporary(&format!("/elsewhere/{file}")).into_response();
    }
    packed(&shared, file, &headers)
}

/// The same files, where nobody was told to look.
async fn moved(State(shared): State<Arc<Shared>>, Segments(file): Segments<String>, headers: HeaderMap) -> Response {
    packed(&shared, file, &headers)
}

fn packed(shared: &Shared, file: String, headers: &HeaderMap) -> Response {
    let folder = lock(&shared.packs).clone();
    let bytes = folder.and_then(|folder| fs_err::read(folder.join(&file)).ok());
    let response = match bytes {
        None => StatusCode::NOT_FOUND.into_response(),
        Some(bytes) => {
            let tag =
                HeaderValue::from_str(&format!("\"{:x}\"", digest(&bytes))).unwrap_or(HeaderValue::from_static("\"\""));
            let headers_out =
                [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))];
            if headers.get(header::IF_NONE_MATCH) == Some(&tag) {
                (StatusCode::NOT_MODIFIED, headers_out).into_response()
            } else {
                (headers_out, bytes).into_response()
            }
        }
    };
    lock(&shared.asked).push((file, response.status().as_u16()));
    response
}

fn digest(bytes: &[u8]) -> u64 {
    use std::hash::{DefaultHasher, Hasher as _};
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

async fn page(Segments(file): Segments<String>) -> Response {
    file_of("tests/pages", &file)
}

/// A file below a folder of the clone.
fn file_of(folder: &str, file: &str) -> Response {
    if file.split('/').any(|part| part.starts_with('.')) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let path = paths::root().join(folder).join(file);
    let path = if path.is_dir() { path.join("index.html") } else { path };
    let Ok(bytes) = fs_err::read(&path) else { return StatusCode::NOT_FOUND.into_response() };
    let kind = match path.extension().and_then(|e| e.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("xhtml") => "application/xhtml+xml",
        Some("xml") => "text/xml; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    ([(header::CONTENT_TYPE, kind)], bytes).into_response()
}

/// A page with an editor; under a policy without inline scripts and with Trusted Types where `?strict` asks for it.
async fn editor(Segments(file): Segments<String>, query: RawQuery, headers: HeaderMap) -> Response {
    let mut response = file_of("target/editors", &file);
    if query.0.as_deref() == Some("strict") {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let other = match host.strip_prefix("localhost") {
            Some(port) => format!("127.0.0.1{port}"),
            None => host.replace("127.0.0.1", "localhost"),
        };
        let policy = format!(
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; frame-src 'self' http://{other}; \
             require-trusted-types-for 'script'"
        );
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
    response
}

/// A static article with the comment widget under it.
async fn article(State(shared): State<Arc<Shared>>) -> Response {
    let port = *lock(&shared.widget);
    let html = include_str!("../../pages/article.html").replace("{widget}", &format!("http://localhost:{port}"));
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

async fn hostile_page(Query(wishes): Query<HashMap<String, String>>) -> Response {
    let wish = |name: &str, usual| wishes.get(name).and_then(|n| n.parse().ok()).unwrap_or(usual);
    let html = hostile::page(wish("posts", 2_000), wish("filled", 0));
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CONTENT_SECURITY_POLICY, hostile::POLICY.to_owned()),
    ];
    (headers, html).into_response()
}

async fn saved(State(shared): State<Arc<Shared>>) -> Response {
    let page = lock(&shared.shown).clone();
    let Some(bytes) = page.and_then(|page| fs_err::read(page).ok()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        // What the page says of its encoding counts.
        (header::CONTENT_TYPE, "text/html"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'"),
    ];
    (headers, bytes).into_response()
}

async fn report(State(shared): State<Arc<Shared>>, body: Bytes) -> StatusCode {
    lock(&shared.reports).push(String::from_utf8_lossy(&body).into_owned());
    StatusCode::NO_CONTENT
}
