use crate::{
    messages::{self, CARDS_COUNT, CLAIMS_COUNT},
    settings::Settings,
};
use leptos::prelude::*;

/// The packs in use.
#[component]
pub(crate) fn Packs() -> impl IntoView {
    let settings = expect_context::<Settings>();
    let packs = settings.part(|settings| settings.packs.clone());
    view! {
        <Show
            when=move || !packs.with(Vec::is_empty)
            fallback=|| view! { <p class="notice">{messages::PACKS_NONE.text()}</p> }
        >
            <ul class="rows">
                <For each=move || packs.get() key=|it| format!("{it:?}") let:pack>
                    <li class="row" data-testid="pack-row" data-pack=pack.id.clone()>
                        <h3>{pack.title.clone()}</h3>
                        <p class="facts">
                            {pack
                                .example
                                .then(|| {
                                    view! {
                                        <span class="badge example">{messages::STATUS_EXAMPLE.text()}</span>
                                        " "
                                    }
                                })} {format!("{} {}", pack.id, pack.version)} " · " {CLAIMS_COUNT.count(pack.claims)}
                            " · " {CARDS_COUNT.count(pack.cards)}
                        </p>
                    </li>
                </For>
            </ul>
        </Show>
    }
}
