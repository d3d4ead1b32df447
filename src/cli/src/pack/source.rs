use super::literal;
use rejoinder_engine::pack::{Limits, Step};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A file of a pack's folder: its text, and where its values stand in it.
#[derive(Debug)]
pub(crate) struct Source {
    /// As shown to people.
    pub(crate) name: String,
    /// Its text; what is not UTF-8 is replaced.
    pub(crate) text: String,
    /// Where its values stand.
    root: Node,
}

/// Something wrong in the text of a file.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) message: String,
    /// Bytes of the file's text.
    pub(crate) at: Range<usize>,
}

/// Where a value stands.
#[derive(Debug, Default)]
pub(crate) struct Node {
    span: Range<usize>,
    inside: Inside,
}

#[derive(Debug, Default)]
enum Inside {
    Table(BTreeMap<String, Node>),
    Array(Vec<Node>),
    Text,
    #[default]
    Other,
}

impl From<toml::de::Error> for Fault {
    fn from(error: toml::de::Error) -> Fault {
        Fault { message: error.message().to_owned(), at: error.span().unwrap_or(0..0) }
    }
}

/// The bytes of a file.
///
/// # Errors
/// Why it cannot be read.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    let about = std::fs::metadata(path).map_err(|e| e.to_string())?;
    if !about.is_file() {
        return Err("not a file".to_owned());
    }
    if about.len() > Limits::PACK_BYTES as u64 {
        return Err(format!("{} bytes; at most {} are read", about.len(), Limits::PACK_BYTES));
    }
    std::fs::read(path).map_err(|e| e.to_string())
}

impl Source {
    /// A file's text without its values.
    ///
    /// # Errors
    /// The first byte that is not UTF-8; the source still shows where.
    pub(crate) fn new(name: String, bytes: Vec<u8>) -> (Source, Option<Fault>) {
        let (text, fault) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let message = format!("not UTF-8 (byte 0x{:02X}); save the file as UTF-8", error.as_bytes()[at]);
                let end = at + char::REPLACEMENT_CHARACTER.len_utf8();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                (text, Some(Fault { message, at: at..end }))
            }
        };
        let text = match text.strip_prefix('\u{feff}') {
            Some(text) => text.to_owned(),
            None => text,
        };
        (Source { name, text, root: Node::default() }, fault)
    }

    /// Notes where the values stand.
    pub(crate) fn note(&mut self, root: Node) {
        self.root = root;
    }

    /// Where a value stands: as much of the path as there is. `within`: bytes of the value's text.
    pub(crate) fn place(&self, path: &[Step], within: Option<&Range<usize>>) -> Range<usize> {
        let mut node = &self.root;
        for step in path {
            let next = match (step, &node.inside) {
                (Step::Field(name), Inside::Table(fields)) => fields.get(*name),
                (Step::Index(index), Inside::Array(elements)) => elements.get(*index),
                _ => None,
            };
            let Some(next) = next else { return self.head(node) };
            node = next;
        }
        match (within, &node.inside) {
            (Some(within), Inside::Text) => {
                let part = literal::place(&self.text[node.span.clone()], within);
                node.span.start + part.start..node.span.start + part.end
            }
            _ => self.head(node),
        }
    }

    /// What shows a value without showing all of it: its first line.
    fn head(&self, node: &Node) -> Range<usize> {
        let line = self.text[node.span.clone()].find('\n').unwrap_or(node.span.len());
        node.span.start..node.span.start + line
    }
}

impl Node {
    /// Of a whole file.
    pub(crate) fn of(root: &Spanned<DeTable<'_>>) -> Node {
        Node { span: root.span(), inside: Inside::table(root.get_ref()) }
    }

    fn new(value: &Spanned<DeValue<'_>>) -> Node {
        let inside = match value.get_ref() {
            DeValue::Table(table) => Inside::table(table),
            DeValue::Array(array) => Inside::Array(array.iter().map(Node::new).collect()),
            DeValue::String(_) => Inside::Text,
            _ => Inside::Other,
        };
        Node { span: value.span(), inside }
    }
}

impl Inside {
    fn table(table: &DeTable<'_>) -> Inside {
        Inside::Table(table.iter().map(|(key, value)| (key.get_ref().to_string(), Node::new(value))).collect())
    }
}

/// A path without the detours of `..`, as far as that can be told without asking the disk.
pub(crate) fn shown(path: &Path) -> String {
    let mut clean = PathBuf::new();
    for component in path.components() {
        match (component, clean.components().next_back()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                clean.pop();
            }
            (component, _) => clean.push(component),
        }
    }
    clean.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_without_detours() {
        let cases = [
            ("a/b/../../c.toml", "c.toml"),
            ("./a/./b.toml", "a/b.toml"),
            ("../a/../../b.toml", "../../b.toml"),
            ("/a/../../b", "/../b"),
        ];
        for (path, want) in cases {
            assert_eq!(shown(Path::new(path)), want);
        }
    }
}
