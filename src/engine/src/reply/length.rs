//! How long a site finds a text.

use regex::Regex;
use rejoinder_wire::{Count, CountUnit};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// An address with its scheme, or one that sites take for an address without it.
static LINK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?i)https?://[^\s<>"«»]+|(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?:/[^\s<>"«»]*)?"#).ok()
});
/// What ends a sentence and no address.
const AFTER: &[char] = &['.', ',', ';', ':', '!', '?', ')', ']', '\'', '’', '”', '…'];
/// Code points that weigh half of the others: twitter-text, configuration v3 (`ranges`).
const LIGHT: [std::ops::RangeInclusive<char>; 4] =
    ['\0'..='\u{10ff}', '\u{2000}'..='\u{200d}', '\u{2010}'..='\u{201f}', '\u{2032}'..='\u{2037}'];

/// The length of a text in a site's own units.
pub fn length(text: &str, count: &Count) -> u32 {
    let mut total: u32 = 0;
    let mut rest = 0;
    for (start, end) in addresses(text) {
        let own = plain(&text[start..end], count.unit);
        total = total.saturating_add(plain(&text[rest..start], count.unit));
        let link = match count.link {
            Some(link) if text[start..end].contains("://") => link,
            // Whether a site takes this for an address depends on its list of domains: never fewer than it may count.
            Some(link) => link.max(own),
            None => own,
        };
        total = total.saturating_add(link);
        rest = end;
    }
    total.saturating_add(plain(&text[rest..], count.unit))
}

/// How many addresses with a scheme are in a text.
pub fn links(text: &str) -> u32 {
    let links = addresses(text).filter(|&(start, end)| text[start..end].contains("://")).count();
    u32::try_from(links).unwrap_or(u32::MAX)
}

/// Where addresses stand in a text, in bytes.
pub(super) fn addresses(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let found = LINK.as_ref().into_iter().flat_map(move |link| link.find_iter(text));
    found.map(|found| (found.start(), found.start() + found.as_str().trim_end_matches(AFTER).len()))
}

fn plain(text: &str, unit: CountUnit) -> u32 {
    let units = match unit {
        CountUnit::Utf16 => text.encode_utf16().count(),
        CountUnit::Characters => text.chars().count(),
        CountUnit::Graphemes => text.graphemes(true).count(),
        CountUnit::Weighted => {
            let composed: String = text.nfc().collect();
            composed.graphemes(true).map(weight).sum()
        }
    };
    u32::try_from(units).unwrap_or(u32::MAX)
}

/// What one sign weighs: an emoji, of however many code points, as one heavy one.
fn weight(grapheme: &str) -> usize {
    let emoji = |c: char| c >= '\u{1f000}' || matches!(c, '\u{fe0f}' | '\u{20e3}');
    if grapheme.contains(emoji) {
        return 2;
    }
    grapheme.chars().map(|c| if LIGHT.iter().any(|range| range.contains(&c)) { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_the_site_counts() {
        let x = Count { unit: CountUnit::Weighted, limit: 280, link: Some(23) };
        let mastodon = Count { unit: CountUnit::Characters, limit: 500, link: Some(23) };
        let bluesky = Count { unit: CountUnit::Graphemes, limit: 300, link: None };
        let utf16 = Count { unit: CountUnit::Utf16, limit: 10_000, link: None };
        let family = "👩‍👩‍👧‍👦";
        for (text, weighted, characters, graphemes, units) in [
            ("", 0, 0, 0, 0),
            ("Bonjour.", 8, 8, 8, 8),
            ("été", 3, 3, 3, 3),
            // The same, decomposed.
            ("e\u{301}te\u{301}", 3, 5, 3, 5),
            ("“Oui” – l’un…", 14, 13, 13, 13),
            ("疫苗", 4, 2, 2, 2),
            (family, 2, 7, 1, 11),
            ("🇫🇷", 2, 2, 1, 4),
            ("1️⃣", 2, 3, 1, 3),
            ("Vrai\u{a0}? 👍", 9, 8, 8, 9),
            ("Voir https://agence.invalid/une/tres/longue/adresse/de/page.", 29, 29, 60, 60),
            ("https://a.fr", 23, 23, 12, 12),
            ("(https://a.fr/b).", 26, 26, 17, 17),
            // Taken for an address or not: at least as many as either way.
            ("agence.fr", 23, 23, 9, 9),
            ("www.une-agence-de-sante-publique.fr", 35, 35, 35, 35),
            ("3.5 et 2.4", 10, 10, 10, 10),
            ("fin.Puis", 23, 23, 8, 8),
        ] {
            let all = [&x, &mastodon, &bluesky, &utf16].map(|count| length(text, count));
            assert_eq!(all, [weighted, characters, graphemes, units], "{text}");
        }
    }

    #[test]
    fn links_are_counted() {
        for (text, want) in [
            ("", 0),
            ("agence.fr", 0),
            ("https://a.fr, http://b.fr/c?d=e#f.", 2),
            ("Voir https://a.fr\nhttps://b.fr", 2),
        ] {
            assert_eq!(links(text), want, "{text}");
        }
    }
}
