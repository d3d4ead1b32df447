//! A text, made ready to be matched: words with their place in the original, sentences, clauses, quotations.
//!
//! Folding is done once per text. Every word keeps the range it came from, in UTF-16 units and in bytes, so whatever
//! folding removed or added (zero-width characters, marks, opened ligatures), a reported span cuts the original
//! exactly at the word's borders.

mod border;
mod fold;
mod joined;
mod reading;
mod spelling;
mod split;
mod view;

pub(crate) use fold::{Keep, fold, is_unseen, is_word_char};
pub(crate) use spelling::Spellings;
pub(crate) use view::View;

use rejoinder_wire::{Part, PartKind};
use std::ops::Range;

/// One word of a text. Its folded form is [`View::word`] of the text's first view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// First UTF-16 unit in its part.
    pub(crate) start: u32,
    /// UTF-16 unit after the last.
    pub(crate) end: u32,
    /// Bytes in its part.
    pub(crate) bytes: Range<usize>,
    /// Index of its part.
    pub(crate) part: u32,
    /// Number of its paragraph: ends at a blank line.
    pub(crate) paragraph: u32,
    /// Number of its sentence.
    pub(crate) sentence: u32,
    /// Number of its clause: ends at commas, colons, brackets.
    pub(crate) clause: u32,
    /// Number of the quotation it stands in; 0: none.
    pub(crate) quotation: u32,
}

/// One sentence of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// First token.
    pub(crate) first: u32,
    /// Whether it ends with a question mark.
    pub(crate) question: bool,
}

/// A hashtag or mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    /// Which of them.
    pub(crate) kind: TagKind,
    /// First token.
    pub(crate) first: u32,
    /// Last token.
    pub(crate) last: u32,
    /// Folded, without its sign (`vaccinpoison`).
    pub(crate) name: String,
}

/// What a [`Tag`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TagKind {
    /// `#name`: its words are the poster's.
    Hashtag,
    /// `@name`: one token without words.
    Mention,
}

/// A text made of one or more parts, which are read as paragraphs that follow one another.
#[derive(Clone, Debug)]
pub(crate) struct Text<'a> {
    /// The originals.
    pub(crate) parts: &'a [Part],
    /// Every word.
    pub(crate) tokens: Vec<Token>,
    /// Every sentence.
    pub(crate) sentences: Vec<Sentence>,
    /// Hashtags and mentions.
    pub(crate) tags: Vec<Tag>,
    /// What is scanned: the folded words, then other readings of them.
    pub(crate) views: Vec<View>,
}

impl<'a> Text<'a> {
    /// Splits and folds the parts of a post.
    pub(crate) fn new(parts: &'a [Part], spellings: &Spellings) -> Text<'a> {
        let mut splitter = split::Splitter::default();
        for (index, part) in parts.iter().enumerate() {
            splitter.part(u32::try_from(index).unwrap_or(u32::MAX), &part.text);
        }
        let split::Split { tokens, sentences, tags, plain, odd } = splitter.finish();
        let mut text = Text { parts, tokens, sentences, tags, views: vec![plain] };
        let readings = reading::readings(&text, &odd, spellings);
        text.views.extend(View::of_readings(&text, &readings));
        let joined = joined::chains(&text);
        text.views.extend(View::of_readings(&text, &joined));
        text
    }

    /// The original of a run of tokens of one part, with everything between them.
    pub(crate) fn original(&self, first: u32, last: u32) -> &'a str {
        let (first, last) = (&self.tokens[first as usize], &self.tokens[last as usize]);
        let part = self.parts.get(first.part as usize).map_or("", |part| &part.text);
        part.get(first.bytes.start..last.bytes.end).unwrap_or("")
    }

    /// What stands between a token and the next one; `None` across parts.
    pub(crate) fn between(&self, token: usize) -> Option<&'a str> {
        let (this, next) = (&self.tokens[token], self.tokens.get(token + 1)?);
        let part = &self.parts.get(this.part as usize)?.text;
        (this.part == next.part).then(|| part.get(this.bytes.end..next.bytes.start))?
    }

    /// Whose words a token is.
    pub(crate) fn kind(&self, token: u32) -> PartKind {
        self.parts[self.tokens[token as usize].part as usize].kind
    }

    /// The folded form of a token; empty for what is not words (addresses, mentions).
    pub(crate) fn word(&self, token: u32) -> &str {
        self.views[0].word(token as usize)
    }

    /// The tokens of a sentence.
    pub(crate) fn sentence(&self, number: u32) -> Range<usize> {
        let first = |n: usize| self.sentences.get(n).map_or(self.tokens.len(), |s| s.first as usize);
        first(number as usize)..first(number as usize + 1)
    }
}

/// The folded words of a pattern or cue.
pub(crate) fn words_of(pattern: &str) -> Vec<String> {
    // Nearly every word of a rule: spared the general way, of which a thousand rules would feel the weight.
    if !pattern.is_empty() && pattern.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return vec![pattern.to_ascii_lowercase()];
    }
    let mut splitter = split::Splitter::default();
    splitter.part(0, pattern);
    let split = splitter.finish();
    let words = (0..split.tokens.len()).map(|token| split.plain.word(token).to_owned());
    words.filter(|word| !word.is_empty()).collect()
}
