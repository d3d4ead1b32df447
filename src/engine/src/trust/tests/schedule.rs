use super::*;
use jiff::SignedDuration;

/// Clients that all begin at one moment ask evenly over the whole period.
#[test]
fn clients_are_spread_over_the_period() {
    for period in [Period::Index, Period::Urgent] {
        let mut tenths = [0; 10];
        for client in 0..1000_u32 {
            let spread = client.wrapping_mul(u32::MAX / 1000);
            let turn = Turn::default().asked(period, at(NOW), None);
            let next = turn.next(period, spread, at(NOW)).unwrap();
            let wait = next.duration_since(at(NOW));
            assert!(wait.is_positive() && wait <= period.length(), "{wait}");
            tenths[usize::try_from((wait.as_secs() - 1) * 10 / period.length().as_secs()).unwrap()] += 1;
            // And so on, a period apart.
            let turn = Turn::default().asked(period, next, None);
            assert_eq!(turn.next(period, spread, next), next.checked_add(period.length()).ok());
        }
        assert!(tenths.iter().all(|count| (90..=110).contains(count)), "{tenths:?}");
    }
}

#[test]
fn a_server_that_fails_is_left_alone_longer_and_longer() {
    let hours = SignedDuration::from_hours;
    let mut turn = Turn::default();
    let mut waits = Vec::new();
    for _ in 0..8 {
        turn = turn.asked(Period::Urgent, at(NOW), Some(SignedDuration::ZERO));
        // Spread 0: on the hour, as NOW is.
        waits.push(turn.next(Period::Urgent, 0, at(NOW)).unwrap().duration_since(at(NOW)).as_hours());
    }
    assert_eq!(waits, [2, 4, 8, 16, 24, 24, 24, 24]);
    turn = turn.asked(Period::Urgent, at(NOW), None);
    assert_eq!(turn.next(Period::Urgent, 0, at(NOW)), at(NOW).checked_add(hours(1)).ok());
    for (asked, want) in [(hours(5), 5), (hours(24 * 3650), 24)] {
        let turn = Turn::default().asked(Period::Urgent, at(NOW), Some(asked));
        assert_eq!(turn.next(Period::Urgent, 0, at(NOW)).unwrap().duration_since(at(NOW)), hours(want));
    }
}

#[test]
fn what_is_due_is_asked_for_at_once() {
    let turn = Turn::default().asked(Period::Urgent, at(NOW), None);
    assert_eq!(Turn::default().next(Period::Urgent, 0, at(NOW)), None, "never asked");
    assert_eq!(turn.next(Period::Urgent, 0, at("2026-01-15T01:00:00Z")), None);
    assert_eq!(turn.next(Period::Urgent, 0, at("2026-01-14T00:00:00Z")), None, "a clock that went back");
    let waiting = Turn::default().asked(Period::Urgent, at("2090-01-01T00:00:00Z"), Some(SignedDuration::ZERO));
    assert_eq!(waiting.next(Period::Urgent, 0, at(NOW)), None, "a clock that was ahead");
}
