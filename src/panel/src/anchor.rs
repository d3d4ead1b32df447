use std::sync::atomic::{AtomicU32, Ordering};

/// An id for an element that no other element of this page has.
pub(crate) fn anchor(prefix: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
