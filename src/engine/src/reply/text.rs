use super::placeholder::{Piece, pieces};
use crate::pack::{Card, Variant};
use rejoinder_wire::{Identity, ReplyRefusal};

/// A variant's text, filled as far as it could be.
pub(super) struct Filled {
    pub(super) text: String,
    /// What could not be filled, in order, each once.
    pub(super) unresolved: Vec<String>,
}

impl Filled {
    pub(super) fn refusal(&self) -> Option<ReplyRefusal> {
        (!self.unresolved.is_empty()).then(|| ReplyRefusal::Unresolved { names: self.unresolved.clone() })
    }
}

/// Fills the placeholders of a variant once and puts the identity block below it.
pub(super) fn fill(variant: &Variant, card: &Card, identity: &Identity) -> Filled {
    let mut filled = Filled { text: String::with_capacity(variant.text.len() + 128), unresolved: Vec::new() };
    match pieces(&variant.text) {
        Ok(pieces) => {
            for piece in pieces {
                match piece {
                    Piece::Text(text) => filled.text.push_str(text),
                    Piece::Hole(hole) => match value(hole.name, card, identity).or(hole.fallback) {
                        Some(value) => filled.text.push_str(value),
                        None => {
                            filled.text.push_str(&variant.text[hole.at]);
                            if !filled.unresolved.iter().any(|n| n == hole.name) {
                                filled.unresolved.push(hole.name.to_owned());
                            }
                        }
                    },
                }
            }
        }
        // `Pack::check` refuses such a text; should one come this way all the same, it is not inserted.
        Err(error) => {
            filled.text.push_str(&variant.text);
            filled.unresolved.push(variant.text[error.at].to_owned());
        }
    }
    filled.text.truncate(filled.text.trim_end().len());
    let block = identity.block();
    if !block.is_empty() {
        filled.text.push_str("\n\n");
        filled.text.push_str(&block);
    }
    filled
}

fn value<'a>(name: &str, card: &'a Card, identity: &'a Identity) -> Option<&'a str> {
    let value = match name {
        "first_name" => &identity.first_name,
        "last_name" => &identity.last_name,
        "role" => &identity.role,
        "organisation" => &identity.organisation,
        "site" => &identity.site,
        "source" => &card.sources.first()?.url,
        _ => return None,
    };
    Some(value.trim()).filter(|v| !v.is_empty())
}
