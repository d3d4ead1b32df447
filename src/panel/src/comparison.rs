//! What of a text changed, word by word.

use crate::messages;
use leptos::prelude::*;
use similar::{Algorithm, DiffTag, capture_diff_slices};

/// Words and signs of both texts together that are compared one by one; longer ones are shown as replaced.
const MOST: usize = 6_000;

/// Signs that make one word of two.
const JOINTS: [char; 6] = ['-', '.', ':', '/', '@', '_'];

/// A run of a changed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Run {
    /// It stays.
    Same(String),
    /// It stood there before.
    Removed(String),
    /// It stands there now.
    Added(String),
}

/// Compares two texts. The runs that are not `Added`, joined, are the old one; those that are not `Removed`, the new one.
pub(crate) fn runs(old: &str, new: &str) -> Vec<Run> {
    let (before, after) = (tokens(old), tokens(new));
    let mut kept = Kept::default();
    if before.len() + after.len() > MOST {
        kept.removed.push_str(old);
        kept.added.push_str(new);
    } else {
        for step in capture_diff_slices(Algorithm::Myers, &before, &after) {
            let (tag, was, now) = step.as_tag_tuple();
            let (was, now) = (before[was].concat(), after[now].concat());
            // Two changed words with a space between them are one change to a reader.
            if tag == DiffTag::Equal && !(kept.is_change() && was.trim().is_empty() && !was.contains('\n')) {
                kept.flush();
                kept.runs.push(Run::Same(was));
            } else {
                kept.removed.push_str(&was);
                kept.added.push_str(&now);
            }
        }
    }
    kept.flush();
    kept.runs
}

#[derive(Default)]
struct Kept {
    runs: Vec<Run>,
    removed: String,
    added: String,
}

impl Kept {
    fn is_change(&self) -> bool {
        self.removed != self.added
    }

    fn flush(&mut self) {
        let (removed, added) = (std::mem::take(&mut self.removed), std::mem::take(&mut self.added));
        self.runs.extend(Some(Run::Removed(removed)).filter(|run| *run != Run::Removed(String::new())));
        self.runs.extend(Some(Run::Added(added)).filter(|run| *run != Run::Added(String::new())));
    }
}

/// Words, blanks, and every other sign alone. Joined, they are the text. A day, a version, an address are one word each:
/// half of one that is struck through says nothing.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (token, after) = rest.split_at(token_end(rest));
        tokens.push(token);
        rest = after;
    }
    tokens
}

/// Where the first token of a text ends.
fn token_end(text: &str) -> usize {
    let is_word = |c: char| c.is_alphanumeric();
    let run =
        |from: usize, alike: fn(char) -> bool| text[from..].find(|c| !alike(c)).map_or(text.len(), |at| from + at);
    let blanks = run(0, char::is_whitespace);
    if blanks > 0 {
        return blanks;
    }
    let mut end = run(0, is_word);
    if end == 0 {
        return text.chars().next().map_or(0, char::len_utf8);
    }
    // All joints are one byte long.
    while text[end..].starts_with(JOINTS) && text[end + 1..].starts_with(is_word) {
        end = run(end + 1, is_word);
    }
    end
}

/// A text with what was removed from it and what was added. Marked by lines, and in words for those who hear it.
#[component]
pub(crate) fn Compared(runs: Vec<Run>) -> impl IntoView {
    let opening = |words: messages::Message| view! { <span class="unseen">{format!("[{} ", words.text())}</span> };
    let closing = || view! { <span class="unseen">{format!(" {}]", messages::RUN_END.text())}</span> };
    let run = |run: Run| match run {
        Run::Same(text) => text.into_any(),
        Run::Removed(text) => view! { <del>{opening(messages::RUN_REMOVED)} {text} {closing()}</del> }.into_any(),
        Run::Added(text) => view! { <ins>{opening(messages::RUN_ADDED)} {text} {closing()}</ins> }.into_any(),
    };
    view! { <p class="compared">{runs.into_iter().map(run).collect_view()}</p> }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Run, runs};

    /// Removed words in `[-…-]`, added ones in `{+…+}`.
    fn drawn(old: &str, new: &str) -> String {
        let runs = runs(old, new);
        let of = |skip: fn(&Run) -> bool| -> String {
            let text = |run: &Run| match run {
                Run::Same(text) | Run::Removed(text) | Run::Added(text) => text.clone(),
            };
            runs.iter().filter(|run| !skip(run)).map(text).collect()
        };
        assert_eq!(of(|run| matches!(run, Run::Added(_))), old, "the old text is kept whole");
        assert_eq!(of(|run| matches!(run, Run::Removed(_))), new, "the new text is kept whole");
        let draw = |run: &Run| match run {
            Run::Same(text) => text.clone(),
            Run::Removed(text) => format!("[-{text}-]"),
            Run::Added(text) => format!("{{+{text}+}}"),
        };
        runs.iter().map(draw).collect()
    }

    #[test]
    fn words_that_differ_are_marked_and_nothing_is_lost() {
        for (old, new, want) in [
            ("", "", ""),
            ("un fait", "un fait", "un fait"),
            ("", "un fait", "{+un fait+}"),
            ("un fait", "", "[-un fait-]"),
            ("le vaccin est sûr.", "ce vaccin est sûr.", "[-le-]{+ce+} vaccin est sûr."),
            ("un fait", "un fait.", "un fait{+.+}"),
            ("l’autisme", "l’asthme", "l’[-autisme-]{+asthme+}"),
            ("expire le 2026-12-31.", "expire le 2027-06-30.", "expire le [-2026-12-31-]{+2027-06-30+}."),
            ("1.4.0", "1.5.0", "[-1.4.0-]{+1.5.0+}"),
            ("un fait. Deux", "un fait : deux", "un fait[-. Deux-]{+ : deux+}"),
            ("deux petits mots ici", "trois grands mots ici", "[-deux petits-]{+trois grands+} mots ici"),
            ("ligne\nune", "phrase\ndeux", "[-ligne-]{+phrase+}\n[-une-]{+deux+}"),
            ("un\u{a0}: deux", "un: deux", "un[-\u{a0}-]: deux"),
        ] {
            assert_eq!(drawn(old, new), want, "{old:?} → {new:?}");
        }
    }

    #[test]
    fn very_long_texts_are_replaced_as_a_whole() {
        let long = |start: &str| format!("{start}{}", " mot".repeat(MOST / 4));
        assert_eq!(runs(&long("un"), &long("deux")), [Run::Removed(long("un")), Run::Added(long("deux"))]);
    }
}
