//! The subcommands. Each says with `false` that what it was asked about is not in order.

mod check;
mod eval;
mod explain;
mod keygen;
mod output;
mod packs;
mod pages;
mod publish;
mod recall;
mod rotate;
mod scan;
mod serve;
mod sign;
mod signing;
mod test;
mod verify;

use clap::Parser;

/// Checks, tests, scans with and publishes packs of Rejoinder
///
/// Ends with 0 when all is in order, 1 when something is wrong with a pack or a post, 2 when it could not do its work.
#[derive(Debug, Parser)]
#[command(name = "rejoinder", version, arg_required_else_help = true)]
pub(crate) enum Command {
    Check(check::Check),
    Test(test::Test),
    Scan(scan::Scan),
    Explain(explain::Explain),
    Eval(eval::Eval),
    Pages(pages::Pages),
    Keygen(keygen::Keygen),
    Publish(publish::Publish),
    Sign(sign::Sign),
    Recall(recall::Recall),
    SwitchOff(recall::SwitchOff),
    SwitchOn(recall::SwitchOn),
    Rotate(rotate::Rotate),
    Verify(verify::Verify),
    Serve(serve::Serve),
}

impl Command {
    pub(crate) fn run(self) -> anyhow::Result<bool> {
        match self {
            Command::Check(check) => check.run(),
            Command::Test(test) => test.run(),
            Command::Scan(scan) => scan.run(),
            Command::Explain(explain) => explain.run(),
            Command::Eval(eval) => eval.run(),
            Command::Pages(pages) => pages.run(),
            Command::Keygen(keygen) => keygen.run(),
            Command::Publish(publish) => publish.run(),
            Command::Sign(sign) => sign.run(),
            Command::Recall(recall) => recall.run(),
            Command::SwitchOff(switch_off) => switch_off.run(),
            Command::SwitchOn(switch_on) => switch_on.run(),
            Command::Rotate(rotate) => rotate.run(),
            Command::Verify(verify) => verify.run(),
            Command::Serve(serve) => serve.run(),
        }
    }
}
