//! scratch
use rejoinder_e2e::browser::*;
use rejoinder_e2e::pack::Publication;
use rejoinder_e2e::server::Server;
fn main() -> anyhow::Result<()> {
    tokio::runtime::Runtime::new()?.block_on(async {
        let p = Publication::new()?;
        let s = Server::start(Some(p.folder())).await?;
        let demo = s.url("/demo/").replace("127.0.0.1", "localhost");
        for kind in Kind::ALL {
            let b = Browser::start(kind, &Look::default()).await?;
            b.set_identity().await?;
            println!("identity");
            let r = b.subscribe(&s.subscription(), &p.fingerprint()).await;
            std::fs::write(format!("/tmp/scratch/options-{}.png", kind.name()), b.picture().await?)?;
            r?;
            println!("subscribed {:?}", s.asked());
            b.allow_hosts(&["http://localhost/*"]).await?;
            b.goto(&demo).await?;
            println!("panel: {:?}", b.open_panel().await);
            println!("{:?}", b.enable_site().await);
            println!("{:#?}", b.findings().await);
            println!("{:?}", b.painted("article").await);
            let cards = b.open_cards("VAX_AUTISM", "asserts").await?;
            println!("{cards:?}");
            println!("{}", b.preview(&cards[0]).await?);
            println!("{:?}", b.insert(&cards[0]).await?);
            println!("{}", b.value("#message").await? == b.preview(&cards[0]).await?);
            std::fs::write(format!("/tmp/scratch/page-{}.png", kind.name()), b.picture().await?)?;
            std::fs::write(format!("/tmp/scratch/panel-{}.png", kind.name()), b.panel_picture().await?)?;
            println!("{:?}", b.journal(1).await?);
            println!("{:?}", b.export_journal().await);
            b.quit().await?;
        }
        Ok(())
    })
}
