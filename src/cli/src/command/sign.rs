use super::output::say;
use super::signing::PasswordFile;
use rejoinder_cli::KeyPair;
use rejoinder_cli::publish::{Draft, Published};
use std::path::PathBuf;

/// Sign what a command with --unsigned wrote
///
/// For a key that is kept on another machine, away from the network: copy the whole published folder there, sign it, and copy it
/// back. Only the files that its list `to-sign.json` names are signed, and only if they came over unchanged. When nothing
/// waits any more, the publication is judged as a subscriber would judge it; only then it is written.
#[derive(Debug, clap::Args)]
pub(crate) struct Sign {
    /// The published folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// File of the secret key that signs
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    #[command(flatten)]
    password: PasswordFile,
}

impl Sign {
    pub(crate) fn run(self) -> anyhow::Result<bool> {
        let mut draft = Draft::resume(&self.folder)?;
        let key = KeyPair::read(&self.key, &self.password.password())?;
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
