use rejoinder_cli::pack::Authored;
pub(crate) use rejoinder_cli::terminal::{plain, table};
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
