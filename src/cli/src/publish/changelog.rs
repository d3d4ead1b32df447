use super::words::{difference, escape};
use jiff::Timestamp;
use rejoinder_engine::pack::{self, Pack};
use rejoinder_engine::trust::{Index, Urgent};
use rejoinder_wire::{Change, ChangeKind, ChangeOf};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// `changelog.json`: what every publication changed, newest first. For people; clients never ask for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changelog {
    /// Ids that were published and are gone (`card autisme-1`): they are never used again.
    #[serde(default)]
    pub retired: BTreeSet<String>,
    /// The publications.
    #[serde(default)]
    pub publications: Vec<Entry>,
}

/// One publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Serial of its index, if it has a new one.
    pub index: Option<u64>,
    /// Serial of its urgent list, if it has a new one.
    pub urgent: Option<u64>,
    /// When it was issued.
    pub issued: Timestamp,
    /// End of its validity.
    pub expires: Timestamp,
    /// The files of its packs.
    pub packs: Vec<String>,
    /// Cards that it takes back and none before it did.
    pub recalls: Vec<String>,
    /// All adapters that are switched off with it.
    pub sites_off: Vec<String>,
    /// Fingerprint of the key that signs from now on, if it is another one.
    #[serde(default)]
    pub key: Option<String>,
    /// Fingerprints of the keys that it announces for the first time.
    #[serde(default)]
    pub announced: Vec<String>,
    /// What changed in the packs. Texts are those of things that were there before and after.
    #[serde(default)]
    pub changes: Vec<Change>,
}

/// What changed between two sets of packs, without the texts of what came or went: the packs hold them.
pub(super) fn changes(old: &[Pack], new: &[Pack]) -> Vec<Change> {
    let mut changes = pack::changes(old, new);
    for change in &mut changes {
        if change.kind != ChangeKind::Changed {
            change.texts.clear();
        }
    }
    changes
}

/// What in packs has an id that is never used again.
pub(crate) fn ids(packs: &[Pack]) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for pack in packs {
        ids.insert(id(ChangeOf::Pack, &pack.id));
        ids.extend(pack.topics.iter().map(|topic| id(ChangeOf::Topic, &topic.id)));
        ids.extend(pack.claims.iter().map(|claim| id(ChangeOf::Claim, &claim.id)));
        ids.extend(pack.cards.iter().map(|card| id(ChangeOf::Card, &card.id)));
        ids.extend(pack.helplines.iter().map(|line| id(ChangeOf::Helpline, &line.id)));
        ids.extend(pack.sites.iter().map(|site| id(ChangeOf::Site, &site.id)));
    }
    ids
}

/// Kind and id (`card autisme-1`).
pub(crate) fn id(of: ChangeOf, id: &str) -> String {
    format!("{} {id}", kind(of))
}

fn kind(of: ChangeOf) -> &'static str {
    match of {
        ChangeOf::Pack => "pack",
        ChangeOf::Topic => "topic",
        ChangeOf::Claim => "claim",
        ChangeOf::Card => "card",
        ChangeOf::Helpline => "helpline",
        ChangeOf::Words => "words",
        ChangeOf::Site => "site",
    }
}

impl Entry {
    pub(super) fn of_index(index: &Index) -> Entry {
        Entry {
            index: Some(index.serial),
            urgent: None,
            issued: index.issued,
            expires: index.expires,
            packs: index.packs.iter().map(|entry| entry.url.clone()).collect(),
            recalls: Vec::new(),
            sites_off: index.sites_off.clone(),
            key: None,
            announced: Vec::new(),
            changes: Vec::new(),
        }
    }

    pub(super) fn of_urgent(list: &Urgent) -> Entry {
        Entry {
            index: None,
            urgent: Some(list.serial),
            issued: list.issued,
            expires: list.expires,
            packs: Vec::new(),
            recalls: Vec::new(),
            sites_off: list.sites_off.clone(),
            key: None,
            announced: Vec::new(),
            changes: Vec::new(),
        }
    }
}

impl Changelog {
    /// With one publication more, and what is gone with it.
    pub(super) fn with(&self, entry: Entry, gone: BTreeSet<String>) -> Changelog {
        let retired = self.retired.union(&gone).cloned().collect();
        let publications = std::iter::once(entry).chain(self.publications.iter().cloned()).collect();
        Changelog { retired, publications }
    }

    /// Whether a card was ever published.
    pub fn knows_card(&self, card: &str) -> bool {
        let changes = self.publications.iter().flat_map(|entry| &entry.changes);
        changes.into_iter().any(|change| change.of == ChangeOf::Card && change.id == card)
    }

    /// Until when clients may still ask for a pack's file: the end of validity of the last index that names it.
    pub fn wanted(&self) -> BTreeMap<&str, Timestamp> {
        let mut wanted = BTreeMap::new();
        for entry in &self.publications {
            for file in &entry.packs {
                let until = wanted.entry(file.as_str()).or_insert(entry.expires);
                *until = entry.expires.max(*until);
            }
        }
        wanted
    }

    /// `changelog.md`.
    pub(super) fn text(&self) -> String {
        let mut text = String::from("# Changes\n\nNewest first. ~~Struck out~~: gone; **bold**: new; ⏎: a new line.\n");
        for entry in &self.publications {
            let _ = write!(text, "\n## {}, {}\n\n", entry.title(), entry.issued);
            entry.lines(&mut text);
        }
        text
    }
}

impl Entry {
    fn title(&self) -> String {
        match (self.index, self.urgent) {
            (Some(index), _) => format!("Publication {index}"),
            (None, Some(urgent)) => format!("Urgent list {urgent}"),
            (None, None) => "Nothing".into(),
        }
    }

    /// What it changed, each thing a list item.
    fn lines(&self, text: &mut String) {
        let mut lines = Vec::new();
        let mut line = |words: String| lines.push(words);
        line(format!("valid until {}", self.expires));
        if let Some(key) = &self.key {
            line(format!("signed with another key from now on: {key}"));
        }
        for key in &self.announced {
            line(format!("announces the key {key}"));
        }
        for card in &self.recalls {
            line(format!("takes back card `{card}`"));
        }
        if !self.sites_off.is_empty() {
            line(format!("switched off: {}", self.sites_off.join(", ")));
        }
        for change in &self.changes {
            let what = format!("{} `{}`", kind(change.of), change.id);
            let title = if change.title.is_empty() { String::new() } else { format!(" ({})", escape(&change.title)) };
            let how = match change.kind {
                ChangeKind::Added => "new",
                ChangeKind::Changed => "changed",
                ChangeKind::Removed => "gone",
            };
            line(format!("{what}{title}: {how}"));
            for change in &change.texts {
                line(format!("  - {}: {}", change.field, difference(&change.old, &change.new)));
            }
        }
        for words in lines {
            let bullet = if words.starts_with(' ') { "" } else { "- " };
            let _ = writeln!(text, "{bullet}{words}");
        }
    }
}
