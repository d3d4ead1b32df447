use crate::pack::{Pack, PackError};
use rejoinder_wire::{Finding, Post};

/// The compiled rules of some packs. Immutable: new packs build a new engine.
#[derive(Debug)]
pub struct Engine {}

impl Engine {
    /// Compiles packs.
    ///
    /// # Errors
    /// The first thing that is wrong with any of them.
    pub fn new(packs: &[Pack]) -> Result<Engine, PackError> {
        let _ = packs;
        Ok(Engine {})
    }

    /// The findings of one post, in reading order.
    pub fn read(&self, post: &Post) -> Vec<Finding> {
        let _ = post;
        Vec::new()
    }
}
