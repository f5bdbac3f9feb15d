//! One schema in; the same schema with its references followed, its `allOf` merged and its type in words out.

use super::spec::Spec;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// Schemas that one may be made of by `allOf`.
const MAX_PARTS: usize = 40;
/// Choices of `oneOf` that are looked at, and those that may decide whether there is something to unfold.
const MAX_CHOICES: usize = 200;
const MAX_PROBES: usize = 16;
/// Names of `required` that are looked at.
const MAX_REQUIRED: usize = 5_000;
/// Types inside types that are still put into words.
const MAX_WORDS: usize = 5;

/// A schema that is ready to be read. Nothing is copied: it looks into the specification.
pub struct Schema<'a> {
    spec: &'a Spec,
    /// What the last reference to it calls it.
    pub name: Option<String>,
    /// The schema where all references have ended; two schemas are the same when this is the same place.
    pub place: &'a Value,
    /// The schemas that together make this one; the first that has a key counts.
    parts: Vec<&'a Map<String, Value>>,
    /// How many of the parts are the schema itself, not a member of its `allOf`.
    own: usize,
    pub nullable: bool,
}

impl<'a> Schema<'a> {
    pub fn new(spec: &'a Spec, value: &'a Value) -> Schema<'a> {
        let (place, name) = spec.follow(value);
        let mut schema = Schema { spec, name, place, parts: Vec::new(), own: 0, nullable: false };
        // A description beside `$ref` is about this use of the schema.
        schema.parts.extend(value.as_object());
        if !std::ptr::eq(place, value) {
            schema.parts.extend(place.as_object());
        }
        schema.own = schema.parts.len();
        let mut at = 0;
        while at < schema.parts.len() {
            let part = schema.parts[at];
            at += 1;
            for member in part.get("allOf").and_then(Value::as_array).into_iter().flatten() {
                schema.merge(member);
            }
            // One choice, or one beside null, is no choice.
            if let Some((choices, null)) = choices_of(part).filter(|(choices, _)| choices.len() == 1) {
                schema.nullable |= null;
                schema.name = schema.name.or_else(|| spec.follow(choices[0]).1);
                schema.merge(choices[0]);
            }
        }
        let null_type = schema.all("type").any(|t| t.as_array().is_some_and(|types| types.iter().any(|t| t == "null")));
        let marked = |key| schema.all(key).any(|v| v == &Value::Bool(true));
        schema.nullable |= null_type || marked("nullable") || marked("x-nullable");
        schema
    }

    fn merge(&mut self, member: &'a Value) {
        for value in [Some(member), Some(self.spec.follow(member).0)].into_iter().flatten() {
            let Some(part) = value.as_object() else { continue };
            if self.parts.len() < MAX_PARTS && !self.parts.iter().any(|known| std::ptr::eq(*known, part)) {
                self.parts.push(part);
            }
        }
    }

    fn all(&self, key: &str) -> impl Iterator<Item = &'a Value> {
        self.parts.iter().filter_map(move |part| part.get(key))
    }

    pub fn get(&self, key: &str) -> Option<&'a Value> {
        self.parts.iter().find_map(|part| part.get(key))
    }

    /// A value that speaks of the schema as a whole, so that one of a member of `allOf` does not count.
    pub fn own(&self, key: &str) -> Option<&'a Value> {
        self.parts[..self.own].iter().find_map(|part| part.get(key))
    }

    pub fn text(&self, key: &str) -> Option<&'a str> {
        self.get(key).and_then(Value::as_str)
    }

    pub fn is(&self, key: &str) -> bool {
        self.get(key) == Some(&Value::Bool(true))
    }

    /// The properties of all parts, each once, in the order of the file.
    pub fn properties(&self) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let mut seen = HashSet::new();
        let all = self.all("properties").filter_map(Value::as_object).flatten();
        all.map(|(name, value)| (name.as_str(), value)).filter(move |(name, _)| seen.insert(*name))
    }

    pub fn required(&self) -> HashSet<&'a str> {
        let all = self.all("required").filter_map(Value::as_array).flatten().filter_map(Value::as_str);
        all.take(MAX_REQUIRED).collect()
    }

    /// `type` without `null`; what the other keys mean where there is none.
    pub fn types(&self) -> Vec<&'a str> {
        let written: Vec<&str> = match self.get("type") {
            Some(Value::String(one)) => vec![one],
            Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let written: Vec<&str> = written.into_iter().filter(|name| *name != "null").collect();
        if !written.is_empty() {
            return written;
        }
        let has = |key| self.get(key).is_some();
        match () {
            _ if has("properties") || has("additionalProperties") || has("patternProperties") => vec!["object"],
            _ if has("items") || has("prefixItems") => vec!["array"],
            _ => Vec::new(),
        }
    }

    /// The schemas of `oneOf` or `anyOf` when there is a choice, and the word for it.
    pub fn choices(&self) -> Option<(&'static str, Vec<&'a Value>)> {
        self.parts.iter().find_map(|part| {
            let (choices, _) = choices_of(part).filter(|(choices, _)| choices.len() > 1)?;
            Some((if part.contains_key("oneOf") { "One of" } else { "Any of" }, choices))
        })
    }

    /// The schema of an array's items.
    pub fn items(&self) -> Option<&'a Value> {
        self.get("items").filter(|items| items.is_object())
    }

    pub fn inner_items(&self) -> Option<Schema<'a>> {
        self.items().map(|items| Schema::new(self.spec, items))
    }

    /// The schema of the values under any key.
    pub fn values(&self) -> Option<&'a Value> {
        self.get("additionalProperties").filter(|values| values.as_object().is_some_and(|map| !map.is_empty()))
    }

    /// The schema that has something to unfold: this one, that of its items, or that of its values.
    pub fn core(self) -> Schema<'a> {
        let mut schema = self;
        for _ in 0..MAX_WORDS {
            if schema.has_fields() {
                break;
            }
            let Some(inner) = schema.items().or_else(|| schema.values()) else { break };
            schema = Schema::new(schema.spec, inner);
        }
        schema
    }

    /// Whether it has properties, or a choice between schemas of which one has.
    pub fn has_fields(&self) -> bool {
        let some = |value: &Value| value.as_object().is_some_and(|map| !map.is_empty());
        let has = |schema: &Schema| schema.all("properties").any(some) || schema.all("patternProperties").any(some);
        let inside = |choice: &&'a Value| {
            let choice = Schema::new(self.spec, choice);
            let inner = choice.items().or_else(|| choice.values()).map(|inner| Schema::new(self.spec, inner));
            has(&choice) || inner.is_some_and(|inner| has(&inner))
        };
        has(self) || self.choices().is_some_and(|(_, choices)| choices.iter().take(MAX_PROBES).any(inside))
    }

    /// The type in words, whether or not null is allowed.
    pub fn short_words(&self) -> String {
        self.base_words(MAX_WORDS)
    }

    /// The type in words: `string (date-time)`, `Pet[]`, `map of integer`, `Cat | Dog`.
    pub fn words(&self) -> String {
        self.words_within(MAX_WORDS)
    }

    fn words_within(&self, depth: usize) -> String {
        let mut words = self.base_words(depth);
        if self.nullable && words != "any" {
            words.push_str(" | null");
        }
        words
    }

    fn base_words(&self, depth: usize) -> String {
        let inner = |value: &'a Value| match depth {
            0 => "…".to_string(),
            _ => Schema::new(self.spec, value).words_within(depth - 1),
        };
        let named = self.name.as_deref().filter(|name| !name.is_empty());
        if let Some((_, choices)) = self.choices().filter(|_| self.get("properties").is_none()) {
            if let Some(name) = named.filter(|_| self.has_fields()) {
                return name.to_string();
            }
            let mut words: Vec<String> = Vec::new();
            for choice in choices.iter().take(5) {
                let word = inner(choice);
                if !words.contains(&word) {
                    words.push(word);
                }
            }
            if choices.len() > 5 {
                words.push("…".to_string());
            }
            return words.join(" | ");
        }
        let types = self.types();
        match &types[..] {
            ["array"] => match self.items().map(inner) {
                Some(items) if items.contains(' ') => format!("({items})[]"),
                Some(items) => format!("{items}[]"),
                None => "array".to_string(),
            },
            ["object"] => match (named, self.values()) {
                (Some(name), _) => name.to_string(),
                (None, Some(values)) if self.get("properties").is_none() => format!("map of {}", inner(values)),
                (None, _) => "object".to_string(),
            },
            [] if self.get("enum").or(self.get("const")).is_some() => "enum".to_string(),
            [] => named.unwrap_or("any").to_string(),
            types => {
                let words = types.join(" | ");
                match self.text("format") {
                    Some(format) => format!("{words} ({format})"),
                    None => words,
                }
            }
        }
    }
}

/// The members of `oneOf` or `anyOf` without null, and whether null was among them.
fn choices_of(part: &Map<String, Value>) -> Option<(Vec<&Value>, bool)> {
    let all = part.get("oneOf").or_else(|| part.get("anyOf"))?.as_array()?;
    let is_null = |choice: &&Value| choice.get("type").is_some_and(|t| t == "null");
    let (null, choices): (Vec<_>, Vec<_>) = all.iter().take(MAX_CHOICES).partition(is_null);
    Some((choices, !null.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn spec() -> Spec {
        let root = json!({ "components": { "schemas": {
            "Pet": { "type": "object", "properties": { "id": { "type": "integer" } }, "required": ["id"] },
            "Dog": { "allOf": [{ "$ref": "#/components/schemas/Pet" }, { "properties": { "bark": {}, "id": {} } }] },
            "Either": { "oneOf": [{ "$ref": "#/components/schemas/Pet" }, { "type": "string" }] },
            "Self": { "allOf": [{ "$ref": "#/components/schemas/Self" }], "oneOf": [{ "$ref": "#/components/schemas/Self" }] },
        } } });
        Spec { root, problem: None }
    }

    #[test]
    fn types_in_words() {
        let spec = spec();
        let pet = json!({ "$ref": "#/components/schemas/Pet" });
        for (schema, expected) in [
            (json!({ "type": "string", "format": "date-time" }), "string (date-time)"),
            (json!({ "type": ["string", "null"] }), "string | null"),
            (json!({ "type": "integer", "nullable": true }), "integer | null"),
            (json!({ "anyOf": [{ "type": "string" }, { "type": "null" }] }), "string | null"),
            (json!({ "oneOf": [pet, { "type": "string" }, { "type": "string" }] }), "Pet | string"),
            (json!({ "type": "array", "items": pet }), "Pet[]"),
            (json!({ "items": { "type": ["string", "integer"] } }), "(string | integer)[]"),
            (json!({ "additionalProperties": { "type": "integer" } }), "map of integer"),
            (json!({ "type": "object" }), "object"),
            (json!({ "enum": ["a"] }), "enum"),
            (json!({ "$ref": "#/components/schemas/Gone" }), "Gone"),
            (json!({ "$ref": "#/components/schemas/Dog" }), "Dog"),
            (json!({ "$ref": "#/components/schemas/Either", "nullable": true }), "Either | null"),
            (json!({}), "any"),
            (json!(true), "any"),
        ] {
            assert_eq!(Schema::new(&spec, &schema).words(), expected, "{schema}");
        }
    }

    #[test]
    fn all_of_is_merged() {
        let spec = spec();
        let dog = json!({ "$ref": "#/components/schemas/Dog", "description": "here" });
        let dog = Schema::new(&spec, &dog);
        let names: Vec<&str> = dog.properties().map(|(name, _)| name).collect();
        assert_eq!(names, ["id", "bark"]);
        assert!(dog.required().contains("id"));
        assert_eq!(dog.text("description"), Some("here"));
    }

    #[test]
    fn circles_end() {
        let spec = spec();
        let circle = json!({ "$ref": "#/components/schemas/Self" });
        assert_eq!(Schema::new(&spec, &circle).words(), "Self");
        let mut deep = json!({ "type": "string" });
        for _ in 0..50 {
            deep = json!({ "type": "array", "items": deep });
        }
        assert!(Schema::new(&spec, &deep).words().ends_with("…[][][][][][]"));
    }
}
