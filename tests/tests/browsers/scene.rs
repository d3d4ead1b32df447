use anyhow::{Context as _, Result, ensure};
use rejoinder_e2e::browser::{Browser, Kind, Look};
use rejoinder_e2e::manager::pattern;
use rejoinder_e2e::pack::Publication;
use rejoinder_e2e::paths;
use rejoinder_e2e::server::Server;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A test: what it does with a scene.
pub(crate) type Test = for<'a> fn(&'a Scene) -> Pin<Box<dyn Future<Output = Result<()>> + 'a>>;

/// One browser with the extension, an identity, and a subscription to the example pack; and where pages come from.
pub(crate) struct Scene {
    pub(crate) browser: Browser,
    /// What it is subscribed to.
    publication: Mutex<Publication>,
    /// Serves the packs; on `127.0.0.1`.
    pub(crate) packs: Server,
    /// Serves our own pages; on `localhost`, another host to the browser.
    pub(crate) pages: Server,
}

impl Scene {
    pub(crate) async fn new(kind: Kind) -> Result<Scene> {
        Scene::with(kind, &Look::default()).await
    }

    pub(crate) async fn with(kind: Kind, look: &Look) -> Result<Scene> {
        let publication = Publication::new()?;
        let packs = Server::start(Some(publication.folder())).await?;
        let pages = Server::start(None).await?;
        let browser = Browser::start(kind, look).await?;
        let fingerprint = publication.fingerprint();
        let scene = Scene { browser, publication: Mutex::new(publication), packs, pages };
        scene.browser.set_identity().await?;
        scene.browser.subscribe(&scene.packs.subscription(), &fingerprint).await?;
        Ok(scene)
    }

    pub(crate) fn publication(&self) -> MutexGuard<'_, Publication> {
        self.publication.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Address of one of our own pages.
    pub(crate) fn page(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.pages.port)
    }

    /// Opens a page with the panel beside it, and enables its site by the panel's button.
    pub(crate) async fn open(&self, url: &str) -> Result<()> {
        self.browser.allow_hosts(&[&pattern(url)?]).await?;
        self.browser.goto(url).await?;
        self.browser.open_panel().await?;
        self.browser.enable_site().await
    }

    /// Waits until the panel shows one finding of this claim and stance.
    pub(crate) async fn finds(&self, claim: &str, stance: &str) -> Result<()> {
        self.finds_times(claim, stance, 1).await
    }

    /// Waits until the panel shows so many findings of this claim and stance, and none else.
    pub(crate) async fn finds_times(&self, claim: &str, stance: &str, times: usize) -> Result<()> {
        rejoinder_e2e::wait::until(&format!("{times} findings: {claim}, {stance}"), async || {
            let now = self.browser.findings().await?;
            let all = now.len() == times && now.iter().all(|f| f.claim == claim && f.stance == stance);
            let brief: Vec<_> = now.iter().take(20).collect();
            Ok(rejoinder_e2e::wait::Seen::when(all, (now.len(), brief)))
        })
        .await
    }

    /// Opens the cards of a finding and gives the first.
    pub(crate) async fn first_card(&self, claim: &str, stance: &str) -> Result<String> {
        self.browser.confirm_account().await?;
        let cards = self.browser.open_cards(claim, stance).await?;
        cards.into_iter().next().context("no card")
    }

    /// Keeps what the browser shows, for whoever looks into a failure.
    pub(crate) async fn keep_pictures(&self, name: &str) {
        let Ok(folder) = paths::out("e2e") else { return };
        let name = name.replace("::", "-");
        if let Ok(picture) = self.browser.picture().await {
            let _ = std::fs::write(folder.join(format!("{name}-page.png")), picture);
        }
        if let Ok(picture) = self.browser.panel_picture().await {
            let _ = std::fs::write(folder.join(format!("{name}-panel.png")), picture);
        }
    }

    pub(crate) async fn end(self) -> Result<()> {
        self.browser.quit().await
    }
}

/// Fails with both, unless they are equal.
pub(crate) fn same<T: PartialEq + std::fmt::Debug>(what: &str, seen: &T, wanted: &T) -> Result<()> {
    ensure!(seen == wanted, "{what}:\n  seen   {seen:?}\n  wanted {wanted:?}");
    Ok(())
}
