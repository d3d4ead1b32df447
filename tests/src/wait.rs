//! Waiting for something to be so, never for time to pass.

use anyhow::{Result, anyhow};
use std::time::{Duration, Instant};

/// The usual deadline: generous, because a loaded machine is not a failure.
pub const DEADLINE: Duration = Duration::from_secs(30);

/// How often a condition is looked at.
const LOOK: Duration = Duration::from_millis(25);

/// Looks at something until it holds.
///
/// # Errors
/// It did not within [`DEADLINE`]; the message tells what was seen last.
pub async fn until<T>(what: &str, look: impl AsyncFnMut() -> Result<Seen<T>>) -> Result<T> {
    until_within(DEADLINE, what, look).await
}

/// [`until`] with another deadline.
///
/// # Errors
/// As [`until`].
pub async fn until_within<T>(
    deadline: Duration,
    what: &str,
    mut look: impl AsyncFnMut() -> Result<Seen<T>>,
) -> Result<T> {
    let start = Instant::now();
    loop {
        let last = match look().await {
            Ok(Seen::Yes(value)) => return Ok(value),
            Ok(Seen::NotYet(last)) => last,
            Err(error) => format!("{error:#}"),
        };
        if start.elapsed() > deadline {
            return Err(anyhow!("waited {} s for {what}; last seen: {last}", deadline.as_secs()));
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// What a look gave.
#[derive(Debug)]
pub enum Seen<T> {
    /// It holds.
    Yes(T),
    /// Not yet; what is there instead, for the message.
    NotYet(String),
}

impl Seen<()> {
    /// Holds when `condition` does.
    pub fn when(condition: bool, otherwise: impl std::fmt::Debug) -> Seen<()> {
        if condition { Seen::Yes(()) } else { Seen::NotYet(format!("{otherwise:?}")) }
    }
}

impl<T: std::fmt::Debug> Seen<T> {
    /// Holds when `value` passes `condition`.
    pub fn filter(value: T, condition: impl FnOnce(&T) -> bool) -> Seen<T> {
        if condition(&value) { Seen::Yes(value) } else { Seen::NotYet(format!("{value:?}")) }
    }
}
