//! What is said of how well the posts of pages were found, and which pages those are.

use super::{PageScore, Totals};
use crate::terminal::{plain, table};
use anyhow::bail;
use std::path::{Path, PathBuf};

/// Characters of a text that are shown of it.
const SHOWN: usize = 90;

/// The pages of a folder that have an expectation, or the one page.
///
/// # Errors
/// The folder cannot be read, or holds none.
pub fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if folder.is_file() {
        return Ok(vec![folder.to_owned()]);
    }
    let entries = fs_err::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut pages: Vec<PathBuf> = entries
        .into_iter()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "html") && expectation(path).is_file())
        .collect();
    pages.sort();
    if pages.is_empty() {
        bail!("{}: no NAME.html with a NAME.expected.json beside it", folder.display());
    }
    Ok(pages)
}

/// The file that says which posts a page has.
pub fn expectation(page: &Path) -> PathBuf {
    page.with_extension("expected.json")
}

/// What was missed in a page and what was wrong, for people.
pub fn wrong(score: &PageScore, by: &str) -> String {
    let cut = |text: &str| plain(text).chars().take(SHOWN).collect::<String>();
    let missing = score.missing.iter().map(|text| format!("  missed  {}\n", cut(text)));
    let wrong = score.wrong.iter().map(|text| format!("  wrong   {}\n", cut(text)));
    let lines: String = missing.chain(wrong).collect();
    let exact = if score.exact < score.right {
        format!("  {} with other quotations or not word for word\n", score.right - score.exact)
    } else {
        String::new()
    };
    format!("{} by {by}\n{lines}{exact}", score.name)
}

/// The figures of all pages, for people.
pub fn report(scores: &[PageScore], totals: &Totals) -> String {
    let mut rows = table(&["PAGE", "WAY", "EXPECTED", "FOUND", "RIGHT", "EXACT", "P", "R", "F1"]);
    for page in scores {
        let score = page.score();
        let way = page.way.map_or("none".to_owned(), |way| format!("{way:?}").to_lowercase());
        let counts = [page.expected, page.found, page.right, page.exact].map(|n| n.to_string());
        let shares = [score.p, score.r, score.f1].map(|share| format!("{share:.3}"));
        rows.add_row([vec![page.name.clone(), way], counts.to_vec(), shares.to_vec()].concat());
    }
    let posts = totals.posts;
    format!(
        "{}\n{} pages: P {:.3}  R {:.3}  F1 {:.3}; mean of the pages' F1 {:.3}; {:.1} % of the pages perfect; {:.1} % of the posts exact\n",
        rows.trim_fmt(),
        totals.pages,
        posts.p,
        posts.r,
        posts.f1,
        totals.mean_page_f1,
        100.0 * totals.perfect_pages,
        100.0 * totals.exact,
    )
}
