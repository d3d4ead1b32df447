use crate::language::detect;
use crate::query::{Condition, Quantity};
use crate::text::Text;
use rejoinder_wire::{Facts, PartKind};
use std::cell::OnceCell;

/// What conditions are asked of: the facts of a post, and what can be told from its text. Asked once each.
pub(super) struct Known<'p> {
    facts: &'p Facts,
    text: &'p Text<'p>,
    language: OnceCell<Option<&'static str>>,
}

impl<'p> Known<'p> {
    pub(super) fn new(facts: &'p Facts, text: &'p Text<'p>) -> Known<'p> {
        Known { facts, text, language: OnceCell::new() }
    }

    /// Whether a condition holds. What is not known does not hold.
    pub(super) fn holds(&self, condition: &Condition) -> bool {
        let facts = self.facts;
        let url = || facts.url.as_deref().unwrap_or_default().to_lowercase();
        match condition {
            Condition::Site(site) => host(&url()).is_some_and(|host| is_below(host, site)),
            Condition::Url(part) => url().contains(part),
            Condition::Link(part) => facts.links.iter().any(|link| link.to_lowercase().contains(part)),
            Condition::Language(language) => self.language() == Some(language.as_str()),
            Condition::Country(wanted) => facts.country.as_ref().is_some_and(|own| {
                let own = own.to_uppercase();
                own == *wanted || own.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.starts_with('-'))
            }),
            Condition::Source(kind) => facts.source.as_ref() == Some(kind),
            Condition::Number { what, than, value } => self.number(*what).is_some_and(|have| than.holds(have, *value)),
            Condition::IsReply => facts.reply == Some(true),
            Condition::IsFirst => facts.position == Some(1),
            Condition::HasLink => !facts.links.is_empty() || self.own_text_holds("://"),
            Condition::HasMedia => facts.media == Some(true),
            Condition::EngagementHigh => facts.engaging == Some(true),
            Condition::AnsweredByTeam => facts.answered == Some(true),
            Condition::OfficialSource => facts.official == Some(true),
        }
    }

    fn number(&self, what: Quantity) -> Option<u32> {
        match what {
            Quantity::Position => self.facts.position,
            Quantity::Age => self.facts.age,
            Quantity::Last => self.facts.last,
            Quantity::Replies => self.facts.replies,
            Quantity::Views => self.facts.views,
            Quantity::Likes => self.facts.likes,
            Quantity::Words => {
                let own = (0..self.text.tokens.len()).map(super::atoms::id);
                let own = own.filter(|t| self.text.kind(*t) == PartKind::Own && !self.text.word(*t).is_empty());
                Some(super::atoms::id(own.count()))
            }
        }
    }

    fn own(&self) -> impl Iterator<Item = &str> {
        let parts = self.text.parts.iter();
        parts.filter(|part| matches!(part.kind, PartKind::Own | PartKind::Title)).map(|part| part.text.as_str())
    }

    fn own_text_holds(&self, wanted: &str) -> bool {
        self.own().any(|text| text.contains(wanted))
    }

    fn language(&self) -> Option<&'static str> {
        *self.language.get_or_init(|| detect(&self.own().collect::<Vec<_>>().join("\n")))
    }
}

/// The host of an address.
fn host(url: &str) -> Option<&str> {
    let behind = url.split_once("://")?.1;
    let authority = behind.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    host.split(':').next().filter(|host| !host.is_empty())
}

fn is_below(host: &str, site: &str) -> bool {
    host == site || host.strip_suffix(site).is_some_and(|before| before.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        for (url, site, want) in [
            ("https://forum.exemple.fr/a", "exemple.fr", true),
            ("https://exemple.fr:8080/a", "exemple.fr", true),
            ("https://monexemple.fr/", "exemple.fr", false),
            ("https://exemple.fr@mal.example/", "exemple.fr", false),
            ("exemple.fr", "exemple.fr", false),
        ] {
            assert_eq!(host(url).is_some_and(|host| is_below(host, site)), want, "{url}");
        }
    }
}
