//! What may wait until the pages are read: everything but the start of the worker and what pages say most often. The
//! build puts these functions, and whatever only they need, in a module of its own (`split_office.wasm`), which is asked
//! for once the worker has started: browsers stop it after half a minute, and each time that it starts again they read a
//! module whole, and Firefox compiles it whole.
//!
//! What is called from here may rely on [`Core::complete`]; what is called otherwise must not.

use crate::core::Core;
use crate::page::Place;
use crate::subscribe::ALARM;
use futures_util::future::LocalBoxFuture;
use rejoinder_wire::{Envelope, PageAnswer, PageToBackground};
use std::fmt;
use std::rc::Rc;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// Why the office does nothing. What is asked next tries again.
#[derive(Debug)]
pub(crate) struct Closed(String);

impl From<SplitLoaderError> for Closed {
    fn from(error: SplitLoaderError) -> Closed {
        Closed(error.to_string())
    }
}

impl From<rejoinder_wire::WireError> for Closed {
    fn from(error: rejoinder_wire::WireError) -> Closed {
        Closed(error.to_string())
    }
}

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A piece of work, as it must be handed over between two modules.
type Work<T> = LocalBoxFuture<'static, Result<T, Closed>>;

fn work<T>(core: Rc<Core>, act: impl AsyncFnOnce(&Rc<Core>) -> Result<T, Closed> + 'static) -> Work<T> {
    Box::pin(async move {
        core.complete().await;
        act(&core).await
    })
}

/// Loads what the pages did not need.
#[wasm_split(office, fallible, return_wrapper(let work = _; { work.await } -> Result<(), Closed>))]
pub(crate) fn complete(core: Rc<Core>) -> Work<()> {
    work(core, async |_| Ok(()))
}

/// What the start leaves to be done.
#[wasm_split(office, fallible, return_wrapper(let work = _; { work.await } -> Result<(), Closed>))]
pub(crate) fn catch_up(core: Rc<Core>) -> Work<()> {
    work(core, async |core| {
        {
            let _changing = core.changing.lock().await;
            core.keep_registered().await;
        }
        core.follow_policy().await;
        core.obey_due().await;
        core.sync_due().await;
        Ok(())
    })
}

/// The panel or the options page asks: the JSON of the answer.
#[wasm_split(office, fallible, return_wrapper(let work = _; { work.await } -> Result<String, Closed>))]
pub(crate) fn panel(core: Rc<Core>, json: String) -> Work<String> {
    work(core, async move |core| Ok(Envelope::new(core.panel(&json).await).to_json()?))
}

/// A page asks what it seldom asks; `name` is its document's.
#[wasm_split(office, fallible, return_wrapper(let work = _; { work.await } -> Result<PageAnswer, Closed>))]
pub(crate) fn page(core: Rc<Core>, place: Place, name: String, message: PageToBackground) -> Work<PageAnswer> {
    work(core, async move |core| Ok(core.seldom(place, &name, message).await))
}

/// An alarm rang.
#[wasm_split(office, fallible, return_wrapper(let work = _; { work.await } -> Result<(), Closed>))]
pub(crate) fn alarm(core: Rc<Core>, name: String) -> Work<()> {
    work(core, async move |core| {
        if name == ALARM {
            core.obey(false).await;
            core.sync_due().await;
        }
        Ok(())
    })
}

/// The organisation's policy changed.
#[wasm_split(office, fallible, return_wrapper(let work = _; { work.await } -> Result<(), Closed>))]
pub(crate) fn policy_changed(core: Rc<Core>) -> Work<()> {
    work(core, async |core| {
        core.follow_policy().await;
        Ok(())
    })
}

/// Permissions were taken back.
#[wasm_split(office, fallible, return_wrapper(let work = _; { work.await } -> Result<(), Closed>))]
pub(crate) fn permissions_removed(core: Rc<Core>) -> Work<()> {
    work(core, async |core| {
        core.permissions_removed().await;
        Ok(())
    })
}

/// The extension was installed or updated.
#[wasm_split(office, fallible, return_wrapper(let work = _; { work.await } -> Result<(), Closed>))]
pub(crate) fn installed(core: Rc<Core>) -> Work<()> {
    work(core, async |core| {
        core.installed().await;
        Ok(())
    })
}
