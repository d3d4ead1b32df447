//! What is written in the editors: hard texts, as cards of the pack.

use serde_json::Value;
use std::fmt::Write as _;

/// The claim that the posts of the pages make.
pub const CLAIM: &str = "VAX_AUTISM";
/// Id of the card.
pub const CARD: &str = "f.essai-editeurs";
/// Its variant with all that editors and Unicode make difficult.
pub const SPECIAL: &str = "special";
/// Its variant of 5,000 characters.
pub const LONG: &str = "long";

/// What the manager had written before. Two lines, so that places between them can be told.
pub const EXISTING: &str = "Bonjour Camille, merci de votre question.\nNous avons bien lu votre message.";

/// Emoji families, flags, bidi marks, markup as text, an address, blank lines, typographic signs, and CJK.
pub fn special() -> String {
    [
        "Bonjour, « le vaccin ROR »\u{a0}: est-ce vrai\u{202f}? Non — l’étude de 1998 était frauduleuse…",
        "",
        "Familles 👨‍👩‍👧‍👦 et 👩🏽‍⚕️, drapeaux 🇫🇷🇨🇦🏴󠁧󠁢󠁥󠁮󠁧󠁿, cœur ❤️, e\u{301} décomposé.",
        "Écrit <b>en gras</b> & <i>penché</i> : 3 < 5, \"guillemets\", l'apostrophe, a\\b.",
        "",
        "Hébreu \u{200f}שלום (עולם)\u{200f}, arabe \u{2067}مرحبا 123\u{2069}, chinois 疫苗是安全的。日本語「ワクチン」, 한국어.",
        "https://vaccination-info-service.fr/Les-maladies?x=1&y=%C3%A9#ancre",
    ]
    .join("\n")
}

/// 5,000 UTF-16 units in paragraphs.
pub fn long() -> String {
    let mut text = String::new();
    let mut number = 0;
    while text.encode_utf16().count() < 4_800 {
        number += 1;
        let _ = write!(
            text,
            "Paragraphe {number} : les études menées depuis vingt ans, dans plusieurs pays et sur des millions d’enfants, \
             n’ont pas trouvé de lien entre le vaccin ROR et l’autisme. 😊\nLigne {number} bis.\n\n"
        );
    }
    let mut text = text.trim_end().to_owned();
    text.push('\n');
    // Words of seven letters, up to the very last character.
    for at in text.encode_utf16().count()..5_000 {
        text.push(if at.is_multiple_of(8) && at < 4_999 { ' ' } else { 'x' });
    }
    text
}

/// The card's file, below the pack's `cards`.
pub fn pack_file() -> String {
    let mut toml = format!(
        "[[card]]\nid = \"{CARD}\"\ntitle = \"Essai des éditeurs\"\nclaims = [\"{CLAIM}\"]\nstances = [\"asserts\"]\n\
         jurisdictions = [\"FR\"]\nlanguage = \"fr\"\nstatus = \"example\"\nvalidators = []\nvalidated_on = \"\"\n\
         expires_on = \"2099-12-31\"\n\n[[card.source]]\ntitle = \"Essai\"\npublisher = \"Essai\"\n\
         url = \"https://essai.example/\"\nchecked = \"\"\n"
    );
    for (id, text) in [(SPECIAL, special()), (LONG, long())] {
        // What JSON makes of these texts is a TOML string too.
        let _ = write!(toml, "\n[[card.variant]]\nid = \"{id}\"\nlength = \"long\"\ntext = {}\n", Value::from(text));
    }
    toml
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_long_one_is_as_long_as_it_says() {
        let text = long();
        assert_eq!(text.encode_utf16().count(), 5_000);
        assert!(text.lines().all(|line| line == line.trim()), "a blank at a line's end, which nobody keeps");
    }
}
