use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

/// Now.
pub(crate) fn now() -> Timestamp {
    // A double holds milliseconds exactly for 285,000 years.
    #[expect(clippy::cast_possible_truncation)]
    Timestamp::from_millisecond(js_sys::Date::now() as i64).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The minute of a moment.
pub(crate) fn minute(at: Timestamp) -> Timestamp {
    let second = at.as_second();
    Timestamp::from_second(second - second.rem_euclid(60)).unwrap_or(at)
}

/// Date and time of day, where the manager is. `None` when the browser's clock is out of all bounds.
pub(crate) fn here() -> Option<DateTime> {
    let date = js_sys::Date::new_0();
    let small = |number: u32| i8::try_from(number).ok();
    let year = i16::try_from(date.get_full_year()).ok()?;
    // Months count from 0 there.
    let day = Date::new(year, small(date.get_month() + 1)?, small(date.get_date())?).ok()?;
    Some(day.to_datetime(Time::new(small(date.get_hours())?, small(date.get_minutes())?, 0, 0).ok()?))
}

/// Today, where the manager is.
pub(crate) fn today() -> Date {
    here().map_or(Date::MAX, DateTime::date)
}
