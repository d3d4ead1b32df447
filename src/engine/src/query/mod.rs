//! The query language of rules: what can be written (`query.pest`), and the tree it is read as.

mod expr;
mod parse;
mod term;

pub use expr::Expr;
pub use parse::{QueryError, parse, parse_term};
pub use term::{Term, WordPattern};
