use rejoinder_wire::{Post, Span};

/// Characters shown before and after the words of a finding.
const AROUND: usize = 60;

/// A few words around a finding's first span, on one line, for the panel's list; empty when the span is not of the
/// post.
pub(crate) fn excerpt(post: &Post, span: Option<&Span>) -> String {
    let Some((span, part)) = span.and_then(|span| Some((span, post.parts.get(span.part as usize)?))) else {
        return String::new();
    };
    let (Some(start), Some(end)) = (byte_at(&part.text, span.start), byte_at(&part.text, span.end)) else {
        return String::new();
    };
    if start > end {
        return String::new();
    }
    let (before, words, after) = (&part.text[..start], &part.text[start..end], &part.text[end..]);
    let from = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(i, _)| i);
    let to = after.char_indices().nth(AROUND).map_or(after.len(), |(i, _)| i);
    // Whole words only: what is cut at either end goes up to the next space.
    let from = if from == 0 { 0 } else { before[from..].find(char::is_whitespace).map_or(start, |i| from + i) };
    let to = if to == after.len() { to } else { after[..to].rfind(char::is_whitespace).unwrap_or(0) };
    let mut text = String::new();
    if from > 0 {
        text.push('…');
    }
    let shown = [&before[from..], words, &after[..to]].concat();
    text.push_str(&shown.split_whitespace().collect::<Vec<_>>().join(" "));
    if to < after.len() {
        text.push('…');
    }
    text
}

/// The byte at which a UTF-16 unit begins; `None` when there is none, or inside a character.
fn byte_at(text: &str, unit: u32) -> Option<usize> {
    let mut units = 0;
    for (byte, c) in text.char_indices() {
        if units == unit {
            return Some(byte);
        }
        units += u32::try_from(c.len_utf16()).unwrap_or(2);
    }
    (units == unit).then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, words: &str) -> String {
        let byte = text.find(words).unwrap();
        let start = u32::try_from(text[..byte].encode_utf16().count()).unwrap();
        let end = start + u32::try_from(words.encode_utf16().count()).unwrap();
        excerpt(&Post::own(0, text), Some(&Span { part: 0, start, end }))
    }

    #[test]
    fn short_posts_are_shown_whole() {
        assert_eq!(of("Le vaccin, non merci.", "vaccin"), "Le vaccin, non merci.");
        assert_eq!(of("😀😀 le vaccin\n\n  tue 😀", "vaccin"), "😀😀 le vaccin tue 😀");
        assert_eq!(of("vaccin", "vaccin"), "vaccin");
    }

    #[test]
    fn long_posts_are_cut_between_words() {
        let text = format!("{} le vaccin tue {}", "mot ".repeat(50), " fin".repeat(50));
        let got = of(&text, "vaccin tue");
        assert!(got.starts_with("…mot mot") && got.ends_with("fin fin…") && got.contains("le vaccin tue fin"), "{got}");
        assert!(got.chars().count() <= 2 * AROUND + "vaccin tue".len() + 2, "{got}");
        // One endless word beside the finding is left out rather than cut.
        assert_eq!(of(&format!("{} vaccin {}", "a".repeat(500), "b".repeat(500)), "vaccin"), "…vaccin…");
    }

    #[test]
    fn spans_that_are_not_of_the_post() {
        let post = Post::own(0, "a😀b");
        for (part, start, end) in [(1, 0, 1), (0, 0, 9), (0, 2, 3), (0, 3, 1)] {
            assert_eq!(excerpt(&post, Some(&Span { part, start, end })), "", "{part} {start} {end}");
        }
        assert_eq!(excerpt(&post, None), "");
    }
}
