//! Generates the published JSON Schemas from the types that are stored and exported.
//!
//! The schemas of former versions are in `public/schema` too and are not generated.

use jalons::{
    codec::{
        carnet,
        poll_file::{BallotEnvelope, ConsultationEnvelope},
    },
    domain::{consultation::Ballot, convention, record::Record},
};
use schemars::{Schema, schema_for};

use crate::{Failure, Generated};

pub(crate) fn generated() -> Result<Vec<Generated>, Failure> {
    let schemas = [
        ("public/schema/convention-v1.schema.json", convention::json_schema()),
        ("public/schema/record-v1.schema.json", schema_for!(Record)),
        ("public/schema/carnet-v1.schema.json", schema_for!(carnet::CarnetEnvelope<Record>)),
        ("public/schema/consultation-v2.schema.json", schema_for!(ConsultationEnvelope<Ballot>)),
        ("public/schema/ballot-v2.schema.json", schema_for!(BallotEnvelope)),
    ];
    schemas.into_iter().map(|(path, schema)| written(path, &schema)).collect()
}

fn written(path: &'static str, schema: &Schema) -> Result<Generated, Failure> {
    let content = serde_json::to_string_pretty(schema)? + "\n";
    Ok(Generated { path, content: content.into_bytes() })
}
