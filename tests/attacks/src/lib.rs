//! Attacks on subscribers, and what goes wrong by accident, staged: files, a server that can answer wrongly, and what a
//! client of the engine alone makes of them, which `rejoinder verify` and the installed extension are compared with.

mod client;
pub mod rows;
mod server;

pub use client::{Client, word};
pub use rows::{Files, NEXT, NOW, OURS, Row, key};
pub use server::{DRAINED, Server, Spoilt};
