//! The compiled rules of some packs.
//!
//! A text is folded once ([`crate::text`]); every term of every rule, lexicon and cue is an *atom* in one Aho-Corasick
//! automaton; what it finds is confirmed at word borders and handed to the *sets* (leaves) it belongs to; only rules of
//! which a set was hit are evaluated, on token positions. So the cost follows the text and its hits, not the number of
//! rules.

mod atoms;
mod evaluate;
mod reading;
mod rule;
mod stance;
#[cfg(test)]
mod tests;

use rule::Lexicons;

use crate::pack::{Pack, PackError, PackErrorKind, Path};
use atoms::{AtomTable, Atoms, SetId};
use rule::Rule;
use stance::CueList;
use std::collections::HashMap;

/// The compiled rules of some packs. Immutable: new packs build a new engine.
#[derive(Debug)]
pub struct Engine {
    packs: Vec<PackName>,
    atoms: Atoms,
    rules: Vec<Rule>,
    rules_of: HashMap<SetId, Vec<usize>>,
    cues: HashMap<SetId, Vec<CueList>>,
}

/// What a finding says of its pack.
#[derive(Debug)]
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
        let mut cues: HashMap<SetId, Vec<CueList>> = HashMap::new();
        for (index, pack) in packs.iter().enumerate() {
            names.push(PackName { id: pack.id.clone(), version: pack.version.clone() });
            let lexicons = Lexicons::read(&pack.lexicons, &mut table)?;
            for (i, claim) in pack.claims.iter().enumerate() {
                let node = rule::compile(pack, i, &lexicons, &mut table)?;
                rules.push(Rule { pack: index, claim: claim.clone(), node });
            }
            for (i, cue) in pack.cues.iter().enumerate() {
                let terms = rule::terms(&cue.words, &Path::default().field("cue").index(i))?;
                let list =
                    CueList { kind: cue.kind, scope: cue.scope, reach: u32::from(cue.reach), clause: cue.clause };
                let atoms = terms.iter().map(|term| table.atom(term)).collect();
                let lists = cues.entry(table.set(atoms)).or_default();
                // Packs share their cue lists.
                if !lists.contains(&list) {
                    lists.push(list);
                }
            }
        }
        let mut rules_of: HashMap<SetId, Vec<usize>> = HashMap::new();
        for (i, rule) in rules.iter().enumerate() {
            let mut sets = Vec::new();
            rule.node.sets(&mut sets);
            sets.sort_unstable();
            sets.dedup();
            for set in sets {
                rules_of.entry(set).or_default().push(i);
            }
        }
        let atoms = table.build().map_err(|e| PackError::whole(PackErrorKind::Query(e.to_string())))?;
        Ok(Engine { packs: names, atoms, rules, rules_of, cues })
    }

    /// How many rules it holds.
    pub fn rules(&self) -> usize {
        self.rules.len()
    }

    /// Bytes held by its automaton.
    pub fn automaton_bytes(&self) -> usize {
        self.atoms.memory()
    }
}

/// Every query, lexicon word and cue of a pack that cannot be used.
pub(crate) fn check_queries(pack: &Pack) -> Vec<PackError> {
    let mut problems = Vec::new();
    let mut lexicons_read = true;
    for i in 0..pack.lexicons.len() {
        let path = Path::default().field("lexicon").index(i);
        if let Err(e) = rule::terms(&pack.lexicons[i].words, &path) {
            problems.push(e);
            lexicons_read = false;
        }
    }
    for (i, cue) in pack.cues.iter().enumerate() {
        problems.extend(rule::terms(&cue.words, &Path::default().field("cue").index(i)).err());
    }
    if lexicons_read {
        let mut table = AtomTable::default();
        match Lexicons::read(&pack.lexicons, &mut table) {
            Err(e) => problems.push(e),
            Ok(lexicons) => {
                let rules = 0..pack.claims.len();
                problems.extend(rules.filter_map(|i| rule::compile(pack, i, &lexicons, &mut table).err()));
            }
        }
    }
    problems
}
