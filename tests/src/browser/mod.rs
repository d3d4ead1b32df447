//! One browser with the extension in it: the same calls for Chromium and Firefox.

mod chromium;
mod firefox;
mod page;
mod policy;

use crate::{paths, process::Process, wait};
use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use thirtyfour::bidi::BiDi;
use thirtyfour::prelude::*;

/// Hosts that both browsers take for this machine, though their names do not say so.
pub const FAR_HOST: &str = "forum.test";
/// Likewise, another host of the same site.
pub const COMMENTS_HOST: &str = "comments.forum.test";

/// Which browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Chromium with its real side panel.
    Chromium,
    /// Firefox with its real sidebar.
    Firefox,
}

impl Kind {
    /// Both.
    pub const ALL: [Kind; 2] = [Kind::Chromium, Kind::Firefox];

    /// Name of its folder in `dist/`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Chromium => "chromium",
            Kind::Firefox => "firefox",
        }
    }
}

impl std::str::FromStr for Kind {
    type Err = anyhow::Error;

    fn from_str(name: &str) -> Result<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name).with_context(|| format!("no browser `{name}`"))
    }
}

/// How a browser looks from outside.
#[derive(Clone, Debug)]
pub struct Look {
    /// Without a window.
    pub headless: bool,
    /// Language of the interface (falls back to English where the language is not installed).
    pub language: String,
    /// Dark colour scheme.
    pub dark: bool,
    /// Size of the window, CSS pixels.
    pub size: (u32, u32),
    /// Clocks that are not rounded against fingerprinting, for measures (Firefox; Chromium's is fine enough).
    pub exact_clock: bool,
    /// Keep storage, permissions and ids in this folder across starts; `None`: a fresh one.
    pub profile: Option<PathBuf>,
}

impl Default for Look {
    fn default() -> Self {
        Look {
            headless: true,
            language: "fr".into(),
            dark: false,
            size: (1360, 900),
            exact_clock: false,
            profile: None,
        }
    }
}

/// A running browser.
#[derive(Debug)]
pub struct Browser {
    /// Which.
    pub kind: Kind,
    /// The WebDriver session, for pages and the extension's pages in tabs.
    pub driver: WebDriver,
    bidi: BiDi,
    /// Id of the extension, as the browser knows it.
    pub extension: String,
    /// Address of the extension's pages, with a slash at the end.
    pub base: String,
    downloads: PathBuf,
    // Dropped after the session, in this order.
    _process: Process,
    _folder: TempDir,
}

impl Browser {
    /// Starts a browser and installs the built extension.
    ///
    /// # Errors
    /// The extension is not built, the browser or its driver is missing, or refuses the extension.
    pub async fn start(kind: Kind, look: &Look) -> Result<Browser> {
        Browser::start_with(kind, look, &paths::dist(kind.name())?).await
    }

    /// [`Browser::start`] with the extension of a given folder.
    ///
    /// # Errors
    /// As [`Browser::start`].
    pub async fn start_with(kind: Kind, look: &Look, extension: &Path) -> Result<Browser> {
        // WebDriver's client and that of `rejoinder verify` each bring one; rustls takes none of two by itself. Another
        // browser may have named it before.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::Builder::new().prefix("rejoinder-").tempdir()?;
        let profile = look.profile.clone().unwrap_or_else(|| folder.path().join("profile"));
        let downloads = folder.path().join("downloads");
        fs_err::create_dir_all(&profile)?;
        fs_err::create_dir_all(&downloads)?;
        let log = folder.path().join("driver.log");
        let (mut process, port, capabilities) = match kind {
            Kind::Chromium => chromium::driver(look, &profile, &log)?,
            Kind::Firefox => firefox::driver(look, &profile, &downloads, &log)?,
        };
        let url = format!("http://127.0.0.1:{port}");
        wait::until("the browser's driver", async || {
            if process.ended() {
                bail!("it ended: {}", process.said());
            }
            let ready = tokio::net::TcpStream::connect(("127.0.0.1", port)).await;
            Ok(wait::Seen::when(ready.is_ok(), ready.err()))
        })
        .await?;
        let driver = WebDriver::new(&url, capabilities)
            .await
            .with_context(|| format!("{} did not start; its driver said: {}", kind.name(), process.said()))?;
        let bidi = driver.bidi().await?;
        let mut browser = Browser {
            kind,
            driver,
            bidi,
            extension: String::new(),
            base: String::new(),
            downloads,
            _process: process,
            _folder: folder,
        };
        let installed = browser
            .bidi("webExtension.install", json!({ "extensionData": { "type": "path", "path": extension } }))
            .await
            .context("the browser refuses the extension")?;
        browser.extension = text(&installed["extension"])?;
        browser.base = match kind {
            Kind::Chromium => format!("chrome-extension://{}/", browser.extension),
            Kind::Firefox => format!("moz-extension://{}/", firefox::UUID),
        };
        if kind == Kind::Chromium {
            browser.allow_downloads().await?;
        }
        Ok(browser)
    }

    /// Ends the session and everything that was started.
    ///
    /// # Errors
    /// The driver does not answer.
    pub async fn quit(self) -> Result<()> {
        self.driver.clone().quit().await?;
        Ok(())
    }

    /// A raw WebDriver BiDi command.
    ///
    /// # Errors
    /// What the browser answered.
    pub async fn bidi(&self, method: &str, params: Value) -> Result<Value> {
        self.bidi.send_raw(method, params).await.with_context(|| method.to_owned())
    }

    /// Goes to an address in the current tab.
    ///
    /// # Errors
    /// It did not load.
    pub async fn goto(&self, url: &str) -> Result<()> {
        self.driver.goto(url).await.with_context(|| format!("cannot open {url}"))
    }

    /// Goes to one of the extension's pages in the current tab.
    ///
    /// # Errors
    /// It did not load.
    pub async fn goto_own(&self, page: &str) -> Result<()> {
        self.goto(&format!("{}{page}", self.base)).await
    }

    /// Lets the extension have hosts without the browser's own question, which no automation can answer; our own
    /// button must still be clicked. Firefox is told by a preference at start.
    ///
    /// # Errors
    /// The browser would not.
    pub async fn allow_hosts(&self, patterns: &[&str]) -> Result<()> {
        match self.kind {
            Kind::Chromium => self.allow_hosts_chromium(patterns).await,
            Kind::Firefox => Ok(()),
        }
    }

    /// Opens the real side panel or sidebar and waits until its page answers.
    ///
    /// # Errors
    /// It did not open.
    pub async fn open_panel(&self) -> Result<()> {
        match self.kind {
            Kind::Chromium => self.open_side_panel().await?,
            Kind::Firefox => self.open_sidebar().await?,
        }
        wait::until("the panel", async || {
            let state = self.panel("return document.querySelector('main')?.dataset.state ?? null").await?;
            Ok(wait::Seen::filter(state, |state| !state.is_null() && state != "loading"))
        })
        .await?;
        Ok(())
    }

    /// Runs the body of a function in the real panel, with `document` and `window` in scope, and gives what it
    /// returns (as JSON). In Firefox it sees the page as privileged code does.
    ///
    /// # Errors
    /// What it threw.
    pub async fn panel(&self, body: &str) -> Result<Value> {
        match self.kind {
            Kind::Chromium => self.side_panel(body).await,
            Kind::Firefox => self.sidebar(body).await,
        }
    }

    /// Clicks an element of the real panel with a trusted mouse click.
    ///
    /// # Errors
    /// It is not there, or something else lies over it.
    pub async fn click_in_panel(&self, selector: &str) -> Result<()> {
        let find = format!(
            "const e = document.querySelector({}); if (!e) return null; e.scrollIntoView({{block: 'center', behavior: 'instant'}}); \
             const r = e.getBoundingClientRect(); const x = r.x + r.width / 2, y = r.y + r.height / 2; \
             const top = document.elementFromPoint(x, y); \
             return {{x, y, free: !e.disabled && !!top && (e === top || e.contains(top) || top.contains(e))}}",
            Value::from(selector)
        );
        let (x, y) = wait::until(&format!("`{selector}` in the panel to be clickable"), async || {
            let place = self.panel(&find).await?;
            Ok(match (place["x"].as_f64(), place["y"].as_f64(), &place["free"]) {
                (Some(x), Some(y), Value::Bool(true)) => wait::Seen::Yes((x, y)),
                _ => wait::Seen::NotYet(place.to_string()),
            })
        })
        .await?;
        match self.kind {
            Kind::Chromium => self.click_side_panel(x, y).await,
            Kind::Firefox => self.click_sidebar(x, y).await,
        }
    }

    /// A picture (PNG) of the real panel.
    ///
    /// # Errors
    /// The browser would not.
    pub async fn panel_picture(&self) -> Result<Vec<u8>> {
        match self.kind {
            Kind::Chromium => self.side_panel_picture().await,
            Kind::Firefox => self.sidebar_picture().await,
        }
    }

    /// Stops the background as the browser does when it is idle, and waits until it is.
    ///
    /// # Errors
    /// It did not stop.
    pub async fn stop_background(&self) -> Result<()> {
        match self.kind {
            Kind::Chromium => self.stop_workers().await,
            Kind::Firefox => self.stop_event_page().await,
        }
    }

    /// Whether the background is running.
    ///
    /// # Errors
    /// The browser does not say.
    pub async fn background_runs(&self) -> Result<bool> {
        match self.kind {
            Kind::Chromium => self.worker_runs().await,
            Kind::Firefox => self.event_page_runs().await,
        }
    }

    /// Waits for a downloaded file and reads it.
    ///
    /// # Errors
    /// None came.
    pub async fn downloaded(&self, ending: &str) -> Result<String> {
        wait::until(&format!("a downloaded *{ending}"), async || {
            let mut names = Vec::new();
            for entry in fs_err::read_dir(&self.downloads)? {
                let path = entry?.path();
                let name = path.to_string_lossy().into_owned();
                let whole = fs_err::metadata(&path)?.len() > 0;
                if name.ends_with(ending) && whole {
                    return Ok(wait::Seen::Yes(fs_err::read_to_string(path)?));
                }
                names.push(name);
            }
            Ok(wait::Seen::NotYet(format!("{names:?}")))
        })
        .await
    }
}

fn text(value: &Value) -> Result<String> {
    value.as_str().map(str::to_owned).with_context(|| format!("not a text: {value}"))
}

fn decode(base64: &Value) -> Result<Vec<u8>> {
    use base64::Engine as _;
    Ok(base64::engine::general_purpose::STANDARD.decode(text(base64)?)?)
}

/// What a script evaluated through BiDi or CDP gave: JSON text of `{ok}` or `{error}`.
fn outcome(json: &Value) -> Result<Value> {
    let mut value: Value = serde_json::from_str(&text(json)?)?;
    match value.get("error") {
        Some(error) => bail!("script: {}", text(error)?),
        None => Ok(value["ok"].take()),
    }
}

/// Wraps the body of a function so that [`outcome`] reads it.
fn wrapped(body: &str, document: &str, window: &str) -> String {
    format!(
        "(async () => {{ try {{ const ok = await (async (document, window) => {{ {body} }})({document}, {window}); \
         return JSON.stringify({{ok: ok === undefined ? null : ok}}); }} \
         catch (e) {{ return JSON.stringify({{error: String(e) + ' ' + (e.stack ?? '')}}); }} }})()"
    )
}

/// Whether this process is root, for which Chromium needs its sandbox off.
fn is_root() -> bool {
    fs_err::read_to_string("/proc/self/status")
        .is_ok_and(|status| status.lines().any(|l| l.starts_with("Uid:") && l.split_whitespace().nth(2) == Some("0")))
}
