use super::scene::{Scene, same};
use anyhow::Result;
use rejoinder_e2e::browser::{COMMENTS_HOST, FAR_HOST};
use rejoinder_e2e::manager::ours;
use rejoinder_e2e::wait::{self, Seen};

/// The page's own site is enabled, its comments are elsewhere: that place is offered, and nothing else.
pub(crate) async fn comments_in_a_frame_can_be_enabled(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let elsewhere = format!("http://{COMMENTS_HOST}/*");
    browser.allow_hosts(&[&elsewhere]).await?;
    scene.open(&format!("http://{FAR_HOST}:{}/embedded.html", scene.pages.port)).await?;
    wait::until("the frame's site to be offered", async || {
        let now = offered(scene).await?;
        Ok(Seen::when(now == [elsewhere.clone()], now))
    })
    .await?;
    same("findings before", &browser.findings().await?, &vec![])?;
    browser.click_in_panel(&ours("enable-frame")).await?;
    scene.finds("VAX_AUTISM", "asserts").await?;
    wait::until("no more offers", async || {
        let now = offered(scene).await?;
        Ok(Seen::when(now.is_empty(), now))
    })
    .await
}

async fn offered(scene: &Scene) -> Result<Vec<String>> {
    let rows = "return [...document.querySelectorAll(\"[data-testid='frame']\")].map((row) => row.dataset.pattern)";
    Ok(serde_json::from_value(scene.browser.panel(rows).await?)?)
}
