use crate::{Mark, Post, Site, Sketch, Way};
use serde::{Deserialize, Serialize};

/// What the page's script asks of the background.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PageToBackground {
    /// A document begins. Answered with [`PageAnswer::Orders`].
    Hello {
        /// Names under which this document will register its highlights; the background styles them.
        marks: MarkNames,
    },
    /// Posts that are new or changed since the last message; a post with no part is gone. Answered with
    /// [`PageAnswer::Reading`].
    Read {
        /// Id of the adapter in use.
        site: String,
        /// How the posts are found.
        way: Way,
        /// Language that the document says it is in (`fr`, `en-US`), for the order of its dates.
        #[cfg_attr(feature = "typescript", ts(optional))]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        language: Option<String>,
        /// The posts, at most a slice's worth.
        posts: Vec<Post>,
    },
    /// Frames of other sites that this document shows: people may write in them. Replaces what was said before.
    /// Answered with [`PageAnswer::Noted`].
    Frames {
        /// Their origins (`https://comments.example`), each once.
        origins: Vec<String>,
    },
    /// The account that the document shows as the one in use has changed, or is shown no more. Answered with
    /// [`PageAnswer::Noted`].
    Account {
        /// Its name.
        shown: Option<String>,
    },
    /// Every post that the document shows has been sent, and nothing of it has changed for a moment. Only where the
    /// orders were to follow. Answered with [`PageAnswer::Noted`].
    Whole {
        /// Their ids, as they stand in the document.
        posts: Vec<u32>,
        /// Others are folded away, and were not read: what is not among the posts may be there.
        folded: bool,
    },
    /// Something happened to the reply box that a ticket is for. Answered with [`PageAnswer::Noted`].
    Composer {
        /// The ticket.
        ticket: u32,
        /// What.
        event: ComposerEvent,
    },
    /// No adapter is for this document: where are its posts? Answered with [`PageAnswer::Found`].
    Find {
        /// The document.
        sketch: Sketch,
        /// Only what the page calls contributions is wanted, in its data or by its names: an adapter says that none
        /// are there.
        named: bool,
    },
    /// The manager says what is a post here. Kept for the site; answered with [`PageAnswer::Found`].
    Learn {
        /// The document.
        sketch: Sketch,
        /// Nodes that are taken for posts now.
        posts: Vec<u32>,
        /// Nodes that are posts.
        yes: Vec<u32>,
        /// Nodes that are none.
        no: Vec<u32>,
    },
}

/// Random names of the highlights of one document, so that a page cannot know them beforehand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct MarkNames {
    /// Denied or quoted: dotted grey.
    pub none: String,
    /// Low risk: dotted.
    pub low: String,
    /// Medium risk: wavy.
    pub medium: String,
    /// High risk: thick double.
    pub high: String,
    /// Background of the post that the panel points to, for a moment.
    pub flash: String,
}

/// The background's answer to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PageAnswer {
    /// To [`PageToBackground::Hello`].
    Orders {
        /// False: this site is not enabled; do nothing at all.
        enabled: bool,
        /// Adapters to try, in order.
        sites: Vec<Site>,
        /// Replies of the manager may stand here: say when the document is [`PageToBackground::Whole`].
        #[cfg_attr(feature = "typescript", ts(optional, as = "Option<bool>"))]
        #[serde(default, skip_serializing_if = "is_false")]
        follow: bool,
        /// What the manager said of this site: tried before them.
        #[cfg_attr(feature = "typescript", ts(optional))]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        local: Option<Site>,
    },
    /// To [`PageToBackground::Find`] and [`PageToBackground::Learn`].
    Found {
        /// An adapter for the document; none: it seems to have no posts.
        #[cfg_attr(feature = "typescript", ts(optional))]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        site: Option<Site>,
        /// How it was found.
        way: Way,
    },
    /// To [`PageToBackground::Read`]: every mark of the posts of that message (replaces their earlier marks).
    Reading {
        /// What to paint.
        marks: Vec<Mark>,
    },
    /// To what only tells something.
    Noted,
    /// What it takes to handle the message could not be loaded: the same question may be put again.
    Later {
        /// Why, for the console.
        why: String,
    },
    /// The message could not be handled.
    Refused {
        /// Why, for the console.
        why: String,
    },
}

/// What the background asks of the page's script.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BackgroundToPage {
    /// Whether anybody is there; nothing is to be done.
    Ping,
    /// Send every post again (the background was restarted, or its rules changed).
    Reread,
    /// Scroll to a post and flash it.
    Show {
        /// Its id.
        post: u32,
    },
    /// Take what the manager has selected for posts, and all that is like it.
    ReadSelection,
    /// The manager says that this is no post.
    NotAPost {
        /// Its id.
        post: u32,
    },
    /// What does the reply box hold? Answered with [`ComposerView`].
    Look {
        /// The post that is answered.
        post: u32,
        /// The box that had the focus last is meant, whichever post that is for.
        there: bool,
    },
    /// Put a text in the composer; answered with [`InsertReport`]. When it is in, the page tells what becomes of the
    /// box ([`ComposerEvent::Emptied`]), and follows as the orders may say too.
    Insert {
        /// The post that is answered.
        post: u32,
        /// What later events of the box are told with.
        ticket: u32,
        /// The text, `\n` for line breaks.
        text: String,
        /// The account that the document has said to show; if it shows another one by now, nothing is inserted.
        account: Option<String>,
        /// The manager wants it in the box that had the focus last, whichever post that is for.
        there: bool,
        /// Milliseconds from now in which it may go in: later, the manager has been told that it did not.
        patience: u32,
    },
    /// Wait for the manager to open a reply box, and say so ([`ComposerEvent::Opened`] and the others), once. Instead of
    /// what was waited for before. Answered with [`Armed`].
    Arm {
        /// The post that is answered.
        post: u32,
        /// What the event is told with.
        ticket: u32,
        /// Milliseconds to wait.
        patience: u32,
    },
    /// Wait no more.
    Disarm,
    /// The site was switched off: remove every trace and stop.
    Leave,
}

/// What happened to a reply box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ComposerEvent {
    /// The manager opened one for the post, or entered it. The page waits no more.
    Opened,
    /// The manager entered one that is for another post. The page goes on waiting.
    OpenedElsewhere,
    /// The manager pressed Escape. The page waits no more.
    Escaped,
    /// The time is over. The page waits no more.
    TimedOut,
    /// The text that was inserted is not in the box any more, or the box is gone.
    Emptied,
}

/// A reply box as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ComposerView {
    /// There is one for the post, and it is open.
    pub open: bool,
    /// There is none for it that is open, but there are others, or closed ones: the one that is meant is in this document.
    pub closed: bool,
    /// What it holds, lines separated by `\n`.
    pub text: String,
}

/// Whether the page waits for a reply box to be opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Armed {
    /// It does.
    pub waits: bool,
    /// The words on what the manager has to click for that, if the page has such a thing.
    #[cfg_attr(feature = "typescript", ts(optional))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opener: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// What became of an insertion. Read back from the composer, never assumed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum InsertReport {
    /// The text is in the composer, whole, once, and what was there before is still there.
    Inserted {
        /// The inserter that did it.
        inserter: String,
        /// Blank lines became paragraph borders; else the text is equal character by character.
        paragraphs: bool,
    },
    /// It is not; the composer is as it was before, unless the failure says otherwise.
    Failed {
        /// Why.
        failure: InsertFailure,
    },
}

/// Why a text was not inserted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum InsertFailure {
    /// No reply box in this page.
    NoComposer,
    /// There is one, but it is not open.
    Hidden,
    /// The one that had the focus last is for another post.
    OtherPost,
    /// There are several, and nothing says which is meant.
    Several,
    /// It is read-only or disabled.
    ReadOnly,
    /// The text would not fit: nothing was inserted.
    TooLong {
        /// Characters (UTF-16 units) that the box takes.
        limit: u32,
        /// Characters it would hold.
        length: u32,
    },
    /// Another account is in use than a moment ago: nothing was inserted.
    AccountChanged,
    /// The box did not take the focus.
    NoFocus,
    /// No inserter got the exact text in; the composer was put back as it was.
    Refused,
    /// An attempt changed the composer and could not be taken back: the manager must look.
    Dirty,
    /// The page is gone, or its script does not answer.
    Unreachable,
}
