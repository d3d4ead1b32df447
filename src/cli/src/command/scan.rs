use super::output::{count, plain, say, table};
use super::packs;
use anyhow::Context;
use rejoinder_cli::posts::{self, FilePost, PostError};
use rejoinder_engine::Engine;
use rejoinder_wire::{Finding, RiskLevel, Stance};
use serde::Serialize;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Find the claims of packs in posts
#[derive(Debug, clap::Args)]
pub(crate) struct Scan {
    /// Folder of a pack, or published pack; may be given several times
    #[arg(long = "pack", required = true, value_name = "DIR|FILE.json")]
    packs: Vec<PathBuf>,
    /// Each line is a post: JSON with `text`, and if need be `quote` and `id`. So is every file named `*.jsonl`
    #[arg(long)]
    jsonl: bool,
    /// Say the findings as JSON, one a line
    #[arg(long)]
    json: bool,
    /// A text (one post) or JSONL (one post a line); `-` reads the standard input
    #[arg(value_name = "FILE|-")]
    file: PathBuf,
}

/// What `--json` says of a finding.
#[derive(Serialize)]
struct Found<'a> {
    /// Line of the post.
    line: usize,
    /// What the file calls the post.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a serde_json::Value>,
    /// The finding; its `post` counts the posts from 0.
    #[serde(flatten)]
    finding: &'a Finding,
}

impl Scan {
    pub(crate) fn run(self) -> anyhow::Result<bool> {
        let Some(packs) = packs::read(&self.packs)? else { return Ok(false) };
        let engine = Engine::new(&packs)?;
        let stdin = self.file == Path::new("-");
        let name = if stdin { "standard input".into() } else { self.file.display().to_string() };
        let input: Box<dyn BufRead> = if stdin {
            Box::new(io::stdin().lock())
        } else {
            Box::new(BufReader::new(File::open(&self.file).with_context(|| name.clone())?))
        };
        let jsonl = self.jsonl || self.file.extension().is_some_and(|e| e == "jsonl" || e == "ndjson");
        let read: Box<dyn Iterator<Item = Result<FilePost, PostError>>> =
            if jsonl { Box::new(posts::lines(input)) } else { Box::new(posts::text(input).transpose().into_iter()) };

        let (mut number, mut found, mut bad) = (0, 0, 0);
        let mut rows = table(&["POST", "RISK", "STANCE", "CLAIM", "WORDS, AND WHY"]);
        for post in read {
            let post = match post {
                Ok(post) => post,
                Err(error) => {
                    anstream::eprintln!("error: {name}:{error}");
                    bad += 1;
                    continue;
                }
            };
            number += 1;
            for finding in engine.read(&post.post) {
                found += 1;
                if self.json {
                    let line = Found { line: post.line, id: post.id.as_ref(), finding: &finding };
                    say(&format!("{}\n", serde_json::to_string(&line)?))?;
                } else {
                    rows.add_row(row(&post, &finding));
                }
            }
        }
        if number == 0 && bad == 0 {
            anstream::eprintln!("warning: {name}: no posts in it");
        }
        if !self.json {
            let summary = format!("{} in {}", count(found, "finding"), count(number, "post"));
            let rows = if found > 0 { format!("{}\n", rows.trim_fmt()) } else { String::new() };
            say(&format!("{rows}{summary}\n"))?;
        }
        Ok(bad == 0)
    }
}

fn row(post: &FilePost, finding: &Finding) -> [String; 5] {
    let label = match &post.id {
        Some(serde_json::Value::String(id)) => plain(id),
        Some(id) => plain(&id.to_string()),
        None => post.line.to_string(),
    };
    [label, risk(finding.risk).into(), stance(finding.stance).into(), finding.claim.clone(), why(post, finding)]
}

/// The words, what they were read as, what turned the stance, and the pack.
fn why(post: &FilePost, finding: &Finding) -> String {
    let why = &finding.why;
    let words: Vec<String> = finding.spans.iter().map(|span| plain(&slice(post, span))).collect();
    let mut lines = vec![words.join(" … ")];
    for word in &why.words {
        if let Some(folded) = &word.folded {
            lines.push(format!("`{}` was read as `{}` (pattern {})", plain(&word.text), plain(folded), word.pattern));
        }
    }
    if let Some(distance) = why.distance {
        lines.push(format!("{} from the first to the last", count(distance as usize, "word")));
    }
    for cue in &why.cues {
        let text = if cue.text.is_empty() { "marked as a quotation".into() } else { format!("`{}`", plain(&cue.text)) };
        lines.push(format!("{}: {text}", stance(cue.stance)));
    }
    if why.cues.is_empty() {
        lines.push("no negation, question or quotation seen".into());
    }
    lines.push(format!("{} {}", why.pack, why.version));
    lines.join("\n")
}

/// The text of a span, which counts in UTF-16 units.
fn slice(post: &FilePost, span: &rejoinder_wire::Span) -> String {
    let Some(part) = post.post.parts.get(span.part as usize) else { return String::new() };
    let length = (span.end.saturating_sub(span.start)) as usize;
    let units: Vec<u16> = part.text.encode_utf16().skip(span.start as usize).take(length).collect();
    String::from_utf16_lossy(&units)
}

fn risk(risk: RiskLevel) -> &'static str {
    match risk {
        RiskLevel::None => "none",
        RiskLevel::Low => "low",
        RiskLevel::Medium => "medium",
        RiskLevel::High => "high",
    }
}

pub(super) fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Asserts => "asserts",
        Stance::Asks => "asks",
        Stance::Denies => "denies",
        Stance::Quotes => "quotes",
        Stance::Testifies => "testifies",
        Stance::Jokes => "jokes",
        Stance::Uncertain => "uncertain",
    }
}
