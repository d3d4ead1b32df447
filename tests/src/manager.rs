//! What a community manager does in the extension: settings in the real options page, work in the real panel.

use crate::browser::{Browser, Kind};
use crate::wait::{self, Seen};
use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use thirtyfour::prelude::*;

/// The identity that the tests reply under (made up).
pub const IDENTITY: [(&str, &str); 5] = [
    ("identity-first-name", "Claire"),
    ("identity-last-name", "Delmas"),
    ("identity-role", "Chargée d'information"),
    ("identity-organisation", "Agence de démonstration"),
    ("identity-site", "https://agence.example"),
];

/// A selector of one of our own elements.
pub fn ours(name: &str) -> String {
    format!("[data-testid='{name}']")
}

/// Match pattern of the host of an address.
///
/// # Errors
/// It has none.
pub fn pattern(address: &str) -> Result<String> {
    let host = address.split("://").nth(1).and_then(|rest| rest.split([':', '/']).next());
    Ok(format!("http://{}/*", host.with_context(|| format!("no host in {address}"))?))
}

/// One finding as the panel shows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shown {
    /// Id of the claim.
    pub claim: String,
    /// The stance, by its name on the wire.
    pub stance: String,
    /// The risk, by its name on the wire.
    pub risk: String,
}

/// One row of the panel's journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalRow {
    /// Id of the claim.
    pub claim: String,
    /// Id of the card.
    pub card: String,
    /// What was done.
    pub outcome: String,
    /// All the words of the row.
    pub text: String,
}

/// What an attempt to use a card gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// `inserted`, `failed` or `refused`.
    pub result: String,
    /// The panel's words.
    pub words: String,
}

impl Browser {
    /// Fills in the identity.
    ///
    /// # Errors
    /// The options page does not take it.
    pub async fn set_identity(&self) -> Result<()> {
        self.goto_own("options.html").await?;
        self.settled_options().await?;
        for (field, value) in IDENTITY {
            self.fill(&ours(field), value).await?;
        }
        self.click(&ours("identity-save")).await?;
        self.element(&ours("identity-saved")).await?;
        Ok(())
    }

    /// Subscribes: address, check, compare the fingerprint, accept.
    ///
    /// # Errors
    /// It fails at any of these, with what the page says.
    pub async fn subscribe(&self, address: &str, fingerprint: &str) -> Result<()> {
        self.allow_hosts(&[&pattern(address)?]).await?;
        self.look_at_subscription(address).await?;
        let shown = self.element(&ours("subscription-fingerprint")).await;
        let shown = shown.with_context(|| format!("no offer from {address}"))?.text().await?;
        ensure!(shown == fingerprint, "the page shows the fingerprint {shown}, not {fingerprint}");
        self.click(&ours("subscription-accept")).await?;
        self.element(&ours("pack-row")).await?;
        Ok(())
    }

    /// Asks what stands at an address.
    ///
    /// # Errors
    /// The options page does not take it.
    pub async fn look_at_subscription(&self, address: &str) -> Result<()> {
        self.goto_own("options.html").await?;
        self.settled_options().await?;
        self.fill(&ours("subscription-url"), address).await?;
        self.click(&ours("subscription-check")).await
    }

    /// Waits until the options page has its settings: fields are filled from them, and would undo what is typed before.
    async fn settled_options(&self) -> Result<()> {
        self.element(&ours("identity-save")).await?;
        self.element("main .rows, main .notice").await?;
        Ok(())
    }

    /// Checks every subscription now and gives outcome (`good` or `bad`) and words of each.
    ///
    /// # Errors
    /// The options page does not.
    pub async fn sync(&self) -> Result<Vec<(String, String)>> {
        self.goto_own("options.html").await?;
        self.settled_options().await?;
        self.click(&ours("subscription-sync")).await?;
        // Said when it is over, whatever the outcome.
        self.element("section[aria-labelledby='subscriptions'] .saying .notice").await?;
        self.subscriptions().await
    }

    /// The subscriptions of the options page: outcome and words.
    ///
    /// # Errors
    /// It is not open.
    pub async fn subscriptions(&self) -> Result<Vec<(String, String)>> {
        let rows = self
            .page(
                "return [...document.querySelectorAll(\"[data-testid='subscription-row']\")]\
                 .map(r => [r.dataset.outcome, r.innerText])",
            )
            .await?;
        Ok(serde_json::from_value(rows)?)
    }

    /// Clicks the panel's own button that enables the site, and waits until the page was read.
    ///
    /// # Errors
    /// It did not.
    pub async fn enable_site(&self) -> Result<()> {
        self.panel_state("not_enabled").await?;
        self.click_in_panel(&ours("enable-site")).await?;
        self.panel_state("read").await
    }

    /// Waits for a state of the panel.
    ///
    /// # Errors
    /// It did not come.
    pub async fn panel_state(&self, state: &str) -> Result<()> {
        wait::until(&format!("the panel's state `{state}`"), async || {
            let now = self.panel("return document.querySelector('main')?.dataset.state ?? null").await?;
            Ok(Seen::when(now == state, now))
        })
        .await
    }

    /// The findings that the panel shows, sorted.
    ///
    /// # Errors
    /// The panel is not open.
    pub async fn findings(&self) -> Result<Vec<Shown>> {
        let rows = self
            .panel(
                "return [...document.querySelectorAll(\"[data-testid='finding']\")]\
                 .map(f => [f.dataset.claim, f.dataset.stance, f.dataset.risk])",
            )
            .await?;
        let rows: Vec<(String, String, String)> = serde_json::from_value(rows)?;
        let mut rows: Vec<_> = rows.into_iter().map(|(claim, stance, risk)| Shown { claim, stance, risk }).collect();
        rows.sort();
        Ok(rows)
    }

    /// How many posts the panel says were read.
    ///
    /// # Errors
    /// The panel does not answer.
    pub async fn posts_read(&self) -> Result<u32> {
        let posts =
            self.panel("return document.querySelector(\"[data-testid='tally']\")?.dataset.posts ?? '0'").await?;
        Ok(posts.as_str().unwrap_or_default().parse()?)
    }

    /// How the panel says that the posts were found.
    ///
    /// # Errors
    /// The panel does not answer.
    pub async fn way(&self) -> Result<String> {
        let way = self.panel("return document.querySelector(\"[data-testid='way']\")?.dataset.ways ?? ''").await?;
        Ok(way.as_str().unwrap_or_default().to_owned())
    }

    /// Clicks a finding so that the page shows its post.
    ///
    /// # Errors
    /// There is none of that claim and stance.
    pub async fn show_finding(&self, claim: &str, stance: &str) -> Result<()> {
        self.click_in_panel(&format!("{} {}", finding(claim, stance), ours("show"))).await
    }

    /// Says of the only post with a claim that it is no post.
    ///
    /// # Errors
    /// There is no such finding.
    pub async fn not_a_post(&self, claim: &str) -> Result<()> {
        let item = format!("[data-testid='finding'][data-claim='{claim}']");
        self.click_in_panel(&format!("{item} summary")).await?;
        self.click_in_panel(&format!("{item} {}", ours("not-a-post"))).await
    }

    /// Has the selected text taken for a post.
    ///
    /// # Errors
    /// The panel does not offer it.
    pub async fn read_selection(&self) -> Result<()> {
        self.panel("document.querySelector(\"[data-testid='way']\").open = true").await?;
        self.click_in_panel(&ours("read-selection")).await
    }

    /// Opens the cards of a finding, if they are not, and gives their ids, in order.
    ///
    /// # Errors
    /// There is no such finding.
    pub async fn open_cards(&self, claim: &str, stance: &str) -> Result<Vec<String>> {
        let open = format!(
            "return !!document.querySelector({})",
            Value::from(format!("{} {}", finding(claim, stance), ours("card")))
        );
        if self.panel(&open).await? != true {
            self.click_in_panel(&format!("{} {}", finding(claim, stance), ours("reply"))).await?;
        }
        wait::until("cards", async || {
            let cards = self
                .panel("return [...document.querySelectorAll(\"[data-testid='card']\")].map(c => c.dataset.card)")
                .await?;
            let cards: Vec<String> = serde_json::from_value(cards)?;
            Ok(Seen::filter(cards, |cards| !cards.is_empty()))
        })
        .await
    }

    /// The text of a card as the panel previews it.
    ///
    /// # Errors
    /// The card is not open.
    pub async fn preview(&self, card: &str) -> Result<String> {
        let body = format!(
            "return document.querySelector({})?.textContent ?? null",
            Value::from(format!("{} {}", self::card(card), ours("preview")))
        );
        super_text(&self.panel(&body).await?)
    }

    /// Adapts a card's words in the panel, one passage of them.
    ///
    /// # Errors
    /// The card is not open, or has no such passage.
    pub async fn adapt(&self, card: &str, from: &str, to: &str) -> Result<()> {
        self.click_in_panel(&format!("{} {}", self::card(card), ours("adapt"))).await?;
        let change = format!(
            "const area = document.querySelector({}); if (!area?.value.includes({from})) return area?.value ?? null; \
             area.value = area.value.replace({from}, {to}); \
             area.dispatchEvent(new window.Event('input', {{ bubbles: true }})); return true",
            Value::from(format!("{} {}", self::card(card), ours("words"))),
            from = Value::from(from),
            to = Value::from(to),
        );
        wait::until("the words to adapt", async || {
            let now = self.panel(&change).await?;
            Ok(Seen::when(now == true, now))
        })
        .await
    }

    /// Chooses a variant of a card.
    ///
    /// # Errors
    /// The card has none of that id.
    pub async fn choose_variant(&self, card: &str, variant: &str) -> Result<()> {
        self.click_in_panel(&format!("{} {}[data-variant='{variant}']", self::card(card), ours("variant"))).await
    }

    /// Inserts a card and waits for what became of it.
    ///
    /// # Errors
    /// The panel does not say.
    pub async fn insert(&self, card: &str) -> Result<Attempt> {
        self.click_in_panel(&format!("{} {}", self::card(card), ours("insert"))).await?;
        self.attempt(card).await
    }

    /// Presses the button that inserts a card, and waits for nothing.
    ///
    /// # Errors
    /// The card is not open.
    pub async fn press_insert(&self, card: &str) -> Result<()> {
        self.click_in_panel(&format!("{} {}", self::card(card), ours("insert"))).await
    }

    /// Waits for what the panel says of the armed card; empty: nothing.
    ///
    /// # Errors
    /// It did not come.
    pub async fn armed_state(&self, state: &str) -> Result<()> {
        let body = "return document.querySelector(\"[data-testid='armed']\")?.dataset.state ?? ''";
        wait::until(&format!("the armed card to be `{state}`"), async || {
            let now = self.panel(body).await?;
            Ok(Seen::when(now == state, now))
        })
        .await
    }

    /// The panel's words on the armed card.
    ///
    /// # Errors
    /// None is armed.
    pub async fn armed_words(&self) -> Result<String> {
        super_text(&self.panel("return document.querySelector(\"[data-testid='armed']\")?.textContent ?? null").await?)
    }

    /// The manager's replies that the panel shows, oldest first: state, posts below (empty: not known yet), new ones.
    ///
    /// # Errors
    /// The panel is not open.
    pub async fn own_replies(&self) -> Result<Vec<(String, String, String)>> {
        let rows = self
            .panel(
                "return [...document.querySelectorAll(\"[data-testid='own-reply']\")]\
                 .map(r => [r.dataset.state, r.dataset.below, r.dataset.new])",
            )
            .await?;
        Ok(serde_json::from_value(rows)?)
    }

    /// Presses Escape in the page.
    ///
    /// # Errors
    /// The browser does not.
    pub async fn press_escape(&self) -> Result<()> {
        self.element("body").await?.send_keys(Key::Escape + "").await?;
        Ok(())
    }

    /// Whose the account in use is, as the panel says; `None`: it says nothing of one.
    ///
    /// # Errors
    /// The panel is not open.
    pub async fn account(&self) -> Result<Option<String>> {
        let body = "return document.querySelector(\"[data-testid='account']\")?.dataset.state ?? null";
        Ok(serde_json::from_value(self.panel(body).await?)?)
    }

    /// Says in the panel that the account in use is the manager's, unless that is known.
    ///
    /// # Errors
    /// The panel does not ask.
    pub async fn confirm_account(&self) -> Result<()> {
        let state =
            wait::until("the account", async || Ok(Seen::filter(self.account().await?, Option::is_some))).await?;
        if state.as_deref() == Some("unconfirmed") {
            self.click_in_panel(&ours("confirm-account")).await?;
        }
        wait::until("a confirmed account", async || {
            let now = self.account().await?;
            Ok(Seen::when(matches!(now.as_deref(), Some("confirmed" | "unseen")), now))
        })
        .await
    }

    /// What became of the last attempt with a card.
    ///
    /// # Errors
    /// The panel does not say.
    pub async fn attempt(&self, card: &str) -> Result<Attempt> {
        let body = format!(
            "const r = document.querySelector({}); return r && [r.dataset.result, r.textContent]",
            Value::from(format!("{} {}", self::card(card), ours("insert-result")))
        );
        wait::until("the result of the insertion", async || {
            let answer: Option<(String, String)> = serde_json::from_value(self.panel(&body).await?)?;
            Ok(match answer {
                Some((result, words)) => Seen::Yes(Attempt { result, words }),
                None => Seen::NotYet("nothing".into()),
            })
        })
        .await
    }

    /// The reason why a card may not be inserted, as the panel shows it before any attempt; `None`: it may.
    ///
    /// # Errors
    /// The panel is not open.
    pub async fn refusal(&self, card: &str) -> Result<Option<String>> {
        let body = format!(
            "const c = document.querySelector({}); if (!c) throw new Error('no such card'); \
             const insert = c.querySelector(\"[data-testid='insert']\"); \
             const why = c.querySelector(\"[data-testid='card-refusal']\"); \
             if (!!why !== insert.disabled) throw new Error('the button does not say what the reason says'); \
             return why && why.textContent",
            Value::from(self::card(card))
        );
        Ok(serde_json::from_value(self.panel(&body).await?)?)
    }

    /// The rows of the panel's journal, newest first.
    ///
    /// # Errors
    /// The panel is not open.
    pub async fn journal(&self, at_least: usize) -> Result<Vec<JournalRow>> {
        self.click_in_panel(&ours("journal-tab")).await?;
        wait::until(&format!("{at_least} rows in the journal"), async || {
            let rows = self
                .panel(
                    "return [...document.querySelectorAll(\"[data-testid='journal-row']\")]\
                     .map(r => [r.dataset.claim, r.dataset.card, r.dataset.outcome, r.textContent])",
                )
                .await?;
            let rows: Vec<(String, String, String, String)> = serde_json::from_value(rows)?;
            let rows: Vec<_> = rows
                .into_iter()
                .map(|(claim, card, outcome, text)| JournalRow { claim, card, outcome, text })
                .collect();
            Ok(Seen::filter(rows, |rows| rows.len() >= at_least))
        })
        .await
    }

    /// Exports the journal as CSV, by the panel's own button, and gives the file.
    ///
    /// # Errors
    /// No file came.
    pub async fn export_journal(&self) -> Result<String> {
        self.click_in_panel(&ours("export-csv")).await?;
        self.downloaded(".csv").await
    }

    /// Undoes once by the keyboard, in the element that has the focus.
    ///
    /// # Errors
    /// The browser does not.
    pub async fn undo(&self, css: &str) -> Result<()> {
        let element = self.element(css).await?;
        self.page(&format!("document.querySelector({}).focus()", Value::from(css))).await?;
        element.send_keys(Key::Control + "z").await?;
        Ok(())
    }

    /// Whether this browser is Chromium.
    pub fn is_chromium(&self) -> bool {
        self.kind == Kind::Chromium
    }
}

fn finding(claim: &str, stance: &str) -> String {
    format!("{}[data-claim='{claim}'][data-stance='{stance}']", ours("finding"))
}

fn card(card: &str) -> String {
    format!("{}[data-card='{card}']", ours("card"))
}

fn super_text(value: &Value) -> Result<String> {
    value.as_str().map(str::to_owned).with_context(|| format!("not a text: {value}"))
}
