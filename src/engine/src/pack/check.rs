use super::{Card, Directory, Helpline, Limits, Pack, PackError, PackErrorKind, Path, ReplyPolicy, SCHEMA};
use crate::engine::{Engine, check_queries};
use crate::page;
use crate::reply;
use crate::text::words_of;
use crate::thread::check_thread;
use jiff::civil::Date;
use rejoinder_wire::{CardStatus, Finding, Generation, Post, Site};
use std::collections::HashSet;

impl Pack {
    /// Everything that is wrong with this pack, in the order of its form; empty: it can be used. Its own tests are
    /// run by [`Pack::failing_tests`].
    pub fn check(&self) -> Vec<PackError> {
        let mut check = Check::default();
        let root = Path::default();
        if self.schema != SCHEMA {
            check.wrong(root.field("schema"), PackErrorKind::Schema(self.schema));
        }
        check.id(&self.id, root.field("id"));
        if semver::Version::parse(&self.version).is_err() {
            check.wrong(root.field("version"), PackErrorKind::Version(self.version.clone()));
        }
        check.text(&self.title, root.field("title"));
        check.text(&self.publisher, root.field("publisher"));
        check.text(&self.language, root.field("language"));
        check.count("claims", self.claims.len(), Limits::CLAIMS, root.field("claim"));
        check.count("cards", self.cards.len(), Limits::CARDS, root.field("card"));
        check.count("helplines", self.helplines.len(), Limits::HELPLINES, root.field("helpline"));
        check.count("lexicons", self.lexicons.len(), Limits::LISTS, root.field("lexicon"));
        check.count("spellings", self.spellings.len(), Limits::WORDS, root.field("spelling"));
        check.count("cue lists", self.cues.len(), Limits::LISTS, root.field("cue"));
        check.count("sites", self.sites.len(), Limits::SITES, root.field("site"));
        for (i, line) in self.helplines.iter().enumerate() {
            let path = root.field("helpline").index(i);
            check.count("numbers", line.phones.len(), Limits::PHONES, path.field("phones"));
            check.count("jurisdictions", line.jurisdictions.len(), Limits::JURISDICTIONS, path.field("jurisdictions"));
            check.count("bytes", line.url.len(), Limits::ADDRESS, path.field("url"));
            for (p, phone) in line.phones.iter().enumerate() {
                check.count("bytes", phone.len(), Limits::PHONE, path.field("phones").index(p));
            }
        }
        for (i, card) in self.cards.iter().enumerate() {
            let path = root.field("card").index(i).field("jurisdictions");
            check.count("jurisdictions", card.jurisdictions.len(), Limits::JURISDICTIONS, path);
        }
        if !check.problems.is_empty() {
            return check.problems;
        }
        check.policy(&self.reply, &root.field("reply").field("pace"));
        self.check_topics(&mut check);
        self.check_claims(&mut check);
        self.check_lists(&mut check);
        let claims: HashSet<&str> = self.claims.iter().map(|c| c.id.as_str()).collect();
        let ids = self.cards.iter().map(|c| c.id.as_str());
        check.unique(ids, |i| root.field("card").index(i).field("id"));
        for (i, card) in self.cards.iter().enumerate() {
            check.card(card, &claims, &root.field("card").index(i));
        }
        self.check_helplines(&mut check);
        let ids = self.sites.iter().map(|s| s.id.as_str());
        check.unique(ids, |i| root.field("site").index(i).field("id"));
        for (i, site) in self.sites.iter().enumerate() {
            check.site(site, &root.field("site").index(i));
        }
        check.problems
    }

    /// The tests (`must`, `must_not`) of its claims that fail, each as an error that points at the test's text. Empty
    /// for a pack that [`Pack::check`] refuses.
    pub fn failing_tests(&self) -> Vec<PackError> {
        let Ok(engine) = Engine::new(std::slice::from_ref(self)) else { return Vec::new() };
        let mut failing = Vec::new();
        for (i, claim) in self.claims.iter().enumerate() {
            let path = Path::default().field("claim").index(i);
            let tests = claim.must.iter().enumerate().map(|(t, text)| (path.field("must").index(t), text, true));
            let nots =
                claim.must_not.iter().enumerate().map(|(t, text)| (path.field("must_not").index(t), text, false));
            for (path, text, must) in tests.chain(nots) {
                let found = engine.read(&Post::own(0, text.clone())).into_iter().find(|f| f.claim == claim.id);
                let asserted = found.as_ref().is_some_and(Finding::is_put_forward);
                if asserted != must {
                    let seen = match &found {
                        None => "is not found".to_owned(),
                        Some(f) => {
                            let words: Vec<&str> = f.why.words.iter().map(|w| w.text.as_str()).collect();
                            let cues: Vec<&str> = f.why.cues.iter().map(|c| c.text.as_str()).collect();
                            let stance = format!("{:?}", f.stance).to_lowercase();
                            format!("is found with stance {stance} (words {words:?}, cues {cues:?})")
                        }
                    };
                    let wanted = if must { "must assert" } else { "must not assert" };
                    failing
                        .push(PackError::at(path, PackErrorKind::Test(format!("{wanted} {}, but {seen}", claim.id))));
                }
            }
        }
        failing
    }

    /// The known gaps (`todo`) that are found by now, as paths: they ought to move to `must`.
    pub fn closed_gaps(&self) -> Vec<Path> {
        let Ok(engine) = Engine::new(std::slice::from_ref(self)) else { return Vec::new() };
        let mut closed = Vec::new();
        for (i, claim) in self.claims.iter().enumerate() {
            for (t, text) in claim.todo.iter().enumerate() {
                let findings = engine.read(&Post::own(0, text.clone()));
                if findings.iter().any(|f| f.claim == claim.id && f.is_put_forward()) {
                    closed.push(Path::default().field("claim").index(i).field("todo").index(t));
                }
            }
        }
        closed
    }

    fn check_topics(&self, check: &mut Check) {
        let at = |i: usize| Path::default().field("topic").index(i);
        check.unique(self.topics.iter().map(|t| t.id.as_str()), |i| at(i).field("id"));
        for (i, topic) in self.topics.iter().enumerate() {
            check.text(&topic.title, at(i).field("title"));
        }
    }

    fn check_claims(&self, check: &mut Check) {
        let at = |i: usize| Path::default().field("claim").index(i);
        check.unique(self.claims.iter().map(|c| c.id.as_str()), |i| at(i).field("id"));
        let topics: HashSet<&str> = self.topics.iter().map(|t| t.id.as_str()).collect();
        for (i, claim) in self.claims.iter().enumerate() {
            check.text(&claim.title, at(i).field("title"));
            if !topics.contains(claim.topic.as_str()) {
                let missing = PackErrorKind::Missing { what: "topic", id: claim.topic.clone() };
                check.wrong(at(i).field("topic"), missing);
            }
            if claim.harm > 3 {
                let range = PackErrorKind::Range { have: claim.harm.into(), min: 0, max: 3 };
                check.wrong(at(i).field("harm"), range);
            }
            // A rule without examples of both kinds is a guess.
            for (field, texts) in [("must", &claim.must), ("must_not", &claim.must_not)] {
                if texts.is_empty() {
                    check.wrong(at(i).field(field), PackErrorKind::Empty);
                }
            }
        }
    }

    fn check_helplines(&self, check: &mut Check) {
        let at = |i: usize| Path::default().field("helpline").index(i);
        check.unique(self.helplines.iter().map(|line| line.id.as_str()), |i| at(i).field("id"));
        for (i, helpline) in self.helplines.iter().enumerate() {
            check.helpline(helpline, self.status, &at(i));
        }
        let directory = Directory::new(&self.helplines);
        for (i, card) in self.cards.iter().enumerate() {
            check.help(card, &self.helplines, &directory, &Path::default().field("card").index(i));
        }
    }

    fn check_lists(&self, check: &mut Check) {
        let lexicon = |i: usize| Path::default().field("lexicon").index(i);
        check.unique(self.lexicons.iter().map(|l| l.name.as_str()), |i| lexicon(i).field("name"));
        let lists = self.lexicons.iter().enumerate().map(|(i, l)| (lexicon(i), &l.words));
        let cues = self.cues.iter().enumerate().map(|(i, c)| (Path::default().field("cue").index(i), &c.words));
        for (path, words) in lists.chain(cues) {
            check.count("words", words.len(), Limits::WORDS, path.field("words"));
        }
        for (i, spelling) in self.spellings.iter().enumerate() {
            let path = Path::default().field("spelling").index(i);
            check.count("variants", spelling.variants.len(), Limits::WORDS, path.field("variants"));
            if words_of(&spelling.word).is_empty() {
                check.wrong(path.field("word"), PackErrorKind::Empty);
            }
            if spelling.variants.is_empty() {
                check.wrong(path.field("variants"), PackErrorKind::Empty);
            }
            for (v, variant) in spelling.variants.iter().enumerate() {
                if words_of(variant).len() != 1 {
                    let kind = PackErrorKind::Query(format!("`{variant}` must be one word"));
                    check.wrong(path.field("variants").index(v), kind);
                }
            }
        }
        check.problems.extend(check_queries(self));
    }
}

#[derive(Default)]
struct Check {
    problems: Vec<PackError>,
}

impl Check {
    fn wrong(&mut self, path: Path, kind: PackErrorKind) {
        self.problems.push(PackError::at(path, kind));
    }

    fn text(&mut self, text: &str, path: Path) {
        if text.trim().is_empty() {
            self.wrong(path, PackErrorKind::Empty);
        }
    }

    fn id(&mut self, id: &str, path: Path) {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
        if id.is_empty() || !id.chars().all(fits) {
            self.wrong(path, PackErrorKind::BadId(id.to_owned()));
        }
    }

    fn unique<'a>(&mut self, ids: impl Iterator<Item = &'a str>, path: impl Fn(usize) -> Path) {
        let mut seen = HashSet::new();
        for (i, id) in ids.enumerate() {
            self.id(id, path(i));
            if !seen.insert(id) {
                self.wrong(path(i), PackErrorKind::Duplicate(id.to_owned()));
            }
        }
    }

    fn count(&mut self, what: &'static str, have: usize, limit: usize, path: Path) {
        if have > limit {
            self.wrong(path, PackErrorKind::TooMany { what, have, limit });
        }
    }

    fn date(&mut self, date: &str, path: Path) {
        if date.parse::<Date>().is_err() {
            self.wrong(path, PackErrorKind::Date(date.to_owned()));
        }
    }

    fn card(&mut self, card: &Card, claims: &HashSet<&str>, path: &Path) {
        self.text(&card.title, path.field("title"));
        if card.claims.is_empty() {
            self.wrong(path.field("claims"), PackErrorKind::Empty);
        }
        for (i, claim) in card.claims.iter().enumerate() {
            if !claims.contains(claim.as_str()) {
                let missing = PackErrorKind::Missing { what: "claim", id: claim.clone() };
                self.wrong(path.field("claims").index(i), missing);
            }
        }
        self.date(&card.expires_on, path.field("expires_on"));
        if card.status == CardStatus::Validated {
            if card.validators.iter().all(|v| v.trim().is_empty()) {
                self.wrong(path.field("validators"), PackErrorKind::Empty);
            }
            self.date(&card.validated_on, path.field("validated_on"));
        }
        if card.sources.is_empty() {
            self.wrong(path.field("source"), PackErrorKind::Empty);
        }
        for (i, source) in card.sources.iter().enumerate() {
            let at = path.field("source").index(i);
            self.text(&source.title, at.field("title"));
            self.text(&source.url, at.field("url"));
            if card.status == CardStatus::Validated || !source.checked.is_empty() {
                self.date(&source.checked, at.field("checked"));
            }
        }
        if card.variants.is_empty() {
            self.wrong(path.field("variant"), PackErrorKind::Empty);
        }
        self.count("variants", card.variants.len(), Limits::VARIANTS, path.field("variant"));
        self.unique(card.variants.iter().map(|v| v.id.as_str()), |i| path.field("variant").index(i).field("id"));
        for (i, variant) in card.variants.iter().enumerate() {
            let at = path.field("variant").index(i).field("text");
            self.text(&variant.text, at.clone());
            self.count("UTF-16 units", variant.text.encode_utf16().count(), Limits::TEXT, at.clone());
            if let Err(e) = reply::check_marks(&variant.text) {
                self.problems.push(PackError {
                    path: at,
                    within: Some(e.at.clone()),
                    kind: PackErrorKind::Mark(e.to_string()),
                });
            }
        }
    }

    fn helpline(&mut self, helpline: &Helpline, status: CardStatus, path: &Path) {
        self.text(&helpline.name, path.field("name"));
        if helpline.jurisdictions.is_empty() {
            self.wrong(path.field("jurisdictions"), PackErrorKind::Empty);
        }
        if helpline.phones.is_empty() && helpline.url.is_empty() {
            self.wrong(path.field("phones"), PackErrorKind::Empty);
        }
        for (i, phone) in helpline.phones.iter().enumerate() {
            self.text(phone, path.field("phones").index(i));
        }
        for (field, date) in [("checked", &helpline.checked), ("expires_on", &helpline.expires_on)] {
            if !date.is_empty() || (status == CardStatus::Validated && !helpline.ended) {
                self.date(date, path.field(field));
            }
        }
    }

    /// The helplines that a card names answer, and answer those whom it is for.
    fn help(&mut self, card: &Card, helplines: &[Helpline], directory: &Directory, path: &Path) {
        let mut listed = Vec::new();
        self.count("helplines", card.helplines.len(), Limits::VARIANTS, path.field("helplines"));
        for (i, id) in card.helplines.iter().take(Limits::VARIANTS).enumerate() {
            let at = path.field("helplines").index(i);
            match helplines.iter().find(|line| line.id == *id) {
                Some(line) => listed.push((line, at, None)),
                None => self.wrong(at, PackErrorKind::Missing { what: "helpline", id: id.clone() }),
            }
        }
        // What a reader sees is one wording of it.
        for (i, variant) in card.variants.iter().enumerate() {
            let at = path.field("variant").index(i).field("text");
            let named = directory
                .named_in(&variant.text)
                .into_iter()
                .filter_map(|(line, within)| Some((helplines.get(line)?, at.clone(), Some(within))));
            let named: Vec<_> = named.collect();
            let all: Vec<&Helpline> = listed.iter().chain(&named).map(|(line, ..)| *line).collect();
            self.unserved(card, &all, &at);
            for (line, at, within) in named {
                self.named(card, line, at, within);
            }
        }
        for (line, at, within) in listed {
            self.named(card, line, at, within);
        }
    }

    fn named(&mut self, card: &Card, line: &Helpline, path: Path, within: Option<std::ops::Range<usize>>) {
        let kind = if line.ended {
            PackErrorKind::Ended(line.id.clone())
        } else if !card.jurisdictions.iter().any(|here| line.serves(here)) {
            let (there, here) = (line.jurisdictions.join(", "), card.jurisdictions.join(", "));
            PackErrorKind::Elsewhere { id: line.id.clone(), there, here }
        } else {
            return;
        };
        self.problems.push(PackError { path, within, kind });
    }

    fn unserved(&mut self, card: &Card, named: &[&Helpline], path: &Path) {
        // One that serves nobody here is told of by itself.
        if !named.iter().any(|line| card.jurisdictions.iter().any(|here| line.serves(here))) {
            return;
        }
        for here in card.jurisdictions.iter().filter(|here| !named.iter().any(|line| line.serves(here))) {
            self.wrong(path.clone(), PackErrorKind::Unserved(here.clone()));
        }
    }

    fn policy(&mut self, policy: &ReplyPolicy, path: &Path) {
        self.count("paces", policy.paces.len(), Limits::PACES, path.clone());
        for (i, pace) in policy.paces.iter().enumerate() {
            let fields = [("most", pace.most, u32::MAX), ("minutes", pace.minutes, Limits::PACE_MINUTES)];
            for (field, have, max) in fields {
                if !(1..=max).contains(&have) {
                    let range = PackErrorKind::Range { have: have.into(), min: 1, max: max.into() };
                    self.wrong(path.index(i).field(field), range);
                }
            }
        }
    }

    fn site(&mut self, site: &Site, path: &Path) {
        let threads = path.field("thread");
        self.count("patterns", site.thread.len(), Limits::THREADS, threads.clone());
        for (i, pattern) in site.thread.iter().enumerate() {
            if let Err(why) = check_thread(pattern) {
                self.wrong(threads.index(i), PackErrorKind::Thread(why));
            }
        }
        for (i, pattern) in site.url.iter().enumerate() {
            if !page::is_pattern(pattern) {
                self.wrong(path.field("url").index(i), PackErrorKind::Pattern);
            }
        }
        let all = path.field("generation");
        if site.generations.is_empty() {
            self.wrong(all.clone(), PackErrorKind::Empty);
        }
        self.count("generations", site.generations.len(), Limits::GENERATIONS, all.clone());
        self.unique(site.generations.iter().map(|g| g.id.as_str()), |i| all.index(i).field("id"));
        for (i, generation) in site.generations.iter().enumerate() {
            self.generation(generation, &all.index(i));
        }
    }

    fn generation(&mut self, generation: &Generation, path: &Path) {
        for (field, selector) in [("detect", &generation.detect), ("post", &generation.post)] {
            if !usable(selector) {
                self.wrong(path.field(field), PackErrorKind::Selector);
            }
        }
        let optional = [
            ("body", &generation.body),
            ("title", &generation.title),
            ("mine", &generation.mine),
            ("time", &generation.time),
            ("permalink", &generation.permalink),
            ("reply", &generation.reply),
            ("truncated", &generation.truncated),
            ("opener", &generation.opener),
            ("account", &generation.account),
        ];
        for (field, selector) in optional {
            if !selector.is_empty() && !usable(selector) {
                self.wrong(path.field(field), PackErrorKind::Selector);
            }
        }
        let lists = [
            ("quote", &generation.quote),
            ("signature", &generation.signature),
            ("drop", &generation.drop),
            ("ad", &generation.ad),
            ("parent", &generation.parent),
            ("composer", &generation.composer),
        ];
        for (field, list) in lists {
            for (i, selector) in list.iter().enumerate() {
                if !usable(selector) {
                    self.wrong(path.field(field).index(i), PackErrorKind::Selector);
                }
            }
        }
    }
}

/// Whether a browser may be given a selector. Its syntax is the browser's to judge; the page script skips a bad one.
fn usable(selector: &str) -> bool {
    !selector.trim().is_empty() && selector.len() <= 1_000
}
