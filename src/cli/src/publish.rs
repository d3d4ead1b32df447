use crate::key::{KeyPair, PUBLIC};
use crate::pack::Authored;
use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use rejoinder_engine::trust::{self, INDEX_KIND, INDEX_SCHEMA, Index, IndexEntry};
use semver::Version;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

const INDEX: &str = "index.json";
const SIGNATURE: &str = "index.json.minisig";

/// What an index says beyond its packs.
#[derive(Clone, Debug)]
pub struct PublishOptions {
    /// Who publishes, for people.
    pub publisher: String,
    /// Higher than that of the index published before.
    pub serial: u64,
    /// When it is signed.
    pub issued: Timestamp,
    /// Until when it may be relied on.
    pub expires: Timestamp,
    /// Ids of cards to take back. Those taken back before stay so.
    pub recalls: Vec<String>,
}

/// Publishes packs, given by their folders, into the folder `out`: `index.json` with its signature, the public key,
/// and one JSON file for each pack. The same packs and options give the same bytes, but for the signature.
///
/// # Errors
/// A pack has errors or fails its own tests (the error is the full report); it changed and kept its version; the
/// serial was not raised; `out` was signed with another key; a recalled card is not in the packs; a file cannot be
/// written. Nothing is written then, unless writing itself failed.
pub fn publish(packs: &[PathBuf], out: &Path, key: &KeyPair, options: &PublishOptions) -> Result<Index> {
    let mut authored = Vec::new();
    for folder in packs {
        let mut pack = Authored::read(folder);
        pack.test();
        if pack.errors() > 0 {
            bail!("{} is not published:\n\n{}", pack.folder(), pack.render(false));
        }
        authored.push(pack);
    }
    publish_authored(&authored, out, key, options)
}

/// The serial that follows that of the index in `out`; 1 when there is none.
///
/// # Errors
/// What is there cannot be read.
pub fn next_serial(out: &Path) -> Result<u64> {
    Ok(previous(out)?.map_or(1, |index| index.serial + 1))
}

/// The index in a folder, if there is one.
///
/// # Errors
/// What is there cannot be read.
pub fn previous(out: &Path) -> Result<Option<Index>> {
    let path = out.join(INDEX);
    match std::fs::read(&path) {
        Ok(bytes) => {
            Ok(Some(serde_json::from_slice(&bytes).with_context(|| format!("{}: not an index", path.display()))?))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| path.display().to_string()),
    }
}

/// As [`publish`], of packs that were read, and tested, already.
///
/// # Errors
/// As [`publish`].
pub fn publish_authored(packs: &[Authored], out: &Path, key: &KeyPair, options: &PublishOptions) -> Result<Index> {
    if packs.is_empty() {
        bail!("no packs to publish");
    }
    if options.expires <= options.issued {
        bail!("the index would expire ({}) before it is issued ({})", options.expires, options.issued);
    }
    same_key(out, key)?;
    let previous = previous(out)?;
    if let Some(previous) = &previous
        && options.serial <= previous.serial
    {
        bail!("serial {} is not higher than {}, which is published already", options.serial, previous.serial);
    }
    let mut files = Vec::new();
    let mut entries = Vec::new();
    for pack in packs {
        let (entry, bytes) = entry(pack, previous.as_ref(), out)?;
        files.push((entry.url.clone(), bytes));
        entries.push(entry);
    }
    entries.sort_by(|a, b| a.id.cmp(&b.id));
    unique_ids(packs)?;

    let index = Index {
        kind: INDEX_KIND.into(),
        schema: INDEX_SCHEMA,
        min_schema: INDEX_SCHEMA,
        publisher: options.publisher.clone(),
        serial: options.serial,
        issued: options.issued,
        expires: options.expires,
        packs: entries,
        recalls: recalls(packs, previous.as_ref(), &options.recalls)?,
        sites_off: previous.as_ref().map(|p| p.sites_off.clone()).unwrap_or_default(),
        next_keys: previous.map(|p| p.next_keys).unwrap_or_default(),
    };
    let mut bytes = serde_json::to_vec_pretty(&index)?;
    bytes.push(b'\n');
    let signature = key.sign(&bytes, &format!("serial:{} expires:{}", index.serial, index.expires))?;

    // What no client would take is not published.
    trust::read_index(&key.public(), &bytes, signature.as_bytes())
        .map_err(|refusal| anyhow::anyhow!("clients would refuse this index: {refusal:?}"))?;

    fs_err::create_dir_all(out)?;
    for (name, bytes) in &files {
        write(out, name, bytes)?;
    }
    write(out, PUBLIC, key.public_file()?.as_bytes())?;
    // Index last: whoever reads in between finds that the signature does not fit, and keeps what they have.
    write(out, SIGNATURE, signature.as_bytes())?;
    write(out, INDEX, &bytes)?;
    Ok(index)
}

/// Clients pin the key: a folder that is signed with another one would be lost to all of them.
fn same_key(out: &Path, key: &KeyPair) -> Result<()> {
    let path = out.join(PUBLIC);
    let Ok(bytes) = std::fs::read(&path) else { return Ok(()) };
    match trust::read_key_file(&bytes) {
        Ok(public) if public == key.public() => Ok(()),
        Ok(public) => bail!(
            "{} is signed with another key ({}, not {}), which its subscribers trust",
            out.display(),
            trust::fingerprint(&public),
            key.fingerprint()
        ),
        Err(_) => bail!("{}: not a minisign public key", path.display()),
    }
}

fn entry(authored: &Authored, previous: Option<&Index>, out: &Path) -> Result<(IndexEntry, Vec<u8>)> {
    let pack = authored.pack();
    let folder = authored.folder();
    if pack.id.contains('/') || pack.id.starts_with('.') {
        bail!("{folder}: the id `{}` cannot be part of a file's name", pack.id);
    }
    let bytes = serde_json::to_vec(pack)?;
    let entry = IndexEntry {
        id: pack.id.clone(),
        version: pack.version.clone(),
        size: bytes.len() as u64,
        sha256: sha256(&bytes),
        url: format!("{}-{}.json", pack.id, pack.version),
    };
    trust::check_pack(&entry, &bytes)
        .map_err(|refusal| anyhow::anyhow!("{folder}: clients would refuse this pack: {refusal:?}"))?;

    let changed = || format!("{folder}: `{}` changed since version {} was published; raise it", pack.id, pack.version);
    if let Some(before) = previous.and_then(|p| p.packs.iter().find(|e| e.id == entry.id)) {
        let (new, old) = (version(&entry.version)?, version(&before.version)?);
        if new < old {
            bail!("{folder}: version {new} is lower than {old}, which is published already");
        }
        if new == old && before.sha256 != entry.sha256 {
            bail!(changed());
        }
    }
    if std::fs::read(out.join(&entry.url)).is_ok_and(|published| published != bytes) {
        bail!(changed());
    }
    Ok((entry, bytes))
}

fn version(text: &str) -> Result<Version> {
    Version::parse(text).with_context(|| format!("`{text}` is not a semantic version"))
}

/// Findings and recalls name claims and cards by id alone, so no two packs may share one.
fn unique_ids(packs: &[Authored]) -> Result<()> {
    let mut seen = BTreeSet::new();
    for authored in packs {
        let pack = authored.pack();
        let ids = std::iter::once(("pack", &pack.id))
            .chain(pack.claims.iter().map(|c| ("claim", &c.id)))
            .chain(pack.cards.iter().map(|c| ("card", &c.id)));
        for (kind, id) in ids {
            if !seen.insert((kind, id)) {
                bail!("{}: {kind} `{id}` is in another one of these packs too", authored.folder());
            }
        }
    }
    Ok(())
}

/// A card that was taken back never comes back by itself: its text may stand in a client that missed an index.
fn recalls(packs: &[Authored], previous: Option<&Index>, new: &[String]) -> Result<Vec<String>> {
    let mut recalls: BTreeSet<String> = previous.into_iter().flat_map(|p| p.recalls.iter().cloned()).collect();
    for id in new {
        let known = packs.iter().any(|p| p.pack().cards.iter().any(|c| c.id == *id));
        if !known && !recalls.contains(id) {
            bail!("no card `{id}` in these packs to recall");
        }
        recalls.insert(id.clone());
    }
    Ok(recalls.into_iter().collect())
}

/// SHA-256 in lower-case hex.
fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Writes a file wholly or not at all.
fn write(out: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = out.join(name);
    let mut builder = tempfile::Builder::new();
    // A web server reads these files as another user.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    let mut file = builder.tempfile_in(out).with_context(|| out.display().to_string())?;
    file.write_all(bytes).with_context(|| path.display().to_string())?;
    file.persist(&path).with_context(|| path.display().to_string())?;
    Ok(())
}
