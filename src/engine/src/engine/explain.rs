use super::atoms::AtomTable;
use super::evaluate::Evaluation;
use super::facts::Known;
use super::hits::Hits;
use super::read_spellings;
use super::rule::{Compiler, Node};
use super::stance::Cues;
use crate::pack::{Pack, PackError, PackErrorKind, Path};
use crate::query::{Condition, Expr, Field, Unit, parse};
use crate::text::{Spellings, Text};
use rejoinder_wire::{Post, Stance};
use std::collections::BTreeMap;

/// Why a query finds something in a post, or does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Whether it does.
    pub fires: bool,
    /// The stance of the poster at each place, in reading order.
    pub stances: Vec<Stance>,
    /// What each part of the query finds.
    pub trace: Trace,
}

/// What one part of a query finds in a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The part.
    pub expr: Expr,
    /// Whether it holds somewhere.
    pub holds: bool,
    /// The words found, as written: one list for each place, at most [`Trace::PLACES`].
    pub places: Vec<Vec<String>>,
    /// Its own parts.
    pub children: Vec<Trace>,
}

impl Trace {
    /// Most places that are told.
    pub const PLACES: usize = 5;
}

/// A part of a query, compiled by itself, with all that its surroundings ask of it.
struct Part {
    expr: Expr,
    node: Asked,
    children: Vec<Part>,
}

/// What can be asked of a post.
enum Asked {
    Words(Node),
    Fact(Condition),
}

impl Pack {
    /// Reads a query with the lexicons, rules and cues of this pack, and says what each part of it finds in a post.
    ///
    /// # Errors
    /// The query, or a word of the pack, cannot be used.
    pub fn explain(&self, query: &str, post: &Post) -> Result<Explanation, PackError> {
        let place = |e| super::rule::query_error(Path::default(), e);
        let tree = parse(query).map_err(place)?;
        let mut table = AtomTable::default();
        let compiler = Compiler::new(self, &mut table)?;
        let part = Part::of(&tree, &|node| node, &compiler, &mut table).map_err(place)?;
        let mut lists: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (i, cue) in self.cues.iter().enumerate() {
            let atoms = compiler.words(&cue.words, &Path::default().field("cue").index(i), &mut table)?;
            let (kind, scope, reach) = (cue.kind, cue.scope, u32::from(cue.reach));
            let list = super::CueList { kind, scope, reach, clause: cue.clause };
            lists.entry(table.set(atoms)).or_default().push(list);
        }
        let atoms = table.build().map_err(|e| PackError::whole(PackErrorKind::Query(e)))?;
        let mut spellings = Spellings::default();
        read_spellings(self, &mut spellings);
        let text = Text::new(&post.parts, &spellings);
        let hits = Hits::find(&atoms, &text);
        let cues = Cues::of(&lists, &hits, &text);
        let known = Known::new(&post.facts, &text);
        let evaluation = Evaluation { text: &text, hits: &hits, cues: &cues, known: &known };
        let stances = match &part.node {
            Asked::Words(node) => {
                let found = evaluation.matches(node, Field::Own);
                found.iter().map(|m| cues.stance(m, &text, &hits).0).collect()
            }
            Asked::Fact(_) => Vec::new(),
        };
        let trace = part.trace(&evaluation);
        Ok(Explanation { fires: trace.holds, stances, trace })
    }
}

impl Part {
    fn of(
        expr: &Expr,
        around: &dyn Fn(Node) -> Node,
        compiler: &Compiler<'_>,
        table: &mut AtomTable,
    ) -> Result<Part, crate::query::QueryError> {
        let node = match expr {
            Expr::Condition(condition) => Asked::Fact(condition.clone()),
            Expr::Not(inner) => match &**inner {
                Expr::Condition(condition) => Asked::Fact(condition.clone()),
                inner => Asked::Words(around(compiler.tree(inner, table)?)),
            },
            expr => Asked::Words(around(compiler.tree(expr, table)?)),
        };
        let within = |unit: Unit| move |node: Node| Node::Within { unit, inner: Box::new(node) };
        let children = expr
            .children()
            .into_iter()
            .map(|child| match expr {
                Expr::In { field, .. } => {
                    let field = *field;
                    let here = |node| around(Node::In { field, inner: Box::new(node) });
                    Part::of(child, &here, compiler, table)
                }
                Expr::Within { unit, .. } => Part::of(child, &|node| around(within(*unit)(node)), compiler, table),
                _ => Part::of(child, around, compiler, table),
            })
            .collect::<Result<_, _>>()?;
        Ok(Part { expr: expr.clone(), node, children })
    }

    fn trace(self, read: &Evaluation<'_>) -> Trace {
        let negated = matches!(self.expr, Expr::Not(_));
        let (holds, places) = match &self.node {
            Asked::Fact(condition) => (read.known.holds(condition) != negated, Vec::new()),
            Asked::Words(node) => {
                let found = read.matches(node, Field::Own);
                let words = |hits: &[u32]| {
                    let own = hits.iter().map(|hit| &read.hits.all[*hit as usize]);
                    own.map(|hit| read.hits.original(hit, read.text).to_owned()).collect()
                };
                let places = found.iter().take(Trace::PLACES).map(|m| words(&m.hits)).collect();
                (found.is_empty() == negated, places)
            }
        };
        let children = self.children.into_iter().map(|child| child.trace(read)).collect();
        Trace { expr: self.expr, holds, places, children }
    }
}
