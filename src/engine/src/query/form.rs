use super::{Form, QueryError, Term, WordPattern, Words};
use crate::language::{Language, sound_key};
use crate::pack::Limits;
use crate::text::{Keep, fold, is_word_char, words_of};
use std::ops::Range;
use unicode_properties::UnicodeEmoji;

/// What prefixes make of the term behind them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Modifiers {
    pub(super) case: bool,
    pub(super) accent: bool,
    pub(super) exact: bool,
    pub(super) raw: bool,
    pub(super) lemma: bool,
    pub(super) sound: bool,
    pub(super) stem: Option<Option<Language>>,
    pub(super) edits: Option<u8>,
}

impl Modifiers {
    /// How many ways of looking it asks for that cannot be had together.
    fn forms(self) -> usize {
        [self.raw, self.lemma, self.sound, self.stem.is_some(), self.edits.is_some()].into_iter().filter(|f| *f).count()
    }
}

/// Makes a term of a word or of the inside of a phrase.
pub(super) fn term(body: &str, with: Modifiers, source: &str, at: Range<usize>) -> Result<Term, QueryError> {
    let form = form(body, with, source).map_err(|message| QueryError::new(at.clone(), message))?;
    Ok(Term { form, source: source.trim().to_owned(), at })
}

fn form(body: &str, with: Modifiers, source: &str) -> Result<Form, String> {
    let kept = with.case || with.accent || with.exact;
    if with.forms() > 1 || with.forms() == 1 && kept {
        return Err(format!("`{source}` asks for two ways of looking at once"));
    }
    if with.raw {
        return raw(body).ok_or_else(|| format!("`{source}` holds nothing to look for"));
    }
    if with.forms() == 0 {
        return words(body, with, source);
    }
    let mut own = words_of(body);
    let word = match own.len() {
        1 => own.remove(0),
        0 => return Err(format!("`{source}` holds no word")),
        _ => return Err(format!("`{source}` must be one word")),
    };
    let letters = word.chars().count();
    if let Some(edits) = with.edits {
        let least = match edits {
            1 => Limits::TYPO_LETTERS,
            2 => Limits::TYPO_LETTERS_TWO,
            _ => return Err(format!("`{source}`: one or two edits, no more")),
        };
        if letters < least || letters > Limits::TYPO_LETTERS_MOST {
            let most = Limits::TYPO_LETTERS_MOST;
            return Err(format!("`{source}`: a word with {edits} edits has {least} to {most} letters"));
        }
        return Ok(Form::Typo { word, edits });
    }
    if letters < 3 {
        return Err(format!("`{source}`: a word of at least 3 letters was expected"));
    }
    if let Some(language) = with.stem {
        return Ok(Form::Stem { word, language });
    }
    if with.sound {
        return Ok(Form::Sound(sound_key(&word)));
    }
    Ok(Form::Lemma(word))
}

/// Characters as written. Variation selectors only say how an emoji is drawn.
fn raw(body: &str) -> Option<Form> {
    let kept: String = body.trim().chars().filter(|c| *c != '\u{fe0f}').collect();
    (!kept.is_empty()).then_some(Form::Raw(kept))
}

fn words(body: &str, with: Modifiers, source: &str) -> Result<Form, String> {
    let kept = with.case || with.accent;
    let pattern = if kept { WordPattern::new } else { WordPattern::folding };
    let words: Vec<WordPattern> = if body.contains(['*', '?']) {
        body.split(|c: char| {
            !(is_word_char(c)
                || matches!(c, '*' | '?' | '@' | '$' | '€')
                || !c.is_ascii() && !c.is_whitespace() && c.is_alphanumeric())
        })
        .filter(|w| !w.is_empty())
        .map(pattern)
        .collect()
    } else if kept {
        // Kept forms are compared with the original words, so the pattern's own are kept too.
        let is_mark = unicode_normalization::char::is_combining_mark;
        body.split(|c: char| !is_word_char(c) && !is_mark(c)).filter(|w| !w.is_empty()).map(pattern).collect()
    } else {
        words_of(body).iter().map(|w| pattern(w)).collect()
    };
    if words.is_empty() {
        let drawn = |c: char| !c.is_ascii() && c.is_emoji_char();
        return match raw(body) {
            Some(form) if body.chars().any(drawn) => Ok(form),
            _ => Err(format!("`{source}` holds no word")),
        };
    }
    let least = Limits::WILDCARD_LETTERS;
    if !words.iter().any(|w| w.is_literal() || w.anchor().chars().count() >= least) {
        return Err(format!("`{source}` would match nearly every word: keep {least} letters together"));
    }
    Ok(Form::Words(Words { case: with.case, accent: with.accent, exact: with.exact, ..Words::of(words) }))
}

/// The name of a hashtag or mention, folded.
pub(super) fn tag(name: &str) -> Result<String, String> {
    let name: String = fold(name.trim_end_matches(['.', '-']), Keep::default());
    let name: String = name.chars().filter(|c| *c != '_' && *c != '-' && *c != '.').collect();
    if name.chars().any(|c| !matches!(c, '*' | '?')) { Ok(name) } else { Err("a name was expected".to_owned()) }
}

/// A regular expression that can be used.
pub(super) fn regex(pattern: &str, flags: &str) -> Result<Form, String> {
    if let Some(flag) = flags.chars().find(|c| !matches!(c, 'i' | 's' | 'm' | 'x' | 'u')) {
        return Err(format!("no flag `{flag}`; `i`, `s`, `m` and `x` are known"));
    }
    let pattern = pattern.replace("\\/", "/");
    let flags: String = flags.chars().filter(|c| *c != 'u').collect();
    let pattern = if flags.is_empty() { pattern } else { format!("(?{flags}){pattern}") };
    let built = regex::RegexBuilder::new(&pattern).size_limit(Limits::REGEX_BYTES).nest_limit(50).build();
    match built {
        // The last line says what is wrong; those before it draw the place.
        Err(e) => Err(e.to_string().lines().last().unwrap_or_default().trim().trim_start_matches("error: ").to_owned()),
        Ok(regex) if regex.is_match("") => Err("a regular expression that matches nothing at all".to_owned()),
        Ok(_) => Ok(Form::Regex(pattern)),
    }
}
