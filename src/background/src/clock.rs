use jiff::{Timestamp, civil::Date};

/// Now.
pub(crate) fn now() -> Timestamp {
    // A double holds milliseconds exactly for 285,000 years.
    #[expect(clippy::cast_possible_truncation)]
    Timestamp::from_millisecond(js_sys::Date::now() as i64).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Today, where the manager is.
pub(crate) fn today() -> Date {
    let date = js_sys::Date::new_0();
    let day = || {
        let year = i16::try_from(date.get_full_year()).ok()?;
        // Months count from 0 there.
        let month = i8::try_from(date.get_month() + 1).ok()?;
        Date::new(year, month, i8::try_from(date.get_date()).ok()?).ok()
    };
    day().unwrap_or(Date::MAX)
}
