use crate::{
    CardView, ChangesView, ConfirmedAccount, Draft, Finding, Identity, InsertReport, JournalEntry, PolicyView,
    ReplyRefusal, SiteAccount, Stance, SubscriptionOffer, SubscriptionView, VariantView, Way,
};
use serde::{Deserialize, Serialize};

/// What the panel and the options page ask of the background. Accepted from the extension's own pages only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PanelToBackground {
    /// The findings of a tab → [`PanelAnswer::Tab`].
    Tab {
        /// The tab.
        tab: i32,
    },
    /// Scroll to a post → [`PanelAnswer::Done`].
    Show {
        /// Which post.
        post: FoundPost,
    },
    /// Take what is selected in a tab for posts, and all that is like it → [`PanelAnswer::Done`].
    ReadSelection {
        /// The tab.
        tab: i32,
    },
    /// This is no post → [`PanelAnswer::Done`].
    NotAPost {
        /// Which.
        post: FoundPost,
    },
    /// The account in use on a site is the manager's → [`PanelAnswer::Settings`].
    ConfirmAccount {
        /// The tab in which the panel shows it.
        tab: i32,
        /// The site's host.
        host: String,
        /// What the panel shows of it; another one by now is not confirmed.
        shown: Option<String>,
    },
    /// Forget the account of a site → [`PanelAnswer::Settings`].
    ForgetAccount {
        /// The site's host.
        host: String,
    },
    /// Forget what was said of a site's posts → [`PanelAnswer::Settings`].
    ForgetLocal {
        /// Its host.
        host: String,
    },
    /// The cards that fit a finding → [`PanelAnswer::Cards`].
    Cards {
        /// Which post; its page decides whether examples may be used.
        post: FoundPost,
        /// Id of the claim.
        claim: String,
        /// The stance seen.
        stance: Stance,
    },
    /// What a draft of a card's wording comes to → [`PanelAnswer::Reviewed`].
    Review {
        /// The post that is answered.
        post: FoundPost,
        /// Id of the claim.
        claim: String,
        /// Id of the card.
        card: String,
        /// Id of the variant.
        variant: String,
        /// What the manager made of it.
        draft: Draft,
    },
    /// Put a card in the composer → [`PanelAnswer::Inserted`]. The background composes the text again itself. If no reply
    /// box is open, the card is armed: it goes in when the manager opens one.
    Insert {
        /// The post that is answered.
        post: FoundPost,
        /// Id of the claim.
        claim: String,
        /// Id of the card.
        card: String,
        /// Id of the variant.
        variant: String,
        /// What the manager made of it.
        draft: Draft,
        /// In the box that had the focus last, though it is for another post.
        there: bool,
    },
    /// The manager copied the card instead; to be journalled → [`PanelAnswer::Done`].
    Copied {
        /// The post that is answered.
        post: FoundPost,
        /// Id of the claim.
        claim: String,
        /// Id of the card.
        card: String,
        /// Id of the variant.
        variant: String,
        /// What the manager made of it.
        draft: Draft,
    },
    /// The armed card of a tab is not to go in any more, or what became of it has been seen → [`PanelAnswer::Done`].
    Disarm {
        /// The tab.
        tab: i32,
    },
    /// Everything the options page shows → [`PanelAnswer::Settings`].
    Settings,
    /// Replace the identity → [`PanelAnswer::Settings`].
    SetIdentity {
        /// The new one.
        identity: Identity,
    },
    /// Look at an address before subscribing → [`PanelAnswer::Offer`].
    Offer {
        /// Address of an `index.json`.
        url: String,
    },
    /// Subscribe with the key that the manager accepted, and sync → [`PanelAnswer::Settings`].
    Subscribe {
        /// Address of the index.
        url: String,
        /// The accepted key.
        key: String,
    },
    /// Forget a subscription and its packs → [`PanelAnswer::Settings`].
    Unsubscribe {
        /// Address of the index.
        url: String,
    },
    /// Whether updates of a subscription wait for the manager's consent → [`PanelAnswer::Settings`]. Without asking from
    /// now on, what waits is taken.
    SetUpdates {
        /// Address of the index.
        url: String,
        /// Ask first.
        ask: bool,
    },
    /// Take the update that waits → [`PanelAnswer::Settings`].
    AcceptUpdate {
        /// Address of the index.
        url: String,
        /// Serial of the update that the panel shows; another one by now is not accepted.
        serial: u64,
    },
    /// What the last update of a subscription changed, or the one that waits would → [`PanelAnswer::Changes`].
    Changes {
        /// Address of the index.
        url: String,
    },
    /// Read pages of a host from now on; the panel has just been granted the permission → [`PanelAnswer::Settings`].
    EnableSite {
        /// Match pattern of one host (`https://forum.example/*`; ports do not exist in match patterns).
        pattern: String,
    },
    /// Stop reading pages of a host, remove every trace from its open tabs, and give the permission back →
    /// [`PanelAnswer::Settings`].
    DisableSite {
        /// The match pattern.
        pattern: String,
    },
    /// Check every subscription now → [`PanelAnswer::Settings`].
    Sync,
    /// The journal, newest first → [`PanelAnswer::Journal`].
    Journal,
    /// Delete the whole journal → [`PanelAnswer::Done`].
    ClearJournal,
}

/// Where a post is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FoundPost {
    /// The tab.
    pub tab: i32,
    /// The frame in it (large numbers in Firefox).
    pub frame: i64,
    /// The post in the frame's document.
    pub post: u32,
}

/// The background's answer to the panel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PanelAnswer {
    /// To `Tab`.
    Tab(TabView),
    /// To `Cards`: the fitting ones, best first.
    Cards {
        /// The cards.
        cards: Vec<CardView>,
    },
    /// To `Review`.
    Reviewed {
        /// The wording with the draft.
        variant: Box<VariantView>,
    },
    /// To `Insert`.
    Inserted {
        /// What became of it.
        answer: InsertAnswer,
    },
    /// To `Settings` and what changes them.
    Settings(SettingsView),
    /// To `Offer`.
    Offer(SubscriptionOffer),
    /// To `Changes`.
    Changes(ChangesView),
    /// To `Journal`.
    Journal {
        /// The entries, newest first.
        entries: Vec<JournalEntry>,
    },
    /// Done, nothing to show.
    Done,
    /// It could not be done.
    Trouble {
        /// Why.
        trouble: Trouble,
    },
}

/// What became of a wish to insert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum InsertAnswer {
    /// The card may not be used; the page was not touched.
    Refused {
        /// Why.
        refusal: ReplyRefusal,
    },
    /// No reply box is open: the card is armed, and [`TabView::armed`] tells what becomes of it.
    Armed,
    /// The page's report.
    Reported {
        /// Read back from the composer.
        report: InsertReport,
        /// The composed text, for the clipboard when the report is a failure.
        text: String,
    },
}

/// Why a request could not be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "trouble", rename_all = "snake_case")]
pub enum Trouble {
    /// The address is not one that can be subscribed to.
    BadAddress {
        /// What is wrong with it.
        why: String,
    },
    /// Not reached.
    Offline {
        /// What the network said.
        why: String,
    },
    /// What was received is refused.
    Refused {
        /// Why.
        refusal: crate::SyncRefusal,
    },
    /// The tab or post is gone.
    Gone,
    /// Nothing of what was said of posts could be learnt: nothing is selected, or nothing can be told apart.
    NothingLearnt {
        /// What stood in the way, if more is known.
        why: Option<String>,
    },
    /// The organisation does not leave this to the manager.
    Locked {
        /// What it has locked.
        setting: crate::Setting,
    },
    /// The browser's storage failed.
    Storage {
        /// What it said.
        why: String,
    },
    /// A message that this version does not know.
    Protocol {
        /// Which.
        why: String,
    },
}

/// What the background tells open panels, without being asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BackgroundToPanel {
    /// The findings of a tab changed.
    Tab {
        /// Which.
        tab: i32,
    },
    /// Settings, subscriptions or packs changed.
    Settings,
    /// The journal changed.
    Journal,
}

/// A tab, as the panel shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TabView {
    /// The tab.
    pub tab: i32,
    /// Scheme, host and port (`https://forum.example`); empty when the browser does not say.
    pub origin: String,
    /// Whether and how it is read.
    pub state: TabState,
    /// Posts read so far.
    pub posts: u32,
    /// The adapters in use, each once.
    pub sites: Vec<SiteInUse>,
    /// Sites of embedded frames that are likely to hold posts and are not enabled, as match patterns.
    pub frames: Vec<String>,
    /// The findings, riskiest first, then in reading order.
    pub findings: Vec<PlacedFinding>,
    /// The identity that replies would carry.
    pub identity: Identity,
    /// The accounts in use in the tab's documents, each site once.
    pub accounts: Vec<SiteAccount>,
    /// The card that is armed, or was a moment ago.
    pub armed: Option<ArmedView>,
    /// The manager's replies that are known to be in this thread, oldest first.
    pub own: Vec<OwnReply>,
}

/// A card that waits for a reply box to be opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArmedView {
    /// The post that is answered.
    pub post: FoundPost,
    /// Id of the claim.
    pub claim: String,
    /// Id of the card.
    pub card: String,
    /// Id of the variant.
    pub variant: String,
    /// What becomes of it.
    pub state: ArmedState,
}

/// What becomes of an armed card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ArmedState {
    /// It waits.
    Waiting {
        /// The words on what is to be clicked in the page, if that is known.
        opener: Option<String>,
        /// How long it waits, RFC 3339.
        until: String,
    },
    /// The manager entered the reply box of another post: is it meant? It waits.
    OtherPost {
        /// How long it waits, RFC 3339.
        until: String,
    },
    /// A reply box was opened.
    Done {
        /// What became of the insertion.
        answer: InsertAnswer,
    },
    /// Nothing was opened in time.
    TimedOut,
    /// The manager, or the end of the page, put an end to it.
    Disarmed,
}

/// A reply of the manager in a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnReply {
    /// When it was inserted, RFC 3339.
    pub at: String,
    /// Id of the card.
    pub card: String,
    /// Its title; empty when the packs have it no more.
    pub title: String,
    /// What is known of it.
    pub state: OwnState,
    /// Where it stands in the tab, if it does.
    pub post: Option<FoundPost>,
    /// Posts below it; `None`: that is not known yet.
    pub below: Option<u32>,
    /// Those of them that were not there when the thread was visited before.
    pub new: u32,
}

/// What is known of a reply after its insertion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum OwnState {
    /// It is in the reply box, as far as is known.
    Inserted,
    /// It stands in the thread as it was inserted.
    Posted,
    /// It stands in the thread, and was edited.
    Edited {
        /// Words that differ, in percent.
        percent: u8,
    },
    /// The reply box was emptied, and it has not been seen in the thread.
    Unknown,
    /// It stood in the thread, and does not any more.
    Gone,
}

/// How the posts of a tab, or of a frame of it, are found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteInUse {
    /// Name of the site or software; empty when it is not known.
    pub name: String,
    /// The way.
    pub way: Way,
}

/// Whether a tab is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TabState {
    /// Not a web page (browser page, file, store).
    NotAPage,
    /// The manager has not enabled this site.
    NotEnabled,
    /// Enabled, but no pack is there to read with.
    NoPack,
    /// Enabled; the page has not been heard yet.
    Waiting,
    /// Read.
    Read,
}

/// A finding with its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlacedFinding {
    /// Where its post is.
    pub post: FoundPost,
    /// The finding.
    pub finding: Finding,
    /// A few words around it, for the list; never stored.
    pub excerpt: String,
    /// The page holds only the beginning of the post: what follows may change what it says.
    pub cut: bool,
}

/// Everything the options page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsView {
    /// Who replies.
    pub identity: Identity,
    /// The subscriptions.
    pub subscriptions: Vec<SubscriptionView>,
    /// The packs in use.
    pub packs: Vec<PackView>,
    /// Hosts that are enabled, as match patterns. The permission of a subscription's host alone enables nothing.
    pub sites: Vec<String>,
    /// What the manager said of the posts of sites.
    pub adapters: Vec<LocalAdapter>,
    /// The accounts that the manager has confirmed.
    pub accounts: Vec<ConfirmedAccount>,
    /// What the organisation has set; `None`: nothing.
    pub policy: Option<PolicyView>,
}

/// What the manager said of the posts of one site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalAdapter {
    /// The site's host.
    pub host: String,
    /// As it would stand in a pack, as JSON.
    pub json: String,
}

/// A pack in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its version.
    pub version: String,
    /// Whether it is an example.
    pub example: bool,
    /// How many claims.
    pub claims: u32,
    /// How many cards.
    pub cards: u32,
}
