//! How well packs read posts that people have labelled.

use rejoinder_engine::Engine;
use rejoinder_wire::{Finding, FindingKind, Post, Stance};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::BufRead;

/// A post and what people say of it. Fields that are not needed here are passed over.
#[derive(Clone, Debug, Deserialize)]
pub struct Labelled {
    /// What the file calls it.
    pub id: String,
    /// Language (`fr`, `en`).
    #[serde(default)]
    pub lang: String,
    /// Its text.
    pub text: String,
    /// Its subject.
    #[serde(default)]
    pub topic: String,
    /// Ids of the claims and signals that it is about, in whatever stance.
    #[serde(default)]
    pub claims: Vec<String>,
    /// `asserts`, `denies`, `questions`, `reports` or `none`, towards its claims.
    #[serde(default)]
    pub stance: String,
    /// Whether somebody in it is in danger.
    #[serde(default)]
    pub distress: bool,
    /// Whether people wrote it elsewhere; else it was written for the set.
    #[serde(default)]
    pub real: bool,
}

/// Reads labelled posts, one JSON object a line; empty lines are passed over.
///
/// # Errors
/// The first line that is none, with its number and column.
pub fn labelled(input: impl BufRead) -> anyhow::Result<Vec<Labelled>> {
    let mut posts = Vec::new();
    for (index, line) in input.lines().enumerate() {
        let line = line.map_err(|error| anyhow::anyhow!("{}: {error}", index + 1))?;
        let line = line.trim_start_matches('\u{feff}');
        if line.trim().is_empty() {
            continue;
        }
        let post = serde_json::from_str(line).map_err(|error| {
            let why = error.to_string();
            let why = why.rsplit_once(" at line ").map_or(why.as_str(), |(why, _)| why);
            anyhow::anyhow!("{}:{}: {why}", index + 1, error.column())
        })?;
        posts.push(post);
    }
    Ok(posts)
}

/// A labelled post beside what the engine makes of it.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The post and its labels.
    pub gold: Labelled,
    /// What was found.
    pub findings: Vec<Finding>,
}

impl Judged {
    /// Reads a post.
    pub fn read(engine: &Engine, gold: Labelled) -> Judged {
        let findings = engine.read(&Post::own(0, gold.text.clone()));
        Judged { gold, findings }
    }

    /// Ids of the claims that the labels say are asserted. A signal is no claim.
    pub fn gold_asserted(&self) -> BTreeSet<&str> {
        let signal = |id: &&str| id.starts_with("SIG_");
        let asserts = self.gold.stance == "asserts";
        self.gold.claims.iter().map(String::as_str).filter(|id| asserts && !signal(id)).collect()
    }

    /// Ids of the claims found as asserted or testified to.
    pub fn found_asserted(&self) -> BTreeSet<&str> {
        let asserted =
            |f: &&Finding| f.kind == FindingKind::Claim && matches!(f.stance, Stance::Asserts | Stance::Testifies);
        self.findings.iter().filter(asserted).map(|f| f.claim.as_str()).collect()
    }

    /// Ids of what the labels name, in whatever stance.
    pub fn gold_any(&self) -> BTreeSet<&str> {
        self.gold.claims.iter().map(String::as_str).collect()
    }

    /// Ids of what was found, in whatever stance.
    pub fn found_any(&self) -> BTreeSet<&str> {
        self.findings.iter().map(|f| f.claim.as_str()).collect()
    }

    /// Whether somebody in danger was seen in it.
    pub fn found_distress(&self) -> bool {
        self.findings.iter().any(|f| f.distress && f.is_put_forward())
    }

    /// Whether any label was missed.
    pub fn is_wrong(&self) -> bool {
        self.gold_any() != self.found_any()
            || self.gold_asserted() != self.found_asserted()
            || self.gold.distress != self.found_distress()
    }
}

/// Right, wrongly found, and missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Found, and labelled.
    pub right: usize,
    /// Found, not labelled.
    pub extra: usize,
    /// Labelled, not found.
    pub missed: usize,
}

impl Tally {
    fn count<T: Ord>(&mut self, gold: &BTreeSet<T>, found: &BTreeSet<T>) {
        self.right += gold.intersection(found).count();
        self.extra += found.difference(gold).count();
        self.missed += gold.difference(found).count();
    }

    fn yes_no(&mut self, gold: bool, found: bool) {
        self.right += usize::from(gold && found);
        self.extra += usize::from(!gold && found);
        self.missed += usize::from(gold && !found);
    }

    /// Share of what was found that is right; 1 when nothing was found.
    pub fn precision(&self) -> f64 {
        share(self.right, self.right + self.extra, 1.0)
    }

    /// Share of what is labelled that was found; 1 when nothing is labelled.
    pub fn recall(&self) -> f64 {
        share(self.right, self.right + self.missed, 1.0)
    }

    /// Harmonic mean of the two.
    pub fn f1(&self) -> f64 {
        share(2 * self.right, 2 * self.right + self.extra + self.missed, 1.0)
    }
}

fn share(part: usize, of: usize, none: f64) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "counts of posts")]
    if of == 0 { none } else { part as f64 / of as f64 }
}

/// How many of some posts raised a false alarm: were found to assert a claim, and do not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Alarms {
    /// Those that did.
    pub raised: usize,
    /// All.
    pub of: usize,
}

impl Alarms {
    /// Their share; 0 of none.
    pub fn rate(&self) -> f64 {
        share(self.raised, self.of, 0.0)
    }
}

/// Everything that is measured of some posts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// Posts.
    pub posts: usize,
    /// Whether a post asserts any claim.
    pub post_asserts: Tally,
    /// Which claims it asserts.
    pub claim_asserted: Tally,
    /// Which claims and signals it is about, in whatever stance.
    pub claim_any: Tally,
    /// Whether somebody is in danger.
    pub distress: Tally,
    /// False alarms on posts that assert nothing, then by their stance: denies, questions, reports, none.
    pub alarms: [Alarms; 5],
}

/// The stances of [`Measure::alarms`] after the first.
pub const OTHER_STANCES: [&str; 4] = ["denies", "questions", "reports", "none"];

impl Measure {
    /// Measures posts.
    pub fn of<'a>(posts: impl IntoIterator<Item = &'a Judged>) -> Measure {
        let mut measure = Measure::default();
        for post in posts {
            measure.posts += 1;
            let (gold, found) = (post.gold_asserted(), post.found_asserted());
            measure.post_asserts.yes_no(!gold.is_empty(), !found.is_empty());
            measure.claim_asserted.count(&gold, &found);
            measure.claim_any.count(&post.gold_any(), &post.found_any());
            measure.distress.yes_no(post.gold.distress, post.found_distress());
            if gold.is_empty() {
                let own = OTHER_STANCES.iter().position(|s| *s == post.gold.stance).map(|i| i + 1);
                for group in [Some(0), own].into_iter().flatten() {
                    measure.alarms[group].of += 1;
                    measure.alarms[group].raised += usize::from(!found.is_empty());
                }
            }
        }
        measure
    }
}

/// The 95 % interval of a figure of some posts: 2.5th and 97.5th percentile of it over resamples of the posts
/// (bootstrap, Efron 1979). The same posts always give the same interval.
pub fn interval(posts: &[&Judged], figure: impl Fn(&Measure) -> f64) -> (f64, f64) {
    const RESAMPLES: usize = 400;
    if posts.is_empty() {
        return (0.0, 1.0);
    }
    let single: Vec<Measure> = posts.iter().map(|post| Measure::of([*post])).collect();
    let mut dice = 0x2545_f491_4f6c_dd1d_u64;
    let mut figures: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let mut sum = Measure::default();
            for _ in 0..single.len() {
                // xorshift64 (Marsaglia 2003).
                dice ^= dice << 13;
                dice ^= dice >> 7;
                dice ^= dice << 17;
                let drawn = usize::try_from(dice % single.len() as u64).unwrap_or(0);
                sum.add(&single[drawn]);
            }
            figure(&sum)
        })
        .collect();
    figures.sort_by(f64::total_cmp);
    (figures[RESAMPLES / 40], figures[RESAMPLES - 1 - RESAMPLES / 40])
}

impl Measure {
    fn add(&mut self, other: &Measure) {
        self.posts += other.posts;
        let pairs = [
            (&mut self.post_asserts, &other.post_asserts),
            (&mut self.claim_asserted, &other.claim_asserted),
            (&mut self.claim_any, &other.claim_any),
            (&mut self.distress, &other.distress),
        ];
        for (mine, theirs) in pairs {
            mine.right += theirs.right;
            mine.extra += theirs.extra;
            mine.missed += theirs.missed;
        }
        for (mine, theirs) in self.alarms.iter_mut().zip(other.alarms) {
            mine.raised += theirs.raised;
            mine.of += theirs.of;
        }
    }
}

/// The figures as one JSON object, shares from 0 to 1.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    posts: usize,
    post_asserts: Scores,
    claim_asserted: Scores,
    claim_any: Scores,
    distress: Scores,
    false_alarms: AlarmRates,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct Scores {
    p: f64,
    r: f64,
    f1: f64,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct AlarmRates {
    all: f64,
    denies: f64,
    questions: f64,
    reports: f64,
    none: f64,
}

impl From<&Measure> for Report {
    fn from(measure: &Measure) -> Report {
        let scores = |tally: &Tally| Scores { p: tally.precision(), r: tally.recall(), f1: tally.f1() };
        let [all, denies, questions, reports, none] = measure.alarms.map(|alarms| alarms.rate());
        Report {
            posts: measure.posts,
            post_asserts: scores(&measure.post_asserts),
            claim_asserted: scores(&measure.claim_asserted),
            claim_any: scores(&measure.claim_any),
            distress: scores(&measure.distress),
            false_alarms: AlarmRates { all, denies, questions, reports, none },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(stance: &str, claims: &[&str], distress: bool, found: &[(&str, Stance)]) -> Judged {
        let gold = Labelled {
            id: "x".into(),
            lang: "fr".into(),
            text: String::new(),
            topic: "t".into(),
            claims: claims.iter().map(|c| (*c).to_owned()).collect(),
            stance: stance.into(),
            distress,
            real: false,
        };
        let finding = |(claim, stance): &(&str, Stance)| {
            let signal = claim.starts_with("SIG_");
            let value = serde_json::json!({
                "post": 0, "claim": claim, "title": "", "topic": "t",
                "kind": if signal { "signal" } else { "claim" }, "distress": signal, "stance": stance,
                "risk": "none", "spans": [],
                "why": { "pack": "p", "version": "1.0.0", "query": "", "words": [], "distance": null, "cues": [] },
            });
            serde_json::from_value(value).expect("a finding")
        };
        Judged { gold, findings: found.iter().map(finding).collect() }
    }

    #[test]
    fn figures() {
        use Stance::{Asserts, Denies, Testifies};
        let posts = [
            judged("asserts", &["A"], false, &[("A", Testifies)]),
            judged("asserts", &["A", "B"], false, &[("B", Asserts), ("C", Asserts)]),
            judged("asserts", &["A"], false, &[("A", Denies)]),
            judged("denies", &["A"], false, &[("A", Asserts)]),
            judged("denies", &["A"], false, &[("A", Denies)]),
            judged("none", &["SIG_X"], true, &[("SIG_X", Asserts)]),
            judged("none", &[], false, &[("SIG_X", Asserts)]),
            judged("none", &[], false, &[("SIG_X", Denies)]),
        ];
        let measure = Measure::of(&posts);
        assert_eq!(measure.post_asserts, Tally { right: 2, extra: 1, missed: 1 });
        assert_eq!(measure.claim_asserted, Tally { right: 2, extra: 2, missed: 2 });
        assert_eq!(measure.claim_any, Tally { right: 6, extra: 3, missed: 1 });
        assert_eq!(measure.distress, Tally { right: 1, extra: 1, missed: 0 });
        assert_eq!(measure.alarms[0], Alarms { raised: 1, of: 5 });
        assert_eq!(measure.alarms[1], Alarms { raised: 1, of: 2 });
        assert_eq!(measure.alarms[4], Alarms { raised: 0, of: 3 });
        let all: Vec<&Judged> = posts.iter().collect();
        let (low, high) = interval(&all, |m| m.post_asserts.f1());
        let figure = measure.post_asserts.f1();
        assert!(0.0 <= low && low <= figure && figure <= high && high <= 1.0, "{low} {figure} {high}");
    }

    #[test]
    fn bad_lines_are_named() {
        for (file, want) in [
            ("{\"id\":\"a\",\"text\":\"b\"}\n{\"id\":\"a\"}", "2:10: missing field `text`"),
            ("\n{", "2:1: EOF while parsing an object"),
        ] {
            let error = labelled(file.as_bytes()).expect_err("a bad line");
            assert_eq!(error.to_string(), want);
        }
        assert_eq!(labelled(&b"\xef\xbb\xbf\n\n"[..]).expect("no posts").len(), 0);
    }
}
