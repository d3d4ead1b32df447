//! What may come in: the signed index, and the pure decision whether an update is taken.

mod index;

pub use index::{INDEX_SCHEMA, Index, IndexEntry};
