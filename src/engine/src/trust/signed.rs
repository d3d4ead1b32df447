use super::TrustLimits;
use super::key::public_key;
use minisign_verify::Signature;
use rejoinder_wire::SyncRefusal;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// What a signed file must be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    /// Its name, for people.
    pub(super) name: &'static str,
    /// What it says that it is: a signature names no file, so the file must.
    pub(super) kind: &'static str,
    /// The newest schema that this version reads.
    pub(super) reads: u32,
    /// Its most bytes.
    pub(super) limit: usize,
}

/// What every version of every signed file begins with. Read before the rest, which may have another form in a later
/// schema.
#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    schema: u32,
    #[serde(default)]
    min_schema: u32,
}

impl Form {
    /// Verifies, then parses. Returns which of the keys signed it.
    ///
    /// # Errors
    /// In this order: [`SyncRefusal::TooLarge`]; [`SyncRefusal::Malformed`] when there is no signature at all, as with
    /// the page of a captive portal; [`SyncRefusal::Signature`] (nothing is parsed before); [`SyncRefusal::OtherKind`];
    /// [`SyncRefusal::TooNew`]; [`SyncRefusal::Malformed`].
    pub(super) fn open<'k, T: DeserializeOwned>(
        self,
        keys: &[&'k str],
        bytes: &[u8],
        signature: &[u8],
    ) -> Result<(T, &'k str), SyncRefusal> {
        let key = self.verify(keys, bytes, signature)?;
        let head: Head = self.parse(bytes)?;
        if head.kind != self.kind {
            return Err(SyncRefusal::OtherKind { kind: head.kind.chars().take(100).collect() });
        }
        let needs = if head.min_schema == 0 { head.schema } else { head.min_schema };
        if needs > self.reads {
            return Err(SyncRefusal::TooNew { schema: needs, reads: self.reads });
        }
        if head.schema == 0 {
            return Err(self.malformed("no schema"));
        }
        Ok((self.parse(bytes)?, key))
    }

    /// Which of the keys signed these bytes.
    fn verify<'k>(self, keys: &[&'k str], bytes: &[u8], signature: &[u8]) -> Result<&'k str, SyncRefusal> {
        too_large(bytes, self.limit)?;
        too_large(signature, TrustLimits::SIGNATURE_BYTES)?;
        let signature = std::str::from_utf8(signature).ok().and_then(|text| Signature::decode(text).ok());
        let signature = signature.ok_or_else(|| self.malformed("what is beside it is not a minisign signature"))?;
        for key in keys {
            too_large(key.as_bytes(), TrustLimits::KEY_BYTES)?;
            // No legacy signatures: a publisher of ours never made any.
            if public_key(key)?.verify(bytes, &signature, false).is_ok() {
                return Ok(key);
            }
        }
        Err(SyncRefusal::Signature)
    }

    fn parse<T: DeserializeOwned>(self, bytes: &[u8]) -> Result<T, SyncRefusal> {
        serde_json::from_slice(bytes).map_err(|e| self.malformed(&e.to_string()))
    }

    /// A refusal that names the file.
    pub(super) fn malformed(self, why: &str) -> SyncRefusal {
        SyncRefusal::Malformed { why: format!("{}: {why}", self.name) }
    }
}

/// Refuses more bytes than the limit.
pub(super) fn too_large(bytes: &[u8], limit: usize) -> Result<(), SyncRefusal> {
    if bytes.len() > limit { Err(SyncRefusal::TooLarge { limit: limit as u64 }) } else { Ok(()) }
}
