//! A schema in, a value that fits it out: what the author gave as an example, else one that is made up.

use super::schema::Schema;
use super::spec::Spec;
use serde_json::{Map, Value, json};

const MAX_DEPTH: usize = 8;
/// Values that are looked at for one example.
const MAX_VALUES: usize = 500;

/// Which way a value travels: a request has no `readOnly` properties, a response no `writeOnly` ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Request,
    Response,
    Both,
}

impl Direction {
    pub fn shows(self, schema: &Schema) -> bool {
        match self {
            Direction::Request => !schema.is("readOnly"),
            Direction::Response => !schema.is("writeOnly"),
            Direction::Both => true,
        }
    }
}

/// An example of a schema. Ends where a schema holds itself.
pub fn example(spec: &Spec, schema: &Value, direction: Direction) -> Value {
    let mut maker = Maker { spec, direction, above: Vec::new(), left: MAX_VALUES };
    maker.value(&Schema::new(spec, schema)).unwrap_or(Value::Null)
}

/// The example that the author wrote at the schema itself.
pub fn written<'a>(schema: &Schema<'a>) -> Option<&'a Value> {
    let own = |key| schema.own(key);
    let first = |key| own(key).and_then(Value::as_array).and_then(|values| values.first());
    own("example").or_else(|| first("examples")).or_else(|| own("const")).or_else(|| own("default"))
}

/// A value that fits into a line.
pub fn is_simple(value: &Value) -> bool {
    !value.is_object() && !value.is_array() && !value.is_null()
}

struct Maker<'a> {
    spec: &'a Spec,
    direction: Direction,
    above: Vec<&'a Value>,
    left: usize,
}

impl<'a> Maker<'a> {
    /// `None` where the example must end.
    fn value(&mut self, schema: &Schema<'a>) -> Option<Value> {
        if self.left == 0
            || self.above.len() >= MAX_DEPTH
            || self.above.iter().any(|up| std::ptr::eq(*up, schema.place))
        {
            return None;
        }
        let first = || schema.get("enum").and_then(Value::as_array).and_then(|values| values.first());
        if let Some(value) = written(schema).or_else(first) {
            return self.take(value).then(|| value.clone());
        }
        self.left -= 1;
        self.above.push(schema.place);
        let value = self.made_up(schema);
        self.above.pop();
        Some(value)
    }

    /// Whether there is room for a value that the author wrote; takes the room.
    fn take(&mut self, value: &Value) -> bool {
        let inside: bool = match value {
            Value::Array(items) => items.iter().all(|item| self.take(item)),
            Value::Object(map) => map.values().all(|value| self.take(value)),
            Value::String(text) => {
                self.left = self.left.saturating_sub(text.len() / 1_000);
                true
            }
            _ => true,
        };
        let room = inside && self.left > 0;
        self.left = self.left.saturating_sub(1);
        room
    }

    fn made_up(&mut self, schema: &Schema<'a>) -> Value {
        let spec = self.spec;
        let choice = schema.choices().and_then(|(_, choices)| self.value(&Schema::new(spec, choices[0])));
        match (schema.types().first().copied(), choice) {
            // A choice between objects adds to the properties that all of them have.
            (Some("object"), Some(Value::Object(choice))) => {
                let mut map = self.object(schema);
                map.extend(choice);
                Value::Object(map)
            }
            (_, Some(choice)) => choice,
            (Some("object"), None) => Value::Object(self.object(schema)),
            (Some("array"), None) => {
                let item = schema.items().and_then(|items| self.value(&Schema::new(spec, items)));
                Value::Array(item.into_iter().collect())
            }
            (Some("string"), None) => Value::from(string(schema.text("format").unwrap_or_default())),
            (Some("integer"), None) => schema.get("minimum").filter(|v| v.is_number()).cloned().unwrap_or(json!(1)),
            (Some("number"), None) => schema.get("minimum").filter(|v| v.is_number()).cloned().unwrap_or(json!(1.5)),
            (Some("boolean"), None) => Value::Bool(true),
            _ => Value::Null,
        }
    }

    fn object(&mut self, schema: &Schema<'a>) -> Map<String, Value> {
        let spec = self.spec;
        let mut map = Map::new();
        for (name, value) in schema.properties() {
            if self.left == 0 {
                break;
            }
            self.left -= 1;
            let property = Schema::new(spec, value);
            if !self.direction.shows(&property) || property.is("deprecated") {
                continue;
            }
            if let Some(value) = self.value(&property) {
                map.insert(name.to_string(), value);
            }
        }
        if map.is_empty()
            && let Some(value) = schema.values().and_then(|values| self.value(&Schema::new(spec, values)))
        {
            map.insert("key".to_string(), value);
        }
        map
    }
}

fn string(format: &str) -> &'static str {
    match format {
        "date" => "2026-01-31",
        "date-time" => "2026-01-31T12:00:00Z",
        "time" => "12:00:00Z",
        "duration" => "PT1H",
        "email" | "idn-email" => "name@example.com",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "uri" | "url" | "iri" => "https://example.com",
        "uri-reference" => "/path",
        "uuid" => "123e4567-e89b-12d3-a456-426614174000",
        "byte" => "dGV4dA==",
        _ => "text",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples() {
        let spec = Spec {
            root: json!({ "components": { "schemas": {
                "Tree": { "properties": { "name": { "type": "string" }, "kids": { "items": { "$ref": "#/components/schemas/Tree" } } } },
                "Base": { "properties": { "id": { "type": "integer", "readOnly": true } }, "example": { "id": 7 } },
            } } }),
            problem: None,
        };
        for (schema, expected) in [
            (json!({ "type": "string", "format": "date" }), json!("2026-01-31")),
            (json!({ "type": "string", "enum": ["b", "c"] }), json!("b")),
            (json!({ "type": "string", "examples": ["x"] }), json!("x")),
            (json!({ "type": "integer", "minimum": 5 }), json!(5)),
            (json!({ "type": ["null", "boolean"] }), json!(true)),
            (json!({ "items": { "type": "integer" } }), json!([1])),
            (json!({ "additionalProperties": { "type": "integer" } }), json!({ "key": 1 })),
            (json!({ "$ref": "#/components/schemas/Tree" }), json!({ "name": "text", "kids": [] })),
            (json!({ "$ref": "#/components/schemas/Base" }), json!({ "id": 7 })),
            (
                json!({ "allOf": [{ "$ref": "#/components/schemas/Base" }, { "properties": { "a": { "type": "boolean" } } }] }),
                json!({ "a": true }),
            ),
            (json!({ "oneOf": [{ "type": "integer" }, { "type": "string" }] }), json!(1)),
            (json!({}), Value::Null),
        ] {
            assert_eq!(example(&spec, &schema, Direction::Request), expected, "{schema}");
        }
    }

    #[test]
    fn an_example_has_bounds() {
        let many: Map<String, Value> = (0..5000).map(|i| (format!("p{i}"), json!({ "type": "integer" }))).collect();
        let spec = Spec::default();
        let made = example(&spec, &json!({ "properties": many }), Direction::Both);
        assert!(made.as_object().is_some_and(|map| map.len() < MAX_VALUES));
        let mut deep = json!({ "type": "string" });
        for _ in 0..100 {
            deep = json!({ "properties": { "a": deep } });
        }
        let depth = example(&spec, &deep, Direction::Both).to_string().matches('{').count();
        assert_eq!(depth, MAX_DEPTH);
    }
}
