use super::problem::{Place, Problem};
use rejoinder_engine::pack::Unknown;
use serde::Serialize;
use toml::de::DeTable;

/// How alike two names must be for one to be offered in place of the other (Jaro-Winkler, 0 to 1).
const ALIKE: f64 = 0.85;

/// A warning for each field of `table` that `read`, which was read from it, does not know. `kept`: those that `read`
/// carries along unread. `what` names the element.
pub(super) fn fields<T: Serialize>(
    file: usize,
    what: &str,
    table: &DeTable<'_>,
    read: &T,
    kept: &Unknown,
) -> Vec<Problem> {
    let Ok(serde_json::Value::Object(written)) = serde_json::to_value(read) else { return Vec::new() };
    let known: Vec<&str> = written.keys().map(String::as_str).filter(|key| !kept.contains_key(*key)).collect();
    table
        .keys()
        .filter(|key| !known.contains(&key.get_ref().as_ref()))
        .map(|key| warning(file, what, key.get_ref(), key.span(), &known))
        .collect()
}

/// The warning for one field.
pub(super) fn warning(file: usize, what: &str, name: &str, at: std::ops::Range<usize>, known: &[&str]) -> Problem {
    let alike = known
        .iter()
        .map(|other| (strsim::jaro_winkler(name, other), other))
        .filter(|(likeness, _)| *likeness > ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, other)| format!("did you mean `{other}`?"));
    Problem::warning(format!("{what} has no field `{name}`"), Place::Text(file, at)).help(alike)
}
