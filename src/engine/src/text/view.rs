use super::Text;
use super::reading::Reading;
use std::ops::Range;

/// One reading of a text, or of those of its sentences that can be read otherwise: folded words, one space between two
/// of a sentence, a line feed between sentences (so no phrase crosses their border).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct View {
    /// The words, between separators.
    pub(crate) text: String,
    words: Vec<ViewWord>,
}

/// A word of a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct ViewWord {
    /// First byte in the view's text.
    at: u32,
    /// First and last token that it was read from.
    first: u32,
    last: u32,
}

impl View {
    /// Makes room for so many words and bytes.
    pub(super) fn reserve(&mut self, words: usize, bytes: usize) {
        self.words.reserve(words);
        self.text.reserve(bytes);
    }

    /// Opens the next word, read from these tokens; its characters are pushed to [`View::text`].
    pub(super) fn open(&mut self, first: u32, last: u32, new_sentence: bool) {
        self.text.push(if new_sentence { '\n' } else { ' ' });
        let at = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.words.push(ViewWord { at, first, last });
    }

    /// Ends the view.
    pub(super) fn close(&mut self) {
        self.text.push('\n');
    }

    /// One view per rank of the readings: the first readings of all words together, then the second ones.
    pub(super) fn of_readings(text: &Text<'_>, readings: &[Reading]) -> Vec<View> {
        let most = readings.chunk_by(|a, b| a.first == b.first).map(<[Reading]>::len).max().unwrap_or(0);
        (0..most).map(|rank| View::of_rank(text, readings, rank)).collect()
    }

    fn of_rank(text: &Text<'_>, readings: &[Reading], rank: usize) -> View {
        let mut view = View::default();
        let sentence = |r: &Reading| text.tokens[r.first as usize].sentence;
        for of_sentence in readings.chunk_by(|a, b| sentence(a) == sentence(b)) {
            let words: Vec<&[Reading]> = of_sentence.chunk_by(|a, b| a.first == b.first).collect();
            if words.iter().all(|own| own.len() <= rank) {
                continue;
            }
            let mut words = words.into_iter().peekable();
            let tokens = text.sentence(sentence(&of_sentence[0]));
            let mut token = tokens.start;
            let mut new_sentence = true;
            while token < tokens.end {
                let at = u32::try_from(token).unwrap_or(u32::MAX);
                while words.next_if(|own| own[0].first < at).is_some() {}
                // A word with fewer readings keeps its last.
                let own = words.next_if(|own| own[0].first == at).map(|own| &own[rank.min(own.len() - 1)]);
                match own {
                    None => {
                        view.open(at, at, new_sentence);
                        view.text.push_str(text.word(at));
                        token += 1;
                    }
                    Some(reading) => {
                        for word in reading.words.split(' ') {
                            view.open(reading.first, reading.last, new_sentence);
                            view.text.push_str(word);
                            new_sentence = false;
                        }
                        token = reading.last as usize + 1;
                    }
                }
                new_sentence = false;
            }
        }
        view.close();
        view
    }

    /// How many words it has.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// A word.
    pub(crate) fn word(&self, index: usize) -> &str {
        let end = self.words.get(index + 1).map_or(self.text.len(), |next| next.at as usize);
        // Behind every word stands one separator of one byte.
        &self.text[self.words[index].at as usize..end - 1]
    }

    /// The last word, of a view that is not closed yet.
    pub(super) fn last_word(&self) -> Option<&str> {
        self.words.last().map(|word| &self.text[word.at as usize..])
    }

    /// Whether a word stands in one sentence with the word before it.
    pub(crate) fn follows(&self, index: usize) -> bool {
        self.text.as_bytes()[self.words[index].at as usize - 1] == b' '
    }

    /// What a run of tokens was read as.
    pub(crate) fn read(&self, first: u32, last: u32) -> String {
        let from = self.words.partition_point(|w| w.last < first);
        let to = self.words.partition_point(|w| w.first <= last);
        (from..to).map(|index| self.word(index)).collect::<Vec<_>>().join(" ")
    }

    /// The word in which a byte lies.
    pub(crate) fn word_at(&self, byte: usize) -> usize {
        self.words.partition_point(|w| w.at as usize <= byte).saturating_sub(1)
    }

    /// First and last token that a run of words was read from.
    pub(crate) fn tokens(&self, words: Range<usize>) -> (u32, u32) {
        let words = &self.words[words];
        (words[0].first, words[words.len() - 1].last)
    }
}
