use super::output::say;
use std::path::PathBuf;

/// Serve a published folder on this machine, to try it
///
/// Only this machine can reach it. For subscribers, copy the folder to a web space.
#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    /// The published folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Port to listen on; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 8080)]
    port: u16,
}

impl Serve {
    pub(crate) fn run(self) -> anyhow::Result<bool> {
        rejoinder_cli::serve(&self.folder, self.port, |address| {
            Ok(say(&format!("subscribe to {address}\nend it with Ctrl+C\n"))?)
        })?;
        Ok(true)
    }
}
