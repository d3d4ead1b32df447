//! Frames of other sites inside pages that are read: comments are often kept elsewhere.

use crate::core::{Core, State};
use crate::page::Place;
use crate::pattern::Pattern;
use rejoinder_engine::page;
use rejoinder_wire::{PageAnswer, PageSource};
use std::rc::Rc;
use url::Url;

/// Origins that are kept of one document; more are no place to talk.
const MOST: usize = 16;

impl Core {
    /// A document says which frames of other sites it shows.
    pub(crate) fn embeds(self: &Rc<Self>, place: &Place, origins: &[String]) -> PageAnswer {
        let mut state = self.state.borrow_mut();
        if let Some(frame) = state.readings.frame_mut(place.tab, place.frame) {
            let origins = origins.iter().take(MOST);
            frame.embedded = origins.filter_map(|origin| Url::parse(origin).ok()).collect();
        }
        drop(state);
        self.touch(place.tab);
        PageAnswer::Noted
    }
}

impl State {
    /// The sites of a tab's frames that the manager may want to enable, each once: those that are known to hold
    /// comments, and those of the site itself.
    pub(crate) fn offered(&self, tab: i32) -> Vec<Pattern> {
        let mut offered = Vec::new();
        for document in self.readings.documents(tab) {
            for url in &document.embedded {
                let wanted = !self.is_enabled(url) && (self.holds_comments(url) || is_of_site(url, &document.url));
                if let Some(pattern) = Pattern::of(url).filter(|pattern| wanted && !offered.contains(pattern)) {
                    offered.push(pattern);
                }
            }
        }
        offered
    }

    /// The tabs that show a frame of one of these sites.
    pub(crate) fn embedding(&self, sites: &[Pattern]) -> Vec<i32> {
        let of_one = |url: &Url| sites.iter().any(|site| site.matches(url));
        let shows = |tab: &i32| self.readings.documents(*tab).any(|frame| frame.embedded.iter().any(of_one));
        self.readings.tabs().filter(shows).collect()
    }

    fn holds_comments(&self, url: &Url) -> bool {
        self.library
            .adapters()
            .any(|s| s.source == PageSource::Comment && !s.url.is_empty() && page::is_for(s, url.as_str()))
    }
}

/// Whether a frame is of another host of the page's own site: `comments.news.example` in `www.news.example`.
fn is_of_site(frame: &Url, page: &Url) -> bool {
    let (Some(frame), Some(page)) = (frame.domain(), page.domain()) else { return false };
    let site = page.strip_prefix("www.").unwrap_or(page);
    site.contains('.') && frame.strip_suffix(site).is_some_and(|rest| rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_one_site() {
        for (frame, page, want) in [
            ("https://comments.news.example/", "https://www.news.example/a", true),
            ("https://comments.news.example/", "https://news.example/a", true),
            ("https://www.news.example/", "https://news.example/a", true),
            ("https://news.example/", "https://news.example/a", false),
            ("https://badnews.example/", "https://news.example/a", false),
            ("https://ads.example/", "https://news.example/a", false),
            ("https://other.example/", "https://example/a", false),
            ("http://127.0.0.1:8001/", "http://127.0.0.1:8000/", false),
        ] {
            let url = |text| Url::parse(text).unwrap();
            assert_eq!(is_of_site(&url(frame), &url(page)), want, "{frame} in {page}");
        }
    }
}
