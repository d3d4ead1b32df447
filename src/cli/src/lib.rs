//! What pack authors and publishers need: reading a pack's folder with every problem at its place, running the pack's own
//! tests, reading posts from files, publishing signed packs, and judging a publication as a subscriber does. The program
//! `rejoinder` is a thin layer above.

pub mod client;
mod key;
pub mod measure;
pub mod pack;
pub mod page;
mod password;
pub mod posts;
pub mod publish;
mod serve;
mod sha256;
pub mod terminal;

pub use key::{KeyPair, NewKey, generate_key, read_public_key, write_new_key};
pub use password::{PASSWORD_VARIABLE, Password};
pub use publish::{PublishOptions, publish};
pub use serve::serve;
