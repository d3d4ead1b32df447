use super::parse::Rule;
use pest::error::{ErrorVariant, InputLocation};
use std::fmt;
use std::ops::Range;

/// Why a query cannot be used, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// Bytes in the query.
    pub at: Range<usize>,
    /// What is wrong.
    pub message: String,
}

impl QueryError {
    pub(crate) fn new(at: Range<usize>, message: impl Into<String>) -> QueryError {
        QueryError { at, message: message.into() }
    }

    /// What the grammar's error means to who wrote the query.
    pub(super) fn syntax(query: &str, e: &pest::error::Error<Rule>) -> QueryError {
        let at = match e.location {
            InputLocation::Pos(at) => at..(at + query[at..].chars().next().map_or(0, char::len_utf8)),
            InputLocation::Span((from, to)) => from..to,
        };
        let found = match query[at.start..].split_whitespace().next() {
            None => "the end of the query".to_owned(),
            Some(word) => format!("`{}`", word.chars().take(20).collect::<String>()),
        };
        let wanted = match &e.variant {
            // The only error of the parser's own: its bound on steps.
            ErrorVariant::CustomError { .. } => return QueryError::new(at, "too tangled to be read; split the rule"),
            ErrorVariant::ParsingError { positives, .. } => positives,
        };
        let operator_ok = wanted.iter().any(|r| matches!(r, Rule::or_op | Rule::and_op | Rule::EOI | Rule::near_op));
        let unclosed = query.matches('(').count() > query.matches(')').count();
        let message = if at.start >= query.trim_end().len() && unclosed {
            "a group is not closed: `)` is missing".to_owned()
        } else if wanted.contains(&Rule::list) {
            format!("a list in brackets was expected, `(a, b, c)`, not {found}")
        } else if operator_ok {
            format!("an operator, a word or the end was expected, not {found}")
        } else {
            format!("a word, a phrase or a group was expected, not {found}")
        };
        QueryError::new(at, message)
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (byte {})", self.message, self.at.start)
    }
}

impl std::error::Error for QueryError {}
