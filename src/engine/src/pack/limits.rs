use std::num::NonZeroUsize;

/// Bounds of a pack, so that no pack, however made, can exhaust the worker that loads it. Each is far above what
/// the largest pack we know needs.
pub struct Limits;

impl Limits {
    /// Bytes of a published pack.
    pub const PACK_BYTES: usize = 4 << 20;
    /// Claims.
    pub const CLAIMS: usize = 10_000;
    /// Cards.
    pub const CARDS: usize = 10_000;
    /// Helplines.
    pub const HELPLINES: usize = 1_000;
    /// Jurisdictions of a card or helpline: more than there are countries.
    pub const JURISDICTIONS: usize = 300;
    /// Numbers of one helpline.
    pub const PHONES: usize = 10;
    /// Bytes of a number, and of an address.
    pub const PHONE: usize = 40;
    /// Likewise.
    pub const ADDRESS: usize = 200;
    /// Variants of one card.
    pub const VARIANTS: usize = 50;
    /// UTF-16 units of a variant's text.
    pub const TEXT: usize = 10_000;
    /// Paces of replies.
    pub const PACES: usize = 20;
    /// Minutes of a pace: thirty days, as long as replies are known at least.
    pub const PACE_MINUTES: u32 = 43_200;
    /// Words of one lexicon or cue.
    pub const WORDS: usize = 5_000;
    /// Lexicons, and cues.
    pub const LISTS: usize = 2_000;
    /// Site adapters.
    pub const SITES: usize = 1_000;
    /// Generations of one site.
    pub const GENERATIONS: usize = 20;
    /// Patterns of one site for the address of a thread.
    pub const THREADS: usize = 20;
    /// Bytes of one of them.
    pub const THREAD_BYTES: usize = 500;
    /// Bytes of one of them, compiled.
    pub const THREAD_REGEX_BYTES: usize = 1 << 16;
    /// Bytes of one query.
    pub const QUERY_BYTES: usize = 32_768;
    /// Steps of the parser in one query. One of the most bytes takes about a tenth of them.
    pub const QUERY_STEPS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(20_000_000);
    /// Nesting of groups in one query.
    pub const QUERY_DEPTH: usize = 32;
    /// Terms of one query, lexicons counted with all their words.
    pub const QUERY_TERMS: usize = 10_000;
    /// Distance of `NEAR/n`, in words.
    pub const NEAR: u32 = 1_000;
    /// Letters of a wildcard's longest fixed run: fewer would match nearly every word.
    pub const WILDCARD_LETTERS: usize = 2;
    /// Words of a loose phrase.
    pub const LOOSE_WORDS: usize = 16;
    /// Fewest letters of a word that may be one edit away: shorter ones have too many neighbours.
    pub const TYPO_LETTERS: usize = 6;
    /// Fewest letters of a word that may be two edits away.
    pub const TYPO_LETTERS_TWO: usize = 9;
    /// Most edits of a word.
    pub const TYPO_EDITS: u8 = 2;
    /// Most letters of a word with edits.
    pub const TYPO_LETTERS_MOST: usize = 30;
    /// Bytes of a compiled regular expression.
    pub const REGEX_BYTES: usize = 1 << 20;
    /// Regular expressions of one engine, all its packs counted. Each may be another pass over a text in which one of its
    /// literals stands.
    pub const REGEXES: usize = 2_000;
    /// Nodes of one rule, those of the rules that it names counted.
    pub const RULE_NODES: usize = 20_000;
}
