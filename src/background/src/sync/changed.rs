use jiff::Timestamp;
use rejoinder_engine::pack::{self, Pack};
use rejoinder_wire::{Change, ChangesView};

/// Most changes that are kept of an update.
const CHANGES: usize = 500;
/// Most bytes of their texts.
const TEXTS: usize = 256 << 10;

/// What an update changes, as far as there is room for it.
pub(super) fn changed(old: (u64, &[Pack]), new: (u64, &[Pack]), held: bool, now: Timestamp) -> ChangesView {
    let all = pack::changes(old.1, new.1);
    let number = all.len();
    let mut room = TEXTS;
    let mut changes = Vec::new();
    for change in all.into_iter().take(CHANGES) {
        let Some(left) = room.checked_sub(size(&change)) else { break };
        room = left;
        changes.push(change);
    }
    let left_out = u32::try_from(number - changes.len()).unwrap_or(u32::MAX);
    ChangesView { at: now.to_string(), from: old.0, to: new.0, held, changes, left_out }
}

fn size(change: &Change) -> usize {
    let texts = change.texts.iter().map(|text| text.field.len() + text.old.len() + text.new.len());
    change.pack.len() + change.id.len() + change.title.len() + texts.sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rejoinder_engine::pack::Topic;

    #[test]
    fn there_is_room_for_so_much() {
        let pack = |topics: usize, title: usize| {
            let topic = |n: usize| Topic { id: format!("{n:04}"), title: "x".repeat(title), ..Topic::default() };
            Pack { id: "p".into(), topics: (0..topics).map(topic).collect(), ..Pack::default() }
        };
        for (topics, title, kept) in [(10, 10, 10), (600, 10, CHANGES), (100, 10_000, 13)] {
            let view = changed((1, &[pack(0, 0)]), (2, &[pack(topics, title)]), false, Timestamp::UNIX_EPOCH);
            assert_eq!((view.changes.len(), view.left_out as usize), (kept, topics - kept), "{topics} {title}");
        }
    }
}
