use super::Source;
use crate::sha256::sha256;
use rejoinder_engine::trust::{Answer, Request};
use rejoinder_wire::SyncRefusal;
use std::collections::BTreeMap;
use std::io::{ErrorKind, Read as _};
use std::path::{Component, Path, PathBuf};
use url::Url;

/// A published folder, as a good static server would serve it; with what is about to be written over it.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    over: BTreeMap<String, Option<Vec<u8>>>,
}

impl Folder {
    /// A folder as it is.
    pub fn new(path: &Path) -> Folder {
        Folder { path: path.to_owned(), over: BTreeMap::new() }
    }

    /// A folder as it will be with other files in it; `None`: it will not be there.
    pub fn with(path: &Path, files: &[(String, Option<Vec<u8>>)]) -> Folder {
        Folder { path: path.to_owned(), over: files.iter().cloned().collect() }
    }

    fn read(&self, request: &Request) -> Result<Answer, SyncRefusal> {
        let name = name(request)?;
        let bytes = match self.over.get(&name) {
            Some(Some(bytes)) => bytes.clone(),
            Some(None) => return Ok(Answer::Missing),
            None => {
                let mut bytes = Vec::new();
                let file = std::fs::File::open(self.path.join(&name));
                // One byte more than the limit tells that there is more.
                match file.and_then(|file| file.take(request.limit + 1).read_to_end(&mut bytes)) {
                    Ok(_) => bytes,
                    Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Answer::Missing),
                    Err(error) => return Ok(Answer::Unreached { why: format!("{name}: {error}") }),
                }
            }
        };
        if bytes.len() as u64 > request.limit {
            return Err(SyncRefusal::TooLarge { limit: request.limit });
        }
        let etag = Some(format!("\"{}\"", sha256(&bytes)));
        Ok(if request.etag == etag { Answer::Unchanged } else { Answer::Body { bytes, etag } })
    }
}

impl Source for Folder {
    fn get(&self, request: &Request) -> Answer {
        self.read(request).unwrap_or_else(Answer::Refused)
    }
}

/// Its name in the folder. An index may name any address: it is read as on a server, of which the folder is the root.
fn name(request: &Request) -> Result<String, SyncRefusal> {
    let malformed = |why: String| SyncRefusal::Malformed { why };
    let root = Url::parse("https://folder.invalid/index.json").map_err(|e| malformed(e.to_string()))?;
    let address = request.address(&root)?;
    let name = address.path().trim_start_matches('/').to_owned();
    // On Windows a server's path could name a drive.
    if Path::new(&name).components().all(|part| matches!(part, Component::Normal(_))) && !name.contains('\\') {
        Ok(name)
    } else {
        Err(malformed(format!("`{}` is not a file of the folder", request.name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rejoinder_engine::trust::File;

    #[test]
    fn what_an_index_names_stays_in_the_folder() {
        let root = tempfile::tempdir().expect("a folder");
        let inside = root.path().join("public");
        std::fs::create_dir(&inside).expect("a folder");
        std::fs::write(root.path().join("secret"), "s").expect("written");
        std::fs::write(inside.join("p.json"), "{}").expect("written");
        let folder = Folder::new(&inside);
        let get = |name: &str| folder.get(&Request { file: File::Pack, name: name.into(), limit: 9, etag: None });
        for name in ["p.json", "/p.json", "./p.json", "../p.json"] {
            assert!(matches!(get(name), Answer::Body { bytes, .. } if bytes == b"{}"), "{name}");
        }
        for name in ["../secret", "/../secret", "%2e%2e/secret", "secret", "a/../../secret"] {
            assert_eq!(get(name), Answer::Missing, "{name}");
        }
        for name in ["https://evil.invalid/p.json", "//evil.invalid/p.json", "file:///etc/hosts"] {
            assert!(matches!(get(name), Answer::Refused(SyncRefusal::Malformed { .. })), "{name}");
        }
    }
}
