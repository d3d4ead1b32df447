//! A text, made ready to be matched: words with their place in the original, sentences, clauses, quotations.
//!
//! Folding is done once per text. Every word keeps the range it came from, in UTF-16 units and in bytes, so whatever
//! folding removed or added (zero-width characters, marks, opened ligatures), a reported span cuts the original
//! exactly at the word's borders.

mod fold;
mod split;
mod view;

pub(crate) use fold::{Keep, fold, is_word_char};
pub(crate) use view::View;

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// First UTF-16 unit in its part.
    pub(crate) start: u32,
    /// UTF-16 unit after the last.
    pub(crate) end: u32,
    /// Bytes in its part.
    pub(crate) bytes: std::ops::Range<usize>,
    /// Index of its part among the parts that the text was made of.
    pub(crate) part: u32,
    /// Number of its sentence.
    pub(crate) sentence: u32,
    /// Number of its clause: ends at commas, colons, brackets.
    pub(crate) clause: u32,
    /// Number of the quotation it stands in; 0: none.
    pub(crate) quotation: u32,
    /// Its folded form; empty for what is not words (addresses, mentions).
    pub(crate) folded: String,
}

/// One sentence of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// First token.
    pub(crate) first: u32,
    /// Whether it ends with a question mark.
    pub(crate) question: bool,
}

/// A text made of one or more parts, which are read as paragraphs that follow one another.
#[derive(Clone, Debug)]
pub(crate) struct Text<'a> {
    /// The originals.
    pub(crate) parts: Vec<(u32, &'a str)>,
    /// Every word.
    pub(crate) tokens: Vec<Token>,
    /// Every sentence.
    pub(crate) sentences: Vec<Sentence>,
    /// What is scanned: the folded words, then other readings of them.
    pub(crate) views: Vec<View>,
}

impl<'a> Text<'a> {
    /// Splits and folds parts, each given with its index in the post.
    pub(crate) fn new(parts: Vec<(u32, &'a str)>) -> Text<'a> {
        let mut splitter = split::Splitter::default();
        for (index, text) in &parts {
            splitter.part(*index, text);
        }
        let (tokens, sentences) = splitter.finish();
        let views = View::all(&tokens);
        Text { parts, tokens, sentences, views }
    }

    /// The original of a run of tokens of one part, with everything between them.
    pub(crate) fn original(&self, first: u32, last: u32) -> &'a str {
        let (first, last) = (&self.tokens[first as usize], &self.tokens[last as usize]);
        let part = self.parts.iter().find(|(index, _)| *index == first.part).map_or("", |(_, text)| text);
        part.get(first.bytes.start..last.bytes.end).unwrap_or("")
    }
}

/// The folded words of a pattern or cue.
pub(crate) fn words_of(pattern: &str) -> Vec<String> {
    // Nearly every word of a rule: spared the general way, of which a thousand rules would feel the weight.
    if !pattern.is_empty() && pattern.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return vec![pattern.to_ascii_lowercase()];
    }
    Text::new(vec![(0, pattern)]).tokens.into_iter().map(|t| t.folded).filter(|w| !w.is_empty()).collect()
}
