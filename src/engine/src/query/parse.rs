use super::{Expr, Term, WordPattern};
use crate::pack::Limits;
use crate::text::{is_word_char, words_of};
use pest::Parser as _;
use pest::error::{ErrorVariant, InputLocation};
use pest::iterators::Pair;
use std::fmt;
use std::ops::Range;

#[allow(missing_docs, unreachable_pub)]
mod grammar {
    #[derive(pest_derive::Parser)]
    #[grammar = "query/query.pest"]
    pub(super) struct Grammar;
}
use grammar::{Grammar, Rule};

/// Why a query cannot be used, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// Bytes in the query.
    pub at: Range<usize>,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (byte {})", self.message, self.at.start)
    }
}

impl std::error::Error for QueryError {}

/// Reads a query.
///
/// # Errors
/// Where and why it is not one: syntax, bounds ([`Limits`]), a wildcard that would match nearly every word, a query
/// of negatives only, a `NOT` where nothing positive stands beside it.
pub fn parse(query: &str) -> Result<Expr, QueryError> {
    if query.len() > Limits::QUERY_BYTES {
        return Err(error(0..0, format!("{} bytes; a query has at most {}", query.len(), Limits::QUERY_BYTES)));
    }
    depth(query)?;
    let mut pairs = Grammar::parse(Rule::query, query).map_err(|e| syntax(query, &e))?;
    let or = pairs.next().and_then(|q| q.into_inner().next());
    let or = or.ok_or_else(|| error(0..query.len(), "an empty query".to_owned()))?;
    let tree = expr(or)?;
    positive(&tree, 0..query.len())?;
    Ok(tree)
}

/// Reads a word of a lexicon or cue: a term, of which several words are a phrase without quotation marks.
///
/// # Errors
/// As [`parse`].
pub fn parse_term(text: &str) -> Result<Term, QueryError> {
    let mut rest = text;
    let (mut case, mut accent) = (false, false);
    loop {
        if let Some(after) = rest.strip_prefix("case:").or_else(|| rest.strip_prefix("casse:")) {
            (case, rest) = (true, after);
        } else if let Some(after) = rest.strip_prefix("accent:") {
            (accent, rest) = (true, after);
        } else {
            break;
        }
    }
    term(rest, case, accent, text, 0..text.len())
}

fn error(at: Range<usize>, message: String) -> QueryError {
    QueryError { at, message }
}

/// Refuses deep nesting before the parser, which recurses, sees it.
fn depth(query: &str) -> Result<(), QueryError> {
    let mut open = 0;
    for (at, c) in query.char_indices() {
        match c {
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
        if open > Limits::QUERY_DEPTH as i64 {
            return Err(error(at..at + 1, format!("groups are nested more than {} deep", Limits::QUERY_DEPTH)));
        }
    }
    Ok(())
}

fn syntax(query: &str, e: &pest::error::Error<Rule>) -> QueryError {
    let at = match e.location {
        InputLocation::Pos(at) => at..(at + query[at..].chars().next().map_or(0, char::len_utf8)),
        InputLocation::Span((from, to)) => from..to,
    };
    let found = match query[at.start..].split_whitespace().next() {
        None => "the end of the query".to_owned(),
        Some(word) => format!("`{}`", word.chars().take(20).collect::<String>()),
    };
    let wanted = match &e.variant {
        ErrorVariant::CustomError { message } => return error(at, message.clone()),
        ErrorVariant::ParsingError { positives, .. } => positives,
    };
    let operator_ok = wanted.iter().any(|r| matches!(r, Rule::or_op | Rule::and_op | Rule::EOI | Rule::near_op));
    let unclosed = query.matches('(').count() > query.matches(')').count();
    let message = if wanted.contains(&Rule::name) {
        "the name of a lexicon was expected after `lex:`".to_owned()
    } else if at.start >= query.trim_end().len() && unclosed {
        "a group is not closed: `)` is missing".to_owned()
    } else if operator_ok {
        format!("an operator, a word or the end was expected, not {found}")
    } else {
        format!("a word, a phrase or a group was expected, not {found}")
    };
    error(at, message)
}

fn expr(pair: Pair<'_, Rule>) -> Result<Expr, QueryError> {
    let span = pair.as_span();
    let at = span.start()..span.end();
    match pair.as_rule() {
        Rule::or => {
            let children = children(pair)?;
            Ok(one_or(children, Expr::Or))
        }
        Rule::and => {
            let children = children(pair)?;
            Ok(one_or(children, Expr::And))
        }
        Rule::not => {
            let mut negated = false;
            let mut inner = None;
            for child in pair.into_inner() {
                if child.as_rule() == Rule::not_op {
                    negated = !negated;
                } else {
                    inner = Some(expr(child)?);
                }
            }
            let inner = inner.ok_or_else(|| error(at, "nothing after NOT".to_owned()))?;
            Ok(if negated { Expr::Not(Box::new(inner)) } else { inner })
        }
        Rule::near => near(pair),
        Rule::group => {
            let inner = pair.into_inner().next().ok_or_else(|| error(at, "an empty group".to_owned()))?;
            expr(inner)
        }
        Rule::lexicon => {
            let name = pair.into_inner().next().map(|n| n.as_str().to_owned()).unwrap_or_default();
            Ok(Expr::Lexicon { name, at })
        }
        Rule::modified => {
            let source = pair.as_str();
            let (mut case, mut accent, mut body) = (false, false, "");
            for child in pair.into_inner() {
                match child.as_rule() {
                    Rule::modifier if child.as_str() == "accent:" => accent = true,
                    Rule::modifier => case = true,
                    Rule::phrase => body = child.into_inner().next().map_or("", |p| p.as_str()),
                    _ => body = child.as_str(),
                }
            }
            Ok(Expr::Term(term(body, case, accent, source, at)?))
        }
        Rule::phrase => {
            let source = pair.as_str();
            let body = pair.into_inner().next().map_or("", |p| p.as_str());
            Ok(Expr::Term(term(body, false, false, source, at)?))
        }
        _ => Ok(Expr::Term(term(pair.as_str(), false, false, pair.as_str(), at)?)),
    }
}

fn children(pair: Pair<'_, Rule>) -> Result<Vec<Expr>, QueryError> {
    pair.into_inner().filter(|p| !matches!(p.as_rule(), Rule::or_op | Rule::and_op)).map(expr).collect()
}

fn one_or(mut children: Vec<Expr>, many: fn(Vec<Expr>) -> Expr) -> Expr {
    if children.len() == 1 { children.remove(0) } else { many(children) }
}

/// Left to right: `a NEAR/2 b NEAR/3 c` is `(a NEAR/2 b) NEAR/3 c`.
fn near(pair: Pair<'_, Rule>) -> Result<Expr, QueryError> {
    let mut left: Option<Expr> = None;
    let mut operator: Option<(u32, bool)> = None;
    for child in pair.into_inner() {
        if child.as_rule() == Rule::near_op {
            operator = Some(near_operator(child)?);
            continue;
        }
        let right = expr(child)?;
        left = Some(match (left.take(), operator.take()) {
            (Some(left), Some((distance, ordered))) => {
                Expr::Near { left: Box::new(left), right: Box::new(right), distance, ordered }
            }
            _ => right,
        });
    }
    left.ok_or_else(|| error(0..0, "nothing beside NEAR".to_owned()))
}

fn near_operator(pair: Pair<'_, Rule>) -> Result<(u32, bool), QueryError> {
    let span = pair.as_span();
    let at = span.start()..span.end();
    let (mut distance, mut ordered) = (0, false);
    for child in pair.into_inner() {
        match child.as_rule() {
            Rule::near_name => ordered = matches!(child.as_str(), "ONEAR" | "AVANT"),
            Rule::distance => distance = child.as_str().parse().unwrap_or(u32::MAX),
            _ => ordered = true,
        }
    }
    if distance == 0 || distance > Limits::NEAR {
        return Err(error(at, format!("a distance is 1 to {} words", Limits::NEAR)));
    }
    Ok((distance, ordered))
}

fn term(body: &str, case: bool, accent: bool, source: &str, at: Range<usize>) -> Result<Term, QueryError> {
    let words: Vec<WordPattern> = if body.contains(['*', '?']) {
        body.split(|c: char| {
            !(is_word_char(c)
                || matches!(c, '*' | '?' | '@' | '$' | '€')
                || !c.is_ascii() && !c.is_whitespace() && c.is_alphanumeric())
        })
        .filter(|w| !w.is_empty())
        .map(WordPattern::new)
        .collect()
    } else if case || accent {
        // Kept forms are compared with the original words, so the pattern's own are kept too.
        body.split(|c: char| !is_word_char(c) && !is_mark(c)).filter(|w| !w.is_empty()).map(WordPattern::new).collect()
    } else {
        words_of(body).iter().map(|w| WordPattern::new(w)).collect()
    };
    if words.is_empty() {
        return Err(error(at, format!("`{source}` holds no word")));
    }
    let anchored = words.iter().any(|w| w.is_literal() || w.anchor().chars().count() >= Limits::WILDCARD_LETTERS);
    if !anchored {
        let least = Limits::WILDCARD_LETTERS;
        return Err(error(at, format!("`{source}` would match nearly every word: keep {least} letters together")));
    }
    Ok(Term { words, case, accent, source: source.trim().to_owned(), at })
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// A query must say what to look for, not only what to leave out.
fn positive(tree: &Expr, at: Range<usize>) -> Result<(), QueryError> {
    match tree {
        Expr::Term(_) | Expr::Lexicon { .. } => Ok(()),
        Expr::And(children) => {
            let mut any = false;
            for child in children {
                match child {
                    Expr::Not(inner) => positive(inner, at.clone())?,
                    child => {
                        positive(child, at.clone())?;
                        any = true;
                    }
                }
            }
            if any { Ok(()) } else { Err(only_negatives(at)) }
        }
        Expr::Or(children) => children.iter().try_for_each(|c| positive(c, at.clone())),
        Expr::Near { left, right, .. } => {
            positive(left, at.clone())?;
            positive(right, at)
        }
        Expr::Not(_) => Err(only_negatives(at)),
    }
}

fn only_negatives(at: Range<usize>) -> QueryError {
    error(at, "a query of negatives only: put a word to look for beside NOT, in the same group".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(expr: &Expr) -> String {
        let list = |children: &[Expr]| children.iter().map(show).collect::<Vec<_>>().join(" ");
        match expr {
            Expr::Term(t) => {
                let words: Vec<&str> = t.words.iter().map(WordPattern::folded).collect();
                format!(
                    "{}{}{}",
                    if t.case { "case:" } else { "" },
                    if t.accent { "accent:" } else { "" },
                    words.join("_")
                )
            }
            Expr::Lexicon { name, .. } => format!("lex:{name}"),
            Expr::And(c) => format!("(& {})", list(c)),
            Expr::Or(c) => format!("(| {})", list(c)),
            Expr::Not(c) => format!("!{}", show(c)),
            Expr::Near { left, right, distance, ordered } => {
                format!("({} {}{distance} {})", show(left), if *ordered { ">" } else { "~" }, show(right))
            }
        }
    }

    #[test]
    fn trees() {
        for (query, want) in [
            ("vaccin", "vaccin"),
            ("vaccin autisme", "(& vaccin autisme)"),
            ("vaccin ET autisme", "(& vaccin autisme)"),
            ("ror OR rougeole AND vaccin", "(| ror (& rougeole vaccin))"),
            ("(ror OU rougeole) vaccin", "(& (| ror rougeole) vaccin)"),
            ("vaccin NOT chien", "(& vaccin !chien)"),
            ("vaccin SAUF (chien | chat)", "(& vaccin !(| chien chat))"),
            ("vaccin -chien", "(& vaccin !chien)"),
            ("vaccin AND NOT chien", "(& vaccin !chien)"),
            ("anti-vax", "anti_vax"),
            ("l'autisme", "l_autisme"),
            ("\"pilule du lendemain\"", "pilule_du_lendemain"),
            ("« big pharma »", "big_pharma"),
            ("\"vaccin* tue\"", "vaccin*_tue"),
            ("a1 NEAR/3 b1 NEAR/4f c1", "((a1 ~3 b1) >4 c1)"),
            ("jeûne PRÈS/4 cancer", "(jeune ~4 cancer)"),
            ("vaccin AVANT/5 (tue OR mort)", "(vaccin >5 (| tue mort))"),
            ("x1 NEAR/2 y1 OR z1", "(| (x1 ~2 y1) z1)"),
            ("case:ROR accent:\"pâte à pain\"", "(& case:ror accent:pate_a_pain)"),
            ("lex:vaccin NEAR/2 lex:autisme_fr", "(lex:vaccin ~2 lex:autisme_fr)"),
            ("ORange OUi NOTe ETe", "(& orange oui note ete)"),
            ("vaccin <<<pas (celui du chien>>> tue", "(& vaccin tue)"),
            ("R.O.R", "ror"),
        ] {
            match parse(query) {
                Ok(tree) => assert_eq!(show(&tree), want, "{query}"),
                Err(e) => panic!("{query}: {e}"),
            }
        }
    }

    #[test]
    fn refusals() {
        let deep = format!("{}a{}", "(".repeat(40), ")".repeat(40));
        let long = "vaccin ".repeat(Limits::QUERY_BYTES / 6);
        for (query, want) in [
            ("", "a word, a phrase or a group was expected, not the end of the query"),
            ("NOT vaccin", "negatives only"),
            ("a1 OR NOT b1", "negatives only"),
            ("(vaccin", "`)` is missing"),
            ("vaccin)", "not `)`"),
            ("vaccin AND", "a word, a phrase or a group was expected"),
            ("OR vaccin", "a word, a phrase or a group was expected"),
            ("vaccin NEAR/0 mort", "a distance is 1 to"),
            ("vaccin NEAR/99999999999 mort", "a distance is 1 to"),
            ("a*", "nearly every word"),
            ("\"...\"", "holds no word"),
            ("lex:", "name of a lexicon"),
            (deep.as_str(), "nested more than"),
            (long.as_str(), "a query has at most"),
        ] {
            match parse(query) {
                Ok(tree) => panic!("{query}: {}", show(&tree)),
                Err(e) => {
                    assert!(e.message.contains(want), "{query}: {e}");
                    assert!(query.get(e.at.clone()).is_some(), "{query}: {:?}", e.at);
                }
            }
        }
    }
}
