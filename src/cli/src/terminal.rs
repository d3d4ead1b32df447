//! What a terminal is shown.

use comfy_table::Table;

/// An empty table without lines, its columns two spaces apart.
pub fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_header(header.iter().copied());
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table
}

/// A text from a page, for a terminal: on one line, without characters that command terminals or turn the writing
/// direction.
pub fn plain(text: &str) -> String {
    let safe = text.chars().map(|c| match c {
        c if c.is_whitespace() => ' ',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    });
    safe.collect::<String>().split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_cannot_command_the_terminal() {
        let cases = [
            ("a\x1b[31mb", "a\u{fffd}[31mb"),
            ("a\r\n\tb", "a b"),
            ("\u{202e}abc", "\u{fffd}abc"),
            ("a\u{a0}!", "a !"),
            ("\u{9b}31m", "\u{fffd}31m"),
        ];
        for (text, want) in cases {
            assert_eq!(plain(text), want);
        }
    }
}
