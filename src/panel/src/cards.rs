use crate::{
    background::{self, Asked},
    calendar,
    card::Card,
    draft::Place,
    messages,
    settings::Settings,
    trouble,
};
use leptos::{leptos_dom::helpers::set_timeout_with_handle, prelude::*, task::spawn_local};
use rejoinder_wire::{CardView, PlacedFinding, ReplyRefusal};
use std::time::Duration;

/// The cards that fit a finding, asked for when this appears, again whenever the settings change (an identity that was
/// completed, a pack that arrived), and again when a pause between replies is over.
#[component]
pub(crate) fn Cards(found: PlacedFinding) -> impl IntoView {
    let settings = expect_context::<Settings>();
    let PlacedFinding { post, finding, excerpt, .. } = found;
    let cards: RwSignal<Option<Asked<Vec<CardView>>>> = RwSignal::new(None);
    let again = RwSignal::new(());
    let claim = finding.claim.clone();
    let stance = finding.stance;
    Effect::new(move || {
        settings.view.track();
        again.track();
        let claim = claim.clone();
        spawn_local(async move {
            let answer = background::cards(post, claim, stance).await;
            // The list may have been closed meanwhile, and the signal gone with it.
            let _ = cards.try_set(Some(answer));
        });
    });
    let fitting = Memo::new(move |_| cards.with(|cards| cards.clone().and_then(Result::ok).unwrap_or_default()));
    Effect::new(move || {
        let wait = cards.with(|cards| match cards {
            Some(Ok(cards)) => cards.iter().flat_map(pauses).filter_map(calendar::time_to).min(),
            _ => None,
        });
        // A little later: the two clocks are read one after the other.
        let wait = wait.map(|wait| wait.min(LONGEST) + Duration::from_secs(1));
        if let Some(Ok(timer)) = wait.map(|wait| set_timeout_with_handle(move || again.set(()), wait)) {
            on_cleanup(move || timer.clear());
        }
    });
    let place = StoredValue::new(Place { post, excerpt, claim: finding.claim, card: String::new() });
    let ids = Memo::new(move |_| fitting.with(|cards| cards.iter().cloned().map(|card| card.id).collect::<Vec<_>>()));
    view! {
        <div class="cards">
            {move || {
                cards
                    .with(|cards| match cards {
                        None => Some(view! { <p class="facts">{messages::CARDS_LOADING.text()}</p> }.into_any()),
                        Some(Err(error)) => {
                            Some(view! { <p class="notice bad">{trouble::words(error)}</p> }.into_any())
                        }
                        Some(Ok(cards)) if cards.is_empty() => {
                            Some(view! { <p class="notice">{messages::CARDS_NONE.text()}</p> }.into_any())
                        }
                        Some(Ok(_)) => None,
                    })
            }}
            <For each=move || ids.get() key=String::clone let:id>
                {
                    let place = Place { card: id.clone(), ..place.get_value() };
                    card_of(fitting, &id).map(|card| view! { <Card card place /> })
                }
            </For>
        </div>
    }
}

/// The longest wait that is timed; after it, the background is asked anyway.
const LONGEST: Duration = Duration::from_secs(60 * 60);

/// When the pauses are over that keep a card from being used.
fn pauses(card: &CardView) -> Vec<&str> {
    let mut pauses = Vec::new();
    for refusal in card.refusal.iter().chain(card.variants.iter().filter_map(|variant| variant.refusal.as_ref())) {
        if let ReplyRefusal::Pace { until, .. } = refusal {
            pauses.push(until.as_str());
        }
    }
    pauses
}

/// A card of the list as it is now; as it was last, once the list has it no more.
fn card_of(fitting: Memo<Vec<CardView>>, id: &str) -> Option<Memo<CardView>> {
    let find = |cards: &[CardView], id: &str| cards.iter().find(|card| card.id == id).cloned();
    let first = fitting.with_untracked(|cards| find(cards, id))?;
    Some(Memo::new(move |before: Option<&CardView>| {
        let last = before.unwrap_or(&first);
        fitting.with(|cards| find(cards, &last.id)).unwrap_or_else(|| last.clone())
    }))
}
