use super::atoms::{Atoms, SavedAtoms, SetId};
use super::entries::{Entries, Lists};
use super::rule::Rule;
use super::stance::CueList;
use super::{Engine, PackName};
use crate::text::Spellings;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher};

/// Version of the saved form. Raised whenever anything that is saved changes its form or its meaning.
pub const SAVED_VERSION: u32 = 7;

/// What every saved engine begins with.
const MAGIC: &[u8; 8] = b"rejoindr";

/// Bytes of the hash.
const HASH: usize = 8;

/// Why saved bytes are not an engine. An engine is built from its packs again then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SavedError {
    /// They do not begin as a saved engine does.
    #[error("not a saved engine")]
    NotSaved,
    /// Of another version.
    #[error("saved by version {have}; this is version {SAVED_VERSION}")]
    Version {
        /// Its version.
        have: u32,
    },
    /// Some bytes are not as they were saved.
    #[error("damaged: {0}")]
    Damaged(String),
}

/// What is saved of an engine, in postcard.
#[derive(Serialize, Deserialize)]
struct Saved<'a> {
    packs: Cow<'a, [PackName]>,
    rules: Cow<'a, Entries<Rule>>,
    #[serde(borrow)]
    atoms: SavedAtoms<'a>,
    rules_of: Cow<'a, Lists>,
    cues: Cow<'a, BTreeMap<SetId, Vec<CueList>>>,
    spellings: Cow<'a, Spellings>,
}

impl Engine {
    /// The engine as bytes: magic, version, hash of the rest, the rest. Only for the program that wrote them: the hash
    /// tells damage, not malice.
    pub fn save(&self) -> Vec<u8> {
        let saved = Saved {
            packs: Cow::Borrowed(&self.packs),
            rules: Cow::Borrowed(&self.rules),
            atoms: self.atoms.save(),
            rules_of: Cow::Borrowed(&self.rules_of),
            cues: Cow::Borrowed(&self.cues),
            spellings: Cow::Borrowed(&self.spellings),
        };
        // Nothing in it can fail to be written: no map with keys that are no text, no length unknown.
        Engine::sealed(&postcard::to_allocvec(&saved).unwrap_or_default())
    }

    /// Puts before the rest of a saved engine what goes before it; public for who tests how damage is met.
    #[doc(hidden)]
    pub fn sealed(rest: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(MAGIC.len() + 4 + HASH + rest.len());
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&SAVED_VERSION.to_le_bytes());
        out.extend_from_slice(&hash(rest));
        out.extend_from_slice(rest);
        out
    }

    /// Reads an engine that [`Engine::save`] wrote.
    ///
    /// # Errors
    /// The bytes are not a saved engine, of another version, or damaged.
    pub fn load(bytes: &[u8]) -> Result<Engine, SavedError> {
        let engine = Engine::load_without_regexes(bytes)?;
        engine.add_regexes();
        Ok(engine)
    }

    /// [`Engine::load`] without what regular expressions take: to be asked for [`Engine::can_read`] before each
    /// [`Engine::read`], until [`Engine::add_regexes`].
    ///
    /// # Errors
    /// As [`Engine::load`].
    pub fn load_without_regexes(bytes: &[u8]) -> Result<Engine, SavedError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(SavedError::NotSaved)?;
        let (version, rest) = rest.split_first_chunk::<4>().ok_or(SavedError::NotSaved)?;
        let have = u32::from_le_bytes(*version);
        if have != SAVED_VERSION {
            return Err(SavedError::Version { have });
        }
        let (hash, rest) = rest.split_first_chunk::<HASH>().ok_or(SavedError::NotSaved)?;
        if self::hash(rest) != *hash {
            return Err(SavedError::Damaged("the hash does not fit".to_owned()));
        }
        let saved: Saved<'_> = postcard::from_bytes(rest).map_err(|e| SavedError::Damaged(e.to_string()))?;
        saved.open().map_err(SavedError::Damaged)
    }
}

/// Every start of the worker computes it before anything was made fast by the browser: a cryptographic one took a large
/// part of the load.
fn hash(bytes: &[u8]) -> [u8; HASH] {
    let mut hasher = foldhash::quality::FixedState::default().build_hasher();
    hasher.write(bytes);
    hasher.finish().to_le_bytes()
}

impl Saved<'_> {
    fn open(self) -> Result<Engine, String> {
        let Saved { packs, rules, atoms, rules_of, cues, spellings } = self;
        Ok(Engine {
            packs: packs.into_owned(),
            atoms: Atoms::load(atoms)?,
            rules: rules.into_owned(),
            rules_of: rules_of.into_owned(),
            cues: cues.into_owned(),
            spellings: spellings.into_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::{Claim, Cue, CueKind, CueScope, Pack};
    use rejoinder_wire::Post;

    const TEXT: &str = "Le vaccin, selon eux, cause l'autisme à 12 % #vax 😀";

    fn engine() -> Engine {
        let rule = r#"(vaccin* NEAR/5 autisme) AND NOT ("pas de" OR /\d+ euros/ OR 😡 OR rougeole~1 OR #vax2)"#;
        let claims = vec![Claim { id: "C".into(), rule: rule.into(), harm: 2, ..Claim::default() }];
        let (kind, scope, reach) = (CueKind::Report, CueScope::Forward, 4);
        let cues =
            vec![Cue { kind, scope, reach, clause: false, words: vec!["selon".into()], unknown: Default::default() }];
        Engine::new(&[Pack { id: "p".into(), claims, cues, ..Pack::default() }]).expect("a pack")
    }

    /// What is inside is only read when it is asked for, so damage that the hash does not tell is met there.
    #[test]
    fn a_damaged_byte_is_refused_or_read() {
        let engine = engine();
        let post = Post::own(1, TEXT);
        assert_eq!(engine.read(&post).len(), 1);
        let saved = engine.save();
        let rest = &saved[MAGIC.len() + 4 + HASH..];
        for at in 0..rest.len() {
            for change in [0x01, 0x80, 0xff] {
                let mut damaged = rest.to_vec();
                damaged[at] ^= change;
                if let Ok(engine) = Engine::load(&Engine::sealed(&damaged)) {
                    assert!(engine.read(&post).len() <= 1, "{at} {change}");
                }
            }
        }
        let mut unsealed = saved.clone();
        unsealed.pop();
        assert_eq!(Engine::load(&unsealed).err(), Some(SavedError::Damaged("the hash does not fit".into())));
    }
}
