use crate::messages::{self, Message};
use rejoinder_wire::RiskLevel;

/// The risk as data, for attributes and exports.
pub(crate) fn name(risk: RiskLevel) -> &'static str {
    match risk {
        RiskLevel::None => "none",
        RiskLevel::Low => "low",
        RiskLevel::Medium => "medium",
        RiskLevel::High => "high",
    }
}

/// The risk in words.
pub(crate) fn label(risk: RiskLevel) -> Message {
    match risk {
        RiskLevel::None => messages::RISK_NONE,
        RiskLevel::Low => messages::RISK_LOW,
        RiskLevel::Medium => messages::RISK_MEDIUM,
        RiskLevel::High => messages::RISK_HIGH,
    }
}
