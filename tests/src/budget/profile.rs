//! The time that our script takes of a page's main thread, by Chromium's sampling profiler.

use crate::browser::Browser;
use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use std::collections::HashMap;

/// Microseconds between two samples.
const INTERVAL: u32 = 100;

/// A profiler that runs.
pub(super) struct Profile {
    session: String,
}

/// What our script did in the meantime, milliseconds.
pub(super) struct Work {
    /// All of it, with what the browser did on its behalf (layout that it asked for, serialising).
    pub(super) work: f64,
    /// The longest stretch in which it did not give the thread back.
    pub(super) longest: f64,
}

impl Profile {
    pub(super) async fn start(browser: &Browser) -> Result<Profile> {
        let params = json!({ "targetId": browser.tab().await?, "flatten": true });
        let answer = browser.cdp("Target.attachToTarget", params, None).await?;
        let session = answer["sessionId"].as_str().context("a session")?.to_owned();
        browser.cdp("Profiler.enable", json!({}), Some(&session)).await?;
        browser.cdp("Profiler.setSamplingInterval", json!({ "interval": INTERVAL }), Some(&session)).await?;
        browser.cdp("Profiler.start", json!({}), Some(&session)).await?;
        Ok(Profile { session })
    }

    pub(super) async fn stop(self, browser: &Browser) -> Result<Work> {
        let answer = browser.cdp("Profiler.stop", json!({}), Some(&self.session)).await?;
        browser.cdp("Target.detachFromTarget", json!({ "sessionId": self.session }), None).await?;
        let profile = &answer["profile"];
        let nodes = profile["nodes"].as_array().context("nodes")?;
        // A node is ours when it, or what called it, stands in our file.
        let mut ours: HashMap<u64, bool> = HashMap::new();
        for node in nodes {
            let id = node["id"].as_u64().unwrap_or(0);
            let named = node["callFrame"]["url"].as_str().is_some_and(|url| url.starts_with(&browser.base));
            let mine = named || ours.get(&id).copied().unwrap_or(false);
            ours.insert(id, mine);
            for child in node["children"].as_array().into_iter().flatten().filter_map(Value::as_u64) {
                let entry = ours.entry(child).or_insert(false);
                *entry |= mine;
            }
        }
        let samples = profile["samples"].as_array().context("samples")?;
        let deltas = profile["timeDeltas"].as_array().context("time deltas")?;
        let (mut work, mut run, mut longest) = (0.0_f64, 0.0_f64, 0.0_f64);
        for (sample, delta) in samples.iter().zip(deltas) {
            let mine = sample.as_u64().and_then(|id| ours.get(&id)).copied().unwrap_or(false);
            let took = delta.as_f64().unwrap_or(0.0) / 1000.0;
            run = if mine { run + took } else { 0.0 };
            work += if mine { took } else { 0.0 };
            longest = longest.max(run);
        }
        Ok(Work { work, longest })
    }
}
