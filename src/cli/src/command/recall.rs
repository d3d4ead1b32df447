use super::output::say;
use super::signing::{Dates, Signing, finish};
use anyhow::bail;
use rejoinder_cli::publish::{Draft, Published, Validity, recall, switch_off, switch_on};
use std::path::{Path, PathBuf};

/// Take cards back at once, everywhere
///
/// Writes a new urgent list (`urgent.json`): clients ask for it every hour, and from then on insert the card no more, nor what
/// waits to be inserted. For good: if the card was right after all, publish it under another id. Upload the
/// folder afterwards. The next `rejoinder publish` carries the recall on by itself.
#[derive(Debug, clap::Args)]
pub(crate) struct Recall {
    /// The published folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Ids of the cards (`autisme-1`)
    #[arg(required = true, value_name = "CARD")]
    cards: Vec<String>,
    #[command(flatten)]
    list: List,
    /// Not possible: says why, and what to do instead
    #[arg(long)]
    undo: bool,
}

/// Switch a site's adapter off at once, everywhere
///
/// For a site that changed so that posts or reply boxes are found wrongly. Until it is switched on again, its pages are read
/// without this adapter. Upload the folder afterwards.
#[derive(Debug, clap::Args)]
pub(crate) struct SwitchOff {
    #[command(flatten)]
    adapter: Adapter,
}

/// Switch a site's adapter on again
///
/// Upload the folder afterwards.
#[derive(Debug, clap::Args)]
pub(crate) struct SwitchOn {
    #[command(flatten)]
    adapter: Adapter,
}

#[derive(Debug, clap::Args)]
struct Adapter {
    /// The published folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Id of the adapter (`flarum`)
    #[arg(value_name = "SITE")]
    site: String,
    #[command(flatten)]
    list: List,
}

#[derive(Debug, clap::Args)]
struct List {
    #[command(flatten)]
    signing: Signing,
    /// Number of the list [default: one more than the last one's]
    #[arg(long, value_name = "N")]
    serial: Option<u64>,
    #[command(flatten)]
    dates: Dates,
}

impl Recall {
    pub(crate) fn run(self) -> anyhow::Result<bool> {
        if self.undo {
            bail!(
                "a recall is for good: clients remember it as long as the key is the same, and forget none, so that nobody \
                 can bring a wrong card back. If the card was right, publish it under another id"
            );
        }
        let words = format!("taken back: {}", self.cards.join(", "));
        self.list.write(&self.folder, &words, |published, validity| recall(published, &self.cards, validity))
    }
}

impl SwitchOff {
    pub(crate) fn run(self) -> anyhow::Result<bool> {
        let Adapter { folder, site, list } = self.adapter;
        list.write(&folder, &format!("switched off: {site}"), |published, validity| {
            switch_off(published, &site, validity)
        })
    }
}

impl SwitchOn {
    pub(crate) fn run(self) -> anyhow::Result<bool> {
        let Adapter { folder, site, list } = self.adapter;
        list.write(&folder, &format!("switched on: {site}"), |published, validity| {
            switch_on(published, &site, validity)
        })
    }
}

impl List {
    fn write(
        &self,
        folder: &Path,
        words: &str,
        make: impl FnOnce(&Published, &Validity) -> anyhow::Result<Draft>,
    ) -> anyhow::Result<bool> {
        let published = Published::read(folder)?;
        let draft = make(&published, &self.dates.validity(self.serial)?)?;
        let key = self.signing.read()?;
        finish(draft, &key.iter().collect::<Vec<_>>())?;
        let list = Published::read(folder)?.urgent;
        let list = list.map(|list| format!("urgent list {}, valid until {}\n", list.serial, list.expires));
        say(&format!("{words}\n{}", list.unwrap_or_default()))?;
        Ok(true)
    }
}
