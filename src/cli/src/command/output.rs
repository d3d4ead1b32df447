use comfy_table::Table;
use rejoinder_cli::pack::Authored;
use std::io::{self, ErrorKind, Write};

/// Writes to the standard output. That a reader such as `head` has had enough is no error.
pub(crate) fn say(text: &str) -> io::Result<()> {
    match anstream::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}

/// Says what is wrong with a pack, on the standard error output, and whether it may be used.
pub(crate) fn problems(authored: &Authored) -> bool {
    anstream::eprint!("{}", authored.render(true));
    let errors = authored.errors();
    if errors > 0 {
        let warnings = count(authored.warnings(), "warning");
        anstream::eprintln!("{}: {}, {warnings}", authored.folder(), count(errors, "error"));
    }
    errors == 0
}

/// `1 claim`, `2 claims`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// An empty table without lines, its columns two spaces apart.
pub(crate) fn table(header: &[&str]) -> Table {
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
pub(crate) fn plain(text: &str) -> String {
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
