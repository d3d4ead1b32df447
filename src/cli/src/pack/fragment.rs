use super::problem::{Place, Problem};
use super::unknown;
use rejoinder_engine::pack::{
    Card, Claim, Cue, Helpline, Lexicon, Pace, Pack, ReplyPolicy, Source, Spelling, Topic, Unknown, Variant,
};
use rejoinder_wire::{Count, CountUnit, LinkPolicy, Site};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer, Error, ValueDeserializer};

/// The lists that any file of a pack may hold.
pub(super) const LISTS: [&str; 8] = ["topic", "claim", "card", "helpline", "lexicon", "spelling", "cue", "site"];

/// What one file adds to a pack.
pub(super) struct Fragment {
    /// The lists, and from the manifest the rest too.
    pub(super) pack: Pack,
    /// The patterns of `include` and where they stand; of the manifest only.
    pub(super) include: Vec<(String, Range<usize>)>,
    /// The patterns of `good_text`, likewise.
    pub(super) good_text: Vec<(String, Range<usize>)>,
    pub(super) problems: Vec<Problem>,
}

/// Reads the values of one file. `file`: its index among the sources.
pub(super) fn read(file: usize, root: Spanned<DeTable<'_>>, manifest: bool) -> Fragment {
    let span = root.span();
    let mut rest = root.into_inner();
    let mut list = |name: &str| rest.remove(name);
    let mut reader = Reader { file, problems: Vec::new() };
    let topics = reader.list("topic", list("topic"), |r, t: &Topic, table| r.known("a topic", table, t, &t.unknown));
    let claims = reader.list("claim", list("claim"), |r, c: &Claim, table| r.known("a claim", table, c, &c.unknown));
    let cards = reader.list("card", list("card"), Reader::card);
    let helplines = reader.list("helpline", list("helpline"), Reader::helpline);
    let lexicons =
        reader.list("lexicon", list("lexicon"), |r, l: &Lexicon, table| r.known("a lexicon", table, l, &l.unknown));
    let spellings =
        reader.list("spelling", list("spelling"), |r, s: &Spelling, table| r.known("a spelling", table, s, &s.unknown));
    let cues = reader.list("cue", list("cue"), |r, c: &Cue, table| r.known("a cue", table, c, &c.unknown));
    let sites = reader.list("site", list("site"), Reader::site);
    let mut patterns = |name: &str| if manifest { reader.patterns(list(name)) } else { Vec::new() };
    let (include, good_text) = (patterns("include"), patterns("good_text"));

    let mut pack = if manifest { reader.manifest(rest, span) } else { reader.others(rest) };
    pack.topics = topics;
    pack.claims = claims;
    pack.cards = cards;
    pack.helplines = helplines;
    pack.lexicons = lexicons;
    pack.spellings = spellings;
    pack.cues = cues;
    pack.sites = sites;
    Fragment { pack, include, good_text, problems: reader.problems }
}

struct Reader {
    file: usize,
    problems: Vec<Problem>,
}

impl Reader {
    fn error(&mut self, message: impl Into<String>, at: Range<usize>, help: Option<&str>) {
        self.problems.push(Problem::error(message, Place::Text(self.file, at)).help(help));
    }

    fn list<T: DeserializeOwned>(
        &mut self,
        name: &str,
        list: Option<Spanned<DeValue<'_>>>,
        mut look: impl FnMut(&mut Reader, &T, &DeTable<'_>),
    ) -> Vec<T> {
        let Some(list) = list else { return Vec::new() };
        let at = list.span();
        let DeValue::Array(elements) = list.into_inner() else {
            let help = format!("write `[[{name}]]`");
            self.error(format!("`{name}` must be a list of tables"), at, Some(&help));
            return Vec::new();
        };
        let mut read = Vec::new();
        for element in elements {
            // Reading eats the element; its field names are wanted afterwards.
            let table = element.get_ref().as_table().cloned();
            let dates = dates(element.get_ref());
            let at = element.span();
            match T::deserialize(ValueDeserializer::from(element)) {
                Ok(value) => {
                    if let Some(table) = table {
                        look(self, &value, &table);
                    }
                    read.push(value);
                }
                Err(error) => self.mistyped(&error, at, &dates),
            }
        }
        read
    }

    fn mistyped(&mut self, error: &Error, at: Range<usize>, dates: &[Range<usize>]) {
        let at = error.span().unwrap_or(at);
        if dates.contains(&at) {
            self.error("a date stands where a text is expected", at, Some("put it between quotes: \"2027-01-31\""));
        } else {
            self.error(error.message(), at, None);
        }
    }

    fn known<T: serde::Serialize>(&mut self, what: &str, table: &DeTable<'_>, read: &T, kept: &Unknown) {
        self.problems.extend(unknown::fields(self.file, what, table, read, kept));
    }

    fn card(&mut self, card: &Card, table: &DeTable<'_>) {
        // What says nothing is not written; it is known all the same.
        let mut whole = card.clone();
        whole.helplines.push(String::new());
        self.known("a card", table, &whole, &card.unknown);
        let elements = |name: &str| -> Vec<&DeTable<'_>> {
            let list = table.get(name).and_then(|v| v.get_ref().as_array());
            list.into_iter().flat_map(|a| a.iter()).filter_map(|e| e.get_ref().as_table()).collect()
        };
        for (source, table) in card.sources.iter().zip(elements("source")) {
            let source: &Source = source;
            self.known("a source", table, source, &source.unknown);
        }
        for (variant, table) in card.variants.iter().zip(elements("variant")) {
            let variant: &Variant = variant;
            self.known("a variant", table, variant, &variant.unknown);
        }
    }

    fn helpline(&mut self, helpline: &Helpline, table: &DeTable<'_>) {
        let mut whole = helpline.clone();
        whole.phones.push(String::new());
        whole.ended = true;
        for field in [&mut whole.url, &mut whole.hours, &mut whole.checked, &mut whole.expires_on] {
            field.push(' ');
        }
        self.known("a helpline", table, &whole, &helpline.unknown);
    }

    fn site(&mut self, site: &Site, table: &DeTable<'_>) {
        // What can be left out of a site is known all the same.
        let mut whole = site.clone();
        whole.url.push(String::new());
        whole.thread.push(String::new());
        whole.country.get_or_insert_default();
        whole.count.get_or_insert(Count { unit: CountUnit::Utf16, limit: 0, link: Some(0) });
        whole.links.get_or_insert(LinkPolicy { clickable: true, most: Some(0), held: false });
        self.known("a site", table, &whole, &Unknown::new());
        let generations = table.get("generation").and_then(|v| v.get_ref().as_array());
        let tables = generations.into_iter().flat_map(|a| a.iter()).filter_map(|e| e.get_ref().as_table());
        for (generation, table) in site.generations.iter().zip(tables) {
            self.known("a generation", table, generation, &Unknown::new());
        }
    }

    /// Patterns of files, and where they stand.
    fn patterns(&mut self, list: Option<Spanned<DeValue<'_>>>) -> Vec<(String, Range<usize>)> {
        let Some(list) = list else { return Vec::new() };
        let at = list.span();
        match Vec::<Spanned<String>>::deserialize(ValueDeserializer::from(list)) {
            Ok(patterns) => patterns.into_iter().map(|p| (p.get_ref().clone(), p.span())).collect(),
            Err(error) => {
                self.mistyped(&error, at, &[]);
                Vec::new()
            }
        }
    }

    fn manifest(&mut self, rest: DeTable<'_>, span: Range<usize>) -> Pack {
        let table = rest.clone();
        match Pack::deserialize(Deserializer::from(Spanned::new(span, rest))) {
            Ok(pack) => {
                // What says nothing is not written; it is known all the same.
                let mut whole = pack.clone();
                whole.reply.paces.push(Pace::default());
                self.known("a pack", &table, &whole, &pack.unknown);
                self.reply(&pack.reply, &table);
                pack
            }
            Err(error) => {
                // What is missing is missing from the whole file: point at its start.
                let at = error.span().filter(|at| table.values().any(|v| covers(&v.span(), at))).unwrap_or(0..0);
                let dates: Vec<_> = table.values().filter(|v| v.get_ref().is_datetime()).map(|v| v.span()).collect();
                self.mistyped(&error, at, &dates);
                Pack::default()
            }
        }
    }

    fn reply(&mut self, policy: &ReplyPolicy, table: &DeTable<'_>) {
        let Some(table) = table.get("reply").and_then(|v| v.get_ref().as_table()) else { return };
        self.known("`reply`", table, policy, &policy.unknown);
        let paces = table.get("pace").and_then(|v| v.get_ref().as_array());
        let tables = paces.into_iter().flat_map(|a| a.iter()).filter_map(|e| e.get_ref().as_table());
        for (pace, table) in policy.paces.iter().zip(tables) {
            self.known("a pace", table, pace, &pace.unknown);
        }
    }

    /// What an included file holds besides lists: kept unread.
    fn others(&mut self, rest: DeTable<'_>) -> Pack {
        let mut pack = Pack::default();
        for (name, value) in rest {
            let at = name.span();
            let name = name.into_inner().into_owned();
            let problem = unknown::warning(self.file, "an included file", &name, at, &LISTS);
            self.problems.push(problem);
            if let Ok(value) = serde_json::Value::deserialize(ValueDeserializer::from(value)) {
                pack.unknown.insert(name, value);
            }
        }
        pack
    }
}

fn covers(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Where dates without quotes stand in a value.
fn dates(value: &DeValue<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut look = |value: &Spanned<DeValue<'_>>| match value.get_ref() {
        DeValue::Datetime(_) => found.push(value.span()),
        inner => found.extend(dates(inner)),
    };
    match value {
        DeValue::Table(table) => table.values().for_each(&mut look),
        DeValue::Array(array) => array.iter().for_each(&mut look),
        _ => {}
    }
    found
}
