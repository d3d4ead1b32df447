use crate::{
    anchor::anchor,
    background,
    messages::{self, Message},
    settings::Settings,
    trouble::{Said, Saying},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use rejoinder_wire::{Identity, Setting};

/// The form of the identity, with the block that will stand below every reply.
#[component]
pub(crate) fn IdentityForm() -> impl IntoView {
    let settings = expect_context::<Settings>();
    let stored = settings.part(|settings| settings.identity.clone());
    let locked = settings.locks(Setting::Organisation);
    let draft = RwSignal::new(Identity::default());
    let said: RwSignal<Option<Said>> = RwSignal::new(None);
    let saved = RwSignal::new(false);
    // What the background holds fills the form, at first and when it was changed elsewhere.
    Effect::new(move || draft.set(stored.get()));
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        said.set(None);
        saved.set(false);
        let identity = draft.get_untracked();
        spawn_local(async move {
            let done = settings.take(background::set_identity(identity).await, said);
            saved.set(done);
        });
    };
    let field = move |label: Message,
                      hint: Option<Message>,
                      testid: &'static str,
                      required: bool,
                      lockable: bool,
                      get: Read,
                      set: Write| {
        let id = anchor("identity");
        let about = format!("{id}-about");
        let lock = format!("{id}-locked");
        // One that is locked and empty could not be signed with: the manager fills it.
        let fixed =
            Memo::new(move |_| lockable && locked.get() && stored.with(|stored| !get(stored).trim().is_empty()));
        let described = {
            let (about, lock) = (about.clone(), lock.clone());
            move || {
                let parts = [hint.map(|_| about.as_str()), fixed.get().then_some(lock.as_str())];
                let ids = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
                (!ids.is_empty()).then_some(ids)
            }
        };
        view! {
            <div class="field">
                <label for=id.clone()>
                    {label.text()}
                    {required
                        .then(|| view! { <span class="facts">{format!(" ({})", messages::REQUIRED.text())}</span> })}
                </label>
                {hint.map(|hint| view! { <p class="facts" id=about>{hint.text()}</p> })}
                {move || {
                    fixed.get().then(|| view! { <p class="facts" id=lock.clone()>{messages::LOCKED_HINT.text()}</p> })
                }}
                <input
                    type="text"
                    id=id
                    data-testid=testid
                    autocomplete="off"
                    required=required
                    readonly=move || fixed.get()
                    aria-describedby=described
                    prop:value=move || draft.with(|draft| get(draft).clone())
                    on:input=move |event| {
                        saved.set(false);
                        draft.update(|draft| *set(draft) = event_target_value(&event));
                    }
                />
            </div>
        }
    };
    view! {
        <form on:submit=save autocomplete="off">
            <div class="pair">
                {field(
                    messages::FIRST_NAME,
                    None,
                    "identity-first-name",
                    true,
                    false,
                    |it| &it.first_name,
                    |it| &mut it.first_name,
                )}
                {field(
                    messages::LAST_NAME,
                    None,
                    "identity-last-name",
                    true,
                    false,
                    |it| &it.last_name,
                    |it| &mut it.last_name,
                )}
            </div>
            {field(messages::ROLE, Some(messages::ROLE_HINT), "identity-role", false, false, |it| &it.role, |it| &mut it.role)}
            {field(
                messages::ORGANISATION,
                None,
                "identity-organisation",
                true,
                true,
                |it| &it.organisation,
                |it| &mut it.organisation,
            )}
            {field(
                messages::ORGANISATION_SITE,
                Some(messages::ORGANISATION_SITE_HINT),
                "identity-site",
                true,
                true,
                |it| &it.site,
                |it| &mut it.site,
            )}
            <p class="caption" id="signature">{messages::SIGNATURE.text()}</p>
            <div class="preview" role="group" aria-labelledby="signature" data-testid="identity-preview">
                {move || draft.with(signature)}
            </div>
            <div class="actions">
                <button type="submit" class="primary" data-testid="identity-save">{messages::SAVE.text()}</button>
            </div>
            <div class="saying" role="status">
                {move || {
                    saved
                        .get()
                        .then(|| {
                            view! {
                                <p class="notice good" data-testid="identity-saved">{messages::IDENTITY_SAVED.text()}</p>
                            }
                        })
                }}
            </div>
            <Saying said />
        </form>
    }
}

type Read = fn(&Identity) -> &String;
type Write = fn(&mut Identity) -> &mut String;

/// The identity block as it will be read, or what is still missing.
fn signature(identity: &Identity) -> String {
    if identity.missing().is_empty() { identity.block() } else { messages::SIGNATURE_INCOMPLETE.text() }
}
