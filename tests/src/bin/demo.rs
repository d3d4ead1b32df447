//! The main job, shown: a thread is read, a card is put in its reply box. `cargo xtask demo` runs it.
//!
//! With a display the browser stays open for whoever wants to try; without one everything is done by itself and
//! pictures are kept.

use anyhow::{Context as _, Result, ensure};
use clap::Parser;
use rejoinder_e2e::browser::{Browser, Kind, Look};
use rejoinder_e2e::manager::IDENTITY;
use rejoinder_e2e::pack::Publication;
use rejoinder_e2e::paths;
use rejoinder_e2e::server::Server;
use rejoinder_e2e::wait;
use std::time::{Duration, Instant};

/// The claim that the demo answers.
const CLAIM: &str = "VAX_AUTISM";

#[derive(Debug, Parser)]
struct Wishes {
    /// chromium or firefox
    #[arg(long, default_value = "chromium")]
    browser: Kind,
    /// No window, even where there is a display: everything by itself, with pictures
    #[arg(long)]
    headless: bool,
    /// Language of the interface
    #[arg(long, default_value = "fr")]
    language: String,
    /// Dark colour scheme
    #[arg(long)]
    dark: bool,
}

/// Says what is being done, with the time since the start.
struct Steps(Instant);

impl Steps {
    fn say(&self, what: &str) {
        println!("[{:5.1} s] {what}", self.0.elapsed().as_secs_f64());
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let wishes = Wishes::parse();
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let headless = wishes.headless || !(set("DISPLAY") || set("WAYLAND_DISPLAY"));
    let steps = Steps(Instant::now());

    steps.say("Publishing and signing the example pack with a fresh key …");
    let publication = Publication::new()?;
    let server = Server::start(Some(publication.folder())).await?;
    // One host for the packs, another for the forum: enabling one says nothing of the other.
    let thread = server.url("/demo/").replace("127.0.0.1", "localhost");
    steps.say(&format!("Serving the pack at {} and a discussion at {thread}", server.subscription()));

    let name = wishes.browser.name();
    steps.say(&format!("Opening {name}{} with the extension …", if headless { ", no window" } else { "" }));
    let look = Look { headless, language: wishes.language.clone(), dark: wishes.dark, ..Look::default() };
    let browser = Browser::start(wishes.browser, &look).await?;
    let (_, first) = IDENTITY[0];
    let (_, last) = IDENTITY[1];
    steps.say(&format!("Options: the identity of {first} {last} (made up) …"));
    browser.set_identity().await?;
    steps.say(&format!("Options: subscribing; the key's fingerprint is {} …", publication.fingerprint()));
    browser.subscribe(&server.subscription(), &publication.fingerprint()).await?;
    let options = browser.picture().await?;
    browser.allow_hosts(&["http://localhost/*"]).await?;
    browser.goto(&thread).await?;
    steps.say("Panel: opening it beside the discussion and enabling the site …");
    browser.open_panel().await?;
    browser.enable_site().await?;
    let findings = wait::until("findings in the panel", async || {
        Ok(wait::Seen::filter(browser.findings().await?, |findings| !findings.is_empty()))
    })
    .await?;
    wait::until("highlights in the page", async || {
        Ok(wait::Seen::filter(browser.painted("article").await?, |painted| !painted.is_empty()))
    })
    .await?;
    println!("\n  {:<22} {:<9} risk", "claim", "stance");
    for finding in &findings {
        println!("  {:<22} {:<9} {}", finding.claim, finding.stance, finding.risk);
    }
    println!();

    if headless {
        by_itself(&browser, &wishes, &steps, &options).await?;
    } else {
        steps.say("Over to you: choose a finding in the panel, then a card, then “Insérer”. Publishing is yours.");
        steps.say("Close the browser, or press Ctrl+C here, to end.");
        tokio::select! {
            stopped = tokio::signal::ctrl_c() => stopped?,
            () = closed(&browser) => {}
        }
    }
    steps.say("Done.");
    // A window that was closed by hand has no session left to end.
    let ended = browser.quit().await;
    if headless { ended } else { Ok(()) }
}

/// Answers a finding as the manager would, and keeps pictures.
async fn by_itself(browser: &Browser, wishes: &Wishes, steps: &Steps, options: &[u8]) -> Result<()> {
    let folder = paths::out("demo")?;
    let mut look = format!("-{}", wishes.browser.name());
    if wishes.language != "fr" {
        look = format!("{look}-{}", wishes.language);
    }
    if wishes.dark {
        look.push_str("-dark");
    }
    let keep = |what: &str, picture: &[u8]| -> Result<()> {
        let path = folder.join(format!("{what}{look}.png"));
        fs_err::write(&path, picture)?;
        steps.say(&format!("Picture: {}", path.display()));
        Ok(())
    };
    keep("options", options)?;
    keep("page", &browser.picture().await?)?;
    keep("findings", &browser.panel_picture().await?)?;

    steps.say("Panel: opening the cards of the first assertion …");
    let cards = browser.open_cards(CLAIM, "asserts").await?;
    let card = cards.first().context("no card fits")?;
    let text = browser.preview(card).await?;
    steps.say(&format!("Panel: inserting the card {card} …"));
    let attempt = browser.insert(card).await?;
    let held = browser.value("#message").await?;
    println!("\n{}\n", held.lines().map(|line| format!("  │ {line}")).collect::<Vec<_>>().join("\n"));
    ensure!(attempt.result == "inserted", "the card was not inserted: {}", attempt.words);
    ensure!(held == text, "the reply box holds something else than the preview");
    steps.say("Verified: the reply box holds the card, character by character. It was not published.");
    browser.page("document.querySelector('#message').scrollIntoView({block: 'center', behavior: 'instant'})").await?;
    keep("reply", &browser.picture().await?)?;
    keep("panel", &browser.panel_picture().await?)
}

/// Waits until the window is gone.
async fn closed(browser: &Browser) {
    while browser.driver.windows().await.is_ok_and(|windows| !windows.is_empty()) {
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}
