use super::changelog::{Changelog, Entry};
use super::files::{self, File};
use super::published::{bytes, json};
use super::{CHANGELOG, CHANGELOG_TEXT, INDEX, Published, ROTATIONS, TO_SIGN, URGENT, pretty};
use crate::client::{Client, Folder, Known};
use crate::key::{KeyPair, PUBLIC, public_file};
use crate::sha256::sha256;
use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use rejoinder_engine::trust::{self, Index, Link, ROTATION_KIND, Rotation, Rotations, Scope, Urgent};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A publication that is not written yet: its files, and what of it waits for a signature.
#[derive(Debug)]
pub struct Draft {
    folder: PathBuf,
    /// The key that signs index and list.
    key: String,
    files: Vec<File>,
    to_sign: ToSign,
    /// What waited for a signature before, and is not written anew. It waits on.
    kept: Vec<Unsigned>,
    /// Of one that another machine wrote: the keys that whoever signs here wants to follow.
    meant: Option<Vec<String>>,
}

/// `to-sign.json`: what waits for a signature, possibly on another machine. It is not for clients.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct ToSign {
    /// The files.
    files: Vec<Unsigned>,
    /// The statement that a key follows another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    statement: Option<Statement>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Unsigned {
    name: String,
    sha256: String,
    /// Who is to sign it.
    key: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Statement {
    /// The JSON of a [`Rotation`].
    statement: String,
    /// Who is to sign it.
    key: String,
}

/// What every signed file says of itself.
#[derive(Deserialize)]
struct Head {
    serial: u64,
    expires: Timestamp,
}

impl Draft {
    /// A publication in this folder, of which this key signs index and list.
    ///
    /// # Errors
    /// A change of key waits there for a signature: what is written now would lose it.
    pub(super) fn new(published: &Published, key: &str) -> Result<Draft> {
        let folder = published.folder.clone();
        let waiting: Option<ToSign> = json(&folder, TO_SIGN, "a list of what is to be signed")?;
        let waiting = waiting.unwrap_or_default();
        if waiting.statement.is_some() {
            bail!(
                "{}: a change of key waits for a signature; `rejoinder sign` comes first",
                folder.join(TO_SIGN).display()
            );
        }
        let mut kept = Vec::new();
        for file in waiting.files {
            // Only what is still the file that was to be signed.
            if bytes(&folder, &file.name)?.is_some_and(|bytes| sha256(&bytes) == file.sha256) {
                kept.push(file);
            }
        }
        Ok(Draft { folder, key: key.to_owned(), files: Vec::new(), to_sign: ToSign::default(), kept, meant: None })
    }

    pub(super) fn put(&mut self, name: &str, bytes: Vec<u8>) {
        self.set(name, Some(bytes));
    }

    fn set(&mut self, name: &str, bytes: Option<Vec<u8>>) {
        self.files.retain(|(other, _)| other != name);
        self.files.push((name.to_owned(), bytes));
    }

    /// A file that waits for a signature. One that is there from before does not fit any more.
    fn put_unsigned(&mut self, name: &str, bytes: Vec<u8>) {
        self.kept.retain(|kept| kept.name != name);
        self.to_sign.files.push(Unsigned { name: name.into(), sha256: sha256(&bytes), key: self.key.clone() });
        self.put(name, bytes);
        self.set(&format!("{name}.minisig"), None);
    }

    pub(super) fn index(&mut self, index: &Index) -> Result<()> {
        self.put(PUBLIC, public_file(&self.key)?.into_bytes());
        self.put_unsigned(INDEX, pretty(index)?);
        Ok(())
    }

    pub(super) fn urgent(&mut self, list: &Urgent) -> Result<()> {
        self.put_unsigned(URGENT, pretty(list)?);
        Ok(())
    }

    pub(super) fn rotation(&mut self, rotation: &Rotation) -> Result<()> {
        let statement = serde_json::to_string(rotation)?;
        self.to_sign.statement = Some(Statement { statement, key: rotation.from.clone() });
        Ok(())
    }

    /// `gone`: the ids that go with it.
    pub(super) fn changelog(&mut self, before: &Changelog, entry: Entry, gone: BTreeSet<String>) -> Result<()> {
        let changelog = before.with(entry, gone);
        self.put(CHANGELOG_TEXT, changelog.text().into_bytes());
        self.put(CHANGELOG, pretty(&changelog)?);
        Ok(())
    }

    /// What waits in a folder for signatures. The folder comes from another machine, which somebody may have taken over: what
    /// it says of keys counts only if those keys are `meant` (key or fingerprint).
    ///
    /// # Errors
    /// Nothing waits; a file is not the one that was to be signed, or none that is ever signed; the statement is none.
    pub fn resume(folder: &Path, meant: &[String]) -> Result<Draft> {
        let path = folder.join(TO_SIGN);
        let to_sign: Option<ToSign> = json(folder, TO_SIGN, "a list of what is to be signed")?;
        let Some(to_sign) = to_sign else {
            bail!("{}: not there, so nothing waits for a signature; --unsigned writes it", path.display());
        };
        let key = Published::read(folder)?.some_key()?.to_owned();
        let mut draft = Draft {
            folder: folder.to_owned(),
            key,
            files: Vec::new(),
            to_sign: ToSign::default(),
            kept: Vec::new(),
            meant: Some(meant.to_vec()),
        };
        if let Some(statement) = &to_sign.statement {
            statement.rotation().with_context(|| format!("{}: not signed", path.display()))?;
        }
        for file in &to_sign.files {
            if ![INDEX, URGENT].contains(&file.name.as_str()) {
                bail!("{}: `{}` is never signed, only {INDEX} and {URGENT} are", path.display(), file.name);
            }
            let there = bytes(folder, &file.name)?;
            if there.as_ref().is_none_or(|bytes| sha256(bytes) != file.sha256) {
                let path = folder.join(&file.name);
                bail!("{}: not the file that is to be signed; copy the whole folder here again", path.display());
            }
            draft.set(&file.name, there);
        }
        draft.to_sign = to_sign;
        Ok(draft)
    }

    /// Signs what is this key's to sign. Says what that was.
    ///
    /// # Errors
    /// Nothing is.
    pub fn sign(&mut self, key: &KeyPair) -> Result<Vec<String>> {
        let public = key.public();
        if let Some(meant) = &self.meant {
            let is_meant = |next: &String| meant.iter().any(|given| names(given, next));
            let next = self.next_keys(&public)?;
            if let Some(next) = next.iter().find(|next| !is_meant(next)) {
                bail!(
                    "to sign this would let key {} follow this one; nothing was signed. If that is what you want, and the \
                     fingerprint is the one that its owner tells you, say so: --to KEY",
                    trust::fingerprint(next)
                );
            }
        }
        let mut signed = Vec::new();
        let (mine, others) = std::mem::take(&mut self.to_sign.files).into_iter().partition(|file| file.key == public);
        self.to_sign.files = others;
        for file in mine {
            let bytes = self.bytes(&file.name)?.with_context(|| format!("{}: not there", file.name))?;
            let head: Head = serde_json::from_slice(&bytes).with_context(|| file.name.clone())?;
            let signature = key.sign(&bytes, &format!("serial:{} expires:{}", head.serial, head.expires))?;
            self.put(&format!("{}.minisig", file.name), signature.into_bytes());
            signed.push(file.name);
        }
        if let Some(statement) = self.to_sign.statement.take_if(|statement| statement.key == public) {
            let signature = key.sign(statement.statement.as_bytes(), "rotation")?;
            let mut rotations = match self.bytes(ROTATIONS)? {
                Some(bytes) => serde_json::from_slice(&bytes).context(ROTATIONS)?,
                None => Rotations::default(),
            };
            rotations.rotations.push(Link { statement: statement.statement, signature });
            self.put(ROTATIONS, pretty(&rotations)?);
            signed.push("the statement that the next key follows this one".into());
        }
        if signed.is_empty() {
            bail!("nothing waits for a signature by key {}; {}", key.fingerprint(), self.waits());
        }
        Ok(signed)
    }

    /// The keys that a signature by this key would let follow it: those that the index announces, and that of the statement.
    ///
    /// # Errors
    /// What is to be signed cannot be read.
    pub fn next_keys(&self, public: &str) -> Result<Vec<String>> {
        let mut next = Vec::new();
        if self.to_sign.files.iter().any(|file| file.name == INDEX && file.key == public) {
            next.extend(self.json::<Index>(INDEX)?.map(|index| index.next_keys).unwrap_or_default());
        }
        if let Some(statement) = self.to_sign.statement.as_ref().filter(|statement| statement.key == public) {
            next.push(statement.rotation()?.to);
        }
        next.dedup();
        Ok(next)
    }

    /// Whether nothing waits for a signature.
    pub fn is_signed(&self) -> bool {
        self.to_sign == ToSign::default() && self.kept.is_empty()
    }

    /// What waits for which key, in a sentence.
    pub fn waits(&self) -> String {
        let files = self.to_sign.files.iter().chain(&self.kept).map(|file| (file.name.as_str(), &file.key));
        let statement = self.to_sign.statement.iter().map(|s| ("the statement about the next key", &s.key));
        let waits: Vec<String> =
            files.chain(statement).map(|(what, key)| format!("{what} for key {}", trust::fingerprint(key))).collect();
        if waits.is_empty() { "nothing waits".into() } else { format!("there wait {}", waits.join(", ")) }
    }

    /// Lets subscribers judge it before it is written: a new one, one that has what was published before, and those that
    /// still know an older key.
    ///
    /// # Errors
    /// It is not signed; one of them would not take it.
    pub fn check(&self) -> Result<()> {
        if !self.is_signed() {
            bail!("not signed yet: {}", self.waits());
        }
        let after = Folder::with(&self.folder, &self.files);
        let index: Option<Index> = self.json(INDEX)?;
        let urgent: Option<Urgent> = self.json(URGENT)?;
        let now = moment(index.as_ref(), urgent.as_ref());
        let has_index = self.files.iter().any(|(name, _)| name == INDEX);
        // An urgent list can be needed when the index has expired already.
        let scope = if has_index { Scope::Whole } else { Scope::Urgent };
        let judge = |who: &str, client: &mut Client| {
            let verdict = client.check(&after, scope, now);
            if verdict.is_good() && verdict.key == self.key {
                return Ok(());
            }
            bail!("{who} would not take this publication; nothing was written\n{}", verdict.words())
        };
        let mut new = Client::new(&self.key);
        judge("a new subscriber", &mut new)?;

        let old: Option<Index> = json(&self.folder, INDEX, "an index")?;
        let list: Option<Urgent> = json(&self.folder, URGENT, "an urgent list")?;
        if let Some(key) = bytes(&self.folder, PUBLIC)?.and_then(|bytes| trust::read_key_file(&bytes).ok()) {
            // Packs are judged once: those before when they were published, the new ones just now.
            let mut client = Client::new(&key);
            client.packs = new.packs;
            let before = old.iter().flat_map(|index| &index.packs);
            client.packs.extend(before.map(|entry| (entry.sha256.clone(), Known::from(entry))));
            let then = moment(old.as_ref(), list.as_ref());
            if client.check(&Folder::new(&self.folder), Scope::Whole, then).is_good() {
                client.packs.extend(index.iter().flat_map(|i| &i.packs).map(|e| (e.sha256.clone(), Known::from(e))));
                judge("a subscriber of the last publication", &mut client)?;
            }
        }
        if self.files.iter().any(|(name, _)| name == ROTATIONS) {
            let chain = Rotations::read(&self.bytes(ROTATIONS)?.unwrap_or_default());
            let chain =
                chain.map_err(|refusal| anyhow::anyhow!("{ROTATIONS}: {}", crate::client::because(&refusal).0))?;
            let before: Rotations = json(&self.folder, ROTATIONS, "a list of changes of key")?.unwrap_or_default();
            let from = |link: &Link| -> Result<String> {
                Ok(serde_json::from_str::<Rotation>(&link.statement).context(ROTATIONS)?.from)
            };
            let left = chain.rotations.last().map(from).transpose()?;
            for link in &chain.rotations {
                let from = from(link)?;
                // A chain that ended before, at a key that was lost, still ends there: only what led to the key of
                // today must go on to the next one.
                let leads_on = Some(&from) == left.as_ref() || before.follow(&from).ok() == left;
                if leads_on && chain.follow(&from).ok().as_ref() != Some(&self.key) {
                    bail!("{ROTATIONS} does not lead from key {} to the new one", trust::fingerprint(&from));
                }
            }
        }
        Ok(())
    }

    /// Writes it: everything or nothing.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn write(mut self) -> Result<()> {
        let list = if self.is_signed() {
            None
        } else {
            self.to_sign.files.append(&mut self.kept);
            Some(pretty(&self.to_sign)?)
        };
        self.set(TO_SIGN, list);
        files::replace(&self.folder, &self.files)
    }

    /// A file as it will be.
    fn bytes(&self, name: &str) -> Result<Option<Vec<u8>>> {
        match self.files.iter().find(|(other, _)| other == name) {
            Some((_, file)) => Ok(file.clone()),
            None => bytes(&self.folder, name),
        }
    }

    fn json<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<Option<T>> {
        self.bytes(name)?.map(|bytes| serde_json::from_slice(&bytes).with_context(|| name.to_owned())).transpose()
    }
}

impl Statement {
    /// What it says.
    fn rotation(&self) -> Result<Rotation> {
        let rotation: Rotation = serde_json::from_str(&self.statement).context("not a statement about keys")?;
        if rotation.kind != ROTATION_KIND || rotation.from != self.key {
            bail!("not a statement that a key follows {}", trust::fingerprint(&self.key));
        }
        Ok(rotation)
    }
}

/// Whether somebody who gives a key's line or its fingerprint means this key.
fn names(given: &str, key: &str) -> bool {
    let hex = |text: &str| text.split_whitespace().collect::<String>().to_ascii_lowercase();
    given.trim() == key || hex(given) == hex(&trust::fingerprint(key))
}

/// When a subscriber may take both.
fn moment(index: Option<&Index>, urgent: Option<&Urgent>) -> Timestamp {
    let index = index.map_or(Timestamp::UNIX_EPOCH, |index| index.issued);
    urgent.map_or(index, |list| index.max(list.issued))
}
