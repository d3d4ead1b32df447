use super::output::{count, problems, say};
use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use rejoinder_cli::pack::Authored;
use rejoinder_cli::{KeyPair, PublishOptions};
use std::path::PathBuf;

/// Check, test and sign packs, and write what a static file server needs
#[derive(Debug, clap::Args)]
pub(crate) struct Publish {
    /// Folders of packs, each with a file `pack.toml`
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// Folder to write into; subscribers are given the address of its `index.json`
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Secret key, as `rejoinder keygen` or minisign made it
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Number of this publication [default: one more than the last one's]
    #[arg(long, value_name = "N")]
    serial: Option<u64>,
    /// Days until clients stop relying on it unless a newer one is published
    #[arg(long, value_name = "DAYS", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=730))]
    expires_in_days: u16,
    /// Name of the publisher [default: the first pack's]
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
    /// Take a card back: no client inserts it any more, now or later
    #[arg(long = "recall", value_name = "CARD")]
    recalls: Vec<String>,
}

impl Publish {
    pub(crate) fn run(self) -> anyhow::Result<bool> {
        let mut packs = Vec::new();
        let mut sound = true;
        for folder in &self.folders {
            let mut authored = Authored::read(folder);
            authored.test();
            sound &= problems(&authored);
            packs.push(authored);
        }
        if !sound {
            anstream::eprintln!("nothing was published");
            return Ok(false);
        }
        let key = KeyPair::read(&self.key)?;
        let before = rejoinder_cli::previous(&self.out)?;
        let issued = now();
        let options = PublishOptions {
            publisher: self.publisher.unwrap_or_else(|| packs[0].pack().publisher.clone()),
            serial: match self.serial {
                Some(serial) => serial,
                None => rejoinder_cli::next_serial(&self.out)?,
            },
            issued,
            expires: issued
                .checked_add(SignedDuration::from_hours(24 * i64::from(self.expires_in_days)))
                .context("the index would expire too far away")?,
            recalls: self.recalls,
        };
        let index = rejoinder_cli::publish_authored(&packs, &self.out, &key, &options)?;

        let mut text = String::new();
        for entry in &index.packs {
            let old = before.iter().flat_map(|b| &b.packs).find(|e| e.id == entry.id);
            let change = match old {
                None => "new".to_owned(),
                Some(old) if old.version == entry.version => "unchanged".to_owned(),
                Some(old) => format!("was {}", old.version),
            };
            text += &format!("{}: {} bytes, {change}\n", self.out.join(&entry.url).display(), entry.size);
        }
        for gone in before.iter().flat_map(|b| &b.packs).filter(|o| !index.packs.iter().any(|e| e.id == o.id)) {
            text += &format!("pack `{}` is no longer offered\n", gone.id);
        }
        text += &format!(
            "{}: serial {}, valid until {}, {}\nkey: {}\n",
            self.out.join("index.json").display(),
            index.serial,
            index.expires,
            count(index.recalls.len(), "recalled card"),
            key.fingerprint()
        );
        say(&text)?;
        Ok(true)
    }
}

/// Now, in whole seconds: an index says no more than it needs to.
fn now() -> Timestamp {
    Timestamp::from_second(Timestamp::now().as_second()).unwrap_or(Timestamp::UNIX_EPOCH)
}
