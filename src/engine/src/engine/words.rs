use super::atoms::{Anchor, id};
use super::entries::{Lists, numbers, range};
use serde::{Deserialize, Serialize};
use std::hash::BuildHasher;

/// Whole words, with the atoms that they belong to: a hash table that is kept as it is. To put ten thousand words into one
/// took the largest part of a worker's start.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct WordTable {
    text: String,
    /// Byte after the last of each word.
    #[serde(with = "numbers")]
    ends: Vec<u32>,
    anchors: Lists,
    /// By the hash of a word, or behind: its number, counted from 1; 0 where none is. At least half are 0.
    #[serde(with = "numbers")]
    slots: Vec<u32>,
}

impl WordTable {
    /// Of different words.
    pub(super) fn of(words: Vec<(String, Vec<Anchor>)>) -> WordTable {
        let mut table = WordTable::default();
        if words.is_empty() {
            return table;
        }
        table.slots = vec![0; (2 * words.len()).next_power_of_two()];
        for (index, (word, anchors)) in words.into_iter().enumerate() {
            let mut slot = table.slot(&word);
            while table.slots[slot] != 0 {
                slot = table.behind(slot);
            }
            table.slots[slot] = id(index) + 1;
            table.text.push_str(&word);
            table.ends.push(id(table.text.len()));
            table.anchors.push(flat(&anchors));
        }
        table
    }

    /// What a word belongs to.
    pub(super) fn get(&self, word: &str) -> impl Iterator<Item = Anchor> {
        let found = self.find(word).map_or(&[][..], |index| self.anchors.get(index));
        anchors(found)
    }

    fn find(&self, word: &str) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let mut slot = self.slot(word);
        // One that is damaged may have no empty slot.
        for _ in 0..self.slots.len() {
            let index = self.slots[slot].checked_sub(1)?;
            if self.word(index) == Some(word) {
                return Some(index);
            }
            slot = self.behind(slot);
        }
        None
    }

    fn word(&self, index: u32) -> Option<&str> {
        self.text.get(range(&self.ends, index)?)
    }

    /// Where a word is, unless another one was there first.
    fn slot(&self, word: &str) -> usize {
        // The same in every run of the program that keeps it.
        #[expect(clippy::cast_possible_truncation, reason = "any bits of a hash do")]
        let hash = foldhash::fast::FixedState::default().hash_one(word) as usize;
        hash & (self.slots.len() - 1)
    }

    fn behind(&self, slot: usize) -> usize {
        (slot + 1) & (self.slots.len() - 1)
    }

    /// How many words there are.
    #[cfg(test)]
    fn len(&self) -> usize {
        self.ends.len()
    }
}

/// Anchors as they are kept: the other way than [`anchors`].
pub(super) fn flat(anchors: &[Anchor]) -> Vec<u32> {
    anchors.iter().flat_map(|&Anchor { atom, word }| [atom, word]).collect()
}

/// Anchors, as they are kept: two numbers each.
pub(super) fn anchors(kept: &[u32]) -> impl Iterator<Item = Anchor> {
    kept.as_chunks().0.iter().map(|&[atom, word]| Anchor { atom, word })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(words: usize) -> WordTable {
        let anchor = |n: usize| Anchor { atom: id(n), word: 7 };
        WordTable::of((0..words).map(|n| (format!("word{n}"), vec![anchor(n), anchor(n + 1)])).collect())
    }

    #[test]
    fn every_word_is_found_and_no_other() {
        for words in [0, 1, 2, 3, 100, 5_000] {
            let kept = postcard::to_allocvec(&table(words)).expect("it can be written");
            let table: WordTable = postcard::from_bytes(&kept).expect("as it was written");
            assert_eq!(table.len(), words);
            for n in 0..words {
                let atoms: Vec<u32> = table.get(&format!("word{n}")).map(|anchor| anchor.atom).collect();
                assert_eq!(atoms, [id(n), id(n + 1)]);
            }
            for none in ["", "word", "word1x", "other"] {
                assert_eq!(table.get(none).count(), 0, "{none} of {words}");
            }
        }
    }

    #[test]
    fn a_damaged_table_ends() {
        let mut full = table(3);
        full.slots.fill(1);
        assert_eq!(full.get("other").count(), 0);
        let mut wrong = table(3);
        wrong.slots.fill(9);
        assert_eq!(wrong.get("word1").count(), 0, "words that are not there");
        let mut odd = table(3);
        odd.slots.truncate(3);
        assert!(odd.get("other").count() == 0);
    }
}
