//! The published JSON Schemas against the types they are made from.

use std::path::Path;

use jalons::domain::record::Record;
use schemars::Schema;

/// Compares a published schema with the types. `cargo xtask schema` sets the variable that
/// writes it instead.
fn published(name: &str, schema: &Schema) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/schema").join(name);
    let text = serde_json::to_string_pretty(schema).expect("a schema is JSON") + "\n";
    if std::env::var_os("JALONS_WRITE_SCHEMA").is_some() {
        std::fs::write(&path, &text).expect("the folder is there");
    }
    let published = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(published, text, "{name} is out of date: run `cargo xtask schema`");
}

#[test]
fn the_schema_of_conventions_is_the_types() {
    published("convention-v1.schema.json", &jalons::domain::convention::json_schema());
}

#[test]
fn the_schema_of_records_is_the_types() {
    published("record-v1.schema.json", &schemars::schema_for!(Record));
}

#[test]
fn the_schema_of_carnets_is_the_types() {
    let schema = schemars::schema_for!(jalons::codec::carnet::Envelope<Record>);
    published("carnet-v1.schema.json", &schema);
}

#[test]
fn the_schema_of_consultations_is_the_types() {
    use jalons::codec::poll_file::{BallotEnvelope, Envelope};
    use jalons::domain::consultation::Ballot;

    let schema = schemars::schema_for!(Envelope<Ballot>);
    published("consultation-v2.schema.json", &schema);
    published("ballot-v2.schema.json", &schemars::schema_for!(BallotEnvelope));
}

#[test]
fn the_embedded_file_keeps_the_published_schema() {
    let schema = serde_json::to_value(jalons::domain::convention::json_schema()).expect("JSON");
    let file = serde_json::from_str(jalons::convention::SOURCE).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let errors: Vec<_> = validator.iter_errors(&file).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn stored_records_keep_the_published_schema_and_others_do_not() {
    let schema = schemars::schema_for!(Record);
    let schema = serde_json::to_value(schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let is_valid = |text: &str| validator.is_valid(&serde_json::from_str(text).expect("JSON"));
    for record in crate::storage::examples() {
        let text = serde_json::to_string(&record).expect("JSON");
        assert!(is_valid(&text), "{text}");
    }
    assert!(!is_valid(r#"{"id":"note/1/00c0ffee00c0ffee","body":"deleted"}"#));
    assert!(!is_valid(
        r#"{"id":"ballot/1","stamp":{"edit":1,"at":0,"device":"00c0ffee00c0ffee"},"body":"deleted"}"#
    ));
}
