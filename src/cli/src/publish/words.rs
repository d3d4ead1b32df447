use similar::{ChangeTag, TextDiff};

/// Words of unchanged text that are shown before and after a change.
const AROUND: usize = 6;

/// How a text changed, in Markdown: what went is struck out, what came is bold, and what stayed is left out but for a few
/// words around.
pub(super) fn difference(old: &str, new: &str) -> String {
    if old.is_empty() {
        return format!("**{}**", escape(new));
    }
    if new.is_empty() {
        return format!("~~{}~~", escape(old));
    }
    let diff = TextDiff::from_words(old, new);
    // Pieces that follow each other with one tag are one piece.
    let mut pieces: Vec<(ChangeTag, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        match pieces.last_mut() {
            Some((tag, text)) if *tag == change.tag() => text.push_str(change.value()),
            _ => pieces.push((change.tag(), change.value().to_owned())),
        }
    }
    let last = pieces.len().saturating_sub(1);
    let shown = pieces.iter().enumerate().map(|(i, (tag, text))| match tag {
        ChangeTag::Equal => shorten(text, i > 0, i < last),
        ChangeTag::Delete => mark(text, "~~"),
        ChangeTag::Insert => mark(text, "**"),
    });
    shown.collect()
}

/// Marks must stand at words: Markdown does not see them beside a space.
fn mark(text: &str, with: &str) -> String {
    let words = text.trim();
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end().len();
    if words.is_empty() {
        return escape(text);
    }
    format!("{}{with}{}{with}{}", escape(&text[..start]), escape(words), escape(&text[end..]))
}

/// The ends of unchanged text. `before`, `after`: a change is on that side.
fn shorten(text: &str, before: bool, after: bool) -> String {
    let words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
    let keep = AROUND * (usize::from(before) + usize::from(after));
    if words.len() <= keep {
        return escape(text);
    }
    let head = if before { words[..AROUND].concat() } else { String::new() };
    let tail = if after { words[words.len() - AROUND..].concat() } else { String::new() };
    format!("{}… {}", escape(&head), escape(&tail)).trim_end_matches(if after { '\0' } else { ' ' }).to_owned()
}

/// A text as Markdown shows it, on one line.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '\n' => escaped.push_str(" ⏎ "),
            '\\' | '*' | '_' | '~' | '`' | '[' | ']' | '<' | '>' | '#' | '|' => escaped.extend(['\\', c]),
            c if c.is_control() => escaped.push(char::REPLACEMENT_CHARACTER),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_by_words() {
        let long = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze";
        let cases = [
            ("Le vaccin protège.", "Le vaccin aide.", "Le vaccin ~~protège.~~**aide.**"),
            ("", "Neuf.", "**Neuf.**"),
            ("Vieux.", "", "~~Vieux.~~"),
            ("a b", "a  b", "a   b"),
            ("un\ndeux", "un\ndeux\ntrois", "un ⏎ deux ⏎ **trois**"),
            ("{nom|vous} *", "{nom} *", "~~{nom\\|vous}~~**{nom}** \\*"),
            (long, &format!("{long} seize"), "… dix onze douze treize quatorze quinze **seize**"),
            (&format!("zéro {long}"), long, "~~zéro~~ un deux trois quatre cinq six …"),
            ("\u{1b}[31m", "x", "~~\u{fffd}\\[31m~~**x**"),
        ];
        for (old, new, want) in cases {
            assert_eq!(difference(old, new), want, "{old} > {new}");
        }
    }
}
