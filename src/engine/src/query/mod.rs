//! The query language of rules: what can be written (`query.pest`, `docs/queries.md`), the tree it is read as, what
//! looks like a mistake in it, and how it is said in words.

mod condition;
mod error;
mod expr;
mod form;
mod lint;
mod parse;
mod prefix;
mod speech;
mod term;

mod word;

pub use condition::{Comparison, Condition, Quantity};
pub use error::QueryError;
pub use expr::{Expr, Field, Unit};
pub use lint::{Lint, LintKind, lint, lint_words};
pub use parse::{parse, parse_term};
pub use speech::{Speech, describe};
pub use term::{Form, Term, Words};
pub use word::WordPattern;

pub(crate) use word::glob;
