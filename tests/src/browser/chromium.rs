//! Chromium: chromedriver, and its DevTools protocol through BiDi for what lies outside pages.

use super::{Browser, COMMENTS_HOST, FAR_HOST, Look, decode, is_root, outcome, text, wrapped};
use crate::{process::Process, process::free_port, wait};
use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use thirtyfour::Capabilities;

pub(super) fn driver(look: &Look, profile: &Path, log: &Path) -> Result<(Process, u16, Capabilities)> {
    let port = free_port()?;
    let mut command = Command::new("chromedriver");
    command.arg(format!("--port={port}")).env("LANGUAGE", &look.language);
    let process = Process::start(command, log)?;
    let mut args = vec![
        format!("--user-data-dir={}", profile.display()),
        format!("--window-size={},{}", look.size.0, look.size.1),
        format!("--host-resolver-rules=MAP {FAR_HOST} 127.0.0.1, MAP {COMMENTS_HOST} 127.0.0.1"),
        format!("--lang={}", look.language),
        // With the pipe, the browser ends when its driver does.
        "--remote-debugging-pipe".into(),
        "--enable-unsafe-extension-debugging".into(),
        "--no-first-run".into(),
        "--no-default-browser-check".into(),
        "--disable-background-networking".into(),
        "--disable-component-update".into(),
        "--disable-sync".into(),
        "--disable-features=Translate,OptimizationHints".into(),
        "--password-store=basic".into(),
    ];
    if look.headless {
        args.extend(["--headless=new".into(), "--disable-gpu".into(), "--hide-scrollbars".into()]);
    }
    if look.dark {
        args.push("--force-dark-mode".into());
    }
    if is_root() {
        args.push("--no-sandbox".into());
    }
    let preferences = json!({
        "credentials_enable_service": false,
        "profile.password_manager_enabled": false,
        "profile.password_manager_leak_detection": false,
        "intl.accept_languages": look.language,
    });
    let capabilities = json!({
        "browserName": "chrome",
        "webSocketUrl": true,
        "goog:chromeOptions": {
            "args": args,
            "prefs": preferences,
            "excludeSwitches": ["enable-automation", "disable-popup-blocking"],
        },
    });
    let Value::Object(capabilities) = capabilities else { bail!("capabilities are an object") };
    Ok((process, port, capabilities.into()))
}

impl Browser {
    /// A raw command of the DevTools protocol, in a session or of the browser itself. Chromium only.
    ///
    /// # Errors
    /// What the browser answered.
    pub async fn cdp(&self, method: &str, params: Value, session: Option<&str>) -> Result<Value> {
        let mut command = json!({ "method": method, "params": params });
        if let Some(session) = session {
            command["session"] = session.into();
        }
        let mut answer =
            self.bidi("goog:cdp.sendCommand", command).await.with_context(|| format!("DevTools {method}"))?;
        Ok(answer["result"].take())
    }

    pub(super) async fn allow_downloads(&self) -> Result<()> {
        let params = json!({ "behavior": "allow", "downloadPath": self.downloads });
        self.cdp("Browser.setDownloadBehavior", params, None).await?;
        Ok(())
    }

    pub(super) async fn allow_hosts_chromium(&self, patterns: &[&str]) -> Result<()> {
        self.goto("chrome://extensions").await?;
        for pattern in patterns {
            let body = format!(
                "return await new Promise(done => chrome.developerPrivate.addHostPermission({}, {}, \
                 () => done(chrome.runtime.lastError?.message ?? '')))",
                Value::from(self.extension.as_str()),
                Value::from(*pattern)
            );
            let trouble = text(&self.page(&body).await?)?;
            if !trouble.is_empty() {
                bail!("{pattern} was not granted: {trouble}");
            }
        }
        Ok(())
    }

    async fn targets(&self, kind: &str) -> Result<Vec<Value>> {
        let answer = self.cdp("Target.getTargets", json!({ "filter": [{ "type": kind }] }), None).await?;
        Ok(answer["targetInfos"].as_array().cloned().unwrap_or_default())
    }

    pub(super) async fn open_side_panel(&self) -> Result<()> {
        if self.side_panel_target().await?.is_some() {
            return Ok(());
        }
        let url = self.driver.current_url().await?.to_string();
        let tabs = self.targets("tab").await?;
        let tab = tabs.iter().find(|tab| tab["url"] == *url).with_context(|| format!("no tab at {url} in {tabs:?}"))?;
        let params = json!({ "id": self.extension, "targetId": tab["targetId"] });
        self.cdp("Extensions.triggerAction", params, None).await?;
        wait::until("the side panel", async || {
            Ok(match self.side_panel_target().await? {
                Some(_) => wait::Seen::Yes(()),
                None => wait::Seen::NotYet(format!("{:?}", self.targets("page").await?)),
            })
        })
        .await
    }

    async fn side_panel_target(&self) -> Result<Option<String>> {
        // A tab at the same address has a target too; WebDriver knows tabs only.
        let tabs: Vec<_> = self.driver.windows().await?.into_iter().map(|window| window.to_string()).collect();
        let panel = format!("{}panel.html", self.base);
        Ok(self.targets("page").await?.into_iter().find_map(|target| {
            let id = target["targetId"].as_str()?;
            let ours = target["url"].as_str()?.starts_with(&panel) && !tabs.iter().any(|tab| tab == id);
            ours.then(|| id.to_owned())
        }))
    }

    async fn side_panel_session(&self) -> Result<String> {
        let target = self.side_panel_target().await?.context("the side panel is not open")?;
        // Attaching again gives a new session of the same target: nothing to keep, nothing to go stale.
        let answer = self.cdp("Target.attachToTarget", json!({ "targetId": target, "flatten": true }), None).await?;
        text(&answer["sessionId"])
    }

    /// A DevTools session of the current tab. Chromium only.
    ///
    /// # Errors
    /// The browser would not.
    pub async fn tab_session(&self) -> Result<String> {
        let params = json!({ "targetId": self.tab().await?, "flatten": true });
        text(&self.cdp("Target.attachToTarget", params, None).await?["sessionId"])
    }

    async fn detach(&self, session: &str) -> Result<()> {
        self.cdp("Target.detachFromTarget", json!({ "sessionId": session }), None).await?;
        Ok(())
    }

    pub(super) async fn side_panel(&self, body: &str) -> Result<Value> {
        let session = self.side_panel_session().await?;
        let params = json!({
            "expression": wrapped(body, "document", "window"),
            "awaitPromise": true,
            "returnByValue": true,
        });
        let answer = self.cdp("Runtime.evaluate", params, Some(&session)).await;
        self.detach(&session).await?;
        outcome(&answer?["result"]["value"])
    }

    pub(super) async fn click_side_panel(&self, x: f64, y: f64) -> Result<()> {
        let session = self.side_panel_session().await?;
        for kind in ["mousePressed", "mouseReleased"] {
            let params = json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1 });
            self.cdp("Input.dispatchMouseEvent", params, Some(&session)).await?;
        }
        self.detach(&session).await
    }

    pub(super) async fn side_panel_picture(&self) -> Result<Vec<u8>> {
        let session = self.side_panel_session().await?;
        let answer = self.cdp("Page.captureScreenshot", json!({ "format": "png" }), Some(&session)).await;
        self.detach(&session).await?;
        decode(&answer?["data"])
    }

    async fn workers(&self) -> Result<Vec<String>> {
        let workers = self.targets("service_worker").await?;
        let ours = |worker: &Value| worker["url"].as_str().is_some_and(|url| url.starts_with(&self.base));
        workers.iter().filter(|worker| ours(worker)).map(|worker| text(&worker["targetId"])).collect()
    }

    pub(super) async fn worker_runs(&self) -> Result<bool> {
        Ok(!self.workers().await?.is_empty())
    }

    pub(super) async fn stop_workers(&self) -> Result<()> {
        let before = self.workers().await?;
        let session = self.tab_session().await?;
        self.cdp("ServiceWorker.enable", json!({}), Some(&session)).await?;
        // An event may have started another one since.
        wait::until("the worker to stop", async || {
            // Each time: the browser forgets this at times, of one that has only begun, it seems, and says nothing of it.
            self.cdp("ServiceWorker.stopAllWorkers", json!({}), Some(&session)).await?;
            let now = self.workers().await?;
            Ok(wait::Seen::when(!now.iter().any(|worker| before.contains(worker)), now))
        })
        .await?;
        self.detach(&session).await
    }
}
