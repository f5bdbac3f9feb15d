//! Schemas as documents, and what they say of documents.

use super::schema;
use crate::kinds::KINDS;
use crate::schema::{Place, fields, find, roots};
use serde_json::{Value, json};

/// Every place that a schema can be asked for.
fn places() -> Vec<Place> {
    let roots = roots().filter_map(|name| find(name).ok());
    let mut places: Vec<Place> = roots.collect();
    for at in 0..places.len() {
        let rows = fields::rows(&places[at], 9, &[]);
        places.extend(fields::flat(&rows).iter().filter_map(|row| find(&row.path).ok()));
    }
    places
}

/// The keys of rules that are written as text are JSON, and what they refer to is there.
#[test]
fn every_schema_is_one() {
    let places = places();
    assert!(places.len() > 10 * KINDS.len());
    for place in places {
        let schema = schema(&place, Some("https://example.com/schemas/a.schema.json"));
        assert!(jsonschema::meta::is_valid(&schema), "{}", place.name);
        assert!(jsonschema::validator_for(&schema).is_ok(), "{}: {schema:#}", place.name);
    }
}

#[test]
fn rules_are_json() {
    let rules = places().into_iter().filter_map(|place| place.map()).flat_map(|map| map.rules);
    for rule in rules.filter(|rule| !rule.schema.is_empty()) {
        assert!(serde_json::from_str::<Value>(rule.schema).is_ok_and(|value| value.is_object()), "{}", rule.about);
    }
}

#[test]
fn documents_are_judged_as_by_the_daemon() {
    let option = |value: Value| json!({ "value": value, "label": { "en_US": "A" } });
    let item = |key: &str, value: Value| {
        let mut item = json!({ "type": "model-selector", "label": { "en_US": "A" } });
        item[key] = value;
        item
    };
    for (name, document, expected) in [
        ("localized-text", json!({ "en_US": "a" }), true),
        ("localized-text", json!({ "en_US": 1, "fr_FR": [] }), true),
        ("localized-text", json!({ "en_US": "" }), false),
        ("localized-text", json!({ "en_US": null }), false),
        ("localized-text", json!({ "en_US": "a", "ja_JP": null, "zh_Hans": "" }), true),
        ("localized-text", json!("a"), false),
        ("option", option(json!(0)), true),
        ("option", option(json!("")), false),
        ("option", option(json!([])), false),
        ("configuration-item", item("scope", json!("llm & nothing")), true),
        ("configuration-item", item("scope", json!("all")), false),
        ("configuration-item", item("scope", json!("")), false),
        ("configuration-item", item("scope", json!(null)), true),
        ("configuration-item", item("type", json!("text")), false),
        ("configuration-item", item("required", json!("yes")), true),
        ("configuration-item", item("required", json!("true")), false),
        ("configuration-item", item("required", json!(1)), false),
        ("configuration-item", item("default", json!([])), false),
        ("configuration-item", item("options", json!([null])), true),
        ("configuration-item", item("help", json!({})), false),
        ("manifest.resource", json!({ "memory": 1.9 }), true),
        ("manifest.resource", json!({ "memory": 0.9 }), false),
        ("manifest.resource", json!({ "memory": "1" }), false),
        ("manifest.resource.permission.storage", json!({ "enabled": false }), false),
        ("manifest.resource.permission.storage", json!({ "size": 1024.9 }), true),
        ("manifest.created_at", json!("2024-7-1"), true),
        ("manifest.created_at", json!("2024-01-01T00:00:00"), false),
        ("manifest.created_at", json!("0001-01-01"), false),
        ("endpoint-group", json!(null), true),
        ("endpoint-group", json!({ "settings": {} }), false),
        ("endpoint-group", json!({ "endpoints": [{ "path": [] }, "a.yaml"] }), true),
        ("endpoint-group", json!({ "endpoints": [{ "path": "/", "method": "NO" }] }), false),
        ("tool-provider.credentials_schema", json!({ "key": "text" }), true),
        ("tool-provider.credentials_schema", json!({ "key": {} }), false),
        ("tool-provider.tools", json!("a.yaml"), true),
        ("agent-strategy.parameters.help", json!({ "zh_Hans": "a" }), false),
        ("model.parameter_rules[]", json!({ "name": "a", "use_template": "" }), true),
        ("model.parameter_rules[]", json!({ "name": "a" }), false),
        ("model.parameter_rules[]", json!({ "name": "a", "type": "int", "label": { "ja_JP": "a" } }), true),
        ("model.parameter_rules[]", json!({ "name": "a", "use_template": "no" }), false),
        ("model.pricing", json!({ "currency": "USD", "input": "1.5", "output": {} }), true),
        ("model.pricing", json!({ "currency": "USD", "input": "" }), false),
        ("model-provider.models", json!("a"), true),
        ("model-provider.models", json!([{ "model": [] }]), false),
        ("bundle.dependencies", json!([{ "type": "github", "value": { "repo_pattern": [] } }]), false),
        ("bundle.dependencies", json!([{ "type": "other", "value": [] }]), true),
    ] {
        let place = find(name).map_err(|unknown| unknown.message());
        let valid = place.map(|place| jsonschema::is_valid(&schema(&place, None), &document));
        assert_eq!(valid, Ok(expected), "{name} {document}");
    }
}
