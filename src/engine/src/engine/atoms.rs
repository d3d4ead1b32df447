use super::automaton::{Automaton, SavedAutomaton};
use super::entries::{Entries, Lists};
use super::lookup::Lookup;
use super::originals::{Originals, all_required};
use super::prefilter::Required;
use super::words::{WordTable, anchors, flat};
use crate::language::{Language, forms, stem};
use crate::pack::Limits;
use crate::query::{Form, Term, WordPattern, Words};
use crate::text::words_of;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashMap;

/// Number of an atom: one distinct thing that is looked for, of all queries, lexicons and cues.
pub(super) type AtomId = u32;
/// Number of a set of atoms: one leaf of a rule (a term, or every word of a lexicon).
pub(super) type SetId = u32;

/// One thing that is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Atom {
    /// How.
    pub(super) form: Form,
    /// As its query has it.
    pub(super) source: String,
}

/// Every distinct atom and every distinct set of them, collected while packs are compiled.
#[derive(Debug, Default)]
pub(super) struct AtomTable {
    atoms: Vec<Atom>,
    atom_ids: HashMap<Form, AtomId>,
    sets: Vec<Vec<AtomId>>,
    set_ids: HashMap<Vec<AtomId>, SetId>,
}

impl AtomTable {
    /// The number of a set of atoms.
    pub(super) fn set(&mut self, mut atoms: Vec<AtomId>) -> SetId {
        atoms.sort_unstable();
        atoms.dedup();
        let next = id(self.sets.len());
        *self.set_ids.entry(atoms).or_insert_with_key(|atoms| {
            self.sets.push(atoms.clone());
            next
        })
    }

    /// How many sets there are.
    pub(super) fn sets(&self) -> usize {
        self.sets.len()
    }

    /// How many regular expressions there are.
    pub(super) fn regexes(&self) -> usize {
        self.atoms.iter().filter(|a| matches!(a.form, Form::Regex(_))).count()
    }

    /// How many atoms a set has.
    pub(super) fn size(&self, set: SetId) -> usize {
        self.sets[set as usize].len()
    }

    /// The numbers of what a term looks for: itself, its other spellings, its inflected forms.
    pub(super) fn atoms(&mut self, term: &Term, language: Language, into: &mut Vec<AtomId>) {
        match &term.form {
            Form::Words(words) => {
                into.push(self.atom(term.form.clone(), &term.source));
                if let Some(joined) = joined(words, &term.source) {
                    into.push(self.atom(Form::Words(joined), &term.source));
                }
            }
            Form::Lemma(word) => {
                for (form, participle) in forms(word, language) {
                    let words = Words { participle, ..Words::of(vec![WordPattern::folding(&form)]) };
                    into.push(self.atom(Form::Words(words), &term.source));
                }
            }
            Form::Stem { word, language: own } => {
                let language = own.unwrap_or(language);
                let form = Form::Stem { word: stem(word, language), language: Some(language) };
                into.push(self.atom(form, &term.source));
            }
            form => into.push(self.atom(form.clone(), &term.source)),
        }
    }

    fn atom(&mut self, form: Form, source: &str) -> AtomId {
        let next = id(self.atoms.len());
        *self.atom_ids.entry(form).or_insert_with_key(|form| {
            self.atoms.push(Atom { form: form.clone(), source: source.to_owned() });
            next
        })
    }

    /// Builds what finds every atom.
    pub(super) fn build(self) -> Result<Atoms, String> {
        let mut literals: Vec<String> = Vec::new();
        let mut literal_ids: HashMap<String, usize> = HashMap::new();
        let mut by_literal: Vec<Vec<Anchor>> = Vec::new();
        let mut by_word: HashMap<String, Vec<Anchor>> = HashMap::new();
        for (atom, Atom { form, .. }) in self.atoms.iter().enumerate() {
            let Form::Words(words) = form else { continue };
            let whole = words.words.iter().enumerate().filter(|(_, w)| w.is_literal());
            if let Some((word, own)) = whole.max_by_key(|(_, w)| w.folded().len()) {
                by_word.entry(own.folded().to_owned()).or_default().push(Anchor { atom: id(atom), word: id(word) });
            } else if let Some((word, own)) = words.words.iter().enumerate().max_by_key(|(_, w)| w.anchor().len()) {
                let slot = *literal_ids.entry(own.anchor().to_owned()).or_insert_with_key(|literal| {
                    literals.push(literal.clone());
                    by_literal.push(Vec::new());
                    literals.len() - 1
                });
                by_literal[slot].push(Anchor { atom: id(atom), word: id(word) });
            }
        }
        let mut by_word: Vec<(String, Vec<Anchor>)> = by_word.into_iter().collect();
        by_word.sort();
        let mut sets_of = vec![Vec::new(); self.atoms.len()];
        for (set, atoms) in self.sets.iter().enumerate() {
            for atom in atoms {
                sets_of[*atom as usize].push(id(set));
            }
        }
        let automaton = Automaton::build(literals)?;
        let required = all_required(self.atoms.iter())?;
        let others = self.atoms.iter().enumerate().filter(|(_, atom)| !matches!(atom.form, Form::Words(_)));
        let others = others.map(|(number, _)| id(number)).collect();
        let found = Found {
            atoms: Entries::of(&self.atoms),
            others,
            sets_of: sets_of.into_iter().collect(),
            by_word: WordTable::of(by_word),
            by_literal: by_literal.iter().map(|own| flat(own)).collect(),
        };
        let atoms = Atoms::of(found, automaton, required)?;
        atoms.add_regexes();
        Ok(atoms)
    }
}

/// The other spelling of words that an apostrophe or hyphen joins: without it (`ecigarette`, `cest faux`).
fn joined(words: &Words, source: &str) -> Option<Words> {
    /// Fewest letters: `l'a` is not `la`.
    const LETTERS: usize = 4;
    if words.words.len() < 2 || !words.keep().nothing() || words.exact || !words.is_literal() {
        return None;
    }
    let mut out: Vec<String> = Vec::new();
    for chunk in source.split(|c: char| c.is_whitespace() || matches!(c, '"' | '«' | '»' | '“' | '”')) {
        let own = words_of(chunk);
        let whole = own.concat();
        if own.len() > 1 && whole.chars().count() >= LETTERS {
            out.push(whole);
        } else {
            out.extend(own);
        }
    }
    let changed = out.len() < words.words.len() && !out.is_empty();
    changed.then(|| Words::of(out.iter().map(|word| WordPattern::folding(word)).collect()))
}

pub(super) fn id(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A word of an atom by which it is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Anchor {
    /// The atom.
    pub(super) atom: AtomId,
    /// Which of its words.
    pub(super) word: u32,
}

/// The atoms of an engine, and what finds them. Whole words are looked up: a text is cut into words anyway, and a
/// lookup costs the same among a hundred thousand words as among a hundred, which no automaton does. What stands
/// within words (wildcards) is the automaton's.
#[derive(Debug, Default)]
pub(super) struct Atoms {
    found: Found,
    automaton: Automaton,
    lookup: Lookup,
    originals: Originals,
}

/// The atoms, and which of them a word or a literal is part of, in the form in which they are kept.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Found {
    atoms: Entries<Atom>,
    /// Those that are no words: found in other ways, for which they must be read.
    others: Vec<AtomId>,
    /// By atom.
    sets_of: Lists,
    by_word: WordTable,
    /// By literal of the automaton.
    by_literal: Lists,
}

/// The atoms of an engine as they are kept.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SavedAtoms<'a> {
    found: Cow<'a, Found>,
    automaton: SavedAutomaton,
    required: Cow<'a, Required>,
}

impl Atoms {
    fn of(found: Found, automaton: Automaton, required: Required) -> Result<Atoms, String> {
        let others = || found.others.iter().filter_map(|&atom| Some((atom, found.atoms.get(atom)?)));
        let regexes = others().filter(|(_, atom)| matches!(atom.form, Form::Regex(_))).count();
        if regexes > Limits::REGEXES {
            return Err(format!("{regexes} regular expressions; at most {}", Limits::REGEXES));
        }
        // A query is refused for it; what was saved could ask for it, and every edit multiplies the neighbours.
        let wide = |atom: &Atom| match &atom.form {
            Form::Typo { word, edits } => {
                *edits > Limits::TYPO_EDITS || word.chars().count() > Limits::TYPO_LETTERS_MOST
            }
            _ => false,
        };
        if others().any(|(_, atom)| wide(atom)) {
            return Err("a word with more letters or edits than a query may ask for".to_owned());
        }
        let lookup = Lookup::of(others());
        let originals = Originals::of(others(), required)?;
        Ok(Atoms { found, automaton, lookup, originals })
    }

    /// As they are kept.
    pub(super) fn save(&self) -> SavedAtoms<'_> {
        let required = Cow::Borrowed(self.originals.required());
        SavedAtoms { found: Cow::Borrowed(&self.found), automaton: self.automaton.save(), required }
    }

    /// Reads them back.
    pub(super) fn load(saved: SavedAtoms<'_>) -> Result<Atoms, String> {
        let SavedAtoms { found, automaton, required } = saved;
        let automaton = Automaton::load(automaton, found.by_literal.len())?;
        Atoms::of(found.into_owned(), automaton, required.into_owned())
    }

    /// An atom; `None` if it is not there: what was saved can be wrong.
    pub(super) fn atom(&self, atom: AtomId) -> Option<&Atom> {
        self.found.atoms.get(atom)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.found.atoms.len()
    }

    /// The sets that an atom belongs to.
    pub(super) fn sets_of(&self, atom: AtomId) -> &[SetId] {
        self.found.sets_of.get(atom)
    }

    /// The atoms that a whole word belongs to.
    pub(super) fn of_word(&self, word: &str) -> impl Iterator<Item = Anchor> {
        self.found.by_word.get(word)
    }

    /// The atoms that a literal of the automaton belongs to.
    pub(super) fn of_literal(&self, literal: usize) -> impl Iterator<Item = Anchor> {
        anchors(self.found.by_literal.get(id(literal)))
    }

    /// Makes the regular expressions among them ready.
    pub(super) fn add_regexes(&self) {
        let others = self.found.others.iter().filter_map(|&atom| self.found.atoms.get(atom));
        self.originals.add_regexes(others);
    }

    pub(super) fn automaton(&self) -> &Automaton {
        &self.automaton
    }

    pub(super) fn lookup(&self) -> &Lookup {
        &self.lookup
    }

    pub(super) fn originals(&self) -> &Originals {
        &self.originals
    }
}
