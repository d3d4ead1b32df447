use super::output::say;
use super::signing::{Dates, PasswordFile, Signing, finish};
use anyhow::bail;
use rejoinder_cli::publish::{Published, announce, rotate};
use rejoinder_cli::{KeyPair, read_public_key};
use rejoinder_engine::trust::fingerprint;
use std::path::PathBuf;

/// Announce the key that will follow, or change to it
///
/// In two steps, some weeks apart, so that clients learn of the new key from the old one:
///
///   rejoinder rotate public --key old/minisign.key --announce new/minisign.pub
///   rejoinder rotate public --key old/minisign.key --to new/minisign.key
///
/// The second step states, signed with the old key, that the new one follows; signs index and urgent list with the new one; and
/// carries every recall over. From then on the old key signs nothing any more. Upload the folder after each step, and
/// tell managers the new fingerprint. If the old key is stolen or lost: docs/hosting.md.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Rotate {
    /// The published folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The key that takes over: its secret key (with --unsigned: its public key)
    #[arg(long, value_name = "FILE", required_unless_present = "announce")]
    to: Option<PathBuf>,
    /// A key that may take over later, as a file `minisign.pub` or its line; may be given several times. Those announced
    /// before and not named again are no longer announced
    #[arg(long, value_name = "KEY")]
    announce: Vec<String>,
    /// With --to: the old key is lost or must not be used. Only clients that saw the new one announced follow it
    #[arg(long, requires = "to", conflicts_with = "key")]
    without_old_key: bool,
    #[command(flatten)]
    old: Old,
    /// File whose first line is the password of the key of --to [default: that of the old key]
    #[arg(long, value_name = "FILE")]
    to_password_file: Option<PathBuf>,
    /// Number of this publication [default: one more than the last one's]
    #[arg(long, value_name = "N")]
    serial: Option<u64>,
    #[command(flatten)]
    dates: Dates,
}

/// The key of today.
#[derive(Debug, clap::Args)]
struct Old {
    /// File of the secret key that signs today
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    #[command(flatten)]
    password: PasswordFile,
    /// Write everything but the signatures; `rejoinder sign` then signs it, once with each key
    #[arg(long, conflicts_with = "key")]
    unsigned: bool,
}

impl Rotate {
    pub(crate) fn run(self) -> anyhow::Result<bool> {
        let published = Published::read(&self.folder)?;
        let validity = self.dates.validity(self.serial)?;
        let announced = self.announce.iter().map(|key| read_public_key(key)).collect::<anyhow::Result<Vec<_>>>()?;
        if self.old.key.is_none() && !self.old.unsigned && !self.without_old_key {
            bail!("say with --key which key signs today; or --unsigned, or --without-old-key");
        }
        let signing = Signing { key: self.old.key, password: self.old.password, unsigned: self.old.unsigned };
        let old = signing.read()?;
        let Some(to) = &self.to else {
            let (draft, index) = announce(&published, &announced, &validity)?;
            finish(draft, &old.iter().collect::<Vec<_>>())?;
            let keys: String = announced.iter().map(|key| format!("announced: {}\n", fingerprint(key))).collect();
            say(&format!("{keys}index {}, valid until {}\n", index.serial, index.expires))?;
            return Ok(true);
        };
        let (new, public) = if signing.unsigned {
            (None, read_public_key(&to.display().to_string())?)
        } else {
            let password = match &self.to_password_file {
                Some(file) => rejoinder_cli::Password { file: Some(file.clone()) },
                None => signing.password.password(),
            };
            let new = KeyPair::read(to, &password)?;
            let public = new.public();
            (Some(new), public)
        };
        if let Some(old) = &old
            && published.key.as_ref() != Some(&old.public())
        {
            bail!("--key: {} is not the key that signs today", old.fingerprint());
        }
        let (draft, index) = rotate(&published, &public, !self.without_old_key, &announced, &validity)?;
        finish(draft, &old.iter().chain(&new).collect::<Vec<_>>())?;
        say(&format!(
            "key before: {}\nkey now: {}\nindex {}, valid until {}\n",
            published.key.as_deref().map(fingerprint).unwrap_or_default(),
            fingerprint(&public),
            index.serial,
            index.expires
        ))?;
        if self.without_old_key {
            anstream::eprintln!(
                "warning: clients that did not see this key announced refuse it. Their managers must unsubscribe, subscribe \
                 again, and compare the new fingerprint."
            );
        }
        Ok(true)
    }
}
