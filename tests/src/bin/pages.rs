//! Saved pages read in a real browser and compared with what a person found in them: `cargo xtask pages`.

use anyhow::{Context as _, Result};
use clap::Parser;
use rejoinder_cli::page::{Expected, PageScore, Totals, Ways, expectation, files, report, wrong};
use rejoinder_e2e::browser::{Browser, Kind, Look};
use rejoinder_e2e::saved::Reader;
use rejoinder_e2e::server::Server;
use rejoinder_e2e::sites;
use std::path::PathBuf;
use std::process::ExitCode;

/// Reads saved pages in a browser.
#[derive(Parser)]
struct Pages {
    /// The browser: chromium or firefox
    #[arg(long, default_value = "chromium")]
    browser: Kind,
    /// Use only this way of finding posts: unknown or generic
    #[arg(long, value_name = "WAY", value_parser = Ways::named)]
    force: Option<Ways>,
    /// List what was missed and what was wrong
    #[arg(long)]
    errors: bool,
    /// Print the figures as one JSON object
    #[arg(long)]
    json: bool,
    /// The folder, or one page of it
    folder: PathBuf,
}

#[tokio::main]
async fn main() -> ExitCode {
    match Pages::parse().run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

impl Pages {
    async fn run(self) -> Result<()> {
        let sites = sites::all()?;
        let server = Server::start(None).await?;
        let browser = Browser::start(self.browser, &Look::default()).await?;
        let reader = Reader::new(&browser, &server)?;
        let mut scores = Vec::new();
        for path in files(&self.folder)? {
            let json = expectation(&path);
            let expected: Vec<Expected> =
                serde_json::from_slice(&fs_err::read(&json)?).with_context(|| json.display().to_string())?;
            let read = reader.read(&path, &sites, self.force.unwrap_or(Ways::Any)).await;
            let read = read.with_context(|| path.display().to_string())?;
            let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let score = PageScore::of(&name, read.way, &read.posts, &expected);
            if self.errors {
                eprint!("{}", wrong(&score, &read.by));
            }
            scores.push(score);
        }
        let totals = Totals::of(&scores);
        if self.json {
            println!("{}", serde_json::to_string(&totals)?);
        } else {
            print!("{}", report(&scores, &totals));
        }
        browser.quit().await
    }
}
