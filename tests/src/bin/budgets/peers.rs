//! The engine beside other matchers, in one page of each browser. What it prints are ratios: times of one machine say
//! little, those of one run beside each other much.

use anyhow::Result;
use rejoinder_e2e::browser::Browser;
use rejoinder_e2e::server::Server;
use serde::Deserialize;
use std::fmt::Write as _;

/// A group of measures on the same rules and posts.
#[derive(Deserialize)]
struct Group {
    title: String,
    rows: Vec<Row>,
}

/// One measure; see `tests/peers/page.ts`.
#[derive(Deserialize)]
struct Row {
    what: String,
    ms: f64,
    share: f64,
    found: u64,
    failed: Option<String>,
}

/// Measures in a browser, and gives the tables. Time for the same text is compared: a peer that read a part of it only
/// would have taken as much longer as the rest is.
///
/// # Errors
/// The page failed.
pub(crate) async fn measure(browser: &Browser, server: &Server) -> Result<String> {
    browser.goto(&server.url("/peers/index.html")).await?;
    let groups = browser.page("return await measure()").await?;
    let groups: Vec<Group> = serde_json::from_value(groups)?;
    let mut out = String::new();
    for Group { title, rows } in groups {
        let Some(first) = rows.first().map(Row::whole) else { continue };
        let _ = writeln!(out, "| {title} | time for 1 MB of posts | beside the first | found |\n|---|---|---|---|");
        for row in &rows {
            if let Some(why) = &row.failed {
                let _ = writeln!(out, "| {} | {why} | - | - |", row.what);
                continue;
            }
            let part = if row.share < 1.0 { " (reckoned from a part)" } else { "" };
            let beside = row.whole() / first;
            let _ = writeln!(out, "| {} | {:.1} ms{part} | × {beside:.2} | {} |", row.what, row.whole(), row.found);
        }
        out.push('\n');
    }
    Ok(out)
}

impl Row {
    fn whole(&self) -> f64 {
        self.ms / self.share
    }
}
