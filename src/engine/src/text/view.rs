use super::Token;
use super::fold::{MAX_READINGS, other_readings};

/// One reading of a whole text: its folded words, one space between two of a sentence, a line feed between
/// sentences (so no phrase crosses their border).
#[derive(Clone, Debug)]
pub(crate) struct View {
    /// The words.
    pub(crate) text: String,
    /// First byte of each token, and one more for the end.
    pub(crate) starts: Vec<u32>,
}

impl View {
    /// The folded words; then, when some have other readings (`v@cc1n`, `vacciiin`), a view for each rank of them.
    pub(crate) fn all(tokens: &[Token]) -> Vec<View> {
        let mut views = vec![View::of(tokens, |_, token| &token.folded)];
        let readings: Vec<(usize, Vec<String>)> = tokens
            .iter()
            .enumerate()
            .map(|(i, token)| (i, other_readings(&token.folded)))
            .filter(|(_, readings)| !readings.is_empty())
            .collect();
        let most = readings.iter().map(|(_, r)| r.len()).max().unwrap_or(0).min(MAX_READINGS);
        for rank in 0..most {
            let mut next = readings.iter().peekable();
            views.push(View::of(tokens, |i, token| {
                while next.next_if(|(at, _)| *at < i).is_some() {}
                match next.peek() {
                    // A word with fewer readings keeps its last.
                    Some((at, own)) if *at == i => own.get(rank).or(own.last()).unwrap_or(&token.folded),
                    _ => &token.folded,
                }
            }));
        }
        views
    }

    fn of<'t>(tokens: &'t [Token], mut form: impl FnMut(usize, &'t Token) -> &'t String) -> View {
        let mut text = String::with_capacity(tokens.len() * 7 + 2);
        let mut starts = Vec::with_capacity(tokens.len() + 1);
        let mut sentence = 0;
        for (i, token) in tokens.iter().enumerate() {
            text.push(if token.sentence == sentence { ' ' } else { '\n' });
            sentence = token.sentence;
            starts.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
            text.push_str(form(i, token));
        }
        text.push('\n');
        starts.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        View { text, starts }
    }

    /// The word at a token.
    pub(crate) fn word(&self, token: usize) -> &str {
        let (start, next) = (self.starts[token] as usize, self.starts[token + 1] as usize);
        // Between two words stands one separator of one byte.
        &self.text[start..next - 1]
    }

    /// The token in which a byte lies.
    pub(crate) fn token_at(&self, byte: usize) -> usize {
        self.starts.partition_point(|s| *s as usize <= byte).saturating_sub(1)
    }
}
