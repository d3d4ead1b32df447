use super::Text;
use super::fold::is_unseen;
use super::reading::Reading;
use unicode_properties::UnicodeEmoji;

/// Most tokens of one chain: longer ones are lists, not words.
const LONGEST: usize = 40;

/// Words that were cut by signs, read as one: `v.a.c.c.i.n`, `va|cc|in`, `anti-vaccin`, `vac💉cin`, `vac-` at the end
/// of a line, the words of a hashtag; and letters set apart (`v a c c i n`). In reading order.
pub(super) fn chains(text: &Text<'_>) -> Vec<Reading> {
    let mut out = Vec::new();
    let mut token = 0;
    while token < text.tokens.len() {
        let end = chain(text, token, glued);
        let end = if end > token { end } else { spaced(text, token) };
        if end > token {
            let (first, last) = (id(token), id(end));
            let words: String = (first..=last).map(|t| text.word(t)).collect();
            if !words.is_empty() {
                out.push(Reading { first, last, words });
            }
        }
        token = end + 1;
    }
    out
}

/// Three or more single letters with a space between any two.
fn spaced(text: &Text<'_>, token: usize) -> usize {
    let single = |t: usize| {
        let word = text.word(id(t));
        // No character has more bytes.
        word.len() <= 4 && word.chars().count() == 1
    };
    if !single(token) {
        return token;
    }
    let end = chain(text, token, |gap| gap == " ");
    // The chain may end in a longer word.
    let letters = (token..=end).take_while(|t| single(*t)).count();
    if letters >= 3 { token + letters - 1 } else { token }
}

/// The last token of the chain that begins at a token.
fn chain(text: &Text<'_>, token: usize, joins: impl Fn(&str) -> bool) -> usize {
    let mut end = token;
    while end - token < LONGEST {
        let (Some(this), Some(next)) = (text.tokens.get(end), text.tokens.get(end + 1)) else { break };
        let words = |t: usize| !text.word(id(t)).is_empty();
        let near = this.sentence == next.sentence && text.between(end).is_some_and(&joins);
        if !near || !words(end) || !words(end + 1) {
            break;
        }
        end += 1;
    }
    end
}

/// Whether what stands between two words joins them.
fn glued(gap: &str) -> bool {
    if gap.as_bytes().first() == Some(&b' ') {
        return false;
    }
    let mut chars = gap.chars();
    match (chars.next(), chars.next()) {
        // The words of a hashtag.
        (None, _) => true,
        (Some(c), None) => is_glue(c),
        // A hyphen at the end of a line.
        (Some('-' | '‐' | '\u{ad}'), Some(_)) if gap.contains('\n') => gap.chars().skip(1).all(is_blank),
        _ => !gap.contains(char::is_whitespace) && gap.chars().all(is_sign),
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\r' | '\n' | '\t' | '\u{a0}')
}

fn is_glue(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '.' | '·' | '•' | '|' | '_' | '*' | '~' | '+') || is_sign(c)
}

/// An emoji or a part of one.
fn is_sign(c: char) -> bool {
    !c.is_ascii() && (c.is_emoji_char() || c.is_emoji_component() || is_unseen(c))
}

fn id(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use crate::text::{Spellings, Text};
    use rejoinder_wire::Post;

    #[test]
    fn cut_words() {
        for (text, want) in [
            ("va|cc|in", vec!["vaccin"]),
            ("v-a-c-c-i-n", vec!["vaccin"]),
            ("vac💉cin", vec!["vaccin"]),
            ("vac👩‍⚕️cin", vec!["vaccin"]),
            ("v a c c i n", vec!["vaccin"]),
            ("un v a c c i n utile", vec!["vaccin"]),
            ("vac-\ncin", vec!["vaccin"]),
            ("vac\u{ad}\u{14}\n\u{14}cin", vec![]),
            ("vac‐\n  cin", vec!["vaccin"]),
            ("#VaccinPoison", vec!["vaccinpoison"]),
            ("anti–vaccin", vec!["antivaccin"]),
            ("a b", vec![]),
            ("vac et cin", vec![]),
            ("vac, cin", vec![]),
            ("l'ivg", vec![]),
            ("vaccin 💉 tue", vec![]),
            ("homme/femme", vec![]),
            ("V. A. Martin, cc: Cinthia", vec![]),
        ] {
            let post = Post::own(0, text);
            let text = Text::new(&post.parts, &Spellings::default());
            let have: Vec<String> = super::chains(&text).into_iter().map(|r| r.words).collect();
            assert_eq!(have, want, "{:?}", post.parts[0].text);
        }
    }
}
