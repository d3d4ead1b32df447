use super::scene::{Scene, same};
use anyhow::Result;
use rejoinder_e2e::manager::ours;
use rejoinder_e2e::wait::{self, Seen};

const AUTISM: &str = "VAX_AUTISM";
const BENIGN: &str = "MEASLES_BENIGN";
const OVERLOAD: &str = "VAX_OVERLOAD";

/// On a site that nobody knows: an advertisement taken for a post, a post that was missed, both put right; kept for the
/// site, and forgotten on demand.
pub(crate) async fn the_manager_says_what_is_a_post(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let url = scene.page("/unknown.html");
    scene.open(&url).await?;
    found(scene, &[BENIGN, AUTISM], "generic").await?;

    browser.not_a_post(BENIGN).await?;
    found(scene, &[AUTISM], "local").await?;

    browser.read_selection().await?;
    wait::until("to be told that nothing is selected", async || {
        let told =
            browser.panel("return document.querySelector(\"[data-testid='way'] .notice.bad\")?.innerText").await?;
        Ok(Seen::when(told.as_str().is_some_and(|told| !told.is_empty()), told))
    })
    .await?;
    browser.page("getSelection().selectAllChildren(document.querySelector('.guests p'))").await?;
    browser.read_selection().await?;
    found(scene, &[AUTISM, OVERLOAD], "local").await?;

    // Another visit: the first answer holds as well as the second.
    browser.goto(&url).await?;
    found(scene, &[AUTISM, OVERLOAD], "local").await?;

    browser.goto_own("options.html").await?;
    let kept = browser.element(&format!("{}[data-host='localhost']", ours("local-row"))).await?;
    same("rows", &kept.text().await?.contains("localhost"), &true)?;
    browser.click(&ours("local-forget")).await?;
    wait::until("nothing kept", async || {
        let rows = browser.page("return document.querySelectorAll(\"[data-testid='local-row']\").length").await?;
        Ok(Seen::when(rows == 0, rows))
    })
    .await?;
    browser.goto(&url).await?;
    found(scene, &[BENIGN, AUTISM], "generic").await
}

async fn found(scene: &Scene, claims: &[&str], way: &str) -> Result<()> {
    let browser = &scene.browser;
    wait::until(&format!("exactly {claims:?}, {way}"), async || {
        let mut now: Vec<String> = browser.findings().await?.into_iter().map(|f| f.claim).collect();
        now.sort();
        let by = browser.way().await?;
        Ok(Seen::when(now == claims && by == way, (now, by)))
    })
    .await
}
