use super::scene::{Scene, same};
use anyhow::{Context as _, Result, ensure};
use rejoinder_e2e::manager::ours;
use rejoinder_e2e::wait::{self, Seen};

const BOX: &str = "#message";
const THERE: &str = "Bonjour Camille, merci de votre question.";

pub(crate) async fn text_box_keeps_its_text_and_undoes_once(scene: &Scene) -> Result<()> {
    keeps_and_undoes(scene, "/boxes/plain.html", "value").await
}

pub(crate) async fn editable_box_keeps_its_text_and_undoes_once(scene: &Scene) -> Result<()> {
    keeps_and_undoes(scene, "/boxes/editable.html", "innerText").await
}

/// The card comes after what the manager had written; one Ctrl+Z takes the card away and nothing else.
async fn keeps_and_undoes(scene: &Scene, page: &str, property: &str) -> Result<()> {
    let browser = &scene.browser;
    scene.open(&scene.page(page)).await?;
    scene.finds("VAX_AUTISM", "asserts").await?;
    browser.click(BOX).await?;
    browser.element(BOX).await?.send_keys(THERE).await?;
    let read = format!("return document.querySelector('{BOX}').{property}");
    let held = async || -> Result<String> { Ok(browser.page(&read).await?.as_str().unwrap_or_default().to_owned()) };
    same("typed", &held().await?, &THERE.to_owned())?;

    let card = scene.first_card("VAX_AUTISM", "asserts").await?;
    let preview = browser.preview(&card).await?;
    let attempt = browser.insert(&card).await?;
    same("result", &attempt.result.as_str(), &"inserted").with_context(|| attempt.words.clone())?;
    let now = held().await?;
    let added = now.strip_prefix(THERE).with_context(|| format!("the text that was there is not: {now}"))?;
    ensure!(added.starts_with('\n'), "the card begins on the line of the text that was there: {now}");
    same("inserted", &folded(added), &folded(&preview))?;

    browser.undo(BOX).await?;
    wait::until("one undo", async || Ok(Seen::filter(held().await?, |now| now.trim_end() == THERE))).await?;
    Ok(())
}

/// Line by line: an editor may show a blank line as a border between blocks.
fn folded(text: &str) -> Vec<&str> {
    text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect()
}

pub(crate) async fn too_small_a_box_stays_as_it_was(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open(&scene.page("/boxes/short.html")).await?;
    scene.finds("VAX_AUTISM", "asserts").await?;
    browser.fill(BOX, THERE).await?;
    let card = scene.first_card("VAX_AUTISM", "asserts").await?;
    let preview = browser.preview(&card).await?;
    let attempt = browser.insert(&card).await?;
    same("result", &attempt.result.as_str(), &"failed")?;
    ensure!(attempt.words.contains("60"), "the limit is not told: {}", attempt.words);
    same("the box", &browser.value(BOX).await?, &THERE.to_owned())?;
    // The way out is offered: the whole text, to take by hand.
    let offered = browser.panel("return document.querySelector('textarea.takeaway')?.value ?? null").await?;
    same("offered text", &offered.as_str(), &Some(preview.as_str()))?;
    let rows = browser.journal(1).await?;
    same("outcome", &rows[0].outcome.as_str(), &"failed")
}

pub(crate) async fn copying_is_journalled(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open(&scene.page("/boxes/plain.html")).await?;
    scene.finds("VAX_AUTISM", "asserts").await?;
    let card = scene.first_card("VAX_AUTISM", "asserts").await?;
    browser.click_in_panel(&ours("copy")).await?;
    wait::until("the copy", async || {
        let result =
            browser.panel("return document.querySelector(\"[data-testid='copy-result']\")?.className ?? null").await?;
        Ok(Seen::filter(result, |result| result.as_str().is_some_and(|class| class.contains("good"))))
    })
    .await?;
    same("the box", &browser.value(BOX).await?, &String::new())?;
    let rows = browser.journal(1).await?;
    same("journal", &(rows[0].card.as_str(), rows[0].outcome.as_str()), &(card.as_str(), "copied"))
}
