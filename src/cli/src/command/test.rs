use super::output::{count, problems, say, table};
use rejoinder_cli::pack::{Authored, ClaimTests, Tally};
use std::path::PathBuf;

/// Check packs, run the tests of their claims, and look for their claims in good texts
#[derive(Debug, clap::Args)]
pub(crate) struct Test {
    /// Folders of packs, each with a file `pack.toml`
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,
}

impl Test {
    pub(crate) fn run(self) -> anyhow::Result<bool> {
        let mut sound = true;
        for folder in &self.folders {
            let mut authored = Authored::read(folder);
            let results = authored.test();
            sound &= problems(&authored);
            if !results.is_empty() {
                say(&summary(&authored, &results))?;
            }
        }
        Ok(sound)
    }
}

fn summary(authored: &Authored, results: &[ClaimTests]) -> String {
    let mut rows = table(&["CLAIM", "MUST", "MUST NOT", "TODO"]);
    for result in results {
        rows.add_row([result.claim.clone(), tally(result.must), tally(result.must_not), todo(result.todo)]);
    }
    let all: usize = results.iter().map(|r| r.must.all + r.must_not.all).sum();
    let passed: usize = results.iter().map(|r| r.must.passed + r.must_not.passed).sum();
    let gaps: usize = results.iter().map(|r| r.todo.all - r.todo.passed).sum();
    let good = match authored.good_texts() {
        0 => String::new(),
        texts => format!(", {} read", count(texts, "good text")),
    };
    format!(
        "{}\n{}: {passed} of {} passed, {}{good}\n",
        rows.trim_fmt(),
        authored.folder(),
        count(all, "test"),
        count(gaps, "known gap"),
    )
}

fn tally(tally: Tally) -> String {
    format!("{}/{}", tally.passed, tally.all)
}

fn todo(tally: Tally) -> String {
    match tally {
        Tally { all: 0, .. } => String::new(),
        Tally { passed: 0, all } => all.to_string(),
        Tally { passed, all } => format!("{all} ({passed} found now)"),
    }
}
