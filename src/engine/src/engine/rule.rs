use super::atoms::{AtomId, AtomTable, SetId};
use crate::language::Language;
use crate::pack::{Claim, Lexicon, Limits, Pack, PackError, PackErrorKind, Path};
use crate::query::{Condition, Expr, Field, QueryError, Term, Unit, parse, parse_term};
use rejoinder_wire::{FindingKind, Stance};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::ops::Range;

/// A rule's tree, its leaves replaced by sets of atoms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Node {
    /// Any atom of a set.
    Set(SetId),
    /// Every one of `all`, and nothing of `none`, where the conditions are as said.
    And { all: Vec<Node>, none: Vec<Node>, given: Vec<(Condition, bool)> },
    /// At least one.
    Or(Vec<Node>),
    /// Both, within a distance, in one sentence.
    Near { left: Box<Node>, right: Box<Node>, distance: u32, ordered: bool },
    /// The left, where no right is within a distance.
    Away { left: Box<Node>, right: Box<Node>, distance: u32 },
    /// Sets in order, with 1 to so many words behind each but the last.
    Gaps { runs: Vec<SetId>, gaps: Vec<u32> },
    /// Sets in any order, with so many other words among them.
    Loose { words: Vec<SetId>, slack: u32 },
    /// As within a unit.
    Within { unit: Unit, inner: Box<Node> },
    /// As many that their weights reach `least`, those of the conditions that hold counted.
    AtLeast { least: u32, items: Vec<(Node, u32)>, given: Vec<(Condition, u32)> },
    /// In a field.
    In { field: Field, inner: Box<Node> },
    /// In a stance.
    Stance { stance: Stance, inner: Box<Node> },
}

impl Node {
    /// The sets of which at least one is hit wherever the rule holds, as few and as seldom ones as can be told:
    /// `heat` says how often a set may be hit. One part of a conjunction is enough.
    pub(super) fn triggers(&self, heat: &impl Fn(SetId) -> usize) -> Vec<SetId> {
        let coolest = |of: Vec<Vec<SetId>>| {
            of.into_iter().min_by_key(|sets| sets.iter().map(|set| heat(*set)).sum::<usize>()).unwrap_or_default()
        };
        match self {
            Node::Set(set) => vec![*set],
            Node::And { all, .. } => coolest(all.iter().map(|node| node.triggers(heat)).collect()),
            Node::Or(all) => all.iter().flat_map(|node| node.triggers(heat)).collect(),
            Node::Near { left, right, .. } => coolest(vec![left.triggers(heat), right.triggers(heat)]),
            Node::Away { left, .. } => left.triggers(heat),
            Node::Gaps { runs: sets, .. } | Node::Loose { words: sets, .. } => {
                coolest(sets.iter().map(|set| vec![*set]).collect())
            }
            Node::AtLeast { items, .. } => items.iter().flat_map(|(node, _)| node.triggers(heat)).collect(),
            Node::Within { inner, .. } | Node::In { inner, .. } | Node::Stance { inner, .. } => inner.triggers(heat),
        }
    }

    /// Calls `each` with every set in it.
    pub(super) fn sets(&self, each: &mut impl FnMut(SetId)) {
        match self {
            Node::Set(set) => each(*set),
            Node::And { all, none, .. } => all.iter().chain(none).for_each(|node| node.sets(each)),
            Node::Or(all) => all.iter().for_each(|node| node.sets(each)),
            Node::Near { left, right, .. } | Node::Away { left, right, .. } => {
                left.sets(each);
                right.sets(each);
            }
            Node::Gaps { runs: sets, .. } | Node::Loose { words: sets, .. } => sets.iter().for_each(|set| each(*set)),
            Node::AtLeast { items, .. } => items.iter().for_each(|(node, _)| node.sets(each)),
            Node::Within { inner, .. } | Node::In { inner, .. } | Node::Stance { inner, .. } => inner.sets(each),
        }
    }
}

/// What a finding says of its claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stated {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) topic: String,
    pub(super) kind: FindingKind,
    pub(super) distress: bool,
    pub(super) harm: u8,
}

impl Stated {
    pub(super) fn of(claim: &Claim) -> Stated {
        Stated {
            id: claim.id.clone(),
            title: claim.title.clone(),
            topic: claim.topic.clone(),
            kind: claim.kind,
            distress: claim.distress || claim.kind == FindingKind::Signal,
            harm: claim.harm,
        }
    }
}

/// A claim and its compiled rule.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Rule {
    /// Its pack, as an index in the engine's list.
    pub(super) pack: usize,
    /// What a finding says of its claim.
    pub(super) claim: Stated,
    /// Its rule.
    pub(super) node: Node,
}

/// Reads a list of words in the form of [`Lexicon::words`].
pub(super) fn terms(words: &[String], at: &Path) -> Result<Vec<Term>, PackError> {
    let term = |(i, word): (usize, &String)| parse_term(word).map_err(|e| query_error(at.field("words").index(i), e));
    words.iter().enumerate().map(term).collect()
}

pub(super) fn query_error(path: Path, e: QueryError) -> PackError {
    PackError { path, within: Some(e.at), kind: PackErrorKind::Query(e.message) }
}

/// Compiles the queries of one pack. Its lexicons are read once, however many rules name them.
pub(super) struct Compiler<'p> {
    pack: &'p Pack,
    language: Language,
    lexicons: HashMap<&'p str, Vec<AtomId>>,
}

/// How much a rule has used up.
#[derive(Default)]
struct Used {
    terms: usize,
    nodes: usize,
    /// The claims whose rules are being read, outermost first.
    rules: Vec<String>,
}

impl<'p> Compiler<'p> {
    /// Reads every word of every lexicon of a pack.
    ///
    /// # Errors
    /// The first word that cannot be used.
    pub(super) fn new(pack: &'p Pack, atoms: &mut AtomTable) -> Result<Compiler<'p>, PackError> {
        let language = Language::of_tag(&pack.language);
        let mut lexicons = HashMap::new();
        for (i, Lexicon { name, words, .. }) in pack.lexicons.iter().enumerate() {
            let terms = terms(words, &Path::default().field("lexicon").index(i))?;
            let mut ids = Vec::new();
            terms.iter().for_each(|term| atoms.atoms(term, language, &mut ids));
            lexicons.insert(name.as_str(), ids);
        }
        Ok(Compiler { pack, language, lexicons })
    }

    /// The atoms of a list of words.
    pub(super) fn words(&self, words: &[String], at: &Path, atoms: &mut AtomTable) -> Result<Vec<AtomId>, PackError> {
        let mut ids = Vec::new();
        terms(words, at)?.iter().for_each(|term| atoms.atoms(term, self.language, &mut ids));
        Ok(ids)
    }

    /// Reads and compiles the rule of one claim.
    pub(super) fn rule(&self, claim: usize, atoms: &mut AtomTable) -> Result<Node, PackError> {
        let path = Path::default().field("claim").index(claim).field("rule");
        let Claim { id, rule, .. } = &self.pack.claims[claim];
        let tree = parse(rule).map_err(|e| query_error(path.clone(), e))?;
        let mut used = Used { rules: vec![id.clone()], ..Used::default() };
        self.node(&tree, atoms, &mut used).map_err(|e| query_error(path, e))
    }

    /// Compiles a tree.
    pub(super) fn tree(&self, tree: &Expr, atoms: &mut AtomTable) -> Result<Node, QueryError> {
        self.node(tree, atoms, &mut Used::default())
    }

    fn node(&self, tree: &Expr, atoms: &mut AtomTable, used: &mut Used) -> Result<Node, QueryError> {
        used.nodes += 1;
        if used.nodes > Limits::RULE_NODES {
            let message = format!("more than {} operators, those of the rules it names counted", Limits::RULE_NODES);
            return Err(QueryError::new(0..0, message));
        }
        Ok(match tree {
            Expr::Term(_) | Expr::Lexicon { .. } => Node::Set(self.leaf(&[tree], atoms, used)?),
            Expr::Rule { id, at } => self.named(id, at, atoms, used)?,
            Expr::And(children) => {
                let (mut all, mut none, mut given) = (Vec::new(), Vec::new(), Vec::new());
                for child in children {
                    match child {
                        Expr::Condition(condition) => given.push((condition.clone(), true)),
                        Expr::Not(inner) => match &**inner {
                            Expr::Condition(condition) => given.push((condition.clone(), false)),
                            inner => none.push(self.node(inner, atoms, used)?),
                        },
                        child => all.push(self.node(child, atoms, used)?),
                    }
                }
                Node::And { all, none, given }
            }
            Expr::Or(children) => self.any(children, atoms, used)?,
            // `parse` lets these stand where they are dealt with only.
            Expr::Not(inner) => self.node(inner, atoms, used)?,
            Expr::Condition(condition) => {
                Node::And { all: Vec::new(), none: Vec::new(), given: vec![(condition.clone(), true)] }
            }
            Expr::Near { left, right, distance, ordered } => Node::Near {
                left: Box::new(self.node(left, atoms, used)?),
                right: Box::new(self.node(right, atoms, used)?),
                distance: *distance,
                ordered: *ordered,
            },
            Expr::Away { left, right, distance } => Node::Away {
                left: Box::new(self.node(left, atoms, used)?),
                right: Box::new(self.node(right, atoms, used)?),
                distance: *distance,
            },
            Expr::Gaps { runs, gaps } => Node::Gaps { runs: self.each(runs, atoms, used)?, gaps: gaps.clone() },
            Expr::Loose { words, slack } => Node::Loose { words: self.each(words, atoms, used)?, slack: *slack },
            Expr::Within { unit, inner } => {
                Node::Within { unit: *unit, inner: Box::new(self.node(inner, atoms, used)?) }
            }
            Expr::AtLeast { least, items } => {
                let (mut nodes, mut given) = (Vec::new(), Vec::new());
                for (item, weight) in items {
                    match item {
                        Expr::Condition(condition) => given.push((condition.clone(), *weight)),
                        item => nodes.push((self.node(item, atoms, used)?, *weight)),
                    }
                }
                Node::AtLeast { least: *least, items: nodes, given }
            }
            Expr::In { field, inner } => Node::In { field: *field, inner: Box::new(self.node(inner, atoms, used)?) },
            Expr::Stance { stance, inner } => {
                Node::Stance { stance: *stance, inner: Box::new(self.node(inner, atoms, used)?) }
            }
        })
    }

    /// Words beside one another in an OR are one set: a rule costs by its hits, not by its words. A lexicon stays a
    /// set of its own, which all rules that name it share.
    fn any(&self, children: &[Expr], atoms: &mut AtomTable, used: &mut Used) -> Result<Node, QueryError> {
        let mut nodes = Vec::new();
        let (words, others): (Vec<&Expr>, Vec<&Expr>) = children.iter().partition(|c| matches!(c, Expr::Term(_)));
        for child in others {
            nodes.push(self.node(child, atoms, used)?);
        }
        if !words.is_empty() {
            nodes.push(Node::Set(self.leaf(&words, atoms, used)?));
        }
        Ok(if nodes.len() == 1 { nodes.remove(0) } else { Node::Or(nodes) })
    }

    fn each(&self, terms: &[Term], atoms: &mut AtomTable, used: &mut Used) -> Result<Vec<SetId>, QueryError> {
        terms.iter().map(|term| self.leaf(&[&Expr::Term(term.clone())], atoms, used)).collect()
    }

    fn leaf(&self, leaves: &[&Expr], atoms: &mut AtomTable, used: &mut Used) -> Result<SetId, QueryError> {
        let mut into = Vec::new();
        for leaf in leaves {
            let before = into.len();
            let at = match leaf {
                Expr::Term(term) => {
                    atoms.atoms(term, self.language, &mut into);
                    &term.at
                }
                Expr::Lexicon { name, at } => {
                    let words = self.lexicons.get(name.as_str());
                    into.extend(
                        words
                            .ok_or_else(|| QueryError::new(at.clone(), format!("no lexicon `{name}` in this pack")))?,
                    );
                    at
                }
                _ => continue,
            };
            used.terms += into.len() - before;
            if used.terms > Limits::QUERY_TERMS {
                let message = format!("more than {} words, those of its lexicons counted", Limits::QUERY_TERMS);
                return Err(QueryError::new(at.clone(), message));
            }
        }
        Ok(atoms.set(into))
    }

    /// What the rule of another claim finds, put in its place.
    fn named(&self, id: &str, at: &Range<usize>, atoms: &mut AtomTable, used: &mut Used) -> Result<Node, QueryError> {
        let Some(claim) = self.pack.claims.iter().find(|claim| claim.id == id) else {
            return Err(QueryError::new(at.clone(), format!("no claim `{id}` in this pack")));
        };
        if used.rules.iter().any(|open| open == id) {
            let circle = used.rules.join("` names `");
            return Err(QueryError::new(
                at.clone(),
                format!("the rules name one another in a circle: `{circle}` names `{id}`"),
            ));
        }
        let here = |e: QueryError| QueryError::new(at.clone(), format!("in the rule of `{id}`: {}", e.message));
        let tree = parse(&claim.rule).map_err(here)?;
        used.rules.push(id.to_owned());
        let node = self.node(&tree, atoms, used).map_err(here)?;
        used.rules.pop();
        Ok(node)
    }
}
