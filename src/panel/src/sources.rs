use crate::{calendar, messages};
use leptos::prelude::*;
use rejoinder_wire::SourceView;

/// Where the facts of a card come from.
#[component]
pub(crate) fn Sources(sources: Vec<SourceView>) -> impl IntoView {
    (!sources.is_empty()).then(|| {
        let sources = sources
            .into_iter()
            .map(|source| {
                // An address comes from a pack: only a web address becomes a link.
                let web = source.url.starts_with("https://") || source.url.starts_with("http://");
                let title = if web {
                    view! {
                        <a href=source.url target="_blank" rel="noreferrer">
                            {source.title}
                            <span class="unseen">{format!(" ({})", messages::NEW_TAB.text())}</span>
                        </a>
                    }
                    .into_any()
                } else {
                    source.title.into_any()
                };
                let checked = if source.checked.is_empty() {
                    messages::SOURCE_UNCHECKED.text()
                } else {
                    messages::SOURCE_CHECKED.with(&[&calendar::day(&source.checked)])
                };
                view! {
                    <li>
                        <p>{title}</p>
                        <p class="facts">{source.publisher} " · " {checked}</p>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="sources">
                <h5>{messages::SOURCES.text()}</h5>
                <ul>{sources}</ul>
            </section>
        }
    })
}
