//! Words by which software names the parts of its pages, in classes and ids.

use regex::Regex;
use std::sync::LazyLock;

/// A part of a page as its name tells.
pub(super) struct Naming(LazyLock<Option<Regex>>);

impl Naming {
    /// Whether a class attribute or an id names such a part.
    pub(super) fn names(&self, text: &str) -> bool {
        self.0.as_ref().is_some_and(|pattern| pattern.is_match(text))
    }
}

macro_rules! naming {
    ($($(#[$doc:meta])* $name:ident $pattern:literal)*) => {
        $($(#[$doc])* pub(super) static $name: Naming = Naming(LazyLock::new(|| Regex::new($pattern).ok()));)*
    };
}

naming! {
    /// Anything about posts.
    POST r"(?i)(^|[^a-z])(posts?|comments?|messages?|msg|reply|replies|answers?|reviews?|avis|reponses?|commentaires?|thread|topic|forum)|(Post|Comment|Message|Reply|Answer|Review)"
    /// A contribution for certain: articles, too, are posts to some software.
    REPLY r"(?i)(^|[^a-z])(comments?|messages?|msg|reply|replies|answers?|reviews?|avis|reponses?|commentaires?)|(Comment|Message|Reply|Answer|Review)"
    /// A comment on something.
    COMMENT r"(?i)comment"
    /// A post that begins a discussion.
    OPENING r"(?i)(^|[^a-z])(posts?|messages?|msg|question|first|initial|original|opening|starter|op|discussion|entry|body|content|article|sujet)([^a-z]|$)|(Post|Message|Question|Body|Content)"
    /// What comments are on.
    ARTICLE r"(?i)(^|[^a-z])(article|entry|story|blog|hentry|news)([^a-z]|$)"
    /// A discussion.
    THREAD r"(?i)(^|[^a-z])(threads?|topics?|forums?|discussions?|questions?|sujets?|messages?|bbp)|(Thread|Topic|Forum|Discussion|Question)"
    /// One class, or an id, of what is no text of a post, whatever stands in it.
    ASIDE r"(?i)^(\S*signature\S*|sig|sidebar|aside|(page|site|main)?-?footer|nav|navbar|navigation|menu|breadcrumbs?|\S*cookie\S*|\S*consent\S*|pagination|pager|sr-only|visually-hidden|screen-reader-text|(post)?-?profile|(user|author|member)[_-]?(info|details|card|stats))$"
}
