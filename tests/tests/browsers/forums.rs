use super::scene::{Scene, same};
use anyhow::{Context as _, Result, ensure};
use rejoinder_cli::page::Ways;
use rejoinder_e2e::forums::{FlaskBb, Forum, Isso, Software, Spirit};
use rejoinder_e2e::manager::{IDENTITY, Shown, pattern};
use rejoinder_e2e::saved::Reader;
use rejoinder_e2e::sites;
use rejoinder_e2e::thread::{ThreadPost, folded};
use rejoinder_e2e::wait::{self, Seen};
use serde_json::Value;

pub(crate) async fn whole_way_on_flaskbb(scene: &Scene) -> Result<()> {
    whole_way(scene, &FlaskBb).await
}

pub(crate) async fn whole_way_on_spirit(scene: &Scene) -> Result<()> {
    whole_way(scene, &Spirit).await
}

pub(crate) async fn whole_way_on_isso(scene: &Scene) -> Result<()> {
    whole_way(scene, &Isso).await
}

/// From a thread that is opened to a reply that is stored under the account's name.
async fn whole_way(scene: &Scene, software: &dyn Software) -> Result<()> {
    let browser = &scene.browser;
    let forum = Forum::start(software).await?;
    let uses = forum.uses;
    let account = forum.content.account.name;

    browser.allow_hosts(&[&pattern(&forum.thread)?]).await?;
    forum.enter(browser).await?;
    browser.open_panel().await?;
    browser.enable_site().await?;
    browser.shows(&forum.content, uses.post).await?;

    reads(scene, &forum).await?;

    // A finding leads to its post.
    let far = 11;
    browser.page("scrollTo({top: 0, behavior: 'instant'})").await?;
    ensure!(!browser.in_view(uses.post, far).await?, "post {far} is in view already: nothing to see here");
    browser.show_finding("VAX_OVERLOAD", "asserts").await?;
    wait::until("the post in view", async || Ok(Seen::when(browser.in_view(uses.post, far).await?, "not in view")))
        .await?;

    // A card goes in whole, and nothing is published.
    let before = forum.stored()?;
    let card = scene.first_card("VAX_AUTISM", "asserts").await?;
    let preview = browser.preview(&card).await?;
    for (field, value) in IDENTITY {
        ensure!(preview.contains(value), "the preview does not tell the {field}: {preview}");
    }
    let attempt = browser.insert(&card).await?;
    same("result", &attempt.result.as_str(), &"inserted").with_context(|| attempt.words.clone())?;
    same("composer", &browser.value(uses.composer).await?, &preview)?;
    same("stored before publishing", &forum.stored()?, &before)?;
    browser.shows(&forum.content, uses.post).await?;

    // The user publishes, by the site's own button; the text is there, exactly, under the account's name.
    forum.publish(browser).await?;
    forum.wait_for_posts(browser, forum.content.posts.len() + 1).await?;
    browser.goto(&forum.thread).await?;
    forum.wait_for_posts(browser, forum.content.posts.len() + 1).await?;
    let shown: Vec<(String, String)> = serde_json::from_value(
        browser
            .page(&format!(
                "return [...document.querySelectorAll({})].map(p => \
                 [p.querySelector({}).innerText.trim(), p.querySelector({}).innerText])",
                Value::from(uses.post),
                Value::from(uses.author),
                Value::from(uses.body)
            ))
            .await?,
    )?;
    let ours: Vec<_> = shown.iter().filter(|(author, _)| author == account).collect();
    let [(_, text)] = ours[..] else { anyhow::bail!("not one post of {account}: {shown:?}") };
    let mut rest = text.as_str();
    for line in preview.lines().filter(|line| !line.is_empty()) {
        let at = rest.find(line).with_context(|| format!("`{line}` is not in the page's post, in order: {text}"))?;
        rest = &rest[at + line.len()..];
    }
    let mut stored = forum.stored()?;
    same("stored last", &stored.pop(), &Some((account.to_owned(), preview)))?;
    same("stored before it", &stored, &before)?;

    // The reply itself is not taken for somebody's claim.
    let asserted = |all: &[Shown]| all.iter().filter(|f| f.stance == "asserts").count();
    let wanted = forum.content.findings();
    wait::until("the thread read again", async || {
        let now = browser.findings().await?;
        Ok(Seen::when(now.len() >= wanted.len(), now))
    })
    .await?;
    let now = browser.findings().await?;
    ensure!(asserted(&now) == asserted(&wanted), "after the reply: {now:#?}");

    journal(scene, &forum, &card).await
}

/// Every post is read, word for word, what it quotes apart; and so it is as on a site that nobody knows.
async fn reads(scene: &Scene, forum: &Forum) -> Result<()> {
    let sites = sites::all()?;
    let any: Vec<_> = sites.iter().filter(|site| site.url.is_empty()).collect();
    let mut wanted: Vec<_> = forum.content.posts.iter().map(ThreadPost::shown).collect();
    // A tree of answers is not in the order of time.
    wanted.sort();
    let reader = Reader::new(&scene.browser, &scene.pages)?;
    for ways in [Ways::Any, Ways::Generic] {
        let read = reader.here(&any, ways).await?;
        let mut posts: Vec<_> = read.posts.iter().map(|post| (folded(&post.text), folded(&post.quoted))).collect();
        posts.sort();
        same(&format!("posts read by {}", read.by), &posts, &wanted)?;
    }
    Ok(())
}

/// One record of it, without a word of the thread or a name of its people.
async fn journal(scene: &Scene, forum: &Forum, card: &str) -> Result<()> {
    let rows = scene.browser.journal(1).await?;
    let [row] = &rows[..] else { anyhow::bail!("not one row: {rows:?}") };
    same("journal", &(row.claim.as_str(), row.card.as_str(), row.outcome.as_str()), &("VAX_AUTISM", card, "posted"))?;
    let csv = scene.browser.export_journal().await?;
    let mut lines = csv.trim_start_matches('\u{feff}').lines();
    same("columns", &lines.next(), &Some("hour,site,topic,claim,stance,risk,card,version,variant,outcome,changed"))?;
    let cells: Vec<&str> = lines.next().context("no row in the CSV")?.split(',').collect();
    same(
        "CSV",
        &cells.get(1..).context("an empty row")?.to_vec(),
        &vec!["localhost", "vaccination/ror", "VAX_AUTISM", "asserts", "medium", card, "0.1.0", "court", "posted", ""],
    )?;
    ensure!(cells[0].ends_with(":00Z"), "the hour, no minutes: {}", cells[0]);
    same("CSV rows", &lines.next(), &None)?;
    for text in [&csv, &row.text] {
        for post in forum.content.posts {
            ensure!(!text.contains(post.author), "the journal names {}: {text}", post.author);
            let words = post.text.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
            ensure!(!text.contains(&words), "the journal holds words of a post: {text}");
        }
        ensure!(!text.contains(forum.content.account.name), "the journal names the account: {text}");
    }
    Ok(())
}
