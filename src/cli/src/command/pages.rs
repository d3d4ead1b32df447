use super::output::say;
use super::packs;
use anyhow::Context as _;
use rejoinder_cli::page::{self, Document, Expected, PageScore, Totals, Ways, expectation, files, report, wrong};
use rejoinder_wire::Site;
use std::path::{Path, PathBuf};

/// Find the posts of saved pages, and compare them with those that a person found
///
/// Reads every `NAME.html` of the folder that has a `NAME.expected.json` beside it: `[{"text", "quoted"?, "time"?}]`. A
/// post counts as found when its own words are equal but for blanks and case, or when at least 9 in 10 words of the
/// longer of both texts are common to both. It measures, it does not judge: the exit status is 0 whatever comes out.
#[derive(Debug, clap::Args)]
pub(crate) struct Pages {
    /// Folder of a pack, or published pack, with site adapters; may be given several times. Without: every pack of the
    /// `rules/packs` at hand
    #[arg(long = "pack", value_name = "DIR|FILE.json")]
    packs: Vec<PathBuf>,
    /// Use only this way of finding posts: `unknown` (no adapters) or `generic` (nor what the page says of itself)
    #[arg(long, value_name = "WAY", value_parser = Ways::named)]
    force: Option<Ways>,
    /// List what was missed and what was wrong, and the selector that was used
    #[arg(long)]
    errors: bool,
    /// Print the figures as one JSON object, shares from 0 to 1
    #[arg(long)]
    json: bool,
    /// The folder, or one page of it
    #[arg(value_name = "DIR|FILE.html")]
    folder: PathBuf,
}

impl Pages {
    pub(crate) fn run(self) -> anyhow::Result<bool> {
        let ways = self.force.unwrap_or(Ways::Any);
        let sites = if self.force.is_some() {
            Vec::new()
        } else {
            let folders = if self.packs.is_empty() { packs::nearby()? } else { self.packs.clone() };
            let Some(packs) = packs::read(&folders)? else { return Ok(false) };
            let mut sites: Vec<Site> = packs.into_iter().flat_map(|pack| pack.sites).collect();
            sites.sort_by(|a, b| a.id.cmp(&b.id));
            sites.dedup_by(|a, b| a.id == b.id);
            sites
        };
        let mut scores = Vec::new();
        for path in files(&self.folder)? {
            let (score, by) = one(&path, &sites, ways)?;
            if self.errors {
                let text = wrong(&score, &by);
                if self.json { anstream::eprint!("{text}") } else { say(&text)? }
            }
            scores.push(score);
        }
        let totals = Totals::of(&scores);
        if self.json {
            say(&format!("{}\n", serde_json::to_string(&totals)?))?;
        } else {
            say(&report(&scores, &totals))?;
        }
        Ok(true)
    }
}

fn one(path: &Path, sites: &[Site], ways: Ways) -> anyhow::Result<(PageScore, String)> {
    let shown = path.display().to_string();
    let document = Document::parse(&fs_err::read(path)?);
    let json = expectation(path);
    let expected: Vec<Expected> =
        serde_json::from_slice(&fs_err::read(&json)?).with_context(|| json.display().to_string())?;
    let reading = page::posts(&document, sites, ways).with_context(|| shown.clone())?;
    let name = path.file_stem().map_or(shown, |stem| stem.to_string_lossy().into_owned());
    let (way, posts, by) = match reading {
        Some(reading) => (Some(reading.way), reading.posts, reading.by),
        None => (None, Vec::new(), "nothing".to_owned()),
    };
    Ok((PageScore::of(&name, way, &posts, &expected), by))
}
