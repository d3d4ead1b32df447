use super::scene::{Scene, same};
use anyhow::{Result, ensure};
use rejoinder_e2e::browser::FAR_HOST;
use rejoinder_e2e::manager::ours;
use rejoinder_e2e::wait::{self, Seen};

/// The host of the subscription is granted, and its pages are still not read.
pub(crate) async fn nothing_happens_on_a_site_that_is_not_enabled(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let url = scene.packs.url("/boxes/plain.html");
    browser.goto(&url).await?;
    browser.open_panel().await?;
    browser.panel_state("not_enabled").await?;
    // Every script that the extension could have registered, and everything in the page's registry.
    let scripts = scripts(scene).await?;
    same("registered scripts", &scripts, &0)?;
    same("painted", &browser.painted("article").await?, &vec![])?;
    same("findings", &browser.findings().await?, &vec![])?;
    // Then, once enabled, the same page is read: the silence before was not for want of something to find.
    browser.enable_site().await?;
    scene.finds("VAX_AUTISM", "asserts").await
}

/// How many content scripts the extension has registered, as its own options page says from a tab behind: the page in
/// front stays, and with it what the toolbar's button lent.
async fn scripts(scene: &Scene) -> Result<usize> {
    let browser = &scene.browser;
    let own = browser.open_own_behind("options.html").await?;
    let count = browser.page_in(&own, "return (await chrome.scripting.getRegisteredContentScripts()).length").await?;
    Ok(serde_json::from_value(count)?)
}

pub(crate) async fn leaving_a_site_leaves_no_trace(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open(&scene.page("/boxes/plain.html")).await?;
    scene.finds("VAX_AUTISM", "asserts").await?;
    wait::until("paint", async || Ok(Seen::filter(browser.painted("article").await?, |p| !p.is_empty()))).await?;
    // In a tab of its own, so that the page stays.
    let page = browser.driver.window().await?;
    browser.driver.new_tab().await.and(Ok(()))?;
    let tabs = browser.driver.windows().await?;
    let other = tabs.into_iter().find(|tab| *tab != page);
    let Some(other) = other else { anyhow::bail!("no second tab") };
    browser.driver.switch_to_window(other).await?;
    browser.goto_own("options.html").await?;
    browser.click(&ours("site-remove")).await?;
    wait::until("the site to go", async || {
        let rows = browser.page("return document.querySelectorAll(\"[data-testid='site-row']\").length").await?;
        Ok(Seen::when(rows == 0, rows))
    })
    .await?;
    browser.driver.close_window().await?;
    browser.driver.switch_to_window(page).await?;
    wait::until("no paint", async || {
        let names = browser.page("return [...CSS.highlights.keys()]").await?;
        Ok(Seen::when(names == serde_json::json!([]), names))
    })
    .await?;
    browser.panel_state("not_enabled").await?;
    same("findings", &browser.findings().await?, &vec![])
}

pub(crate) async fn examples_are_refused_off_this_machine(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open(&format!("http://{FAR_HOST}:{}/boxes/plain.html", scene.pages.port)).await?;
    scene.finds("VAX_AUTISM", "asserts").await?;
    let card = scene.first_card("VAX_AUTISM", "asserts").await?;
    let refusal = browser.refusal(&card).await?;
    ensure!(refusal.is_some(), "an example may be inserted on {FAR_HOST}");
    same("the box", &browser.value("#message").await?, &String::new())
}
