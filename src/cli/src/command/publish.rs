use super::output::{count, problems, say};
use super::signing::{Dates, Signing, finish};
use anyhow::{Context, bail};
use rejoinder_cli::PublishOptions;
use rejoinder_cli::pack::{Authored, review};
use rejoinder_cli::publish::{Published, draft};
use rejoinder_engine::trust::{Index, fingerprint};
use std::path::PathBuf;

/// Check, test and sign packs, and write what a static file server needs
///
/// Writes into one folder: the packs, the index with its signature, the public key, and what changed (`changelog.md`). Copy that
/// folder as it is to any web space; docs/hosting.md says how. Keep it: the next publication goes on from what is in it.
///
/// Refused, with file, line and remedy: packs with errors or failing tests, cards that have expired, packs that changed and
/// kept their version, and ids that were published and are gone. What is refused leaves the folder as it was.
///
/// The same packs, options and earlier publications give the same bytes, signatures aside: give --issued, or set
/// SOURCE_DATE_EPOCH, and --serial.
#[derive(Debug, clap::Args)]
pub(crate) struct Publish {
    /// Folders of all packs that are on offer from now on, each with a file `pack.toml`
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// Folder to write into; subscribers are given the address of its `index.json`
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    signing: Signing,
    /// With --unsigned, for the first time: the public key, as a file `minisign.pub` or its line
    #[arg(long, value_name = "KEY", requires = "unsigned")]
    public_key: Option<String>,
    /// Number of this publication [default: one more than the last one's]
    #[arg(long, value_name = "N")]
    serial: Option<u64>,
    #[command(flatten)]
    dates: Dates,
    /// Name of the publisher [default: the first pack's]
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
    /// Take a card back, for good: no client inserts it any more. `rejoinder recall` is faster
    #[arg(long = "recall", value_name = "CARD")]
    recalls: Vec<String>,
    /// Let a pack, topic, claim, card or site go that was published and is gone from the packs; its id is never used again
    #[arg(long = "retire", value_name = "ID")]
    retire: Vec<String>,
}

impl Publish {
    pub(crate) fn run(self) -> anyhow::Result<bool> {
        let published = Published::read(&self.out)?;
        let validity = self.dates.validity(self.serial)?;
        let mut packs: Vec<Authored> = self.folders.iter().map(|folder| Authored::read(folder)).collect();
        for pack in &mut packs {
            pack.test();
        }
        let options = PublishOptions {
            publisher: self.publisher.unwrap_or_else(|| packs[0].pack().publisher.clone()),
            serial: self.serial.unwrap_or_else(|| published.next_serial()),
            issued: validity.issued,
            expires: validity.expires,
            recalls: self.recalls,
            retire: self.retire,
        };
        review(&mut packs, &published, &options);
        // Every pack is told about, not only the first that is wrong.
        let mut sound = true;
        for pack in &packs {
            sound &= problems(pack);
        }
        if !sound {
            anstream::eprintln!("nothing was published");
            return Ok(false);
        }
        let key = self.signing.read()?;
        let public = match (&key, &self.public_key, &published.key) {
            (Some(key), ..) => key.public(),
            (None, Some(given), _) => rejoinder_cli::read_public_key(given)?,
            (None, None, Some(known)) => known.clone(),
            (None, None, None) => {
                bail!("{}: no `minisign.pub` in it yet; say with --public-key which key will sign", self.out.display())
            }
        };
        let (draft, index) = draft(&packs, &published, &public, &options)?;
        finish(draft, &key.iter().collect::<Vec<_>>())?;
        say(&summary(&published, &index, &public, &Published::read(&self.out).context("just written")?))?;
        Ok(true)
    }
}

fn summary(before: &Published, index: &Index, key: &str, after: &Published) -> String {
    let mut text = String::new();
    let old = || before.index.iter().flat_map(|index| &index.packs);
    for entry in &index.packs {
        let change = match old().find(|old| old.id == entry.id) {
            None => "new".to_owned(),
            Some(old) if old.version == entry.version => "unchanged".to_owned(),
            Some(old) => format!("was {}", old.version),
        };
        text += &format!("{}: {} bytes, {change}\n", after.folder.join(&entry.url).display(), entry.size);
    }
    for gone in old().filter(|old| !index.packs.iter().any(|entry| entry.id == old.id)) {
        text += &format!("pack `{}` is no longer offered\n", gone.id);
    }
    text += &left_over(index, after);
    text += &format!(
        "{}: serial {}, valid until {}, {}\nwhat changed: {}\nkey: {}\n",
        after.folder.join("index.json").display(),
        index.serial,
        index.expires,
        count(index.recalls.len(), "recalled card"),
        after.folder.join("changelog.md").display(),
        fingerprint(key)
    );
    text
}

/// Files of older publications: until when a client that has an older index, from a cache, may ask for them.
fn left_over(index: &Index, after: &Published) -> String {
    let mut text = String::new();
    for (file, until) in after.changelog.wanted() {
        if index.packs.iter().any(|entry| entry.url == file) || !after.folder.join(file).exists() {
            continue;
        }
        let path = after.folder.join(file);
        text += &if until > index.issued {
            format!("{}: of an older publication; keep it until {until}\n", path.display())
        } else {
            format!("{}: of an older publication that has expired; it may be deleted\n", path.display())
        };
    }
    text
}
