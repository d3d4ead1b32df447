//! A pack of many rules, made to measure.

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use rejoinder_cli::{KeyPair, PublishOptions, generate_key, publish};
use std::fmt::Write as _;
use std::path::Path;
use tempfile::TempDir;

/// A published pack of made-up words.
#[derive(Debug)]
pub struct Large {
    folder: TempDir,
    key: KeyPair,
    /// How many rules it has.
    pub rules: usize,
    /// How many literals they look for.
    pub literals: usize,
}

impl Large {
    /// Publishes a pack of so many rules of ten literals each, signed with a fresh key.
    ///
    /// # Errors
    /// It does not pass its own tests.
    pub fn publish(rules: usize) -> Result<Large> {
        let source = tempfile::Builder::new().prefix("rejoinder-large-").tempdir()?;
        let mut pack = String::from(
            "schema = 1\nid = \"large\"\nversion = \"1.0.0\"\ntitle = \"Mesures\"\npublisher = \"Mesures\"\n\
             language = \"fr\"\njurisdictions = [\"FR\"]\nstatus = \"example\"\ninclude = []\n\n\
             [[topic]]\nid = \"t\"\ntitle = \"Mesures\"\n",
        );
        for rule in 0..rules {
            let words: Vec<String> = (0..10).map(|n| word(rule * 10 + n)).collect();
            let (left, right) = words.split_at(5);
            write!(
                pack,
                "\n[[claim]]\nid = \"C{rule}\"\ntopic = \"t\"\ntitle = \"C\"\nharm = 1\n\
                 rule = \"({}) NEAR/6 ({})\"\nmust = [\"{} {}\"]\nmust_not = [\"{}\"]\n",
                left.join(" OR "),
                right.join(" OR "),
                left[0],
                right[0],
                left[0]
            )?;
        }
        fs_err::write(source.path().join("pack.toml"), pack)?;
        let folder = tempfile::Builder::new().prefix("rejoinder-packs-").tempdir()?;
        let key = generate_key()?;
        let now = Timestamp::now();
        let options = PublishOptions {
            publisher: "Mesures".into(),
            serial: 1,
            issued: now.checked_sub(SignedDuration::from_mins(5))?,
            expires: now.checked_add(SignedDuration::from_hours(24))?,
            recalls: Vec::new(),
        };
        publish(&[source.path().to_path_buf()], folder.path(), &key, &options)?;
        Ok(Large { folder, key, rules, literals: rules * 10 })
    }

    /// The folder to serve.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The key's fingerprint.
    pub fn fingerprint(&self) -> String {
        self.key.fingerprint()
    }
}

/// A made-up word for every number, all different: its digits to the base of twenty syllables, at least three.
fn word(number: usize) -> String {
    const SYLLABLES: [&str; 20] = [
        "ba", "co", "di", "fu", "ga", "lo", "mi", "nu", "pa", "ro", "si", "tu", "va", "cho", "fri", "glu", "pra",
        "tro", "bli", "cru",
    ];
    let mut rest = number + 400;
    let mut out = String::new();
    while rest > 0 {
        out.push_str(SYLLABLES[rest % 20]);
        rest /= 20;
    }
    out
}
