use crate::{
    anchor::anchor,
    background::{self, Asked},
    cards::Cards,
    excerpt,
    icon::RiskIcon,
    messages, risk, stance,
    trouble::{Said, Saying},
    why::WhyFound,
};
use leptos::{ev::MouseEvent, prelude::*, task::spawn_local};
use rejoinder_wire::PlacedFinding;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// One finding: what was said, how, how risky, why; and the way to its post and to the cards that answer it.
#[component]
pub(crate) fn FindingItem(found: PlacedFinding) -> impl IntoView {
    let post = found.post;
    let finding = found.finding.clone();
    let said: RwSignal<Option<Said>> = RwSignal::new(None);
    let replying = RwSignal::new(false);
    let heading = anchor("finding");
    let cards = anchor("cards");

    let show = move || {
        said.set(None);
        spawn_local(async move {
            let shown: Asked<()> = background::show(post).await;
            if let Err(error) = shown {
                let _ = said.try_set(Some(Said::from(&error)));
            }
        });
    };
    // The whole item leads to the post, for the mouse; the button does for everybody.
    let refuse = move |_| {
        said.set(None);
        spawn_local(async move {
            if let Err(error) = background::not_a_post(post).await {
                let _ = said.try_set(Some(Said::from(&error)));
            }
        });
    };
    let show_from_item = move |event: MouseEvent| {
        if !on_something_of_its_own(&event) {
            show();
        }
    };
    let excerpt = excerpt::runs(&found.excerpt, finding.why.words.iter().map(|word| word.text.as_str()))
        .into_iter()
        .map(|run| if run.marked { view! { <mark>{run.text}</mark> }.into_any() } else { run.text.into_any() })
        .collect_view();
    let cut = found.cut;
    let stored = StoredValue::new(found);

    view! {
        <li
            class=format!("finding risk-{}", risk::name(finding.risk))
            data-testid="finding"
            data-claim=finding.claim.clone()
            data-stance=stance::name(finding.stance)
            data-risk=risk::name(finding.risk)
            aria-labelledby=heading.clone()
            on:click=show_from_item
        >
            <p class="verdict">
                <span class="risk">
                    <RiskIcon risk=finding.risk />
                    {risk::label(finding.risk).text()}
                </span>
                <span class="stance">{stance::verb(finding.stance).text()}</span>
            </p>
            <h3 id=heading.clone()>{finding.title.clone()}</h3>
            <blockquote class="excerpt">{excerpt}</blockquote>
            {cut.then(|| view! { <p class="facts" data-testid="cut">{messages::POST_CUT.text()}</p> })}
            <div class="actions">
                <button
                    type="button"
                    class=if stance::calls_for_reply(finding.stance) { "primary" } else { "secondary" }
                    data-testid="reply"
                    aria-expanded=move || replying.get().to_string()
                    aria-controls=cards.clone()
                    on:click=move |_| replying.update(|replying| *replying = !*replying)
                >
                    {messages::REPLY.text()}
                    <span class="unseen">{format!(" {}", finding.title)}</span>
                </button>
                <button type="button" class="secondary" data-testid="show" on:click=move |_| show()>
                    {messages::SHOW.text()}
                    <span class="unseen">{format!(" {}", finding.title)}</span>
                </button>
            </div>
            <Saying said />
            <div id=cards class="own">
                <Show when=move || replying.get()>
                    <Cards found=stored.get_value() />
                </Show>
            </div>
            <WhyFound why=finding.why.clone() claim=finding.claim.clone() title=finding.title.clone()>
                <button type="button" class="link" data-testid="not-a-post" on:click=refuse>
                    {messages::NOT_A_POST.text()}
                    <span class="unseen">{format!(" {}", finding.title)}</span>
                </button>
            </WhyFound>
        </li>
    }
}

/// Whether a click was meant for a control, or ended the selection of a text.
fn on_something_of_its_own(event: &MouseEvent) -> bool {
    let control = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|element| element.closest("button, a, summary, details, label, input, textarea, .own").ok().flatten())
        .is_some();
    let selected = window().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed());
    control || selected
}
