use super::scene::{Scene, same};
use anyhow::{Context as _, Result, ensure};
use jiff::{SignedDuration, Timestamp};
use rejoinder_e2e::manager::ours;
use rejoinder_e2e::wait::{self, Seen};
use serde_json::json;

const PAGE: &str = "/boxes/plain.html";

/// The packs that were good are still at work.
async fn still_reads(scene: &Scene) -> Result<()> {
    scene.open(&scene.page(PAGE)).await?;
    scene.finds("VAX_AUTISM", "asserts").await?;
    let card = scene.first_card("VAX_AUTISM", "asserts").await?;
    same("refusal", &scene.browser.refusal(&card).await?, &None)
}

/// A sync that must be refused, and say so.
async fn refused(scene: &Scene) -> Result<()> {
    let now = scene.browser.sync().await?;
    ensure!(now.len() == 1 && now[0].0 == "bad", "not refused: {now:?}");
    Ok(())
}

pub(crate) async fn tampered_index_is_refused_and_the_last_good_stays(scene: &Scene) -> Result<()> {
    {
        let mut publication = scene.publication();
        publication.publish(&[])?;
        publication.tamper("index.json", |text| text.replace("Agence de démonstration", "Agence de démolition"))?;
    }
    refused(scene).await?;
    still_reads(scene).await
}

pub(crate) async fn tampered_pack_is_refused_and_the_last_good_stays(scene: &Scene) -> Result<()> {
    {
        let mut publication = scene.publication();
        publication.edit("version = \"0.1.0\"", "version = \"0.1.1\"")?;
        publication.publish(&[])?;
        // Of the same length, so that only the hash can tell.
        publication.tamper("vaccination-0.1.1.json", |text| {
            text.replacen("aucun lien", "un vrai lien", 1).replacen("  ", " ", 1)
        })?;
    }
    refused(scene).await?;
    still_reads(scene).await
}

pub(crate) async fn unchanged_packs_are_not_fetched_again(scene: &Scene) -> Result<()> {
    let before = scene.packs.asked().len();
    let now = scene.browser.sync().await?;
    ensure!(now.len() == 1 && now[0].0 == "good", "{now:?}");
    let asked = scene.packs.asked().split_off(before);
    ensure!(asked.iter().any(|(file, status)| file == "index.json" && *status == 304), "not conditional: {asked:?}");
    ensure!(!asked.iter().any(|(file, status)| file.starts_with("vaccination") && *status == 200), "again: {asked:?}");
    Ok(())
}

pub(crate) async fn expired_card_is_refused(scene: &Scene) -> Result<()> {
    {
        let mut publication = scene.publication();
        publication.edit("version = \"0.1.0\"", "version = \"0.2.0\"")?;
        publication.edit("expires_on = \"2027-06-30\"", "expires_on = \"2024-02-29\"")?;
        publication.publish(&[])?;
    }
    card_is_refused_after_sync(scene, "2024").await
}

pub(crate) async fn recalled_card_is_refused(scene: &Scene) -> Result<()> {
    scene.publication().publish(&["f.vax-autisme"])?;
    card_is_refused_after_sync(scene, "").await
}

async fn card_is_refused_after_sync(scene: &Scene, says: &str) -> Result<()> {
    let browser = &scene.browser;
    let now = browser.sync().await?;
    ensure!(now.len() == 1 && now[0].0 == "good", "{now:?}");
    scene.open(&scene.page(PAGE)).await?;
    scene.finds("VAX_AUTISM", "asserts").await?;
    let cards = browser.open_cards("VAX_AUTISM", "asserts").await?;
    ensure!(cards.iter().any(|card| card == "f.vax-autisme"), "a refused card is shown with its reason: {cards:?}");
    let refusal = browser.refusal("f.vax-autisme").await?.context("it may be inserted")?;
    ensure!(refusal.contains(says), "the reason does not tell `{says}`: {refusal}");
    same("the box", &browser.value("#message").await?, &String::new())
}

/// The card was open, and could be inserted, when its index came to its end.
pub(crate) async fn cards_of_an_expired_index_are_refused(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let ends = Timestamp::now().checked_add(SignedDuration::from_secs(25))?;
    scene.publication().publish_until(&[], ends)?;
    let now = browser.sync().await?;
    ensure!(now.len() == 1 && now[0].0 == "good", "{now:?}");
    scene.open(&scene.page(PAGE)).await?;
    scene.finds("VAX_AUTISM", "asserts").await?;
    let card = scene.first_card("VAX_AUTISM", "asserts").await?;
    same("refusal before the end", &browser.refusal(&card).await?, &None)?;
    wait::until("the end of the index", async || Ok(Seen::when(Timestamp::now() > ends, ends))).await?;
    let attempt = browser.insert(&card).await?;
    same("result after the end", &attempt.result.as_str(), &"refused")?;
    same("the box", &browser.value("#message").await?, &String::new())
}

/// The urgent list is checked more often than the packs: what it takes back is out of reach at once, also where it waits.
pub(crate) async fn an_urgent_recall_disarms_a_card_that_waits(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open(&scene.page("/replies.html")).await?;
    scene.finds("VAX_AUTISM", "asserts").await?;
    let card = scene.first_card("VAX_AUTISM", "asserts").await?;
    browser.press_insert(&card).await?;
    browser.armed_state("waiting").await?;
    scene.publication().recall(std::slice::from_ref(&card))?;
    let own = browser.open_own_behind("options.html").await?;
    browser.ask_background(&own, &json!({ "kind": "sync" })).await?;
    same("result", &browser.attempt(&card).await?.result, &"refused".to_owned())?;
    wait::until("the card to be out of reach", async || {
        let refusal = browser.refusal(&card).await?;
        Ok(Seen::when(refusal.is_some(), refusal))
    })
    .await?;
    browser.click("li.comment:nth-child(1) .comment-reply-link").await?;
    // What is asked after it is answered after it: by now the page would have told of the box.
    browser.ask_background(&own, &json!({ "kind": "settings" })).await?;
    same("the box", &browser.value("#comment").await?, &String::new())
}

/// The old key states which one follows; clients that were away find their way, and say so.
pub(crate) async fn a_change_of_key_is_followed(scene: &Scene) -> Result<()> {
    {
        let mut publication = scene.publication();
        publication.rotate()?;
        publication.rotate()?;
        publication.publish(&[])?;
    }
    let now = scene.browser.sync().await?;
    ensure!(now.len() == 1 && now[0].0 == "good", "{now:?}");
    scene.browser.element(&ours("rotated")).await?;
    still_reads(scene).await
}

/// A static server that sends elsewhere is one that somebody else may answer for.
pub(crate) async fn redirects_are_not_followed(scene: &Scene) -> Result<()> {
    scene.packs.redirect_packs(true);
    refused(scene).await?;
    scene.packs.redirect_packs(false);
    let now = scene.browser.sync().await?;
    ensure!(now.len() == 1 && now[0].0 == "good", "for good: {now:?}");
    Ok(())
}
