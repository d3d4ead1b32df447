use super::answer;
use super::mark::{Mark, Wants, runs};
use crate::pack::{Card, Variant};
use rejoinder_wire::{Identity, Piece, PieceKind, Question, ReplyRefusal};
use std::collections::BTreeMap;

/// A variant's approved words, filled as far as they could be.
#[derive(Default)]
pub(super) struct Filled {
    /// The words in their pieces, no blanks at the end.
    pub(super) pieces: Vec<Piece>,
    /// What is asked, in order, each once.
    pub(super) questions: Vec<Question>,
    /// For each piece the question that it answers, by its place in `questions`.
    pub(super) asked: Vec<Option<usize>>,
    /// What could not be filled, in order, each once.
    unresolved: Vec<String>,
    /// The first question whose answer cannot stand.
    bad: Option<String>,
}

impl Filled {
    pub(super) fn words(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    pub(super) fn refusal(&self) -> Option<ReplyRefusal> {
        if !self.unresolved.is_empty() {
            return Some(ReplyRefusal::Unresolved { names: self.unresolved.clone() });
        }
        self.bad.clone().map(|question| ReplyRefusal::BadAnswer { question })
    }

    fn push(&mut self, text: &str, kind: PieceKind, asked: Option<usize>) {
        match self.pieces.last_mut() {
            Some(last) if last.kind == kind && asked.is_none() => last.text.push_str(text),
            _ => {
                self.pieces.push(Piece { text: text.to_owned(), kind });
                self.asked.push(asked);
            }
        }
    }

    fn unresolved(&mut self, name: &str) {
        if !self.unresolved.iter().any(|n| n == name) {
            self.unresolved.push(name.to_owned());
        }
    }

    /// The place of a question, which is asked once however often it stands.
    fn question(&mut self, question: &str, fallback: Option<&str>, answers: &BTreeMap<String, String>) -> usize {
        if let Some(known) = self.questions.iter().position(|q| q.question == question) {
            return known;
        }
        let answer = answers.get(question).map(|a| a.trim()).unwrap_or_default();
        if self.bad.is_none() && !answer::fits(answer) {
            self.bad = Some(question.to_owned());
        }
        self.questions.push(Question {
            question: question.to_owned(),
            fallback: fallback.map(str::to_owned),
            answer: answer.to_owned(),
        });
        self.questions.len() - 1
    }

    /// Takes the blanks off the end. A free zone stays, be it empty.
    fn trim_end(&mut self) {
        while let Some(last) = self.pieces.iter().rposition(|p| !p.text.is_empty()) {
            let text = &mut self.pieces[last].text;
            text.truncate(text.trim_end().len());
            if !text.is_empty() {
                break;
            }
        }
        let gone: Vec<bool> = self.pieces.iter().map(|p| p.text.is_empty() && p.kind != PieceKind::Free).collect();
        let mut at = gone.iter();
        self.pieces.retain(|_| at.next() == Some(&false));
        let mut at = gone.iter();
        self.asked.retain(|_| at.next() == Some(&false));
    }
}

/// Fills the holes of a variant, once.
pub(super) fn fill(variant: &Variant, card: &Card, identity: &Identity, answers: &BTreeMap<String, String>) -> Filled {
    let mut filled = Filled::default();
    match runs(&variant.text) {
        Ok(runs) => {
            for run in runs {
                let of_text = if run.free { PieceKind::Free } else { PieceKind::Locked };
                match run.mark {
                    Mark::Text(text) => filled.push(text, of_text, None),
                    Mark::Hole(hole) => match hole.wants {
                        Wants::Value(name) => {
                            let value = value(name, card, identity).or(hole.fallback);
                            if value.is_none() {
                                filled.unresolved(name);
                            }
                            // Who speaks, and whence a fact comes, is nowhere the manager's to say otherwise.
                            filled.push(value.unwrap_or(&variant.text[hole.at]), PieceKind::Locked, None);
                        }
                        Wants::Answer(question) => {
                            let asked = filled.question(question, hole.fallback, answers);
                            let answer = Some(filled.questions[asked].answer.clone()).filter(|a| !a.is_empty());
                            let text = answer.as_deref().or(hole.fallback);
                            if text.is_none() {
                                filled.unresolved(question);
                            }
                            filled.push(text.unwrap_or(&variant.text[hole.at]), PieceKind::Answer, Some(asked));
                        }
                    },
                }
            }
        }
        // `Pack::check` refuses such a text; should one come this way all the same, it is not inserted.
        Err(error) => {
            filled.push(&variant.text, PieceKind::Locked, None);
            filled.unresolved(&variant.text[error.at]);
        }
    }
    filled.trim_end();
    filled
}

fn value<'a>(name: &str, card: &'a Card, identity: &'a Identity) -> Option<&'a str> {
    let value = match name {
        "first_name" => &identity.first_name,
        "last_name" => &identity.last_name,
        "role" => &identity.role,
        "organisation" => &identity.organisation,
        "site" => &identity.site,
        "source" => &card.sources.first()?.url,
        _ => return None,
    };
    Some(value.trim()).filter(|v| !v.is_empty())
}
