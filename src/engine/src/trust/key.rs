use minisign_verify::PublicKey;
use rejoinder_wire::SyncRefusal;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The key of a `minisign.pub`: its base64 line, without the comment.
///
/// # Errors
/// [`SyncRefusal::TooLarge`] or [`SyncRefusal::Malformed`].
pub fn read_key_file(bytes: &[u8]) -> Result<String, SyncRefusal> {
    let limit = super::TrustLimits::KEY_BYTES;
    if bytes.len() > limit {
        return Err(SyncRefusal::TooLarge { limit: limit as u64 });
    }
    let text = std::str::from_utf8(bytes).map_err(|e| malformed(&e.to_string()))?;
    let line = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with("untrusted comment:"))
        .ok_or_else(|| malformed("empty"))?;
    public_key(line)?;
    Ok(line.to_owned())
}

/// The fingerprint of a key: the first 16 bytes of the SHA-256 of its base64 line, in hex groups of four. What
/// `printf %s KEY | sha256sum` begins with, so that anyone can compare it without this program.
pub fn fingerprint(key: &str) -> String {
    let digest = sha256(key.trim().as_bytes());
    let hex = digest.as_bytes().chunks(4).take(8).map(String::from_utf8_lossy).collect::<Vec<_>>();
    hex.join(" ")
}

/// Parses minisign's base64 line.
pub(super) fn public_key(line: &str) -> Result<PublicKey, SyncRefusal> {
    PublicKey::from_base64(line.trim()).map_err(|e| malformed(&e.to_string()))
}

/// SHA-256 in lower-case hex.
pub fn sha256(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

fn malformed(why: &str) -> SyncRefusal {
    SyncRefusal::Malformed { why: format!("minisign.pub: {why}") }
}
