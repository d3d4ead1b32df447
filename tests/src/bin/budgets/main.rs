//! The budgets that only a browser can tell, measured in both: `cargo xtask bench`. Printed, never asserted: a loaded
//! machine is not a failure.

mod measures;
mod memory;
mod peers;

use anyhow::Result;
use rejoinder_e2e::browser::{Browser, Kind, Look};
use rejoinder_e2e::manager::pattern;
use rejoinder_e2e::pack::{Publication, made_up_word};
use rejoinder_e2e::paths;
use rejoinder_e2e::server::Server;
use std::process::ExitCode;

/// One line of the table.
struct Line {
    what: String,
    budget: &'static str,
    measured: String,
}

#[tokio::main]
async fn main() -> ExitCode {
    println!("machine: {}\n", measures::machine());
    // `budgets peers`: only the engine beside other matchers; `budgets own`: all but that; `budgets tabs`: what many take;
    // `budgets start`: the start of the worker.
    let part = std::env::args().nth(1);
    let (only_peers, only_own) = (part.as_deref() == Some("peers"), part.as_deref() == Some("own"));
    for kind in Kind::ALL {
        if part.as_deref() == Some("tabs") {
            match memory::measure(kind).await {
                Ok(measured) => println!("{}: {}: {measured}", kind.name(), memory::WHAT),
                Err(error) => eprintln!("error: {} was not measured: {error:#}", kind.name()),
            }
            continue;
        }
        if part.as_deref() == Some("start") {
            for Start { pack, what, budget } in STARTS {
                match start(kind, pack).await {
                    Ok(measured) => println!("{}: {what} ({budget}): {measured}", kind.name()),
                    Err(error) => eprintln!("error: {}: {what} was not measured: {error:#}", kind.name()),
                }
            }
            continue;
        }
        if !only_peers && let Err(error) = budgets(kind).await {
            eprintln!("error: {} could not be measured: {error:#}", kind.name());
            return ExitCode::FAILURE;
        }
        if only_own {
            continue;
        }
        match peers(kind).await {
            Ok(tables) => println!("{tables}"),
            Err(error) => {
                eprintln!("error: {} did not measure the peers: {error:#}", kind.name());
                return ExitCode::FAILURE;
            }
        }
    }
    println!("{}", measures::HOW);
    ExitCode::SUCCESS
}

/// Prints the budgets as one browser keeps them.
async fn budgets(kind: Kind) -> Result<()> {
    let lines = measure(kind).await?;
    println!("| {} | budget | measured |\n|---|---|---|", kind.name());
    for Line { what, budget, measured } in lines {
        println!("| {what} | {budget} | {measured} |");
    }
    println!();
    Ok(())
}

/// The tables of the engine beside other matchers.
async fn peers(kind: Kind) -> Result<String> {
    let server = Server::start(None).await?;
    let browser = Browser::start(kind, &Look { exact_clock: true, ..Look::default() }).await?;
    let tables = peers::measure(&browser, &server).await?;
    browser.quit().await?;
    Ok(tables)
}

async fn measure(kind: Kind) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    let mut line = |what: &str, budget: &'static str, measured: String| {
        eprintln!("    {}: {what}: {measured}", kind.name());
        lines.push(Line { what: what.to_owned(), budget, measured });
    };
    let scripts = [
        ("page.js", "content script, minified", "≤ 48 KB"),
        ("insert.js", "its part that writes, minified: started when it is needed", "–"),
    ];
    for (script, what, budget) in scripts {
        let size = fs_err::metadata(paths::dist(kind.name())?.join(script))?.len();
        #[expect(clippy::cast_precision_loss, reason = "a file's size")]
        line(what, budget, format!("{:.1} KB", size as f64 / 1000.0));
    }

    let look = Look { exact_clock: true, ..Look::default() };
    let publication = Publication::new()?;
    let packs = Server::start(Some(publication.folder())).await?;
    let pages = Server::start(None).await?;
    let page = |path: &str| format!("http://localhost:{}{path}", pages.port);
    let short = page("/hostile?posts=20&filled=330");
    let manager = async || {
        let browser = Browser::start(kind, &look).await?;
        browser.subscribe(&packs.subscription(), &publication.fingerprint()).await?;
        browser.allow_hosts(&[&pattern(&page("/"))?]).await?;
        anyhow::Ok(browser)
    };
    for posts in [20, 5_000] {
        let browser = manager().await?;
        let thread = page(&format!("/hostile?posts={posts}&filled=330"));
        for (what, budget, measured) in measures::first_pass(&browser, &thread, posts).await? {
            line(&what, budget, measured);
        }
        browser.quit().await?;
    }
    let browser = manager().await?;
    let thread = page("/hostile?posts=500&filled=330");
    line("page on a site that is not enabled", "0 scripts", measures::idle(&browser, &thread).await?);
    let mut without = measures::updates(&browser, &short, 9).await?;
    let bare = if kind == Kind::Chromium { measures::heap(&browser).await? } else { 0.0 };
    for (what, budget, measured) in measures::first_pass(&browser, &thread, 500).await? {
        line(&what, budget, measured);
    }
    let mut with = measures::updates(&browser, &short, 9).await?;
    let ratio = |with: &mut [f64], without: &mut [f64]| {
        let (with, without) = (measures::median(with), measures::median(without));
        format!("× {:.3} ({with:.0} / {without:.0} ms)", with / without)
    };
    let what = "1,000 posts appended, in the page's own steps, with Rejoinder / without";
    line(what, "≤ × 1.03", ratio(&mut with.0, &mut without.0));
    let what = "the same, from the first to the last without a pause, our reading of them among it";
    line(what, "(none)", ratio(&mut with.1, &mut without.1));
    if kind == Kind::Chromium {
        let more = (measures::heap(&browser).await? - bare) / 1e6;
        line("script memory of a tab with 1,020 posts, more than without", "(none)", format!("{more:.1} MB"));
    }
    browser.goto(&page("/boxes/plain.html")).await?;
    line(
        "post in view → highlight, worker awake",
        "≤ 30 ms at the median",
        measures::highlight(&browser, 40, false).await?,
    );
    line("the same, worker stopped", "(none)", measures::highlight(&browser, 10, true).await?);
    browser.quit().await?;

    line(memory::WHAT, "(none)", memory::measure(kind).await?);

    for Start { pack, what, budget } in STARTS {
        line(what, budget, start(kind, pack).await?);
    }
    Ok(lines)
}

/// A pack with which the worker is started.
struct Start {
    pack: Of,
    what: &'static str,
    budget: &'static str,
}

/// Which pack.
#[derive(Clone, Copy)]
enum Of {
    /// The example packs, which have many regular expressions.
    Examples,
    /// A made-up one of so many rules, of ten literals each.
    Rules(usize),
}

const STARTS: [Start; 4] = [
    Start { pack: Of::Examples, what: "worker start → engine ready, example packs", budget: "(none)" },
    Start { pack: Of::Rules(100), what: "worker start → engine ready, 100 rules / 1,000 literals", budget: "(none)" },
    Start {
        pack: Of::Rules(1_000),
        what: "worker start → engine ready, 1,000 rules / 10,000 literals",
        budget: "≤ 60 ms",
    },
    Start {
        pack: Of::Rules(10_000),
        what: "worker start → engine ready, 10,000 rules / 100,000 literals",
        budget: "(none)",
    },
];

async fn start(kind: Kind, pack: Of) -> Result<String> {
    let (publication, text) = match pack {
        Of::Examples => (Publication::new()?, "Le vaccin cause l'autisme.".to_owned()),
        Of::Rules(rules) => (Publication::made_up(rules, 10)?, made_up_word(0)),
    };
    let packs = Server::start(Some(publication.folder())).await?;
    let browser = Browser::start(kind, &Look { exact_clock: true, ..Look::default() }).await?;
    browser.subscribe(&packs.subscription(), &publication.fingerprint()).await?;
    let pages = Server::start(None).await?;
    let page = format!("http://localhost:{}/boxes/plain.html", pages.port);
    browser.allow_hosts(&[&pattern(&page)?]).await?;
    browser.goto(&page).await?;
    browser.open_panel().await?;
    browser.enable_site().await?;
    let measured = measures::start(&browser, &page, &text, 15).await?;
    browser.quit().await?;
    Ok(measured)
}
