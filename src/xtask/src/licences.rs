//! Licences of all that the extension is made from, against the list in `deny.toml`.

use crate::paths;
use anyhow::{Context, Result, bail};
use cargo_metadata::{MetadataCommand, Package};
use fs_err as fs;
use serde_json::Value;
use spdx::{Expression, ParseMode};
use std::collections::BTreeMap;
use toml::Table;

/// Fails on a crate whose licence is not on the list, and on Node code that would be shipped.
///
/// # Errors
/// See above; and when the list or cargo's metadata cannot be read.
pub(crate) fn check() -> Result<()> {
    let allowed = Allowed::read()?;
    let metadata = MetadataCommand::new()
        .current_dir(paths::root())
        .other_options(vec!["--locked".to_owned()])
        .exec()
        .context("cargo metadata")?;
    // A crate without a source is one of ours.
    let foreign: Vec<&Package> = metadata.packages.iter().filter(|package| package.source.is_some()).collect();
    let refused: Vec<String> =
        foreign.iter().filter_map(|package| allowed.refuse(&package.name, package.license.as_deref())).collect();
    if !refused.is_empty() {
        bail!("not allowed by deny.toml:\n  {}", refused.join("\n  "));
    }
    println!("{} crates of others, all under a licence that deny.toml allows", foreign.len());
    no_shipped_node_code()
}

struct Allowed {
    everywhere: Vec<String>,
    crates: BTreeMap<String, Vec<String>>,
}

impl Allowed {
    fn read() -> Result<Self> {
        let deny: Table = toml::from_str(&fs::read_to_string(paths::root().join("deny.toml"))?).context("deny.toml")?;
        let licences =
            deny.get("licenses").and_then(|value| value.as_table()).context("deny.toml has no [licenses]")?;
        let exceptions = licences.get("exceptions").and_then(|value| value.as_array()).into_iter().flatten();
        let crates = exceptions.filter_map(|exception| {
            Some((exception.get("crate")?.as_str()?.to_owned(), names(exception.get("allow"))))
        });
        Ok(Self { everywhere: names(licences.get("allow")), crates: crates.collect() })
    }

    /// Why a crate is refused.
    fn refuse(&self, name: &str, licence: Option<&str>) -> Option<String> {
        let Some(licence) = licence else { return Some(format!("{name}: names no licence")) };
        let expression = match Expression::parse_mode(licence, ParseMode::LAX) {
            Ok(expression) => expression,
            Err(error) => return Some(format!("{name}: {licence}: {}", error.reason)),
        };
        let own = self.crates.get(name);
        let fits = expression.evaluate(|wanted| {
            let wanted = wanted.to_string();
            self.everywhere.contains(&wanted) || own.is_some_and(|own| own.contains(&wanted))
        });
        (!fits).then(|| format!("{name}: {licence}"))
    }
}

fn names(list: Option<&toml::Value>) -> Vec<String> {
    let items = list.and_then(|value| value.as_array()).into_iter().flatten();
    items.filter_map(|item| item.as_str()).map(str::to_owned).collect()
}

/// Node packages are tools here: none may become part of the extension.
fn no_shipped_node_code() -> Result<()> {
    let package: Value = serde_json::from_slice(&fs::read(paths::extension().join("package.json"))?)?;
    match package.get("dependencies") {
        None => Ok(()),
        Some(shipped) => bail!("extension/package.json has dependencies, which would be shipped: {shipped}"),
    }
}

#[cfg(test)]
mod tests {
    use super::Allowed;

    #[test]
    fn expressions_are_read() {
        let allowed = Allowed {
            everywhere: ["MIT", "Apache-2.0 WITH LLVM-exception", "Unicode-3.0"].map(str::to_owned).to_vec(),
            crates: [("special".to_owned(), vec!["Custom-1.0".to_owned(), "OpenSSL".to_owned()])].into(),
        };
        let cases = [
            ("a", Some("MIT"), true),
            ("a", Some("MIT/GPL-3.0"), true),
            ("a", Some("GPL-3.0-only OR MIT"), true),
            ("a", Some("MIT AND GPL-3.0-only"), false),
            ("a", Some("(MIT OR Apache-2.0) AND Unicode-3.0"), true),
            ("a", Some("Apache-2.0 WITH LLVM-exception"), true),
            ("a", Some("Apache-2.0"), false),
            ("a", Some("OpenSSL"), false),
            ("special", Some("OpenSSL"), true),
            ("a", Some("no licence at all"), false),
            ("a", None, false),
        ];
        for (name, licence, fits) in cases {
            assert_eq!(allowed.refuse(name, licence).is_none(), fits, "{name}: {licence:?}");
        }
    }
}
