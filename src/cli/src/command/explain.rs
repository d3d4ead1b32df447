use super::output::{plain, problems, say};
use anyhow::Context;
use rejoinder_cli::pack::Authored;
use rejoinder_engine::Trace;
use rejoinder_engine::pack::{Pack, PackErrorKind};
use rejoinder_engine::query::{Expr, Speech, describe, lint, parse};
use rejoinder_wire::Post;
use std::path::PathBuf;

/// Say in plain words what a query looks for; with a text, what each part of it finds there
#[derive(Debug, clap::Args)]
pub(crate) struct Explain {
    /// The query, or the id of a claim of the pack
    query: String,
    /// A text: says for each part of the query whether it is found there, and in which stance
    #[arg(long, value_name = "TEXT")]
    on: Option<String>,
    /// Folder of a pack, or published pack, with the lexicons, rules and cues that the query names
    #[arg(long, value_name = "DIR|FILE.json")]
    pack: Option<PathBuf>,
    /// Language of the answer; else that of the environment (LC_ALL, LC_MESSAGES, LANG)
    #[arg(long, value_name = "fr|en")]
    lang: Option<Lang>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Lang {
    Fr,
    En,
}

impl Explain {
    pub(crate) fn run(self) -> anyhow::Result<bool> {
        let speech = self.speech();
        let Some(pack) = self.pack()? else { return Ok(false) };
        let claim = pack.claims.iter().find(|claim| claim.id == self.query);
        let query = claim.map_or(self.query.as_str(), |claim| claim.rule.as_str());
        let tree = match parse(query) {
            Ok(tree) => tree,
            Err(e) => {
                anstream::eprintln!("error: {}\n{}", e.message, pointed(query, &e.at));
                return Ok(false);
            }
        };
        for found in lint(query) {
            anstream::eprintln!("warning: {}\n{}", found.message, pointed(query, &found.at));
        }
        let Some(text) = &self.on else {
            say(&describe(&tree, speech))?;
            return Ok(true);
        };
        let explained = match pack.explain(query, &Post::own(0, text.clone())) {
            Ok(explained) => explained,
            Err(e) => {
                let message = match &e.kind {
                    PackErrorKind::Query(message) => message.clone(),
                    _ => e.to_string(),
                };
                anstream::eprintln!("error: {message}\n{}", pointed(query, &e.within.unwrap_or(0..0)));
                return Ok(false);
            }
        };
        let mut out = String::new();
        trace(&explained.trace, speech, 0, &mut out);
        let french = speech == Speech::French;
        out.push_str(match (explained.fires, french) {
            (true, true) => "\nTrouvé",
            (true, false) => "\nFound",
            (false, true) => "\nNon trouvé",
            (false, false) => "\nNot found",
        });
        if !explained.stances.is_empty() {
            let stances: Vec<String> = explained.stances.iter().map(|s| format!("{s:?}").to_lowercase()).collect();
            out.push_str(&format!("{}{}", if french { " : " } else { ": " }, stances.join(", ")));
        }
        out.push('\n');
        say(&out)?;
        Ok(true)
    }

    fn speech(&self) -> Speech {
        let french = match self.lang {
            Some(lang) => lang == Lang::Fr,
            None => ["LC_ALL", "LC_MESSAGES", "LANG"]
                .iter()
                .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
                .is_some_and(|locale| locale.starts_with("fr")),
        };
        if french { Speech::French } else { Speech::English }
    }

    /// The pack that was named; without one, an empty one.
    fn pack(&self) -> anyhow::Result<Option<Pack>> {
        let Some(path) = &self.pack else { return Ok(Some(Pack::default())) };
        if path.is_dir() {
            let authored = Authored::read(path);
            return Ok(problems(&authored).then(|| authored.pack().clone()));
        }
        let shown = path.display();
        let bytes = std::fs::read(path).with_context(|| shown.to_string())?;
        Ok(Some(Pack::from_json(&bytes).map_err(|e| anyhow::anyhow!("{shown}: {e}"))?))
    }
}

/// One line for each part: whether it holds, what it is, what it found.
fn trace(part: &Trace, speech: Speech, depth: usize, out: &mut String) {
    let sign = if part.holds { '✓' } else { '✗' };
    out.push_str(&format!("{sign} {}{}", "  ".repeat(depth), part.expr.say(speech)));
    let leaf = part.children.is_empty() && !matches!(part.expr, Expr::Condition(_));
    if leaf && !part.places.is_empty() {
        let places: Vec<String> = part.places.iter().map(|words| plain(&words.join(" … "))).collect();
        out.push_str(&format!("  → {}", places.join(" | ")));
    }
    out.push('\n');
    part.children.iter().for_each(|child| trace(child, speech, depth + 1, out));
}

/// The line of a query that holds a place, and carets below it.
fn pointed(query: &str, at: &std::ops::Range<usize>) -> String {
    let start = query[..at.start.min(query.len())].rfind('\n').map_or(0, |newline| newline + 1);
    let line = query[start..].lines().next().unwrap_or("");
    let number = query[..start].matches('\n').count() + 1;
    let column = query[start..at.start.min(query.len())].chars().count();
    let width = query.get(at.clone()).map_or(1, |part| part.lines().next().unwrap_or("").chars().count().max(1));
    format!(
        "  {number}:{} | {line}\n  {}{}",
        column + 1,
        " ".repeat(number.to_string().len() + (column + 1).to_string().len() + 4 + column),
        "^".repeat(width)
    )
}
