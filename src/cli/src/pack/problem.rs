use super::source::Source;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::ops::Range;

/// How grave a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Severity {
    /// The pack is refused.
    Error,
    /// The pack can be used; something in it probably is not meant so.
    Warning,
}

/// Something wrong with a pack's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) severity: Severity,
    pub(crate) message: String,
    pub(crate) place: Place,
    /// What to do about it.
    pub(crate) help: Option<String>,
}

/// Where a problem is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In a file that could be read: its index, and bytes of its text.
    Text(usize, Range<usize>),
    /// A file or folder.
    File(String),
}

impl Problem {
    pub(crate) fn error(message: impl Into<String>, place: Place) -> Problem {
        Problem { severity: Severity::Error, message: message.into(), place, help: None }
    }

    pub(crate) fn warning(message: impl Into<String>, place: Place) -> Problem {
        Problem { severity: Severity::Warning, message: message.into(), place, help: None }
    }

    pub(crate) fn help(mut self, help: Option<impl Into<String>>) -> Problem {
        self.help = help.map(Into::into);
        self
    }

    /// The problem as people read it: what, file, line, column, the line itself and what to do.
    pub(crate) fn render(&self, sources: &[Source], renderer: &Renderer) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let group = Group::with_title(level.primary_title(&self.message));
        let mut group = match &self.place {
            Place::Text(file, at) => {
                let source = &sources[*file];
                let end = at.end.min(source.text.len());
                let annotation = AnnotationKind::Primary.span(at.start.min(end)..end);
                group.element(Snippet::source(&source.text).path(&source.name).annotation(annotation))
            }
            Place::File(name) => group.element(Origin::path(name)),
        };
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help));
        }
        renderer.render(&[group])
    }
}
