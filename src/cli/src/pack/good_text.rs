//! Good texts: ordinary posts, one a line, in which no rule may find anything. `# …` is a note; `#! CLAIM: why` says of
//! the next line that people know of that hit and let it stand.

use rejoinder_engine::Engine;
use rejoinder_wire::Post;
use std::ops::Range;

/// What begins a line that knows of a hit in the next one.
const KNOWN: &str = "#!";

/// A rule that finds something where there is nothing to find, or no longer does where it was known to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// What is wrong.
    pub(super) message: String,
    /// Bytes of the file's text.
    pub(super) at: Range<usize>,
    /// Whether the pack is refused for it.
    pub(super) refused: bool,
}

/// Reads every line of a file of good texts, and says how many there are and what is wrong with them.
pub(super) fn hits(engine: &Engine, claims: &[&str], text: &str) -> (usize, Vec<Hit>) {
    let mut hits = Vec::new();
    let mut count = 0;
    let mut known: Vec<(&str, Range<usize>)> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let own = line.trim_end();
        let at = start..start + own.len();
        start += line.len();
        if let Some(note) = own.strip_prefix(KNOWN) {
            let names = note.split_once(':').map_or(note, |(names, _)| names);
            // Of the claims of other packs nothing is known here.
            known.extend(names.split(',').map(str::trim).filter(|n| claims.contains(n)).map(|n| (n, at.clone())));
            continue;
        }
        // `#ror` begins a post, `# ror` a note.
        if own.is_empty() || own == "#" || own.starts_with("# ") {
            continue;
        }
        count += 1;
        let findings = engine.read(&Post::own(0, own));
        for finding in &findings {
            if !known.iter().any(|(name, _)| *name == finding.claim) {
                let words: Vec<&str> = finding.why.words.iter().map(|word| word.text.as_str()).collect();
                let message = format!("claim `{}` is found in a good text, by {words:?}", finding.claim);
                hits.push(Hit { message, at: at.clone(), refused: true });
            }
        }
        for (name, at) in known.drain(..).filter(|(name, _)| !findings.iter().any(|f| f.claim == *name)) {
            hits.push(Hit {
                message: format!("claim `{name}` is not found in the next line any more"),
                at,
                refused: false,
            });
        }
    }
    (count, hits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rejoinder_engine::pack::{Claim, Pack};

    #[test]
    fn every_hit_is_said_at_its_line_unless_it_is_known() {
        let claim = |id: &str, rule: &str| Claim { id: id.into(), rule: rule.into(), ..Claim::default() };
        let pack = Pack { claims: vec![claim("A", "vaccin autisme"), claim("B", "ail cancer")], ..Pack::default() };
        let engine = Engine::new(&[pack]).expect("sound");
        let text = "# note\n\nBonjour\nvaccin, autisme\n#! A, C: read and let stand\nmon fils autisme vaccin\n\
                    #! B: gone\nrien\r\n#ail cancer";
        let (count, hits) = hits(&engine, &["A", "B"], text);
        let said: Vec<(&str, &str, bool)> =
            hits.iter().map(|hit| (&text[hit.at.clone()], hit.message.as_str(), hit.refused)).collect();
        assert_eq!(count, 5);
        assert_eq!(
            said,
            [
                ("vaccin, autisme", "claim `A` is found in a good text, by [\"vaccin\", \"autisme\"]", true),
                ("#! B: gone", "claim `B` is not found in the next line any more", false),
                ("#ail cancer", "claim `B` is found in a good text, by [\"ail\", \"cancer\"]", true),
            ]
        );
    }
}
