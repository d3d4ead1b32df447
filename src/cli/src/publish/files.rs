use anyhow::{Context, Result};
use std::io::{ErrorKind, Write as _};
use std::path::Path;

/// A file to be written, or, without bytes, to be removed.
pub(crate) type File = (String, Option<Vec<u8>>);

/// Replaces files of a folder: all of them, or, as far as the disk lets it, none. Everything is written beside the old
/// files first. The index comes last: whoever reads in between finds that signature and index do not fit, and keeps
/// what they have.
pub(crate) fn replace(folder: &Path, files: &[File]) -> Result<()> {
    let is_new = !folder.exists();
    fs_err::create_dir_all(folder)?;
    let replaced = replace_in(folder, files);
    if replaced.is_err() && is_new {
        // Only if it is empty, as it was before.
        let _ = std::fs::remove_dir(folder);
    }
    replaced
}

fn replace_in(folder: &Path, files: &[File]) -> Result<()> {
    let mut files: Vec<&File> = files.iter().collect();
    files.sort_by_key(|(name, _)| rank(name));
    let mut staged = Vec::new();
    for (name, bytes) in files {
        let path = folder.join(name);
        let before = match std::fs::read(&path) {
            Ok(before) => Some(before),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(error).with_context(|| path.display().to_string()),
        };
        if before == *bytes {
            continue;
        }
        let new = bytes.as_ref().map(|bytes| write_beside(folder, bytes)).transpose();
        staged.push((path.clone(), before, new.with_context(|| path.display().to_string())?));
    }
    let mut undo = Vec::new();
    for (path, before, new) in staged {
        let done = match new {
            Some(new) => new.persist(&path).map(drop).map_err(|error| error.error),
            None => std::fs::remove_file(&path),
        };
        if let Err(error) = done {
            for (path, before) in undo.into_iter().rev() {
                restore(folder, path, before);
            }
            return Err(error).with_context(|| format!("{}: nothing was changed", path.display()));
        }
        undo.push((path, before));
    }
    Ok(())
}

/// What is written last is what makes the rest count.
fn rank(name: &str) -> u8 {
    match name {
        "index.json" => 5,
        "index.json.minisig" => 4,
        "urgent.json" => 3,
        "urgent.json.minisig" => 2,
        "minisign.pub" | "rotations.json" => 1,
        _ => 0,
    }
}

fn write_beside(folder: &Path, bytes: &[u8]) -> Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    // A web server reads these files as another user.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// The first error is the one to be told.
fn restore(folder: &Path, path: std::path::PathBuf, before: Option<Vec<u8>>) {
    match before {
        Some(before) => {
            let _ = write_beside(folder, &before).map(|file| file.persist(&path));
        }
        None => {
            let _ = std::fs::remove_file(&path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What fails midway is undone: here a file that cannot be replaced, because its name is that of a folder.
    #[test]
    fn all_or_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("a.json"), "old").expect("written");
        std::fs::write(at("gone.json"), "old").expect("written");
        let files = |last: &str| -> Vec<File> {
            vec![
                ("a.json".into(), Some(b"new".to_vec())),
                ("b.json".into(), Some(b"new".to_vec())),
                ("gone.json".into(), None),
                (last.into(), Some(b"new".to_vec())),
            ]
        };
        // A path that is found missing, and that still cannot be written.
        let bad = format!("{}/index.json", "x".repeat(300));
        assert!(replace(folder.path(), &files(&bad)).is_err());
        let listing = || {
            let entries = std::fs::read_dir(folder.path()).expect("there");
            let mut names: Vec<_> = entries.map(|e| e.expect("readable").file_name()).collect();
            names.sort();
            names
        };
        assert_eq!(listing(), ["a.json", "gone.json"]);
        assert_eq!(std::fs::read(at("a.json")).expect("read"), b"old");

        assert!(replace(folder.path(), &files("missing/index.json")).is_err());
        assert_eq!(listing(), ["a.json", "gone.json"]);
        assert_eq!(std::fs::read(at("a.json")).expect("read"), b"old");
        assert_eq!(std::fs::read(at("gone.json")).expect("read"), b"old");

        replace(folder.path(), &files("index.json")).expect("replaced");
        assert_eq!(listing(), ["a.json", "b.json", "index.json"]);
        assert_eq!(std::fs::read(at("a.json")).expect("read"), b"new");
    }
}
