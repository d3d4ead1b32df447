use super::output::{count, problems, say};
use rejoinder_cli::pack::Authored;
use std::path::PathBuf;

/// Say everything that is wrong with packs, with file, line and column
#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// Folders of packs, each with a file `pack.toml`
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,
}

impl Check {
    pub(crate) fn run(self) -> anyhow::Result<bool> {
        let mut sound = true;
        for folder in &self.folders {
            let mut authored = Authored::read(folder);
            authored.lint();
            if problems(&authored) {
                say(&summary(&authored))?;
            } else {
                sound = false;
            }
        }
        Ok(sound)
    }
}

/// What a sound pack holds, in one line.
fn summary(authored: &Authored) -> String {
    let pack = authored.pack();
    format!(
        "{}: {} {}: {}, {}, {}, {}, {}; {}\n",
        authored.folder(),
        pack.id,
        pack.version,
        count(pack.topics.len(), "topic"),
        count(pack.claims.len(), "claim"),
        count(pack.cards.len(), "card"),
        count(pack.lexicons.len(), "lexicon"),
        count(pack.sites.len(), "site"),
        count(authored.warnings(), "warning"),
    )
}
