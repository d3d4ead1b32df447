use crate::{anchor::anchor, draft::Shown, messages};
use leptos::prelude::*;
use rejoinder_wire::{PieceKind, VariantView};

/// A run of a text as it would be inserted.
#[derive(Clone, Debug, PartialEq)]
struct Run {
    text: String,
    part: Part,
}

/// What a run is of.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Piece(PieceKind),
    /// The identity block, and the blank lines above it.
    Signature,
    /// It cannot be told.
    Plain,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Part::Piece(PieceKind::Locked) => "locked",
            Part::Piece(PieceKind::Free) => "free",
            Part::Piece(PieceKind::Answer) => "answer",
            Part::Signature => "signature",
            Part::Plain => "plain",
        }
    }

    fn is_open(self) -> bool {
        matches!(self, Part::Piece(PieceKind::Free | PieceKind::Answer))
    }
}

/// Cuts a text by its pieces. The runs joined are always the text: it is what goes in, whatever the pieces say.
fn runs(variant: &VariantView) -> Vec<Run> {
    let mut rest = variant.text.as_str();
    let mut runs = Vec::new();
    for piece in &variant.pieces {
        let Some(after) = rest.strip_prefix(piece.text.as_str()) else {
            return vec![Run { text: variant.text.clone(), part: Part::Plain }];
        };
        runs.push(Run { text: piece.text.clone(), part: Part::Piece(piece.kind) });
        rest = after;
    }
    let part = if rest.trim() == variant.signature.trim() { Part::Signature } else { Part::Plain };
    runs.push(Run { text: rest.to_owned(), part });
    runs.retain(|run| !run.text.is_empty());
    runs
}

/// The words without the identity block.
pub(crate) fn words(variant: &VariantView) -> String {
    variant.pieces.iter().map(|piece| piece.text.as_str()).collect()
}

/// The text as it would be inserted. What may be adapted is underlined, what was validated has a sign before it; both are
/// drawn by the style sheet, so that the element holds the text and nothing else.
#[component]
pub(crate) fn Preview(shown: Memo<Shown>) -> impl IntoView {
    let caption = anchor("preview");
    let runs = Memo::new(move |_| shown.with(|shown| shown.variant().map(runs)));
    let any = move |of: fn(Part) -> bool| {
        Memo::new(move |_| runs.with(|runs| runs.as_ref().is_some_and(|runs| runs.iter().any(|run| of(run.part)))))
    };
    let open = any(Part::is_open);
    let locked = any(|part| part == Part::Piece(PieceKind::Locked));
    // Where nothing may be adapted, there is nothing to tell apart.
    let mixed = move || open.get() && locked.get();
    let drawn = move || {
        let runs = runs.get()?;
        let spoken = messages::PIECE_OPEN.text();
        let run = |run: Run| {
            let spoken = run.part.is_open().then(|| spoken.clone());
            view! { <span class=format!("piece {}", run.part.name()) data-spoken=spoken>{run.text}</span> }
        };
        Some(runs.into_iter().map(run).collect_view())
    };
    view! {
        <p class="caption" id=caption.clone()>{messages::PREVIEW.text()}</p>
        <Show when=move || open.get()>
            <p class="facts">
                {messages::PREVIEW_OPEN.text()} " "
                {move || mixed().then(|| messages::PREVIEW_LOCKED.text())}
            </p>
        </Show>
        <div
            class="preview"
            class:mixed=mixed
            data-testid="preview"
            role="group"
            aria-labelledby=caption
            aria-busy=move || shown.with(|shown| *shown == Shown::Pending).to_string()
            tabindex="0"
        >
            {drawn}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::tests::variant;
    use rejoinder_wire::Piece;

    /// Every run behind the first letter of what it is of.
    fn drawn(text: &str, pieces: &[(&str, PieceKind)], signature: &str) -> String {
        let pieces = pieces.iter().map(|(text, kind)| Piece { text: (*text).into(), kind: *kind }).collect();
        let view = VariantView { text: text.into(), pieces, signature: signature.into(), ..variant("a", &[]) };
        let runs = runs(&view);
        assert_eq!(runs.iter().map(|run| run.text.as_str()).collect::<String>(), text, "the text is kept whole");
        runs.iter().map(|run| format!("{}[{}]", &run.part.name()[..1], run.text)).collect()
    }

    #[test]
    fn a_text_is_cut_by_its_pieces_and_never_changed() {
        use PieceKind::{Answer, Free, Locked};
        let pieces: &[(&str, PieceKind)] = &[("Bonjour ", Free), ("Léa", Answer), (", ", Free), ("un fait.", Locked)];
        for (text, pieces, signature, want) in [
            ("Bonjour Léa, un fait.\n\nClaire", pieces, "Claire", "f[Bonjour ]a[Léa]f[, ]l[un fait.]s[\n\nClaire]"),
            ("Bonjour Léa, un fait.", pieces, "", "f[Bonjour ]a[Léa]f[, ]l[un fait.]"),
            ("Bonjour Léa, un fait.\n\nAutre", pieces, "Claire", "f[Bonjour ]a[Léa]f[, ]l[un fait.]p[\n\nAutre]"),
            ("Tout autre chose", pieces, "Claire", "p[Tout autre chose]"),
            ("Claire", &[], "Claire", "s[Claire]"),
            ("", &[], "", ""),
            ("un fait.", &[("", Free), ("un fait.", Locked)], "", "l[un fait.]"),
        ] {
            assert_eq!(drawn(text, pieces, signature), want, "{text:?}");
        }
    }
}
