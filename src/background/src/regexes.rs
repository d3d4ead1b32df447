//! The regular expressions of a kept engine. The library that compiles them is a third of what reading takes, and many
//! posts, and packs, do without: the build puts it in a module of its own (`split_regexes.wasm`).

use crate::core::Core;
use crate::office::Closed;
use std::rc::Rc;
use wasm_split_helpers::wasm_split;

/// Adds them to the engine in use.
#[wasm_split(
    regexes,
    fallible,
    preload(
        /// Asks for what [`add`] takes.
        fetch
    )
)]
pub(crate) fn add(core: Rc<Core>) -> Result<(), Closed> {
    core.state.borrow().library.engine().add_regexes();
    Ok(())
}
