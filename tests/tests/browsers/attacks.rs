use super::scene::Scene;
use anyhow::{Context as _, Result, bail, ensure};
use jiff::Timestamp;
use rejoinder_attacks::{Client, DRAINED, NOW, OURS, Row, Server, key, rows, word};
use rejoinder_e2e::manager::pattern;
use rejoinder_wire::{Envelope, PanelAnswer, PanelToBackground, SubscriptionView, SyncOutcome, Trouble};
use serde_json::to_value;
use std::sync::atomic::Ordering;

/// Every attack and fault that a server can commit, on the installed extension: what it says of each and what it has in
/// use afterwards are what a client of the engine alone says and has.
pub(crate) async fn attacks_and_faults_are_met_as_the_engine_meets_them(scene: &Scene) -> Result<()> {
    rows::take_place(Timestamp::now());
    let all = [rows::attacks(), rows::faults(), rows::rotations(), rows::lists()].concat();
    // The browser's clock is what it is; the engine's own tables turn it.
    let (now, other): (Vec<Row>, Vec<Row>) = all.into_iter().partition(|row| row.at == NOW);
    ensure!(now.len() > 100 && other.len() < 10, "{} rows of now, {} of other times", now.len(), other.len());
    let subscriber =
        Subscriber { scene, own: scene.browser.open_own_behind("options.html").await?, server: Server::start() };
    // An enabled site holds the permission for the server's host; the scene's own packs would be built with every row's.
    subscriber.ask(&PanelToBackground::EnableSite { pattern: pattern(&subscriber.server.address())? }).await?.ok();
    subscriber.ask(&PanelToBackground::Unsubscribe { url: scene.packs.subscription() }).await?.ok();
    let mut wrong = Vec::new();
    for row in &now {
        if let Err(why) = subscriber.meets(row).await {
            wrong.push(format!("{}: {why:#}", row.name));
        }
    }
    ensure!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), now.len(), wrong.join("\n"));
    ensure!(!DRAINED.load(Ordering::SeqCst), "an endless answer was listened to");
    Ok(())
}

struct Subscriber<'a> {
    scene: &'a Scene,
    /// The options page, from which it is asked.
    own: String,
    server: Server,
}

impl Subscriber<'_> {
    async fn meets(&self, row: &Row) -> Result<()> {
        let mut client = Client::pinned(&key(&OURS));
        let url = self.server.address();
        let subscribe = PanelToBackground::Subscribe { url: url.clone(), key: key(&OURS) };
        if let Some(before) = &row.before {
            client.check(before, None, Timestamp::now());
            self.server.show(before, None);
            let taken = self.ask(&subscribe).await?;
            ensure!(taken.as_ref().is_ok_and(|view| view.is_some()), "before: {taken:?}");
        }
        self.server.show(&row.after, row.spoilt);
        let answer = match row.before {
            None => self.ask(&subscribe).await?,
            Some(_) => self.ask(&PanelToBackground::Sync).await?,
        };
        let [index, urgent] = client.check(&row.after, row.spoilt, Timestamp::now());
        let opened = client.state.clone().open();
        let seen = match &answer {
            Ok(view) => {
                let view = view.as_ref().context("no subscription any more")?;
                let in_use = (view.serial, view.recalls as usize);
                (word(Some(&view.outcome)), urgent.is_some().then(|| word(Some(&view.urgent.outcome))), Some(in_use))
            }
            // Of what was never whole nothing is kept, not even what was said of its list.
            Err(outcome) => (word(Some(outcome)), None, None),
        };
        let in_use = opened.index.as_ref().map(|index| (index.serial, opened.recalls(&client.state).len()));
        let told = answer.is_ok().then(|| urgent.as_ref().map(|urgent| word(Some(urgent)))).flatten();
        let want = (word(index.as_ref()), told, in_use);
        // Forgotten before anything else is said: the next row begins with nothing.
        self.ask(&PanelToBackground::Unsubscribe { url }).await?.map(drop).ok().context("not forgotten")?;
        ensure!(seen == want, "the extension says {seen:?}, the engine {want:?}");
        Ok(())
    }

    /// What a request gave: the subscription as it stands then, or why it was refused.
    async fn ask(&self, request: &PanelToBackground) -> Result<Result<Option<SubscriptionView>, SyncOutcome>> {
        let answer = self.scene.browser.ask_background(&self.own, &to_value(request)?).await?;
        let answer: Envelope<PanelAnswer> = serde_json::from_str(answer.as_str().context("no answer")?)?;
        let view = match answer.body {
            PanelAnswer::Settings(settings) => settings.subscriptions,
            PanelAnswer::Trouble { trouble: Trouble::Refused { refusal } } => {
                return Ok(Err(SyncOutcome::Refused { refusal }));
            }
            PanelAnswer::Trouble { trouble: Trouble::Offline { why } } => return Ok(Err(SyncOutcome::Offline { why })),
            other => bail!("{other:?}"),
        };
        Ok(Ok(view.into_iter().find(|view| view.url == self.server.address())))
    }
}
