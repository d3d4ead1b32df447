//! Reply boxes in the documents of a tab, asked and filled through their pages' scripts.

use crate::browser::{self, Target};
use crate::core::{Core, State};
use crate::readings::Frame;
use crate::timeout::within;
use rejoinder_wire::{
    Armed, BackgroundToPage, ComposerView, Envelope, FoundPost, InsertFailure, InsertReport, WireError,
};
use serde::de::DeserializeOwned;

/// The script that inserts. It is started where it is needed, and only then: most pages that are read are not answered.
const SCRIPT: &str = "insert.js";
/// Milliseconds that a page is given to look, or to begin to wait.
const LOOK: u32 = 3_000;
/// Milliseconds that a page is given to insert and read back; and in which it may begin: whoever was told that nothing
/// went in must be able to rely on it.
const INSERT: u32 = 45_000;
const BEGIN: u32 = 40_000;
/// Pages number their posts from 1.
const NO_POST: u32 = 0;

/// A document in which the reply box may be.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// The post that is answered; of another document than the post's own none is.
    pub(crate) post: FoundPost,
    /// A name that the document gave itself at random; empty until it said hello.
    pub(crate) name: String,
    /// Id of the adapter in use there.
    pub(crate) site: String,
    /// Its host.
    pub(crate) host: String,
    /// What is kept of its thread's address.
    pub(crate) thread: Option<String>,
    id: Option<String>,
    account: Option<String>,
}

impl Document {
    /// The document of a post.
    pub(crate) fn of(post: FoundPost, frame: &Frame, state: &State) -> Document {
        Document {
            post,
            name: frame.name.clone(),
            site: frame.site.clone(),
            host: frame.url.host_str().unwrap_or_default().to_owned(),
            thread: state.thread_of(frame),
            id: frame.document.clone(),
            account: frame.account.clone(),
        }
    }

    /// A document in a frame of the one that the post is in.
    pub(crate) fn below(post: FoundPost, number: i64, frame: &Frame, state: &State) -> Document {
        Document::of(FoundPost { frame: number, post: NO_POST, ..post }, frame, state)
    }

    /// What its reply box holds, if one is open for the post (`there`: the one that had the focus last).
    pub(crate) async fn look(&self, there: bool) -> ComposerView {
        let message = BackgroundToPage::Look { post: self.post.post, there };
        self.ask(&message, LOOK).await.unwrap_or_default()
    }

    /// Puts a text in its reply box (`there`: in the one that had the focus last), under the account that it has said
    /// to show.
    pub(crate) async fn put(&self, ticket: u32, text: &str, there: bool) -> InsertReport {
        let failed = InsertReport::Failed { failure: InsertFailure::Unreachable };
        let (post, text, account) = (self.post.post, text.to_owned(), self.account.clone());
        let message = BackgroundToPage::Insert { post, ticket, text, account, there, patience: BEGIN };
        self.ask(&message, INSERT).await.unwrap_or(failed)
    }

    /// Has it wait for a reply box to be opened, so many milliseconds; `None`: it does not.
    pub(crate) async fn arm(&self, ticket: u32, patience: u32) -> Option<Armed> {
        let armed: Armed = self.ask(&BackgroundToPage::Arm { post: self.post.post, ticket, patience }, LOOK).await?;
        armed.waits.then_some(armed)
    }

    async fn ask<A: DeserializeOwned>(&self, message: &BackgroundToPage, patience: u32) -> Option<A> {
        let json = Envelope::new(message).to_json().ok()?;
        let FoundPost { tab, frame, .. } = self.post;
        let asking = async {
            let target = Target { tab_id: tab, frame_ids: Some(vec![browser::frame_number(frame)]), all_frames: None };
            // Not started again where it runs; where it cannot be started, the page says that it cannot insert.
            let _ = browser::run_script(target, SCRIPT).await;
            browser::ask_page(tab, Some(frame), self.id.as_deref(), &json).await
        };
        let answer = within(patience, asking).await?.ok()??;
        let read: Result<A, WireError> = Envelope::read(&answer);
        read.ok()
    }
}

impl Core {
    /// Tells a tab's pages to wait no more.
    pub(crate) async fn wait_no_more(&self, tab: i32, frames: &[i64]) {
        for &frame in frames {
            // Gone, or waiting no more by itself.
            let _ = self.tell_page(tab, Some(frame), &BackgroundToPage::Disarm).await;
        }
    }
}
