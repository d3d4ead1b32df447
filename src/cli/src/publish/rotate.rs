use super::changelog::Entry;
use super::{Draft, Published, Validity, finish, next};
use anyhow::{Result, bail};
use rejoinder_engine::trust::{Index, ROTATION_KIND, Rotation, fingerprint};
use std::collections::BTreeSet;

/// An index, signed with the key of today, that announces keys which may follow it. Those announced before are not, unless
/// they are named again.
///
/// # Errors
/// Nothing is published yet; a key is the one of today.
pub fn announce(published: &Published, keys: &[String], validity: &Validity) -> Result<(Draft, Index)> {
    let key = published.some_key()?;
    if keys.iter().any(|next| next == key) {
        bail!("key {} signs already; announce another one", fingerprint(key));
    }
    let index = again(published, keys, validity)?;
    let mut draft = Draft::new(published, key)?;
    let entry = Entry { announced: fingerprints(keys), ..Entry::of_index(&index) };
    finish(&mut draft, published, &index, entry, BTreeSet::new())?;
    Ok((draft, index))
}

/// The change to another key: index and urgent list are signed by it, all recalls with them. `statement`: the key of
/// today states that it is followed; without, only clients that saw it announced can follow.
///
/// # Errors
/// Nothing is published yet; it is the key of today, or one that was left; without a statement, it was not announced.
pub fn rotate(
    published: &Published,
    to: &str,
    statement: bool,
    announced: &[String],
    validity: &Validity,
) -> Result<(Draft, Index)> {
    let from = published.some_key()?;
    if from == to {
        bail!("key {} signs already", fingerprint(to));
    }
    let left = |link: &rejoinder_engine::trust::Link| {
        serde_json::from_str::<Rotation>(&link.statement).is_ok_and(|rotation| rotation.from == to)
    };
    if published.rotations.rotations.iter().any(left) {
        bail!("key {} was left before; no client comes back to it: make a new one", fingerprint(to));
    }
    if !statement && !published.some_index()?.next_keys.iter().any(|key| key == to) {
        bail!(
            "key {} was not announced, so clients follow it only if the key of today says so: give --key, or, if that is \
             lost, read docs/hosting.md",
            fingerprint(to)
        );
    }
    let index = again(published, announced, validity)?;
    let mut draft = Draft::new(published, to)?;
    if statement {
        draft.rotation(&Rotation {
            kind: ROTATION_KIND.into(),
            schema: 1,
            from: from.into(),
            to: to.into(),
            issued: validity.issued,
        })?;
    }
    let key = Some(fingerprint(to));
    let entry = Entry { key, announced: fingerprints(announced), ..Entry::of_index(&index) };
    finish(&mut draft, published, &index, entry, BTreeSet::new())?;
    Ok((draft, index))
}

/// The index that is there, once more: with every recall, that of the urgent list too.
fn again(published: &Published, next_keys: &[String], validity: &Validity) -> Result<Index> {
    let before = published.some_index()?;
    Ok(Index {
        serial: next(Some(before.serial), validity)?,
        issued: validity.issued,
        expires: validity.expires,
        recalls: published.recalls().into_iter().collect(),
        sites_off: published.sites_off().into_iter().collect(),
        next_keys: next_keys.to_vec(),
        ..before.clone()
    })
}

fn fingerprints(keys: &[String]) -> Vec<String> {
    keys.iter().map(|key| fingerprint(key)).collect()
}
