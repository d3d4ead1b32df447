//! What the manager makes of a card's wording, as long as the panel is open.

use crate::background::{AskError, Asked};
use leptos::prelude::*;
use rejoinder_wire::{Draft, FoundPost, Question, VariantView};
use std::collections::{BTreeMap, HashMap};

/// The manager's work at one card.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Working {
    /// The variant that was chosen or worked at; `None`: the one that is proposed.
    variant: Option<String>,
    /// What was typed, by question.
    answers: BTreeMap<String, String>,
    /// Once the words are open to change.
    adapted: Option<Adapted>,
}

/// Words that are open to change.
#[derive(Clone, Debug, PartialEq)]
struct Adapted {
    /// As they were when they were opened.
    approved: String,
    /// As they are now.
    words: String,
}

impl Working {
    /// The variant that is worked at: a card may have lost it meanwhile.
    pub(crate) fn of<'a>(&self, variants: &'a [VariantView]) -> Option<&'a VariantView> {
        let chosen = |id: &String| variants.iter().find(|variant| variant.id == *id);
        self.variant.as_ref().and_then(chosen).or_else(|| proposed(variants))
    }

    /// Turns to a variant. Words are of one variant; answers are to questions, which others may ask too.
    pub(crate) fn choose(&mut self, variant: &str) {
        if self.variant.as_deref() != Some(variant) {
            self.adapted = None;
        }
        self.variant = Some(variant.to_owned());
    }

    /// Takes what was typed as the answer to a question of a variant.
    pub(crate) fn answer(&mut self, variant: &str, question: &str, answer: String) {
        self.choose(variant);
        self.answers.insert(question.to_owned(), answer);
    }

    /// What was typed as the answer to a question.
    pub(crate) fn answered(&self, question: &str) -> String {
        self.answers.get(question).cloned().unwrap_or_default()
    }

    /// Opens the words of a variant to change.
    pub(crate) fn adapt(&mut self, variant: &str, approved: String) {
        self.choose(variant);
        self.adapted = Some(Adapted { words: approved.clone(), approved });
    }

    /// Takes the words as they are now.
    pub(crate) fn reword(&mut self, words: String) {
        if let Some(adapted) = &mut self.adapted {
            adapted.words = words;
        }
    }

    /// Goes back to the approved words.
    pub(crate) fn approve(&mut self) {
        self.adapted = None;
    }

    /// The words, once they are open to change.
    pub(crate) fn words(&self) -> Option<&str> {
        self.adapted.as_ref().map(|adapted| adapted.words.as_str())
    }

    /// The same for the background: only what a variant asks, and words only when they differ.
    pub(crate) fn draft(&self, variant: &VariantView) -> Draft {
        let answered = |question: &Question| {
            let answer = self.answers.get(&question.question)?;
            (!answer.trim().is_empty()).then(|| (question.question.clone(), answer.clone()))
        };
        let ours = self.variant.as_ref().is_some_and(|id| *id == variant.id);
        let changed = self.adapted.as_ref().filter(|adapted| ours && adapted.words != adapted.approved);
        Draft {
            answers: variant.questions.iter().filter_map(answered).collect(),
            words: changed.map(|adapted| adapted.words.clone()),
        }
    }
}

/// The variant that is proposed: one that may be used and was not used here lately, if there is any.
fn proposed(variants: &[VariantView]) -> Option<&VariantView> {
    let usable = |variant: &&VariantView| variant.refusal.is_none();
    let fresh = |variant: &&VariantView| variant.used.is_none();
    variants
        .iter()
        .find(|variant| usable(variant) && fresh(variant))
        .or_else(|| variants.iter().find(usable))
        .or(variants.first())
}

/// Whether some other variant than one may be used and was not used here lately.
pub(crate) fn another_is_fresh(variants: &[VariantView], than: &str) -> bool {
    variants.iter().any(|variant| variant.id != than && variant.refusal.is_none() && variant.used.is_none())
}

/// What the background is asked about: a variant as its card has it, with a draft.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Wanted {
    /// As the card has it.
    pub variant: VariantView,
    /// What the manager made of it.
    pub draft: Draft,
}

/// What is known of what is [`Wanted`].
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shown {
    /// The card has no variant.
    Nothing,
    /// The background has not answered yet.
    Pending,
    /// As it would be inserted.
    Ready(Box<VariantView>),
    /// The background could not be asked.
    Trouble(AskError),
}

impl Shown {
    /// The variant, once it is known.
    pub(crate) fn variant(&self) -> Option<&VariantView> {
        match self {
            Shown::Ready(variant) => Some(variant),
            _ => None,
        }
    }
}

/// What may be shown: never an answer to anything but what is wanted now.
pub(crate) fn shown(wanted: Option<&Wanted>, reviewed: Option<&(Wanted, Asked<VariantView>)>) -> Shown {
    let Some(wanted) = wanted else { return Shown::Nothing };
    match reviewed {
        _ if wanted.draft == Draft::default() => Shown::Ready(Box::new(wanted.variant.clone())),
        Some((of, Ok(variant))) if of == wanted => Shown::Ready(Box::new(variant.clone())),
        Some((of, Err(error))) if of == wanted => Shown::Trouble(error.clone()),
        _ => Shown::Pending,
    }
}

/// Where some work belongs. Ids of posts begin anew with every document: the words around the finding tell one page's
/// post from another's.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    /// The post that is answered.
    pub post: FoundPost,
    /// The words around the finding.
    pub excerpt: String,
    /// Id of the claim.
    pub claim: String,
    /// Id of the card.
    pub card: String,
}

/// The work at all cards of this panel. Lists are made anew when what they show changes; what the manager typed must not
/// go with them. It is never stored.
#[derive(Clone, Copy)]
pub(crate) struct Drafts(StoredValue<HashMap<Place, Working>>);

impl Drafts {
    /// Nothing worked at yet.
    pub(crate) fn new() -> Drafts {
        Drafts(StoredValue::new(HashMap::new()))
    }

    /// The work at a card.
    pub(crate) fn at(self, place: &Place) -> Working {
        self.0.with_value(|all| all.get(place).cloned().unwrap_or_default())
    }

    /// Keeps the work at a card.
    pub(crate) fn keep(self, place: &Place, working: Working) {
        self.0.update_value(|all| {
            if working == Working::default() {
                all.remove(place);
            } else {
                all.insert(place.clone(), working);
            }
        });
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use rejoinder_wire::{LengthClass, ReplyRefusal};

    pub(crate) fn variant(id: &str, questions: &[&str]) -> VariantView {
        let question = |question: &&str| Question {
            question: (*question).into(),
            fallback: Some("bonjour".into()),
            answer: String::new(),
        };
        VariantView {
            id: id.into(),
            length: LengthClass::Short,
            link: false,
            text: String::new(),
            pieces: Vec::new(),
            questions: questions.iter().map(question).collect(),
            signature: String::new(),
            departures: Vec::new(),
            used: None,
            characters: 0,
            room: None,
            link_fate: None,
            refusal: None,
        }
    }

    fn drafted(answers: &[(&str, &str)], words: Option<&str>) -> Draft {
        Draft {
            answers: answers.iter().map(|(q, a)| ((*q).into(), (*a).into())).collect(),
            words: words.map(Into::into),
        }
    }

    #[test]
    fn a_draft_holds_what_was_changed_and_nothing_else() {
        type Act = fn(&mut Working);
        let cases: [(&str, &[Act], Draft); 9] = [
            ("nothing done", &[], drafted(&[], None)),
            ("an answer", &[|w| w.answer("a", "prénom", "Léa".into())], drafted(&[("prénom", "Léa")], None)),
            ("a blank answer", &[|w| w.answer("a", "prénom", "  ".into())], drafted(&[], None)),
            ("a question not asked here", &[|w| w.answer("a", "ville", "Lyon".into())], drafted(&[], None)),
            ("opened, not changed", &[|w| w.adapt("a", "Texte.".into())], drafted(&[], None)),
            (
                "changed",
                &[|w| w.adapt("a", "Texte.".into()), |w| w.reword("Mon texte.".into())],
                drafted(&[], Some("Mon texte.")),
            ),
            (
                "changed and put right by hand",
                &[|w| w.adapt("a", "Texte.".into()), |w| w.reword("Mon texte.".into()), |w| w.reword("Texte.".into())],
                drafted(&[], None),
            ),
            (
                "back to the approved words",
                &[|w| w.adapt("a", "Texte.".into()), |w| w.reword("Mon texte.".into()), Working::approve],
                drafted(&[], None),
            ),
            (
                "another variant and back: answers stay, words do not",
                &[
                    |w| w.answer("a", "prénom", "Léa".into()),
                    |w| w.adapt("a", "Texte.".into()),
                    |w| w.reword("Mon texte.".into()),
                    |w| w.choose("b"),
                    |w| w.choose("a"),
                ],
                drafted(&[("prénom", "Léa")], None),
            ),
        ];
        for (name, acts, want) in cases {
            let mut working = Working::default();
            acts.iter().for_each(|act| act(&mut working));
            assert_eq!(working.draft(&variant("a", &["prénom"])), want, "{name}");
        }
    }

    #[test]
    fn words_of_one_variant_are_never_those_of_another() {
        let mut working = Working::default();
        working.adapt("a", "Texte.".into());
        working.reword("Mon texte.".into());
        assert_eq!(working.draft(&variant("b", &[])), Draft::default(), "its card lost the variant");
        working.choose("b");
        assert_eq!(working.words(), None);
    }

    #[test]
    fn the_variant_is_the_chosen_one_else_one_that_is_usable_and_fresh() {
        let variants: Vec<VariantView> = [("refused", true, None), ("used", false, Some(2)), ("fresh", false, None)]
            .into_iter()
            .map(|(id, refused, used)| VariantView {
                refusal: refused.then_some(ReplyRefusal::NotValidated),
                used,
                ..variant(id, &[])
            })
            .collect();
        for (chosen, among, want) in [
            (None, &variants[..], Some("fresh")),
            (None, &variants[..2], Some("used")),
            (None, &variants[..1], Some("refused")),
            (None, &variants[..0], None),
            (Some("refused"), &variants[..], Some("refused")),
            (Some("lost"), &variants[..], Some("fresh")),
        ] {
            let mut working = Working::default();
            if let Some(chosen) = chosen {
                working.choose(chosen);
            }
            let got = working.of(among).map(|variant| variant.id.as_str());
            assert_eq!(got, want, "{chosen:?} among {}", among.len());
        }
        assert!(another_is_fresh(&variants, "used"));
        assert!(!another_is_fresh(&variants, "fresh"));
    }

    #[test]
    fn no_answer_is_shown_for_another_draft() {
        let card = variant("a", &["prénom"]);
        let asked = |answer: &str| Wanted { variant: card.clone(), draft: drafted(&[("prénom", answer)], None) };
        let answer = |text: &str| VariantView { text: text.into(), ..card.clone() };
        let plain = Wanted { variant: card.clone(), draft: Draft::default() };
        let changed_card = Wanted { variant: VariantView { text: "neuf".into(), ..card.clone() }, ..asked("Léa") };
        let lost = AskError::Unreachable("gone".into());
        let ready = |variant: VariantView| Shown::Ready(Box::new(variant));
        for (name, wanted, reviewed, want) in [
            ("no variant", None, None, Shown::Nothing),
            ("no draft", Some(plain.clone()), None, ready(card.clone())),
            ("no draft any more", Some(plain), Some((asked("Léa"), Ok(answer("Léa")))), ready(card.clone())),
            ("not answered", Some(asked("Léa")), None, Shown::Pending),
            ("answered", Some(asked("Léa")), Some((asked("Léa"), Ok(answer("Léa")))), ready(answer("Léa"))),
            ("answered to an older one", Some(asked("Léa")), Some((asked("L"), Ok(answer("L")))), Shown::Pending),
            ("the card changed", Some(changed_card), Some((asked("Léa"), Ok(answer("Léa")))), Shown::Pending),
            ("failed", Some(asked("Léa")), Some((asked("Léa"), Err(lost.clone()))), Shown::Trouble(lost.clone())),
            ("an older one failed", Some(asked("Léa")), Some((asked("L"), Err(lost.clone()))), Shown::Pending),
        ] {
            assert_eq!(shown(wanted.as_ref(), reviewed.as_ref()), want, "{name}");
        }
    }
}
