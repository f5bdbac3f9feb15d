//! What a schema and a document come to, in messages.

use super::*;
use crate::config;
use crate::source::Source;
use crate::yaml;

fn kinds(schema: &str) -> UserKinds {
    let file = |path: &str, text: &str| Source { path: path.to_string(), text: text.into(), invalid: None };
    let settings = file("book.toml", "[kinds.k]\nschema = 'k.json'\n");
    let sources = Sources::new([settings, file("k.json", schema), file("README.md", "")], BTreeMap::new());
    compile(&sources, &config::resolve(&sources))
}

fn messages(kinds: &UserKinds, text: &str) -> Vec<String> {
    let faults = kinds.get("k").unwrap().check("k", &yaml::parse(text), &Options::default());
    faults.into_iter().map(|fault| fault.message).collect()
}

/// `a0` refers to `a1`, and so on; the last is text.
fn chain(length: usize) -> String {
    let links: String = (0..length).map(|i| format!("\"a{i}\":{{\"$ref\":\"#/$defs/a{}\"}},", i + 1)).collect();
    format!("{{\"$ref\":\"#/$defs/a0\",\"$defs\":{{{links}\"a{length}\":{{\"type\":\"string\"}}}}}}")
}

#[test]
fn long_ways_are_refused_and_usual_ones_are_not() {
    let usual = kinds(&chain(390));
    assert_eq!(messages(&usual, "1"), ["`k` takes text, and this is a number"]);
    assert_eq!(messages(&kinds(&chain(1_900)), "1"), ["the schema of `k` would take too long on this document"]);
    for length in [3_000, 50_000] {
        assert_eq!(kinds(&chain(length)).problems.len(), 1);
    }
}

/// A grammar of many parts, each of which may hold any of them.
#[test]
fn many_parts_that_hold_each_other_are_usual() {
    let refs: Vec<String> = (0..300).map(|i| format!("{{\"$ref\":\"#/$defs/n{i}\"}}")).collect();
    let node = |i: usize| {
        let one = "{\"items\":{\"$ref\":\"#/$defs/any\"}}";
        format!(
            "\"n{i}\":{{\"required\":[\"n{i}\"],\"properties\":{{\"n{i}\":{one},\"type\":{{\"const\":\"n{i}\"}}}}}}"
        )
    };
    let nodes: Vec<String> = (0..300).map(node).collect();
    let any = format!("\"any\":{{\"anyOf\":[{}]}}", refs.join(","));
    let schema = format!("{{\"$ref\":\"#/$defs/any\",\"$defs\":{{{any},{}}}}}", nodes.join(","));
    let kinds = kinds(&schema);
    assert_eq!(kinds.problems, []);
    assert_eq!(messages(&kinds, "type: n7\nn7:\n  - type: n8\n    n8: []\n"), [] as [&str; 0]);
    assert_eq!(messages(&kinds, "type: n7\nn7:\n  - type: n8\n"), ["`n7[0]` has no `n8`"]);
}

#[test]
fn every_keyword_is_told_in_words() {
    for (schema, text, expected) in [
        (r#"{"minLength": 3}"#, "ab", "`k` has 2 characters, and at least 3 must be there"),
        (r#"{"maxLength": 1}"#, "ab", "`k` has 2 characters, and at most 1 are allowed"),
        (r#"{"minItems": 2}"#, "[1]", "`k` has 1 item, and at least 2 must be there"),
        (r#"{"maxItems": 1}"#, "[1, 2]", "`k` has 2 items, and at most 1 are allowed"),
        (r#"{"prefixItems": [true], "items": false}"#, "[1, 2]", "`k[1]` is one item too many"),
        (r#"{"minProperties": 1}"#, "{}", "`k` is empty"),
        (r#"{"maxProperties": 1}"#, "{a: 1, b: 2}", "`k` has 2 keys, and at most 1 are allowed"),
        (r#"{"minimum": 1}"#, "0", "`k` must be at least 1"),
        (r#"{"exclusiveMinimum": 1}"#, "1", "`k` must be more than 1"),
        (r#"{"exclusiveMaximum": 1.5}"#, "2", "`k` must be less than 1.5"),
        (r#"{"multipleOf": 0.5}"#, "0.7", "`k` must be a multiple of 0.5"),
        (r#"{"contains": {"type": "string"}}"#, "[1]", "`k` has too few or too many items of the kind it needs"),
        (r#"{"const": {"a": 1}}"#, "[]", "`k` is a list, which is no value of it"),
        (r#"{"const": "2"}"#, "2", "`2` is no value of `k`"),
        (r#"{"format": "date"}"#, "2030-13-01", "`2030-13-01` is no date, such as `2030-01-31`"),
        (r#"{"not": {"type": "string"}}"#, "a", "`k` is what it must not be"),
        (r#"{"oneOf": [{}, true]}"#, "a", "`k` fits more than one of its alternatives"),
        (r#"{"properties": {"a": false}}"#, "a: 1", "`a` must not be written here"),
        (r#"{"dependentRequired": {"a": ["b"]}}"#, "a: 1", "`k` has no `b`"),
        (r#"{"type": ["string", "null"]}"#, "1", "`k` takes text or nothing, and this is a number"),
        (r#"{"unevaluatedItems": false}"#, "[1]", "`k` has items that nothing allows"),
        (r#"false"#, "1", "`k` must not be written here"),
        (r#"{"type": "object"}"#, "", "this `k` is empty"),
        (r#"{}"#, "a: 1\na: 2", "`a` stands here twice"),
    ] {
        assert_eq!(messages(&kinds(schema), text), [expected], "{schema}");
    }
}

#[test]
fn alternatives_come_down_to_what_was_meant() {
    let shapes = r#"{"oneOf": [
        {"type": "string"},
        {"type": "object", "required": ["use"], "properties": {"use": {"enum": ["a", "b"]}, "with": {"type": "object"}}},
        {"type": "object", "required": ["run"], "properties": {"run": {"type": "string"}}, "additionalProperties": false}
    ]}"#;
    for (text, expected) in [
        ("1", "`k` takes text or a map, and this is a number"),
        ("{use: c, with: {}}", "`c` is no value of `use`"),
        ("{run: 1}", "`run` takes text, and this is a number"),
        ("{}", "`k` has no `use` or `run`"),
    ] {
        let found = messages(&kinds(shapes), text);
        assert!(found.iter().any(|message| message == expected), "{text}: {found:?}");
    }
}
