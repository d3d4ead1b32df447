use std::fmt;
use std::ops::Range;
use thiserror::Error;

/// One step into a pack document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A field, as written (`claim`, `rule`).
    Field(&'static str),
    /// An element of a list, from 0.
    Index(usize),
}

/// Where in a pack document: `claim[3].rule`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path(pub Vec<Step>);

impl Path {
    /// This path and one field more.
    #[must_use]
    pub fn field(&self, name: &'static str) -> Path {
        let mut steps = self.0.clone();
        steps.push(Step::Field(name));
        Path(steps)
    }

    /// This path and one list position more.
    #[must_use]
    pub fn index(&self, index: usize) -> Path {
        let mut steps = self.0.clone();
        steps.push(Step::Index(index));
        Path(steps)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            match step {
                Step::Field(name) if i == 0 => write!(f, "{name}")?,
                Step::Field(name) => write!(f, ".{name}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// What is wrong with a pack, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackError {
    /// The value that is wrong; empty: the whole document.
    pub path: Path,
    /// Bytes within the value, when it is a text of which a part is wrong (a query).
    pub within: Option<Range<usize>>,
    /// What is wrong.
    pub kind: PackErrorKind,
}

impl PackError {
    /// An error of the whole document.
    pub fn whole(kind: PackErrorKind) -> Self {
        PackError { path: Path::default(), within: None, kind }
    }

    /// An error of one value.
    pub fn at(path: Path, kind: PackErrorKind) -> Self {
        PackError { path, within: None, kind }
    }
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.0.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "{}", self.kind)
    }
}

impl std::error::Error for PackError {}

/// The ways in which a pack can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PackErrorKind {
    /// Larger than [`super::Limits::PACK_BYTES`].
    #[error("{bytes} bytes; at most {limit} are read")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The bound.
        limit: usize,
    },
    /// Not JSON, or not of a pack's form.
    #[error("{0}")]
    Json(String),
    /// Of a schema that this version does not read.
    #[error("schema {0} is not known; this version reads schema {schema}", schema = super::SCHEMA)]
    Schema(u32),
    /// A text that must not be empty is.
    #[error("must not be empty")]
    Empty,
    /// Too many elements or characters.
    #[error("{have} {what}; at most {limit} are allowed")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there are.
        have: usize,
        /// The bound.
        limit: usize,
    },
    /// An id that stands twice.
    #[error("`{0}` is already the id of another one")]
    Duplicate(String),
    /// An id with characters other than letters, digits, `-`, `_`, `.`, `/`.
    #[error("`{0}` is not an id: letters, digits, `-`, `_`, `.` and `/` only")]
    BadId(String),
    /// A reference to something that is not in the pack.
    #[error("no {what} `{id}` in this pack")]
    Missing {
        /// What is referred to.
        what: &'static str,
        /// By which id.
        id: String,
    },
    /// Not a semantic version.
    #[error("`{0}` is not a semantic version (MAJOR.MINOR.PATCH)")]
    Version(String),
    /// Not a date.
    #[error("`{0}` is not a date (YYYY-MM-DD)")]
    Date(String),
    /// Out of range.
    #[error("{have} is not between {min} and {max}")]
    Range {
        /// The value.
        have: u64,
        /// Least.
        min: u64,
        /// Most.
        max: u64,
    },
    /// A query that cannot be used.
    #[error("{0}")]
    Query(String),
    /// A placeholder, question or free zone that is not closed, or means nothing.
    #[error("{0}")]
    Mark(String),
    /// A regular expression for the address of a thread that cannot be used.
    #[error("{0}")]
    Thread(String),
    /// A selector is empty or too long.
    #[error("not a usable selector")]
    Selector,
    /// A text that is not CSS for elements.
    #[error("not a selector: {0}")]
    NoSelector(String),
    /// An address pattern that is none, or more than one of hosts.
    #[error("not a match pattern of a host (`*://forum.example/*` or `*://*.forum.example/*`)")]
    Pattern,
    /// A card names a helpline that answers none of those whom the card is for.
    #[error("helpline `{id}` answers in {there} only, and this card is for {here}")]
    Elsewhere {
        /// The helpline.
        id: String,
        /// Where it answers.
        there: String,
        /// Where the card holds.
        here: String,
    },
    /// A card names helplines, and for some of its readers none that answers.
    #[error("this card is for {0} too, and names no helpline that answers there")]
    Unserved(String),
    /// A card names a helpline that has ended.
    #[error("helpline `{0}` does not answer any more")]
    Ended(String),
    /// One of the pack's own tests fails.
    #[error("{0}")]
    Test(String),
}
