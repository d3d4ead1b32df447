use super::output::say;
use super::signing::PasswordFile;
use rejoinder_cli::publish::{Draft, Published};
use rejoinder_cli::{KeyPair, read_public_key};
use rejoinder_engine::trust::fingerprint;
use std::path::PathBuf;

/// Sign what a command with --unsigned wrote
///
/// For a key that is kept on another machine, away from the network: copy the whole published folder there, sign it, and copy it
/// back. Only the files that its list `to-sign.json` names are signed, and only if they came over unchanged. When nothing
/// waits any more, the publication is judged as a subscriber would judge it; only then it is written. A key that this lets follow
/// yours, by a statement or because the index announces it, must be named: the other machine may be in wrong hands.
#[derive(Debug, clap::Args)]
pub(crate) struct Sign {
    /// The published folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// File of the secret key that signs
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// A key that may follow: its file `minisign.pub`, its line, or its fingerprint; may be given several times
    #[arg(long, value_name = "KEY")]
    to: Vec<String>,
    #[command(flatten)]
    password: PasswordFile,
}

impl Sign {
    pub(crate) fn run(self) -> anyhow::Result<bool> {
        // What is no file and no key may be a fingerprint: it names a key or none.
        let meant: Vec<String> = self.to.iter().map(|to| read_public_key(to).unwrap_or_else(|_| to.clone())).collect();
        let mut draft = Draft::resume(&self.folder, &meant)?;
        let key = KeyPair::read(&self.key, &self.password.password())?;
        for next in draft.next_keys(&key.public())? {
            anstream::eprintln!("this lets key {} follow key {}", fingerprint(&next), key.fingerprint());
        }
        let signed = draft.sign(&key)?;
        let waits = draft.waits();
        let all = draft.is_signed();
        if all {
            draft.check()?;
        }
        draft.write()?;
        let mut text: String = signed.iter().map(|what| format!("signed: {what}\n")).collect();
        if all {
            let published = Published::read(&self.folder)?;
            if let Some(index) = &published.index {
                text += &format!("index {}, valid until {}; a subscriber takes it\n", index.serial, index.expires);
            }
        } else {
            text += &format!("not complete yet: {waits}\n");
        }
        say(&(text + &format!("key: {}\n", key.fingerprint())))?;
        Ok(true)
    }
}
