use unicode_normalization::char::{compose, decompose_canonical, decompose_compatible, is_combining_mark};

/// What is kept of a word when it is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Keep {
    /// Upper and lower case (`case:`).
    pub(crate) case: bool,
    /// Accents and ligatures (`accent:`).
    pub(crate) accents: bool,
}

impl Keep {
    /// Whether this is the folding of the scanned text itself.
    pub(crate) fn nothing(self) -> bool {
        !self.case && !self.accents
    }
}

/// Characters that are not seen: zero-width, soft hyphen, joiners, variation selectors, direction marks.
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}')
}

/// A letter or digit of a word. Modifier apostrophes are letters to Unicode and apostrophes to people.
pub(crate) fn is_word_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() && c.is_alphanumeric() && !is_apostrophe(c)
}

/// Every apostrophe that keyboards and word processors produce.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '‛' | 'ʼ' | 'ʻ' | 'ˈ' | '′' | '`' | '´' | '＇')
}

/// Appends the folded form of one character: compatibility form, lower case, without accents, ligatures opened.
pub(crate) fn fold_char(c: char, keep: Keep, out: &mut String) {
    if c.is_ascii() {
        out.push(if keep.case { c } else { c.to_ascii_lowercase() });
        return;
    }
    // The letters of French, spared the general way.
    let bare = match c {
        'é' | 'è' | 'ê' | 'ë' => Some('e'),
        'à' | 'â' | 'ä' => Some('a'),
        'î' | 'ï' => Some('i'),
        'ô' | 'ö' => Some('o'),
        'û' | 'ü' | 'ù' => Some('u'),
        'ç' => Some('c'),
        _ => None,
    };
    if let Some(bare) = bare.filter(|_| !keep.accents) {
        out.push(bare);
        return;
    }
    if is_unseen(c) {
        return;
    }
    if keep.accents {
        for lower in cased(c, keep.case) {
            out.push(lower);
        }
        return;
    }
    decompose_compatible(c, |d| {
        if is_combining_mark(d) || is_unseen(d) {
            return;
        }
        for lower in cased(d, keep.case) {
            match lower {
                'œ' => out.push_str("oe"),
                'Œ' => out.push_str("OE"),
                'æ' => out.push_str("ae"),
                'Æ' => out.push_str("AE"),
                'ß' => out.push_str("ss"),
                'ẞ' => out.push_str("SS"),
                'ø' => out.push('o'),
                'Ø' => out.push('O'),
                'đ' => out.push('d'),
                'ł' => out.push('l'),
                mark if is_combining_mark(mark) => {}
                other => out.push(other),
            }
        }
    });
}

/// The folded form of a word or of a pattern's word.
pub(crate) fn fold(word: &str, keep: Keep) -> String {
    let mut out = String::with_capacity(word.len());
    if keep.accents {
        // Composed, so that é and e + U+0301 are the same letter; compatibility forms stay apart.
        for c in recomposed(word) {
            fold_char(c, keep, &mut out);
        }
    } else {
        for c in word.chars() {
            fold_char(c, keep, &mut out);
        }
    }
    out
}

fn cased(c: char, keep: bool) -> impl Iterator<Item = char> {
    let (kept, lowered) = if keep { (Some(c), None) } else { (None, Some(c.to_lowercase())) };
    kept.into_iter().chain(lowered.into_iter().flatten())
}

/// NFC of a word, one mark after another: enough for letters with accents.
fn recomposed(word: &str) -> Vec<char> {
    let mut out: Vec<char> = Vec::with_capacity(word.len());
    for c in word.chars() {
        decompose_canonical(c, |d| match out.last().and_then(|last| compose(*last, d)) {
            Some(both) => {
                out.pop();
                out.push(both);
            }
            None => out.push(d),
        });
    }
    out
}

/// What a digit or sign stands for inside a word (`v@cc1n`), most usual reading first.
pub(crate) fn leet(c: char) -> &'static [char] {
    match c {
        '0' => &['o'],
        '1' => &['i', 'l'],
        '3' => &['e'],
        '4' | '@' => &['a'],
        '5' | '$' => &['s'],
        '7' => &['t'],
        '€' => &['c', 'e'],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding() {
        for (word, want) in [
            ("ROR", "ror"),
            ("Dépression", "depression"),
            ("De\u{301}pression", "depression"),
            ("Œdème", "oedeme"),
            ("ﬁèvre", "fievre"),
            ("ｖａｃｃｉｎ", "vaccin"),
            ("𝐬𝐮𝐢𝐜𝐢𝐝𝐞", "suicide"),
            ("vac\u{200b}c\u{ad}in", "vaccin"),
            ("straße", "strasse"),
            ("maıs", "maıs"),
            ("İstanbul", "istanbul"),
        ] {
            assert_eq!(fold(word, Keep::default()), want, "{word:?}");
        }
    }

    #[test]
    fn folding_that_keeps() {
        let accents = Keep { accents: true, case: false };
        let case = Keep { case: true, accents: false };
        assert_eq!(fold("Jeu\u{302}ne", accents), "jeûne");
        assert_eq!(fold("JEÛNE", accents), "jeûne");
        assert_ne!(fold("jeune", accents), fold("jeûne", accents));
        assert_eq!(fold("Éros", case), "Eros");
    }
}
