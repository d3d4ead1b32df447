//! How a draft differs from the approved words, in words.

use crate::{anchor::anchor, draft::Shown, messages};
use leptos::prelude::*;
use rejoinder_wire::Departure;

/// Characters that are shown of a run; of a longer one, its beginning and its end.
const MOST: usize = 80;

/// A run on one line, without its middle when it is long.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters: Vec<char> = line.chars().collect();
    if letters.len() <= MOST {
        return line;
    }
    let half = MOST / 2;
    let (start, end) = (&letters[..half], &letters[letters.len() - half..]);
    // Whole words, unless one alone is that long.
    let start = start.iter().rposition(|c| *c == ' ').map_or(start, |space| &start[..space]);
    let end = end.iter().position(|c| *c == ' ').map_or(end, |space| &end[space + 1..]);
    format!("{} … {}", start.iter().collect::<String>(), end.iter().collect::<String>())
}

/// A run between quotation marks. Spaces and line breaks would show nothing: they are named.
fn quoted(text: &str) -> String {
    let text = shortened(text);
    if text.is_empty() { messages::BLANKS.text() } else { messages::QUOTED.with(&[&text]) }
}

/// A departure in words.
pub(crate) fn words(departure: &Departure) -> String {
    match (departure.was.as_str(), departure.now.as_str()) {
        ("", now) => messages::DEPARTURE_ADDED.with(&[&quoted(now)]),
        (was, "") => messages::DEPARTURE_REMOVED.with(&[&quoted(was)]),
        (was, now) => messages::DEPARTURE_REPLACED.with(&[&quoted(was), &quoted(now)]),
    }
}

/// What differs, and what follows from it.
#[component]
pub(crate) fn Departures(shown: Memo<Shown>) -> impl IntoView {
    let title = anchor("departures");
    let departures =
        Memo::new(move |_| shown.with(|shown| shown.variant().map(|v| v.departures.clone()).unwrap_or_default()));
    // A refusal says it itself.
    let unapproved = Memo::new(move |_| {
        let unapproved = |shown: &Shown| {
            shown.variant().is_some_and(|v| v.refusal.is_none() && v.departures.iter().any(|d| d.locked))
        };
        shown.with(unapproved)
    });
    let rows = move || {
        let row = |departure: Departure| {
            let locked = departure.locked;
            view! {
                <li data-locked=locked.to_string()>
                    {words(&departure)}
                    {locked.then(|| view! { " " <span class="badge locked">{messages::DEPARTURE_LOCKED.text()}</span> })}
                </li>
            }
        };
        departures.get().into_iter().map(row).collect_view()
    };
    view! {
        <Show when=move || !departures.with(Vec::is_empty)>
            <p class="caption" id=title.clone()>{messages::DEPARTURES.text()}</p>
            <ul class="departures" data-testid="departures" aria-labelledby=title.clone()>{rows}</ul>
            <Show when=move || unapproved.get()>
                <p class="notice" data-testid="not-approved">{messages::NO_LONGER_APPROVED.text()}</p>
            </Show>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, shortened};

    #[test]
    fn a_long_run_loses_its_middle_only() {
        let long = "Le vaccin ROR ne cause pas l’autisme : des études sur plus d’un million d’enfants l’ont montré.";
        for (text, want) in [
            ("un fait", "un fait"),
            (" un\n\nfait ", "un fait"),
            ("\n \n", ""),
            ("", ""),
            (long, "Le vaccin ROR ne cause pas l’autisme : … d’un million d’enfants l’ont montré."),
        ] {
            assert_eq!(shortened(text), want, "{text:?}");
        }
        let word = "é".repeat(MOST + 1);
        assert_eq!(shortened(&word), format!("{0} … {0}", "é".repeat(MOST / 2)), "one word");
        assert_eq!(shortened(&"é".repeat(MOST)), "é".repeat(MOST), "just fits");
    }
}
