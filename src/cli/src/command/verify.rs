use super::output::say;
use anyhow::{Context, bail};
use jiff::Timestamp;
use rejoinder_cli::client::{Client, Folder, Source, Web, because};
use rejoinder_engine::trust::{Answer, Request, Scope, fingerprint, read_key_file};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Say what a subscriber would do with a publication, and why
///
/// Takes the very steps of the extension: fetches the files in the same order and within the same limits, follows no
/// redirect, and believes only what the key signed. Use it after each upload.
///
/// Ends with 0 if a subscriber takes everything or has it already, 1 if something is refused or cannot be had, and 2 if it could
/// not do its work.
#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    /// Address of an `index.json`, or a published folder
    #[arg(value_name = "URL|DIR")]
    publication: String,
    /// The key that is trusted, as a file `minisign.pub` or its line [default: that of --state, else the publication's own]
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// File in which the subscriber keeps what it has, so that the next check goes on from there: an older publication is then
    /// found out, and a change of key followed
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Ask for the urgent list only, as clients do every hour
    #[arg(long)]
    urgent: bool,
    /// Judge as if it were this moment, such as 2026-01-31T09:00:00Z [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<Timestamp>,
    /// Write JSON instead of sentences
    #[arg(long)]
    json: bool,
}

impl Verify {
    pub(crate) fn run(self) -> anyhow::Result<bool> {
        let source: Box<dyn Source> = if self.publication.contains("://") {
            Box::new(Web::new(&self.publication)?)
        } else {
            let folder = Path::new(&self.publication);
            if !folder.is_dir() {
                bail!("{}: no such folder, and not an address", self.publication);
            }
            Box::new(Folder::new(folder))
        };
        let kept = self.state.as_deref().map(read).transpose()?.flatten();
        let given = self.key.as_deref().map(rejoinder_cli::read_public_key).transpose()?;
        let mut client = match (kept, given) {
            (Some(client), Some(key)) if client.state.key != key => bail!(
                "--state trusts key {}, not {}; leave --key out, or begin with another file",
                fingerprint(&client.state.key),
                fingerprint(&key)
            ),
            (Some(client), _) => client,
            (None, Some(key)) => Client::new(&key),
            (None, None) => match first_key(source.as_ref()) {
                Ok(key) => {
                    anstream::eprintln!(
                        "no key was given: the publication's own is trusted, as when somebody subscribes and does not compare \
                         the fingerprint"
                    );
                    Client::new(&key)
                }
                Err(why) => {
                    anstream::eprintln!("error: {why}");
                    return Ok(false);
                }
            },
        };
        let scope = if self.urgent { Scope::Urgent } else { Scope::Whole };
        let verdict = client.check(source.as_ref(), scope, self.at.unwrap_or_else(Timestamp::now));
        if let Some(path) = &self.state {
            write(path, &client)?;
        }
        if self.json {
            say(&format!("{}\n", serde_json::to_string(&verdict)?))?;
        } else {
            say(&verdict.words())?;
        }
        Ok(verdict.is_good())
    }
}

/// The key of a publication that nobody knows yet.
fn first_key(source: &dyn Source) -> Result<String, String> {
    match source.get(&Request::key()) {
        Answer::Body { bytes, .. } => {
            read_key_file(&bytes).map_err(|_| "minisign.pub: not a key; nobody could subscribe".into())
        }
        Answer::Failed { why, .. } | Answer::Unreached { why } => Err(format!("minisign.pub cannot be had: {why}")),
        Answer::Missing | Answer::Unchanged => Err("minisign.pub: not there; nobody could subscribe".into()),
        Answer::Refused(refusal) => Err(format!("minisign.pub: refused: {}", because(&refusal).0)),
    }
}

fn read(path: &Path) -> anyhow::Result<Option<Client>> {
    match std::fs::read(path) {
        Ok(bytes) => {
            let wrong = || format!("{}: not what `rejoinder verify` keeps; begin with another file", path.display());
            Ok(Some(serde_json::from_slice(&bytes).with_context(wrong)?))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| path.display().to_string()),
    }
}

fn write(path: &Path, client: &Client) -> anyhow::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(|| path.display().to_string())?;
    file.write_all(&serde_json::to_vec(client)?)?;
    file.persist(path).with_context(|| path.display().to_string())?;
    Ok(())
}
