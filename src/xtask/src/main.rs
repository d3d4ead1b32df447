//! Build, demo, test, bench, package: `cargo xtask help`.

mod advisories;
mod apt;
mod bench;
mod browser;
mod build;
mod bundle;
mod checks;
mod demo;
mod editors;
mod fuzz;
mod licences;
mod manifest;
mod npm;
mod package;
mod packs;
mod pages;
mod paths;
mod peers;
mod process;
mod steps;
mod sysroot;
mod toolchain;
mod types;
mod wasm;
mod weblint;

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
    /// Install what is missing, build, and show the extension at work
    Demo {
        /// The browser to show it in
        #[arg(long, default_value = "chromium")]
        browser: Browser,
        /// Show nothing; print what happens and save screenshots (chosen by itself where there is no display)
        #[arg(long)]
        headless: bool,
        /// More for the scene itself: `-- --dark`, `-- --language en`
        #[arg(last = true)]
        scene: Vec<String>,
    },
    /// Test everything, up to both browsers on real forum software
    Test {
        /// Only these steps
        #[arg(long, value_name = "STEP", value_delimiter = ',')]
        only: Vec<String>,
        /// All but these steps
        #[arg(long, value_name = "STEP", value_delimiter = ',')]
        skip: Vec<String>,
    },
    /// Measure the engine and the budgets
    Bench {
        /// Only what needs no browser
        #[arg(long, conflicts_with = "browsers")]
        native: bool,
        /// Only what needs one
        #[arg(long)]
        browsers: bool,
    },
    /// Find the posts of saved pages in a browser, and compare them with those that a person found
    Pages {
        /// The browser to read them in
        #[arg(long, default_value = "chromium")]
        browser: Browser,
        /// The folder, and more: `--force generic`, `--errors`, `--json`
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
        folder: Vec<String>,
    },
    /// Write replies in every editor, record what becomes of them, and write docs/EDITORS.md
    Editors {
        /// Only this browser
        #[arg(long)]
        browser: Option<Browser>,
        /// Only the document, from what is recorded
        #[arg(long, conflicts_with = "browser")]
        document: bool,
    },
    /// Feed random input to everything that reads what others wrote
    Fuzz {
        /// Minutes for each target
        #[arg(long, default_value_t = 10)]
        minutes: u64,
        /// Only these: query, pack, normaliser, evaluator, saved, sketch
        targets: Vec<String>,
    },
    /// Write the stores' archives into out/packages
    Package,
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
        Task::Demo { browser, headless, scene } => demo::demo(browser, headless, &scene),
        Task::Test { only, skip } => steps::run(&checks::STEPS, &only, &skip),
        Task::Bench { native, browsers } => bench::bench(!browsers, !native),
        Task::Editors { document: true, .. } => editors::document(),
        Task::Editors { browser, document: false } => editors::editors(browser),
        Task::Fuzz { minutes, targets } => fuzz::fuzz(minutes, &targets),
        Task::Pages { browser, folder } => pages::pages(browser, &folder),
        Task::Package => package::package(),
        Task::Types { check: false } => types::write(),
        Task::Types { check: true } => types::check(),
    }
}
