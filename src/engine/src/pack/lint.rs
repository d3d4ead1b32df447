use super::{Pack, PackError, PackErrorKind, Path};
use crate::query::{lint, lint_words};
use crate::reply::lint_marks;

impl Pack {
    /// What is allowed in its queries, words and texts, and is likely not what was meant, each at its place. A pack that
    /// [`Pack::check`] refuses may have more.
    pub fn lints(&self) -> Vec<PackError> {
        let mut out = Vec::new();
        for (i, claim) in self.claims.iter().enumerate() {
            let path = Path::default().field("claim").index(i).field("rule");
            for found in lint(&claim.rule) {
                let kind = PackErrorKind::Query(found.message);
                out.push(PackError { path: path.clone(), within: Some(found.at), kind });
            }
        }
        for (i, lexicon) in self.lexicons.iter().enumerate() {
            let path = Path::default().field("lexicon").index(i).field("words");
            for (w, word) in lexicon.words.iter().enumerate() {
                if let Some(found) = lint_words(word) {
                    let kind = PackErrorKind::Query(found.message);
                    out.push(PackError { path: path.index(w), within: Some(found.at), kind });
                }
            }
        }
        for (i, card) in self.cards.iter().enumerate() {
            let path = Path::default().field("card").index(i).field("variant");
            for (v, variant) in card.variants.iter().enumerate() {
                let at = path.index(v).field("text");
                let found = lint_marks(&variant.text).into_iter();
                out.extend(found.map(|(within, why)| PackError {
                    path: at.clone(),
                    within: Some(within),
                    kind: PackErrorKind::Mark(why.to_owned()),
                }));
            }
        }
        out
    }
}
