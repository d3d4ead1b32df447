use super::scene::{Scene, same};
use anyhow::{Result, ensure};
use rejoinder_e2e::server::{LAST_WORDS, RISKY_EVERY};
use rejoinder_e2e::wait::{self, Seen};
use std::collections::BTreeSet;

const POSTS: usize = 2_000;
const POST: &str = "article.comment";

/// Nothing may be loaded, injected or made from text; all of it is read, and the page sees no change but its own.
pub(crate) async fn strict_page_notices_nothing(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let url = scene.page(&format!("/hostile?posts={POSTS}"));
    scene.open(&url).await?;
    // Once more from the start, as on every later visit.
    browser.goto(&url).await?;

    // Posts come and go while the page is being read.
    for number in 0..20 {
        browser
            .page(&format!("append('late{number}', 'Ajout {number} : le vaccin ROR provoque l\\'autisme.')"))
            .await?;
        let gone = number * RISKY_EVERY / 2;
        browser.page(&format!("removePost('c{gone}')")).await?;
    }
    // Removed: every second multiple of half the step, so half of the risky ones and the long post… unless it stays.
    let removed: BTreeSet<usize> = (0..20).map(|n| n * RISKY_EVERY / 2).collect();
    let long = RISKY_EVERY / 2;
    let risky = (0..POSTS).filter(|n| n % RISKY_EVERY == 0 && !removed.contains(n)).count() + 20;
    ensure!(removed.contains(&long), "the table above");
    browser
        .page(&format!("append('long', {})", serde_json::Value::from(rejoinder_e2e::server::hostile_post(long))))
        .await?;

    wait::until(&format!("{risky} findings and the end of the long post"), async || {
        let now = browser.findings().await?;
        let autism = now.iter().filter(|f| f.claim == "VAX_AUTISM").count();
        let measles = now.iter().filter(|f| f.claim == "MEASLES_BENIGN").count();
        Ok(Seen::when((autism, measles, now.len()) == (risky, 1, risky + 1), (autism, measles, now.len())))
    })
    .await?;
    wait::until("everything painted", async || {
        let painted = browser.painted(POST).await?;
        let posts: BTreeSet<_> = painted.iter().map(|(post, _)| *post).collect();
        let last = painted.iter().any(|(_, words)| LAST_WORDS.contains(words.as_str()) && words.contains("rougeole"));
        Ok(Seen::when(posts.len() == risky + 1 && last, (posts.len(), last)))
    })
    .await?;

    // A card goes in, whole.
    let card = scene.first_card("MEASLES_BENIGN", "asserts").await?;
    let preview = browser.preview(&card).await?;
    same("result", &browser.insert(&card).await?.result.as_str(), &"inserted")?;
    same("the box", &browser.value("#message").await?, &preview)?;

    // The page's own watch is awake …
    let foreign = browser.page("await new Promise(r => setTimeout(r)); return foreign").await?;
    same("changes that are not the page's own", &foreign, &serde_json::json!([]))?;
    browser.page("document.body.setAttribute('data-probe', '1'); await new Promise(r => setTimeout(r))").await?;
    let probe = browser.page("return foreign.length").await?;
    same("the watch", &probe, &serde_json::json!(1))?;
    // … and so is the sink of its policy; it has nothing of ours.
    same("reports", &scene.pages.reports(), &vec![])?;
    browser.page("await fetch('/probe').catch(() => null)").await?;
    wait::until("a report of what the test itself did", async || {
        let reports = scene.pages.reports();
        Ok(Seen::when(!reports.is_empty(), reports))
    })
    .await?;
    let reports = scene.pages.reports();
    ensure!(reports.iter().all(|report| report.contains("/probe")), "reports that are not the test's: {reports:?}");
    Ok(())
}
