//! How much two texts are alike, without keeping either.

use serde::{Deserialize, Serialize};

/// What is kept of a text to know it again, edited or not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Likeness(Vec<u32>);

impl Likeness {
    /// Of a text.
    pub fn of(text: &str) -> Likeness {
        let mut words: Vec<u32> =
            text.split_whitespace().map(|w| w.bytes().fold(7, |h: u32, b| h.wrapping_mul(31) ^ u32::from(b))).collect();
        words.sort_unstable();
        words.dedup();
        Likeness(words)
    }

    /// Whether one is the other, as it is or edited.
    pub fn is_like(&self, other: &Likeness) -> bool {
        self.changed(other) <= 50
    }

    /// How many of the words differ, in percent.
    pub fn changed(&self, other: &Likeness) -> u8 {
        u8::from(self != other) * 100
    }
}
