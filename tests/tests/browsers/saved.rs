use super::scene::{Scene, same};
use anyhow::{Context as _, Result};
use rejoinder_cli::page::{Expected, PageScore, Ways, expectation, files};
use rejoinder_e2e::saved::Reader;
use rejoinder_e2e::{paths, sites};

/// Read in saved pages only: where scripts run, its posts are no part of the document.
const WITHOUT_SCRIPTS: &str = "flarum-no-script";

/// Each page in the structure of a site is read by the adapter of that site, in the browser as without one: every post,
/// word for word, and nothing else.
pub(crate) async fn every_adapter_reads_its_page(scene: &Scene) -> Result<()> {
    let sites = sites::all()?;
    let reader = Reader::new(&scene.browser, &scene.pages)?;
    let mut wrong = Vec::new();
    for path in files(&paths::root().join("tests/sites"))? {
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        if name == WITHOUT_SCRIPTS {
            continue;
        }
        let expected: Vec<Expected> = serde_json::from_slice(&fs_err::read(expectation(&path))?)?;
        let read = reader.read(&path, &sites, Ways::Any).await.with_context(|| name.clone())?;
        let score = PageScore::of(&name, read.way, &read.posts, &expected);
        if read.by != name || !score.is_perfect() || score.exact != score.expected {
            wrong.push(format!("{name} read by {}: {score:#?}", read.by));
        }
    }
    same("pages read otherwise", &wrong, &Vec::new())
}
