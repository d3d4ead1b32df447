use super::atoms::{Atom, AtomId, id};
use crate::language::{Language, sound_key, stem};
use crate::query::{Form, glob};
use crate::text::{Tag, TagKind, Text};
use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;

type ByKey = HashMap<String, Vec<AtomId>>;

/// Atoms that are found word by word, by a key of the word: its stem, its sound, its neighbours; and tags, by name.
/// Costs nothing where no rule asks for it.
#[derive(Debug, Default)]
pub(super) struct Lookup {
    stems: Vec<(Language, ByKey)>,
    sounds: ByKey,
    typos: Typos,
    hashtags: Names,
    mentions: Names,
}

/// Words with edits, by everything that is left of them when that many letters are deleted: two words that are `n`
/// edits apart have such a rest in common (symmetric deletion; W. Garbe, SymSpell, 2012).
#[derive(Debug, Default)]
struct Typos {
    by_rest: ByKey,
    words: HashMap<AtomId, (String, usize)>,
    /// Bytes of the words of a text that are looked at.
    lengths: Option<RangeInclusive<usize>>,
    edits: usize,
}

/// Names of tags.
#[derive(Debug, Default)]
struct Names {
    whole: ByKey,
    patterns: Vec<(String, AtomId)>,
}

impl Lookup {
    /// Collects of some atoms those that it finds.
    pub(super) fn of<'a>(atoms: impl Iterator<Item = (AtomId, &'a Atom)>) -> Lookup {
        let mut out = Lookup::default();
        for (number, atom) in atoms {
            match &atom.form {
                Form::Stem { word, language } => {
                    let language = language.unwrap_or_default();
                    let slot = out.stems.iter().position(|(l, _)| *l == language).unwrap_or_else(|| {
                        out.stems.push((language, ByKey::new()));
                        out.stems.len() - 1
                    });
                    out.stems[slot].1.entry(word.clone()).or_default().push(number);
                }
                Form::Sound(key) => out.sounds.entry(key.clone()).or_default().push(number),
                Form::Typo { word, edits } => out.typos.add(word, usize::from(*edits), number),
                Form::Hashtag(name) => out.hashtags.add(name, number),
                Form::Mention(name) => out.mentions.add(name, number),
                _ => {}
            }
        }
        out
    }

    /// Calls `each` with the atom, the first and the last token of everything found.
    pub(super) fn find(&self, text: &Text<'_>, mut each: impl FnMut(AtomId, u32, u32)) {
        for Tag { kind, first, last, name } in &text.tags {
            let names = if *kind == TagKind::Hashtag { &self.hashtags } else { &self.mentions };
            names.find(name, |atom| each(atom, *first, *last));
        }
        if self.stems.is_empty() && self.sounds.is_empty() && self.typos.by_rest.is_empty() {
            return;
        }
        for token in 0..id(text.tokens.len()) {
            let word = text.word(token);
            if word.is_empty() {
                continue;
            }
            for (language, by_stem) in &self.stems {
                by_stem.get(&stem(word, *language)).into_iter().flatten().for_each(|a| each(*a, token, token));
            }
            if !self.sounds.is_empty() && word.len() > 2 {
                self.sounds.get(&sound_key(word)).into_iter().flatten().for_each(|a| each(*a, token, token));
            }
            self.typos.find(word, |atom| each(atom, token, token));
        }
    }
}

impl Names {
    fn add(&mut self, name: &str, atom: AtomId) {
        if name.contains(['*', '?']) {
            self.patterns.push((name.to_owned(), atom));
        } else {
            self.whole.entry(name.to_owned()).or_default().push(atom);
        }
    }

    fn find(&self, name: &str, mut each: impl FnMut(AtomId)) {
        self.whole.get(name).into_iter().flatten().for_each(|atom| each(*atom));
        self.patterns.iter().filter(|(pattern, _)| glob(pattern, name)).for_each(|(_, atom)| each(*atom));
    }
}

impl Typos {
    fn add(&mut self, word: &str, edits: usize, atom: AtomId) {
        for rest in rests(word, edits) {
            self.by_rest.entry(rest).or_default().push(atom);
        }
        let (least, most) = (word.len().saturating_sub(edits), word.len() + edits);
        self.lengths = Some(match &self.lengths {
            None => least..=most,
            Some(known) => least.min(*known.start())..=most.max(*known.end()),
        });
        self.edits = self.edits.max(edits);
        self.words.insert(atom, (word.to_owned(), edits));
    }

    fn find(&self, word: &str, mut each: impl FnMut(AtomId)) {
        if !self.lengths.as_ref().is_some_and(|lengths| lengths.contains(&word.len())) {
            return;
        }
        let mut seen = Vec::new();
        for rest in rests(word, self.edits) {
            for atom in self.by_rest.get(&rest).into_iter().flatten() {
                if !seen.contains(atom) {
                    seen.push(*atom);
                    let (wanted, edits) = &self.words[atom];
                    if strsim::osa_distance(wanted, word) <= *edits {
                        each(*atom);
                    }
                }
            }
        }
    }
}

/// A word, and all that is left of it when up to `edits` letters are deleted.
fn rests(word: &str, edits: usize) -> HashSet<String> {
    let mut out = HashSet::from([word.to_owned()]);
    let mut last = vec![word.to_owned()];
    for _ in 0..edits {
        let mut next = Vec::new();
        for word in &last {
            for (at, c) in word.char_indices() {
                let rest = format!("{}{}", &word[..at], &word[at + c.len_utf8()..]);
                if out.insert(rest.clone()) {
                    next.push(rest);
                }
            }
        }
        last = next;
    }
    out
}
