//! Which thread a page is of.

use rejoinder_wire::Site;
use url::Url;

/// What is the same on all pages of a thread and differs between threads; `None`: the page is not of one thread, or
/// that is not known.
pub fn thread(url: &Url, _site: Option<&Site>) -> Option<String> {
    let mut url = url.clone();
    url.set_fragment(None);
    Some(url.to_string())
}
