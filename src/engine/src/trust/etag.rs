use super::TrustLimits;
use jiff::{SignedDuration, Timestamp};

/// The tag of an answer, if it may be asked with: one entity tag (RFC 9110, 8.8.3), no list and no `*`, which a server
/// answers with "unchanged" whatever it has; and short enough that no server refuses the request for it.
pub(super) fn entity_tag(etag: Option<String>) -> Option<String> {
    etag.map(|etag| etag.trim().to_owned()).filter(|etag| is_entity_tag(etag))
}

fn is_entity_tag(etag: &str) -> bool {
    let opaque = etag.strip_prefix("W/").unwrap_or(etag);
    let inner = opaque.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    etag.len() <= TrustLimits::ETAG_BYTES
        && inner.is_some_and(|inner| inner.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"'))
}

/// The tag to ask with now. One that came long ago is not asked with: it may be that of the next file, wrongly given to
/// this one, and then "unchanged" would be answered for ever.
pub(super) fn to_ask_with(etag: Option<&String>, since: Option<Timestamp>, now: Timestamp) -> Option<String> {
    let age = now.duration_since(since?);
    let is_fresh = !age.is_negative() && age < SignedDuration::from_hours(TrustLimits::ETAG_HOURS);
    etag.filter(|etag| is_fresh && is_entity_tag(etag)).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_entity_tag_and_nothing_else() {
        for good in ["\"\"", "\"a-1:2\"", "W/\"a\"", " \"a\" "] {
            assert_eq!(entity_tag(Some(good.into())).as_deref(), Some(good.trim()), "{good}");
        }
        let long = format!("\"{}\"", "x".repeat(TrustLimits::ETAG_BYTES - 1));
        for bad in ["", "*", "a", "\"", "\"a", "w/\"a\"", "\"a\", \"b\"", "\"a b\"", "\"é\"", "\"a\n\"", &long] {
            assert_eq!(entity_tag(Some(bad.into())), None, "{bad}");
        }
        assert_eq!(entity_tag(None), None);
    }
}
