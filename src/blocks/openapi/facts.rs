//! What a schema says beyond its type in, short facts for a reader out: defaults, choices, limits.

use super::example;
use super::schema::Schema;
use serde_json::Value;

/// Values of an `enum` that are shown.
const MAX_VALUES: usize = 60;
/// Characters of a value that are shown.
const MAX_CHARS: usize = 160;

/// A label with values: `Default` and `10`.
#[derive(Debug, PartialEq)]
pub struct Fact {
    pub label: &'static str,
    pub values: Vec<String>,
    /// How many values are left out.
    pub more: usize,
}

/// Keys of one value each, with the words for them.
const LIMITS: &[(&str, &str)] = &[
    ("const", "Always"),
    ("default", "Default"),
    ("minimum", "Minimum"),
    ("exclusiveMinimum", "More than"),
    ("maximum", "Maximum"),
    ("exclusiveMaximum", "Less than"),
    ("multipleOf", "Multiple of"),
    ("minLength", "Minimum length"),
    ("maxLength", "Maximum length"),
    ("pattern", "Pattern"),
    ("minItems", "Minimum items"),
    ("maxItems", "Maximum items"),
    ("minProperties", "Minimum properties"),
    ("maxProperties", "Maximum properties"),
    ("contentMediaType", "Content type"),
];

/// The facts of a schema.
pub fn facts(schema: &Schema) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut add = |label, values: &[Value]| {
        let shown: Vec<String> = values.iter().take(MAX_VALUES).map(in_words).collect();
        if !shown.is_empty() {
            facts.push(Fact { label, more: values.len() - shown.len(), values: shown });
        }
    };
    add("One of", list(schema, "enum"));
    if let Some(items) = schema.inner_items() {
        add("Each one of", list(&items, "enum"));
    }
    for (key, label) in LIMITS {
        // In OpenAPI 3.0 the exclusive limits are switches for the inclusive ones.
        let switched = |exclusive: &str| schema.is(exclusive);
        match (*key, schema.get(key)) {
            (_, None | Some(Value::Null)) | ("exclusiveMinimum" | "exclusiveMaximum", Some(Value::Bool(_))) => {}
            ("minimum", Some(value)) if switched("exclusiveMinimum") => add("More than", std::slice::from_ref(value)),
            ("maximum", Some(value)) if switched("exclusiveMaximum") => add("Less than", std::slice::from_ref(value)),
            (_, Some(value)) => add(label, std::slice::from_ref(value)),
        }
    }
    if schema.is("uniqueItems") {
        add("Items", &[Value::from("unique")]);
    }
    if !schema.has_fields() && schema.get("enum").is_none() {
        match (schema.own("example"), schema.own("examples").and_then(Value::as_array)) {
            (Some(one), _) if example::is_simple(one) => add("Example", std::slice::from_ref(one)),
            (None, Some(many)) => {
                add("Examples", &many.iter().filter(|v| example::is_simple(v)).take(5).cloned().collect::<Vec<_>>())
            }
            _ => {}
        }
    }
    facts
}

fn list<'a>(schema: &Schema<'a>, key: &str) -> &'a [Value] {
    schema.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A value as a reader writes it: text without quotes where that is clear, everything else as JSON.
pub fn in_words(value: &Value) -> String {
    let text = match value {
        Value::String(text) if !text.trim().is_empty() => text.into(),
        other => {
            let mut start = Start(Vec::new());
            // The error only says that the start was enough.
            let _ = serde_json::to_writer(&mut start, other);
            String::from_utf8_lossy(&start.0).into_owned().into()
        }
    };
    let text: std::borrow::Cow<str> = text;
    match text.char_indices().nth(MAX_CHARS) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.into_owned(),
    }
}

/// Keeps the start of what is written, so that a large value costs no more than a small one.
struct Start(Vec<u8>);

impl std::io::Write for Start {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() > 4 * MAX_CHARS {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::spec::Spec;
    use super::*;
    use serde_json::json;

    fn check(schema: Value, expected: &[(&str, &str)]) {
        let spec = Spec::default();
        let facts = facts(&Schema::new(&spec, &schema));
        let facts: Vec<(&str, String)> = facts.iter().map(|fact| (fact.label, fact.values.join(","))).collect();
        let facts: Vec<(&str, &str)> = facts.iter().map(|(label, values)| (*label, &**values)).collect();
        assert_eq!(facts, expected, "{schema}");
    }

    #[test]
    fn limits_are_facts() {
        check(
            json!({ "type": "integer", "minimum": 1, "exclusiveMaximum": 9 }),
            &[("Minimum", "1"), ("Less than", "9")],
        );
        check(json!({ "minimum": 1, "exclusiveMinimum": true }), &[("More than", "1")]);
        check(json!({ "enum": ["a", ""], "default": null }), &[("One of", "a,\"\"")]);
        check(
            json!({ "type": "array", "items": { "enum": [1] }, "uniqueItems": true }),
            &[("Each one of", "1"), ("Items", "unique")],
        );
        check(json!({ "type": "string", "examples": ["x", {}] }), &[("Examples", "x")]);
        check(json!(false), &[]);
    }

    #[test]
    fn many_values_are_counted() {
        let spec = Spec::default();
        let schema = json!({ "enum": (0..1000).collect::<Vec<_>>() });
        let facts = facts(&Schema::new(&spec, &schema));
        assert_eq!((facts[0].values.len(), facts[0].more), (MAX_VALUES, 1000 - MAX_VALUES));
        assert_eq!(in_words(&Value::from("é".repeat(500))).chars().count(), MAX_CHARS + 1);
    }
}
