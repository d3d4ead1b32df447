//! The typed client of the background.

use crate::browser;
use rejoinder_wire::{
    BackgroundToPanel, CardView, ChangesView, Draft, Envelope, FoundPost, Identity, InsertAnswer, JournalEntry,
    PanelAnswer, PanelToBackground, SettingsView, Stance, SubscriptionOffer, TabView, Trouble, VariantView, WireError,
};

/// Why a request has no answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum AskError {
    /// The background could not do it.
    Trouble(Trouble),
    /// The background and this page are of different versions, or one misread the other.
    Wire(WireError),
    /// Nobody answered; what the browser said.
    Unreachable(String),
}

/// The answer to a request.
pub(crate) type Asked<T> = Result<T, AskError>;

async fn ask(request: PanelToBackground) -> Asked<PanelAnswer> {
    let json = Envelope::new(request).to_json().map_err(AskError::Wire)?;
    let answer = browser::ask(&json).await.map_err(AskError::Unreachable)?;
    match Envelope::<PanelAnswer>::read(&answer).map_err(AskError::Wire)? {
        PanelAnswer::Trouble { trouble } => Err(AskError::Trouble(trouble)),
        answer => Ok(answer),
    }
}

fn unexpected<T>(answer: &PanelAnswer) -> Asked<T> {
    Err(AskError::Wire(WireError::Malformed(format!("unexpected answer: {answer:?}"))))
}

/// Calls back with every broadcast of the background. What this version cannot read is passed over: the next request
/// will say so.
pub(crate) fn listen(heard: impl Fn(BackgroundToPanel) + 'static) {
    browser::on_broadcast(move |json| {
        if let Ok(news) = Envelope::<BackgroundToPanel>::read(&json) {
            heard(news);
        }
    });
}

/// The findings of a tab.
pub(crate) async fn tab(tab: i32) -> Asked<TabView> {
    match ask(PanelToBackground::Tab { tab }).await? {
        PanelAnswer::Tab(view) => Ok(view),
        other => unexpected(&other),
    }
}

/// Scrolls to a post.
pub(crate) async fn show(post: FoundPost) -> Asked<()> {
    done(PanelToBackground::Show { post }).await
}

/// Takes what is selected in a tab for posts.
pub(crate) async fn read_selection(tab: i32) -> Asked<()> {
    done(PanelToBackground::ReadSelection { tab }).await
}

/// Says that something is no post.
pub(crate) async fn not_a_post(post: FoundPost) -> Asked<()> {
    done(PanelToBackground::NotAPost { post }).await
}

/// Says that the account in use on a site is the manager's.
pub(crate) async fn confirm_account(tab: i32, host: String, shown: Option<String>) -> Asked<SettingsView> {
    set(PanelToBackground::ConfirmAccount { tab, host, shown }).await
}

/// Forgets the account of a site.
pub(crate) async fn forget_account(host: String) -> Asked<SettingsView> {
    set(PanelToBackground::ForgetAccount { host }).await
}

/// Forgets what was said of the posts of a host.
pub(crate) async fn forget_local(host: String) -> Asked<SettingsView> {
    set(PanelToBackground::ForgetLocal { host }).await
}

/// The cards that fit a finding.
pub(crate) async fn cards(post: FoundPost, claim: String, stance: Stance) -> Asked<Vec<CardView>> {
    match ask(PanelToBackground::Cards { post, claim, stance }).await? {
        PanelAnswer::Cards { cards } => Ok(cards),
        other => unexpected(&other),
    }
}

/// One wording of one card, as the answer to one claim of one post.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Choice {
    /// The post that is answered.
    pub post: FoundPost,
    /// Id of the claim.
    pub claim: String,
    /// Id of the card.
    pub card: String,
    /// Id of the variant.
    pub variant: String,
    /// What the manager made of it.
    pub draft: Draft,
}

/// Says what a draft comes to.
pub(crate) async fn review(choice: Choice) -> Asked<VariantView> {
    let Choice { post, claim, card, variant, draft } = choice;
    match ask(PanelToBackground::Review { post, claim, card, variant, draft }).await? {
        PanelAnswer::Reviewed { variant } => Ok(*variant),
        other => unexpected(&other),
    }
}

/// Puts a card in the composer; with `there`, in the one that had the focus last, though it is for another post.
pub(crate) async fn insert(choice: Choice, there: bool) -> Asked<InsertAnswer> {
    let Choice { post, claim, card, variant, draft } = choice;
    match ask(PanelToBackground::Insert { post, claim, card, variant, draft, there }).await? {
        PanelAnswer::Inserted { answer } => Ok(answer),
        other => unexpected(&other),
    }
}

/// Journals that a card was copied.
pub(crate) async fn copied(choice: Choice) -> Asked<()> {
    let Choice { post, claim, card, variant, draft } = choice;
    done(PanelToBackground::Copied { post, claim, card, variant, draft }).await
}

/// Puts an end to the wait of a tab's armed card, or says that its end was seen.
pub(crate) async fn disarm(tab: i32) -> Asked<()> {
    done(PanelToBackground::Disarm { tab }).await
}

/// Everything the options page shows.
pub(crate) async fn settings() -> Asked<SettingsView> {
    set(PanelToBackground::Settings).await
}

/// Replaces the identity.
pub(crate) async fn set_identity(identity: Identity) -> Asked<SettingsView> {
    set(PanelToBackground::SetIdentity { identity }).await
}

/// Looks at an address before subscribing.
pub(crate) async fn offer(url: String) -> Asked<SubscriptionOffer> {
    match ask(PanelToBackground::Offer { url }).await? {
        PanelAnswer::Offer(offer) => Ok(offer),
        other => unexpected(&other),
    }
}

/// Subscribes with an accepted key.
pub(crate) async fn subscribe(url: String, key: String) -> Asked<SettingsView> {
    set(PanelToBackground::Subscribe { url, key }).await
}

/// Forgets a subscription.
pub(crate) async fn unsubscribe(url: String) -> Asked<SettingsView> {
    set(PanelToBackground::Unsubscribe { url }).await
}

/// Has updates of a subscription wait for the manager's consent, or not.
pub(crate) async fn set_updates(url: String, ask: bool) -> Asked<SettingsView> {
    set(PanelToBackground::SetUpdates { url, ask }).await
}

/// Takes the update that waits.
pub(crate) async fn accept_update(url: String, serial: u64) -> Asked<SettingsView> {
    set(PanelToBackground::AcceptUpdate { url, serial }).await
}

/// What the last update of a subscription changed, or the one that waits would.
pub(crate) async fn changes(url: String) -> Asked<ChangesView> {
    match ask(PanelToBackground::Changes { url }).await? {
        PanelAnswer::Changes(changes) => Ok(changes),
        other => unexpected(&other),
    }
}

/// Reads pages of a host from now on.
pub(crate) async fn enable_site(pattern: String) -> Asked<SettingsView> {
    set(PanelToBackground::EnableSite { pattern }).await
}

/// Stops reading pages of a host.
pub(crate) async fn disable_site(pattern: String) -> Asked<SettingsView> {
    set(PanelToBackground::DisableSite { pattern }).await
}

/// Checks every subscription now.
pub(crate) async fn sync() -> Asked<SettingsView> {
    set(PanelToBackground::Sync).await
}

/// The journal, newest first.
pub(crate) async fn journal() -> Asked<Vec<JournalEntry>> {
    match ask(PanelToBackground::Journal).await? {
        PanelAnswer::Journal { entries } => Ok(entries),
        other => unexpected(&other),
    }
}

/// Deletes the whole journal.
pub(crate) async fn clear_journal() -> Asked<()> {
    done(PanelToBackground::ClearJournal).await
}

async fn done(request: PanelToBackground) -> Asked<()> {
    match ask(request).await? {
        PanelAnswer::Done => Ok(()),
        other => unexpected(&other),
    }
}

async fn set(request: PanelToBackground) -> Asked<SettingsView> {
    match ask(request).await? {
        PanelAnswer::Settings(view) => Ok(view),
        other => unexpected(&other),
    }
}
