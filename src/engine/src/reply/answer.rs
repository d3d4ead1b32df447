//! What may stand where a card asks the manager something.

use super::length::addresses;
use crate::text::is_unseen;
use regex::Regex;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, UnicodeEmoji, UnicodeGeneralCategory};
use unicode_segmentation::UnicodeSegmentation;

/// UTF-16 units of an answer: a few words between approved ones, no reply of its own.
const LENGTH: usize = 200;
/// A bare domain in any script.
static DOMAIN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[\w-]\.[^\W\d_]{2,}").ok());

/// Whether a trimmed answer may stand in a reply.
pub(super) fn fits(answer: &str) -> bool {
    answer.encode_utf16().count() <= LENGTH && unseen(answer, |_| false).next().is_none() && !has_address(answer)
}

/// The signs of a text that a reader cannot see, or that turn what they see: controls, line and paragraph separators,
/// marks of direction, formatting, blank letters. Those that make up an emoji are none, nor is what `but` says.
pub(super) fn unseen(text: &str, but: impl Fn(char) -> bool) -> impl Iterator<Item = char> {
    let graphemes = text.graphemes(true).flat_map(|grapheme| {
        let emoji = grapheme.chars().next().is_some_and(|c| c.is_emoji_char());
        grapheme.chars().map(move |c| (c, emoji))
    });
    graphemes
        .filter(move |&(c, emoji)| {
            let joins = emoji && matches!(c, '\u{200d}' | '\u{fe0e}' | '\u{fe0f}');
            is_hidden(c) && !joins && !but(c)
        })
        .map(|(c, _)| c)
}

fn is_hidden(c: char) -> bool {
    use GeneralCategory::{Control, Format, LineSeparator, ParagraphSeparator};
    is_unseen(c)
        || matches!(c, '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}')
        || matches!(c.general_category(), Control | Format | LineSeparator | ParagraphSeparator)
}

/// Sites make links of more than what has a scheme.
fn has_address(text: &str) -> bool {
    let plain: String = text.nfkc().collect();
    plain.contains("://")
        || addresses(&plain).next().is_some()
        || DOMAIN.as_ref().is_none_or(|domain| domain.is_match(&plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_a_few_words_that_can_be_seen() {
        let long = "a".repeat(200);
        for answer in ["l’article de mardi", "12,5 % (2024)", "p. 3", "👩‍👩‍👧 ❤️ 1️⃣ 🇫🇷", "Vrai\u{a0}?", "3.5", &long]
        {
            assert!(fits(answer), "{answer}");
        }
        let longer = "a".repeat(201);
        for answer in [
            "a\nb",
            "a\rb",
            "a\tb",
            "a\u{85}b",
            "a\u{2028}b",
            "a\0b",
            "a\u{202e}b",
            "a\u{2067}b",
            "a\u{200b}b",
            "a\u{200d}b",
            "a\u{fe0f}b",
            "a\u{ad}b",
            "a\u{e0041}b",
            "a\u{3164}b",
            "👩\u{200b}",
            "https://a.fr",
            "ftp://a",
            "www.a.fr",
            "voir a.fr",
            "moi@a.fr",
            "santé.fr",
            "ａ．ｆｒ",
            &longer,
        ] {
            assert!(!fits(answer), "{answer:?}");
        }
    }
}
