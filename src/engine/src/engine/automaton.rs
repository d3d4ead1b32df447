use aho_corasick::automaton::Automaton as _;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{BuildError, Input, Match};
use daachorse::DoubleArrayAhoCorasick;
use serde::{Deserialize, Serialize};
use std::fmt;

/// From how many literals on the double array is used: it scans faster and is loaded instead of built. Few literals are
/// built faster than loaded, and take less room (`cargo bench -p rejoinder-engine`, group `automaton`).
const MANY: usize = 500;

/// Finds many literals in one pass, overlapping ones too. The one place that knows which library does it.
#[derive(Default)]
pub(super) enum Automaton {
    /// No literal at all.
    #[default]
    Nothing,
    /// aho-corasick's contiguous automaton.
    Few { automaton: Box<NFA>, literals: Vec<String> },
    /// daachorse's double array.
    Many(DoubleArrayAhoCorasick<u32>),
}

impl fmt::Debug for Automaton {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Automaton({} bytes)", self.memory())
    }
}

/// An automaton as it is kept.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum SavedAutomaton {
    /// Built again when loaded.
    Literals(Vec<String>),
    /// Read back as it is.
    Bytes(#[serde(with = "serde_bytes")] Vec<u8>),
}

/// aho-corasick's contiguous automaton over some literals, without what else that library has to choose from.
///
/// # Errors
/// They are too many for it.
pub(super) fn few(literals: &[impl AsRef<[u8]>]) -> Result<NFA, String> {
    NFA::new(literals).map_err(|e: BuildError| e.to_string())
}

/// Every occurrence of its literals in a text.
pub(super) fn overlapping<'t>(automaton: &'t NFA, text: &'t str) -> impl Iterator<Item = Match> + 't {
    // One of this kind searches for all matches, anchored nowhere.
    automaton.try_find_overlapping_iter(Input::new(text)).into_iter().flatten()
}

impl Automaton {
    /// Builds it over distinct literals, none empty. A literal is found by its index.
    pub(super) fn build(literals: Vec<String>) -> Result<Automaton, String> {
        if literals.is_empty() {
            return Ok(Automaton::Nothing);
        }
        if literals.len() < MANY {
            let automaton = Box::new(few(&literals)?);
            return Ok(Automaton::Few { automaton, literals });
        }
        DoubleArrayAhoCorasick::new(literals).map(Automaton::Many).map_err(|e| e.to_string())
    }

    /// Calls `each` with the index, first byte and byte after the last of every occurrence.
    pub(super) fn find(&self, text: &str, mut each: impl FnMut(usize, usize, usize)) {
        match self {
            Automaton::Nothing => {}
            Automaton::Few { automaton, .. } => {
                for found in overlapping(automaton, text) {
                    each(found.pattern().as_usize(), found.start(), found.end());
                }
            }
            Automaton::Many(automaton) => {
                for found in automaton.find_overlapping_iter(text) {
                    each(found.value() as usize, found.start(), found.end());
                }
            }
        }
    }

    /// Bytes held.
    pub(super) fn memory(&self) -> usize {
        match self {
            Automaton::Nothing => 0,
            Automaton::Few { automaton, .. } => automaton.memory_usage(),
            Automaton::Many(automaton) => automaton.heap_bytes(),
        }
    }

    /// As it is kept.
    pub(super) fn save(&self) -> SavedAutomaton {
        match self {
            Automaton::Nothing => SavedAutomaton::Literals(Vec::new()),
            Automaton::Few { literals, .. } => SavedAutomaton::Literals(literals.clone()),
            Automaton::Many(automaton) => SavedAutomaton::Bytes(automaton.serialize()),
        }
    }

    /// Reads it back. `literals`: how many there must be. The bytes must be our own: daachorse keeps a wrong automaton
    /// within its memory, but not from running for ever.
    pub(super) fn load(saved: SavedAutomaton, literals: usize) -> Result<Automaton, String> {
        match saved {
            SavedAutomaton::Literals(own) if own.len() == literals => Automaton::build(own),
            SavedAutomaton::Literals(own) => Err(format!("{} literals, not {literals}", own.len())),
            SavedAutomaton::Bytes(bytes) => match DoubleArrayAhoCorasick::deserialize(&bytes) {
                Ok((automaton, [])) => Ok(Automaton::Many(automaton)),
                Ok(_) => Err("bytes behind the automaton".to_owned()),
                Err(e) => Err(e.to_string()),
            },
        }
    }
}
