//! What the end-to-end tests, the demo and the budget measures share: both browsers with the extension in them, one
//! loopback server, and real forum software.
//!
//! ```no_run
//! # async fn first_look() -> anyhow::Result<()> {
//! use rejoinder_e2e::browser::{Browser, Kind, Look};
//! let browser = Browser::start(Kind::Firefox, &Look::default()).await?;
//! browser.open_panel().await?;
//! browser.quit().await
//! # }
//! ```

pub mod browser;
pub mod editors;
pub mod forums;
pub mod manager;
pub mod pack;
pub mod paths;
pub mod process;
pub mod reading;
pub mod saved;
pub mod server;
pub mod sites;
pub mod thread;
pub mod wait;
