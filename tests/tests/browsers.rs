//! scratch
use rejoinder_e2e::browser::*;
use rejoinder_e2e::forums::*;
fn main() -> anyhow::Result<()> {
    tokio::runtime::Runtime::new()?.block_on(async {
        for s in [&FlaskBb as &dyn Software, &Spirit, &Isso] {
            let t = std::time::Instant::now();
            let forum = Forum::start(s).await?;
            println!("{} {} {:?}", s.name(), forum.thread, t.elapsed());
            for kind in Kind::ALL {
                let t = std::time::Instant::now();
                let b = Browser::start(kind, &Look::default()).await?;
                println!("  {} installed {} {:?}", kind.name(), b.extension, t.elapsed());
                forum.enter(&b).await?;
                std::fs::write(format!("/tmp/scratch/{}-{}.png", s.name(), kind.name()), b.picture().await?)?;
                println!("  entered {:?}", t.elapsed());
                if s.name() == "isso" {
                    println!("panel: {:?}", b.open_panel().await);
                    std::fs::write(format!("/tmp/scratch/panel-{}.png", kind.name()), b.panel_picture().await?)?;
                    println!("  runs {}", b.background_runs().await?);
                    b.stop_background().await?;
                    println!("  runs {}", b.background_runs().await?);
                }
                b.quit().await?;
            }
            println!("{:?}", forum.stored()?.len());
        }
        Ok(())
    })
}
