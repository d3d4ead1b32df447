//! Build, demo, test, bench, package: `cargo xtask help`.

mod apt;
mod browser;
mod build;
mod bundle;
mod manifest;
mod npm;
mod paths;
mod process;
mod sysroot;
mod toolchain;
mod types;
mod wasm;

use browser::Browser;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Everything that is done to this repository, one command each.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_version_flag = true)]
struct Xtask {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the extension into dist/chromium and dist/firefox
    Build {
        /// Only this browser's folder
        #[arg(long)]
        browser: Option<Browser>,
        /// Quicker: wasm not optimised for size, scripts not minified
        #[arg(long)]
        dev: bool,
    },
    /// Write the page's TypeScript types from the wire crate
    Types {
        /// Write nothing; fail when the file is not current
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    match run(Xtask::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> anyhow::Result<()> {
    match task {
        Task::Build { browser, dev } => build::build(browser, dev),
        Task::Types { check: false } => types::write(),
        Task::Types { check: true } => types::check(),
    }
}
