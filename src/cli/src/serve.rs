use crate::sha256::sha256;
use anyhow::{Context, Result};
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// Serves a published folder on this machine only, until it is ended: as a good static server would, with `ETag`, and
/// without listings. `ready` is told the address of its index.
///
/// # Errors
/// There is no folder; the port is taken.
pub fn serve(folder: &Path, port: u16, ready: impl FnOnce(&str) -> Result<()>) -> Result<()> {
    let folder = folder.canonicalize().with_context(|| folder.display().to_string())?;
    let listener = std::net::TcpListener::bind(("127.0.0.1", port))
        .with_context(|| format!("port {port} cannot be had; choose another one with --port"))?;
    listener.set_nonblocking(true)?;
    let address = format!("http://127.0.0.1:{}/index.json", listener.local_addr()?.port());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let app = Router::new().fallback(answer).with_state(Arc::new(folder));
        ready(&address)?;
        axum::serve(listener, app).await.context("the server ended")
    })
}

async fn answer(State(folder): State<Arc<PathBuf>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    match file(&folder, uri.path()) {
        None => StatusCode::NOT_FOUND.into_response(),
        Some((bytes, kind)) => {
            let tag = format!("\"{}\"", &sha256(&bytes)[..32]);
            let head = [
                (header::ETAG, HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("\"\""))),
                (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
                (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
                (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            ];
            if is_known(&headers, &tag) {
                (StatusCode::NOT_MODIFIED, head).into_response()
            } else {
                (head, bytes).into_response()
            }
        }
    }
}

/// A file below the folder, and its type. Nothing hidden, nothing above, and no link that leads out.
fn file(folder: &Path, path: &str) -> Option<(Vec<u8>, &'static str)> {
    let name = Path::new(path.strip_prefix('/')?);
    let plain =
        |part: Component<'_>| matches!(part, Component::Normal(name) if !name.as_encoded_bytes().starts_with(b"."));
    if !name.components().all(plain) {
        return None;
    }
    let path = folder.join(name).canonicalize().ok().filter(|path| path.starts_with(folder) && path.is_file())?;
    let kind = match path.extension().and_then(|end| end.to_str()) {
        Some("json") => "application/json",
        Some("md") => "text/markdown; charset=utf-8",
        Some("pub" | "minisig") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
    Some((std::fs::read(path).ok()?, kind))
}

/// Whether the client has this version.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|known| known == "*" || known.trim_start_matches("W/") == tag)
}
