//! A pack as it is authored: a folder with `pack.toml` and the files that it includes.

mod fragment;
mod good_text;
mod include;
mod literal;
mod problem;
mod review;
mod selectors;
mod source;
mod tests;
mod unknown;

pub use review::review;
pub use tests::{ClaimTests, Tally};

use annotate_snippets::Renderer;
use fragment::{Fragment, LISTS};
use problem::{Place, Problem, Severity};
use rejoinder_engine::Engine;
use rejoinder_engine::pack::{Pack, PackError, Step};
use source::{Fault, Node, Source, shown};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::de::DeTable;

/// The name of the file that makes a folder a pack.
pub const MANIFEST: &str = "pack.toml";

/// A pack's folder, read and checked.
#[derive(Debug)]
pub struct Authored {
    /// Where it is, for people.
    folder: String,
    path: PathBuf,
    pack: Pack,
    sources: Vec<Source>,
    problems: Vec<Problem>,
    /// For each list, the file that each element stands in, and its index there.
    origins: BTreeMap<&'static str, Vec<(usize, usize)>>,
    /// The patterns of `good_text`, and where they stand in the manifest.
    good_text: Vec<(String, Range<usize>)>,
    /// How many of them were read.
    good_texts: usize,
}

impl Authored {
    /// Reads and checks a pack's folder. Never fails: what is wrong is among the problems, all of it, in the order
    /// of the files. What the engine finds wrong is looked for only in a pack that could be read wholly, because
    /// what could not be read would be missed everywhere else.
    pub fn read(folder: &Path) -> Authored {
        let mut authored = Authored {
            folder: shown(folder),
            path: folder.to_owned(),
            pack: Pack::default(),
            sources: Vec::new(),
            problems: Vec::new(),
            origins: BTreeMap::new(),
            good_text: Vec::new(),
            good_texts: 0,
        };
        let manifest = folder.join(MANIFEST);
        let Some(fragment) = authored.file(&manifest, None) else { return authored };
        let mut seen = BTreeSet::from([identity(&manifest)]);
        authored.pack = fragment.pack.clone();
        authored.merge(0, fragment.pack);
        authored.good_text = fragment.good_text;
        for (pattern, at) in fragment.include {
            let place = Place::Text(0, at);
            let files = match include::files(folder, &pattern) {
                Ok(files) => files,
                Err(why) => {
                    authored.problems.push(Problem::error(format!("`{pattern}`: {why}"), place));
                    continue;
                }
            };
            for path in files {
                if !seen.insert(identity(&path)) {
                    let message = format!("`{}` is included already; it is read once", shown(&path));
                    authored.problems.push(Problem::warning(message, place.clone()));
                    continue;
                }
                let file = authored.sources.len();
                if let Some(fragment) = authored.file(&path, Some(&place)) {
                    authored.merge(file, fragment.pack);
                }
            }
        }
        if authored.errors() == 0 {
            let mut problems = authored.pack.check();
            if problems.is_empty() {
                problems = selectors::check(&authored.pack);
            }
            authored.report(problems);
        }
        authored.sort();
        authored
    }

    /// Runs the tests of the pack's claims and looks for them in its good texts; nothing when the pack is refused already. A
    /// failing test is an error, and so is a claim found in a good text, unless the file knows of it; a known gap that is
    /// none any more is a warning.
    pub fn test(&mut self) -> Vec<ClaimTests> {
        if self.errors() > 0 {
            return Vec::new();
        }
        let failing = self.pack.failing_tests();
        let mended = tests::mended(&self.pack);
        let results = tests::count(&self.pack, &failing, &mended);
        self.report(failing);
        for (claim, index) in mended {
            let (file, local) = self.origins["claim"][claim];
            let path = [Step::Field("claim"), Step::Index(local), Step::Field("todo"), Step::Index(index)];
            let at = self.sources[file].place(&path, None);
            let message = format!("claim `{}` is found in this text now", self.pack.claims[claim].id);
            let problem = Problem::warning(message, Place::Text(file, at));
            self.problems.push(problem.help(Some("move it from `todo` to `must`")));
        }
        self.read_good_texts();
        self.sort();
        results
    }

    /// How many good texts its claims were looked for in.
    pub fn good_texts(&self) -> usize {
        self.good_texts
    }

    fn read_good_texts(&mut self) {
        // A pack that no engine can be made of is refused elsewhere.
        let Ok(engine) = Engine::new(std::slice::from_ref(&self.pack)) else { return };
        for (pattern, at) in std::mem::take(&mut self.good_text) {
            let place = Place::Text(0, at);
            let read = include::files(&self.path, &pattern)
                .and_then(|paths| paths.iter().map(|path| Ok((shown(path), source::bytes(path)?))).collect());
            let files: Vec<(String, Vec<u8>)> = match read {
                Ok(files) => files,
                Err(why) => {
                    self.problems.push(Problem::error(format!("`{pattern}`: {why}"), place));
                    continue;
                }
            };
            for (name, bytes) in files {
                let file = self.sources.len();
                let (source, fault) = Source::new(name, bytes);
                let claims: Vec<&str> = self.pack.claims.iter().map(|claim| claim.id.as_str()).collect();
                let (lines, hits) = good_text::hits(&engine, &claims, &source.text);
                self.good_texts += lines;
                self.sources.push(source);
                self.problems.extend(fault.map(|f| Problem::error(f.message, Place::Text(file, f.at))));
                self.problems.extend(hits.into_iter().map(|hit| {
                    let problem = if hit.refused { Problem::error } else { Problem::warning };
                    problem(hit.message, Place::Text(file, hit.at))
                }));
            }
        }
    }

    /// Adds, as warnings, what is likely not meant so in the queries and words of a pack that is not refused.
    pub fn lint(&mut self) {
        if self.errors() > 0 {
            return;
        }
        let lints = self.pack.lints();
        let warnings: Vec<Problem> =
            lints.iter().map(|lint| Problem { severity: Severity::Warning, ..self.located(lint) }).collect();
        self.problems.extend(warnings);
        self.sort();
    }

    /// The pack; only a part of it when there are errors.
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// The folder, as shown to people.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// How many problems refuse the pack.
    pub fn errors(&self) -> usize {
        self.problems.iter().filter(|p| p.severity == Severity::Error).count()
    }

    /// How many problems do not.
    pub fn warnings(&self) -> usize {
        self.problems.len() - self.errors()
    }

    /// The problems as people read them, each with file, line, column and the line itself. `colour`: with ANSI
    /// colours.
    pub fn render(&self, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let blocks = self.problems.iter().map(|problem| problem.render(&self.sources, &renderer));
        blocks.map(|block| format!("{block}\n\n")).collect()
    }

    /// Reads one file. `from`: the pattern that named it.
    fn file(&mut self, path: &Path, from: Option<&Place>) -> Option<Fragment> {
        let name = shown(path);
        let bytes = match source::bytes(path) {
            Ok(bytes) => bytes,
            Err(why) => {
                let problem = match from {
                    Some(place) => Problem::error(format!("`{name}`: {why}"), place.clone()),
                    None => Problem::error(why, Place::File(name))
                        .help(Some("a pack is a folder that holds a file `pack.toml`")),
                };
                self.problems.push(problem);
                return None;
            }
        };
        let file = self.sources.len();
        let (mut source, fault) = Source::new(name, bytes);
        let mut fragment = None;
        if let Some(fault) = fault {
            self.problems.push(Problem::error(fault.message, Place::Text(file, fault.at)));
        } else {
            let (root, errors) = DeTable::parse_recoverable(&source.text);
            let nodes = Node::of(&root);
            // The values of a file that is not TOML are guesses; complaints about them would be noise.
            if errors.is_empty() {
                fragment = Some(fragment::read(file, root, from.is_none()));
            }
            let faults = errors.into_iter().map(Fault::from);
            self.problems.extend(faults.map(|f| Problem::error(f.message, Place::Text(file, f.at))));
            source.note(nodes);
        }
        self.sources.push(source);
        let mut fragment = fragment?;
        self.problems.append(&mut fragment.problems);
        Some(fragment)
    }

    /// Adds what a file holds. The manifest's own fields are there already.
    fn merge(&mut self, file: usize, part: Pack) {
        let counts = [
            part.topics.len(),
            part.claims.len(),
            part.cards.len(),
            part.helplines.len(),
            part.lexicons.len(),
            part.spellings.len(),
            part.cues.len(),
            part.sites.len(),
        ];
        for (list, count) in LISTS.into_iter().zip(counts) {
            self.origins.entry(list).or_default().extend((0..count).map(|index| (file, index)));
        }
        if file == 0 {
            return;
        }
        let pack = &mut self.pack;
        pack.topics.extend(part.topics);
        pack.claims.extend(part.claims);
        pack.cards.extend(part.cards);
        pack.helplines.extend(part.helplines);
        pack.lexicons.extend(part.lexicons);
        pack.spellings.extend(part.spellings);
        pack.cues.extend(part.cues);
        pack.sites.extend(part.sites);
        for (name, value) in part.unknown {
            match (pack.unknown.get_mut(&name), value) {
                (Some(serde_json::Value::Array(have)), serde_json::Value::Array(more)) => have.extend(more),
                (_, value) => {
                    pack.unknown.insert(name, value);
                }
            }
        }
    }

    fn report(&mut self, problems: Vec<PackError>) {
        let problems: Vec<Problem> = problems.into_iter().map(|error| self.located(&error)).collect();
        self.problems.extend(problems);
    }

    /// People mend file by file, and from the top.
    fn sort(&mut self) {
        self.problems.sort_by_key(|problem| match &problem.place {
            Place::Text(file, at) => (*file, at.start),
            Place::File(_) => (0, 0),
        });
    }

    /// An error of the engine, at its place in the files.
    fn located(&self, error: &PackError) -> Problem {
        let (file, steps, what) = match error.path.0.as_slice() {
            [Step::Field(list), Step::Index(index), rest @ ..] if self.origins.contains_key(list) => {
                let Some(&(file, local)) = self.origins[list].get(*index) else {
                    return Problem::error(error.to_string(), Place::File(self.folder.clone()));
                };
                let mut steps = vec![Step::Field(list), Step::Index(local)];
                steps.extend_from_slice(rest);
                (file, steps, self.what(list, *index))
            }
            steps => (0, steps.to_vec(), None),
        };
        let message = match what {
            Some(what) => format!("{what}: {}", error.kind),
            None => error.kind.to_string(),
        };
        let at = self.sources[file].place(&steps, error.within.as_ref());
        Problem::error(message, Place::Text(file, at))
    }

    /// What to call an element of a list.
    fn what(&self, list: &str, index: usize) -> Option<String> {
        let id = match list {
            "topic" => &self.pack.topics.get(index)?.id,
            "claim" => &self.pack.claims.get(index)?.id,
            "card" => &self.pack.cards.get(index)?.id,
            "helpline" => &self.pack.helplines.get(index)?.id,
            "lexicon" => &self.pack.lexicons.get(index)?.name,
            "spelling" => &self.pack.spellings.get(index)?.word,
            "site" => &self.pack.sites.get(index)?.id,
            _ => return None,
        };
        Some(format!("{list} `{id}`"))
    }
}

/// What tells whether two paths are of one file.
fn identity(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}
