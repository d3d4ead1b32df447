//! The budgets of the extension, measured in the real browsers. Printed, never asserted: a wall clock is no test.

mod large;
mod profile;

pub use large::Large;

use crate::browser::{Browser, Kind, Look};
use crate::pack::Publication;
use crate::paths;
use crate::server::Server;
use anyhow::{Context as _, Result};
use profile::Profile;
use serde_json::Value;

/// One line of the table.
#[derive(Clone, Debug)]
pub struct Row {
    /// What is measured, and how.
    pub what: String,
    /// What is allowed.
    pub budget: &'static str,
    /// What was seen.
    pub measured: String,
}

impl Row {
    fn new(what: impl Into<String>, budget: &'static str, measured: String) -> Row {
        Row { what: what.into(), budget, measured }
    }
}

/// How often each wait is measured.
const TIMES: usize = 20;

/// Measures one browser.
///
/// # Errors
/// Something does not work at all.
pub async fn measure(kind: Kind) -> Result<Vec<Row>> {
    let name = kind.name();
    let bytes = fs_err::metadata(paths::dist(name)?.join("page.js"))?.len();
    let size = format!("{:.1} KB", bytes as f64 / 1000.0);
    let mut rows = vec![Row::new(format!("{name}: content script, minified"), "≤ 48 KB", size)];
    rows.extend(reading(kind).await?);
    // A measure that does not come must not hold up the table: it says so in its line.
    let started = tokio::time::timeout(std::time::Duration::from_secs(120), start(kind)).await;
    rows.push(match started {
        Ok(row) => row?,
        Err(_) => Row::new(format!("{name}: stopped worker → first answer"), "≤ 60 ms", "no answer in 120 s".into()),
    });
    Ok(rows)
}

/// The page's side: a first pass, a post in view, a site that is not enabled.
async fn reading(kind: Kind) -> Result<Vec<Row>> {
    let name = kind.name();
    let publication = Publication::new()?;
    let server = Server::start(Some(publication.folder())).await?;
    let browser = Browser::start(kind, &Look::default()).await?;
    browser.subscribe(&server.subscription(), &publication.fingerprint()).await?;
    // `localhost` is enabled, 127.0.0.1 is not: the same page with and without.
    let enabled = server.url("/budget/").replace("127.0.0.1", "localhost");
    browser.allow_hosts(&["http://localhost/*"]).await?;
    browser.goto(&enabled).await?;
    browser.open_panel().await?;
    browser.enable_site().await?;
    let mut rows = Vec::new();

    browser.page("return await one()").await?;
    let mut waits = Vec::new();
    for _ in 0..TIMES {
        waits.push(browser.page("return await one()").await?.as_f64().context("a time")?);
    }
    let what = format!("{name}: post in view → highlight, worker awake, median of {TIMES}");
    rows.push(Row::new(what, "≤ 30 ms", format!("{:.1} ms (worst {:.1})", median(&waits), worst(&waits))));

    if kind == Kind::Chromium {
        let (mut works, mut slices, mut filled) = (Vec::new(), Vec::new(), 0);
        let mut long: Vec<f64> = Vec::new();
        for _ in 0..5 {
            browser.goto(&enabled).await?;
            browser.page("return await one()").await?;
            browser.page("longTasks.length = 0").await?;
            let profile = Profile::start(&browser).await?;
            let answer = browser.page("return await fill(500)").await?;
            let profile = profile.stop(&browser).await?;
            filled = answer[0].as_u64().context("bytes")?;
            works.push(profile.work);
            slices.push(profile.longest);
            let with = browser.page("return longTasks").await?;
            long.extend(with.as_array().into_iter().flatten().filter_map(Value::as_f64));
        }
        let what =
            format!("{name}: script work of a first pass, 500 posts / {} KB (profiler, median of 5)", filled / 1000);
        rows.push(Row::new(what, "≤ 16 ms", format!("{:.1} ms", median(&works))));
        let what = format!("{name}: longest stretch of it without a break (worst of 5)");
        rows.push(Row::new(what, "≤ 8 ms", format!("{:.1} ms", worst(&slices))));
        let without = {
            browser.goto(&server.url("/budget/")).await?;
            // Nothing is painted here, so the posts are added and two frames waited for.
            let add =
                "const done = fill(500); await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)));
                       await new Promise(r => setTimeout(r, 200)); return longTasks";
            browser.page(add).await?.as_array().map_or(0, Vec::len)
        };
        let what = format!("{name}: long tasks (> 50 ms) in the five passes; the page alone has {without} a pass");
        rows.push(Row::new(what, "none", format!("{} {long:.0?}", long.len())));
    }

    browser.goto(&server.url("/budget/")).await?;
    let patterns = registered(&browser).await?;
    let here = patterns.iter().filter(|p| p.contains("127.0.0.1")).count();
    let what = format!("{name}: scripts on a page that is not enabled (registered: {})", patterns.join(" "));
    rows.push(Row::new(what, "0", here.to_string()));
    browser.quit().await?;
    Ok(rows)
}

/// The hosts for which the browser is to start our script.
async fn registered(browser: &Browser) -> Result<Vec<String>> {
    browser.goto_own("options.html").await?;
    let body = "const scripts = await (globalThis.browser ?? chrome).scripting.getRegisteredContentScripts(); \
                return scripts.flatMap(s => s.matches)";
    Ok(serde_json::from_value(browser.page(body).await?)?)
}

/// The background's side: from stopped to an answer, with many rules.
async fn start(kind: Kind) -> Result<Row> {
    let large = Large::publish(1_000)?;
    let server = Server::start(Some(large.folder())).await?;
    let browser = Browser::start(kind, &Look::default()).await?;
    browser.subscribe(&server.subscription(), &large.fingerprint()).await?;
    let ask = "const api = globalThis.browser ?? chrome; const start = performance.now(); \
               const json = JSON.stringify({wire: 1, body: {kind: 'settings'}}); \
               await api.runtime.sendMessage({to: 'background', from: 'panel', json}); \
               return performance.now() - start";
    let (mut cold, mut warm) = (Vec::new(), Vec::new());
    for _ in 0..7 {
        browser.goto_own("options.html").await?;
        browser.page(ask).await?;
        warm.push(browser.page(ask).await?.as_f64().context("a time")?);
        browser.stop_background().await?;
        cold.push(browser.page(ask).await?.as_f64().context("a time")?);
    }
    browser.quit().await?;
    let what = format!(
        "{}: stopped worker → first answer, {} rules / {} literals (start, wasm, packs, engine; median of 7)",
        kind.name(),
        large.rules,
        large.literals
    );
    let measured = format!("{:.0} ms (worst {:.0}; awake {:.1})", median(&cold), worst(&cold), median(&warm));
    Ok(Row::new(what, "≤ 60 ms", measured))
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

fn worst(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::NAN, f64::max)
}
