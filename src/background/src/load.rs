//! What was stored of the subscriptions, and the library of their packs: loaded after pages can be read.

use crate::console::warn;
use crate::core::lost;
use crate::digest;
use crate::library::{Library, Origin};
use crate::shelf::Shelf;
use crate::store::Store;
use crate::subscription::Subscription;
use rejoinder_engine::pack::Pack;
use rejoinder_engine::trust::{self, IndexEntry};
use rejoinder_wire::SyncRefusal;

/// The subscriptions as stored.
pub(crate) async fn subscriptions<S: Shelf>(store: &Store<S>) -> Vec<Subscription> {
    let stored = store.subscriptions().await.unwrap_or_else(|why| lost("subscriptions", &why));
    stored.into_iter().map(Subscription::read).collect()
}

/// The packs of each of these subscriptions, as far as all of one are whole. What is damaged costs its own subscription
/// only, which is then fetched again at the next check.
pub(crate) async fn packs<S: Shelf>(store: &Store<S>, subscriptions: &mut [Subscription]) -> Vec<Vec<(Origin, Pack)>> {
    let mut packs = Vec::new();
    for subscription in subscriptions {
        let own = load_packs(store, subscription).await;
        // Only the newest index can still be fetched.
        subscription.complete = match &subscription.opened.held {
            Some(_) => has_held_packs(store, subscription).await,
            None => own.is_some(),
        };
        packs.push(own.unwrap_or_default());
    }
    packs
}

/// The library with those packs.
pub(crate) fn fill(library: Library, subscriptions: &mut [Subscription], packs: Vec<Vec<(Origin, Pack)>>) -> Library {
    if let Ok(library) = library.filled(packs.iter().flatten().cloned().collect()) {
        return library;
    }
    // Packs that did go together when they were taken do not any more: an update of the extension. Keep what does.
    let mut together = Vec::new();
    let mut library = Library::default();
    for (subscription, own) in subscriptions.iter_mut().zip(packs) {
        let candidate: Vec<(Origin, Pack)> = together.iter().cloned().chain(own).collect();
        match Library::new(candidate.clone()) {
            Ok(larger) => (together, library) = (candidate, larger),
            Err((pack, why)) => {
                warn(&format!("pack {pack} is not used: {why}"));
                subscription.complete = false;
            }
        }
    }
    library
}

/// Where the packs in use of a subscription come from, each with its entry in the index.
fn origins(subscription: &Subscription) -> impl Iterator<Item = (Origin, &IndexEntry)> {
    let entries = subscription.opened.index.iter().flat_map(|index| &index.packs);
    entries.map(|entry| (Origin { subscription: subscription.stored.url.clone(), sha256: entry.sha256.clone() }, entry))
}

/// All packs in use of a subscription, or none.
async fn load_packs<S: Shelf>(store: &Store<S>, subscription: &Subscription) -> Option<Vec<(Origin, Pack)>> {
    subscription.opened.index.as_ref()?;
    let mut packs = Vec::new();
    for (origin, entry) in origins(subscription) {
        let text = match store.pack(&entry.sha256).await {
            Ok(text) => text?,
            Err(why) => {
                warn(&format!("pack {} could not be read: {why}", entry.id));
                return None;
            }
        };
        let whole = if digest::sha256(&text).await == entry.sha256 {
            trust::parse_pack(entry, text.as_bytes())
        } else {
            Err(SyncRefusal::Hash { pack: entry.id.clone() })
        };
        let pack = match whole {
            Ok(pack) => pack,
            Err(refusal) => {
                warn(&format!("pack {} as it was kept is refused: {refusal:?}", entry.id));
                return None;
            }
        };
        packs.push((origin, pack));
    }
    Some(packs)
}

/// Whether the packs of the update that waits are there. They are read when they are used.
async fn has_held_packs<S: Shelf>(store: &Store<S>, subscription: &Subscription) -> bool {
    for entry in subscription.opened.held.iter().flat_map(|index| &index.packs) {
        if !matches!(store.pack(&entry.sha256).await, Ok(Some(_))) {
            return false;
        }
    }
    true
}
