use crate::browser;
use std::collections::BTreeMap;

/// Where the browser keeps it for the extension's pages.
const KEY: &str = "seen-updates";

/// Up to which serial the manager has seen what the updates of each subscription changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen(BTreeMap<String, u64>);

impl Seen {
    /// As the browser keeps it; nothing when it keeps nothing.
    pub(crate) fn load() -> Seen {
        browser::remembered(KEY).map(|text| Seen::read(&text)).unwrap_or_default()
    }

    /// Has the browser keep it.
    pub(crate) fn save(&self) {
        browser::remember(KEY, &self.write());
    }

    fn read(text: &str) -> Seen {
        let line = |line: &str| {
            let (serial, url) = line.split_once(' ')?;
            Some((url.to_owned(), serial.parse().ok()?))
        };
        Seen(text.lines().filter_map(line).collect())
    }

    fn write(&self) -> String {
        self.0.iter().map(|(url, serial)| format!("{serial} {url}\n")).collect()
    }

    /// The subscriptions of which a later index is in use than was seen. A new one is no update, and one that is gone is
    /// forgotten.
    pub(crate) fn news(&mut self, serials: &[(String, u64)]) -> Vec<(String, u64)> {
        self.0.retain(|url, _| serials.iter().any(|(of, _)| of == url));
        let mut news = Vec::new();
        for (url, serial) in serials {
            match self.0.get(url) {
                Some(seen) if seen < serial => news.push((url.clone(), *serial)),
                Some(seen) if seen == serial => {}
                // Nothing was received yet.
                _ if *serial == 0 => {}
                _ => self.see(url, *serial),
            }
        }
        news
    }

    /// What an update changed was seen.
    pub(crate) fn see(&mut self, url: &str, serial: u64) {
        self.0.insert(url.to_owned(), serial);
    }
}

#[cfg(test)]
mod tests {
    use super::Seen;

    #[test]
    fn only_a_later_index_of_a_known_subscription_is_news() {
        for (seen, now, news, kept) in [
            ("", &[][..], &[][..], ""),
            ("", &[("a", 0)], &[], ""),
            ("", &[("a", 4)], &[], "4 a\n"),
            ("4 a\n", &[("a", 4)], &[], "4 a\n"),
            ("4 a\n", &[("a", 6)], &[("a", 6)], "4 a\n"),
            ("4 a\n3 b\n", &[("b", 4)], &[("b", 4)], "3 b\n"),
            ("4 a\n", &[("a", 2)], &[], "2 a\n"),
            ("4 a\n", &[("a", 0)], &[], "4 a\n"),
            ("x\n\n4\n5 a b\n", &[("a b", 6)], &[("a b", 6)], "5 a b\n"),
        ] {
            let owned = |list: &[(&str, u64)]| {
                list.iter().map(|(url, serial)| ((*url).to_owned(), *serial)).collect::<Vec<_>>()
            };
            let mut state = Seen::read(seen);
            assert_eq!(state.news(&owned(now)), owned(news), "{seen:?} {now:?}");
            assert_eq!(state.write(), kept, "{seen:?} {now:?}");
        }
    }

    #[test]
    fn what_was_seen_is_no_news() {
        let mut seen = Seen::read("4 a\n");
        seen.see("a", 6);
        assert_eq!(seen.news(&[("a".into(), 6)]), []);
    }
}
