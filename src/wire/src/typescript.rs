//! The TypeScript of the page side of the wire.

use crate::{
    Armed, BackgroundToPage, ComposerEvent, ComposerView, Count, CountUnit, CueScope, CueSeen, Envelope, Facts,
    Finding, FindingKind, Generation, InsertFailure, InsertReport, LinkPolicy, Mark, MarkNames, PageAnswer, PageSource,
    PageToBackground, Paging, Part, PartKind, Post, RiskLevel, Site, Sketch, SketchNode, Span, Stance, WIRE_VERSION,
    Way, Why, Word,
};
use ts_rs::{Config, TS};

/// The whole text of `extension/page/wire.ts`.
pub fn module() -> String {
    let config = Config::default();
    let mut text = String::from(
        "// Generated from src/wire by `cargo xtask types`. Do not edit: `cargo xtask test` checks that it is current.\n\n",
    );
    text.push_str(&format!("export const WIRE_VERSION = {WIRE_VERSION};\n"));
    let list = |names: &[&str]| names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    text.push_str(&format!(
        "\n/** Bounds and contents of a `Sketch`. */\nexport const SKETCH = {{\n    nodes: {},\n    depth: {},\n    text: {},\n    value: {},\n    data: {},\n    attributes: [{}],\n    skipped: [{}],\n}} as const;\n",
        Sketch::NODES,
        Sketch::DEPTH,
        Sketch::TEXT,
        Sketch::VALUE,
        Sketch::DATA,
        list(Sketch::ATTRIBUTES),
        list(Sketch::SKIPPED),
    ));
    macro_rules! declare {
        ($($type:ty),* $(,)?) => {
            $( text.push_str(&format!("\nexport {}\n", <$type as TS>::decl(&config))); )*
        };
    }
    declare!(
        Envelope<()>,
        PartKind,
        Part,
        Facts,
        Post,
        FindingKind,
        Stance,
        RiskLevel,
        Span,
        Word,
        CueScope,
        CueSeen,
        Why,
        Finding,
        Mark,
        PageSource,
        Paging,
        CountUnit,
        Count,
        LinkPolicy,
        Generation,
        Site,
        SketchNode,
        Sketch,
        Way,
        MarkNames,
        ComposerEvent,
        ComposerView,
        Armed,
        PageToBackground,
        PageAnswer,
        BackgroundToPage,
        InsertFailure,
        InsertReport,
    );
    text
}

#[cfg(test)]
mod tests {
    /// The file in the tree is what the types say.
    #[test]
    fn the_file_is_current() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../extension/page/wire.ts");
        let file = std::fs::read_to_string(path).unwrap_or_default();
        assert!(file == super::module(), "extension/page/wire.ts is not current: run `cargo xtask types`");
    }
}
