use super::output::{count, plain, say, table};
use super::packs;
use super::scan::stance;
use anyhow::Context as _;
use comfy_table::Table;
use rejoinder_cli::measure::{Judged, Measure, OTHER_STANCES, Report, Tally, interval, labelled};
use rejoinder_engine::Engine;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

/// Measure packs on posts that people have labelled
///
/// A line of the file is a JSON object with `id`, `lang`, `text`, `topic`, `claims`, `stance` (asserts, denies,
/// questions, reports, none), `distress`, `real`. It measures, it does not judge: the exit status is 0 whatever comes
/// out.
#[derive(Debug, clap::Args)]
pub(crate) struct Eval {
    /// Folder of a pack, or published pack; may be given several times. Without: every pack of the `rules/packs` at
    /// hand
    #[arg(long = "pack", value_name = "DIR|FILE.json")]
    packs: Vec<PathBuf>,
    /// List every post that was read otherwise than labelled, with the words and cues that decided
    #[arg(long)]
    errors: bool,
    /// Print the figures as one JSON object, shares from 0 to 1
    #[arg(long)]
    json: bool,
    /// Labelled posts, JSONL
    #[arg(value_name = "FILE.jsonl")]
    file: PathBuf,
}

impl Eval {
    pub(crate) fn run(self) -> anyhow::Result<bool> {
        let folders = if self.packs.is_empty() { packs::nearby()? } else { self.packs.clone() };
        let Some(packs) = packs::read(&folders)? else { return Ok(false) };
        let engine = Engine::new(&packs)?;
        let name = self.file.display().to_string();
        let file = BufReader::new(File::open(&self.file).with_context(|| name.clone())?);
        let posts = labelled(file).with_context(|| name.clone())?;
        let judged: Vec<Judged> = posts.into_iter().map(|post| Judged::read(&engine, post)).collect();
        if self.json {
            say(&format!("{}\n", serde_json::to_string(&Report::from(&Measure::of(&judged)))?))?;
        } else {
            say(&report(&judged))?;
        }
        if self.errors {
            let errors: String = judged.iter().filter(|post| post.is_wrong()).map(error).collect();
            // Beside a JSON object, for people.
            if self.json { anstream::eprint!("{errors}") } else { say(&errors)? }
        }
        Ok(true)
    }
}

type Group<'a> = (String, Vec<&'a Judged>);

/// A title, and what is tallied under it.
type Column = (&'static str, fn(&Measure) -> Tally);

fn report(judged: &[Judged]) -> String {
    let all: Vec<&Judged> = judged.iter().collect();
    let mut groups: Vec<Group<'_>> = vec![("all".to_owned(), all.clone())];
    let by = |label: fn(&Judged) -> String| {
        let labels: BTreeSet<String> = judged.iter().map(label).collect();
        labels.into_iter().map(move |l| (l.clone(), judged.iter().filter(|p| label(p) == l).collect::<Vec<_>>()))
    };
    groups.extend(by(|p| format!("lang {}", p.gold.lang)));
    groups.extend(by(|p| (if p.gold.real { "real" } else { "written" }).to_owned()));
    groups.extend(by(|p| format!("topic {}", p.gold.topic)));

    let measures: [Column; 4] = [
        ("post asserts a risky claim", |m| m.post_asserts),
        ("claim id, asserted", |m| m.claim_asserted),
        ("claim id, any stance", |m| m.claim_any),
        ("distress", |m| m.distress),
    ];
    let mut out = String::new();
    for (title, tally) in measures {
        let mut rows =
            table(&[&title.to_uppercase(), "POSTS", "PRECISION", "RECALL", "F1", "95 %", "RIGHT/EXTRA/MISSED"]);
        for (name, posts) in &groups {
            let measure = Measure::of(posts.iter().copied());
            let found = tally(&measure);
            let (low, high) = interval(posts, |m| tally(m).f1());
            rows.add_row([
                name.clone(),
                measure.posts.to_string(),
                format!("{:.3}", found.precision()),
                format!("{:.3}", found.recall()),
                format!("{:.3}", found.f1()),
                format!("{low:.3}-{high:.3}"),
                format!("{}/{}/{}", found.right, found.extra, found.missed),
            ]);
        }
        add(&mut out, &rows);
    }
    let measure = Measure::of(judged);
    let mut rows = table(&["FALSE ALARMS ON POSTS THAT DO NOT ASSERT", "POSTS", "RATE", "95 %"]);
    for (index, alarms) in measure.alarms.iter().enumerate() {
        let name = if index == 0 { "all" } else { OTHER_STANCES[index - 1] };
        let (low, high) = interval(&all, |m| m.alarms[index].rate());
        rows.add_row([
            name.to_owned(),
            format!("{}/{}", alarms.raised, alarms.of),
            format!("{:.3}", alarms.rate()),
            format!("{low:.3}-{high:.3}"),
        ]);
    }
    add(&mut out, &rows);
    out.push_str(&format!("{}\n", count(judged.len(), "post")));
    out
}

fn add(out: &mut String, rows: &Table) {
    out.push_str(&format!("{}\n\n", rows.trim_fmt()));
}

/// What was labelled, what was found, and by which words and cues.
fn error(post: &Judged) -> String {
    let gold = &post.gold;
    let (labels, found) = (post.gold_any(), post.found_any());
    let list = |ids: Vec<&&str>| ids.iter().map(|id| **id).collect::<Vec<_>>().join(", ");
    let mut lines = vec![format!("{} [{}, {}] {}", plain(&gold.id), gold.lang, gold.stance, plain(&gold.text))];
    let missed = list(labels.difference(&found).collect());
    let extra = list(found.difference(&labels).collect());
    if !missed.is_empty() {
        lines.push(format!("    missed: {missed}"));
    }
    if !extra.is_empty() {
        lines.push(format!("    extra: {extra}"));
    }
    if post.gold_asserted().is_empty() != post.found_asserted().is_empty() {
        let wanted = if post.gold_asserted().is_empty() { "nothing asserted" } else { "asserted" };
        lines.push(format!("    stance: {wanted} was wanted"));
    }
    if gold.distress != post.found_distress() {
        lines.push(format!("    distress: {}", if gold.distress { "missed" } else { "extra" }));
    }
    for finding in &post.findings {
        let words: Vec<String> = finding.why.words.iter().map(|w| plain(&w.text)).collect();
        let cues: Vec<String> = finding.why.cues.iter().map(|c| format!("`{}`", plain(&c.text))).collect();
        let cues = if cues.is_empty() { String::new() } else { format!(", cues {}", cues.join(" ")) };
        lines.push(format!("    {} {}: {}{cues}", finding.claim, stance(finding.stance), words.join(" … ")));
    }
    format!("{}\n", lines.join("\n"))
}
