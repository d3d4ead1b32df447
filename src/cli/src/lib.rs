//! What pack authors need: reading a pack's folder with every problem at its place, running the pack's own tests,
//! reading posts from files, and publishing signed packs. The program `rejoinder` is a thin layer above.

mod key;
pub mod measure;
pub mod pack;
pub mod page;
pub mod posts;
mod publish;
pub mod terminal;

pub use key::{KeyPair, generate_key};
pub use publish::{PublishOptions, next_serial, previous, publish, publish_authored};
