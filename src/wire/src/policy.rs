use serde::{Deserialize, Serialize};

/// What the manager's organisation has set, by the browser's managed policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyView {
    /// Settings that the manager cannot change.
    pub locked: Vec<Setting>,
    /// Addresses of the subscriptions that are set.
    pub subscriptions: Vec<String>,
    /// Sites that are set, as match patterns.
    pub sites: Vec<String>,
    /// Hosts, as match patterns, that the manager has to allow for that: no policy can.
    pub wanted: Vec<String>,
    /// Entries that were skipped, and why.
    pub problems: Vec<String>,
}

/// A setting that an organisation can lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// Name and site of the organisation, in the identity.
    Organisation,
    /// The subscriptions: those that are set, and no others.
    Subscriptions,
    /// The enabled sites: those that are set, and no others.
    Sites,
}
