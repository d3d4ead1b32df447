use super::scene::{Scene, same};
use anyhow::{Result, ensure};
use rejoinder_e2e::manager::ours;
use rejoinder_e2e::wait::{self, Seen};

const BOX: &str = "#comment";

/// The page has no reply box until somebody asks for one. Opens the cards, and gives the first with its text.
async fn arms(scene: &Scene) -> Result<(String, String)> {
    let browser = &scene.browser;
    scene.open(&scene.page("/replies.html")).await?;
    scene.finds("VAX_AUTISM", "asserts").await?;
    let card = scene.first_card("VAX_AUTISM", "asserts").await?;
    let preview = browser.preview(&card).await?;
    arm(scene, &card).await?;
    Ok((card, preview))
}

async fn arm(scene: &Scene, card: &str) -> Result<()> {
    scene.browser.press_insert(card).await?;
    scene.browser.armed_state("waiting").await
}

/// The link under a comment that opens the reply box there.
fn answer(at: usize) -> String {
    format!("li.comment:nth-child({at}) .comment-reply-link")
}

pub(crate) async fn goes_in_when_the_box_is_opened(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let (card, preview) = arms(scene).await?;
    ensure!(browser.armed_words().await?.contains("Répondre"), "what to click is not told");
    browser.click(&answer(1)).await?;
    same("result", &browser.attempt(&card).await?.result, &"inserted".to_owned())?;
    same("the box", &browser.value(BOX).await?, &preview)?;
    let rows = browser.journal(1).await?;
    same("journal", &(rows.len(), rows[0].outcome.as_str()), &(1, "inserted"))
}

/// What the manager wrote into a card waits with it, while the browser stops the worker: in memory, nowhere else.
pub(crate) async fn waits_with_the_managers_words_while_the_worker_is_stopped(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open(&scene.page("/replies.html")).await?;
    scene.finds("VAX_AUTISM", "asserts").await?;
    let card = scene.first_card("VAX_AUTISM", "asserts").await?;
    browser.adapt(&card, "Bonjour", "Bonjour Camille").await?;
    wait::until("the adapted text", async || {
        Ok(Seen::filter(browser.preview(&card).await?, |text| text.contains("Bonjour Camille")))
    })
    .await?;
    let preview = browser.preview(&card).await?;
    arm(scene, &card).await?;
    let clicks = browser.armed_words().await?;
    let own = browser.open_own_behind("options.html").await?;
    let on_disk = "const of = asked => new Promise((done, no) => { asked.onsuccess = () => done(asked.result); asked.onerror = no; }); \
         const database = await of(indexedDB.open('rejoinder')); \
         const texts = await of(database.transaction('texts').objectStore('texts').getAll()); database.close(); \
         return JSON.stringify([texts.filter(text => typeof text === 'string'), await chrome.storage.local.get()])";
    let on_disk = browser.page_in(&own, on_disk).await?;
    ensure!(on_disk.as_str().is_some_and(|all| all.contains("Delmas")), "not what is on disk: {on_disk}");
    ensure!(!on_disk.as_str().is_some_and(|all| all.contains("Camille")), "a name is on disk: {on_disk}");
    browser.stop_background().await?;
    browser.click(&answer(1)).await?;
    same("result", &browser.attempt(&card).await?.result, &"inserted".to_owned())?;
    same("the box", &browser.value(BOX).await?, &preview)?;
    ensure!(clicks.contains("Répondre"), "what to click is not told: {clicks}");
    Ok(())
}

pub(crate) async fn asks_before_it_goes_to_another_post(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let (card, preview) = arms(scene).await?;
    browser.click(&answer(2)).await?;
    browser.armed_state("other_post").await?;
    same("the other post's box", &browser.value(BOX).await?, &String::new())?;
    browser.click_in_panel(&ours("insert-there")).await?;
    same("result", &browser.attempt(&card).await?.result, &"inserted".to_owned())?;
    same("as was said", &browser.value(BOX).await?, &preview)
}

pub(crate) async fn goes_to_its_own_post_after_another_was_opened(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let (card, preview) = arms(scene).await?;
    browser.click(&answer(2)).await?;
    browser.armed_state("other_post").await?;
    browser.click(&answer(1)).await?;
    same("result", &browser.attempt(&card).await?.result, &"inserted".to_owned())?;
    same("the box", &browser.value(BOX).await?, &preview)
}

/// With Escape in the page, and with the panel's button; what is opened then stays empty.
pub(crate) async fn is_taken_back(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let (card, preview) = arms(scene).await?;
    browser.press_escape().await?;
    browser.armed_state("disarmed").await?;
    arm(scene, &card).await?;
    browser.click_in_panel(&ours("cancel")).await?;
    browser.armed_state("disarmed").await?;
    browser.click(&answer(1)).await?;
    // By now the page would have told of the box: the next wish is answered after it.
    same("result", &browser.insert(&card).await?.result, &"inserted".to_owned())?;
    same("once", &browser.value(BOX).await?, &preview)
}

/// A page that opens boxes by itself gets nothing.
pub(crate) async fn waits_for_the_manager_not_for_the_page(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let (card, preview) = arms(scene).await?;
    browser.page("open_by_itself(0)").await?;
    browser.page("open_by_itself(1)").await?;
    browser.click(&answer(1)).await?;
    same("result", &browser.attempt(&card).await?.result, &"inserted".to_owned())?;
    same("the box", &browser.value(BOX).await?, &preview)?;
    let journal = browser.journal(1).await?;
    same("insertions", &journal.len(), &1)
}
