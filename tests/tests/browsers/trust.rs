use super::scene::{Scene, same};
use anyhow::{Context as _, Result, ensure};
use jiff::{SignedDuration, Timestamp};
use rejoinder_e2e::wait::{self, Seen};

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
