use rejoinder_cli::pack::Authored;
use std::path::PathBuf;

/// Says everything that is wrong with packs, with file, line and column
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
            let authored = Authored::read(folder);
            sound &= report(&authored);
        }
        Ok(sound)
    }
}

/// Says what is wrong with a pack, and whether it may be used.
pub(crate) fn report(authored: &Authored) -> bool {
    anstream::eprint!("{}", authored.render(true));
    let pack = authored.pack();
    let sound = authored.errors() == 0;
    let warnings = count(authored.warnings(), "warning");
    if sound {
        anstream::println!(
            "{}: {} {}: {}, {}, {}, {}, {}; {warnings}",
            authored.folder(),
            pack.id,
            pack.version,
            count(pack.topics.len(), "topic"),
            count(pack.claims.len(), "claim"),
            count(pack.cards.len(), "card"),
            count(pack.lexicons.len(), "lexicon"),
            count(pack.sites.len(), "site"),
        );
    } else {
        anstream::eprintln!("{}: {}, {warnings}", authored.folder(), count(authored.errors(), "error"));
    }
    sound
}

/// `1 claim`, `2 claims`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
