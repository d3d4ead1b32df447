//! The engine as a page can measure it: made-up rules and posts, the engine's reading of them, and a bare automaton over
//! the same text, already folded, in the same module. `cargo xtask bench`.

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use rejoinder_engine::Engine;
use rejoinder_engine::pack::{Claim, Pack};
use rejoinder_wire::Post;
use wasm_bindgen::prelude::*;

/// Rules, posts, and what reads them.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Bench {
    words: Vec<String>,
    packs: [Pack; 1],
    engine: Engine,
    posts: Vec<Post>,
    folded: Vec<String>,
    bare: AhoCorasick,
}

#[wasm_bindgen]
impl Bench {
    /// Makes up `rules` rules of ten words each, and posts of `bytes` bytes in which one word in twenty is a word of the
    /// first hundred rules.
    ///
    /// # Errors
    /// The rules do not compile.
    #[wasm_bindgen(constructor)]
    pub fn new(rules: usize, bytes: usize) -> Result<Bench, JsError> {
        console_error_panic_hook::set_once();
        let mut dice = Dice(0x5eed_1234);
        let words: Vec<String> = (0..rules * 10).map(|_| dice.word()).collect();
        let claims = words.chunks(10).enumerate().map(|(i, own)| Claim {
            id: format!("C{i}"),
            rule: format!("({}) NEAR/6 ({})", own[..5].join(" OR "), own[5..].join(" OR ")),
            ..Claim::default()
        });
        let packs = [Pack { id: "bench".into(), version: "1.0.0".into(), claims: claims.collect(), ..Pack::default() }];
        let engine = Engine::new(&packs)?;
        let posts = dice.posts(bytes, &words[..words.len().min(1_000)]);
        let folded: Vec<String> = posts.iter().map(|post| engine.folded(post)).collect();
        let mut plain: Vec<String> = words.iter().map(|word| word.replace('é', "e")).collect();
        plain.sort();
        plain.dedup();
        let bare = AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(&plain)?;
        Ok(Bench { words, packs, engine, posts, folded, bare })
    }

    /// The words of all rules, for the peers.
    pub fn words(&self) -> Vec<String> {
        self.words.clone()
    }

    /// The posts, for the peers.
    pub fn posts(&self) -> Vec<String> {
        self.posts.iter().flat_map(|post| &post.parts).map(|part| part.text.clone()).collect()
    }

    /// Reads all posts; the number of findings.
    pub fn read(&self) -> usize {
        self.posts.iter().map(|post| self.engine.read(post).len()).sum()
    }

    /// Passes the bare automaton over all posts, folded already; the number of words found.
    pub fn bare(&self) -> usize {
        self.folded.iter().map(|text| self.bare.find_overlapping_iter(text).count()).sum()
    }

    /// Builds the engine again; the number of its rules.
    ///
    /// # Errors
    /// The rules do not compile.
    pub fn build(&self) -> Result<usize, JsError> {
        Ok(Engine::new(&self.packs)?.rules())
    }

    /// The engine as it is kept.
    pub fn save(&self) -> Vec<u8> {
        self.engine.save()
    }
}

/// Reads a kept engine back; the number of its rules.
///
/// # Errors
/// The bytes are none.
#[wasm_bindgen]
pub fn load(bytes: &[u8]) -> Result<usize, JsError> {
    Ok(Engine::load(bytes)?.rules())
}

/// A small fixed generator (xorshift32): the same words in every run.
struct Dice(u32);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 as usize % sides
    }

    fn word(&mut self) -> String {
        const ONSETS: [&str; 14] = ["b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "ch"];
        const NUCLEI: [&str; 8] = ["a", "e", "i", "o", "u", "ou", "é", "an"];
        let syllables = 3 + self.roll(3);
        (0..syllables).map(|_| format!("{}{}", ONSETS[self.roll(14)], NUCLEI[self.roll(8)])).collect()
    }

    fn posts(&mut self, bytes: usize, often: &[String]) -> Vec<Post> {
        let (mut posts, mut held) = (Vec::new(), 0);
        while held < bytes {
            let mut text = String::new();
            for n in 0..60 {
                let word = if self.roll(20) == 0 { often[self.roll(often.len())].clone() } else { self.word() };
                text.push_str(&word);
                text.push_str(if n % 12 == 11 { ". " } else { " " });
            }
            held += text.len();
            posts.push(Post::own(u32::try_from(posts.len()).unwrap_or(u32::MAX), text));
        }
        posts
    }
}
