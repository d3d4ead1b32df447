//! The JSON Schema of files with site adapters.

use crate::Site;
use schemars::{JsonSchema, generate::SchemaSettings};

/// What a file with site adapters holds.
#[derive(JsonSchema)]
#[expect(dead_code)]
struct Sites {
    /// The adapters.
    site: Vec<Site>,
}

/// The whole text of `rules/schema/site.json`.
///
/// # Errors
/// The schema has no JSON form (never for these types).
pub fn sites() -> Result<String, serde_json::Error> {
    let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Sites>();
    Ok(serde_json::to_string_pretty(&schema)? + "\n")
}
