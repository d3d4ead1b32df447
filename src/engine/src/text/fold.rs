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
    c.is_alphanumeric() && !is_apostrophe(c)
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

/// Other readings of a folded word: digits and signs as letters, drawn-out letters shortened to two or one. At most
/// [`MAX_READINGS`]; the word itself is not among them.
pub(crate) fn other_readings(word: &str) -> Vec<String> {
    let signs = word.bytes().any(|b| !b.is_ascii_alphabetic())
        && word.chars().any(char::is_alphabetic)
        && word.chars().any(|c| !c.is_alphabetic());
    let drawn_out = has_run_of_three(word);
    if !signs && !drawn_out {
        return Vec::new();
    }
    let mut readings = vec![word.to_owned()];
    if signs {
        readings = expand(&readings, unleet);
    }
    if drawn_out {
        readings = expand(&readings, shortened);
    }
    readings.retain(|r| r != word);
    readings.dedup();
    readings.truncate(MAX_READINGS);
    readings
}

/// Most readings of one word beside itself. Bounds the work on hostile text.
pub(crate) const MAX_READINGS: usize = 6;

fn expand(words: &[String], mut with: impl FnMut(&str) -> Vec<String>) -> Vec<String> {
    let mut out = Vec::new();
    for word in words {
        out.push(word.clone());
        out.extend(with(word));
    }
    out.truncate(MAX_READINGS + 1);
    out
}

/// Readings of which every character is a letter; a word with a digit that stands for no letter (`B12`) has none.
fn unleet(word: &str) -> Vec<String> {
    let mut readings = vec![String::new()];
    for c in word.chars() {
        let letters: &[char] = if c.is_alphabetic() { &[c] } else { leet(c) };
        if letters.is_empty() {
            return Vec::new();
        }
        let mut next = Vec::new();
        for letter in letters {
            for reading in &readings {
                let mut reading = reading.clone();
                reading.push(*letter);
                next.push(reading);
            }
        }
        next.truncate(MAX_READINGS);
        readings = next;
    }
    readings
}

fn has_run_of_three(word: &str) -> bool {
    let mut before = [None; 2];
    for c in word.chars() {
        if before == [Some(c); 2] && c.is_alphabetic() {
            return true;
        }
        before = [before[1], Some(c)];
    }
    false
}

/// `vacciiin` is `vaccin`, `noooon` is `non`: every run of three or more letters becomes one, or two.
fn shortened(word: &str) -> Vec<String> {
    let runs = runs(word);
    let long = runs.iter().filter(|(c, n)| *n >= 3 && c.is_alphabetic()).count();
    if long == 0 {
        return Vec::new();
    }
    // One choice per long run; beyond three runs every run takes the same.
    let choices: Vec<usize> = if long <= 2 { (0..1 << long).collect() } else { vec![0, usize::MAX] };
    choices
        .into_iter()
        .map(|choice| {
            let mut out = String::new();
            let mut at = 0;
            for (c, n) in &runs {
                let times = if *n >= 3 && c.is_alphabetic() {
                    let doubled = choice >> at.min(usize::BITS as usize - 1) & 1;
                    at += 1;
                    1 + doubled
                } else {
                    *n
                };
                out.extend(std::iter::repeat_n(*c, times));
            }
            out
        })
        .collect()
}

fn runs(word: &str) -> Vec<(char, usize)> {
    let mut runs: Vec<(char, usize)> = Vec::new();
    for c in word.chars() {
        match runs.last_mut() {
            Some((last, n)) if *last == c => *n += 1,
            _ => runs.push((c, 1)),
        }
    }
    runs
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

    #[test]
    fn readings() {
        for (word, want, present) in [
            ("v@cc1n", "vaccin", true),
            ("v4cc1n", "vaccin", true),
            ("va€€in", "vaccin", true),
            ("su1c1d3", "suicide", true),
            ("s0s", "sos", true),
            ("505", "sos", false),
            ("b12", "bi2", false),
            ("vacciiiiin", "vaccin", true),
            ("accroooo", "accro", true),
            ("créééée", "crée", true),
            ("vaccccin", "vaccin", true),
            ("vaccin", "vacin", false),
            ("v4cc1iiiin", "vaccin", true),
        ] {
            let readings = other_readings(word);
            assert_eq!(readings.iter().any(|r| r == want), present, "{word} {readings:?}");
            assert!(readings.len() <= MAX_READINGS);
        }
    }
}
