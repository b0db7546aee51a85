//! The JSON Schemas against files that must conform to them.

use jalons::domain::record::Record;

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
