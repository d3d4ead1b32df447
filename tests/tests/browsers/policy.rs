use super::scene::{Scene, same};
use anyhow::{Context as _, Result, ensure};
use rejoinder_e2e::manager::ours;
use rejoinder_e2e::wait::{self, Seen};
use serde_json::json;

/// What an organisation sets holds without a word of the manager; what it locks, the manager cannot change; what is wrong
/// in it costs itself only.
pub(crate) async fn an_organisation_sets_and_locks(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let key = scene.publication().key();
    let policy = browser
        .set_policy(&json!({
            "subscriptions": [{ "url": scene.packs.subscription(), "key": key }],
            "identity": { "organisation": "Agence imposée", "site": "https://imposee.example" },
            "sites": ["http://localhost/*", "https://*/*"],
            "locked": ["organisation", "subscriptions", "sites"],
        }))
        .await?;
    browser.allow_hosts(&["http://localhost/*"]).await?;
    browser.goto_own("options.html").await?;
    wait::until("the policy", async || {
        let locked =
            browser.page("return document.querySelector(\"[data-testid='policy']\")?.dataset.locked ?? ''").await?;
        Ok(Seen::when(locked == "organisation subscriptions sites", locked))
    })
    .await?;
    let problems = "return [...document.querySelectorAll(\"[data-testid='policy-problem']\")].map(p => p.textContent)";
    let problems: Vec<String> = serde_json::from_value(browser.page(problems).await?)?;
    ensure!(problems.len() == 1 && problems[0].contains("https://*/*"), "what was skipped is not told: {problems:?}");
    same("organisation", &browser.value(&ours("identity-organisation")).await?, &"Agence imposée".to_owned())?;
    let fixed = "return ['identity-organisation', 'identity-site', 'identity-role']\
         .map(id => document.querySelector(`[data-testid='${id}']`).readOnly)";
    same("fixed fields", &browser.page(fixed).await?, &json!([true, true, false]))?;
    let ways = "return ['subscription-url', 'subscription-remove', 'site-pattern']\
         .filter(id => document.querySelector(`[data-testid='${id}']`))";
    same("ways around it", &browser.page(ways).await?, &json!([]))?;

    // The one thing that no policy can do.
    browser.click(&ours("policy-allow")).await?;
    browser.element(&ours("site-row")).await?;
    browser.goto(&scene.page("/boxes/plain.html")).await?;
    browser.open_panel().await?;
    browser.panel_state("read").await?;
    scene.finds("VAX_AUTISM", "asserts").await?;
    let card = scene.first_card("VAX_AUTISM", "asserts").await?;
    let preview = browser.preview(&card).await?;
    ensure!(preview.contains("Agence imposée – https://imposee.example"), "not the organisation's name: {preview}");
    same("result", &browser.insert(&card).await?.result, &"inserted".to_owned()).context(preview)?;
    drop(policy);
    Ok(())
}
