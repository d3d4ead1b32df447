/// A run of an excerpt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// Its text.
    pub text: String,
    /// Whether it is one of the words that were found.
    pub marked: bool,
}

/// Cuts an excerpt so that the words that were found can be marked in it. Words are taken as written; one that the
/// excerpt does not hold (it may be shortened) is passed over. The runs joined are the excerpt.
pub(crate) fn runs<'a>(excerpt: &str, words: impl IntoIterator<Item = &'a str>) -> Vec<Run> {
    let mut marks: Vec<(usize, usize)> = Vec::new();
    for word in words {
        // An excerpt is one line; the word may have been broken over two.
        let word = word.split_whitespace().collect::<Vec<_>>().join(" ");
        if word.is_empty() {
            continue;
        }
        let free = excerpt
            .match_indices(&word)
            .map(|(start, _)| (start, start + word.len()))
            .find(|&(start, end)| marks.iter().all(|&(s, e)| end <= s || e <= start));
        marks.extend(free);
    }
    marks.sort_unstable();
    let mut runs = Vec::new();
    let mut push = |text: &str, marked: bool| {
        if !text.is_empty() {
            runs.push(Run { text: text.to_owned(), marked });
        }
    };
    let mut at = 0;
    for (start, end) in marks {
        push(&excerpt[at..start], false);
        push(&excerpt[start..end], true);
        at = end;
    }
    push(&excerpt[at..], false);
    runs
}

#[cfg(test)]
mod tests {
    use super::runs;

    /// Marked runs in brackets.
    fn drawn(excerpt: &str, words: &[&str]) -> String {
        let runs = runs(excerpt, words.iter().copied());
        assert_eq!(runs.iter().map(|run| run.text.as_str()).collect::<String>(), excerpt, "the excerpt is kept whole");
        runs.iter().map(|run| if run.marked { format!("[{}]", run.text) } else { run.text.clone() }).collect()
    }

    #[test]
    fn words_are_marked_once_each_and_never_overlap() {
        for (excerpt, words, want) in [
            ("le vaccin rend autiste", &["vaccin", "autiste"][..], "le [vaccin] rend [autiste]"),
            ("autiste à cause du vaccin", &["vaccin", "autiste"], "[autiste] à cause du [vaccin]"),
            ("le vaccin, ce vaccin", &["vaccin", "vaccin"], "le [vaccin], ce [vaccin]"),
            ("un vaccin", &["vaccin ROR", "vaccin"], "un [vaccin]"),
            ("le v@cc1n\u{200b} ROR", &["v@cc1n\u{200b}"], "le [v@cc1n\u{200b}] ROR"),
            ("immunité naturelle", &["immunité\nnaturelle"], "[immunité naturelle]"),
            ("… sans rien", &["vaccin"], "… sans rien"),
            ("", &["vaccin"], ""),
            ("é", &[""], "é"),
            ("vaccins", &["vaccins", "vaccin"], "[vaccins]"),
        ] {
            assert_eq!(drawn(excerpt, words), want, "{excerpt:?} with {words:?}");
        }
    }
}
