use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Version of the messages; raised when a message changes shape. A page that was open while the extension was
/// updated still speaks the older one and is told so instead of being misread.
pub const WIRE_VERSION: u32 = 4;

/// What every message travels in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Envelope<T> {
    /// [`WIRE_VERSION`] of the sender.
    pub wire: u32,
    /// The message.
    pub body: T,
}

/// Why a message could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WireError {
    /// The sender speaks another version: its page must be reloaded.
    Version {
        /// The version it speaks.
        theirs: u32,
    },
    /// Not a message of this channel; the text says what and where.
    Malformed(String),
}

impl std::fmt::Display for WireError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            WireError::Version { theirs } => write!(f, "message of wire version {theirs}, this is {WIRE_VERSION}"),
            WireError::Malformed(why) => write!(f, "malformed message: {why}"),
        }
    }
}

impl std::error::Error for WireError {}

impl<T> Envelope<T> {
    /// Wraps a message of this version.
    pub fn new(body: T) -> Self {
        Envelope { wire: WIRE_VERSION, body }
    }
}

impl<T: Serialize> Envelope<T> {
    /// The JSON string that is sent.
    ///
    /// # Errors
    /// [`WireError::Malformed`] if the message has no JSON form (never for the types of this crate).
    pub fn to_json(&self) -> Result<String, WireError> {
        serde_json::to_string(self).map_err(|e| WireError::Malformed(e.to_string()))
    }
}

impl<T: DeserializeOwned> Envelope<T> {
    /// Reads a received string.
    ///
    /// # Errors
    /// [`WireError::Version`] before anything else is looked at, else [`WireError::Malformed`].
    pub fn read(json: &str) -> Result<T, WireError> {
        #[derive(Deserialize)]
        struct Version {
            wire: u32,
        }
        let Version { wire } = serde_json::from_str(json).map_err(|e| WireError::Malformed(e.to_string()))?;
        if wire != WIRE_VERSION {
            return Err(WireError::Version { theirs: wire });
        }
        serde_json::from_str::<Envelope<T>>(json).map(|e| e.body).map_err(|e| WireError::Malformed(e.to_string()))
    }
}
