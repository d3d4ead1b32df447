use super::scene::{Scene, same};
use anyhow::{Context as _, Result, ensure};
use rejoinder_e2e::browser::Browser;
use rejoinder_wire::Envelope;
use serde_json::{Value, json};

/// What a content script that was taken over would ask: everything that only the panel may. It runs in the world of the
/// content script, with its rights.
pub(crate) async fn a_taken_over_content_script_gets_nothing(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open(&scene.page("/boxes/plain.html")).await?;
    scene.finds("VAX_AUTISM", "asserts").await?;
    let taken = TakenOver { browser, own: browser.open_own_behind("options.html").await? };
    let settings = browser.ask_background(&taken.own, &json!({ "kind": "settings" })).await?;
    ensure!(settings.as_str().is_some_and(|s| s.contains("Claire")), "the options page itself is answered: {settings}");

    let post = json!({ "tab": taken.tab().await?, "frame": 0, "post": 1 });
    let card = json!({ "post": post, "claim": "VAX_AUTISM", "card": "ror-autisme", "variant": "court", "draft": {} });
    let nobody = json!({ "first_name": "x", "last_name": "x", "role": "", "organisation": "x", "site": "x" });
    for (kind, fields) in [
        ("settings", json!({})),
        ("tab", json!({ "tab": post["tab"] })),
        ("journal", json!({})),
        ("clear_journal", json!({})),
        ("cards", json!({ "post": post, "claim": "VAX_AUTISM", "stance": "asserts" })),
        ("review", card.clone()),
        ("insert", merged(&card, &json!({ "there": true }))?),
        ("subscribe", json!({ "url": "https://attacker.example/index.json", "key": "x" })),
        ("set_identity", json!({ "identity": nobody })),
        ("enable_site", json!({ "pattern": "https://attacker.example/*" })),
        ("confirm_account", json!({ "tab": post["tab"], "host": "localhost", "shown": null })),
    ] {
        let request = merged(&json!({ "kind": kind }), &fields)?;
        for from in ["panel", "page", "background", ""] {
            let answer = taken.ask(from, &request).await?;
            // The channel of pages knows no such request, and says so.
            let refused = answer.as_str().is_some_and(|answer| answer.contains("\"kind\":\"refused\""));
            ensure!(answer.is_null() || (from == "page" && refused), "as `{from}`, {request} is answered: {answer}");
        }
    }
    same("the box", &browser.value("#message").await?, &String::new())?;
    same("settings", &browser.ask_background(&taken.own, &json!({ "kind": "settings" })).await?, &settings)?;
    // Where the browser lets a content script read the extension's storage at all, nothing is there.
    same("storage", &taken.storage().await?, &json!({}))
}

fn merged(one: &Value, other: &Value) -> Result<Value> {
    let (one, other) = (one.as_object().context("an object")?, other.as_object().context("an object")?);
    Ok(one
        .iter()
        .chain(other)
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect::<serde_json::Map<_, _>>()
        .into())
}

/// The world of the content script, reached as only a test can: through a page of the extension.
struct TakenOver<'a> {
    browser: &'a Browser,
    own: String,
}

impl TakenOver<'_> {
    /// Runs a function of JavaScript, with arguments, in the content script's world.
    async fn run(&self, function: &str, arguments: &[Value]) -> Result<Value> {
        let body = format!(
            "const [tab] = await chrome.tabs.query({{ url: 'http://localhost/*' }}); \
             const [{{ result }}] = await chrome.scripting.executeScript(\
               {{ target: {{ tabId: tab.id }}, func: {function}, args: {} }}); \
             return result ?? null",
            Value::from(arguments)
        );
        self.browser.page_in(&self.own, &body).await
    }

    async fn ask(&self, from: &str, request: &Value) -> Result<Value> {
        let json = Envelope::new(request).to_json()?;
        self.run(
            "async (from, json) => { \
               try { return await chrome.runtime.sendMessage({ to: 'background', from, json }); } catch { return null; } }",
            &[from.into(), json.into()],
        )
        .await
    }

    async fn storage(&self) -> Result<Value> {
        let function = "async () => { try { return await chrome.storage.local.get(null); } catch { return {}; } }";
        self.run(function, &[]).await
    }

    async fn tab(&self) -> Result<Value> {
        self.browser.page_in(&self.own, "return (await chrome.tabs.query({ url: 'http://localhost/*' }))[0].id").await
    }
}
