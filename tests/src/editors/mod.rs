//! Real editors that a reply is written in: the pages, what became of it in each, and the document that says so.

mod catalogue;
#[cfg(test)]
mod document;
mod outcomes;
mod texts;
mod verdict;

pub use catalogue::{Entry, FrameKind, entries};
pub use outcomes::{Cell, Outcome, Outcomes};
pub use texts::{CARD, CLAIM, EXISTING, LONG, SPECIAL, long, pack_file, special};
pub use verdict::{Spot, judge};
