use rejoinder_engine::Engine;
use rejoinder_engine::pack::{Pack, PackError};
use rejoinder_wire::{CardStatus, PackView, Site};
use std::collections::BTreeSet;

/// Where a pack came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Address of the index of its subscription.
    pub(crate) subscription: String,
    /// SHA-256 of its text: its name in the store.
    pub(crate) sha256: String,
}

/// The packs in use and the engine built from them. Immutable: other packs make another library.
#[derive(Debug)]
pub(crate) struct Library {
    packs: Vec<Pack>,
    origins: Vec<Origin>,
    engine: Engine,
}

impl Library {
    /// Builds the engine from packs that are all to be used.
    ///
    /// # Errors
    /// The pack that two subscriptions offer, or that does not go together with the others, and why.
    pub(crate) fn new(packs: Vec<(Origin, Pack)>) -> Result<Library, (String, String)> {
        let mut ids = BTreeSet::new();
        if let Some((_, twice)) = packs.iter().find(|(_, pack)| !ids.insert(&pack.id)) {
            return Err((twice.id.clone(), "another subscription has a pack of this id".into()));
        }
        let (origins, packs): (Vec<Origin>, Vec<Pack>) = packs.into_iter().unzip();
        let engine = Engine::new(&packs).map_err(|e| blame(&packs, &e))?;
        Ok(Library { packs, origins, engine })
    }

    /// Nothing to read with.
    ///
    /// # Errors
    /// Never for the engine as it is; passed on rather than assumed.
    pub(crate) fn empty() -> Result<Library, (String, String)> {
        Library::new(Vec::new())
    }

    /// The engine.
    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The packs.
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

    /// The adapters of all packs in order, without those switched off; each id once; generic ones last.
    pub(crate) fn sites(&self, off: &BTreeSet<&str>) -> Vec<Site> {
        let mut seen = BTreeSet::new();
        let all = self.packs.iter().flat_map(|p| &p.sites);
        let mut sites: Vec<Site> =
            all.filter(|s| !off.contains(s.id.as_str()) && seen.insert(s.id.as_str())).cloned().collect();
        sites.sort_by_key(is_generic);
        sites
    }

    /// The adapter of an id.
    pub(crate) fn site(&self, id: &str) -> Option<&Site> {
        self.packs.iter().flat_map(|p| &p.sites).find(|s| s.id == id)
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

/// An adapter for any page: of two packs, the second's special adapters still come before the first's generic one.
fn is_generic(site: &Site) -> bool {
    site.id == "generic" || site.id.starts_with("generic-") || site.id.starts_with("generic/")
}

/// The pack that an engine's error is about: the first that does not build alone, else the last.
fn blame(packs: &[Pack], error: &PackError) -> (String, String) {
    let guilty = packs.iter().find(|p| Engine::new(std::slice::from_ref(*p)).is_err()).or(packs.last());
    (guilty.map(|p| p.id.clone()).unwrap_or_default(), error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(subscription: &str, sha256: &str) -> Origin {
        Origin { subscription: subscription.into(), sha256: sha256.into() }
    }

    fn pack(id: &str, sites: &[&str]) -> Pack {
        let site = |id: &&str| Site {
            id: (*id).into(),
            name: (*id).into(),
            detect: "x".into(),
            post: "x".into(),
            body: "x".into(),
            quote: vec![],
            drop: vec![],
            composer: vec![],
            discreet: false,
            evidence: String::new(),
            seen: String::new(),
        };
        Pack { id: id.into(), sites: sites.iter().map(site).collect(), ..Pack::default() }
    }

    fn library() -> Library {
        Library::new(vec![
            (origin("u1", "h1"), pack("p", &["flarum", "generic"])),
            (origin("u2", "h2"), pack("q", &["disqus", "flarum"])),
        ])
        .unwrap()
    }

    #[test]
    fn adapters_of_all_packs_the_generic_one_last() {
        let ids = |off: &[&str]| -> Vec<String> {
            library().sites(&off.iter().copied().collect()).into_iter().map(|s| s.id).collect()
        };
        assert_eq!(ids(&[]), ["flarum", "disqus", "generic"]);
        assert_eq!(ids(&["flarum"]), ["disqus", "generic"]);
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
    fn two_subscriptions_cannot_offer_one_id() {
        let twice = Library::new(vec![(origin("u1", "h1"), pack("p", &[])), (origin("u2", "h2"), pack("p", &[]))]);
        assert_eq!(twice.unwrap_err().0, "p");
    }
}
