use rejoinder_wire::MarkNames;

/// The style sheet of one document's highlights; `None` when a name is no plain identifier, which no script of ours
/// sends, and which could smuggle a rule in.
///
/// Severity is told by the underline's style first, then by its colour; the colours keep 3:1 on white and on near
/// black, because a highlight cannot know which of them the page has behind it.
pub(crate) fn style(names: &MarkNames) -> Option<String> {
    let rules = [
        (&names.none, "text-decoration: underline dotted 1px #808080"),
        (&names.low, "text-decoration: underline dotted 2px #2f7fc1; background-color: rgb(47 127 193 / 0.10)"),
        (&names.medium, "text-decoration: underline wavy 1.5px #c2690a; background-color: rgb(194 105 10 / 0.14)"),
        (&names.high, "text-decoration: underline double 3px #d6336c; background-color: rgb(214 51 108 / 0.16)"),
        (&names.flash, "background-color: rgb(255 196 0 / 0.45)"),
    ];
    rules.iter().map(|(name, rule)| is_plain(name).then(|| format!("::highlight({name}) {{ {rule} }}\n"))).collect()
}

fn is_plain(name: &str) -> bool {
    name.len() <= 64
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(high: &str) -> MarkNames {
        MarkNames { none: "a1".into(), low: "b".into(), medium: "c".into(), high: high.into(), flash: "e".into() }
    }

    #[test]
    fn five_rules() {
        let css = style(&names("x-7_q")).unwrap();
        assert_eq!(css.lines().count(), 5);
        assert!(css.contains("::highlight(x-7_q) { text-decoration: underline double"), "{css}");
    }

    #[test]
    fn names_cannot_hold_css() {
        for bad in ["", "1a", "a b", "a) {} * { display: none } ::highlight(b", "é", &"a".repeat(65)] {
            assert_eq!(style(&names(bad)), None, "{bad}");
        }
    }
}
