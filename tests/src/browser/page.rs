//! The page in the current tab.

use super::{Browser, outcome, text, wrapped};
use crate::manager::pattern;
use crate::wait;
use anyhow::Result;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

impl Browser {
    /// The current tab, as BiDi names it.
    ///
    /// # Errors
    /// It was closed.
    pub async fn tab(&self) -> Result<String> {
        Ok(self.driver.window().await?.to_string())
    }

    /// Runs the body of a function in the page's own world (not in a sandbox beside it) and gives what it returns.
    ///
    /// # Errors
    /// What it threw.
    pub async fn page(&self, body: &str) -> Result<Value> {
        self.page_in(&self.tab().await?, body).await
    }

    /// [`Browser::page`] in another tab.
    ///
    /// # Errors
    /// What it threw.
    pub async fn page_in(&self, tab: &str, body: &str) -> Result<Value> {
        let answer = self
            .bidi(
                "script.evaluate",
                json!({
                    "expression": wrapped(body, "document", "window"),
                    "target": { "context": tab },
                    "awaitPromise": true,
                    "userActivation": false,
                }),
            )
            .await?;
        outcome(&answer["result"]["value"])
    }

    /// Opens one of the extension's pages in a tab behind the current one.
    ///
    /// # Errors
    /// It did not load.
    pub async fn open_own_behind(&self, page: &str) -> Result<String> {
        let answer = self.bidi("browsingContext.create", json!({ "type": "tab", "background": true })).await?;
        let tab = text(&answer["context"])?;
        let url = format!("{}{page}", self.base);
        self.bidi("browsingContext.navigate", json!({ "context": tab, "url": url, "wait": "complete" })).await?;
        Ok(tab)
    }

    /// Asks the background as the panel does, from one of the extension's pages that [`Browser::open_own_behind`] opened.
    ///
    /// # Errors
    /// It has no answer.
    pub async fn ask_background(&self, own: &str, request: &Value) -> Result<Value> {
        let json = Value::from(rejoinder_wire::Envelope::new(request).to_json()?);
        let body =
            format!("return await chrome.runtime.sendMessage({{ to: 'background', from: 'panel', json: {json} }})");
        self.page_in(own, &body).await
    }

    /// Asks the background as the script in a page of an enabled site does, from a page that [`Browser::open_own_behind`]
    /// opened. Gives the answer, `null` if there is none, and the milliseconds that it took.
    ///
    /// # Errors
    /// No tab shows the site.
    pub async fn ask_background_as_page(&self, own: &str, page: &str, request: &Value) -> Result<(Value, f64)> {
        let json = rejoinder_wire::Envelope::new(request).to_json()?;
        let body = format!(
            "const ask = async (json) => {{ \
                 const start = performance.now(); \
                 const answer = await chrome.runtime.sendMessage({{ to: 'background', from: 'page', json }}); \
                 return [JSON.parse(answer ?? null)?.body ?? null, performance.now() - start]; \
             }}; \
             const [tab] = await chrome.tabs.query({{ url: {} }}); \
             const target = {{ tabId: tab.id }}; \
             const [{{ result }}] = await chrome.scripting.executeScript({{ target, func: ask, args: [{}] }}); \
             return JSON.stringify(result)",
            json!(pattern(page)?),
            json!(json),
        );
        let result = text(&self.page_in(own, &body).await?)?;
        let (answer, took) = serde_json::from_str(&result)?;
        Ok((answer, took))
    }

    /// Presses Ctrl+Z where the focus is. A frame of another site is another process, which has keys of its own: the
    /// page's first one, if it `is_framed`.
    ///
    /// # Errors
    /// The browser would not.
    pub async fn press_undo(&self, is_framed: bool) -> Result<()> {
        let mut context = self.tab().await?;
        if is_framed {
            let tree = self.bidi("browsingContext.getTree", json!({ "root": context })).await?;
            context = text(&tree["contexts"][0]["children"][0]["context"])?;
        }
        let key = |kind: &str, value: &str| json!({ "type": kind, "value": value });
        let keys = [key("keyDown", "\u{e009}"), key("keyDown", "z"), key("keyUp", "z"), key("keyUp", "\u{e009}")];
        let actions = json!([{ "type": "key", "id": "keyboard", "actions": keys }]);
        self.bidi("input.performActions", json!({ "context": context, "actions": actions })).await?;
        Ok(())
    }

    /// Waits until an element is there and gives it.
    ///
    /// # Errors
    /// It did not come.
    pub async fn element(&self, css: &str) -> Result<WebElement> {
        wait::until(&format!("`{css}` in the page"), async || {
            Ok(match self.driver.find_all(By::Css(css)).await?.into_iter().next() {
                Some(element) => wait::Seen::Yes(element),
                None => wait::Seen::NotYet("nothing".into()),
            })
        })
        .await
    }

    /// Clicks an element of the page as its user would.
    ///
    /// # Errors
    /// It is not there.
    pub async fn click(&self, css: &str) -> Result<()> {
        let element = self.element(css).await?;
        element.scroll_into_view().await?;
        Ok(element.click().await?)
    }

    /// Replaces what is in a field of the page by typing.
    ///
    /// # Errors
    /// It is not there or takes no text.
    pub async fn fill(&self, css: &str, value: &str) -> Result<()> {
        let element = self.element(css).await?;
        element.clear().await?;
        Ok(element.send_keys(value).await?)
    }

    /// What a field of the page holds.
    ///
    /// # Errors
    /// It is not there.
    pub async fn value(&self, css: &str) -> Result<String> {
        text(&self.page(&format!("return document.querySelector({}).value", Value::from(css))).await?)
    }

    /// A picture (PNG) of the page.
    ///
    /// # Errors
    /// The browser would not.
    pub async fn picture(&self) -> Result<Vec<u8>> {
        let answer = self.bidi("browsingContext.captureScreenshot", json!({ "context": self.tab().await? })).await?;
        super::decode(&answer["data"])
    }
}
