use super::scene::{Scene, same};
use anyhow::{Result, ensure};
use rejoinder_e2e::wait::{self, Seen};

/// An official reply goes out under the account that the manager has confirmed, or not at all.
pub(crate) async fn nothing_is_inserted_under_another_account(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open(&scene.page("/account.html")).await?;
    scene.finds("VAX_AUTISM", "asserts").await?;
    state(scene, "unconfirmed").await?;
    let card = browser.open_cards("VAX_AUTISM", "asserts").await?.swap_remove(0);
    same("before it was confirmed", &browser.insert(&card).await?.result, &"refused".to_owned())?;
    browser.confirm_account().await?;
    state(scene, "confirmed").await?;
    // Another session in the same page. Refused, if the page's script has seen it by now; else the script itself
    // does not go on.
    browser.page("me.textContent = 'quelqu_un'").await?;
    let result = browser.insert(&card).await?.result;
    ensure!(result != "inserted", "inserted under another account");
    state(scene, "other").await?;
    same("afterwards", &browser.insert(&card).await?.result, &"refused".to_owned())?;
    same("the box", &browser.value("#message").await?, &String::new())?;
    browser.page("me.textContent = '@Info_Sante75 (2)'").await?;
    state(scene, "confirmed").await?;
    same("as confirmed", &browser.insert(&card).await?.result, &"inserted".to_owned())
}

async fn state(scene: &Scene, wanted: &str) -> Result<()> {
    wait::until(&format!("the account to be {wanted}"), async || {
        let now = scene.browser.account().await?;
        Ok(Seen::when(now.as_deref() == Some(wanted), now))
    })
    .await
}
