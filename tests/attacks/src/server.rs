//! A server that can answer wrongly.

use crate::rows::Files;
use sha2::{Digest, Sha256};
use std::io::{BufRead as _, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// What a captive portal answers to everything.
pub(crate) const PAGE: &[u8] = b"<!doctype html><title>Wi-Fi</title><p>Please log in";

/// Pieces of 64 KiB of an endless answer: more than the buffers of a connection hold.
const ENDLESS: usize = 1024;

/// How a server answers wrongly.
#[derive(Clone, Copy, Debug)]
pub enum Spoilt {
    /// Sends elsewhere: to itself, where it would then be right.
    Redirect,
    /// 500.
    Status,
    /// Goes on for longer than any client should listen ([`ENDLESS`]).
    Endless,
    /// Small, and decodes to a lot.
    Bomb,
    /// Ends before its announced end.
    Cut,
    /// The connection is closed.
    Silence,
    /// The page of a captive portal.
    Page,
    /// 304, whatever was asked.
    Unchanged,
}

/// Whether a client listened to all of an endless answer.
pub static DRAINED: AtomicBool = AtomicBool::new(false);

type Shown = Arc<Mutex<(Files, Option<(&'static str, Spoilt)>)>>;

/// A loopback server; its thread ends with the test.
#[derive(Debug)]
pub struct Server {
    port: u16,
    shown: Shown,
}

impl Server {
    /// Starts on a free port of 127.0.0.1.
    ///
    /// # Panics
    /// There is none.
    pub fn start() -> Server {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let shown = Shown::default();
        let show = Arc::clone(&shown);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let show = Arc::clone(&show);
                // What a client thinks of it is what is tested; a connection that it closes is no failure.
                std::thread::spawn(move || answer(&stream, &show));
            }
        });
        Server { port, shown }
    }

    /// Answers with these files from now on; and how one of them (`*`: each) is answered wrongly.
    ///
    /// # Panics
    /// An answer did.
    pub fn show(&self, files: &Files, spoilt: Option<(&'static str, Spoilt)>) {
        *self.shown.lock().expect("whole") = (files.clone(), spoilt);
    }

    /// Address of its index.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/index.json", self.port)
    }
}

/// The ETag of a file.
pub(crate) fn etag(bytes: &[u8]) -> String {
    format!("\"{:?}\"", Sha256::digest(bytes)).replace(", ", "-")
}

fn answer(mut stream: &TcpStream, shown: &Shown) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    let path = first.split(' ').nth(1).unwrap_or_default().trim_start_matches('/').to_owned();
    let mut known = None;
    for line in lines {
        let line = line?;
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("if-none-match")
        {
            known = Some(value.trim().to_owned());
        }
    }
    let (files, spoilt) = shown.lock().expect("whole").clone();
    let (elsewhere, name) = match path.strip_prefix("elsewhere/") {
        Some(name) => (true, name.to_owned()),
        None => (false, path),
    };
    let spoilt = spoilt.filter(|(file, _)| !elsewhere && (*file == name || *file == "*")).map(|(_, how)| how);
    let mut head = |status: &str, more: &str| write!(stream, "HTTP/1.1 {status}\r\nConnection: close\r\n{more}\r\n");
    let body = files.get(&name).map(Vec::as_slice);
    match (spoilt, body) {
        (Some(Spoilt::Redirect), _) => {
            head("302 Found", &format!("Location: /elsewhere/{name}\r\nContent-Length: 0\r\n"))
        }
        (Some(Spoilt::Status), _) => head("500 Internal Server Error", "Content-Length: 0\r\n"),
        (Some(Spoilt::Endless), _) => {
            head("200 OK", "")?;
            for _ in 0..ENDLESS {
                stream.write_all(&[b' '; 1 << 16])?;
            }
            DRAINED.store(true, Ordering::SeqCst);
            Ok(())
        }
        (Some(Spoilt::Bomb), _) => {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            for _ in 0..256 {
                encoder.write_all(&[b' '; 1 << 16])?;
            }
            let bytes = encoder.finish()?;
            head("200 OK", &format!("Content-Encoding: gzip\r\nContent-Length: {}\r\n", bytes.len()))?;
            stream.write_all(&bytes)
        }
        (Some(Spoilt::Cut), _) => {
            head("200 OK", "Content-Length: 4000\r\n")?;
            stream.write_all(b"{")
        }
        (Some(Spoilt::Silence), _) => Ok(()),
        (Some(Spoilt::Page), _) => {
            head("200 OK", &format!("Content-Length: {}\r\n", PAGE.len()))?;
            stream.write_all(PAGE)
        }
        (Some(Spoilt::Unchanged), _) => head("304 Not Modified", ""),
        (None, None) => head("404 Not Found", "Content-Length: 0\r\n"),
        (None, Some(bytes)) if known == Some(etag(bytes)) => head("304 Not Modified", ""),
        (None, Some(bytes)) => {
            head("200 OK", &format!("ETag: {}\r\nContent-Length: {}\r\n", etag(bytes), bytes.len()))?;
            stream.write_all(bytes)
        }
    }
}
