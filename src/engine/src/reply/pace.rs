use super::{Occasion, Past};
use crate::pack::{Pace, Pack};
use jiff::{SignedDuration, Timestamp};
use rejoinder_wire::{PaceScope, ReplyRefusal};

/// The pace of a pack that sets none. Sites take many posts in a short time, and the same words again and again, for
/// spam, made by hand or not (the rules of Meta, X and YouTube all say so); and whoever answers twice within minutes in
/// one thread is in a quarrel, not in a conversation. Ten minutes are the time to read what was answered; six replies in
/// an hour leave to each the time that reading the thread and the protocol takes.
const DEFAULT: [(PaceScope, u32, u32); 2] = [(PaceScope::Thread, 1, 10), (PaceScope::Site, 6, 60)];

/// Why no further reply may be made yet. Of several reasons the one that lasts longest.
pub(super) fn refusal(pack: &Pack, occasion: &Occasion<'_>) -> Option<ReplyRefusal> {
    let default = DEFAULT.map(|(scope, most, minutes)| Pace { scope, most, minutes, ..Pace::default() });
    let paces = if pack.reply.paces.is_empty() { &default[..] } else { &pack.reply.paces };
    let waits = paces.iter().filter_map(|pace| wait(pace, occasion.past, occasion.now).map(|wait| (wait, pace)));
    let ((until, replies), pace) = waits.max_by_key(|((until, _), _)| *until)?;
    let replies = u32::try_from(replies).unwrap_or(u32::MAX);
    Some(ReplyRefusal::Pace { scope: pace.scope, replies, within: pace.minutes, until: until.to_string() })
}

/// Until when one pace makes wait, and how many replies count. A reply of the future was made before the clock was set
/// back: how long ago is not known, and nobody waits for it.
fn wait(pace: &Pace, past: &[Past], now: Timestamp) -> Option<(Timestamp, usize)> {
    let window = SignedDuration::from_mins(pace.minutes.into());
    let own = past.iter().filter(|p| pace.scope == PaceScope::Site || p.same_thread).map(|p| p.at);
    // A time so far off that its end cannot be said is no time of this century.
    let mut ends: Vec<Timestamp> =
        own.filter(|at| *at <= now).filter_map(|at| at.checked_add(window).ok()).filter(|end| *end > now).collect();
    ends.sort_unstable();
    let free = ends.len().checked_sub(usize::try_from(pace.most.max(1)).unwrap_or(usize::MAX))?;
    Some((ends[free], ends.len()))
}
