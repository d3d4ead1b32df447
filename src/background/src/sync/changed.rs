use jiff::Timestamp;
use rejoinder_engine::pack::{self, Pack};
use rejoinder_wire::{Change, ChangesView};

/// Most changes that are kept of an update.
const CHANGES: usize = 500;
/// Most bytes of their texts, but for the shortest form of each.
const TEXTS: usize = 256 << 10;
/// To how many bytes texts are shortened when there is no room for them; 0: only that they changed is said.
const SHORTER: [usize; 3] = [4 << 10, 200, 0];
/// Bytes before the first difference that are kept of a shortened text.
const BEFORE: usize = 80;

/// What an update changes, as far as there is room for it.
pub(super) fn changed(old: (u64, &[Pack]), new: (u64, &[Pack]), held: bool, now: Timestamp) -> ChangesView {
    let all = pack::changes(old.1, new.1);
    let number = all.len();
    let mut room = TEXTS;
    let mut changes = Vec::new();
    for mut change in all.into_iter().take(CHANGES) {
        // Every change is named, be its texts as long as they may: whoever is asked must not be shown less by more words.
        for most in SHORTER {
            if size(&change) <= room {
                break;
            }
            shorten(&mut change, most);
        }
        room = room.saturating_sub(size(&change));
        changes.push(change);
    }
    let left_out = u32::try_from(number - changes.len()).unwrap_or(u32::MAX);
    ChangesView { at: now.to_string(), from: old.0, to: new.0, held, changes, left_out }
}

/// Shortens the texts of a change to so many bytes each, around their first difference.
fn shorten(change: &mut Change, most: usize) {
    change.title = piece(&change.title, 0, most.max(200));
    if most == 0 {
        change.texts.clear();
    }
    for text in &mut change.texts {
        let same = text.old.bytes().zip(text.new.bytes()).take_while(|(old, new)| old == new).count();
        let from = same.saturating_sub(BEFORE.min(most / 2));
        (text.old, text.new) = (piece(&text.old, from, most), piece(&text.new, from, most));
    }
}

/// At most so many bytes of a text from a place on, with dots where something is left out.
fn piece(text: &str, from: usize, most: usize) -> String {
    let from = text.floor_char_boundary(from);
    let end = text.floor_char_boundary(from.saturating_add(most));
    let dots = |is_cut: bool| if is_cut { "…" } else { "" };
    format!("{}{}{}", dots(from > 0), &text[from..end], dots(end < text.len()))
}

fn size(change: &Change) -> usize {
    let texts = change.texts.iter().map(|text| text.field.len() + text.old.len() + text.new.len());
    change.pack.len() + change.id.len() + change.title.len() + texts.sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rejoinder_engine::pack::{Claim, Topic};

    #[test]
    fn there_is_room_for_so_much() {
        let pack = |topics: usize, title: usize| {
            let topic = |n: usize| Topic { id: format!("{n:04}"), title: "x".repeat(title), ..Topic::default() };
            Pack { id: "p".into(), topics: (0..topics).map(topic).collect(), ..Pack::default() }
        };
        for (topics, title, kept) in [(10, 10, 10), (600, 10, CHANGES), (100, 10_000, 100), (500, 1 << 14, CHANGES)] {
            let view = changed((1, &[pack(0, 0)]), (2, &[pack(topics, title)]), false, Timestamp::UNIX_EPOCH);
            assert_eq!((view.changes.len(), view.left_out as usize), (kept, topics - kept), "{topics} {title}");
            let size: usize = view.changes.iter().map(size).sum();
            assert!(size < TEXTS + CHANGES * 300, "{topics} {title}: {size}");
        }
    }

    /// One text longer than all the room neither hides the changes behind it nor its own difference.
    #[test]
    fn a_long_text_hides_nothing() {
        let pack = |rule: &str, last: &str| {
            let claim = |id: &str, rule: &str| Claim { id: id.into(), rule: rule.into(), ..Claim::default() };
            Pack { id: "p".into(), claims: vec![claim("a", rule), claim("b", last)], ..Pack::default() }
        };
        let long = "é".repeat(TEXTS);
        let old = pack(&long, "x");
        let new = pack(&format!("{long}bad{long}"), "y");
        let view = changed((1, &[old]), (2, &[new]), true, Timestamp::UNIX_EPOCH);
        let ids: Vec<&str> = view.changes.iter().map(|change| change.id.as_str()).collect();
        assert_eq!((ids, view.left_out), (vec!["a", "b"], 0));
        let text = &view.changes[0].texts[0];
        assert!(text.new.contains("ébadé") && text.new.starts_with('…') && text.new.ends_with('…'), "{}", text.new);
        assert!(text.old.len() < 200 && text.new.len() < 5000);
        assert_eq!((view.changes[1].texts[0].old.as_str(), view.changes[1].texts[0].new.as_str()), ("x", "y"));
    }
}
