//! What many tabs take.

use anyhow::Result;
use fs_err as fs;
use rejoinder_e2e::browser::{Browser, Kind, Look};
use rejoinder_e2e::manager::pattern;
use rejoinder_e2e::pack::Publication;
use rejoinder_e2e::server::Server;
use rejoinder_e2e::wait::{self, Seen};
use std::collections::HashSet;

/// Tabs that are open at once.
const TABS: usize = 50;
/// What is measured.
pub(crate) const WHAT: &str = "50 tabs of 20 posts, the whole browser, with Rejoinder / without";

/// The memory of a browser with many tabs that are read, and of one with the same tabs, none of which is.
pub(crate) async fn measure(kind: Kind) -> Result<String> {
    let publication = Publication::new()?;
    let packs = Server::start(Some(publication.folder())).await?;
    let pages = Server::start(None).await?;
    let tab = format!("http://localhost:{}/hostile?posts=20&filled=330", pages.port);
    let mut megabytes = [0.0; 2];
    for (read, megabytes) in [false, true].into_iter().zip(&mut megabytes) {
        let browser = Browser::start(kind, &Look::default()).await?;
        browser.subscribe(&packs.subscription(), &publication.fingerprint()).await?;
        browser.allow_hosts(&[&pattern(&tab)?]).await?;
        browser.goto(&tab).await?;
        browser.open_panel().await?;
        if read {
            browser.enable_site().await?;
        }
        *megabytes = of_tabs(&browser, &tab, TABS, read).await?;
        browser.quit().await?;
    }
    let [without, with] = megabytes;
    Ok(format!("{with:.0} / {without:.0} MB"))
}

/// Megabytes of a browser with so many tabs of a page: of all its processes, what they share counted once. `read`: each
/// tab is waited for until something is painted in it.
async fn of_tabs(browser: &Browser, url: &str, tabs: usize, read: bool) -> Result<f64> {
    for _ in 0..tabs {
        let tab = browser.driver.new_tab().await?;
        browser.driver.switch_to_window(tab).await?;
        browser.goto(url).await?;
        if read {
            wait::until("paint", async || {
                let painted = browser.page("return CSS.highlights.size > 0").await?;
                Ok(Seen::when(painted == true, painted))
            })
            .await?;
        }
    }
    Ok(kilobytes()? / 1_000.0)
}

/// Kilobytes of all processes that descend from this one: drivers and browsers. Linux only, as the drivers' tests are.
fn kilobytes() -> Result<f64> {
    let mut parents: Vec<(u32, u32)> = Vec::new();
    for entry in fs::read_dir("/proc")? {
        let Ok(id) = entry?.file_name().to_string_lossy().parse::<u32>() else { continue };
        // A process can end while it is looked at.
        let Ok(stat) = fs::read_to_string(format!("/proc/{id}/stat")) else { continue };
        // The name, in brackets, may hold anything.
        let parent = stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(1)?.parse().ok());
        parents.extend(parent.map(|parent| (id, parent)));
    }
    let mut ours: HashSet<u32> = HashSet::from([std::process::id()]);
    loop {
        let more: Vec<u32> = parents
            .iter()
            .filter(|(id, parent)| ours.contains(parent) && !ours.contains(id))
            .map(|(id, _)| *id)
            .collect();
        if more.is_empty() {
            break;
        }
        ours.extend(more);
    }
    ours.remove(&std::process::id());
    let mut sum = 0.0;
    for id in ours {
        let Ok(rollup) = fs::read_to_string(format!("/proc/{id}/smaps_rollup")) else { continue };
        let pss =
            rollup.lines().find_map(|line| line.strip_prefix("Pss:")?.split_whitespace().next()?.parse::<f64>().ok());
        sum += pss.unwrap_or(0.0);
    }
    Ok(sum)
}
