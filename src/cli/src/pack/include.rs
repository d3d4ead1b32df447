use glob::{MatchOptions, Pattern, glob_with};
use std::path::{Path, PathBuf};

/// The files that a pattern of `include` names, sorted.
///
/// # Errors
/// Why the pattern names none.
pub(super) fn files(folder: &Path, pattern: &str) -> Result<Vec<PathBuf>, String> {
    if Path::new(pattern).is_absolute() {
        return Err("patterns are relative to the pack's folder".to_owned());
    }
    let options =
        MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };
    let folder = Pattern::escape(&folder.to_string_lossy());
    let paths = glob_with(&format!("{folder}/{pattern}"), options).map_err(|e| e.msg.to_owned())?;
    let mut files = paths.collect::<Result<Vec<_>, _>>().map_err(|e| e.to_string())?;
    files.sort();
    if files.is_empty() {
        return Err("no such file".to_owned());
    }
    Ok(files)
}
