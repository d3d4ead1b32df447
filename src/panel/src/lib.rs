//! The side panel and the options page. One wasm serves both; the page says which by `<body data-page>`.
//!
//! Everything shown comes from the background over the wire, and everything done is asked of it: this crate decides
//! nothing about a card, a site or a subscription, it puts the answers in words.

// The component macro makes the functions it writes `pub`.
#![allow(unreachable_pub)]

mod account;
mod accounts;
mod adapting;
mod anchor;
mod armed;
mod background;
mod browser;
mod calendar;
mod card;
mod cards;
mod change;
mod changes;
mod clipboard;
mod comparison;
mod departure;
mod draft;
mod enable;
mod excerpt;
mod finding;
mod findings;
mod frames;
mod icon;
mod identity;
mod identity_form;
mod insertion;
mod journal;
mod last_changes;
mod ledger;
mod local_adapters;
mod messages;
mod options;
mod own_reply;
mod packs;
mod panel;
mod pattern;
mod policy;
mod preview;
mod promises;
mod questions;
mod reading;
mod refusal;
mod risk;
mod seen;
mod settings;
mod site_row;
mod sites;
mod sources;
mod stance;
mod subscription;
mod subscriptions;
mod trouble;
mod update_notice;
mod updates;
mod variants;
mod way;
mod why;

use wasm_bindgen::prelude::wasm_bindgen;

/// Fills the page that loaded the module. Called once, by the page's own script, when the wasm is ready.
#[wasm_bindgen]
pub fn start() {
    console_error_panic_hook::set_once();
    browser::prepare_page(&messages::LANGUAGE.text());
    match browser::page_name().as_deref() {
        Some("options") => leptos::mount::mount_to_body(options::Options),
        _ => leptos::mount::mount_to_body(panel::Panel),
    }
}
