use super::border::{At, acronym, address, hashtag, word};
use super::fold::{Keep, fold_char, is_unseen, is_word_char};
use super::reading::is_odd;
use super::{Sentence, Tag, TagKind, Token, View};

/// Splits parts into words, sentences, clauses and quotations, in one pass.
#[derive(Debug, Default)]
pub(super) struct Splitter {
    out: Split,
    /// The next token begins a sentence.
    open_sentence: bool,
    paragraph: u32,
    clause: u32,
    quotations: u32,
    quotation: Option<(char, u32)>,
}

/// What a [`Splitter`] makes.
#[derive(Debug, Default)]
pub(super) struct Split {
    pub(super) tokens: Vec<Token>,
    pub(super) sentences: Vec<Sentence>,
    pub(super) tags: Vec<Tag>,
    /// The folded words.
    pub(super) plain: View,
    /// Tokens whose word may have other readings.
    pub(super) odd: Vec<u32>,
}

/// Abbreviations whose full stop ends no sentence.
const ABBREVIATIONS: [&str; 12] = ["m", "mm", "mme", "dr", "pr", "st", "cf", "ex", "env", "vs", "mr", "mrs"];

impl Splitter {
    /// Reads one more part, as a paragraph of its own.
    pub(super) fn part(&mut self, index: u32, text: &str) {
        self.end_paragraph();
        self.quotation = None;
        let before = self.out.tokens.len();
        // A word is about six letters long.
        self.out.tokens.reserve(text.len() / 6);
        self.out.plain.reserve(text.len() / 6, text.len());
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
                self.token(index, text, &chars, i, end, |_| false);
                if chars[i].c == '@' {
                    self.tag(TagKind::Mention, 1, folded(&chars[i + 1..end]));
                }
                end
            } else if let Some(end) = acronym(&chars, i) {
                self.token(index, text, &chars, i, end, |c| c != '.');
                self.after_acronym(&chars, end)
            } else if is_word_char(chars[i].c) {
                let end = word(&chars, i);
                self.token(index, text, &chars, i, end, |_| true);
                end
            } else if let Some((words, end)) = opens_tag(&chars, i).then(|| hashtag(&chars, i + 1)).flatten() {
                for (from, to) in &words {
                    self.token(index, text, &chars, *from, *to, |_| true);
                }
                self.tag(TagKind::Hashtag, words.len(), folded(&chars[i + 1..end]));
                end
            } else {
                self.between(&chars, i)
            };
        }
        // Signs alone have a place too: an emoji can be looked for.
        let seen = |at: &At| !at.c.is_whitespace() && !is_unseen(at.c);
        if self.out.tokens.len() == before
            && let (Some(from), Some(to)) = (chars.iter().position(seen), chars.iter().rposition(seen))
        {
            self.token(index, text, &chars, from, to + 1, |_| false);
        }
        self.end_paragraph();
    }

    pub(super) fn finish(mut self) -> Split {
        self.out.plain.close();
        self.out
    }

    fn token(&mut self, part: u32, text: &str, chars: &[At], from: usize, to: usize, kept: impl Fn(char) -> bool) {
        let token = u32::try_from(self.out.tokens.len()).unwrap_or(u32::MAX);
        let new_sentence = self.open_sentence || self.out.sentences.is_empty();
        if new_sentence {
            self.open_sentence = false;
            self.clause += 1;
            self.out.sentences.push(Sentence { first: token, question: false });
        }
        let (start, first_byte) = (chars[from].utf16, chars[from].byte);
        let (end, last_byte) = match chars.get(to) {
            Some(next) => (next.utf16, next.byte),
            None => {
                let last = chars[to - 1];
                (last.utf16 + u32::try_from(last.c.len_utf16()).unwrap_or(1), text.len())
            }
        };
        self.out.tokens.push(Token {
            start,
            end,
            bytes: first_byte..last_byte,
            part,
            paragraph: self.paragraph,
            sentence: u32::try_from(self.out.sentences.len() - 1).unwrap_or(u32::MAX),
            clause: self.clause,
            quotation: self.quotation.map_or(0, |(_, n)| n),
        });
        self.out.plain.open(token, token, new_sentence && token > 0);
        let word = self.out.plain.text.len();
        for at in chars[from..to].iter().filter(|at| kept(at.c)) {
            if at.c.is_ascii_lowercase() {
                self.out.plain.text.push(at.c);
            } else {
                fold_char(at.c, Keep::default(), &mut self.out.plain.text);
            }
        }
        if is_odd(&self.out.plain.text[word..]) {
            self.out.odd.push(token);
        }
    }

    /// Tags the last `words` tokens.
    fn tag(&mut self, kind: TagKind, words: usize, name: String) {
        let last = u32::try_from(self.out.tokens.len() - 1).unwrap_or(u32::MAX);
        let first = u32::try_from(self.out.tokens.len() - words).unwrap_or(u32::MAX);
        self.out.tags.push(Tag { kind, first, last, name });
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
                    self.end_paragraph();
                } else if is_list_item(chars, end) {
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
            && self.last_word().is_some_and(|w| ABBREVIATIONS.contains(&w));
        if question || chars[i].c != '.' || (closed && !abbreviated) || end > i + 1 {
            if question
                && !self.open_sentence
                && let Some(sentence) = self.out.sentences.last_mut()
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

    fn end_paragraph(&mut self) {
        self.end_sentence();
        self.paragraph += 1;
    }

    fn last_word(&self) -> Option<&str> {
        self.out.plain.last_word()
    }
}

/// Whether a number sign begins a hashtag there.
fn opens_tag(chars: &[At], i: usize) -> bool {
    matches!(chars[i].c, '#' | '＃') && (i == 0 || !is_word_char(chars[i - 1].c)) && chars.len() > i + 1
}

fn folded(chars: &[At]) -> String {
    let mut out = String::new();
    for at in chars.iter().filter(|at| at.c != '_') {
        fold_char(at.c, Keep::default(), &mut out);
    }
    out
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
    use crate::text::{Spellings, TagKind, Text};
    use rejoinder_wire::Post;

    fn sentences(text: &str) -> Vec<String> {
        let post = Post::own(0, text);
        let text = Text::new(&post.parts, &Spellings::default());
        let mut out: Vec<String> = vec![String::new(); text.sentences.len()];
        for (token, number) in text.tokens.iter().zip(0..) {
            let word = text.word(number);
            let sentence = &mut out[token.sentence as usize];
            if !sentence.is_empty() {
                sentence.push(' ');
            }
            sentence.push_str(if word.is_empty() { "@" } else { word });
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
            ("💉💉 !", vec!["@"]),
            ("#VaccinPoison #ok #HPVVaccin", vec!["vaccin poison ok hpv vaccin"]),
            ("#vaccin_poison n°1", vec!["vaccin poison n 1"]),
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
            let post = Post::own(0, original);
            let text = Text::new(&post.parts, &Spellings::default());
            for token in &text.tokens {
                let cut =
                    String::from_utf16(&utf16[token.start as usize..token.end as usize]).expect("cut at characters");
                assert_eq!(cut, original[token.bytes.clone()], "{original:?}");
            }
        }
    }

    #[test]
    fn quotations() {
        let post = Post::own(0, "Il dit « vaccin tue » puis \"rien du tout\" ici");
        let text = Text::new(&post.parts, &Spellings::default());
        let quoted: Vec<u32> = text.tokens.iter().map(|t| t.quotation).collect();
        assert_eq!(quoted, [0, 0, 1, 1, 0, 2, 2, 2, 0]);
    }

    #[test]
    fn tags() {
        let post = Post::own(0, "#VaccinPoison et @Dr_Santé. # rien");
        let text = Text::new(&post.parts, &Spellings::default());
        let tags: Vec<_> = text.tags.iter().map(|t| (t.kind, t.first, t.last, t.name.as_str())).collect();
        assert_eq!(tags, [(TagKind::Hashtag, 0, 1, "vaccinpoison"), (TagKind::Mention, 3, 3, "drsante")]);
    }

    #[test]
    fn paragraphs() {
        let post = Post::own(0, "un\ndeux\n\ntrois");
        let text = Text::new(&post.parts, &Spellings::default());
        let paragraphs: Vec<u32> = text.tokens.iter().map(|t| t.paragraph).collect();
        assert_eq!(paragraphs[0], paragraphs[1]);
        assert_ne!(paragraphs[1], paragraphs[2]);
    }
}
