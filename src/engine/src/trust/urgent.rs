use super::TrustLimits;
use super::signed::Form;
use jiff::Timestamp;
use rejoinder_wire::SyncRefusal;
use serde::{Deserialize, Serialize};

/// The schema of urgent lists that this version writes, and the newest that it reads.
pub const URGENT_SCHEMA: u32 = 1;
/// What an urgent list says that it is.
pub const URGENT_KIND: &str = "rejoinder-urgent";

const FORM: Form =
    Form { name: "urgent.json", kind: URGENT_KIND, reads: URGENT_SCHEMA, limit: TrustLimits::URGENT_BYTES };

/// `urgent.json`: what cannot wait for the next index, signed beside it in `urgent.json.minisig` with the same key. It
/// only ever takes away. Small, and asked for every hour. A publisher needs none as long as nothing is urgent.
///
/// In force is the newest one ever seen, until an index that was issued after it: from then on its switched-off
/// adapters count no more (the index has its own), while its recalls count for good, as all do. That a server has it no
/// more, or has an older one, or one that has expired, changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Urgent {
    /// [`URGENT_KIND`].
    pub kind: String,
    /// The schema that it is written in.
    pub schema: u32,
    /// The oldest schema whose readers understand it; 0: the one that it is written in.
    #[serde(default)]
    pub min_schema: u32,
    /// Strictly raised at every publication of such a list; nothing to do with the serials of indexes.
    pub serial: u64,
    /// When it was signed.
    pub issued: Timestamp,
    /// When a newer list or index must have come. Clients then say so; they go on heeding it.
    pub expires: Timestamp,
    /// Ids of cards taken back.
    #[serde(default)]
    pub recalls: Vec<String>,
    /// Ids of site adapters switched off.
    #[serde(default)]
    pub sites_off: Vec<String>,
}

/// Reads an urgent list whose signature is right, whatever its serial and validity.
///
/// # Errors
/// As [`super::read_index`].
pub fn read_urgent(key: &str, bytes: &[u8], signature: &[u8]) -> Result<Urgent, SyncRefusal> {
    open_urgent(&[key], bytes, signature)
}

/// As [`read_urgent`], by any of several keys.
pub(super) fn open_urgent(keys: &[&str], bytes: &[u8], signature: &[u8]) -> Result<Urgent, SyncRefusal> {
    let (list, _): (Urgent, _) = FORM.open(keys, bytes, signature)?;
    if list.expires <= list.issued {
        return Err(FORM.malformed("it expires before it was issued"));
    }
    Ok(list)
}
