//! Posts of saved pages, without a browser: what a site's adapter, or the engine's own search, finds in a file.

mod adapter;
mod address;
mod document;
mod report;
mod score;
mod sketch;
mod text;

pub use adapter::{Adapter, BadSelector};
pub use document::Document;
pub use report::{expectation, files, report, wrong};
pub use score::{Expected, PageScore, Score, Totals, alike};
pub use sketch::sketch;

use rejoinder_engine::page;
use rejoinder_wire::{Site, Way};

/// A post as it was read from a saved page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadPost {
    /// The poster's own words.
    pub text: String,
    /// The words of others that it quotes.
    pub quoted: String,
    /// When it was written, as the page says it to machines.
    pub time: Option<String>,
}

/// Which ways of finding posts may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ways {
    /// The best of them.
    Any,
    /// Structured data or the generic way, as on a site that nobody knows.
    Unknown,
    /// The generic way alone.
    Generic,
}

impl Ways {
    /// What a command line calls them.
    ///
    /// # Errors
    /// Not a name of one.
    pub fn named(name: &str) -> Result<Self, String> {
        match name {
            "any" => Ok(Ways::Any),
            "unknown" => Ok(Ways::Unknown),
            "generic" => Ok(Ways::Generic),
            _ => Err("neither `any`, `unknown` nor `generic`".into()),
        }
    }
}

/// The posts of a page, how they were found, and by which adapter; `None` if it seems to have none.
///
/// # Errors
/// A selector of an adapter that is for this page is none.
pub fn posts(document: &Document, sites: &[Site], ways: Ways) -> Result<Option<Reading>, BadSelector> {
    let mut nothing = None;
    if ways == Ways::Any
        && let Some((adapter, site)) = Adapter::choose(document, sites)?
    {
        let by = format!("{}-{}", site.id, adapter.generation());
        let reading = Reading { way: Way::Adapter, by, posts: adapter.posts(document) };
        // Software that runs anywhere runs with themes that nobody knows.
        if !reading.posts.is_empty() || !site.url.is_empty() {
            return Ok(Some(reading));
        }
        nothing = Some(reading);
    }
    let sketch = sketch(document);
    let found = if ways == Ways::Generic { page::find_generic(&sketch) } else { page::find(&sketch) };
    let Some(found) = found.filter(|found| found.named || nothing.is_none()) else { return Ok(nothing) };
    let Some(generation) = found.site.generations.first() else { return Ok(None) };
    let posts = Adapter::of(&found.site.id, generation)?.posts(document);
    Ok(Some(Reading { way: found.way, by: generation.post.clone(), posts }))
}

/// What was read from a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// How the posts were found.
    pub way: Way,
    /// The adapter and its generation, or the selector that was found.
    pub by: String,
    /// The posts that have words, in document order.
    pub posts: Vec<ReadPost>,
}
