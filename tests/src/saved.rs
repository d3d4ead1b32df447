//! Saved pages, read in a browser by the content script's own eyes: no script of theirs runs, and nothing is fetched.

use crate::browser::Browser;
use crate::paths;
use crate::server::Server;
use anyhow::{Context as _, Result};
use rejoinder_cli::page::{Document, ReadPost, Ways};
use rejoinder_engine::page;
use rejoinder_wire::{Site, Sketch, Way};
use serde::Deserialize;
use serde_json::Value;
use std::path::Path;

/// What was read from a page.
#[derive(Clone, Debug)]
pub struct Read {
    /// How the posts were found; `None`: none were.
    pub way: Option<Way>,
    /// The adapter and its generation, or the selector that was found.
    pub by: String,
    /// The posts.
    pub posts: Vec<ReadPost>,
}

/// Reads saved pages in a browser.
#[derive(Debug)]
pub struct Reader<'a> {
    browser: &'a Browser,
    server: &'a Server,
    script: String,
}

#[derive(Deserialize)]
struct Found {
    by: String,
    posts: Vec<Words>,
}

#[derive(Deserialize)]
struct Words {
    text: String,
    quoted: String,
}

impl<'a> Reader<'a> {
    /// With a browser and a server that it can reach.
    ///
    /// # Errors
    /// `cargo xtask` did not build the script.
    pub fn new(browser: &'a Browser, server: &'a Server) -> Result<Self> {
        let path = paths::root().join("target/reader/reader.js");
        let script = fs_err::read_to_string(path).context("build it with `cargo xtask pages`")?;
        Ok(Reader { browser, server, script })
    }

    /// Reads a saved page.
    ///
    /// # Errors
    /// It could not be opened, or the script failed.
    pub async fn read(&self, path: &Path, sites: &[Site], ways: Ways) -> Result<Read> {
        let document = Document::parse(&fs_err::read(path)?);
        self.browser.goto(&self.server.show(path)?).await?;
        self.here(&document.adapters(sites), ways).await
    }

    /// Reads the page that the browser shows, by adapters that may be for it.
    ///
    /// # Errors
    /// The script failed.
    pub async fn here(&self, sites: &[&Site], ways: Ways) -> Result<Read> {
        if ways == Ways::Any
            && let Some(found) = self.posts(sites, Way::Adapter).await?
        {
            return Ok(read(found, Way::Adapter));
        }
        let sketch: Sketch = serde_json::from_value(self.ask("return JSON.stringify(Reader.sketch())").await?)?;
        let found = if ways == Ways::Generic { page::find_generic(&sketch) } else { page::find(&sketch) };
        let none = Read { way: None, by: "nothing".into(), posts: Vec::new() };
        let Some(found) = found else { return Ok(none) };
        let by = found.site.generations.first().map(|g| g.post.clone()).unwrap_or_default();
        let words = self.posts(&[&found.site], found.way).await?;
        Ok(words.map_or(none, |words| Read { by, ..read(words, found.way) }))
    }

    async fn posts(&self, sites: &[&Site], way: Way) -> Result<Option<Found>> {
        let (sites, way) = (serde_json::to_string(sites)?, serde_json::to_string(&way)?);
        let found = self.ask(&format!("return JSON.stringify(Reader.posts({sites}, {way}))")).await?;
        Ok(serde_json::from_value(found)?)
    }

    async fn ask(&self, body: &str) -> Result<Value> {
        let answer = self.browser.page(&format!("{}\n{body}", self.script)).await?;
        Ok(serde_json::from_str(answer.as_str().context("no answer")?)?)
    }
}

fn read(found: Found, way: Way) -> Read {
    let posts = found.posts.into_iter().map(|post| ReadPost { text: post.text, quoted: post.quoted, time: None });
    Read { way: Some(way), by: found.by, posts: posts.collect() }
}
