use super::TrustLimits;
use super::signed::{Form, too_large};
use jiff::Timestamp;
use rejoinder_wire::SyncRefusal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a statement about keys says that it is.
pub const ROTATION_KIND: &str = "rejoinder-rotation";

const FORM: Form = Form { name: "rotations.json", kind: ROTATION_KIND, reads: 1, limit: TrustLimits::ROTATIONS_BYTES };

/// One statement of `rotations.json`: the key `from` is followed by the key `to`, which alone signs from then on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rotation {
    /// [`ROTATION_KIND`].
    pub kind: String,
    /// 1.
    pub schema: u32,
    /// The key that signs this (minisign base64 line).
    pub from: String,
    /// The key that follows it.
    pub to: String,
    /// When it was signed, for people.
    pub issued: Timestamp,
}

/// A statement with its signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The JSON of a [`Rotation`]: these very bytes are signed.
    pub statement: String,
    /// The minisign signature of `statement` by its `from`.
    pub signature: String,
}

/// `rotations.json`: every change of key since the first, oldest first. Read only by clients that missed the index in
/// which the key before announced the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rotations {
    /// The statements.
    pub rotations: Vec<Link>,
}

impl Rotations {
    /// Reads the file; nothing of it is verified yet.
    ///
    /// # Errors
    /// [`SyncRefusal::TooLarge`], [`SyncRefusal::Malformed`].
    pub fn read(bytes: &[u8]) -> Result<Rotations, SyncRefusal> {
        too_large(bytes, FORM.limit)?;
        let rotations: Rotations = serde_json::from_slice(bytes).map_err(|e| FORM.malformed(&e.to_string()))?;
        if rotations.rotations.len() > TrustLimits::ROTATIONS {
            return Err(FORM.malformed(&format!("at most {} statements", TrustLimits::ROTATIONS)));
        }
        Ok(rotations)
    }

    /// The key at the end of the chain that begins at `key`; `key` itself when nothing follows it. Only the last one
    /// signs: a chain is always walked to its end.
    ///
    /// # Errors
    /// [`SyncRefusal::Signature`] when a statement about a key of the chain is not signed by it, and what else is wrong
    /// with one; [`SyncRefusal::Malformed`] when the chain comes back to a key that it has left.
    pub fn follow(&self, key: &str) -> Result<String, SyncRefusal> {
        let mut seen = BTreeSet::from([key.to_owned()]);
        let mut current = key.to_owned();
        while let Some(next) = self.after(&current)? {
            if !seen.insert(next.clone()) {
                return Err(FORM.malformed("the chain of keys is a loop"));
            }
            current = next;
        }
        Ok(current)
    }

    /// The key that follows one.
    fn after(&self, key: &str) -> Result<Option<String>, SyncRefusal> {
        for link in &self.rotations {
            let bytes = link.statement.as_bytes();
            // Which key it is about is looked at before it is verified, and believed only after.
            let about = serde_json::from_slice::<Rotation>(bytes).is_ok_and(|rotation| rotation.from == key);
            if about {
                let (rotation, _): (Rotation, _) = FORM.open(&[key], bytes, link.signature.as_bytes())?;
                super::key::public_key(&rotation.to)?;
                return Ok(Some(rotation.to));
            }
        }
        Ok(None)
    }
}
