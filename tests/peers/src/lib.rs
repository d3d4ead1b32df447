//! The engine as a page can measure it: made-up rules and posts, the engine's reading of them, and a bare automaton over
//! the same text, already folded, in the same module. `cargo xtask bench`.

#[path = "../../../src/engine/benches/made_up/mod.rs"]
mod made_up;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use made_up::Dice;
use rejoinder_engine::Engine;
use rejoinder_engine::pack::Pack;
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
        let (pack, words) = made_up::pack(rules, &mut dice);
        let packs = [pack];
        let engine = Engine::new(&packs)?;
        let posts = made_up::posts(bytes, &words[..words.len().min(1_000)], &mut dice);
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
