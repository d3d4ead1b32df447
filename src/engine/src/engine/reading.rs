use super::Engine;
use super::evaluate::{Evaluation, Match};
use super::facts::Known;
use super::hits::Hits;
use super::rule::Rule;
use super::stance::{Cues, Reason};
use crate::query::Field;
use crate::text::Text;
use rejoinder_wire::{CueSeen, Finding, PartKind, Post, RiskLevel, Span, Stance, Why, Word};

impl Engine {
    /// The findings of one post: at most one per claim, in the order of their first word. A claim found in the
    /// poster's own words counts before the same claim in words the poster quotes.
    pub fn read(&self, post: &Post) -> Vec<Finding> {
        let text = Text::new(&post.parts, &self.spellings);
        let hits = Hits::find(&self.atoms, &text);
        if hits.is_empty() {
            return Vec::new();
        }
        let mut rules: Vec<u32> = hits.sets().flat_map(|set| self.rules_of.get(set)).copied().collect();
        rules.sort_unstable();
        rules.dedup();
        if rules.is_empty() {
            return Vec::new();
        }
        let cues = Cues::of(&self.cues, &hits, &text);
        let known = Known::new(&post.facts, &text);
        let evaluation = Evaluation { text: &text, hits: &hits, cues: &cues, known: &known };
        let quotes = post.parts.iter().any(|part| part.kind == PartKind::Quote);
        let mut findings = Vec::new();
        for rule in rules {
            let Some(rule) = self.rules.get(rule) else { continue };
            let own = self.finding(post.id, rule, Field::Own, &evaluation);
            let quoted = || self.finding(post.id, rule, Field::Quote, &evaluation);
            findings.extend(own.or_else(|| if quotes { quoted() } else { None }));
        }
        findings.sort_by_key(|f| f.spans.first().map(|s| (s.part, s.start)));
        findings
    }

    fn finding(&self, post: u32, rule: &Rule, field: Field, read: &Evaluation<'_>) -> Option<Finding> {
        let Evaluation { text, hits, cues, .. } = *read;
        let judged: Vec<(Match, Stance, Vec<Reason>)> = read
            .matches(&rule.node, field)
            .into_iter()
            .map(|found| {
                let (stance, reasons) = cues.stance(&found, text, hits);
                (found, stance, reasons)
            })
            .collect();
        let stance = settle(judged.iter().map(|(_, stance, _)| *stance))?;
        let mut spans = Vec::new();
        let mut words = Vec::new();
        let mut seen = Vec::new();
        let mut distance = None;
        for (found, _, reasons) in judged.iter().filter(|(_, s, _)| *s == stance) {
            for index in &found.hits {
                spans.push(hits.span(&hits.all[*index as usize], text));
                words.push(self.word(text, *index, hits));
            }
            if found.hits.len() > 1 && distance.is_none() {
                distance = Some(found.last - found.first);
            }
            for reason in reasons {
                let (words, span) = match reason.cue {
                    Some(index) => {
                        let hit = &hits.all[index as usize];
                        (hits.original(hit, text).to_owned(), Some(hits.span(hit, text)))
                    }
                    None if reason.stance == Stance::Asks => ("?".to_owned(), None),
                    None => (String::new(), None),
                };
                let cue = CueSeen { stance: reason.stance, text: words, span, scope: reason.scope };
                if !seen.contains(&cue) {
                    seen.push(cue);
                }
            }
        }
        let pack = self.packs.get(rule.pack)?;
        Some(Finding {
            post,
            claim: rule.claim.id.clone(),
            title: rule.claim.title.clone(),
            topic: rule.claim.topic.clone(),
            kind: rule.claim.kind,
            distress: rule.claim.distress,
            stance,
            risk: risk(rule.claim.harm, stance),
            spans: merged(spans),
            why: Why { pack: pack.id.clone(), version: pack.version.clone(), words, distance, cues: seen },
        })
    }

    fn word(&self, text: &Text<'_>, index: u32, hits: &Hits) -> Word {
        let hit = &hits.all[index as usize];
        let original = hits.original(hit, text).to_owned();
        let pattern = self.atoms.atom(hit.atom).map(|atom| atom.source.clone()).unwrap_or_default();
        let folded = match hit.original {
            Some(_) => None,
            None => Some(text.views[hit.view as usize].read(hit.first, hit.last)),
        };
        let folded = folded.filter(|read| *read != original.to_lowercase());
        Word { text: original, pattern, folded }
    }
}

/// One stance for a claim that stands several times in a post. A poster who asserts it more often than they deny it
/// asserts it; who denies it at least as often is answering somebody.
fn settle(stances: impl Iterator<Item = Stance>) -> Option<Stance> {
    let stances: Vec<Stance> = stances.collect();
    let count = |wanted: Stance| stances.iter().filter(|s| **s == wanted).count();
    if count(Stance::Asserts) + count(Stance::Testifies) > count(Stance::Denies) {
        return Some(if count(Stance::Testifies) > 0 { Stance::Testifies } else { Stance::Asserts });
    }
    let order = [Stance::Denies, Stance::Asks, Stance::Uncertain, Stance::Jokes, Stance::Quotes];
    order.into_iter().find(|s| count(*s) > 0)
}

/// Harm of the claim, less a step when it is only asked about, nothing when it is denied or quoted.
fn risk(harm: u8, stance: Stance) -> RiskLevel {
    let left = match stance {
        Stance::Asserts | Stance::Testifies => harm,
        Stance::Asks | Stance::Jokes | Stance::Uncertain => harm.saturating_sub(1),
        Stance::Denies | Stance::Quotes => 0,
    };
    match left {
        0 => RiskLevel::None,
        1 => RiskLevel::Low,
        2 => RiskLevel::Medium,
        _ => RiskLevel::High,
    }
}

/// Sorted, overlapping ones joined.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if last.part == span.part && span.start < last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}
