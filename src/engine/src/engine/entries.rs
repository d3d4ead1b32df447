use super::atoms::id;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use std::sync::OnceLock;

/// A list of which each entry is read when it is first asked for. Of the thousands of atoms and rules of an engine a post
/// needs a few, and a worker that was just started has no time for the others.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Entries<T> {
    #[serde(with = "serde_bytes")]
    bytes: Vec<u8>,
    /// Byte after the last of each entry.
    #[serde(with = "numbers")]
    ends: Vec<u32>,
    #[serde(skip)]
    read: Vec<OnceLock<Option<Box<T>>>>,
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Entries { bytes: Vec::new(), ends: Vec::new(), read: Vec::new() }
    }
}

impl<T: Serialize> Entries<T> {
    /// A list of these.
    pub(super) fn of(all: &[T]) -> Self {
        let (mut bytes, mut ends) = (Vec::new(), Vec::new());
        for entry in all {
            // Nothing in it can fail to be written: no map with keys that are no text, no length unknown.
            bytes.extend(postcard::to_allocvec(entry).unwrap_or_default());
            ends.push(id(bytes.len()));
        }
        Entries::unread(bytes, ends)
    }
}

impl<T> Entries<T> {
    fn unread(bytes: Vec<u8>, ends: Vec<u32>) -> Self {
        let read = ends.iter().map(|_| OnceLock::new()).collect();
        Entries { bytes, ends, read }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }
}

impl<T: DeserializeOwned> Entries<T> {
    /// One of them; `None` if it is not there, or is none.
    pub(super) fn get(&self, index: u32) -> Option<&T> {
        let read = || Some(Box::new(postcard::from_bytes(self.bytes_of(index)?).ok()?));
        self.read.get(index as usize)?.get_or_init(read).as_deref()
    }

    fn bytes_of(&self, index: u32) -> Option<&[u8]> {
        self.bytes.get(range(&self.ends, index)?)
    }
}

impl<'de, T> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Kept {
            #[serde(with = "serde_bytes")]
            bytes: Vec<u8>,
            #[serde(with = "numbers")]
            ends: Vec<u32>,
        }
        Kept::deserialize(deserializer).map(|Kept { bytes, ends }| Entries::unread(bytes, ends))
    }
}

/// Lists of numbers, one behind the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Lists {
    #[serde(with = "numbers")]
    numbers: Vec<u32>,
    /// End of each list.
    #[serde(with = "numbers")]
    ends: Vec<u32>,
}

impl Lists {
    /// Adds a list.
    pub(super) fn push(&mut self, list: impl IntoIterator<Item = u32>) {
        self.numbers.extend(list);
        self.ends.push(id(self.numbers.len()));
    }

    /// One of them; empty if it is not there.
    pub(super) fn get(&self, index: u32) -> &[u32] {
        range(&self.ends, index).and_then(|range| self.numbers.get(range)).unwrap_or(&[])
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }
}

impl FromIterator<Vec<u32>> for Lists {
    fn from_iter<I: IntoIterator<Item = Vec<u32>>>(lists: I) -> Lists {
        let mut all = Lists::default();
        lists.into_iter().for_each(|list| all.push(list));
        all
    }
}

/// Where an entry lies, of which only the ends are kept.
pub(super) fn range(ends: &[u32], index: u32) -> Option<std::ops::Range<usize>> {
    let index = index as usize;
    let end = *ends.get(index)? as usize;
    let start = if index == 0 { 0 } else { ends[index - 1] as usize };
    Some(start..end)
}

/// Many numbers, four bytes each, the low one first: read back many times faster than one by one.
pub(super) mod numbers {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(in super::super) fn serialize<S: Serializer>(numbers: &[u32], serializer: S) -> Result<S::Ok, S::Error> {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        serializer.serialize_bytes(&bytes)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u32>, D::Error> {
        let bytes = <&[u8]>::deserialize(deserializer)?;
        let (numbers, []) = bytes.as_chunks() else { return Err(D::Error::custom("no whole numbers")) };
        Ok(numbers.iter().map(|number| u32::from_le_bytes(*number)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_come_back_one_by_one() {
        let words = ["one", "", "three"].map(str::to_owned);
        let kept = postcard::to_allocvec(&Entries::of(&words)).expect("it can be written");
        let entries: Entries<String> = postcard::from_bytes(&kept).expect("as it was written");
        assert_eq!(entries.len(), 3);
        for (index, word) in words.iter().enumerate() {
            assert_eq!(entries.get(id(index)), Some(word));
        }
        assert_eq!(entries.get(3), None);
    }

    #[test]
    fn what_is_no_entry_is_not_there() {
        // A text that says that it has 9 bytes, one that ends before it begins, one behind all bytes.
        let entries: Entries<String> = Entries::unread(vec![9, b'a'], vec![2, 1, 7]);
        for index in 0..3 {
            assert_eq!(entries.get(index), None, "{index}");
        }
        let lists = Lists { numbers: vec![1, 2], ends: vec![2, 1, 7] };
        assert_eq!([0, 1, 2, 3].map(|index| lists.get(index).len()), [2, 0, 0, 0]);
    }

    #[test]
    fn lists_come_back() {
        let lists: Lists = [vec![1, 2], vec![], vec![u32::MAX]].into_iter().collect();
        let kept = postcard::to_allocvec(&lists).expect("it can be written");
        let again: Lists = postcard::from_bytes(&kept).expect("as it was written");
        assert_eq!(again, lists);
        assert_eq!([0, 1, 2, 3].map(|index| again.get(index).to_vec()), [vec![1, 2], vec![], vec![u32::MAX], vec![]]);
        assert!(postcard::from_bytes::<Lists>(&[3, 0, 0, 0, 0]).is_err(), "three bytes are no number");
    }
}
