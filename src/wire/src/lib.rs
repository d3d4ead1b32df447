//! The words and messages that cross between the **page** (content script, TypeScript), the **background**
//! (service worker or event page, Rust) and the **panel** (side panel and options, Rust).
//!
//! Every message is one JSON string: structured objects cost Firefox 200-800 ms for 10,000 items, a string a few
//! milliseconds. There is one type per direction of each channel:
//!
//! | channel | request | answer |
//! |---|---|---|
//! | page → background | [`PageToBackground`] | [`PageAnswer`] |
//! | background → page | [`BackgroundToPage`] | [`InsertReport`], [`ComposerView`], [`Armed`] or nothing |
//! | panel → background | [`PanelToBackground`] | [`PanelAnswer`] |
//! | background → panel | [`BackgroundToPanel`] | nothing |
//!
//! The TypeScript of the page side is generated from these types (feature `typescript`, `cargo xtask types`).

mod account;
mod changes;
mod envelope;
mod finding;
mod journal;
mod page;
mod panel;
mod policy;
mod post;
mod reply;
#[cfg(feature = "schema")]
pub mod schema;
mod site;
mod sketch;
mod subscription;
#[cfg(feature = "typescript")]
pub mod typescript;

pub use account::{Account, ConfirmedAccount, SiteAccount};
pub use changes::{Change, ChangeKind, ChangeOf, ChangesView, TextChange};
pub use envelope::{Envelope, WIRE_VERSION, WireError};
pub use finding::{CueScope, CueSeen, Finding, FindingKind, Mark, RiskLevel, Span, Stance, Why, Word};
pub use journal::{JournalEntry, JournalOutcome};
pub use page::{
    Armed, BackgroundToPage, ComposerEvent, ComposerView, InsertFailure, InsertReport, MarkNames, PageAnswer,
    PageToBackground,
};
pub use panel::{
    ArmedState, ArmedView, BackgroundToPanel, FoundPost, InsertAnswer, LocalAdapter, OwnReply, OwnState, PackView,
    PanelAnswer, PanelToBackground, PlacedFinding, SettingsView, SiteInUse, TabState, TabView, Trouble,
};
pub use policy::{PolicyView, Setting};
pub use post::{Facts, Part, PartKind, Post};
pub use reply::{
    CardStatus, CardView, Departure, Draft, Identity, LengthClass, LinkFate, PaceScope, Piece, PieceKind, Question,
    ReplyRefusal, Room, SourceView, VariantView,
};
pub use site::{Count, CountUnit, Generation, LinkPolicy, PageSource, Paging, Site};
pub use sketch::{Sketch, SketchNode, Way};
pub use subscription::{
    HeldView, RotatedView, SubscriptionOffer, SubscriptionView, SyncOutcome, SyncRefusal, UrgentView,
};
