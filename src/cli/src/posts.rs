//! Posts from files: a text, or JSONL with one post a line.

use rejoinder_wire::{Facts, Part, PartKind, Post};
use serde::Deserialize;
use std::fmt;
use std::io::{self, BufRead};

/// A post read from a file.
#[derive(Clone, Debug, PartialEq)]
pub struct FilePost {
    /// Line it stands on, from 1.
    pub line: usize,
    /// What the file calls it.
    pub id: Option<serde_json::Value>,
    /// The post; numbered from 0 in the order of the file.
    pub post: Post,
}

/// Why a line, or a file, is not a post.
#[derive(Debug)]
pub enum PostError {
    /// Not a post.
    Form {
        /// Line, from 1.
        line: usize,
        /// Character in the line, from 1.
        column: usize,
        /// What is wrong.
        why: String,
    },
    /// It could not be read on.
    Read(io::Error),
}

impl fmt::Display for PostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PostError::Form { line, column, why } => write!(f, "{line}:{column}: {why}"),
            PostError::Read(error) => write!(f, " {error}"),
        }
    }
}

impl std::error::Error for PostError {}

/// One line of a JSONL file.
#[derive(Deserialize)]
#[serde(expecting = "an object with a field `text`")]
struct Line {
    text: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    quote: Option<Quotes>,
    #[serde(default)]
    parent: Option<String>,
    #[serde(default)]
    root: Option<String>,
    #[serde(default)]
    facts: Option<Facts>,
    #[serde(default)]
    id: Option<serde_json::Value>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "`quote` must be a text or a list of texts")]
enum Quotes {
    One(String),
    Several(Vec<String>),
}

/// Reads a whole text as one post. `None`: there is nothing in it.
///
/// # Errors
/// It cannot be read, or is not UTF-8.
pub fn text(mut input: impl BufRead) -> Result<Option<FilePost>, PostError> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).map_err(PostError::Read)?;
    let text = utf8(bytes, 1)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).trim_end();
    Ok((!text.trim().is_empty()).then(|| FilePost { line: 1, id: None, post: Post::own(0, text) }))
}

/// Reads one post from each line: JSON with a field `text`, and if need be `title`, `quote` (a text or a list of texts
/// that others wrote, above the poster's own), `parent` and `root` (the post that it answers, the first of its
/// thread), `facts` ([`Facts`]) and `id`. Empty lines are passed over; a bad one does not stop the others.
pub fn lines(mut input: impl BufRead) -> impl Iterator<Item = Result<FilePost, PostError>> {
    let mut line = 0;
    let mut number = 0;
    let mut broken = false;
    std::iter::from_fn(move || {
        while !broken {
            let mut bytes = Vec::new();
            match input.read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(_) => line += 1,
                Err(error) => {
                    broken = true;
                    return Some(Err(PostError::Read(error)));
                }
            }
            match post(bytes, line, number) {
                Ok(None) => {}
                Ok(Some(post)) => {
                    number += 1;
                    return Some(Ok(post));
                }
                Err(error) => return Some(Err(error)),
            }
        }
        None
    })
}

fn post(bytes: Vec<u8>, line: usize, number: u32) -> Result<Option<FilePost>, PostError> {
    let text = utf8(bytes, line)?;
    let text = if line == 1 { text.strip_prefix('\u{feff}').unwrap_or(&text) } else { &text };
    if text.trim().is_empty() {
        return Ok(None);
    }
    let read: Line = serde_json::from_str(text).map_err(|error| {
        let before = text.get(..error.column().saturating_sub(1)).unwrap_or(text);
        let why = error.to_string();
        // serde_json says where itself, with a line number that is always 1 here.
        let why = why.rsplit_once(" at line ").map_or(why.as_str(), |(why, _)| why).to_owned();
        PostError::Form { line, column: before.chars().count() + 1, why }
    })?;
    let quotes = match read.quote {
        None => Vec::new(),
        Some(Quotes::One(quote)) => vec![quote],
        Some(Quotes::Several(quotes)) => quotes,
    };
    let one = |kind: PartKind, text: Option<String>| text.map(|text| Part { kind, text });
    let mut parts: Vec<Part> = one(PartKind::Root, read.root).into_iter().collect();
    parts.extend(one(PartKind::Parent, read.parent));
    parts.extend(one(PartKind::Title, read.title));
    parts.extend(quotes.into_iter().map(|text| Part { kind: PartKind::Quote, text }));
    parts.push(Part { kind: PartKind::Own, text: read.text });
    let facts = read.facts.unwrap_or_default();
    Ok(Some(FilePost { line, id: read.id, post: Post { id: number, parts, facts, ..Post::default() } }))
}

/// The text of bytes whose first line is `line`.
fn utf8(bytes: Vec<u8>, line: usize) -> Result<String, PostError> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let before = String::from_utf8_lossy(&bytes[..at]);
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        PostError::Form {
            line: line + before.matches('\n').count(),
            column: before[start..].chars().count() + 1,
            why: format!("not UTF-8 (byte 0x{:02X}); convert it first, for instance with iconv", bytes[at]),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote(text: &str) -> Part {
        Part { kind: PartKind::Quote, text: text.into() }
    }

    fn own(text: &str) -> Part {
        Part { kind: PartKind::Own, text: text.into() }
    }

    #[test]
    fn posts_are_read_from_lines() {
        let part = |kind, text: &str| Part { kind, text: text.into() };
        let cases: [(&str, Vec<Part>); 6] = [
            (
                "{\"text\":\"a\",\"title\":\"t\",\"parent\":\"p\",\"root\":\"r\",\"facts\":{\"position\":2}}",
                vec![part(PartKind::Root, "r"), part(PartKind::Parent, "p"), part(PartKind::Title, "t"), own("a")],
            ),
            ("{\"text\":\"a\"}", vec![own("a")]),
            ("\u{feff}{\"text\":\"a\",\"author\":\"x\"}\r\n", vec![own("a")]),
            ("\n  \n{\"text\":\"a\",\"quote\":\"b\"}\n\n", vec![quote("b"), own("a")]),
            ("{\"text\":\"a\",\"quote\":[\"b\",\"c\"]}", vec![quote("b"), quote("c"), own("a")]),
            ("{\"text\":\"a\",\"quote\":null}", vec![own("a")]),
        ];
        for (file, want) in cases {
            let posts: Vec<FilePost> =
                lines(file.as_bytes()).collect::<Result<_, _>>().unwrap_or_else(|e| panic!("{file}: {e}"));
            assert_eq!(posts.len(), 1, "{file}");
            assert_eq!(posts[0].post.parts, want, "{file}");
        }
        assert_eq!(lines(&b""[..]).count(), 0);
    }

    #[test]
    fn a_bad_line_is_named_and_does_not_stop_the_others() {
        let file = b"{\"text\":\"a\"}\n{\"text\":3}\n\xe9\n{\"quote\":\"x\"}\n{\"text\":\"\xc3\xa9\",\"quote\":3}\nnull\n{\n{\"text\":\"b\",\"id\":\"x\"}";
        let read: Vec<_> = lines(&file[..]).collect();
        let errors: Vec<String> = read.iter().filter_map(|r| r.as_ref().err()).map(ToString::to_string).collect();
        let posts: Vec<_> = read.iter().filter_map(|r| r.as_ref().ok()).map(|p| (p.line, p.post.id)).collect();
        assert_eq!(posts, [(1, 0), (8, 1)]);
        let want = [
            "2:9: invalid type: integer `3`, expected a string",
            "3:1: not UTF-8 (byte 0xE9); convert it first, for instance with iconv",
            "4:13: missing field `text`",
            "5:22: `quote` must be a text or a list of texts",
            "6:4: invalid type: null, expected an object with a field `text`",
            "7:1: EOF while parsing an object",
        ];
        assert_eq!(errors, want);
    }

    #[test]
    fn a_text_is_one_post() {
        let read = text(&b"\xef\xbb\xbfa\n\nb\n"[..]).expect("a post").expect("a post");
        assert_eq!(read.post, Post::own(0, "a\n\nb"));
        for empty in ["", "\n \n", "\u{feff}"] {
            assert_eq!(text(empty.as_bytes()).expect("read"), None);
        }
        let error = text(&b"caf\xc3\xa9\nd\xe9j\xe0"[..]).expect_err("Latin-1");
        assert!(error.to_string().starts_with("2:2: not UTF-8 (byte 0xE9)"), "{error}");
    }

    #[test]
    fn a_very_long_line_is_read() {
        let long = "é".repeat(1 << 20);
        let file = format!("{{\"text\":\"{long}\"}}\n");
        let posts: Vec<_> = lines(file.as_bytes()).collect::<Result<_, _>>().expect("read");
        assert_eq!(posts[0].post.parts[0].text, long);
    }
}
