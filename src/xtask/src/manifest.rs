//! One source of the manifest for both browsers: common keys, and an object of differences for each.

use crate::browser::Browser;
use crate::paths;
use anyhow::{Context, Result};
use fs_err as fs;
use serde_json::{Map, Value};
use std::path::Path;

/// Writes one browser's manifest into `out`, with the workspace's version.
///
/// # Errors
/// When the source is not a JSON object.
pub(crate) fn write(browser: Browser, out: &Path) -> Result<()> {
    let source: Value = serde_json::from_slice(&fs::read(paths::extension().join("manifest.json"))?)
        .context("extension/manifest.json")?;
    let Value::Object(mut manifest) = source else { anyhow::bail!("extension/manifest.json is not an object") };
    let mut own = None;
    for each in Browser::ALL {
        let differences = manifest.remove(each.name());
        if each == browser {
            own = differences;
        }
    }
    if let Some(Value::Object(own)) = own {
        merge(&mut manifest, own);
    }
    manifest.insert("version".into(), env!("CARGO_PKG_VERSION").into());
    fs::write(out.join("manifest.json"), serde_json::to_string_pretty(&manifest)? + "\n")?;
    Ok(())
}

/// Objects are merged, lists joined without repeats, everything else replaced.
fn merge(into: &mut Map<String, Value>, from: Map<String, Value>) {
    for (key, value) in from {
        match (into.get_mut(&key), value) {
            (Some(Value::Object(old)), Value::Object(new)) => merge(old, new),
            (Some(Value::Array(old)), Value::Array(new)) => {
                for item in new {
                    if !old.contains(&item) {
                        old.push(item);
                    }
                }
            }
            (_, value) => drop(into.insert(key, value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::merge;
    use serde_json::{Value, json};

    #[test]
    fn differences_are_merged() {
        let cases = [
            (json!({"a": 1}), json!({"b": 2}), json!({"a": 1, "b": 2})),
            (json!({"a": 1}), json!({"a": 2}), json!({"a": 2})),
            (json!({"p": ["x", "y"]}), json!({"p": ["y", "z"]}), json!({"p": ["x", "y", "z"]})),
            (json!({"o": {"a": 1}}), json!({"o": {"b": 2}}), json!({"o": {"a": 1, "b": 2}})),
        ];
        for (common, own, expected) in cases {
            let (Value::Object(mut common), Value::Object(own)) = (common, own) else { panic!("objects") };
            merge(&mut common, own);
            assert_eq!(Value::Object(common), expected);
        }
    }
}
