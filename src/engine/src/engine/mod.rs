//! The compiled rules of some packs.
//!
//! A text is folded once ([`crate::text`]); everything that rules, lexicons and cues look for is an *atom*: words are
//! looked up, wildcards found by one automaton; what is found is counted for the *sets* (leaves) it belongs to; only
//! rules of which a triggering set was hit are evaluated, on token positions. So the cost follows the text and its
//! hits, not the number of rules.

mod atoms;
mod automaton;
mod entries;
mod evaluate;
mod explain;
mod facts;
mod hits;
mod lookup;
mod originals;
mod prefilter;
mod reading;
mod regexes;
mod required;
mod rule;
mod saved;
mod stance;
#[cfg(test)]
mod tests;
mod words;

pub use explain::{Explanation, Trace};
pub use saved::{SAVED_VERSION, SavedError};

use crate::pack::{Limits, Pack, PackError, PackErrorKind, Path, Spelling};
use crate::text::{Spellings, words_of};
use atoms::{AtomTable, Atoms, SetId};
use entries::{Entries, Lists};
use rule::{Compiler, Rule, Stated};
use serde::{Deserialize, Serialize};
use stance::CueList;
use std::collections::BTreeMap;

/// The compiled rules of some packs; by default of none. Immutable: new packs build a new engine.
#[derive(Debug, Default)]
pub struct Engine {
    packs: Vec<PackName>,
    atoms: Atoms,
    rules: Entries<Rule>,
    /// By set: the rules to evaluate when it is hit.
    rules_of: Lists,
    /// The cue lists that a set is.
    cues: BTreeMap<SetId, Vec<CueList>>,
    spellings: Spellings,
}

/// What a finding says of its pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct PackName {
    id: String,
    version: String,
}

impl Engine {
    /// Compiles packs.
    ///
    /// # Errors
    /// The first query, lexicon or cue that cannot be used, with its place. Everything else about a pack is
    /// [`Pack::check`]'s.
    pub fn new(packs: &[Pack]) -> Result<Engine, PackError> {
        let mut table = AtomTable::default();
        let (mut names, mut rules) = (Vec::new(), Vec::new());
        let mut cues: BTreeMap<SetId, Vec<CueList>> = BTreeMap::new();
        let mut spellings = Spellings::default();
        for (index, pack) in packs.iter().enumerate() {
            names.push(PackName { id: pack.id.clone(), version: pack.version.clone() });
            read_spellings(pack, &mut spellings);
            let compiler = Compiler::new(pack, &mut table)?;
            for (i, claim) in pack.claims.iter().enumerate() {
                let node = compiler.rule(i, &mut table)?;
                rules.push(Rule { pack: index, claim: Stated::of(claim), node });
            }
            for (i, cue) in pack.cues.iter().enumerate() {
                let path = Path::default().field("cue").index(i);
                let atoms = compiler.words(&cue.words, &path, &mut table)?;
                let list =
                    CueList { kind: cue.kind, scope: cue.scope, reach: u32::from(cue.reach), clause: cue.clause };
                let of_set = cues.entry(table.set(atoms)).or_default();
                // Packs share their cue lists.
                if !of_set.contains(&list) {
                    of_set.push(list);
                }
            }
        }
        let rules_of = rules_of(&rules, &table);
        let atoms = table.build().map_err(|e| PackError::whole(PackErrorKind::Query(e)))?;
        Ok(Engine { packs: names, atoms, rules: Entries::of(&rules), rules_of, cues, spellings })
    }

    /// Completes an engine that was loaded without its regular expressions.
    pub fn add_regexes(&self) {
        self.atoms.add_regexes();
    }

    /// Whether it looks for any regular expression.
    pub fn has_regexes(&self) -> bool {
        self.atoms.originals().has_regexes()
    }

    /// Whether [`Engine::read`] finds everything in a post: always, but in an engine without its regular expressions if
    /// one may match.
    pub fn can_read(&self, post: &rejoinder_wire::Post) -> bool {
        post.parts.iter().all(|part| self.atoms.originals().can_search(&part.text))
    }

    /// How many rules it holds.
    pub fn rules(&self) -> usize {
        self.rules.len()
    }

    /// How many different things it looks for.
    pub fn atoms(&self) -> usize {
        self.atoms.len()
    }

    /// Bytes held by its automaton.
    pub fn automaton_bytes(&self) -> usize {
        self.atoms.automaton().memory()
    }

    /// A post as it is looked through, folded: what a bare automaton is measured on (`cargo xtask bench`).
    #[doc(hidden)]
    pub fn folded(&self, post: &rejoinder_wire::Post) -> String {
        let text = crate::text::Text::new(&post.parts, &self.spellings);
        text.views.iter().map(|view| view.text.as_str()).collect()
    }
}

/// By set, the rules to look at when it is hit. A set that many rules name is likely to be hit often.
fn rules_of(rules: &[Rule], table: &AtomTable) -> Lists {
    let mut named = vec![0_usize; table.sets()];
    rules.iter().for_each(|rule| rule.node.sets(&mut |set| named[set as usize] += 1));
    let mut rules_of = vec![Vec::new(); table.sets()];
    for (number, rule) in rules.iter().enumerate() {
        let mut sets = rule.node.triggers(&|set| named[set as usize] * table.size(set));
        sets.sort_unstable();
        sets.dedup();
        sets.into_iter().for_each(|set| rules_of[set as usize].push(atoms::id(number)));
    }
    rules_of.into_iter().collect()
}

/// The spellings of a pack.
fn read_spellings(pack: &Pack, into: &mut Spellings) {
    for Spelling { word, variants, .. } in &pack.spellings {
        let meant = words_of(word);
        variants.iter().for_each(|spelling| into.add(spelling, &meant));
    }
}

/// Every query, lexicon word and cue of a pack that cannot be used.
pub(crate) fn check_queries(pack: &Pack) -> Vec<PackError> {
    let mut problems = Vec::new();
    let mut table = AtomTable::default();
    for i in 0..pack.lexicons.len() {
        let path = Path::default().field("lexicon").index(i);
        problems.extend(rule::terms(&pack.lexicons[i].words, &path).err());
    }
    for (i, cue) in pack.cues.iter().enumerate() {
        problems.extend(rule::terms(&cue.words, &Path::default().field("cue").index(i)).err());
    }
    if let Ok(compiler) = Compiler::new(pack, &mut table) {
        problems.extend((0..pack.claims.len()).filter_map(|i| compiler.rule(i, &mut table).err()));
    }
    let regexes = table.regexes();
    if problems.is_empty() && regexes > Limits::REGEXES {
        let kind = PackErrorKind::TooMany { what: "regular expressions", have: regexes, limit: Limits::REGEXES };
        problems.push(PackError::whole(kind));
    }
    problems
}
