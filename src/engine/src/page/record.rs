//! The records of a page: what belongs to one date each.

use super::tree::Tree;
use super::{anchor, body, naming, opening};
use foldhash::HashMap;
use rejoinder_wire::Way;

/// Siblings of a header that may be its record's.
const ROWS: usize = 6;
/// Sets of like elements without dates that are looked at.
const REPEATED: usize = 12;
/// Sets of numbered elements that are looked at.
const NUMBERED: usize = 12;
/// What counts as a post's worth of text, in UTF-16 units: shorter ones add nothing to a set's score.
const SHORT: f32 = 15.0;

/// Steps up from a body in which its post is named.
const STEPS: usize = 6;
/// How much more bodies count that are called posts, and those that are called contributions for certain; and how much
/// less those that are called articles. Chosen on made-up and on saved pages.
const NAMED: f32 = 0.3;
const REPLIES: f32 = 2.0;
const ARTICLE: f32 = 0.3;
/// Most bodies that can be articles; more of one kind are posts, whatever they are called.
const ARTICLES: usize = 2;
/// Steps from an anchor up to its post.
const HEIGHT: usize = 14;
/// One of so many anchors may stand in no element of the kind of the others'.
const FEW: usize = 10;

/// Records that may be the posts of the page.
#[derive(Clone)]
struct Thread {
    score: f32,
    records: Vec<Record>,
    bodies: Vec<usize>,
    way: Way,
}

/// The posts of a page.
pub(super) struct Seen {
    /// Their bodies, in document order.
    pub(super) bodies: Vec<usize>,
    /// [`Way::Structured`] if they are what the page calls articles.
    pub(super) way: Way,
}

/// One record: the elements it consists of, which stand side by side.
pub(super) type Record = Vec<usize>;

/// The posts that look like it most, among them what the page calls articles; `None` if nothing does.
pub(super) fn find(tree: &Tree<'_>, articles: Option<Vec<Record>>) -> Option<Seen> {
    let anchors = anchor::all(tree);
    let (mut best, mut best_named): (Option<Thread>, Option<Thread>) = (None, None);
    let mut offer = |factor: f32, records: Vec<Record>, way: Way| {
        let bodies = body::of(tree, &records);
        let score = factor * score(tree, &anchors, &records, &bodies);
        let better = |best: &Option<Thread>| score > best.as_ref().map_or(0.0, |best| best.score);
        let named = better(&best_named) && bodies.iter().all(|&at| is_named_reply(tree, at));
        let thread = Thread { score, records, bodies, way };
        if better(&best) {
            if named {
                best_named = Some(thread.clone());
            }
            best = Some(thread);
        } else if named {
            best_named = Some(thread);
        }
    };
    for group in anchor::groups(tree, &anchors) {
        // Around the date of the only answer there is nothing to tell how far it goes, but its name.
        let is_reply = |&at: &usize| tree.is_reply_named(at) && tree.content(at) > SHORT;
        if let [anchor] = group[..]
            && let Some(post) = tree.chain(anchor).take(HEIGHT).find(is_reply)
        {
            offer(0.5, vec![vec![post]], Way::Generic);
        }
        let regions = regions(tree, &group);
        let single = |elements: &[usize]| elements.iter().map(|&at| vec![at]).collect();
        let nested = nested(tree, &group).filter(|_| group.len() > 1).map(|elements| single(&elements));
        for records in [rows(tree, &regions), nested, Some(single(&regions))].into_iter().flatten() {
            // A date alone in the page is often that of the page.
            offer(if records.len() > 1 { 1.0 } else { 0.5 }, records, Way::Generic);
        }
    }
    for records in repeated(tree) {
        offer(0.5, records, Way::Generic);
    }
    for elements in numbered(tree) {
        offer(1.0, elements.into_iter().map(|at| vec![at]).collect(), Way::Generic);
    }
    if let Some(articles) = articles {
        offer(1.0, articles, Way::Structured);
    }
    let Some(best) = best else { return single(tree).map(|bodies| Seen { bodies, way: Way::Generic }) };
    let only_article = |thread: &Thread| {
        thread.bodies.len() <= ARTICLES && thread.bodies.iter().all(|&at| opening::is_only_article(tree, at))
    };
    // What is much more than all that is said of it is no contribution by that.
    let best = if only_article(&best) { best_named? } else { best };
    let Thread { mut bodies, records, way, .. } = best;
    opening::add(tree, &anchors, &records, &mut bodies);
    let few = bodies.len() <= ARTICLES;
    // An emoji alone is a post too.
    bodies.retain(|&body| tree.end(body) > body + 1);
    // What nobody has said anything on yet is no discussion.
    bodies.retain(|&body| !few || !opening::is_only_article(tree, body));
    (!bodies.is_empty()).then_some(Seen { bodies, way })
}

/// For each anchor the largest element that holds no other one of its group.
fn regions(tree: &Tree<'_>, group: &[usize]) -> Vec<usize> {
    let count = |at: usize| group.partition_point(|&a| a < tree.end(at)) - group.partition_point(|&a| a < at);
    let largest = |&anchor: &usize| tree.chain(anchor).take_while(|&node| node != 0 && count(node) == 1).last();
    group.iter().filter_map(largest).collect()
}

/// The elements of one kind, each the nearest of that kind around its anchor and around no other's: the posts that hold
/// their answers, too.
fn nested(tree: &Tree<'_>, group: &[usize]) -> Option<Vec<usize>> {
    let mut kinds: HashMap<u32, Vec<usize>> = HashMap::default();
    for &anchor in group {
        let mut seen = Vec::new();
        for at in tree.chain(anchor).take(HEIGHT).filter(|&at| at != 0) {
            let kind = tree.kind(at);
            if !seen.contains(&kind) {
                seen.push(kind);
                kinds.entry(kind).or_default().push(at);
            }
        }
    }
    let mut best: Option<(f32, f32, Vec<usize>)> = None;
    for mut around in kinds.into_values() {
        let count = around.len();
        around.sort_unstable();
        around.dedup();
        // Each has its own, but for a few that are of another make.
        if around.len() < count || FEW * around.len() < (FEW - 1) * group.len() {
            continue;
        }
        let (mut content, mut size, mut end) = (0.0, 0.0, 0);
        for &at in &around {
            if at >= end {
                end = tree.end(at);
                content += tree.content(at);
                size += tree.size(at);
            }
        }
        let better = best.as_ref().is_none_or(|(most, least, elements)| {
            (content, -size).partial_cmp(&(*most, -least)).is_some_and(|order| order.is_gt())
                || (content, size) == (*most, *least) && around < *elements
        });
        if better {
            best = Some((content, size, around));
        }
    }
    best.map(|(_, _, elements)| elements)
}

/// Where the text stands beside the elements with the dates (rows of a table, a header before each body): the
/// records that consist of both. `None` where the text stands with the date.
fn rows(tree: &Tree<'_>, regions: &[usize]) -> Option<Vec<Record>> {
    let mut by_parent: Vec<(usize, Vec<usize>)> = Vec::new();
    for &region in regions {
        match by_parent.iter_mut().find(|(parent, _)| *parent == tree.parent(region)) {
            Some((_, regions)) => regions.push(region),
            None => by_parent.push((tree.parent(region), vec![region])),
        }
    }
    let mut records = Vec::new();
    let (mut with, mut beside) = (0.0, 0.0);
    for (parent, regions) in by_parent.iter().filter(|(_, regions)| regions.len() > 1) {
        let siblings = tree.children(*parent);
        let places: Vec<usize> = regions.iter().filter_map(|r| siblings.binary_search(r).ok()).collect();
        let content = |range: std::ops::Range<usize>| siblings[range].iter().map(|&s| tree.content(s)).sum::<f32>();
        let (first, last) = (places[0], places[places.len() - 1]);
        with += regions.iter().map(|&r| tree.content(r)).sum::<f32>();
        beside += content(first..last + 1) - regions.iter().map(|&r| tree.content(r)).sum::<f32>();
        let mut gaps: Vec<usize> = places.windows(2).map(|pair| pair[1] - pair[0] - 1).collect();
        gaps.sort_unstable();
        let usual = gaps[gaps.len() / 2].min(ROWS);
        // Dates under the text: what stands before the first one is a text, and after the last one there is none.
        let before =
            content(first.saturating_sub(usual)..first) > content(last + 1..(last + 1 + usual).min(siblings.len()));
        for (i, &place) in places.iter().enumerate() {
            let range = if before {
                let floor = if i == 0 { place.saturating_sub(usual) } else { places[i - 1] + 1 };
                floor.max(place.saturating_sub(ROWS))..place + 1
            } else {
                let ceiling = places.get(i + 1).copied().unwrap_or((place + 1 + usual).min(siblings.len()));
                place..ceiling.min(place + 1 + ROWS)
            };
            records.push(siblings[range].to_vec());
        }
    }
    (beside > with).then_some(records)
}

/// Sets of elements whose ids are a word for contributions and a number (`comment-9257`): as the software knows them.
fn numbered(tree: &Tree<'_>) -> Vec<Vec<usize>> {
    let mut sets: HashMap<(&str, &str), Vec<usize>> = HashMap::default();
    for at in (1..tree.len()).filter(|&at| tree.is_element(at) && tree.content(at) > 0.0) {
        let id = tree.attribute(at, "id");
        let word = id.trim_end_matches(|c: char| c.is_ascii_digit());
        if word.len() < id.len() && naming::POST.names(word) {
            sets.entry((tree.node(at).tag.as_str(), word)).or_default().push(at);
        }
    }
    let mut sets: Vec<Vec<usize>> = sets.into_values().filter(|set| set.len() > 1).collect();
    sets.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    sets.truncate(NUMBERED);
    sets
}

/// Sets of three or more elements of one kind, for pages without dates.
fn repeated(tree: &Tree<'_>) -> Vec<Vec<Record>> {
    let mut kinds: HashMap<u32, Vec<usize>> = HashMap::default();
    for at in (1..tree.len()).filter(|&at| tree.is_element(at) && tree.content(at) > SHORT) {
        if tree.classes(at).next().is_some() {
            let kind = kinds.entry(tree.kind(at)).or_default();
            if kind.last().is_none_or(|&last| !tree.within(at, last)) {
                kind.push(at);
            }
        }
    }
    let mut sets: Vec<(f32, Vec<usize>)> = kinds
        .into_values()
        .filter(|set| set.len() > 2)
        .map(|set| (set.iter().map(|&at| worth(tree.content(at))).sum(), set))
        .collect();
    sets.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    sets.truncate(REPEATED);
    sets.into_iter().map(|(_, set)| set.into_iter().map(|at| vec![at]).collect()).collect()
}

/// The one post of a page without dates: the fullest element that is called a post.
fn single(tree: &Tree<'_>) -> Option<Vec<usize>> {
    let called =
        |at: usize| (tree.node(at).tag == "article" || tree.is_post_named(at)) && !opening::is_only_article(tree, at);
    let posts = (1..tree.len()).filter(|&at| tree.is_element(at) && tree.content(at) > SHORT && called(at));
    let record = vec![posts.max_by(|&a, &b| tree.content(a).total_cmp(&tree.content(b)).then(b.cmp(&a)))?];
    body::alone(tree, &record, None).map(|body| vec![body])
}

/// How much a set of records looks like the posts of the page: many texts count more than one long text.
#[expect(clippy::cast_precision_loss)]
fn score(tree: &Tree<'_>, anchors: &[usize], records: &[Record], bodies: &[usize]) -> f32 {
    // A text of one person has no dates of posts in it: that with several is several posts.
    let posts = |at: usize| {
        let within = anchors.partition_point(|&a| a < tree.end(at)) - anchors.partition_point(|&a| a < at);
        within.max(1) as f32
    };
    let text: f32 = bodies.iter().map(|&at| worth(tree.content(at)) / posts(at)).sum();
    let named = |at: usize| tree.chain(at).take(4).any(|node| tree.is_post_named(node));
    let share =
        |is: &dyn Fn(usize) -> bool| bodies.iter().filter(|&&at| is(at)).count() as f32 / records.len().max(1) as f32;
    let replies = share(&|at| is_named_reply(tree, at));
    let all_articles = || bodies.iter().all(|&at| opening::is_called_article(tree, at));
    let article = bodies.len() <= ARTICLES && replies == 0.0 && all_articles();
    text * (1.0 + NAMED * share(&named) + REPLIES * replies) * if article { ARTICLE } else { 1.0 }
}

/// Whether a body is that of a contribution by the name of something close around it.
pub(super) fn is_named_reply(tree: &Tree<'_>, body: usize) -> bool {
    tree.chain(body).take(STEPS).any(|node| tree.is_reply_named(node))
}

fn worth(content: f32) -> f32 {
    (content - SHORT).max(0.0).sqrt()
}
