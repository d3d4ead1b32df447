//! Dates as sites write them beside posts, in French, English and the languages next to them.

use regex::{Regex, RegexSet};
use std::sync::LazyLock;

/// Longest text that is a label with a date, in bytes: longer ones are somebody's words that name a day.
pub(super) const LABEL: usize = 140;

const MONTHS: &str = r"(?:jan(?:v|vier|uary|uar|uari|eiro)?|f[ée]v(?:r|rier)?|feb(?:ruary|ruar|ruari|brero)?|m[aä]r(?:s|ch|z|zo)?|maart|avr(?:il)?|apr(?:il)?|abr(?:il)?|mai|may|maj|mei|mayo|juin|jun(?:e|i|io)?|juil(?:let)?|jul(?:y|i|io)?|ao[uû]t|aug(?:ust|ustus)?|ago(?:sto)?|sept?(?:embre|ember|iembre)?|o[ck]t(?:obre|ober|ubre)?|nov(?:embre|ember|iembre)?|d[ée][cz](?:embre|ember)?|dic(?:iembre|embre)?)";

static PATTERNS: LazyLock<Option<RegexSet>> = LazyLock::new(|| {
    let patterns = [
        // 2024-03-12, 2024/3/12, 12/03/2024, 12.3.24, 12-03-2024
        r"(?:^|\D)(?:19|20)\d\d([-/.])\d{1,2}[-/.]\d{1,2}(?:\D|$)".to_owned(),
        r"(?:^|[^\d.])\d{1,2}([-/.])\d{1,2}[-/.](?:(?:19|20)\d\d|\d\d)(?:[^\d.]|$|\.$)".to_owned(),
        // 12 mars 2024, 1er avril, 12. März 2024, le 3 févr. à 10:12
        format!(r"(?:^|\D)\d{{1,2}}(?:er|st|nd|rd|th|\.|º)?[\s -]+(?:de |of )?{MONTHS}\.?(?:[\s ,'’-]|$)"),
        // March 12, 2024; Mar 12
        format!(r"(?:^|\W){MONTHS}\.?[\s ]+\d{{1,2}}(?:st|nd|rd|th)?(?:[\s ]*(?:$|[,.;·•|(-])|[\s ]+(?:at|à|\d))"),
        // mars 2024, Mar '24
        format!(r"(?:^|\W){MONTHS}\.?[\s ]+(?:'|’|de |of )?(?:19|20)?\d\d(?:\D|$)"),
        // 3 days ago, il y a 3 jours, vor 3 Tagen, hace 3 días
        r"(?:^|\W)(?:\d+|an?|une?|one|few|quelques|plus(?:ieurs)?)[\s ]*(?:s|sec|seconde?s?|min|mins|minutes?|mn|h|hrs?|hours?|heures?|d|days?|j|jours?|w|wks?|weeks?|sem|semaines?|mo|mos|months?|mois|y|yrs?|years?|ans?|années?)\.?[\s ]+ago(?:\W|$)".to_owned(),
        r"(?:^|\W)il[\s ]y[\s ]a[\s ]+(?:environ |plus d['’]|moins d['’]|près de )?(?:\d+|une?|quelques|plusieurs)[\s ]*[^\W\d_]+".to_owned(),
        r"(?:^|\W)(?:vor|hace|há)[\s ]+(?:\d+|einem|einer|un|una|um|uma)[\s ]+[^\W\d_]+".to_owned(),
        // yesterday at 10:12, hier à 10h12
        r"(?:^|\W)(?:yesterday|today|hier|aujourd['’]hui|gestern|heute|ayer|hoy)(?:,|[\s ]+(?:at|à|um|a las))?[\s ]*,?[\s ]*\d{1,2}[:h]\d\d".to_owned(),
        r"^(?:yesterday|today|hier|aujourd['’]hui|gestern|heute|ayer|hoy|just now|now|à l['’]instant|maintenant)\.?$".to_owned(),
        // monday 10:12
        r"(?:^|\W)(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?:day)?(?:,| at| à)?[\s ]+\d{1,2}[:h]\d\d".to_owned(),
        // 3 d, 2 h, 5 min, 1y: alone only
        r"^·?[\s ]*\d{1,3}[\s ]?(?:s|sec|m|min|mn|h|hr|hrs|d|j|w|wk|sem|mo|mois|y|yr|an|ans)\.?(?:[\s ]*[·•].*)?$".to_owned(),
    ];
    RegexSet::new(patterns.iter().map(|p| format!("(?i){p}"))).ok()
});

static MACHINE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:(?:19|20)\d\d-\d\d-\d\d(?:[T ]|$)|1[0-9]{9}(?:[0-9]{3})?$)").ok());

/// Whether a short text says when something was written.
pub(super) fn in_label(text: &str) -> bool {
    text.len() <= LABEL && PATTERNS.as_ref().is_some_and(|patterns| patterns.is_match(text))
}

/// Whether an attribute's value is a moment for machines: ISO 8601, or seconds or milliseconds since 1970.
pub(super) fn for_machines(value: &str) -> bool {
    MACHINE.as_ref().is_some_and(|machine| machine.is_match(value.trim()))
}

/// Of every form.
#[cfg(test)]
pub(super) const LABELS: &[&str] = &[
    "12 mars 2024",
    "Le 12 mars 2024 à 10h20",
    "1er avril 2023, 08:00",
    "Posté le 12-03-2015 à 22:10:58",
    "12/03/2024",
    "12.3.24, 10:20",
    "2024-03-12",
    "March 12, 2024",
    "Mar 12th, 2024 at 10:20 am",
    "Posted 12 Mar 2024",
    "Thu Mar 12, 2009 10:20 pm",
    "déc. 2021",
    "Dec '21",
    "il y a 3 jours",
    "Il y a environ 2 heures",
    "3 days ago",
    "a month ago",
    "2 hr ago",
    "hier à 10:12",
    "Yesterday at 10:12 AM",
    "Aujourd'hui, 10:12",
    "5 min",
    "3 j",
    "1y",
    "· 3 h",
    "lundi à 10:12",
    "12. März 2024",
    "hace 3 días",
    "just now",
    "à l’instant",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_with_dates() {
        for text in LABELS {
            assert!(in_label(text), "{text}");
        }
    }

    #[test]
    fn labels_without() {
        for text in [
            "",
            "Répondre",
            "12 réponses",
            "#12",
            "3.5.1",
            "Version 1.2.3.4",
            "Messages : 1 234",
            "maintenant je sais plus quoi faire",
            "I may 2 times",
            "12 messages",
            "il y a du monde",
            "5 minutes de repos",
            "j'ai 3 enfants",
            "Page 1 sur 12",
        ] {
            assert!(!in_label(text), "{text}");
        }
        assert!(!in_label(&format!("{} 12 mars 2024", "des mots ".repeat(20))));
    }

    #[test]
    fn machines() {
        for value in ["2024-03-12", "2024-03-12T10:20:00+01:00", "2024-03-12 10:20", "1710235200", "1710235200000"] {
            assert!(for_machines(value), "{value}");
        }
        for value in ["", "12", "2024", "PT5M", "12 mars", "17102352"] {
            assert!(!for_machines(value), "{value}");
        }
    }
}
