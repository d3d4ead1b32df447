//! Where in a record the words are.

use super::record::Record;
use super::tree::Tree;
use foldhash::HashMap;
use rejoinder_wire::Generation;

/// Share of a level's text that one kind of child must hold for the search to go on in it.
const MOST: f32 = 0.7;
/// Share of the text of the records that elements of one name must hold to be their words.
const WHOLE: f32 = 0.8;
/// Share of the records that must have one.
const OFTEN: f32 = 0.6;
/// How much a letter that is no content weighs against one that is.
const NOISE: f32 = 0.3;
/// Elements of running text: going into them would take a part for the whole.
const RUNNING: &[&str] = &[
    "a", "b", "center", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "i", "li", "ol", "p", "pre", "q", "span",
    "strong", "u", "ul",
];

/// A kind of child; the kinds without a class by their place among their like.
type Key = (u32, usize);

/// For each record the element that holds its words, as far as one does; in document order, none in another.
pub(super) fn of(tree: &Tree<'_>, records: &[Record]) -> Vec<usize> {
    let search = Search { tree, roots: roots(tree, records) };
    let mut places = search.by_kind(records);
    while let Some(key) = search.step(&places) {
        for place in &mut places {
            search.go(place, key);
        }
    }
    let mut bodies: Vec<usize> = places.iter().filter_map(|place| place.body).collect();
    // A record that is built in another way: the kind that holds the words of the others, or its own way.
    let usual = usual(tree, &bodies);
    for (record, place) in records.iter().zip(&places) {
        if place.body.is_none() {
            bodies.extend(search.alone(record, usual));
        }
    }
    bodies.sort_unstable();
    bodies.dedup();
    let mut end = 0;
    bodies.retain(|&at| {
        let apart = at >= end;
        if apart {
            end = tree.end(at);
        }
        apart
    });
    bodies
}

/// The words of one record that is like no other.
pub(super) fn alone(tree: &Tree<'_>, record: &Record, usual: Option<u32>) -> Option<usize> {
    Search { tree, roots: record.clone() }.alone(record, usual)
}

/// The kind of most of the bodies, if it has a class.
pub(super) fn usual(tree: &Tree<'_>, bodies: &[usize]) -> Option<u32> {
    let mut kinds: HashMap<u32, usize> = HashMap::default();
    for &at in bodies.iter().filter(|&&at| tree.classes(at).next().is_some()) {
        *kinds.entry(tree.kind(at)).or_default() += 1;
    }
    let (kind, count) = kinds.into_iter().max_by_key(|&(kind, count)| (count, kind))?;
    (2 * count > bodies.len()).then_some(kind)
}

/// What of any post is quoted or not read: the names that software commonly gives it.
pub(super) fn furniture() -> Generation {
    let list = |selectors: &[&str]| selectors.iter().map(|&s| s.to_owned()).collect();
    Generation {
        quote: list(&[
            "blockquote",
            "q[cite]",
            ".quote",
            ".quoted",
            ".quotebox",
            ".quote-block",
            ".citation",
            "[class*=\"bbcode_quote\"]",
            "[class*=\"quote\" i]:is(table, div, aside, fieldset, figure)",
        ]),
        signature: list(&[".signature", ".sig", "[class*=\"signature\" i]", "[id*=\"signature\" i]"]),
        drop: list(&[
            "cite",
            ":is([class*=\"quote\" i], blockquote) :is(header, [class*=\"title\" i], [class*=\"author\" i], [class*=\"attribution\" i])",
            "nav",
            "form",
            "time",
            "footer",
            "[role=\"button\"]",
            ".sr-only",
            ".visually-hidden",
            ".screen-reader-text",
            "[itemprop=\"author\"]",
            ":is([class*=\"author\" i], [class*=\"-meta\" i], [class*=\"_meta\" i]):not(:has(p))",
            ".meta",
            ".date",
            ".byline",
            "[class*=\"timestamp\" i]",
            "[itemprop=\"dateCreated\"]",
            "[class*=\"edited\" i]",
            "[class*=\"lastedit\" i]",
            "[class*=\"attachment\" i]",
            "[class*=\"toolbar\" i]",
            ".actions",
            ".adsbygoogle",
        ]),
        ..Generation::default()
    }
}

/// What an element is called: by a class, by what it says to machines, by how its id begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Name<'s> {
    Class(&'s str),
    Property(&'s str),
    Id(&'s str),
}

fn names<'s>(tree: &Tree<'s>, at: usize) -> impl Iterator<Item = Name<'s>> + use<'s> {
    let id = tree.attribute(at, "id").trim_end_matches(|c: char| c.is_ascii_digit());
    let property = tree.attribute(at, "itemprop");
    let others = [(!property.is_empty()).then_some(Name::Property(property)), (id.len() > 2).then_some(Name::Id(id))];
    tree.classes(at).map(Name::Class).chain(others.into_iter().flatten())
}

struct Search<'t, 's> {
    tree: &'t Tree<'s>,
    /// All elements of all records, sorted: a record can lie in another.
    roots: Vec<usize>,
}

/// How far the search has come in one record.
struct Place {
    /// `None`: in none of its elements yet, or the record went out of line.
    body: Option<usize>,
    kids: Vec<usize>,
}

fn roots(tree: &Tree<'_>, records: &[Record]) -> Vec<usize> {
    let mut roots: Vec<usize> = records.iter().flatten().copied().filter(|&at| at < tree.len()).collect();
    roots.sort_unstable();
    roots
}

impl<'s> Search<'_, 's> {
    fn begin(&self, record: &Record) -> Place {
        match record[..] {
            [root] => self.at(root),
            _ => Place { body: None, kids: record.clone() },
        }
    }

    /// The elements of the one kind that holds the words of all records with the least of anything else; where no kind
    /// with a name does, the records as they are.
    #[expect(clippy::cast_precision_loss)]
    fn by_kind(&self, records: &[Record]) -> Vec<Place> {
        struct Sum {
            content: f32,
            size: f32,
            /// Records that have such an element, and their text.
            records: usize,
            whole: f32,
        }
        let mut sums: HashMap<Name<'s>, Sum> = HashMap::default();
        let mut found: Vec<HashMap<Name<'s>, usize>> = Vec::with_capacity(records.len());
        for record in records {
            let whole: f32 = record.iter().map(|&root| self.content(root)).sum();
            let mut fullest: HashMap<Name<'s>, usize> = HashMap::default();
            for at in record.iter().flat_map(|&root| self.own(root)).filter(|&at| self.tree.is_element(at)) {
                for name in names(self.tree, at) {
                    let best = fullest.entry(name).or_insert(at);
                    if self.content(at) > self.content(*best) {
                        *best = at;
                    }
                }
            }
            for (&name, &at) in &fullest {
                let sum = sums.entry(name).or_insert(Sum { content: 0.0, size: 0.0, records: 0, whole: 0.0 });
                sum.content += self.content(at);
                sum.size += self.tree.size(at);
                sum.records += 1;
                sum.whole += whole;
            }
            found.push(fullest);
        }
        let fits = |sum: &Sum| {
            sum.whole > 0.0 && sum.content >= WHOLE * sum.whole && sum.records as f32 >= OFTEN * records.len() as f32
        };
        let rank = |sum: &Sum| sum.content - NOISE * (sum.size - sum.content);
        let best = sums
            .iter()
            .filter(|(_, sum)| fits(sum))
            .max_by(|a, b| rank(a.1).total_cmp(&rank(b.1)).then_with(|| b.0.cmp(a.0)));
        let Some((name, _)) = best else { return records.iter().map(|record| self.begin(record)).collect() };
        found
            .iter()
            .map(|fullest| fullest.get(name).map_or(Place { body: None, kids: Vec::new() }, |&at| self.at(at)))
            .collect()
    }

    /// The nodes of a record's element, without those of records in it.
    fn own(&self, root: usize) -> impl Iterator<Item = usize> {
        let mut next = root;
        let end = self.tree.end(root);
        std::iter::from_fn(move || {
            while next != root && next < end && self.roots.binary_search(&next).is_ok() {
                next = self.tree.end(next);
            }
            let at = next;
            next += 1;
            (at < end).then_some(at)
        })
    }

    fn at(&self, body: usize) -> Place {
        // Another record in this one is not its words.
        let kids = self.tree.children(body).iter().copied().filter(|kid| self.roots.binary_search(kid).is_err());
        Place { body: Some(body), kids: kids.collect() }
    }

    /// Text of an element without that of records in it.
    fn content(&self, at: usize) -> f32 {
        let mut content = self.tree.content(at);
        let (mut next, end) = (at + 1, self.tree.end(at));
        while let Some(&root) = self.roots.get(self.roots.partition_point(|&r| r < next)).filter(|&&r| r < end) {
            content -= self.tree.content(root);
            next = self.tree.end(root);
        }
        content.max(0.0)
    }

    fn keys<'a>(&'a self, kids: &'a [usize]) -> impl Iterator<Item = (Key, usize)> + 'a {
        let mut counts: HashMap<u32, usize> = HashMap::default();
        kids.iter().map(move |&kid| {
            let kind = self.tree.kind(kid);
            let count = counts.entry(kind).or_default();
            *count += 1;
            let place = if self.tree.classes(kid).next().is_some() { 0 } else { *count };
            ((kind, place), kid)
        })
    }

    /// The kind of child in which nearly all words of nearly all records are; `None` when there is no such.
    #[expect(clippy::cast_precision_loss)]
    fn step(&self, places: &[Place]) -> Option<Key> {
        struct Sum {
            content: f32,
            /// Records with such a child, and with more than one.
            records: usize,
            several: usize,
            example: usize,
        }
        let mut sums: HashMap<Key, Sum> = HashMap::default();
        let mut total = 0.0;
        for place in places {
            let mut kids = 0.0;
            let mut own: HashMap<Key, usize> = HashMap::default();
            for (key, kid) in self.keys(&place.kids) {
                let content = self.content(kid);
                kids += content;
                let sum = sums.entry(key).or_insert(Sum { content: 0.0, records: 0, several: 0, example: kid });
                sum.content += content;
                if content > 0.0 {
                    let count = own.entry(key).or_default();
                    *count += 1;
                    sum.records += usize::from(*count == 1);
                    sum.several += usize::from(*count == 2);
                }
            }
            total += place.body.map_or(kids, |body| self.content(body).max(kids));
        }
        let best = sums.into_iter().max_by(|a, b| a.1.content.total_cmp(&b.1.content).then_with(|| b.0.cmp(&a.0)));
        let (key, sum) = best?;
        let share = if total > 0.0 { sum.content / total } else { 0.0 };
        let going = places.iter().filter(|p| !p.kids.is_empty()).count();
        let tag = self.tree.node(sum.example).tag.as_str();
        let running = RUNNING.contains(&tag);
        let named = self.tree.classes(sum.example).next().is_some();
        // Nobody quotes in every post, and nothing else.
        let quotes = tag == "blockquote" && (share < 0.95 || (sum.records as f32) < 0.8 * going as f32);
        let begun = places.iter().any(|place| place.body.is_some());
        let one = !begun || (sum.several as f32) <= 0.1 * going as f32;
        (share >= MOST && one && !quotes && (!running || named && share < 0.95)).then_some(key)
    }

    fn go(&self, place: &mut Place, key: Key) {
        let kids = self.keys(&place.kids).filter(|(k, _)| *k == key).map(|(_, kid)| kid);
        let next = kids.max_by(|&a, &b| self.content(a).total_cmp(&self.content(b)).then(b.cmp(&a)));
        *place = next.map_or(Place { body: None, kids: Vec::new() }, |kid| self.at(kid));
    }

    fn alone(&self, record: &Record, usual: Option<u32>) -> Option<usize> {
        let tree = self.tree;
        let like = record.iter().flat_map(|&root| root..tree.end(root));
        let like = like.filter(|&at| tree.is_element(at) && Some(tree.kind(at)) == usual);
        let fuller = |&a: &usize, &b: &usize| tree.content(a).total_cmp(&tree.content(b)).then(b.cmp(&a));
        if let Some(at) = like.max_by(fuller) {
            return Some(at);
        }
        let mut places = [self.begin(record)];
        while let Some(key) = self.step(&places) {
            self.go(&mut places[0], key);
        }
        let [place] = places;
        place.body.or_else(|| record.iter().copied().max_by(fuller)).filter(|&at| self.content(at) > 0.0)
    }
}
