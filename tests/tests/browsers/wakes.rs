use super::scene::{Scene, same};
use anyhow::{Context as _, Result, ensure};
use rejoinder_e2e::browser::{Browser, Look};
use rejoinder_e2e::forums::copy;
use rejoinder_e2e::manager::pattern;
use rejoinder_e2e::paths;
use rejoinder_e2e::server::Server;
use rejoinder_e2e::wait::{self, Seen};
use serde_json::{Value, json};

const PAGE: &str = "/boxes/plain.html";

pub(crate) async fn panel_works_after_the_background_was_stopped(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open(&scene.page(PAGE)).await?;
    scene.finds("VAX_AUTISM", "asserts").await?;

    browser.panel("document.querySelector('[data-claim=VAX_AUTISM]').dataset.kept = 'yes'").await?;
    browser.stop_background().await?;
    // A new post wakes it; nothing that was found is lost.
    browser
        .page(
            "const post = document.querySelector('article').cloneNode(true); \
             post.querySelector('p').textContent = 'La rougeole est une maladie bénigne.'; \
             document.querySelector('main').append(post)",
        )
        .await?;
    wait::until("both findings", async || {
        let now: Vec<_> = browser.findings().await?.into_iter().map(|f| f.claim).collect();
        Ok(Seen::when(now == ["MEASLES_BENIGN", "VAX_AUTISM"], now))
    })
    .await?;
    // Nor is anything that was opened in the list closed while the page is read again.
    let kept = browser.panel("return document.querySelector('[data-claim=VAX_AUTISM]').dataset.kept ?? null").await?;
    same("the same item of the list", &kept.as_str(), &Some("yes"))?;
    wait::until("paint in both", async || {
        let posts: std::collections::BTreeSet<_> =
            browser.painted("article").await?.into_iter().map(|(post, _)| post).collect();
        Ok(Seen::when(posts.len() == 2, posts))
    })
    .await?;

    // So does the panel, in the middle of a reply.
    let card = scene.first_card("VAX_AUTISM", "asserts").await?;
    let preview = browser.preview(&card).await?;
    browser.stop_background().await?;
    let attempt = browser.insert(&card).await?;
    same("result", &attempt.result.as_str(), &"inserted").with_context(|| attempt.words.clone())?;
    same("the box", &browser.value("#message").await?, &preview)?;
    let rows = browser.journal(1).await?;
    same("journal", &rows[0].outcome.as_str(), &"inserted")
}

/// The publisher's server is gone, and so are worker and browser; packs, identity and sites are still there.
pub(crate) async fn packs_work_offline_after_a_restart(scene: &Scene) -> Result<()> {
    // A browser of its own, whose profile outlives it.
    let kind = scene.browser.kind;
    let profile = tempfile::Builder::new().prefix("rejoinder-profile-").tempdir()?;
    let look = Look { profile: Some(profile.path().to_path_buf()), ..Look::default() };
    let packs = Server::start(Some(scene.publication().folder())).await?;
    let first = Browser::start(kind, &look).await?;
    let fingerprint = scene.publication().fingerprint();
    first.set_identity().await?;
    first.subscribe(&packs.subscription(), &fingerprint).await?;
    drop(packs);
    let now = first.sync().await?;
    ensure!(now.len() == 1, "{now:?}");
    first.quit().await?;

    let second = Browser::start(kind, &look).await?;
    second.goto_own("options.html").await?;
    second.element("[data-testid='pack-row']").await?;
    let name = second.value("[data-testid='identity-last-name']").await?;
    same("identity", &name.as_str(), &"Delmas")?;
    let url = scene.page(PAGE);
    second.allow_hosts(&["http://localhost/*"]).await?;
    second.goto(&url).await?;
    second.open_panel().await?;
    second.enable_site().await?;
    wait::until("the finding", async || {
        let now = second.findings().await?;
        Ok(Seen::when(now.len() == 1 && now[0].claim == "VAX_AUTISM", now))
    })
    .await?;
    second.confirm_account().await?;
    let cards = second.open_cards("VAX_AUTISM", "asserts").await?;
    let attempt = second.insert(&cards[0]).await?;
    same("result", &attempt.result.as_str(), &"inserted").with_context(|| attempt.words.clone())?;
    second.quit().await
}

/// A background that was stopped knows of no site's posts; the page asks it again where they are.
pub(crate) async fn unknown_sites_are_read_on(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open(&scene.page("/boxes/plain.html")).await?;
    scene.finds("VAX_AUTISM", "asserts").await?;
    for times in 2..5 {
        browser.stop_background().await?;
        browser
            .page("const main = document.querySelector('main'); main.prepend(main.querySelector('article').cloneNode(true))")
            .await?;
        scene.finds_times("VAX_AUTISM", "asserts", times).await?;
        wait::until("all painted", async || {
            let painted = browser.painted("article").await?;
            let posts: std::collections::BTreeSet<_> = painted.iter().map(|(post, _)| *post).collect();
            Ok(Seen::when(posts.len() == times, painted))
        })
        .await?;
    }
    Ok(())
}

/// What is in the kept engine is not believed: one of packs that are not in use any more is found out.
pub(crate) async fn an_engine_of_other_packs_is_not_used_for_long(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open(&scene.page(PAGE)).await?;
    scene.finds("VAX_AUTISM", "asserts").await?;
    let ours = browser.open_own_behind("options.html").await?;
    wait::until("a kept engine", async || {
        let kept =
            on_disk(browser, &ours, "globalThis.engine = await done(store.get('engine')); return !!engine").await?;
        Ok(Seen::when(kept == true, kept))
    })
    .await?;
    let unsubscribe = json!({ "kind": "unsubscribe", "url": scene.packs.subscription() });
    browser.ask_background(&ours, &unsubscribe).await?;
    let gone = on_disk(browser, &ours, "return await done(store.count('engine'))").await?;
    ensure!(gone == 0, "the engine was kept without its packs");

    // As if the worker had been stopped in between.
    on_disk(browser, &ours, "return await done(store.put(engine, 'engine'))").await?;
    browser.stop_background().await?;
    let url = scene.page(PAGE);
    wait::until("no mark, and no engine", async || {
        let (answer, _) = browser.ask_background_as_page(&ours, &url, &reading()).await?;
        let kept = on_disk(browser, &ours, "return await done(store.count('engine'))").await?;
        Ok(Seen::when(answer["marks"] == json!([]) && kept == 0, (answer, kept)))
    })
    .await
    .map(drop)
}

/// What a page asks of a post in which something is found.
fn reading() -> Value {
    json!({ "kind": "read", "site": "", "way": "generic",
        "posts": [{ "id": 1000, "parts": [{ "kind": "own", "text": "Le vaccin cause l'autisme." }] }] })
}

/// Runs script in one of the extension's pages, with the extension's `store` on disk and `done`, which waits for a request.
async fn on_disk(browser: &Browser, ours: &str, body: &str) -> Result<Value> {
    let body = format!(
        "const done = (asked) => new Promise((good, bad) => {{ \
             asked.onsuccess = () => good(asked.result); asked.onerror = () => bad(asked.error) }}); \
         const database = await done(indexedDB.open('rejoinder')); \
         const store = database.transaction('texts', 'readwrite').objectStore('texts'); \
         try {{ {body} }} finally {{ database.close() }}"
    );
    browser.page_in(ours, &body).await
}

/// A worker that starts reads pages before most of its code is there; and if that cannot be loaded, it is tried again.
pub(crate) async fn pages_are_read_before_the_rest_is_there(scene: &Scene) -> Result<()> {
    // An extension of its own, of which a part is taken away.
    let kind = scene.browser.kind;
    let extension = tempfile::Builder::new().prefix("rejoinder-extension-").tempdir()?;
    copy(&paths::dist(kind.name())?, extension.path())?;
    let browser = Browser::start_with(kind, &Look::default(), extension.path()).await?;
    browser.subscribe(&scene.packs.subscription(), &scene.publication().fingerprint()).await?;
    let url = scene.page(PAGE);
    browser.allow_hosts(&[&pattern(&url)?]).await?;
    browser.goto(&url).await?;
    browser.open_panel().await?;
    browser.enable_site().await?;
    let ours = browser.open_own_behind("options.html").await?;
    wait::until("a kept engine", async || {
        let kept = on_disk(&browser, &ours, "return await done(store.count('engine'))").await?;
        Ok(Seen::when(kept == 1, kept))
    })
    .await?;

    let marks = async || {
        let (answer, _) = browser.ask_background_as_page(&ours, &url, &reading()).await?;
        anyhow::Ok((answer["marks"].as_array().map(Vec::len), answer))
    };
    // The panel has the page begin anew when it meets a worker that knows nothing of it; what was asked in between is refused.
    let is_read = async || {
        wait::until("marks", async || {
            let (found, answer) = marks().await?;
            Ok(Seen::when(found > Some(0), answer))
        })
        .await
    };

    // Without what regular expressions take, of which the pack has many, a post is not read by halves.
    let regexes = extension.path().join("split_regexes.wasm");
    let code = fs_err::read(&regexes)?;
    fs_err::remove_file(&regexes)?;
    browser.stop_background().await?;
    let (found, answer) = marks().await?;
    ensure!(found.is_none() && answer["kind"] == "later", "read by halves: {answer}");
    fs_err::write(&regexes, &code)?;
    is_read().await?;

    let rest = extension.path().join("split_office.wasm");
    let code = fs_err::read(&rest)?;
    fs_err::remove_file(&rest)?;
    browser.stop_background().await?;
    is_read().await?;
    let settings = json!({ "kind": "settings" });
    let answer = browser.ask_background(&ours, &settings).await?;
    ensure!(answer.is_null(), "what is not there has answered: {answer}");

    fs_err::write(&rest, &code)?;
    let answer = browser.ask_background(&ours, &settings).await?;
    ensure!(answer.is_string(), "it was not tried again: {answer}");

    // Nothing was kept: then not even the start goes well, and it is begun again.
    fs_err::remove_file(&rest)?;
    browser.stop_background().await?;
    on_disk(&browser, &ours, "await done(store.delete('engine'))").await?;
    let (_, answer) = marks().await?;
    ensure!(answer.is_null(), "what is not there has answered: {answer}");
    fs_err::write(&rest, &code)?;
    let answer = browser.ask_background(&ours, &settings).await?;
    ensure!(answer.is_string(), "the start was not tried again: {answer}");
    browser.quit().await
}
