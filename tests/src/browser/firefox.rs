//! Firefox: geckodriver, and the browser's own chrome context for what lies outside pages.

use super::{Browser, COMMENTS_HOST, FAR_HOST, Look, decode, outcome, text, wrapped};
use crate::{paths, process::Process, process::free_port, wait};
use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::{Capabilities, RequestData, SessionId};

/// Id of the add-on in its manifest.
pub(super) const ADD_ON: &str = "rejoinder@rejoinder.invalid";

/// Internal id of the add-on, fixed here so that the tests know its pages' addresses (Firefox makes it random).
pub(super) const UUID: &str = "7d6a2a3e-5f0c-4c35-9d0e-2a64e5c7f1b8";

pub(super) fn driver(
    look: &Look,
    profile: &Path,
    downloads: &Path,
    log: &Path,
) -> Result<(Process, u16, Capabilities)> {
    let port = free_port()?;
    let socket = free_port()?;
    let mut command = Command::new(paths::program("geckodriver-0.37.1/bin/geckodriver", "geckodriver"));
    command
        .args(["--port", &port.to_string(), "--websocket-port", &socket.to_string()])
        // Chrome context and the extension's own pages.
        .arg("--allow-system-access");
    let process = Process::start(command, log)?;
    let mut args = vec!["-profile".to_owned(), profile.display().to_string()];
    if look.headless {
        args.push("-headless".into());
    }
    args.extend([format!("--width={}", look.size.0), format!("--height={}", look.size.1)]);
    let preferences = json!({
        "extensions.webextensions.uuids": json!({ ADD_ON: UUID }).to_string(),
        "extensions.webextOptionalPermissionPrompts": false,
        // A restart must find what was there, as an installed add-on would.
        "extensions.webextensions.keepStorageOnUninstall": true,
        "extensions.webextensions.keepUuidOnUninstall": true,
        "network.dns.localDomains": format!("{FAR_HOST},{COMMENTS_HOST}"),
        "intl.locale.requested": look.language,
        "intl.accept_languages": look.language,
        "layout.css.prefers-color-scheme.content-override": if look.dark { 0 } else { 1 },
        "ui.systemUsesDarkTheme": i32::from(look.dark),
        "browser.download.folderList": 2,
        "browser.download.dir": downloads,
        "browser.download.useDownloadDir": true,
        "browser.download.always_ask_before_handling_new_types": false,
        "browser.download.alwaysOpenPanel": false,
        "privacy.reduceTimerPrecision": !look.exact_clock,
        "signon.rememberSignons": false,
        "sidebar.revamp": false,
    });
    let capabilities = json!({
        "browserName": "firefox",
        "webSocketUrl": true,
        "moz:firefoxOptions": { "args": args, "prefs": preferences },
    });
    let Value::Object(capabilities) = capabilities else { bail!("capabilities are an object") };
    Ok((process, port, capabilities.into()))
}

/// Which world classic WebDriver commands act on.
#[derive(Debug)]
struct World(&'static str);

impl FormatRequestData for World {
    fn format_request(&self, session: &SessionId) -> RequestData {
        RequestData::new(http::Method::POST, format!("/session/{session}/moz/context"))
            .add_body(json!({ "context": self.0 }))
    }
}

impl Browser {
    /// Runs the body of a function with the browser's own rights, `window` being the browser's window. Firefox only.
    ///
    /// # Errors
    /// What it threw.
    pub async fn chrome(&self, body: &str) -> Result<Value> {
        let tree = self.bidi("browsingContext.getTree", json!({ "moz:scope": "chrome", "maxDepth": 0 })).await?;
        let window = tree["contexts"]
            .as_array()
            .and_then(|contexts| contexts.iter().find(|c| c["url"] == "chrome://browser/content/browser.xhtml"))
            .with_context(|| format!("no browser window in {tree}"))?;
        let params = json!({
            "expression": wrapped(body, "document", "window"),
            "target": { "context": window["context"] },
            "awaitPromise": true,
        });
        let answer = self.bidi("script.evaluate", params).await?;
        outcome(&answer["result"]["value"])
    }

    /// Clicks the extension's button in the toolbar, which opens the sidebar and lends the extension the tab.
    pub(super) async fn open_sidebar(&self) -> Result<()> {
        self.chrome(&format!(
            "const {{ExtensionParent}} = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs'); \
             const {{extension}} = WebExtensionPolicy.getByID('{ADD_ON}'); \
             await ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window); \
             document.getElementById('sidebar-box').style.width = '380px'"
        ))
        .await?;
        wait::until("the sidebar", async || {
            let open = self
                .chrome("return !!SidebarController.browser?.contentDocument?.getElementById('webext-panels-browser')")
                .await?;
            Ok(wait::Seen::when(open == true, open))
        })
        .await
    }

    pub(super) async fn sidebar(&self, body: &str) -> Result<Value> {
        // A frame script runs beside the sidebar's document, in its process; it needs no eval, which the
        // extension's policy forbids.
        let script =
            format!("{}.then(answer => sendAsyncMessage(NAME, answer))", wrapped(body, "content.document", "content"));
        let answer = self
            .chrome(&format!(
                "const panel = SidebarController.browser.contentDocument.getElementById('webext-panels-browser'); \
                 if (!panel) throw new Error('the sidebar is not open'); \
                 const name = 'rejoinder-e2e-' + Math.random(); \
                 const answer = new Promise(done => panel.messageManager.addMessageListener(name, function once(m) {{ \
                   panel.messageManager.removeMessageListener(name, once); done(m.data); }})); \
                 const script = {}.replace('NAME', JSON.stringify(name)); \
                 panel.messageManager.loadFrameScript('data:,' + encodeURIComponent(script), false); \
                 return await answer;",
                Value::from(script)
            ))
            .await?;
        outcome(&answer)
    }

    pub(super) async fn click_sidebar(&self, x: f64, y: f64) -> Result<()> {
        let corner = self
            .chrome(
                "const outer = SidebarController.browser.getBoundingClientRect(); \
                 const inner = SidebarController.browser.contentDocument.getElementById('webext-panels-browser')\
                   .getBoundingClientRect(); \
                 return {x: outer.x + inner.x, y: outer.y + inner.y}",
            )
            .await?;
        let (Some(left), Some(top)) = (corner["x"].as_f64(), corner["y"].as_f64()) else {
            bail!("no place of the sidebar: {corner}");
        };
        self.driver.cmd(World("chrome")).await?;
        #[expect(clippy::cast_possible_truncation, reason = "pixels")]
        let clicked = self.driver.action_chain().move_to((left + x) as i64, (top + y) as i64).click().perform().await;
        self.driver.cmd(World("content")).await?;
        Ok(clicked?)
    }

    pub(super) async fn sidebar_picture(&self) -> Result<Vec<u8>> {
        let picture = self
            .chrome(
                "const panel = SidebarController.browser.contentDocument.getElementById('webext-panels-browser'); \
                 const bitmap = await panel.browsingContext.currentWindowGlobal.drawSnapshot(null, 1, 'white'); \
                 const canvas = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas'); \
                 canvas.width = bitmap.width; canvas.height = bitmap.height; \
                 canvas.getContext('2d').drawImage(bitmap, 0, 0); \
                 return canvas.toDataURL('image/png').split(',')[1]",
            )
            .await?;
        decode(&picture)
    }

    async fn event_page(&self) -> Result<String> {
        text(
            &self
                .chrome(&format!("return String(WebExtensionPolicy.getByID('{ADD_ON}').extension.backgroundState)"))
                .await?,
        )
    }

    pub(super) async fn event_page_runs(&self) -> Result<bool> {
        Ok(self.event_page().await? == "running")
    }

    pub(super) async fn stop_event_page(&self) -> Result<()> {
        let terminate = format!(
            "await WebExtensionPolicy.getByID('{ADD_ON}').extension\
             .terminateBackground({{ignoreDevToolsAttached: true}})"
        );
        wait::until("the background to stop", async || {
            // Asked again each time: while a listener's answer is under way, Firefox takes the question for a reason to
            // wait for another idle time, and does nothing.
            if self.event_page().await? != "stopped" {
                self.chrome(&terminate).await?;
            }
            Ok(wait::Seen::filter(self.event_page().await?, |state| state == "stopped"))
        })
        .await?;
        Ok(())
    }
}
