use leptos::prelude::*;
use rejoinder_wire::RiskLevel;

/// The shape of a risk: each level has its own outline, so that colour is never needed to tell them apart. Decorative:
/// the label stands beside it.
#[component]
pub(crate) fn RiskIcon(risk: RiskLevel) -> impl IntoView {
    let (outline, stroke) = match risk {
        RiskLevel::High => ("M7 2h6l5 5v6l-5 5H7l-5-5V7z", "M10 6v5M10 14v.01"),
        RiskLevel::Medium => ("M10 2.5 18.5 17h-17z", "M10 8v4M10 14.5v.01"),
        RiskLevel::Low => ("M10 2.5 17.5 10 10 17.5 2.5 10z", "M10 7v3.5M10 13v.01"),
        RiskLevel::None => ("M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15z", "M6.5 10h7"),
    };
    view! {
        <svg class="icon risk-icon" viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" focusable="false">
            <path class="outline" d=outline />
            <path class="stroke" d=stroke />
        </svg>
    }
}

/// A small picture beside a label.
#[derive(Clone, Copy)]
pub(crate) enum Sign {
    /// Done, verified.
    Check,
    /// Something to mend.
    Warning,
    /// A person.
    Person,
    /// The extension itself: a speech bubble with a reply mark.
    Bubble,
}

/// Draws a [`Sign`]. Decorative: the words stand beside it.
#[component]
pub(crate) fn Icon(sign: Sign) -> impl IntoView {
    let path = match sign {
        Sign::Check => "M4 10.5l4 4 8-9",
        Sign::Warning => "M10 3 18 17H2zM10 8v4M10 14.5v.01",
        Sign::Person => "M10 3a3.2 3.2 0 1 1 0 6.4A3.2 3.2 0 0 1 10 3zM3.5 17a6.5 6.5 0 0 1 13 0",
        Sign::Bubble => {
            "M4 3h12a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H9l-4.5 3.5V14H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM6.5 8.5l2.5 2.5 4.5-5"
        }
    };
    view! {
        <svg class="icon" viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" focusable="false">
            <path class="stroke" d=path />
        </svg>
    }
}
