use super::scene::Scene;
use anyhow::{Context as _, Result, ensure};
use rejoinder_e2e::wait::{self, Seen};

/// A page that makes life hard, and what must be found in it: claims, sorted.
struct Piece {
    file: &'static str,
    found: &'static [&'static str],
}

const AUTISM: &str = "VAX_AUTISM";
const BENIGN: &str = "MEASLES_BENIGN";

const PIECES: &[Piece] = &[
    Piece { file: "storm.html", found: &[AUTISM] },
    Piece { file: "nodes.html", found: &[AUTISM] },
    // What lies beyond the most that is read of one post is not found.
    Piece { file: "long.html", found: &[BENIGN, AUTISM] },
    Piece { file: "zalgo.html", found: &[AUTISM, AUTISM] },
    Piece { file: "contents.html", found: &[AUTISM, AUTISM] },
    // Not what stands in the closed tree.
    Piece { file: "closed.html", found: &[BENIGN, AUTISM] },
    Piece { file: "vanish.html", found: &[AUTISM] },
    Piece { file: "recycled.html", found: &[] },
    Piece { file: "tamper.html", found: &[AUTISM] },
    Piece { file: "written.html", found: &[BENIGN] },
    Piece { file: "frames.html", found: &[BENIGN, AUTISM] },
    // An adapter is for it, and finds nothing.
    Piece { file: "theme.html", found: &[AUTISM] },
    Piece { file: "strict.xhtml", found: &[AUTISM] },
];

/// In each: exactly the findings, no error of the page's, and none of the page's traps sprung.
pub(crate) async fn every_piece_is_read(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    for (i, piece) in PIECES.iter().enumerate() {
        let url = scene.page(&format!("/museum/{}", piece.file));
        if i == 0 {
            scene.open(&url).await?;
        } else {
            browser.goto(&url).await?;
        }
        read(scene, piece).await.with_context(|| piece.file.to_owned())?;
    }
    Ok(())
}

async fn read(scene: &Scene, piece: &Piece) -> Result<()> {
    let browser = &scene.browser;
    wait::until("the page to have done its worst", async || {
        let settled = browser.page("return window.settled ?? !document.querySelector('script')").await?;
        Ok(Seen::when(settled == true, settled))
    })
    .await?;
    wait::until(&format!("exactly {:?}", piece.found), async || {
        let mut now: Vec<String> = browser.findings().await?.into_iter().map(|f| f.claim).collect();
        now.sort();
        let posts = browser.posts_read().await?;
        Ok(Seen::when(posts > 0 && now == piece.found, (posts, now)))
    })
    .await?;
    let touched = browser.page("return window.touched ?? []").await?;
    ensure!(touched == serde_json::json!([]), "the page saw its own tools used: {touched}");
    Ok(())
}

/// A feed is no page: no script works in it, and the browser shows it as it is.
pub(crate) async fn what_is_no_page_is_left_alone(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.open(&scene.page("/museum/strict.xhtml")).await?;
    scene.finds(AUTISM, "asserts").await?;
    browser.goto(&scene.page("/museum/feed.xml")).await?;
    wait::until("no finding", async || {
        let now = browser.findings().await?;
        Ok(Seen::when(now.is_empty(), now))
    })
    .await
}
