use std::ops::Range;

/// Where a part of a TOML string stands in the string as written.
///
/// `literal` is the string with its quotes, `part` a range of bytes of the text it stands for. Returns bytes of
/// `literal`; the whole of it when the part cannot be placed.
pub(super) fn place(literal: &str, part: &Range<usize>) -> Range<usize> {
    let starts = starts(literal);
    match (starts.get(part.start), starts.get(part.end)) {
        // An empty part still gets a caret: the caller's renderer widens it.
        (Some(&start), Some(&end)) if start <= end => start..end,
        _ => 0..literal.len(),
    }
}

/// For each byte of the text, and for its end, where what it comes from starts in the literal.
fn starts(literal: &str) -> Vec<usize> {
    let (quote, escapes) = match literal.as_bytes() {
        [b'"', b'"', b'"', _, _, _, ..] => (3, true),
        [b'\'', b'\'', b'\'', _, _, _, ..] => (3, false),
        [b'"', _, ..] => (1, true),
        [b'\'', _, ..] => (1, false),
        _ => return Vec::new(),
    };
    let mut inside = &literal[quote..literal.len() - quote];
    let mut at = quote;
    if quote == 3 {
        let newline = if inside.starts_with("\r\n") { 2 } else { usize::from(inside.starts_with('\n')) };
        inside = &inside[newline..];
        at += newline;
    }
    let mut starts = Vec::with_capacity(inside.len() + 1);
    while let Some(first) = inside.chars().next() {
        let (written, read) =
            if escapes && first == '\\' { escape(inside) } else { (first.len_utf8(), first.len_utf8()) };
        starts.extend(std::iter::repeat_n(at, read));
        // A code point that is written as itself is placed byte by byte, so that a part may end within it.
        if written == read {
            let from = starts.len() - read;
            for (offset, start) in starts[from..].iter_mut().enumerate() {
                *start = at + offset;
            }
        }
        at += written;
        inside = &inside[written..];
    }
    starts.push(at);
    starts
}

/// Bytes of the escape sequence that `text` starts with, and bytes of what it stands for.
fn escape(text: &str) -> (usize, usize) {
    let hex = |digits: usize| {
        let read = text
            .get(2..2 + digits)
            .and_then(|d| u32::from_str_radix(d, 16).ok())
            .and_then(char::from_u32)
            .map_or(1, char::len_utf8);
        ((2 + digits).min(text.len()), read)
    };
    match text.as_bytes().get(1) {
        Some(b'x') => hex(2),
        Some(b'u') => hex(4),
        Some(b'U') => hex(8),
        Some(b' ' | b'\t' | b'\r' | b'\n') => {
            let rest = text[1..].trim_start_matches([' ', '\t', '\r', '\n']);
            (text.len() - rest.len(), 0)
        }
        Some(_) => (2, 1),
        None => (1, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_string_is_placed() {
        let cases = [
            ("\"abc\"", 1..2, "b"),
            ("'a\\nc'", 1..3, "\\n"),
            ("\"a\\nc\"", 1..2, "\\n"),
            ("\"é\\u00e9x\"", 4..5, "x"),
            ("\"\\\"x\\\"\"", 1..2, "x"),
            ("\"\\U0001F600x\"", 4..5, "x"),
            ("\"\\x41x\"", 1..2, "x"),
            ("\"\"\"\na b\"\"\"", 2..3, "b"),
            ("\"\"\"\r\na b\"\"\"", 2..3, "b"),
            ("\"\"\"a \\\n   b\"\"\"", 2..3, "b"),
            ("'''\na\nb'''", 2..3, "b"),
            ("'''a'b'''", 2..3, "b"),
            ("\"abc\"", 0..3, "abc"),
            ("\"abc\"", 3..3, ""),
            ("\"abc\"", 2..9, "\"abc\""),
            ("12", 0..1, "12"),
            ("\"\"", 0..0, ""),
        ];
        for (literal, part, want) in cases {
            assert_eq!(&literal[place(literal, &part)], want, "{literal} {part:?}");
        }
    }

    #[test]
    fn agrees_with_the_parser_on_every_byte() {
        let literals =
            [r#""a\tb\\c\u00e9\"é\U0001F600""#, "'a\\b'", "\"\"\"\nun \\\n  deux\nt\"rois\\\"\"\"\"", "'''\nx''y'''"];
        for literal in literals {
            let toml = format!("x = {literal}");
            let table: toml::Table = toml.parse().expect(literal);
            let text = table["x"].as_str().expect("a string");
            assert_eq!(starts(literal).len(), text.len() + 1, "{literal}");
        }
    }
}
