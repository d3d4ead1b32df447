//! The whole way on a page of our own, to look at: `cargo xtask demo`.
//!
//! With a display it opens a browser in which everything is ready, and leaves it to you. Without one it goes through
//! the same steps by itself, says what was found and inserted, and keeps pictures.

use anyhow::{Context as _, Result, ensure};
use clap::Parser;
use rejoinder_e2e::browser::{Browser, Kind, Look};
use rejoinder_e2e::manager::{IDENTITY, pattern};
use rejoinder_e2e::pack::Publication;
use rejoinder_e2e::server::Server;
use rejoinder_e2e::wait::{self, Seen};
use rejoinder_e2e::{paths, reading};
use std::path::PathBuf;
use std::process::ExitCode;

const POST: &str = "article.post";
const BOX: &str = "#message";

/// Shows Rejoinder on a discussion page served by this machine.
#[derive(Parser)]
struct Demo {
    /// Browser to show it in: chromium or firefox
    #[arg(long, default_value = "chromium")]
    browser: Kind,
    /// Without a window, by itself, keeping pictures (as is done when there is no display)
    #[arg(long)]
    headless: bool,
    /// Language of the browser: fr or en (English when the browser does not have the other)
    #[arg(long, default_value = "fr")]
    language: String,
    /// Dark colours
    #[arg(long)]
    dark: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    match Demo::parse().run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: the demo stopped: {error:#}");
            ExitCode::FAILURE
        }
    }
}

impl Demo {
    async fn run(self) -> Result<()> {
        let display =
            ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|v| !v.is_empty()));
        let headless = self.headless || !display;

        step("publishing and signing the example pack");
        let publication = Publication::new()?;
        let packs = Server::start(Some(publication.folder())).await?;
        let pages = Server::start(None).await?;
        let thread = format!("http://localhost:{}/demo/", pages.port);
        println!("    packs  {}", packs.subscription());
        println!("    page   {thread}");

        step(&format!("starting {}", self.browser.name()));
        let look =
            Look { headless, language: self.language.clone(), dark: self.dark, size: (1_360, 940), ..Look::default() };
        let browser = Browser::start(self.browser, &look).await?;

        step("filling in the identity that replies are signed with");
        browser.set_identity().await?;
        println!("    {}", IDENTITY.map(|(_, value)| value).join(", "));

        step("subscribing to the pack, after comparing the key's fingerprint");
        browser.subscribe(&packs.subscription(), &publication.fingerprint()).await?;
        println!("    {}", publication.fingerprint());
        let album = Album { browser: &browser, suffix: self.suffix(), folder: paths::out("demo")? };
        if headless {
            browser.page("scrollTo(0, 0)").await?;
            album.page("options").await?;
        }

        step("opening the thread, with the panel beside it, and enabling the site");
        browser.allow_hosts(&[&pattern(&thread)?]).await?;
        browser.goto(&thread).await?;
        browser.open_panel().await?;
        browser.enable_site().await?;
        let painted = settled(&browser).await?;
        for finding in browser.findings().await? {
            println!("    {:<8} {:<8} {}", finding.risk, finding.stance, finding.claim);
        }
        let words: Vec<_> = painted.iter().map(|(post, words)| format!("{}: {words}", post + 1)).collect();
        println!("    highlighted, by post: {}", words.join(", "));

        if headless {
            by_itself(&browser, &album).await?;
            browser.quit().await?;
        } else {
            println!("\nReady. In the panel, open a finding, choose a reply and insert it; then publish it yourself.");
            println!("Close the browser, or press Ctrl+C here, to end.");
            tokio::select! {
                () = closed(&browser) => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            // It may be gone already.
            let _ = browser.quit().await;
        }
        Ok(())
    }

    fn suffix(&self) -> String {
        let language = if self.language == "fr" { String::new() } else { format!("-{}", self.language) };
        format!("{}{language}{}", self.browser.name(), if self.dark { "-dark" } else { "" })
    }
}

/// Waits until panel and page show the same number of posts with findings for good, and gives what is painted.
async fn settled(browser: &Browser) -> Result<Vec<reading::Painted>> {
    wait::until("findings and highlights", async || {
        let findings = browser.findings().await?.len();
        let painted = browser.painted(POST).await?;
        let last = painted.iter().any(|(post, _)| *post == 7);
        Ok(Seen::filter(painted, |_| findings >= 6 && last))
    })
    .await
}

/// What a manager would do, up to the site's own button.
async fn by_itself(browser: &Browser, album: &Album<'_>) -> Result<()> {
    browser.page("scrollTo({top: 0, behavior: 'instant'})").await?;
    album.page("page").await?;
    album.panel("panel").await?;

    step("opening the replies to a finding");
    browser.confirm_account().await?;
    let cards = browser.open_cards("VAX_AUTISM", "asserts").await?;
    let card = cards.first().context("no reply fits")?;
    let preview = browser.preview(card).await?;
    println!("    {}", cards.join(", "));

    step(&format!("inserting {card}"));
    let attempt = browser.insert(card).await?;
    ensure!(attempt.result == "inserted", "not inserted: {}", attempt.words);
    let held = browser.value(BOX).await?;
    ensure!(held == preview, "the reply box holds something else than the preview:\n{held}");
    for line in held.lines() {
        println!("    | {line}");
    }
    println!("    the reply box holds exactly the previewed text ({} characters)", held.encode_utf16().count());
    album.page("reply").await?;
    album.panel("card").await?;

    step("publishing by the site's own button, as its user would, and reading the journal");
    browser.click("#publish").await?;
    wait::until("the published post", async || {
        let last = browser.page("return document.querySelector('.post:last-child').innerText").await?;
        Ok(Seen::filter(last, |text| text.as_str().is_some_and(|text| preview.lines().all(|line| text.contains(line)))))
    })
    .await?;
    let rows = wait::until("the journal to tell of it", async || {
        Ok(Seen::filter(browser.journal(1).await?, |rows| rows[0].outcome == "posted"))
    })
    .await?;
    println!("    {} {} {}", rows[0].outcome, rows[0].claim, rows[0].card);
    album.panel("journal").await?;
    println!("\nDone. Pictures are in {}", album.folder.display());
    Ok(())
}

/// Ends when the browser does.
async fn closed(browser: &Browser) {
    while browser.driver.windows().await.is_ok_and(|windows| !windows.is_empty()) {
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    }
}

/// Where pictures go.
struct Album<'a> {
    browser: &'a Browser,
    suffix: String,
    folder: PathBuf,
}

impl Album<'_> {
    async fn page(&self, name: &str) -> Result<()> {
        self.keep(name, self.browser.picture().await?)
    }

    async fn panel(&self, name: &str) -> Result<()> {
        self.keep(name, self.browser.panel_picture().await?)
    }

    fn keep(&self, name: &str, picture: Vec<u8>) -> Result<()> {
        let path = self.folder.join(format!("{name}-{}.png", self.suffix));
        fs_err::write(&path, picture)?;
        println!("    picture {}", path.display());
        Ok(())
    }
}

fn step(what: &str) {
    println!("==> {what}");
}
