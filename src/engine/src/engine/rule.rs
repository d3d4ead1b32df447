use super::atoms::{AtomId, AtomTable, SetId};
use crate::pack::{Claim, Lexicon, Limits, Pack, PackError, PackErrorKind, Path};
use crate::query::{Expr, QueryError, Term, parse, parse_term};
use std::collections::HashMap;

/// A rule's tree, its leaves replaced by sets of atoms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// Any atom of a set.
    Set(SetId),
    /// Every one of `all`, and nothing of `none`.
    And { all: Vec<Node>, none: Vec<Node> },
    /// At least one.
    Or(Vec<Node>),
    /// Both, within a distance, in one sentence.
    Near { left: Box<Node>, right: Box<Node>, distance: u32, ordered: bool },
}

impl Node {
    /// The sets of which at least one must be hit for the rule to be looked at.
    pub(super) fn sets(&self, into: &mut Vec<SetId>) {
        match self {
            Node::Set(set) => into.push(*set),
            Node::And { all, .. } | Node::Or(all) => all.iter().for_each(|n| n.sets(into)),
            Node::Near { left, right, .. } => {
                left.sets(into);
                right.sets(into);
            }
        }
    }
}

/// A claim and its compiled rule.
#[derive(Debug)]
pub(super) struct Rule {
    /// Its pack, as an index in the engine's list.
    pub(super) pack: usize,
    /// The claim.
    pub(super) claim: Claim,
    /// Its rule.
    pub(super) node: Node,
}

/// The lexicons of one pack as atoms: each word is read once, however many rules name its lexicon.
#[derive(Debug, Default)]
pub(super) struct Lexicons(HashMap<String, Vec<AtomId>>);

impl Lexicons {
    /// Reads every word of every lexicon.
    ///
    /// # Errors
    /// The first word that cannot be used.
    pub(super) fn read(lexicons: &[Lexicon], atoms: &mut AtomTable) -> Result<Lexicons, PackError> {
        let mut out = HashMap::new();
        for (i, lexicon) in lexicons.iter().enumerate() {
            let words = terms(&lexicon.words, &Path::default().field("lexicon").index(i))?;
            out.insert(lexicon.name.clone(), words.iter().map(|word| atoms.atom(word)).collect());
        }
        Ok(Lexicons(out))
    }
}

/// Reads a list of words in the form of [`Lexicon::words`].
pub(super) fn terms(words: &[String], at: &Path) -> Result<Vec<Term>, PackError> {
    let term = |(i, word): (usize, &String)| parse_term(word).map_err(|e| query_error(at.field("words").index(i), e));
    words.iter().enumerate().map(term).collect()
}

fn query_error(path: Path, e: QueryError) -> PackError {
    PackError { path, within: Some(e.at), kind: PackErrorKind::Query(e.message) }
}

/// Reads and compiles the rule of one claim.
pub(super) fn compile(
    pack: &Pack,
    index: usize,
    lexicons: &Lexicons,
    atoms: &mut AtomTable,
) -> Result<Node, PackError> {
    let path = Path::default().field("claim").index(index).field("rule");
    let tree = parse(&pack.claims[index].rule).map_err(|e| query_error(path.clone(), e))?;
    let mut terms = 0;
    node(&tree, lexicons, atoms, &mut terms).map_err(|e| query_error(path.clone(), e))
}

fn node(tree: &Expr, lexicons: &Lexicons, atoms: &mut AtomTable, count: &mut usize) -> Result<Node, QueryError> {
    Ok(match tree {
        Expr::Term(_) | Expr::Lexicon { .. } => {
            let mut leaf = Vec::new();
            leaf_atoms(tree, lexicons, atoms, &mut leaf, count)?;
            Node::Set(atoms.set(leaf))
        }
        Expr::And(children) => {
            let (mut all, mut none) = (Vec::new(), Vec::new());
            for child in children {
                match child {
                    Expr::Not(inner) => none.push(node(inner, lexicons, atoms, count)?),
                    child => all.push(node(child, lexicons, atoms, count)?),
                }
            }
            Node::And { all, none }
        }
        Expr::Or(children) => {
            // Words beside one another in an OR are one set: a rule costs by its hits, not by its words.
            let (mut leaf, mut nodes) = (Vec::new(), Vec::new());
            for child in children {
                match child {
                    Expr::Term(_) | Expr::Lexicon { .. } => leaf_atoms(child, lexicons, atoms, &mut leaf, count)?,
                    child => nodes.push(node(child, lexicons, atoms, count)?),
                }
            }
            if !leaf.is_empty() {
                nodes.push(Node::Set(atoms.set(leaf)));
            }
            if nodes.len() == 1 { nodes.remove(0) } else { Node::Or(nodes) }
        }
        // `parse` lets it stand under `And` only.
        Expr::Not(inner) => node(inner, lexicons, atoms, count)?,
        Expr::Near { left, right, distance, ordered } => Node::Near {
            left: Box::new(node(left, lexicons, atoms, count)?),
            right: Box::new(node(right, lexicons, atoms, count)?),
            distance: *distance,
            ordered: *ordered,
        },
    })
}

fn leaf_atoms(
    leaf: &Expr,
    lexicons: &Lexicons,
    atoms: &mut AtomTable,
    into: &mut Vec<AtomId>,
    count: &mut usize,
) -> Result<(), QueryError> {
    let at = match leaf {
        Expr::Term(term) => {
            into.push(atoms.atom(term));
            *count += 1;
            term.at.clone()
        }
        Expr::Lexicon { name, at } => {
            let words = lexicons
                .0
                .get(name)
                .ok_or_else(|| QueryError { at: at.clone(), message: format!("no lexicon `{name}` in this pack") })?;
            into.extend(words);
            *count += words.len();
            at.clone()
        }
        _ => return Ok(()),
    };
    if *count > Limits::QUERY_TERMS {
        let message = format!("more than {} words, those of its lexicons counted", Limits::QUERY_TERMS);
        return Err(QueryError { at, message });
    }
    Ok(())
}
