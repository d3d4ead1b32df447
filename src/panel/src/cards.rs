use crate::{
    background::{self, Asked},
    card::Card,
    messages,
    settings::Settings,
    trouble,
};
use leptos::{prelude::*, task::spawn_local};
use rejoinder_wire::{CardView, PlacedFinding};

/// The cards that fit a finding, asked for when this appears and again whenever the settings change (an identity that
/// was completed, a pack that arrived).
#[component]
pub(crate) fn Cards(found: PlacedFinding) -> impl IntoView {
    let settings = expect_context::<Settings>();
    let PlacedFinding { post, finding, .. } = found;
    let cards: RwSignal<Option<Asked<Vec<CardView>>>> = RwSignal::new(None);
    let claim = finding.claim.clone();
    let stance = finding.stance;
    Effect::new(move || {
        settings.view.track();
        let claim = claim.clone();
        spawn_local(async move {
            let answer = background::cards(post, claim, stance).await;
            // The list may have been closed meanwhile, and the signal gone with it.
            let _ = cards.try_set(Some(answer));
        });
    });
    let claim = StoredValue::new(finding.claim);
    let fitting = Memo::new(move |_| cards.with(|cards| cards.clone().and_then(Result::ok).unwrap_or_default()));
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
            <For each=move || fitting.get() key=key let:card>
                <Card card post claim=claim.get_value() />
            </For>
        </div>
    }
}

/// A card that changed in any way is another one: its preview must never show what would not be inserted.
fn key(card: &CardView) -> String {
    format!("{card:?}")
}
