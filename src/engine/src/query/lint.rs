use super::{Expr, Form, Term, parse};
use crate::text::{Keep, fold};
use std::ops::Range;

/// Something in a query that is allowed, and is likely not what was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lint {
    /// Which mistake.
    pub kind: LintKind,
    /// Bytes in the query, or in the word of a lexicon.
    pub at: Range<usize>,
    /// What it does, and what to write instead.
    pub message: String,
}

/// The mistakes that are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LintKind {
    /// AND and OR side by side without brackets.
    Precedence,
    /// `and`, `or`, `ou` and the like in lower case.
    LowerCaseOperator,
    /// What must be there must also not be there.
    Unsatisfiable,
    /// A word that nearly every post holds.
    MatchesEverything,
    /// A part that changes nothing, or can never hold.
    NeverFires,
    /// Two words that folding makes one (`jeûne`, `jeune`).
    FoldingCollision,
    /// A rule that costs much on every text.
    TooCostly,
}

/// Words that French and English posts hold nearly always; a rule of one of these alone marks everything.
const EVERYWHERE: &[&str] = &[
    "le", "la", "les", "un", "une", "des", "du", "de", "et", "est", "a", "au", "en", "il", "elle", "on", "que", "qui",
    "je", "tu", "nous", "vous", "ils", "ne", "pas", "pour", "dans", "sur", "avec", "ce", "c", "l", "d", "j", "qu",
    "the", "and", "of", "to", "in", "is", "it", "i", "you", "that", "this", "for", "on", "are", "was", "be",
];

/// French words that differ from another common word by accents only, with what that one means. After Lexique 3 (New
/// et al. 2004), the pairs of which both are frequent.
const COLLISIONS: &[(&str, &str)] = &[
    ("jeûne", "jeune (young)"),
    ("jeûner", "jeuner"),
    ("pâte", "pâté"),
    ("pâté", "pâte"),
    ("pâtes", "pâtés"),
    ("sûr", "sur (on)"),
    ("sûre", "sure (sour)"),
    ("mûr", "mur (wall)"),
    ("maïs", "mais (but)"),
    ("pêche", "péché (sin)"),
    ("péché", "pêche (peach, fishing)"),
    ("côte", "côté, cote"),
    ("côté", "côte, cote"),
    ("cote", "côte, côté"),
    ("tâche", "tache (stain)"),
    ("tache", "tâche (task)"),
    ("tué", "tue (kills)"),
    ("tués", "tues"),
    ("haï", "hai"),
    ("dû", "du (of the)"),
    ("crû", "cru (raw)"),
    ("forêt", "foret (drill)"),
    ("mémé", "même (same)"),
    ("bébés", "bebes"),
    ("arrêté", "arrête (stops)"),
    ("fumé", "fume (smokes)"),
    ("vacciné", "vaccine"),
    ("où", "ou (or)"),
    ("là", "la (the)"),
    ("à", "a (has)"),
    ("marché", "marche (walk)"),
    ("congrès", "congres"),
    ("acné", "acne"),
    ("gène", "gêne (trouble)"),
    ("gêne", "gène (gene)"),
    ("gènes", "gênes"),
    ("thé", "the (English)"),
    ("règle", "réglé"),
    ("règles", "réglés"),
    ("rôti", "roti"),
    ("interne", "interné"),
    ("élève", "élevé (high)"),
    ("élevé", "élève (pupil)"),
    ("infecté", "infecte (foul)"),
    ("stérilisé", "stérilise"),
];

/// What looks like a mistake in a query, in reading order. A query that [`parse`] refuses has none.
pub fn lint(query: &str) -> Vec<Lint> {
    let Ok(tree) = parse(query) else { return Vec::new() };
    let mut out = Vec::new();
    spelled(query, &mut out);
    let whole = 0..query.len();
    everything(&tree, &whole, &mut out);
    walk(&tree, &mut |expr| unsatisfiable(expr, &whole, &mut out));
    walk(&tree, &mut |expr| never(expr, &whole, &mut out));
    walk(&tree, &mut |expr| {
        if let Expr::Term(term) = expr {
            out.extend(collision(term));
        }
    });
    costly(&tree, &whole, &mut out);
    out.sort_by_key(|lint| (lint.at.start, lint.at.end));
    out
}

/// What looks like a mistake in a word of a lexicon or cue.
pub fn lint_words(word: &str) -> Option<Lint> {
    super::parse_term(word).ok().as_ref().and_then(collision)
}

fn walk(tree: &Expr, each: &mut impl FnMut(&Expr)) {
    each(tree);
    tree.children().into_iter().for_each(|child| walk(child, each));
}

/// What the text shows and the tree does not: operators in lower case, AND and OR side by side.
fn spelled(query: &str, out: &mut Vec<Lint>) {
    // The operators of each open group: (an OR, an AND written out, any word beside another).
    let mut groups = vec![Mixed::default()];
    for (at, word) in words(query) {
        let range = at..at + word.len();
        match word {
            "(" => groups.push(Mixed::default()),
            ")" | "," => {
                let done = groups.pop().unwrap_or_default();
                done.judge(out);
                if word == "," || groups.is_empty() {
                    groups.push(Mixed::default());
                }
            }
            "OR" | "OU" | "|" => groups.last_mut().into_iter().for_each(|g| g.or = Some(range.clone())),
            "AND" | "ET" => groups.last_mut().into_iter().for_each(|g| g.and = Some(range.clone())),
            "NOT" | "SAUF" => groups.last_mut().into_iter().for_each(|g| g.not = Some(range.clone())),
            "and" | "or" | "not" | "ou" | "et" | "sauf" => out.push(Lint {
                kind: LintKind::LowerCaseOperator,
                at: range,
                message: format!(
                    "`{word}` is looked for as a word; the operator is `{}`, the word is `\"{word}\"`",
                    word.to_uppercase()
                ),
            }),
            word => {
                let (name, rest) = word.split_once('/').unwrap_or((word, ""));
                let known = ["near", "onear", "pres", "près", "avant", "saufpres"];
                if known.contains(&name) && !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b == b'f') {
                    out.push(Lint {
                        kind: LintKind::LowerCaseOperator,
                        at: range,
                        message: format!(
                            "`{word}` is looked for as words; the operator is `{}/{rest}`",
                            name.to_uppercase()
                        ),
                    });
                }
            }
        }
    }
    groups.into_iter().for_each(|group| group.judge(out));
}

/// The operators seen in one group.
#[derive(Default)]
struct Mixed {
    or: Option<Range<usize>>,
    and: Option<Range<usize>>,
    not: Option<Range<usize>>,
}

impl Mixed {
    fn judge(self, out: &mut Vec<Lint>) {
        let Some(or) = self.or else { return };
        let (other, binds) = match (self.and, self.not) {
            (Some(and), _) => (and, "AND binds tighter than OR"),
            (None, Some(not)) => (not, "NOT belongs to its own side of the OR only"),
            _ => return,
        };
        let at = or.start.min(other.start)..or.end.max(other.end);
        let message = format!("{binds}: put the words that belong together in brackets");
        out.push(Lint { kind: LintKind::Precedence, at, message });
    }
}

/// The words of a query outside phrases and comments, brackets and commas by themselves.
fn words(query: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut start = None;
    let mut closes: Option<&str> = None;
    let mut skip_to = 0;
    for (at, c) in query.char_indices() {
        if at < skip_to {
            continue;
        }
        let rest = &query[at..];
        if let Some(end) = closes {
            if rest.starts_with(end) {
                closes = None;
                skip_to = at + end.len();
            }
            continue;
        }
        let opens = [("\"", "\""), ("«", "»"), ("“", "”"), ("<<<", ">>>"), ("# ", "\n")];
        let opened = opens.iter().find(|(open, _)| rest.starts_with(open));
        let alone = matches!(c, '(' | ')' | ',' | '|');
        if opened.is_some() || alone || c.is_whitespace() {
            if let Some(from) = start.take() {
                out.push((from, &query[from..at]));
            }
            if alone {
                out.push((at, &query[at..at + 1]));
            }
        } else if start.is_none() {
            start = Some(at);
        }
        if let Some((open, close)) = opened {
            closes = Some(close);
            skip_to = at + open.len();
        }
    }
    if let Some(from) = start {
        out.push((from, &query[from..]));
    }
    out
}

/// A query that one word of nearly every post fulfils.
fn everything(tree: &Expr, whole: &Range<usize>, out: &mut Vec<Lint>) {
    match tree {
        Expr::Term(term) => {
            if let Form::Words(words) = &term.form
                && let [word] = words.words.as_slice()
                && (EVERYWHERE.contains(&word.folded()) || !word.is_literal() && word.anchor().chars().count() < 3)
                && !words.case
            {
                out.push(Lint {
                    kind: LintKind::MatchesEverything,
                    at: within(&term.at, whole),
                    message: format!("`{}` stands in nearly every post", term.source),
                });
            }
        }
        Expr::Or(children) => children.iter().for_each(|child| everything(child, whole, out)),
        Expr::In { inner, .. } | Expr::Stance { inner, .. } | Expr::Within { inner, .. } => {
            everything(inner, whole, out);
        }
        _ => {}
    }
}

/// A place in the query; a term made in passing may not know its own.
fn within(at: &Range<usize>, whole: &Range<usize>) -> Range<usize> {
    if at.end <= whole.end { at.clone() } else { whole.clone() }
}

fn key(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Term(term) => Some(format!("{:?}", term.form)),
        Expr::Lexicon { name, .. } => Some(format!("lex:{name}")),
        Expr::Condition(condition) => Some(format!("{condition:?}")),
        _ => None,
    }
}

fn place(expr: &Expr, whole: &Range<usize>) -> Range<usize> {
    match expr {
        Expr::Term(Term { at, .. }) | Expr::Lexicon { at, .. } | Expr::Rule { at, .. } => within(at, whole),
        other => other.children().first().map_or_else(|| whole.clone(), |first| place(first, whole)),
    }
}

fn unsatisfiable(expr: &Expr, whole: &Range<usize>, out: &mut Vec<Lint>) {
    let Expr::And(children) = expr else { return };
    let wanted: Vec<String> = children.iter().filter_map(key).collect();
    for child in children {
        let Expr::Not(inner) = child else { continue };
        let unwanted: Vec<&Expr> = match &**inner {
            Expr::Or(all) => all.iter().collect(),
            one => vec![one],
        };
        for one in unwanted {
            if key(one).is_some_and(|key| wanted.contains(&key)) {
                out.push(Lint {
                    kind: LintKind::Unsatisfiable,
                    at: place(one, whole),
                    message: "this must be in the post, and must not: nothing can be found".to_owned(),
                });
            }
        }
    }
}

/// Parts that cannot hold, or stand twice.
fn never(expr: &Expr, whole: &Range<usize>, out: &mut Vec<Lint>) {
    let mut say = |at: Range<usize>, message: String| {
        out.push(Lint { kind: LintKind::NeverFires, at, message });
    };
    match expr {
        Expr::Or(children) => {
            let mut seen: Vec<String> = Vec::new();
            for child in children {
                match key(child) {
                    Some(key) if seen.contains(&key) => {
                        say(place(child, whole), "the same word stands here twice".to_owned());
                    }
                    Some(key) => seen.push(key),
                    None => {}
                }
            }
        }
        Expr::Near { left, right, .. } => {
            let inside = |e: &Expr| matches!(e, Expr::In { .. });
            if inside(left) != inside(right) {
                say(place(left, whole), "one side is held to a part of the post and the other is not: they may never meet in a sentence; put the field around both".to_owned());
            }
        }
        Expr::Term(term) => {
            if let Form::Words(words) = &term.form
                && words.case
                && words.words.iter().all(|w| w.folded().chars().all(|c| c.is_ascii_digit()))
            {
                say(within(&term.at, whole), format!("`{}` has no letter whose case could count", term.source));
            }
        }
        _ => {}
    }
}

fn collision(term: &Term) -> Option<Lint> {
    let Form::Words(words) = &term.form else { return None };
    if words.accent || words.words.len() != 1 {
        return None;
    }
    let written = term.source.trim_matches(['"', ' ']).to_lowercase();
    let (_, other) = COLLISIONS.iter().find(|(word, _)| *word == written)?;
    let folded = fold(&written, Keep::default());
    Some(Lint {
        kind: LintKind::FoldingCollision,
        at: term.at.clone(),
        message: format!(
            "accents do not count, so `{folded}` is also found for {other}: write `accent:{written}`, or hold it near other words"
        ),
    })
}

fn costly(tree: &Expr, whole: &Range<usize>, out: &mut Vec<Lint>) {
    /// Regular expressions in one query, each another pass over every text.
    const REGEXES: usize = 8;
    /// Words of a distance beyond which it is nearly the sentence.
    const FAR: u32 = 100;
    let mut regexes = 0;
    walk(tree, &mut |expr| match expr {
        Expr::Term(Term { form: Form::Regex(_), .. }) => regexes += 1,
        Expr::Near { distance, left, .. } if *distance > FAR => out.push(Lint {
            kind: LintKind::TooCostly,
            at: place(left, whole),
            message: format!("{distance} words are more than a sentence has: `SENT(…)` says it and costs less"),
        }),
        Expr::Term(Term { form: Form::Words(words), at, source }) => {
            let short = |w: &super::WordPattern| !w.is_literal() && w.anchor().chars().count() < 3;
            if words.words.iter().all(short) {
                out.push(Lint {
                    kind: LintKind::TooCostly,
                    at: within(at, whole),
                    message: format!("`{source}` is tried on every word with these two letters: keep three together"),
                });
            }
        }
        _ => {}
    });
    if regexes > REGEXES {
        out.push(Lint {
            kind: LintKind::TooCostly,
            at: whole.clone(),
            message: format!(
                "{regexes} regular expressions: each is another pass over every post; put them in one, `/a|b/`"
            ),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes() {
        use LintKind::*;
        for (query, want) in [
            ("vaccin AND autisme", &[][..]),
            ("(ror OR rougeole) AND vaccin", &[]),
            ("ror OR rougeole AND vaccin", &[(Precedence, "OR rougeole AND")]),
            ("ror OU (rougeole ET vaccin)", &[]),
            ("clope OR tabac NOT chien", &[(Precedence, "OR tabac NOT")]),
            ("2 OF (a1 OR b1, c1 AND d1)", &[]),
            ("vaccin and autisme", &[(LowerCaseOperator, "and")]),
            ("\"vaccin et autisme\"", &[]),
            ("vaccin near/3 autisme", &[(LowerCaseOperator, "near/3")]),
            ("vaccin NOT vaccin", &[(Unsatisfiable, "vaccin")]),
            ("chien vaccin NOT (chat OR chien)", &[(Unsatisfiable, "chien")]),
            ("vaccin OR les", &[(MatchesEverything, "les")]),
            ("vaccin les", &[]),
            ("vaccin OR vaccin", &[(NeverFires, "vaccin")]),
            ("titre:vaccin NEAR/3 mort", &[(NeverFires, "titre:vaccin")]),
            ("jeûne NEAR/4 cancer", &[(FoldingCollision, "jeûne")]),
            ("accent:jeûne", &[]),
            ("vaccin NEAR/500 mort", &[(TooCostly, "vaccin")]),
            ("vaccin \"*ab\"", &[(TooCostly, "\"*ab\"")]),
        ] {
            let have: Vec<(LintKind, &str)> =
                lint(query).into_iter().map(|l| (l.kind, query.get(l.at).unwrap_or("?"))).collect();
            assert_eq!(have, want, "{query}");
        }
    }
}
