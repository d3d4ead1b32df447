//! The packs that a command reads posts with.

use super::output::problems;
use anyhow::{Context, bail};
use rejoinder_cli::pack::{Authored, MANIFEST};
use rejoinder_engine::pack::Pack;
use std::path::{Path, PathBuf};

/// The packs of some paths; `None` when one has errors, which are said.
pub(super) fn read(paths: &[PathBuf]) -> anyhow::Result<Option<Vec<Pack>>> {
    let mut packs = Vec::new();
    let mut sound = true;
    for path in paths {
        let shown = path.display();
        if path.is_dir() {
            let authored = Authored::read(path);
            sound &= problems(&authored);
            packs.push(authored.pack().clone());
        } else {
            let bytes = std::fs::read(path).with_context(|| shown.to_string())?;
            match Pack::from_json(&bytes) {
                Ok(pack) => packs.push(pack),
                Err(error) => bail!("{shown}: {error}"),
            }
        }
    }
    Ok(sound.then_some(packs))
}

/// The folders of the packs that stand in `rules/packs`, of this folder or one above it, else above this program.
///
/// # Errors
/// There are none.
pub(super) fn nearby() -> anyhow::Result<Vec<PathBuf>> {
    let program = std::env::current_exe().ok();
    let starts = [std::env::current_dir().ok(), program];
    let folder = starts.iter().flatten().flat_map(|start| start.ancestors()).map(|up| up.join("rules/packs"));
    let Some(folder) = folder.into_iter().find(|folder| folder.is_dir()) else {
        bail!("no `rules/packs` here or above: name packs with --pack");
    };
    let mut packs: Vec<PathBuf> = fs_err::read_dir(&folder)?
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.join(MANIFEST).is_file())
        .collect();
    packs.sort();
    if packs.is_empty() {
        bail!("{} holds no pack", Path::new(&folder).display());
    }
    Ok(packs)
}
