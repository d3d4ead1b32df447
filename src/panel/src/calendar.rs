//! Days and hours in the manager's language.

use crate::{browser, messages::LANGUAGE};
use js_sys::{Date, Object, Reflect};
use std::time::Duration;
use wasm_bindgen::JsValue;

/// A day, `YYYY-MM-DD`, in words (`30 juin 2027`); as given when it is not a day.
pub(crate) fn day(date: &str) -> String {
    // A bare day is midnight UTC for `Date`: shown in UTC, it stays that day everywhere.
    format(date, &[("day", "numeric"), ("month", "long"), ("year", "numeric"), ("timeZone", "UTC")])
}

/// An instant, RFC 3339, as day and time here.
pub(crate) fn moment(instant: &str) -> String {
    format(
        instant,
        &[("day", "numeric"), ("month", "short"), ("year", "numeric"), ("hour", "2-digit"), ("minute", "2-digit")],
    )
}

/// The day here of an instant, in words, with its weekday.
pub(crate) fn weekday(instant: &str) -> String {
    format(instant, &[("weekday", "long"), ("day", "numeric"), ("month", "long"), ("year", "numeric")])
}

/// The hour here of an instant.
pub(crate) fn hour(instant: &str) -> String {
    format(instant, &[("hour", "2-digit"), ("minute", "2-digit")])
}

/// An instant of these days: the hour here, and the day with it unless it is today.
pub(crate) fn soon(instant: &str) -> String {
    let now = Date::new_0();
    let then = Date::new(&JsValue::from_str(instant));
    if then.to_date_string() == now.to_date_string() { hour(instant) } else { moment(instant) }
}

/// The time from now to an instant; none when it has passed or is not one.
pub(crate) fn time_to(instant: &str) -> Option<Duration> {
    let then = Date::new(&JsValue::from_str(instant)).get_time();
    Duration::try_from_secs_f64((then - Date::now()) / 1000.0).ok()
}

/// Whether an instant has passed; not when it is none.
pub(crate) fn has_passed(instant: &str) -> bool {
    Date::new(&JsValue::from_str(instant)).get_time() < Date::now()
}

/// Today here, `YYYY-MM-DD`.
pub(crate) fn today() -> String {
    let now = Date::new_0();
    format!("{:04}-{:02}-{:02}", now.get_full_year(), now.get_month() + 1, now.get_date())
}

fn format(instant: &str, fields: &[(&str, &str)]) -> String {
    let date = Date::new(&JsValue::from_str(instant));
    if date.get_time().is_nan() {
        return instant.to_owned();
    }
    let options = Object::new();
    for (name, value) in fields {
        // Setting a field of a fresh plain object cannot fail.
        let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    String::from(date.to_locale_string(&browser::message(LANGUAGE.key(), &[]), &options))
}
