//! Real forum software, started on loopback with the thread in it.

mod flaskbb;
mod isso;
mod setup;
mod spirit;

pub use flaskbb::FlaskBb;
pub use isso::Isso;
pub use spirit::Spirit;

use crate::browser::Browser;
use crate::process::{Process, free_port};
use crate::server::Server;
use crate::thread::{THREAD, Thread};
use crate::wait;
use anyhow::{Context as _, Result, bail};
use setup::Setup;
pub use setup::copy;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// One forum software: how it is installed, seeded, started and used. Seen in the versions named here.
pub trait Software: Sync {
    /// Its name, as in names of tests.
    fn name(&self) -> &'static str;
    /// Its version.
    fn version(&self) -> &'static str;
    /// Every Python package it needs, pinned.
    fn requirements(&self) -> &'static str;
    /// Our files beside it: name and text.
    fn files(&self) -> &'static [(&'static str, &'static str)];
    /// The command that fills the database in the current folder from a thread (JSON) and prints the path of the
    /// thread's page.
    fn seed(&self, setup: &Setup, thread: &Path) -> Command;
    /// The command that serves the database in the current folder.
    fn serve(&self, setup: &Setup, port: u16, site: u16) -> Command;
    /// Whether its pages are drawn in a page of ours (a comment widget), which has another port.
    fn is_widget(&self) -> bool {
        false
    }
    /// How its pages are used.
    fn uses(&self) -> Uses;
    /// SQL that gives author and text of every post, oldest first.
    fn query(&self) -> &'static str;
    /// Name of its database file.
    fn database(&self) -> &'static str;
}

/// What the tests' user touches in the pages of a forum, and where posts are: CSS selectors.
#[derive(Clone, Copy, Debug)]
pub struct Uses {
    /// Path of the page to log in; `None`: there are no accounts, a name is given with each post.
    pub log_in: Option<&'static str>,
    /// Field of the name.
    pub name: &'static str,
    /// Field of the password.
    pub password: &'static str,
    /// The button that logs in.
    pub enter: &'static str,
    /// One element per post.
    pub post: &'static str,
    /// The text in it.
    pub body: &'static str,
    /// Its author's name in it.
    pub author: &'static str,
    /// The reply box.
    pub composer: &'static str,
    /// The site's own button to publish. Pressed by the tests' user alone.
    pub publish: &'static str,
}

/// A running forum with the thread in it; gone when dropped.
#[derive(Debug)]
pub struct Forum {
    /// How its pages are used.
    pub uses: Uses,
    /// Address of the thread's page.
    pub thread: String,
    /// The thread in it.
    pub content: Thread,
    base: String,
    query: &'static str,
    database: &'static str,
    python: std::path::PathBuf,
    process: Process,
    _site: Option<Server>,
    folder: TempDir,
}

impl Forum {
    /// Installs the software if it is not yet there, seeds it, and starts it.
    ///
    /// # Errors
    /// Python or the package registry is missing, or the software does not start.
    pub async fn start(software: &dyn Software) -> Result<Forum> {
        let setup = Setup::ready(software)?;
        let seeded = setup.seeded(software, &THREAD)?;
        let folder = tempfile::Builder::new().prefix("rejoinder-forum-").tempdir()?;
        setup::copy(&seeded, folder.path())?;
        let path = fs_err::read_to_string(folder.path().join("path"))?;
        let port = free_port()?;
        let site = if software.is_widget() { Some(Server::start(None).await?) } else { None };
        let page_port = site.as_ref().map_or(port, |site| site.port);
        if let Some(site) = &site {
            site.comment_widget(port);
        }
        let mut command = software.serve(&setup, port, page_port);
        command.current_dir(folder.path());
        let mut process = Process::start(command, &folder.path().join("server.log"))?;
        let base = format!("http://localhost:{page_port}");
        let thread = format!("{base}{path}");
        let url = if software.is_widget() { format!("http://localhost:{port}/?uri={path}") } else { thread.clone() };
        let client = reqwest::Client::builder().no_proxy().build()?;
        wait::until(software.name(), async || {
            if process.ended() {
                bail!("it ended: {}", process.said());
            }
            let status = client.get(&url).send().await?.status();
            Ok(wait::Seen::when(status.is_success(), status))
        })
        .await?;
        Ok(Forum {
            uses: software.uses(),
            thread,
            content: THREAD,
            base,
            query: software.query(),
            database: software.database(),
            python: setup.python(),
            process,
            _site: site,
            folder,
        })
    }

    /// Logs the tests' user in and opens the thread.
    ///
    /// # Errors
    /// A field is missing, or the forum refuses.
    pub async fn enter(&self, browser: &Browser) -> Result<()> {
        let account = &self.content.account;
        if let Some(path) = self.uses.log_in {
            let page = format!("{}{path}", self.base);
            browser.goto(&page).await?;
            browser.fill(self.uses.name, account.name).await?;
            browser.fill(self.uses.password, account.password).await?;
            browser.click(self.uses.enter).await?;
            wait::until("the log-in", async || {
                let at = browser.driver.current_url().await?.to_string();
                Ok(wait::Seen::filter(at, |at| !at.starts_with(&page)))
            })
            .await
            .with_context(|| self.process.said())?;
        }
        self.open(browser).await?;
        if self.uses.log_in.is_none() {
            browser.fill(self.uses.name, account.name).await?;
        }
        Ok(())
    }

    /// Opens the thread and waits for its posts and reply box.
    ///
    /// # Errors
    /// They did not come.
    pub async fn open(&self, browser: &Browser) -> Result<()> {
        browser.goto(&self.thread).await?;
        self.wait_for_posts(browser, self.content.posts.len()).await?;
        browser.element(self.uses.composer).await?;
        Ok(())
    }

    /// Waits until the page shows this many posts.
    ///
    /// # Errors
    /// It did not.
    pub async fn wait_for_posts(&self, browser: &Browser, count: usize) -> Result<()> {
        let body = format!("return document.querySelectorAll({}).length", serde_json::Value::from(self.uses.post));
        wait::until(&format!("{count} posts"), async || {
            let seen = browser.page(&body).await?;
            Ok(wait::Seen::when(seen == count, seen))
        })
        .await
    }

    /// Presses the site's own button, as the tests' user.
    ///
    /// # Errors
    /// It is not there.
    pub async fn publish(&self, browser: &Browser) -> Result<()> {
        browser.click(self.uses.publish).await
    }

    /// Author and text of every post, as the software's database holds them, oldest first. Line ends are `\n`, which
    /// forms send as `\r\n`.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn stored(&self) -> Result<Vec<(String, String)>> {
        let script = "import json, sqlite3, sys\n\
                      print(json.dumps(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchall()))";
        let output = Command::new(&self.python)
            .args(["-c", script, self.database, self.query])
            .current_dir(self.folder.path())
            .output()?;
        let rows: Vec<(String, String)> = serde_json::from_slice(&output.stdout)
            .with_context(|| String::from_utf8_lossy(&output.stderr).into_owned())?;
        Ok(rows.into_iter().map(|(author, text)| (author, text.replace("\r\n", "\n"))).collect())
    }
}
