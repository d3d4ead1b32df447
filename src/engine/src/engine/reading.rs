use super::Engine;
use super::atoms::Hits;
use super::evaluate::{Match, matches};
use super::rule::Rule;
use super::stance::{Cues, Reason};
use crate::text::Text;
use rejoinder_wire::{CueSeen, Finding, FindingKind, PartKind, Post, RiskLevel, Span, Stance, Why, Word};

impl Engine {
    /// The findings of one post: at most one per claim, in the order of their first word. A claim found in the
    /// poster's own words counts before the same claim in words the poster quotes.
    pub fn read(&self, post: &Post) -> Vec<Finding> {
        let mut findings = self.read_parts(post, PartKind::Own);
        for quoted in self.read_parts(post, PartKind::Quote) {
            if findings.iter().all(|own| own.claim != quoted.claim || own.why.pack != quoted.why.pack) {
                findings.push(quoted);
            }
        }
        findings.sort_by_key(|f| f.spans.first().map(|s| (s.part, s.start)));
        findings
    }

    fn read_parts(&self, post: &Post, kind: PartKind) -> Vec<Finding> {
        let indexed = post.parts.iter().enumerate().filter(|(_, part)| part.kind == kind);
        let parts: Vec<(u32, &str)> =
            indexed.map(|(i, part)| (u32::try_from(i).unwrap_or(u32::MAX), part.text.as_str())).collect();
        if parts.is_empty() {
            return Vec::new();
        }
        let text = Text::new(parts);
        let hits = self.atoms.find(&text);
        let mut rules: Vec<usize> =
            hits.by_set.keys().filter_map(|set| self.rules_of.get(set)).flatten().copied().collect();
        rules.sort_unstable();
        rules.dedup();
        if rules.is_empty() {
            return Vec::new();
        }
        let cues = Cues::of(&self.cues, &hits, &text);
        let finding = |rule: usize| self.finding(post.id, kind, &self.rules[rule], &text, &hits, &cues);
        rules.into_iter().filter_map(finding).collect()
    }

    fn finding(
        &self,
        post: u32,
        kind: PartKind,
        rule: &Rule,
        text: &Text<'_>,
        hits: &Hits,
        cues: &Cues,
    ) -> Option<Finding> {
        let judged: Vec<(Match, Stance, Vec<Reason>)> = matches(&rule.node, text, hits)
            .into_iter()
            .map(|found| {
                if kind == PartKind::Quote {
                    return (found, Stance::Quotes, vec![Reason::quoted()]);
                }
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
                let hit = hits.all[*index as usize];
                spans.push(span(text, hit.first, hit.last));
                words.push(self.word(text, *index, hits));
            }
            if found.hits.len() > 1 && distance.is_none() {
                distance = Some(found.last - found.first);
            }
            for reason in reasons {
                let (words, span) = match reason.tokens {
                    Some((first, last)) => (text.original(first, last).to_owned(), Some(span(text, first, last))),
                    None if reason.stance == Stance::Asks => ("?".to_owned(), None),
                    None => (String::new(), None),
                };
                let cue = CueSeen { stance: reason.stance, text: words, span, scope: reason.scope };
                if !seen.contains(&cue) {
                    seen.push(cue);
                }
            }
        }
        let pack = &self.packs[rule.pack];
        Some(Finding {
            post,
            claim: rule.claim.id.clone(),
            title: rule.claim.title.clone(),
            topic: rule.claim.topic.clone(),
            kind: rule.claim.kind,
            distress: rule.claim.distress || rule.claim.kind == FindingKind::Signal,
            stance,
            risk: risk(rule.claim.harm, stance),
            spans: merged(spans),
            why: Why {
                pack: pack.id.clone(),
                version: pack.version.clone(),
                query: rule.claim.rule.clone(),
                words,
                distance,
                cues: seen,
            },
        })
    }

    fn word(&self, text: &Text<'_>, index: u32, hits: &Hits) -> Word {
        let hit = hits.all[index as usize];
        let original = text.original(hit.first, hit.last).to_owned();
        let view = &text.views[hit.view as usize];
        let read: Vec<&str> = (hit.first..=hit.last).map(|t| view.word(t as usize)).collect();
        let read = read.join(" ");
        let folded = (read != original.to_lowercase()).then_some(read);
        Word { text: original, pattern: self.atoms.term(hit.atom).source.clone(), folded }
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

fn span(text: &Text<'_>, first: u32, last: u32) -> Span {
    let (first, last) = (&text.tokens[first as usize], &text.tokens[last as usize]);
    Span { part: first.part, start: first.start, end: last.end }
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
