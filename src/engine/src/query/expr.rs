use super::{Condition, Term};
use rejoinder_wire::{PartKind, Stance};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A query as a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// A word, phrase, wildcard, stem, sign and so on: whatever is looked for in the text itself.
    Term(Term),
    /// Any word of a lexicon of the pack.
    Lexicon {
        /// Its name.
        name: String,
        /// Bytes in the query.
        at: Range<usize>,
    },
    /// What the rule of another claim of the pack finds.
    Rule {
        /// Id of the claim.
        id: String,
        /// Bytes in the query.
        at: Range<usize>,
    },
    /// Every one of these, anywhere in the post.
    And(Vec<Expr>),
    /// At least one of these.
    Or(Vec<Expr>),
    /// Nothing of this in the post. Only beside something positive, under [`Expr::And`].
    Not(Box<Expr>),
    /// Both, at most `distance` words apart (neighbours are 1 apart), in one sentence.
    Near {
        /// The first.
        left: Box<Expr>,
        /// The second.
        right: Box<Expr>,
        /// Words.
        distance: u32,
        /// Whether `left` must come first.
        ordered: bool,
    },
    /// The first, where the second is not within `distance` words of it in the same sentence.
    Away {
        /// What is looked for.
        left: Box<Expr>,
        /// What must not be near.
        right: Box<Expr>,
        /// Words.
        distance: u32,
    },
    /// A phrase with gaps: each run of words, then at least 1 and at most so many other words, in one sentence.
    Gaps {
        /// The runs of words.
        runs: Vec<Term>,
        /// Words that may stand behind each run but the last.
        gaps: Vec<u32>,
    },
    /// Every word of a phrase, in any order, with at most `slack` other words among them, in one sentence.
    Loose {
        /// The words.
        words: Vec<Term>,
        /// Other words.
        slack: u32,
    },
    /// As within one sentence or paragraph, instead of the post.
    Within {
        /// Of which.
        unit: Unit,
        /// What.
        inner: Box<Expr>,
    },
    /// As many of these that their weights add up to `least`.
    AtLeast {
        /// Least sum of weights.
        least: u32,
        /// What, and its weight.
        items: Vec<(Expr, u32)>,
    },
    /// In these parts of the post only.
    In {
        /// Which ones.
        field: Field,
        /// What.
        inner: Box<Expr>,
    },
    /// Where the stance of the poster towards it is this one.
    Stance {
        /// Which one.
        stance: Stance,
        /// What.
        inner: Box<Expr>,
    },
    /// Something about the post that is no word in it.
    Condition(Condition),
}

impl Expr {
    /// The parts that it is made of.
    pub fn children(&self) -> Vec<&Expr> {
        match self {
            Expr::Term(_) | Expr::Lexicon { .. } | Expr::Rule { .. } | Expr::Condition(_) => Vec::new(),
            Expr::Gaps { .. } | Expr::Loose { .. } => Vec::new(),
            Expr::And(children) | Expr::Or(children) => children.iter().collect(),
            Expr::Not(inner) | Expr::Within { inner, .. } | Expr::In { inner, .. } | Expr::Stance { inner, .. } => {
                vec![inner]
            }
            Expr::Near { left, right, .. } | Expr::Away { left, right, .. } => vec![left, right],
            Expr::AtLeast { items, .. } => items.iter().map(|(item, _)| item).collect(),
        }
    }
}

/// Of what something must be within.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// The post.
    #[default]
    Post,
    /// One paragraph.
    Paragraph,
    /// One sentence.
    Sentence,
}

/// Parts of a post that a query can be held to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Field {
    /// The poster's own words: title and body. What is meant when nothing is said.
    #[default]
    Own,
    /// The title.
    Title,
    /// The poster's own words but for the title.
    Body,
    /// The post that is answered.
    Parent,
    /// The first post of the thread.
    Root,
    /// What the poster quotes.
    Quote,
    /// The poster's own words and what they quote.
    Quoted,
}

impl Field {
    /// Whether a part belongs to it.
    pub fn holds(self, part: PartKind) -> bool {
        match self {
            Field::Own => matches!(part, PartKind::Own | PartKind::Title),
            Field::Title => part == PartKind::Title,
            Field::Body => part == PartKind::Own,
            Field::Parent => part == PartKind::Parent,
            Field::Root => part == PartKind::Root,
            Field::Quote => part == PartKind::Quote,
            Field::Quoted => matches!(part, PartKind::Own | PartKind::Title | PartKind::Quote),
        }
    }
}
