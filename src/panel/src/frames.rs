use crate::{enable::Enable, messages, pattern::host, reading::Reading, settings::Settings};
use leptos::prelude::*;
use rejoinder_wire::TabView;

/// Frames of other sites in the page that may hold comments and are not read: the way to enable them.
#[component]
pub(crate) fn Frames(view: Memo<Option<TabView>>, reading: Reading) -> impl IntoView {
    let settings = expect_context::<Settings>();
    let frames = Memo::new(move |_| {
        let frames = view.with(|view| view.as_ref().map(|view| view.frames.clone()).unwrap_or_default());
        frames.into_iter().filter(|frame| !settings.forbids_site(frame)).collect::<Vec<_>>()
    });
    view! {
        <For each=move || frames.get() key=String::clone let:pattern>
            {
                let host = host(&pattern).to_owned();
                let name = pattern.clone();
                view! {
                    <div class="notice aside" data-testid="frame" data-pattern=name>
                        <div>
                            <p>{messages::FRAME_ABOUT.with(&[&host])}</p>
                            <Enable
                                pattern
                                label=messages::FRAME_ENABLE.with(&[&host])
                                testid="enable-frame"
                                class="secondary"
                                done=move || reading.refresh()
                            />
                        </div>
                    </div>
                }
            }
        </For>
    }
}
