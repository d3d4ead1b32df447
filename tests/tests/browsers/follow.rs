use super::scene::{Scene, same};
use anyhow::{Context as _, Result, ensure};
use rejoinder_e2e::wait::{self, Seen};
use thirtyfour::prelude::*;

const BOX: &str = "#comment";

/// What becomes of a reply is seen in the page, and told to the journal: published, answered, edited, thrown away, taken
/// down.
pub(crate) async fn what_becomes_of_a_reply(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let page = scene.page("/replies.html");
    scene.open(&page).await?;
    scene.finds("VAX_AUTISM", "asserts").await?;

    let first = reply(scene).await?;
    ensure!(first.contains("https://agence.example"), "the first reply does not tell all: {first}");
    own(scene, &[("inserted", "", "0")]).await?;
    browser.click("#publish").await?;
    own(scene, &[("posted", "0", "0")]).await?;

    // Somebody answers.
    browser.page("keep([...kept(), 'Merci !'])").await?;
    browser.goto(&page).await?;
    own(scene, &[("posted", "1", "1")]).await?;
    browser.goto(&page).await?;
    own(scene, &[("posted", "1", "0")]).await?;

    // In the same thread, readers know who it is; and the same words are not proposed again.
    let second = reply(scene).await?;
    ensure!(second.ends_with("\n\nClaire Delmas, Agence de démonstration"), "not the short block: {second}");
    ensure!(first.lines().next() != second.lines().next(), "the same wording again: {second}");
    browser
        .page("comment.value = comment.value.replace('Bonjour', 'Bonsoir à vous').replace('.', ', vraiment.')")
        .await?;
    browser.click("#publish").await?;
    own(scene, &[("posted", "2", "1"), ("edited", "0", "0")]).await?;

    reply(scene).await?;
    browser.element(BOX).await?.send_keys(Key::Control + "a").await?;
    browser.element(BOX).await?.send_keys(Key::Delete + "").await?;
    own(scene, &[("posted", "2", "1"), ("edited", "0", "0"), ("unknown", "", "0")]).await?;

    // A moderator.
    browser.page("keep(kept().filter((_, at) => at !== 2))").await?;
    browser.goto(&page).await?;
    own(scene, &[("gone", "2", "0"), ("edited", "0", "0"), ("unknown", "", "0")]).await?;

    let rows = browser.journal(3).await?;
    let outcomes: Vec<_> = rows.iter().map(|row| row.outcome.as_str()).collect();
    same("journal", &outcomes, &vec!["unknown", "edited", "gone"])
}

/// Opens the reply box of the first comment and inserts the first card; gives its text.
async fn reply(scene: &Scene) -> Result<String> {
    let browser = &scene.browser;
    browser.click("li.comment:nth-child(1) .comment-reply-link").await?;
    let card = scene.first_card("VAX_AUTISM", "asserts").await?;
    let preview = browser.preview(&card).await?;
    let attempt = browser.insert(&card).await?;
    same("result", &attempt.result.as_str(), &"inserted").with_context(|| attempt.words.clone())?;
    same("the box", &browser.value(BOX).await?, &preview)?;
    Ok(preview)
}

/// Waits until the panel shows these replies of the manager: state, posts below (empty: not known), new ones of them.
async fn own(scene: &Scene, wanted: &[(&str, &str, &str)]) -> Result<()> {
    wait::until(&format!("own replies: {wanted:?}"), async || {
        let now = scene.browser.own_replies().await?;
        let all = now.len() == wanted.len()
            && now.iter().zip(wanted).all(|(n, w)| (n.0.as_str(), n.1.as_str(), n.2.as_str()) == *w);
        Ok(Seen::when(all, now))
    })
    .await
}
