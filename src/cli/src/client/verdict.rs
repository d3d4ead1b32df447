use super::Client;
use jiff::Timestamp;
use rejoinder_engine::trust::{Opened, fingerprint};
use rejoinder_wire::{SyncOutcome, SyncRefusal};
use serde::Serialize;
use std::collections::BTreeSet;

/// What a client made of a publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// What became of the index; `None`: it was not asked for.
    pub index: Option<SyncOutcome>,
    /// What became of the urgent list; `None`: it was not asked for.
    pub urgent: Option<SyncOutcome>,
    /// Names of the files that were asked for, in order.
    pub asked: Vec<String>,
    /// The key that is trusted now.
    pub key: String,
    /// The key before, if it changed now.
    pub key_before: Option<String>,
    /// The index in use now.
    pub in_use: Option<InUse>,
    /// The cards that are taken back.
    pub recalls: BTreeSet<String>,
    /// The site adapters that are switched off.
    pub sites_off: BTreeSet<String>,
}

/// An index in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InUse {
    /// Who publishes it.
    pub publisher: String,
    /// Its serial.
    pub serial: u64,
    /// End of its validity.
    pub expires: Timestamp,
    /// Its packs, each with its version.
    pub packs: Vec<String>,
}

impl Verdict {
    pub(super) fn new(
        index: Option<SyncOutcome>,
        urgent: Option<SyncOutcome>,
        asked: Vec<String>,
        before: &Client,
        after: &Client,
    ) -> Verdict {
        let state = &after.state;
        let opened: Opened = state.clone().open();
        Verdict {
            index,
            urgent,
            asked,
            key: state.key.clone(),
            key_before: (before.state.key != state.key).then(|| before.state.key.clone()),
            recalls: opened.recalls(state),
            sites_off: opened.sites_off().into_iter().map(str::to_owned).collect(),
            in_use: opened.index.map(|index| InUse {
                publisher: index.publisher,
                serial: index.serial,
                expires: index.expires,
                packs: index.packs.iter().map(|entry| format!("{} {}", entry.id, entry.version)).collect(),
            }),
        }
    }

    /// Whether all of it is taken, or known already.
    pub fn is_good(&self) -> bool {
        let good = |outcome: &SyncOutcome| matches!(outcome, SyncOutcome::Updated | SyncOutcome::Current);
        self.index.as_ref().is_none_or(good) && self.urgent.as_ref().is_none_or(good)
    }

    /// What the client does, why, and what the publisher can do about it, in sentences.
    pub fn words(&self) -> String {
        let mut text = String::new();
        if let Some(outcome) = &self.index {
            text += &self.of_file("index", outcome);
        }
        if let Some(outcome) = &self.urgent {
            text += &self.of_file("urgent list", outcome);
        }
        if let Some(before) = &self.key_before {
            text += &format!(
                "key: the client changes from {} to {}; the old key counts no more.\n",
                fingerprint(before),
                fingerprint(&self.key)
            );
        }
        match &self.in_use {
            None => text += "in use: nothing; the client has no packs from here.\n",
            Some(index) => {
                text += &format!(
                    "in use: index {} of {}, valid until {}: {}\n",
                    index.serial,
                    crate::terminal::plain(&index.publisher),
                    index.expires,
                    crate::terminal::plain(&index.packs.join(", "))
                );
            }
        }
        for (what, ids) in [("recalled cards", &self.recalls), ("adapters switched off", &self.sites_off)] {
            if !ids.is_empty() {
                let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
                text += &format!("{what}: {}\n", crate::terminal::plain(&ids.join(", ")));
            }
        }
        text += &format!("trusted key: {}\n", fingerprint(&self.key));
        text
    }

    fn of_file(&self, file: &str, outcome: &SyncOutcome) -> String {
        match outcome {
            SyncOutcome::Updated => format!("{file}: the client takes it.\n"),
            SyncOutcome::Current if file == "index" => "index: the client has it already.\n".into(),
            SyncOutcome::Current => format!("{file}: nothing new.\n"),
            SyncOutcome::Offline { why } => format!(
                "{file}: the client cannot get it, and goes on with what it has.\n  why: {}\n  remedy: see to it that the \
                 file is there and that the server answers.\n",
                crate::terminal::plain(why)
            ),
            SyncOutcome::Refused { refusal } => {
                let (why, remedy) = because(refusal);
                format!(
                    "{file}: the client refuses it, and goes on with what it has.\n  why: {}\n  remedy: {remedy}\n",
                    crate::terminal::plain(&why)
                )
            }
        }
    }
}

/// A refusal, and its remedy, for the publisher.
pub fn because(refusal: &SyncRefusal) -> (String, &'static str) {
    match refusal {
        SyncRefusal::Signature => (
            "the trusted key did not sign these bytes: the file or its signature was changed, they are of two \
             publications, or another key signed"
                .into(),
            "upload all files of one publication again, the `.minisig` files too; if the key was changed, look at \
             `rotations.json` (`rejoinder rotate --help`).",
        ),
        SyncRefusal::OtherKind { kind } => (
            format!("it is rightly signed, but says that it is `{kind}`"),
            "a file stands under the name of another; upload the publication again.",
        ),
        SyncRefusal::TooNew { schema, reads } => {
            (format!("it is of schema {schema}; this version reads up to {reads}"), "use a newer version of Rejoinder.")
        }
        SyncRefusal::Redirected => (
            "the server sends elsewhere, and a client follows no redirect".into(),
            "give the address at which the files are, or serve them without a redirect.",
        ),
        SyncRefusal::Malformed { why } => (
            format!("it is not what it should be: {why}"),
            "a page instead of a file? A server must answer 404 for what is not there; else upload it again.",
        ),
        SyncRefusal::TooLarge { limit } => (
            format!("it is larger than {limit} bytes, which is what was announced or is allowed"),
            "if the file on the server is another one than yours, upload it again; else make it smaller.",
        ),
        SyncRefusal::Rollback { have, got } => (
            format!("number {got} is older than number {have}, which the client has"),
            "upload the newest publication, and clear what caches keep.",
        ),
        SyncRefusal::Twice { serial } => (
            format!("it is another file under number {serial}, which the client has"),
            "publish again: the number rises. Publish from one folder only.",
        ),
        SyncRefusal::NotYet { at } => (
            format!("it was issued on {at}, more than a day from now"),
            "set this computer's clock right, or publish again with the right time.",
        ),
        SyncRefusal::Expired { at } => (format!("it has expired: {at}"), "publish again."),
        SyncRefusal::Hash { pack } => (
            format!("the file of pack `{pack}` is not the one that the index names"),
            "upload the packs and the index of one publication again.",
        ),
        SyncRefusal::BadPack { pack, why } => {
            (format!("pack `{pack}` cannot be used: {why}"), "mend the pack, raise its version and publish again.")
        }
        SyncRefusal::Storage { why } => (format!("it could not be stored: {why}"), "see what the browser says."),
    }
}
