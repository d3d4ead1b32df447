//! The subcommands. Each says with `false` that what it was asked about is not in order.

mod check;

use clap::Parser;

/// Checks, tests, scans with and publishes packs of Rejoinder.
#[derive(Debug, Parser)]
#[command(name = "rejoinder", version, arg_required_else_help = true)]
pub(crate) enum Command {
    Check(check::Check),
}

impl Command {
    pub(crate) fn run(self) -> anyhow::Result<bool> {
        match self {
            Command::Check(check) => check.run(),
        }
    }
}
