use super::Term;
use std::ops::Range;

/// A query as a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// A word, phrase or wildcard.
    Term(Term),
    /// Any word of a lexicon of the pack.
    Lexicon {
        /// Its name.
        name: String,
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
}
