use super::condition;
use super::form::{Modifiers, regex, tag, term};
use super::prefix::{Prefix, prefix};
use super::{Expr, Field, Form, QueryError, Term, Unit};
use crate::pack::Limits;
use pest::Parser as _;
use pest::iterators::Pair;
use std::ops::Range;

#[allow(missing_docs, unreachable_pub)]
mod grammar {
    #[derive(pest_derive::Parser)]
    #[grammar = "query/query.pest"]
    pub(super) struct Grammar;
}
use grammar::Grammar;
pub(super) use grammar::Rule;

/// Reads a query.
///
/// # Errors
/// Where and why it is not one: syntax, bounds ([`Limits`]), an operator that does not exist or is refused, a wildcard
/// that would match nearly every word, a query of negatives or conditions only, a `NOT` where nothing positive stands
/// beside it.
pub fn parse(query: &str) -> Result<Expr, QueryError> {
    if query.len() > Limits::QUERY_BYTES {
        return Err(error(0..0, format!("{} bytes; a query has at most {}", query.len(), Limits::QUERY_BYTES)));
    }
    depth(query)?;
    // The grammar reads nothing twice; this holds should that fail.
    pest::set_call_limit(Some(Limits::QUERY_STEPS));
    let mut pairs = Grammar::parse(Rule::query, query).map_err(|e| QueryError::syntax(query, &e))?;
    let or = pairs.next().and_then(|q| q.into_inner().next());
    let or = or.ok_or_else(|| error(0..query.len(), "an empty query"))?;
    let mut tree = expr(or)?;
    if take_quotes(&mut tree) {
        tree = Expr::In { field: Field::Quoted, inner: Box::new(tree) };
    }
    positive(&tree, 0..query.len())?;
    Ok(tree)
}

/// Reads a word of a lexicon or cue: a term, of which several words are a phrase without quotation marks.
///
/// # Errors
/// As [`parse`].
pub fn parse_term(text: &str) -> Result<Term, QueryError> {
    let mut with = Modifiers::default();
    let mut rest = text.trim();
    while let Some((name, behind)) = rest.split_once(':') {
        match prefix(name) {
            Ok(Prefix::Emoji) => return emoji(behind, text, 0..text.len()),
            Ok(known) if modifies(known, &mut with) => rest = behind.trim_start(),
            _ => break,
        }
    }
    let at = || 0..text.len();
    let made = |form: Result<Form, String>| match form {
        Ok(form) => Ok(Term { form, source: text.trim().to_owned(), at: at() }),
        Err(message) => Err(error(at(), message)),
    };
    let one =
        |sign: char| rest.strip_prefix(sign).filter(|name| !name.contains(char::is_whitespace) && !name.is_empty());
    if let Some(name) = one('#') {
        return made(tag(name).map(Form::Hashtag));
    }
    if let Some(name) = one('@') {
        return made(tag(name).map(Form::Mention));
    }
    if let Some((pattern, flags)) = rest.strip_prefix('/').and_then(|r| r.rsplit_once('/')) {
        return made(regex(pattern, flags));
    }
    if let Some((word, edits)) = rest.rsplit_once('~')
        && let Ok(edits) = edits.parse()
    {
        with.edits = Some(edits);
        rest = word;
    }
    // `*` is one word here too; a gap of several words needs a tree.
    if rest.split_whitespace().any(|word| word != "*" && gap(word).is_some()) {
        return Err(error(at(), "a gap of several words stands in a rule only; `*` is one word"));
    }
    if [rest.split_whitespace().next(), rest.split_whitespace().last()].contains(&Some("*")) {
        return Err(error(at(), "a phrase begins and ends with a word, not with a gap"));
    }
    let rest = rest.strip_prefix('"').and_then(|r| r.strip_suffix('"')).unwrap_or(rest);
    term(rest, with, text, at())
}

fn error(at: Range<usize>, message: impl Into<String>) -> QueryError {
    QueryError::new(at, message)
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

fn range(pair: &Pair<'_, Rule>) -> Range<usize> {
    let span = pair.as_span();
    span.start()..span.end()
}

fn expr(pair: Pair<'_, Rule>) -> Result<Expr, QueryError> {
    let at = range(&pair);
    let source = pair.as_str();
    let plain = Modifiers::default();
    Ok(match pair.as_rule() {
        Rule::or => one_or(children(pair)?, Expr::Or),
        Rule::and => one_or(children(pair)?, Expr::And),
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
            let inner = inner.ok_or_else(|| error(at, "nothing after NOT"))?;
            if negated { Expr::Not(Box::new(inner)) } else { inner }
        }
        Rule::near => near(pair)?,
        Rule::group => expr(pair.into_inner().next().ok_or_else(|| error(at, "an empty group"))?)?,
        Rule::unit => {
            let mut inner = pair.into_inner();
            let name = inner.next().map_or("", |p| p.as_str());
            let unit = if name.starts_with("PARA") { Unit::Paragraph } else { Unit::Sentence };
            let group = inner.next().ok_or_else(|| error(at, "nothing to be within"))?;
            Expr::Within { unit, inner: Box::new(expr(group)?) }
        }
        Rule::at_least | Rule::threshold => at_least(pair)?,
        Rule::prefixed => prefixed(pair)?,
        Rule::shouted => {
            let inner = pair.into_inner().next().ok_or_else(|| error(at.clone(), "nothing after `!`"))?;
            Expr::Term(term(body(&inner), Modifiers { case: true, ..plain }, source, at)?)
        }
        Rule::loose => loose(pair)?,
        Rule::phrase => phrase(body(&pair), plain, source, at)?,
        Rule::typo => {
            let mut inner = pair.into_inner();
            let word = inner.next().map_or("", |w| w.as_str());
            let edits = inner.next().and_then(|n| n.as_str().parse().ok()).unwrap_or(u8::MAX);
            Expr::Term(term(word, Modifiers { edits: Some(edits), ..plain }, source, at)?)
        }
        Rule::regex | Rule::hashtag | Rule::mention => sign(pair)?,
        _ => Expr::Term(term(source, plain, source, at)?),
    })
}

fn children(pair: Pair<'_, Rule>) -> Result<Vec<Expr>, QueryError> {
    pair.into_inner().filter(|p| !matches!(p.as_rule(), Rule::or_op | Rule::and_op)).map(expr).collect()
}

fn one_or(mut children: Vec<Expr>, many: fn(Vec<Expr>) -> Expr) -> Expr {
    if children.len() == 1 { children.remove(0) } else { many(children) }
}

/// What stands inside a phrase, or a word itself.
fn body<'q>(pair: &Pair<'q, Rule>) -> &'q str {
    match pair.as_rule() {
        Rule::phrase => pair.clone().into_inner().next().map_or("", |inner| inner.as_str()),
        _ => pair.as_str(),
    }
}

/// Left to right: `a NEAR/2 b NEAR/3 c` is `(a NEAR/2 b) NEAR/3 c`.
fn near(pair: Pair<'_, Rule>) -> Result<Expr, QueryError> {
    let at = range(&pair);
    let mut left: Option<Expr> = None;
    let mut operator: Option<(u32, bool, bool)> = None;
    let mut operators = 0;
    for child in pair.into_inner() {
        if child.as_rule() == Rule::near_op {
            operators += 1;
            if operators > Limits::QUERY_DEPTH {
                return Err(error(range(&child), format!("more than {} NEAR in a row", Limits::QUERY_DEPTH)));
            }
            operator = Some(near_operator(child)?);
            continue;
        }
        let right = Box::new(expr(child)?);
        left = Some(match (left.take().map(Box::new), operator.take()) {
            (Some(left), Some((distance, _, true))) => Expr::Away { left, right, distance },
            (Some(left), Some((distance, ordered, false))) => Expr::Near { left, right, distance, ordered },
            _ => *right,
        });
    }
    left.ok_or_else(|| error(at, "nothing beside NEAR"))
}

/// Distance, ordered, away.
fn near_operator(pair: Pair<'_, Rule>) -> Result<(u32, bool, bool), QueryError> {
    let at = range(&pair);
    let (mut distance, mut ordered, mut away) = (0, false, false);
    for child in pair.into_inner() {
        match child.as_rule() {
            Rule::away => away = true,
            Rule::near_name => {
                ordered = matches!(child.as_str(), "ONEAR" | "AVANT");
                away |= child.as_str().starts_with("SAUF");
            }
            Rule::distance => distance = child.as_str().parse().unwrap_or(u32::MAX),
            _ => ordered = true,
        }
    }
    if distance == 0 || distance > Limits::NEAR {
        return Err(error(at, format!("a distance is 1 to {} words", Limits::NEAR)));
    }
    if away && ordered {
        return Err(error(at, "NOT NEAR has no order: it looks on both sides"));
    }
    Ok((distance, ordered, away))
}

/// `2 OF (a, b, c)`, `threshold:3(a^2, b, c)`.
fn at_least(pair: Pair<'_, Rule>) -> Result<Expr, QueryError> {
    let at = range(&pair);
    let mut least = 0;
    let mut items = Vec::new();
    for child in pair.into_inner() {
        match child.as_rule() {
            Rule::number => least = child.as_str().parse().unwrap_or(u32::MAX),
            Rule::list => {
                for item in child.into_inner() {
                    let mut inner = item.into_inner();
                    let what = inner.next().ok_or_else(|| error(at.clone(), "an empty item"))?;
                    let weight = match inner.next().and_then(|w| w.into_inner().next()) {
                        None => 1,
                        Some(number) => match number.as_str().parse() {
                            Ok(weight @ 1..=1_000) => weight,
                            _ => return Err(error(range(&number), "a weight is 1 to 1000")),
                        },
                    };
                    items.push((expr(what)?, weight));
                }
            }
            _ => {}
        }
    }
    let most: u32 = items.iter().map(|(_, weight)| weight).sum();
    if least == 0 || least > most {
        return Err(error(at, format!("{least} cannot be reached: this list counts 1 to {most}")));
    }
    Ok(Expr::AtLeast { least, items })
}

/// `"a * b"`: with gaps; else a plain phrase.
fn phrase(body: &str, with: Modifiers, source: &str, at: Range<usize>) -> Result<Expr, QueryError> {
    if with.raw || !body.split_whitespace().any(|word| gap(word).is_some()) {
        return Ok(Expr::Term(term(body, with, source, at)?));
    }
    let (mut runs, mut gaps) = (Vec::new(), Vec::new());
    let mut run: Vec<&str> = Vec::new();
    for word in body.split_whitespace() {
        match gap(word) {
            None => run.push(word),
            Some(words) if run.is_empty() => match gaps.last_mut() {
                Some(last) => *last += words,
                None => return Err(error(at, "a phrase begins and ends with a word, not with a gap")),
            },
            Some(words) => {
                runs.push(term(&run.join(" "), with, &run.join(" "), at.clone())?);
                gaps.push(words);
                run.clear();
            }
        }
    }
    if run.is_empty() {
        return Err(error(at, "a phrase begins and ends with a word, not with a gap"));
    }
    if let Some(wide) = gaps.iter().find(|words| **words == 0 || **words > Limits::NEAR) {
        return Err(error(at, format!("a gap is 1 to {} words, not {wide}", Limits::NEAR)));
    }
    runs.push(term(&run.join(" "), with, &run.join(" "), at)?);
    Ok(Expr::Gaps { runs, gaps })
}

/// The words of a gap: `*` one, `*3` one to three.
fn gap(word: &str) -> Option<u32> {
    match word.strip_prefix('*')? {
        "" => Some(1),
        digits => digits.parse().ok(),
    }
}

/// `"a b c"~2`.
fn loose(pair: Pair<'_, Rule>) -> Result<Expr, QueryError> {
    let at = range(&pair);
    let source = pair.as_str();
    let mut inner = pair.into_inner();
    let body = inner.next().map_or("", |p| body(&p));
    let slack = inner.next().and_then(|n| n.as_str().parse().ok()).unwrap_or(u32::MAX);
    if slack > Limits::NEAR {
        return Err(error(at, format!("at most {} other words", Limits::NEAR)));
    }
    let one = |word| term(word, Modifiers::default(), word, at.clone());
    let words: Vec<Term> = body.split_whitespace().map(one).collect::<Result<_, _>>()?;
    if words.len() < 2 || words.len() > Limits::LOOSE_WORDS {
        return Err(error(at, format!("`{source}`: a loose phrase has 2 to {} words", Limits::LOOSE_WORDS)));
    }
    Ok(Expr::Loose { words, slack })
}

/// `/…/i`, `#name`, `@name`.
fn sign(pair: Pair<'_, Rule>) -> Result<Expr, QueryError> {
    let (at, source, rule) = (range(&pair), pair.as_str(), pair.as_rule());
    let mut inner = pair.into_inner();
    let first = inner.next().map_or("", |p| p.as_str());
    let form = match rule {
        Rule::regex => regex(first, inner.next().map_or("", |p| p.as_str())),
        Rule::hashtag => tag(first).map(Form::Hashtag),
        _ => tag(first).map(Form::Mention),
    };
    let form = form.map_err(|message| error(at.clone(), message))?;
    Ok(Expr::Term(Term { form, source: source.to_owned(), at }))
}

/// Whether a prefix says how a term is looked for; it is noted then.
fn modifies(prefix: Prefix, with: &mut Modifiers) -> bool {
    match prefix {
        Prefix::Case => with.case = true,
        Prefix::Accent => with.accent = true,
        Prefix::Exact => with.exact = true,
        Prefix::Raw => with.raw = true,
        Prefix::Stem(language) => with.stem = Some(language),
        Prefix::Lemma => with.lemma = true,
        Prefix::Sound => with.sound = true,
        _ => return false,
    }
    true
}

/// `key:key:argument`.
fn prefixed(pair: Pair<'_, Rule>) -> Result<Expr, QueryError> {
    let at = range(&pair);
    let source = pair.as_str();
    let mut with = Modifiers::default();
    let mut scopes: Vec<Prefix> = Vec::new();
    let mut last: Option<(Prefix, Range<usize>, &str)> = None;
    let mut argument = None;
    for child in pair.into_inner() {
        if child.as_rule() != Rule::key {
            argument = Some(child);
            break;
        }
        let place = range(&child);
        if let Some((_, place, name)) = last {
            return Err(error(place, format!("nothing can stand between `{name}:` and its value")));
        }
        match prefix(child.as_str()).map_err(|message| error(place.clone(), message))? {
            known if modifies(known, &mut with) => {}
            scope @ (Prefix::Field(_) | Prefix::Stance(_) | Prefix::Quotes) => scopes.push(scope),
            Prefix::Author => {
                let why = "who wrote a post is never read: it is neither kept nor searched";
                return Err(error(place, format!("`{}:` is refused: {why}", child.as_str())));
            }
            other => last = Some((other, place, child.as_str())),
        }
    }
    let mut tree = match last {
        Some((prefix, place, name)) => named(prefix, name, place, argument, at)?,
        None => modified(argument, with, source, at, &scopes)?,
    };
    for scope in scopes.into_iter().rev() {
        let inner = Box::new(tree);
        tree = match scope {
            Prefix::Field(field) => Expr::In { field, inner },
            Prefix::Stance(stance) => Expr::Stance { stance, inner },
            _ => Expr::In { field: Field::Quoted, inner },
        };
    }
    Ok(tree)
}

/// What stands behind `lex:`, `rule:`, `emoji:` and the conditions.
fn named(
    prefix: Prefix,
    name: &str,
    place: Range<usize>,
    argument: Option<Pair<'_, Rule>>,
    at: Range<usize>,
) -> Result<Expr, QueryError> {
    let value = argument.as_ref().map_or("", |a| body(a)).trim();
    if argument.as_ref().is_some_and(|a| a.as_rule() == Rule::group) {
        return Err(error(at, format!("`{name}:` takes one value, no group")));
    }
    Ok(match prefix {
        Prefix::Lexicon if value.is_empty() => {
            return Err(error(place, format!("the name of a lexicon was expected after `{name}:`")));
        }
        Prefix::Rule if value.is_empty() => {
            return Err(error(place, format!("the id of a claim was expected after `{name}:`")));
        }
        Prefix::Lexicon => Expr::Lexicon { name: value.to_owned(), at },
        Prefix::Rule => Expr::Rule { id: value.to_owned(), at },
        Prefix::Emoji => Expr::Term(emoji(value, &format!("{name}:{value}"), at)?),
        Prefix::Condition(key) => {
            Expr::Condition(condition::read(key, value).map_err(|message| error(at, format!("`{name}:` {message}")))?)
        }
        _ => return Err(error(at, format!("`{name}:` cannot stand here"))),
    })
}

fn emoji(name: &str, source: &str, at: Range<usize>) -> Result<Term, QueryError> {
    let name = name.trim().trim_matches(':').to_lowercase();
    match emojis::get_by_shortcode(&name) {
        Some(emoji) => term(emoji.as_str(), Modifiers { raw: true, ..Modifiers::default() }, source, at),
        None => Err(error(at, format!("no emoji has the short name `{name}`; write the emoji itself"))),
    }
}

/// What stands behind `case:` and the like, or right behind a scope.
fn modified(
    argument: Option<Pair<'_, Rule>>,
    with: Modifiers,
    source: &str,
    at: Range<usize>,
    scopes: &[Prefix],
) -> Result<Expr, QueryError> {
    let Some(argument) = argument else {
        return Err(error(at, format!("a word, a phrase or a group was expected after `{source}`")));
    };
    let modifies =
        with.case || with.accent || with.exact || with.raw || with.lemma || with.sound || with.stem.is_some();
    let place = range(&argument);
    match argument.as_rule() {
        Rule::group | Rule::loose | Rule::regex | Rule::hashtag | Rule::mention if !modifies => expr(argument),
        Rule::group | Rule::loose | Rule::regex | Rule::hashtag | Rule::mention => {
            Err(error(place, format!("a word or phrase was expected, not `{}`", argument.as_str())))
        }
        Rule::phrase => phrase(body(&argument), with, source, at),
        _ if scopes.last() == Some(&Prefix::Quotes) && matches!(argument.as_str(), "yes" | "oui") => {
            Ok(Expr::And(Vec::new()))
        }
        _ => {
            let value = argument.as_str();
            let mut with = with;
            let word = match value.rsplit_once('~').map(|(word, edits)| (word, edits.parse())) {
                Some((word, Ok(edits))) if !modifies => {
                    with.edits = Some(edits);
                    word
                }
                _ => value,
            };
            Ok(Expr::Term(term(word, with, source, at)?))
        }
    }
}

/// Takes `quotes:yes` out of a query, and says whether it was there.
fn take_quotes(tree: &mut Expr) -> bool {
    let is_quotes =
        |e: &Expr| matches!(e, Expr::In { field: Field::Quoted, inner } if **inner == Expr::And(Vec::new()));
    let Expr::And(children) = tree else { return false };
    let before = children.len();
    children.retain(|child| !is_quotes(child));
    let taken = children.len() < before;
    if children.len() == 1 {
        *tree = children.remove(0);
    }
    taken
}

/// A query must say which words to look for, not only what to leave out or on which posts.
fn positive(tree: &Expr, at: Range<usize>) -> Result<(), QueryError> {
    match tree {
        Expr::Term(_) | Expr::Lexicon { .. } | Expr::Rule { .. } | Expr::Gaps { .. } | Expr::Loose { .. } => Ok(()),
        Expr::And(children) => {
            let mut any = false;
            for child in children {
                match child {
                    Expr::Not(inner) if matches!(**inner, Expr::Condition(_)) => {}
                    Expr::Not(inner) => positive(inner, at.clone())?,
                    Expr::Condition(_) => {}
                    child => {
                        positive(child, at.clone())?;
                        any = true;
                    }
                }
            }
            if any { Ok(()) } else { Err(no_words(children, at)) }
        }
        Expr::AtLeast { least, items } => {
            let mut conditions = 0;
            for (item, weight) in items {
                match item {
                    Expr::Condition(_) => conditions += weight,
                    item => positive(item, at.clone())?,
                }
            }
            if conditions < *least { Ok(()) } else { Err(conditions_only(at)) }
        }
        Expr::Not(_) => Err(only_negatives(at)),
        Expr::Condition(_) => Err(conditions_only(at)),
        other => other.children().into_iter().try_for_each(|child| positive(child, at.clone())),
    }
}

fn no_words(children: &[Expr], at: Range<usize>) -> QueryError {
    if children.iter().any(|c| matches!(c, Expr::Not(_))) { only_negatives(at) } else { conditions_only(at) }
}

fn only_negatives(at: Range<usize>) -> QueryError {
    error(at, "a query of negatives only: put a word to look for beside NOT, in the same group")
}

fn conditions_only(at: Range<usize>) -> QueryError {
    error(at, "a condition finds no words: put a word to look for beside it, in the same group")
}

#[cfg(test)]
mod tests;
