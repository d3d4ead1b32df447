use super::atoms::{Atoms, SavedAtoms, SetId};
use super::rule::Rule;
use super::stance::CueList;
use super::{Engine, PackName};
use crate::text::{Spellings, words_of};
use serde::{Deserialize, Serialize};
use std::hash::{BuildHasher, Hasher};

/// Version of the saved form. Raised whenever anything that is saved changes its form or its meaning.
pub const SAVED_VERSION: u32 = 4;

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
struct Saved<R> {
    packs: Vec<PackName>,
    rules: R,
    atoms: SavedAtoms,
    rules_of: Vec<Vec<u32>>,
    cues: Vec<Vec<CueList>>,
    spellings: Vec<(String, Vec<String>)>,
}

impl Engine {
    /// The engine as bytes: magic, version, hash of the rest, the rest. Only for the program that wrote them: the hash
    /// tells damage, not malice.
    pub fn save(&self) -> Vec<u8> {
        let spellings = self.spellings.all().into_iter().map(|(s, words)| (s.to_owned(), words.to_vec())).collect();
        let saved = Saved {
            packs: self.packs.clone(),
            rules: &self.rules,
            atoms: self.atoms.save(),
            rules_of: self.rules_of.clone(),
            cues: self.cues.clone(),
            spellings,
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
        let saved: Saved<Vec<Rule>> = postcard::from_bytes(rest).map_err(|e| SavedError::Damaged(e.to_string()))?;
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

impl Saved<Vec<Rule>> {
    fn open(self) -> Result<Engine, String> {
        let Saved { packs, rules, atoms, rules_of, cues, spellings } = self;
        let sets = rules_of.len();
        let mut known = cues.len() == sets && rules.iter().all(|rule| rule.pack < packs.len());
        known &= rules_of.iter().flatten().all(|rule| (*rule as usize) < rules.len());
        let mut fits = |set: SetId| known &= (set as usize) < sets;
        rules.iter().for_each(|rule| rule.node.sets(&mut fits));
        if !known {
            return Err("a number of something that is not there".to_owned());
        }
        let mut read = Spellings::default();
        for (spelling, meant) in &spellings {
            meant.iter().for_each(|words| read.add(spelling, &words_of(words)));
        }
        Ok(Engine { packs, atoms: Atoms::load(atoms)?, rules, rules_of, cues, spellings: read })
    }
}
