use super::scene::{Scene, same};
use anyhow::{Context as _, Result, ensure};
use rejoinder_e2e::wait::{self, Seen};
use serde_json::{Value, json};

const PAGE: &str = "/detect.html";

/// An adapter for the page, under which nothing is drawn.
const QUIET: &str = r#"
[[site]]
id = "quiet"
name = "Quiet"
url = ["*://localhost/*"]
discreet = true

[[site.generation]]
id = "1"
detect = "article.comment"
post = "article.comment"
body = "p"
evidence = "the tests' own page"
seen = "2026-11-26"
"#;

/// What the page sees of Rejoinder, by kind.
async fn seen(scene: &Scene) -> Result<Value> {
    let browser = &scene.browser;
    let base = serde_json::to_string(&browser.base)?;
    browser.page(&format!("await new Promise(r => setTimeout(r)); return await seen({base})")).await
}

/// A page that looks everywhere sees the painted ranges in its registry of highlights, and nothing else.
pub(crate) async fn a_page_sees_what_is_painted_only(scene: &Scene) -> Result<()> {
    scene.open(&scene.page(PAGE)).await?;
    scene.browser.goto(&scene.page(PAGE)).await?;
    scene.finds("VAX_AUTISM", "asserts").await?;
    wait::until("paint", async || {
        let names = scene.browser.page("return CSS.highlights.size").await?;
        Ok(Seen::when(names != 0, names))
    })
    .await?;
    let all = seen(scene).await?;
    let kinds: Vec<&str> = all.as_object().context("no report")?.keys().map(String::as_str).collect();
    same("what the page sees", &kinds, &vec!["highlights"])?;
    // The watch is awake: it sees what the test does.
    scene.browser.page("document.querySelector('article').dataset.probe = ''").await?;
    let probed = seen(scene).await?;
    ensure!(probed["mutations"] == json!(["attributes ARTICLE"]), "a blind watch: {probed}");
    Ok(())
}

/// Where an adapter asks for discretion, it sees nothing at all; the panel shows what was found.
pub(crate) async fn a_discreet_site_sees_nothing(scene: &Scene) -> Result<()> {
    scene.publication().add("sites/quiet.toml", QUIET)?;
    scene.publication().edit("version = \"0.1.0\"", "version = \"0.1.1\"")?;
    scene.publication().publish(&[])?;
    let outcome = scene.browser.sync().await?;
    ensure!(outcome.len() == 1 && outcome[0].0 == "good", "{outcome:?}");
    scene.open(&scene.page(PAGE)).await?;
    scene.browser.goto(&scene.page(PAGE)).await?;
    scene.finds("VAX_AUTISM", "asserts").await?;
    same("how it was read", &scene.browser.way().await?, &"adapter".to_owned())?;
    scene.browser.show_finding("VAX_AUTISM", "asserts").await?;
    same("what the page sees", &seen(scene).await?, &json!({}))
}
