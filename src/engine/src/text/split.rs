use super::fold::{Keep, fold, fold_char, is_apostrophe, is_unseen, is_word_char, leet};
use super::{Sentence, Token};
use unicode_normalization::char::is_combining_mark;

/// Splits parts into words, sentences, clauses and quotations, in one pass.
#[derive(Debug, Default)]
pub(super) struct Splitter {
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
    /// The next token begins a sentence.
    open_sentence: bool,
    clause: u32,
    quotations: u32,
    quotation: Option<(char, u32)>,
}

/// A character of a part with its place.
#[derive(Clone, Copy)]
struct At {
    c: char,
    byte: usize,
    utf16: u32,
}

/// Abbreviations whose full stop ends no sentence.
const ABBREVIATIONS: [&str; 12] = ["m", "mm", "mme", "dr", "pr", "st", "cf", "ex", "env", "vs", "mr", "mrs"];

impl Splitter {
    /// Reads one more part, as a paragraph of its own.
    pub(super) fn part(&mut self, index: u32, text: &str) {
        self.end_sentence();
        self.quotation = None;
        let mut utf16 = 0;
        let chars: Vec<At> = text
            .char_indices()
            .map(|(byte, c)| {
                let at = At { c, byte, utf16 };
                utf16 += u32::try_from(c.len_utf16()).unwrap_or(1);
                at
            })
            .collect();
        let mut i = 0;
        while i < chars.len() {
            i = if let Some(end) = address(&chars, i) {
                self.token(index, text, &chars, i, end, String::new());
                end
            } else if let Some(end) = acronym(&chars, i) {
                let letters: String = chars[i..end].iter().map(|a| a.c).filter(|c| *c != '.').collect();
                self.token(index, text, &chars, i, end, fold(&letters, Keep::default()));
                self.after_acronym(&chars, end)
            } else if is_word_char(chars[i].c) {
                let end = word(&chars, i);
                let mut folded = String::new();
                for at in &chars[i..end] {
                    fold_char(at.c, Keep::default(), &mut folded);
                }
                self.token(index, text, &chars, i, end, folded);
                end
            } else {
                self.between(&chars, i)
            };
        }
        self.end_sentence();
    }

    pub(super) fn finish(self) -> (Vec<Token>, Vec<Sentence>) {
        (self.tokens, self.sentences)
    }

    fn token(&mut self, part: u32, text: &str, chars: &[At], from: usize, to: usize, folded: String) {
        if self.open_sentence || self.sentences.is_empty() {
            self.open_sentence = false;
            self.clause += 1;
            let first = u32::try_from(self.tokens.len()).unwrap_or(u32::MAX);
            self.sentences.push(Sentence { first, question: false });
        }
        let (start, first_byte) = (chars[from].utf16, chars[from].byte);
        let (end, last_byte) = match chars.get(to) {
            Some(next) => (next.utf16, next.byte),
            None => {
                let last = chars[to - 1];
                (last.utf16 + u32::try_from(last.c.len_utf16()).unwrap_or(1), text.len())
            }
        };
        self.tokens.push(Token {
            start,
            end,
            bytes: first_byte..last_byte,
            part,
            sentence: u32::try_from(self.sentences.len() - 1).unwrap_or(u32::MAX),
            clause: self.clause,
            quotation: self.quotation.map_or(0, |(_, n)| n),
            folded,
        });
    }

    /// Handles what stands between words; returns where to go on.
    fn between(&mut self, chars: &[At], i: usize) -> usize {
        match chars[i].c {
            '.' | '!' | '?' | '…' | '‼' | '⁉' | '⁇' | '⁈' | '！' | '？' => self.stop(chars, i),
            '\n' | '\r' => {
                let mut end = i;
                let mut lines = 0;
                while end < chars.len() && chars[end].c.is_whitespace() {
                    lines += usize::from(chars[end].c == '\n');
                    end += 1;
                }
                if lines >= 2 {
                    self.quotation = None;
                }
                if lines >= 2 || is_list_item(chars, end) {
                    self.end_sentence();
                }
                end
            }
            ',' | ';' | ':' | '(' | ')' | '[' | ']' | '、' => {
                self.clause += 1;
                i + 1
            }
            '-' | '–' | '—' if i > 0 && chars[i - 1].c.is_whitespace() => {
                self.clause += 1;
                i + 1
            }
            c @ ('«' | '“' | '"' | '»' | '”' | '„') => {
                self.quote(c);
                i + 1
            }
            _ => i + 1,
        }
    }

    /// A run of full stops, exclamation and question marks.
    fn stop(&mut self, chars: &[At], i: usize) -> usize {
        let mut end = i;
        let mut question = false;
        while let Some(at) = chars.get(end) {
            match at.c {
                '?' | '？' | '⁉' | '⁇' | '⁈' => question = true,
                '.' | '!' | '…' | '‼' | '！' => {}
                c if c.is_whitespace() || is_unseen(c) => {
                    // « ? ! », as French types it.
                    let next = chars[end..].iter().position(|a| !a.c.is_whitespace() && !is_unseen(a.c));
                    match next.map(|n| chars[end + n].c) {
                        Some('?' | '!' | '？' | '！') => {}
                        _ => break,
                    }
                }
                _ => break,
            }
            end += 1;
        }
        let closed = chars.get(end).is_none_or(|at| !is_word_char(at.c));
        let abbreviated = end == i + 1
            && chars[i].c == '.'
            && i > 0
            && is_word_char(chars[i - 1].c)
            && self.tokens.last().is_some_and(|t| ABBREVIATIONS.contains(&t.folded.as_str()));
        if question || chars[i].c != '.' || (closed && !abbreviated) || end > i + 1 {
            if question
                && !self.open_sentence
                && let Some(sentence) = self.sentences.last_mut()
            {
                sentence.question = true;
            }
            self.end_sentence();
        }
        end
    }

    /// The full stop after `R.O.R.` ends the sentence only when a capital or nothing follows.
    fn after_acronym(&mut self, chars: &[At], end: usize) -> usize {
        if chars.get(end).is_none_or(|at| at.c != '.') {
            return end;
        }
        match chars[end + 1..].iter().find(|at| !at.c.is_whitespace()) {
            Some(next) if is_word_char(next.c) && !next.c.is_uppercase() => end + 1,
            _ => end,
        }
    }

    fn quote(&mut self, c: char) {
        let closes = match self.quotation {
            Some(('«', _)) => c == '»',
            Some(('“' | '„', _)) => c == '”' || c == '“',
            Some(_) => c == '"',
            None => false,
        };
        if closes {
            self.quotation = None;
        } else if self.quotation.is_none() && matches!(c, '«' | '“' | '„' | '"') {
            self.quotations += 1;
            self.quotation = Some((c, self.quotations));
        }
    }

    fn end_sentence(&mut self) {
        self.open_sentence = true;
    }
}

/// The end of the word that begins at `i`: letters, digits, what is not seen, accents, and signs that stand for letters
/// between two of them.
fn word(chars: &[At], i: usize) -> usize {
    let mut end = i;
    let mut seen_end = i;
    while let Some(at) = chars.get(end) {
        let joins = || {
            !leet(at.c).is_empty()
                && end > i
                && is_word_char(chars[end - 1].c) | !leet(chars[end - 1].c).is_empty()
                && chars[end..]
                    .iter()
                    .find(|a| leet(a.c).is_empty() || is_word_char(a.c))
                    .is_some_and(|a| is_word_char(a.c))
        };
        if is_word_char(at.c) || (is_combining_mark(at.c) && !is_apostrophe(at.c)) || joins() {
            end += 1;
            seen_end = end;
        } else if is_unseen(at.c) {
            // Belongs to the word only if the word goes on behind it.
            end += 1;
        } else {
            break;
        }
    }
    seen_end
}

/// The end of a dotted acronym (`R.O.R`), its last full stop left out.
fn acronym(chars: &[At], i: usize) -> Option<usize> {
    if i > 0 && (is_word_char(chars[i - 1].c) || chars[i - 1].c == '.') {
        return None;
    }
    let mut end = i;
    let mut letters = 0;
    loop {
        let letter = chars.get(end)?.c;
        if !letter.is_alphabetic() || !is_word_char(letter) {
            return None;
        }
        letters += 1;
        end += 1;
        let dotted = chars.get(end).is_some_and(|a| a.c == '.');
        let more = chars.get(end + 1).is_some_and(|a| a.c.is_alphabetic());
        match chars.get(end) {
            _ if dotted && more => end += 1,
            Some(next) if is_word_char(next.c) || is_combining_mark(next.c) => return None,
            _ => break,
        }
    }
    (letters >= 2).then_some(end)
}

/// The end of a web address or mention that begins at `i`: its words are not the poster's.
fn address(chars: &[At], i: usize) -> Option<usize> {
    if i > 0 && !chars[i - 1].c.is_whitespace() && !matches!(chars[i - 1].c, '(' | '<' | '"' | '«') {
        return None;
    }
    let begins = |with: &str| {
        with.chars().enumerate().all(|(n, w)| chars.get(i + n).is_some_and(|a| a.c.eq_ignore_ascii_case(&w)))
    };
    let mention = chars[i].c == '@' && chars.get(i + 1).is_some_and(|a| is_word_char(a.c));
    if !mention && !begins("http://") && !begins("https://") && !begins("www.") {
        return None;
    }
    let length =
        chars[i..].iter().position(|a| a.c.is_whitespace() || matches!(a.c, '"' | '«' | '»' | '<' | '>' | ')'));
    let mut end = length.map_or(chars.len(), |n| i + n);
    // A full stop or comma at the end is the sentence's.
    while end > i + 1 && matches!(chars[end - 1].c, '.' | ',' | ';' | ':' | '!' | '?' | '…') {
        end -= 1;
    }
    Some(end)
}

/// Whether a line begins like an item of a list.
fn is_list_item(chars: &[At], i: usize) -> bool {
    match chars.get(i).map(|a| a.c) {
        Some('-' | '–' | '—' | '•' | '*' | '·' | '>') => true,
        Some(c) if c.is_ascii_digit() => {
            let end = i + chars[i..].iter().take_while(|a| a.c.is_ascii_digit()).count();
            chars.get(end).is_some_and(|a| matches!(a.c, '.' | ')'))
                && chars.get(end + 1).is_some_and(|a| a.c.is_whitespace())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::text::Text;

    fn sentences(text: &str) -> Vec<String> {
        let text = Text::new(vec![(0, text)]);
        let mut out: Vec<String> = vec![String::new(); text.sentences.len()];
        for token in &text.tokens {
            let sentence = &mut out[token.sentence as usize];
            if !sentence.is_empty() {
                sentence.push(' ');
            }
            sentence.push_str(if token.folded.is_empty() { "@" } else { &token.folded });
        }
        for (sentence, s) in out.iter_mut().zip(&text.sentences) {
            if s.question {
                sentence.push('?');
            }
        }
        out
    }

    #[test]
    fn words_and_sentences() {
        for (text, want) in [
            ("", vec![]),
            ("  \n ", vec![]),
            ("L’autisme, d'accord", vec!["l autisme d accord"]),
            ("anti-vax", vec!["anti vax"]),
            ("Fini. Tue le temps !", vec!["fini", "tue le temps"]),
            ("Vrai ? Non !", vec!["vrai?", "non"]),
            ("Vrai\u{a0}?!", vec!["vrai?"]),
            ("le R.O.R. est fait", vec!["le ror est fait"]),
            ("le R.O.R. Il va bien", vec!["le ror", "il va bien"]),
            ("le Dr. Martin", vec!["le dr martin"]),
            ("vac\u{200b}cin\u{200b} fait", vec!["vaccin fait"]),
            ("vaccin contre\nla rougeole", vec!["vaccin contre la rougeole"]),
            ("vaccin\n\nrougeole", vec!["vaccin", "rougeole"]),
            ("liste\n- un\n- deux", vec!["liste", "un", "deux"]),
            ("voir https://exemple.fr/vaccin-autisme. Merci", vec!["voir @", "merci"]),
            ("@vaccin_info bonjour", vec!["@ bonjour"]),
            ("v@cc1n 5€ a@", vec!["v@cc1n 5 a"]),
            ("3.5 ml", vec!["3 5 ml"]),
        ] {
            assert_eq!(sentences(text), want, "{text:?}");
        }
    }

    #[test]
    fn places_are_exact() {
        for original in
            ["e\u{301}té 💉 vac\u{200b}cin!", "𝐬𝐮𝐢𝐜𝐢𝐝𝐞 R.O.R.", "ﬁn «œuf»", "a", "\u{feff}vaccin\u{301}\u{301}"]
        {
            let utf16: Vec<u16> = original.encode_utf16().collect();
            let text = Text::new(vec![(0, original)]);
            for token in &text.tokens {
                let cut =
                    String::from_utf16(&utf16[token.start as usize..token.end as usize]).expect("cut at characters");
                assert_eq!(cut, original[token.bytes.clone()], "{original:?}");
            }
        }
    }

    #[test]
    fn quotations() {
        let text = Text::new(vec![(0, "Il dit « vaccin tue » puis \"rien du tout\" ici")]);
        let quoted: Vec<u32> = text.tokens.iter().map(|t| t.quotation).collect();
        assert_eq!(quoted, [0, 0, 1, 1, 0, 2, 2, 2, 0]);
    }
}
