//! Reads forum posts against packs of rules: text in, findings and replies out. Pure: no I/O, no clock, no browser.
//!
//! ```
//! use rejoinder_engine::{Engine, pack::Pack};
//! use rejoinder_wire::Post;
//!
//! let engine = Engine::new(&[Pack::default()])?;
//! assert!(engine.read(&Post::own(0, "Bonjour")).is_empty());
//! # Ok::<(), rejoinder_engine::pack::PackError>(())
//! ```

mod engine;
mod language;
pub mod pack;
pub mod page;
pub mod query;
pub mod reply;
mod text;
mod thread;
pub mod trust;

pub use engine::{Engine, Explanation, SAVED_VERSION, SavedError, Trace};
pub use language::Language;
pub use thread::thread;
