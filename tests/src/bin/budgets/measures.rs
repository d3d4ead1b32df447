//! How each budget is measured.

use anyhow::{Context as _, Result, ensure};
use rejoinder_e2e::browser::{Browser, Kind};
use rejoinder_e2e::server::hostile_findings;
use rejoinder_e2e::wait::{self, Seen};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};

/// What stands below the table.
pub(crate) const HOW: &str = "\
How: the first pass is that of a thread opened before its site is enabled, so that loading does not count. In Chromium \
its main-thread work is what the sampling profiler (every 100 µs) sees under the content script's functions, which \
includes the layout and selectors they ask for; a slice is an unbroken run of such samples. Long tasks are the page's \
own PerformanceObserver. Firefox has neither: there, only the longest gap between two turns of the page's event loop \
is told, beside the longest one without Rejoinder; the machine's load is in both. A highlight counts from the change \
of the document until it is in the registry, looked at every 4 ms; it is painted in the next frame. The worker's start \
is the time from a page to its marks, with the background stopped, less that with the background running.";

/// This machine, for the record.
pub(crate) fn machine() -> String {
    let read = |path| fs_err::read_to_string(path).unwrap_or_default();
    let cpus = read("/proc/cpuinfo");
    let names: Vec<_> = cpus.lines().filter(|l| l.starts_with("model name")).collect();
    let name = names.first().and_then(|l| l.split(": ").nth(1)).unwrap_or("unknown processor");
    let load = read("/proc/loadavg");
    let load = load.split(' ').next().unwrap_or("?");
    format!("{name}, {} threads, load {load} at the start", names.len())
}

/// What runs of ours in a page whose site is not enabled: scripts registered, and scripts seen by the profiler.
pub(crate) async fn idle(browser: &Browser, url: &str) -> Result<String> {
    browser.goto_own("options.html").await?;
    let registered = browser.page("return (await chrome.scripting.getRegisteredContentScripts()).length").await?;
    if browser.kind == Kind::Firefox {
        return Ok(format!("{registered} registered"));
    }
    browser.goto("about:blank").await?;
    let profile = Profile::start(browser).await?;
    browser.goto(url).await?;
    let seen = profile.stop(browser).await?;
    Ok(format!("{registered} registered, {} seen", seen.scripts))
}

/// The first pass over a long thread, from the click that enables the site.
pub(crate) async fn first_pass(
    browser: &Browser,
    url: &str,
    posts: usize,
) -> Result<Vec<(String, &'static str, String)>> {
    browser.goto(url).await?;
    browser.open_panel().await?;
    browser.panel_state("not_enabled").await?;
    let text = browser.page("return document.getElementById('comments').innerText.length").await?;
    let quiet = longest_gap(browser, GAP).await?;
    browser.page("longTasks.length = 0").await?;
    let profile = match browser.kind {
        Kind::Chromium => Some(Profile::start(browser).await?),
        Kind::Firefox => None,
    };
    browser.page(WATCH).await?;
    browser.enable_site().await?;
    wait::until("the whole thread read", async || {
        let now = browser.findings().await?.len();
        Ok(Seen::when(now == hostile_findings(posts), now))
    })
    .await?;
    let busy = browser.page("watching = false; return longest").await?.as_f64().context("no gap")?;
    let mut lines = Vec::new();
    if let Some(profile) = profile {
        let seen = profile.stop(browser).await?;
        let work = format!("{:.1} ms ({text} characters), longest slice {:.1} ms", seen.total, seen.longest);
        let budget = if posts == 500 { "≤ 16 ms in slices ≤ 8 ms" } else { "slices ≤ 8 ms" };
        lines.push((format!("main-thread work of a first pass over {posts} posts"), budget, work));
        let tasks: Vec<f64> = serde_json::from_value(browser.page("return longTasks").await?)?;
        lines.push(("long tasks (> 50 ms) during it".to_owned(), "none", format!("{tasks:?}")));
    }
    lines.push((
        "longest gap of the page's event loop during it".to_owned(),
        "(none)",
        format!("{busy:.0} ms, without Rejoinder {quiet:.0} ms ({text} characters)"),
    ));
    Ok(lines)
}

/// How long a page takes to append 1,000 posts, each laid out before the next: milliseconds in its own steps, with what
/// they set off at once, and milliseconds from the first to the last; several times.
pub(crate) async fn updates(browser: &Browser, url: &str, times: usize) -> Result<(Vec<f64>, Vec<f64>)> {
    let (mut steps, mut all) = (Vec::new(), Vec::new());
    for _ in 0..times {
        browser.goto(url).await?;
        let took = browser
            .page(
                "const main = document.getElementById('comments'); const channel = new MessageChannel(); \
                 const turn = () => new Promise(r => { channel.port1.onmessage = r; channel.port2.postMessage(0); }); \
                 await new Promise(r => setTimeout(r, 1000)); const start = performance.now(); let steps = 0; \
                 for (let i = 0; i < 1000; ) { const begun = performance.now(); \
                   do { append(`u${i}`, `Ajout ${i}. Le carnet de santé est resté chez mamie.`); main.offsetHeight; \
                   } while (++i % 10 !== 0); \
                   await null; steps += performance.now() - begun; await turn(); } \
                 return [steps, performance.now() - start]",
            )
            .await?;
        steps.push(took[0].as_f64().context("no time")?);
        all.push(took[1].as_f64().context("no time")?);
    }
    Ok((steps, all))
}

/// Bytes of script objects in the current tab, all worlds of it, after a collection of garbage. Chromium only.
pub(crate) async fn heap(browser: &Browser) -> Result<f64> {
    let session = browser.tab_session().await?;
    browser.cdp("HeapProfiler.collectGarbage", json!({}), Some(&session)).await?;
    let used = browser.cdp("Runtime.getHeapUsage", json!({}), Some(&session)).await?;
    used["usedSize"].as_f64().context("no size")
}

/// Begins to watch the page's event loop; `watching = false` ends it.
const WATCH: &str = "window.longest = 0; window.watching = true; let last = performance.now(); \
     const channel = new MessageChannel(); \
     channel.port1.onmessage = () => { const now = performance.now(); longest = Math.max(longest, now - last); \
       last = now; if (watching) setTimeout(() => channel.port2.postMessage(0)); }; channel.port2.postMessage(0)";

/// How long a quiet page is watched, milliseconds.
const GAP: u32 = 1_500;

async fn longest_gap(browser: &Browser, milliseconds: u32) -> Result<f64> {
    let body =
        format!("{WATCH}; await new Promise(r => setTimeout(r, {milliseconds})); watching = false; return longest");
    browser.page(&body).await?.as_f64().context("no gap")
}

/// Stops the background once nothing is under way: what a panel or page still asks would start it again at once.
async fn stop_when_quiet(browser: &Browser) -> Result<()> {
    browser.page("await new Promise(r => setTimeout(r, 500))").await?;
    browser.stop_background().await
}

/// From a post that comes into view to its highlight.
pub(crate) async fn highlight(browser: &Browser, times: usize, stopped: bool) -> Result<String> {
    let mut took = Vec::new();
    for _ in 0..times {
        if stopped {
            stop_when_quiet(browser).await?;
        }
        let milliseconds = browser
            .page(
                "const main = document.querySelector('main'); \
                 const post = main.querySelector('article').cloneNode(true); \
                 const marked = () => [...CSS.highlights.values()].some(h => [...h].some(r => post.contains(r.startContainer))); \
                 scrollTo(0, 0); await new Promise(r => requestAnimationFrame(() => setTimeout(r))); \
                 const start = performance.now(); main.prepend(post); \
                 while (!marked() && performance.now() - start < 10000) await new Promise(r => setTimeout(r)); \
                 return performance.now() - start",
            )
            .await?;
        took.push(milliseconds.as_f64().context("no time")?);
        // The page stays short, and everything of it in view.
        browser.page("document.querySelector('article:nth-of-type(n+3)')?.remove()").await?;
    }
    Ok(spread(took))
}

/// From nothing to what the engine found in a post, as a page's script gets it. `page` is of a site that is enabled,
/// `text` of a post in which something is found.
pub(crate) async fn start(browser: &Browser, page: &str, text: &str, times: usize) -> Result<String> {
    // Stopped the first time while a page of ours is the driver's tab, Chromium's next worker never begins to run, under
    // automation: no processor is used, nothing answers. From another page it does, and from then on everywhere.
    browser.goto(page).await?;
    stop_when_quiet(browser).await?;
    let ours = browser.open_own_behind("options.html").await?;
    let read = json!({ "kind": "read", "site": "", "way": "generic",
        "posts": [{ "id": 4_000_000, "parts": [{ "kind": "own", "text": text }] }] });
    let ask = async || {
        let (answer, took) = browser.ask_background_as_page(&ours, page, &read).await?;
        ensure!(answer["marks"].as_array().is_some_and(|marks| !marks.is_empty()), "nothing found: {answer}");
        anyhow::Ok(took)
    };
    let (mut awake, mut took) = (Vec::new(), Vec::new());
    for _ in 0..times {
        // With everything at rest: what a start leaves to be done must not count as the way there and back.
        browser.page("await new Promise(r => setTimeout(r, 1000))").await?;
        awake.push(ask().await?);
        stop_when_quiet(browser).await?;
        took.push(ask().await?);
    }
    let trip = median(&mut awake);
    took.iter_mut().for_each(|ms| *ms -= trip);
    Ok(format!("{} (round trip {trip:.1} ms taken off)", spread(took)))
}

pub(crate) fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

fn spread(mut values: Vec<f64>) -> String {
    let middle = median(&mut values);
    let (least, most) = (values.first().copied().unwrap_or_default(), values.last().copied().unwrap_or_default());
    format!("median {middle:.0} ms, from {least:.0} to {most:.0} ms, {} times", values.len())
}

/// Chromium's sampling profiler on the current tab.
struct Profile {
    session: String,
}

/// What the profiler saw of the extension's scripts.
struct SeenByProfiler {
    /// Milliseconds under them.
    total: f64,
    /// Milliseconds of the longest unbroken run.
    longest: f64,
    /// How many of them.
    scripts: usize,
}

impl Profile {
    async fn start(browser: &Browser) -> Result<Profile> {
        let session = browser.tab_session().await?;
        browser.cdp("Profiler.enable", json!({}), Some(&session)).await?;
        browser.cdp("Profiler.setSamplingInterval", json!({ "interval": 100 }), Some(&session)).await?;
        browser.cdp("Profiler.start", json!({}), Some(&session)).await?;
        Ok(Profile { session })
    }

    async fn stop(self, browser: &Browser) -> Result<SeenByProfiler> {
        let answer = browser.cdp("Profiler.stop", json!({}), Some(&self.session)).await?;
        browser.cdp("Profiler.disable", json!({}), Some(&self.session)).await?;
        read(&answer["profile"], &browser.base)
    }
}

fn read(profile: &Value, base: &str) -> Result<SeenByProfiler> {
    let nodes = profile["nodes"].as_array().context("no nodes")?;
    let mut parents = HashMap::new();
    let mut own = BTreeSet::new();
    let mut scripts = BTreeSet::new();
    for node in nodes {
        let id = node["id"].as_u64().context("a node without id")?;
        let url = node["callFrame"]["url"].as_str().unwrap_or_default();
        if url.starts_with(base) {
            own.insert(id);
            scripts.insert(url.to_owned());
        }
        for child in node["children"].as_array().into_iter().flatten() {
            parents.insert(child.as_u64().context("a child without id")?, id);
        }
    }
    let ours = |mut id: u64| loop {
        if own.contains(&id) {
            return true;
        }
        match parents.get(&id) {
            Some(parent) => id = *parent,
            None => return false,
        }
    };
    let samples: Vec<u64> = serde_json::from_value(profile["samples"].clone())?;
    let deltas: Vec<f64> = serde_json::from_value(profile["timeDeltas"].clone())?;
    let (mut total, mut longest, mut run) = (0.0, 0.0_f64, 0.0);
    // A delta is the time from the sample before; a sample lasts until the next.
    for (i, sample) in samples.iter().enumerate() {
        let lasts = deltas.get(i + 1).copied().unwrap_or_default().max(0.0) / 1000.0;
        if ours(*sample) {
            total += lasts;
            run += lasts;
            longest = longest.max(run);
        } else {
            run = 0.0;
        }
    }
    Ok(SeenByProfiler { total, longest, scripts: scripts.len() })
}
