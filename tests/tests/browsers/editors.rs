//! What is written in every editor, in the pages of `tests/editors`: by the panel's own message to the background, since
//! to open the panel's card hundreds of times would test the panel. `boxes` does that.

use super::scene::Scene;
use anyhow::{Context as _, Result, bail, ensure};
use rejoinder_e2e::editors::{self, Cell, Entry, FrameKind, Outcome, Outcomes, Spot};
use rejoinder_e2e::wait::{self, Seen};
use rejoinder_wire::{
    Account, Draft, Envelope, FoundPost, InsertAnswer, InsertReport, PanelAnswer, PanelToBackground, SiteAccount,
};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;

/// Names of pages, separated by commas: only these are tried.
const ONLY: &str = "REJOINDER_EDITORS";
/// Set: each page's outcomes are printed.
const TALK: &str = "REJOINDER_TALK";
/// Set: what is seen is recorded.
const RECORD: &str = "REJOINDER_RECORD_EDITORS";
/// How long an editor may take for an undo step; some have none.
const UNDO: Duration = Duration::from_secs(2);
/// Where the pages of all of `tests/editors` are.
const HOSTS: [&str; 2] = ["localhost", "127.0.0.1"];

pub(crate) async fn every_editor_takes_a_reply_or_stays_as_it_was(scene: &Scene) -> Result<()> {
    let only = std::env::var(ONLY).ok();
    let chosen = |entry: &Entry| only.as_ref().is_none_or(|only| only.split(',').any(|name| name == entry.name));
    let desk = Desk::open(scene).await?;
    let version = "return navigator.userAgent.match(/(?:Chrome|Firefox)\\/(\\d+)/)[1]";
    let version = serde_json::from_value(scene.browser.page(version).await?)?;
    let mut seen = Outcomes { version, pages: BTreeMap::new() };
    let mut wrong = Vec::new();
    for entry in editors::entries()?.iter().filter(|entry| chosen(entry)) {
        let mut page = Page { desk: &desk, entry, post: None, cells: BTreeMap::new(), wrong: Vec::new() };
        if let Err(error) = page.try_all().await {
            page.wrong.push(format!("{error:#}"));
        }
        if std::env::var_os(TALK).is_some() {
            println!("{}: {:?}", entry.name, page.cells);
        }
        wrong.extend(page.wrong.into_iter().map(|why| format!("{}: {why}", entry.name)));
        seen.pages.insert(entry.name.clone(), page.cells);
    }
    ensure!(wrong.is_empty(), "{} wrong\n  {}", wrong.len(), wrong.join("\n  "));
    if std::env::var_os(RECORD).is_some() {
        ensure!(only.is_none(), "{ONLY} and {RECORD}: the other pages would be forgotten");
        return seen.record(scene.browser.kind);
    }
    let differences = seen.differences(&Outcomes::recorded(scene.browser.kind)?);
    ensure!(
        differences.is_empty(),
        "better or worse than recorded; `cargo xtask editors` records anew:\n  {}",
        differences.join("\n  ")
    );
    Ok(())
}

/// The tab with the pages, and behind it a page of the extension that asks what the panel asks.
struct Desk<'a> {
    scene: &'a Scene,
    behind: String,
    tab: i32,
}

impl<'a> Desk<'a> {
    async fn open(scene: &'a Scene) -> Result<Desk<'a>> {
        let browser = &scene.browser;
        {
            let mut publication = scene.publication();
            publication.add("packs/vaccination/cards/essai-editeurs.toml", &editors::pack_file())?;
            publication.edit("version = \"0.1.0\"", "version = \"0.2.0\"")?;
            publication.publish(&[])?;
        }
        let synced = browser.sync().await?;
        ensure!(synced.iter().all(|(outcome, _)| outcome == "good"), "the cards did not come: {synced:?}");
        // By the panel's own button.
        scene.open(&scene.page("/editors/textarea.html")).await?;
        let behind = browser.open_own_behind("options.html").await?;
        let tab = "return (await chrome.tabs.query({active: true, currentWindow: true}))[0].id";
        let tab = serde_json::from_value(browser.page_in(&behind, tab).await?)?;
        let desk = Desk { scene, behind, tab };
        for host in HOSTS {
            // The other host was granted for the subscription.
            let answer = desk.ask(PanelToBackground::EnableSite { pattern: format!("http://{host}/*") }).await?;
            ensure!(matches!(answer, PanelAnswer::Settings(_)), "{host} is not enabled: {answer:?}");
        }
        Ok(desk)
    }

    async fn ask(&self, request: PanelToBackground) -> Result<PanelAnswer> {
        let json = Envelope::new(request).to_json()?;
        let message = serde_json::json!({ "to": "background", "from": "panel", "json": json });
        let body = format!("return await chrome.runtime.sendMessage({message})");
        let answer = self.scene.browser.page_in(&self.behind, &body).await?;
        Ok(Envelope::read(answer.as_str().with_context(|| format!("no answer: {answer}"))?)?)
    }

    /// Says that the accounts of so many sites are the manager's.
    async fn confirm_accounts(&self, sites: usize) -> Result<()> {
        let accounts = wait::until("the sites of the page", async || {
            let PanelAnswer::Tab(tab) = self.ask(PanelToBackground::Tab { tab: self.tab }).await? else {
                bail!("no view of the tab");
            };
            Ok(Seen::filter(tab.accounts, |accounts| accounts.len() >= sites))
        })
        .await?;
        for SiteAccount { host, account } in accounts {
            if let Account::Unconfirmed { shown } = account {
                self.ask(PanelToBackground::ConfirmAccount { tab: self.tab, host, shown }).await?;
            }
        }
        Ok(())
    }

    /// The post of the page that makes the claim, once it was read.
    async fn post(&self) -> Result<FoundPost> {
        wait::until("the post", async || {
            let PanelAnswer::Tab(tab) = self.ask(PanelToBackground::Tab { tab: self.tab }).await? else {
                bail!("no view of the tab");
            };
            Ok(match tab.findings.iter().find(|f| f.finding.claim == editors::CLAIM) {
                Some(finding) => Seen::Yes(finding.post),
                None => Seen::NotYet(format!("{:?}", tab.state)),
            })
        })
        .await
    }
}

/// What a page tells of its editor.
#[derive(Clone, Debug, PartialEq, Deserialize)]
struct State {
    model: String,
    submits: u32,
    enters: u32,
    errors: Vec<String>,
}

/// One page, and what became of what was tried in it.
struct Page<'a> {
    desk: &'a Desk<'a>,
    entry: &'a Entry,
    post: Option<FoundPost>,
    cells: BTreeMap<Cell, Outcome>,
    wrong: Vec<String>,
}

impl Page<'_> {
    async fn try_all(&mut self) -> Result<()> {
        self.load("").await?;
        if self.entry.opener.is_some() {
            // Nothing to write in yet: that is said, and nothing is clicked.
            let (outcome, _) = self.insert("", Spot(0), editors::SPECIAL).await?;
            ensure!(outcome == Outcome::Refused, "something was written before there was a box: {outcome:?}");
        }
        self.begin().await?;
        self.attempt(Cell::Empty, "", Spot(0), editors::SPECIAL).await?;
        if !self.entry.takes_nothing() {
            let there = editors::EXISTING;
            let end = Spot(there.len());
            let middle = Spot(there[there.len() / 2..].find(' ').map_or(0, |blank| there.len() / 2 + blank + 1));
            for (cell, spot, at) in [
                (Cell::Start, Spot(0), "start"),
                (Cell::Middle, middle, "middle"),
                (Cell::Selected, end, "all"),
                (Cell::End, end, "end"),
            ] {
                self.fill(there, at).await?;
                self.attempt(cell, there, spot, editors::SPECIAL).await?;
            }
            self.undo(there).await?;
            self.fill(there, "end").await?;
            let text = self.attempt(Cell::Long, there, end, editors::LONG).await?;
            self.submit(there, end, &text).await?;
        }
        if self.entry.strict {
            self.load("?strict").await?;
            self.begin().await?;
            if self.entry.takes_nothing() {
                self.attempt(Cell::Strict, "", Spot(0), editors::SPECIAL).await?;
            } else {
                self.fill(editors::EXISTING, "end").await?;
                let end = Spot(editors::EXISTING.len());
                self.attempt(Cell::Strict, editors::EXISTING, end, editors::SPECIAL).await?;
            }
        }
        Ok(())
    }

    async fn load(&mut self, question: &str) -> Result<()> {
        let scene = self.desk.scene;
        let address = scene.page(&format!("/editors/{}.html{question}", self.entry.name));
        scene.browser.goto(&address).await?;
        wait::until("the editor", async || {
            let ready = scene.browser.page("return window.editor?.ready ?? null").await?;
            Ok(Seen::when(ready == true, ready))
        })
        .await?;
        // What is known of the tab may still be of the page before, until this one is painted.
        wait::until("the page to be painted", async || {
            let painted = scene.browser.page("return CSS.highlights.size > 0").await?;
            Ok(Seen::when(painted == true, painted))
        })
        .await?;
        self.post = Some(self.desk.post().await?);
        let sites = if self.entry.frame == Some(FrameKind::Cross) { 2 } else { 1 };
        self.desk.confirm_accounts(sites).await
    }

    /// Opens the editor where that takes a click.
    async fn begin(&self) -> Result<()> {
        match &self.entry.opener {
            Some(opener) => self.desk.scene.browser.click(opener).await,
            None => Ok(()),
        }
    }

    async fn fill(&self, text: &str, at: &str) -> Result<()> {
        let fill = format!("await window.editor.fill({}, {})", Value::from(text), Value::from(at));
        self.desk.scene.browser.page(&fill).await?;
        Ok(())
    }

    async fn state(&self) -> Result<State> {
        let state = "const {submits, enters, errors} = window.editor; return {model: window.editor.model(), submits, enters, errors}";
        Ok(serde_json::from_value(self.desk.scene.browser.page(state).await?)?)
    }

    /// Inserts and notes what became of it; the text that was to go in.
    async fn attempt(&mut self, cell: Cell, there: &str, spot: Spot, variant: &str) -> Result<String> {
        let (outcome, text) = self.insert(there, spot, variant).await.with_context(|| format!("{cell:?}"))?;
        self.cells.insert(cell, outcome);
        Ok(text)
    }

    async fn insert(&mut self, there: &str, spot: Spot, variant: &str) -> Result<(Outcome, String)> {
        let before = self.state().await?;
        ensure!(before.model == there, "it holds {:?}, not {there:?}", before.model);
        let request = PanelToBackground::Insert {
            post: self.post.context("no post")?,
            claim: editors::CLAIM.into(),
            card: editors::CARD.into(),
            variant: variant.into(),
            draft: Draft::default(),
            there: false,
        };
        let answer = self.desk.ask(request).await?;
        if matches!(answer, PanelAnswer::Inserted { answer: InsertAnswer::Armed }) {
            // Nothing to write in is open: the manager is told, and nothing is written meanwhile.
            let model = self.state().await?.model;
            ensure!(model == before.model, "nothing is open, and it holds {model:?} now");
            self.desk.ask(PanelToBackground::Disarm { tab: self.desk.tab }).await?;
            return Ok((Outcome::Refused, String::new()));
        }
        let PanelAnswer::Inserted { answer: InsertAnswer::Reported { report, text } } = answer else {
            bail!("not inserted: {answer:?}");
        };
        let wanted = if variant == editors::LONG { editors::long() } else { editors::special() };
        ensure!(text.starts_with(&wanted), "another text was composed: {text:?}");
        // A frame of another site tells its page of its model after the answer.
        if self.entry.frame == Some(FrameKind::Cross) && matches!(report, InsertReport::Inserted { .. }) {
            wait::until("the frame's word", async || {
                let model = self.state().await?.model;
                Ok(Seen::when(model != there, model))
            })
            .await?;
        }
        if std::env::var_os(TALK).is_some() {
            println!("    {report:?}");
        }
        let after = self.state().await?;
        let (outcome, told) = match &report {
            InsertReport::Failed { .. } if after.model == before.model => (Outcome::Refused, true),
            InsertReport::Failed { .. } => (Outcome::Wrong, false),
            InsertReport::Inserted { paragraphs, .. } => {
                let outcome = editors::judge(&after.model, there, spot, &text);
                let folded = matches!(outcome, Outcome::Paragraphs | Outcome::ParagraphsBeside);
                (outcome, *paragraphs == folded)
            }
        };
        if outcome == Outcome::Wrong || !told {
            self.wrong.push(format!("{outcome:?}, reported {report:?}: {:?}", after.model));
        }
        if (after.submits, after.enters) != (before.submits, before.enters) || after.errors != before.errors {
            self.wrong.push(format!("the page noticed more than a text: before {before:?}, after {after:?}"));
        }
        Ok((outcome, text))
    }

    /// One step of the keyboard's undo.
    async fn undo(&mut self, there: &str) -> Result<()> {
        if self.cells.get(&Cell::End) == Some(&Outcome::Refused) {
            return Ok(());
        }
        self.desk.scene.browser.press_undo(self.entry.frame == Some(FrameKind::Cross)).await?;
        let one = wait::until_within(UNDO, "one undo", async || {
            let now = self.state().await?.model;
            Ok(Seen::when(now.trim_end() == there, now))
        })
        .await;
        self.cells.insert(Cell::Undo, if one.is_ok() { Outcome::OneStep } else { Outcome::NoStep });
        Ok(())
    }

    /// Leaves the box, has the site draw it again, and submits.
    async fn submit(&mut self, there: &str, spot: Spot, text: &str) -> Result<()> {
        if self.cells.get(&Cell::Long) == Some(&Outcome::Refused) {
            return Ok(());
        }
        let browser = &self.desk.scene.browser;
        for button in ["#elsewhere", "#rerender", "#submit"] {
            browser.click(button).await?;
        }
        let sent = wait::until("the submission", async || {
            Ok(Seen::filter(browser.page("return window.editor.submitted()").await?, |sent| !sent.is_null()))
        })
        .await?;
        let sent = sent.as_str().unwrap_or_default();
        let outcome = editors::judge(sent, there, spot, text);
        if outcome == Outcome::Wrong {
            self.wrong.push(format!("submitted: {sent:?}"));
        }
        self.cells.insert(Cell::Stays, outcome);
        Ok(())
    }
}
