//! Which parts of a page are posts: a [`Sketch`] of its document in, selectors out.
//!
//! Two ways, for pages that no adapter is for. *Structured*: what the page says of itself (microdata, JSON-LD, ARIA).
//! *Generic*: records that recur, each with a date at the same place, after MiBAT (Song et al., "Automatic extraction
//! of web data records containing user-generated content", CIKM 2010): what users write varies in every way, but the
//! software puts a date to each of their posts.
//!
//! The answer is an adapter, so whatever else is done with posts is done in one way.

mod anchor;
mod apart;
mod body;
mod data;
mod date;
mod learn;
mod moment;
mod naming;
mod noise;
mod opening;
mod pattern;
mod record;
mod selector;
mod structured;
#[cfg(test)]
mod tests;
mod tree;

use rejoinder_wire::{Generation, Site, Sketch, Way};
use tree::Tree;

pub use learn::learn;
pub use moment::{Order, days_since, reckon};
pub use pattern::is_for;
pub(crate) use pattern::is_pattern;

/// What was found in a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// How.
    pub way: Way,
    /// An adapter for the page, with one generation.
    pub site: Site,
    /// Posts in the sketch.
    pub posts: usize,
    /// Whether the page calls them contributions, in its data or by its names; else they are so by their looks alone.
    pub named: bool,
}

/// Finds the posts of a page; `None` if it seems to have none.
pub fn find(sketch: &Sketch) -> Option<Found> {
    let tree = Tree::new(sketch)?;
    let said = structured::find(&tree, &sketch.data);
    let seen = record::find(&tree, Some(structured::articles(&tree)));
    // Structured data can be of one post only, or of what is not the thread.
    match (said, seen) {
        (Some(said), Some(seen)) if 2 * said.len() < seen.bodies.len() => found(&tree, &seen.bodies, seen.way),
        (Some(said), _) => found(&tree, &said, Way::Structured),
        (None, Some(seen)) => found(&tree, &seen.bodies, seen.way),
        (None, None) => None,
    }
}

/// Finds the posts of a page as if it said nothing of its own structure.
pub fn find_generic(sketch: &Sketch) -> Option<Found> {
    let tree = Tree::new(sketch)?;
    found(&tree, &record::find(&tree, None)?.bodies, Way::Generic)
}

fn found(tree: &Tree<'_>, bodies: &[usize], way: Way) -> Option<Found> {
    let (paid, bodies): (Vec<usize>, Vec<usize>) = bodies.iter().partition(|&&at| apart::is_paid(tree, at, bodies));
    let bodies = bodies.as_slice();
    let (post, ad) = match paid[..] {
        [] => (selector::of(tree, bodies)?, Vec::new()),
        _ => apart::selectors(tree, bodies, &paid)?,
    };
    let posts = bodies.len();
    let id = match way {
        Way::Structured => "structured",
        _ => "generic",
    };
    let mut generation = Generation { id: id.into(), detect: "body".into(), post, ad, ..body::furniture() };
    generation.drop.extend(noise::of(tree, bodies));
    generation.drop.extend(noise::dates(tree, bodies));
    generation.quote.extend(selector::of(tree, &noise::quotations(tree, bodies)));
    let named = bodies.iter().filter(|&&at| record::is_named_reply(tree, at)).count();
    let named = way == Way::Structured || 2 * named > posts;
    Some(Found { way, posts, named, site: Site { id: id.into(), generations: vec![generation], ..Site::default() } })
}
