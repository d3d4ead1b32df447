use rejoinder_engine::Engine;
use rejoinder_engine::pack::{Pack, PackError};
use rejoinder_engine::page;
use rejoinder_wire::{CardStatus, PackView, Site};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Where a pack came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Origin {
    /// Address of the index of its subscription.
    pub(crate) subscription: String,
    /// SHA-256 of its text: its name in the store.
    pub(crate) sha256: String,
}

/// The packs in use and the engine built from them. Immutable: other packs make another library.
#[derive(Debug, Default)]
pub(crate) struct Library {
    origins: Vec<Origin>,
    /// The adapters of all packs, in their order.
    sites: Vec<Site>,
    engine: Engine,
    /// Whether the engine was read back as it was kept.
    loaded: bool,
    /// Empty until [`Library::filled`]: pages are read without them.
    packs: Vec<Pack>,
}

/// What is kept before the engine, behind a byte that says whether this has regular expressions.
#[derive(Serialize, Deserialize)]
struct Head<'a> {
    /// Version of the extension: another one may build another engine of the same packs.
    version: &'a str,
    origins: Vec<Origin>,
    sites: Vec<Site>,
    /// Ids of the adapters that are switched off.
    off: BTreeSet<String>,
}

impl Library {
    /// Builds the engine from packs that are all to be used.
    ///
    /// # Errors
    /// The pack that two subscriptions offer, or that does not go together with the others, and why.
    pub(crate) fn new(packs: Vec<(Origin, Pack)>) -> Result<Library, (String, String)> {
        Library::default().filled(packs)
    }

    /// The library of which [`Library::to_keep`] gave these bytes, without its packs, and the ids of the adapters that are
    /// switched off; `None` if another version gave them. Its engine is without regular expressions. To read it back takes
    /// a small part of the time that building takes. Whether it still is of the packs in use is found out by
    /// [`Library::filled`].
    pub(crate) fn kept(bytes: &[u8]) -> Option<(Library, BTreeSet<String>)> {
        let read = || {
            let (_, rest) = bytes.split_first().ok_or("it is empty")?;
            let (length, rest) = rest.split_first_chunk().ok_or("it ends at once")?;
            let (head, engine) =
                rest.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or("it ends too soon")?;
            let Head { version, origins, sites, off } = serde_json::from_slice(head).map_err(|e| e.to_string())?;
            if version != env!("CARGO_PKG_VERSION") {
                return Err(format!("version {version} built it"));
            }
            let engine = Engine::load_without_regexes(engine).map_err(|e| e.to_string())?;
            Ok((Library { origins, sites, engine, loaded: true, packs: Vec::new() }, off))
        };
        read().map_err(|why: String| crate::console::warn(&format!("the kept engine is built again: {why}"))).ok()
    }

    /// The library with its packs. If it is not of these, it is built of them.
    ///
    /// # Errors
    /// As [`Library::new`].
    pub(crate) fn filled(self, mut packs: Vec<(Origin, Pack)>) -> Result<Library, (String, String)> {
        let mut ids = BTreeSet::new();
        if let Some((_, twice)) = packs.iter().find(|(_, pack)| !ids.insert(&pack.id)) {
            return Err((twice.id.clone(), "another subscription has a pack of this id".into()));
        }
        sort(&mut packs, |(origin, _)| origin);
        let (origins, packs): (Vec<Origin>, Vec<Pack>) = packs.into_iter().unzip();
        if self.loaded && self.origins == origins {
            self.engine.add_regexes();
            return Ok(Library { packs, ..self });
        }
        let engine = Engine::new(&packs).map_err(|e| blame(&packs, &e))?;
        let sites = packs.iter().flat_map(|pack| &pack.sites).cloned().collect();
        Ok(Library { origins, sites, engine, loaded: false, packs })
    }

    /// Whether its engine was read back as it was kept.
    pub(crate) fn is_kept(&self) -> bool {
        self.loaded
    }

    /// What is to be kept for the next start: of which packs it is, their adapters, those that are switched off, the
    /// engine. `None` when that is nothing.
    pub(crate) fn to_keep(&self, off: &BTreeSet<String>) -> Option<Vec<u8>> {
        let (origins, sites) = (self.origins.clone(), self.sites.clone());
        let head = Head { version: env!("CARGO_PKG_VERSION"), origins, sites, off: off.clone() };
        let head = serde_json::to_vec(&head).ok().filter(|_| !self.packs.is_empty())?;
        let length = u32::try_from(head.len()).ok()?.to_le_bytes();
        let regexes = [u8::from(self.engine.has_regexes())];
        Some([regexes.as_slice(), &length, &head, &self.engine.save()].concat())
    }

    /// Whether what [`Library::to_keep`] gave has regular expressions: told without reading it.
    pub(crate) fn keeps_regexes(kept: &[u8]) -> bool {
        kept.first() == Some(&1)
    }

    /// The engine.
    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The packs; none before [`Library::filled`].
    pub(crate) fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// Where a pack of this library came from.
    pub(crate) fn origin(&self, pack: &Pack) -> Option<&Origin> {
        self.packs.iter().position(|p| std::ptr::eq(p, pack)).and_then(|i| self.origins.get(i))
    }

    /// The packs with their origins, those of one subscription left out.
    pub(crate) fn without(&self, subscription: &str) -> Vec<(Origin, Pack)> {
        let all = self.origins.iter().zip(&self.packs);
        all.filter(|(o, _)| o.subscription != subscription).map(|(o, p)| (o.clone(), p.clone())).collect()
    }

    /// The pack whose text has this SHA-256.
    pub(crate) fn by_hash(&self, sha256: &str) -> Option<&Pack> {
        self.origins.iter().position(|o| o.sha256 == sha256).and_then(|i| self.packs.get(i))
    }

    /// The adapters of all packs that may be for an address, without those switched off; each id once. Those that are
    /// for this site only come first: they know it best.
    pub(crate) fn sites(&self, off: &BTreeSet<String>, url: &str) -> Vec<Site> {
        let mut seen = BTreeSet::new();
        let mut sites: Vec<Site> = self
            .adapters()
            .filter(|s| !off.contains(&s.id) && page::is_for(s, url) && seen.insert(s.id.as_str()))
            // Which thread it is, is found out here.
            .map(|site| Site { thread: Vec::new(), ..site.clone() })
            .collect();
        sites.sort_by_key(|site| site.url.is_empty());
        sites
    }

    /// The adapter of an id.
    pub(crate) fn site(&self, id: &str) -> Option<&Site> {
        self.adapters().find(|s| s.id == id)
    }

    /// The adapters of all packs.
    pub(crate) fn adapters(&self) -> impl Iterator<Item = &Site> {
        self.sites.iter()
    }

    /// As the options page shows the packs.
    pub(crate) fn views(&self) -> Vec<PackView> {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let view = |pack: &Pack| PackView {
            id: pack.id.clone(),
            title: pack.title.clone(),
            version: pack.version.clone(),
            example: pack.status == CardStatus::Example,
            claims: count(pack.claims.len()),
            cards: count(pack.cards.len()),
        };
        self.packs.iter().map(view).collect()
    }
}

/// One order, however they came together: a kept engine is of packs in their order.
fn sort<T>(all: &mut [T], origin: impl Fn(&T) -> &Origin) {
    all.sort_by(|one, other| origin(one).subscription.cmp(&origin(other).subscription));
}

/// The pack that an engine's error is about: the first that does not build alone, else the last.
fn blame(packs: &[Pack], error: &PackError) -> (String, String) {
    let guilty = packs.iter().find(|p| Engine::new(std::slice::from_ref(*p)).is_err()).or(packs.last());
    (guilty.map(|p| p.id.clone()).unwrap_or_default(), error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rejoinder_wire::Generation;

    fn origin(subscription: &str, sha256: &str) -> Origin {
        Origin { subscription: subscription.into(), sha256: sha256.into() }
    }

    fn pack(id: &str, sites: &[&str]) -> Pack {
        // An id with a dot stands for the adapter of that host.
        let site = |id: &&str| {
            let url = id.contains('.').then(|| format!("*://{id}/*"));
            let generation = Generation { detect: "x".into(), post: "x".into(), ..Generation::default() };
            Site { id: (*id).into(), url: url.into_iter().collect(), generations: vec![generation], ..Site::default() }
        };
        Pack { id: id.into(), sites: sites.iter().map(site).collect(), ..Pack::default() }
    }

    fn library() -> Library {
        Library::new(vec![
            (origin("u1", "h1"), pack("p", &["flarum", "x.example", "y.example"])),
            (origin("u2", "h2"), pack("q", &["disqus", "flarum"])),
        ])
        .unwrap()
    }

    #[test]
    fn adapters_of_all_packs_those_of_the_host_first() {
        let ids = |off: &[&str], url: &str| -> Vec<String> {
            library().sites(&off.iter().map(|id| (*id).to_owned()).collect(), url).into_iter().map(|s| s.id).collect()
        };
        assert_eq!(ids(&[], "https://x.example/t/1"), ["x.example", "flarum", "disqus"]);
        assert_eq!(ids(&[], "https://forum.example/"), ["flarum", "disqus"]);
        assert_eq!(ids(&["flarum", "y.example"], "https://y.example/"), ["disqus"]);
    }

    #[test]
    fn packs_know_where_they_came_from() {
        let library = library();
        assert_eq!(library.origin(&library.packs()[1]).unwrap().subscription, "u2");
        assert_eq!(library.by_hash("h1").unwrap().id, "p");
        assert_eq!(library.origin(&pack("p", &[])), None, "equal is not the same");
        let without = library.without("u1");
        assert_eq!(without.len(), 1);
        assert_eq!(without[0].1.id, "q");
    }

    #[test]
    fn a_kept_engine_is_of_its_packs_only() {
        let packs = |second: &str| {
            vec![(origin("u2", second), pack("q", &["flarum"])), (origin("u1", "h1"), pack("p", &["x.example"]))]
        };
        let built = Library::new(packs("h2")).unwrap();
        let off = BTreeSet::from(["flarum".to_owned()]);
        let kept = built.to_keep(&off).unwrap();
        let again = || Library::kept(&kept).unwrap().0;
        assert_eq!(Library::kept(&kept).unwrap().1, off);
        assert!(again().is_kept());
        assert_eq!(again().to_keep(&off), None, "not without its packs");
        assert!(again().packs().is_empty());
        assert_eq!(again().adapters().collect::<Vec<_>>(), built.adapters().collect::<Vec<_>>());
        let mut turned = packs("h2");
        turned.reverse();
        for same in [packs("h2"), turned] {
            let filled = again().filled(same).unwrap();
            assert!(filled.is_kept(), "the order they come in does not matter");
            assert_eq!(filled.packs(), built.packs());
            assert_eq!(filled.to_keep(&off), Some(kept.clone()));
        }
        assert!(!again().filled(packs("h3")).unwrap().is_kept());
        for cut in 0..kept.len() {
            assert!(Library::kept(&kept[..cut]).is_none(), "{cut} bytes");
        }
        let own = env!("CARGO_PKG_VERSION").as_bytes();
        let at = kept.windows(own.len()).position(|bytes| bytes == own).unwrap();
        let mut other = kept.clone();
        other[at] += 1;
        assert!(Library::kept(&other).is_none(), "another version's");
        assert_eq!(Library::default().to_keep(&off), None);
    }

    /// As when a pack on the disk was damaged: what was kept is of one that is not there.
    #[test]
    fn a_library_filled_with_other_packs_is_of_those() {
        let packs = || vec![(origin("u1", "h1"), pack("p", &["x.example"])), (origin("u2", "h2"), pack("q", &[]))];
        let kept = Library::new(packs()).unwrap().to_keep(&BTreeSet::new()).unwrap();
        let (again, _) = Library::kept(&kept).unwrap();
        let fewer = again.filled(packs().split_off(1)).unwrap();
        assert!(!fewer.is_kept());
        assert_eq!(fewer.adapters().count(), 0);
        assert_eq!(fewer.packs().len(), 1);
    }

    #[test]
    fn two_subscriptions_cannot_offer_one_id() {
        let twice = Library::new(vec![(origin("u1", "h1"), pack("p", &[])), (origin("u2", "h2"), pack("p", &[]))]);
        assert_eq!(twice.unwrap_err().0, "p");
    }
}
