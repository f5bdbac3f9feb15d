//! An error of the validator that stands for itself in; the rule and the words for it out.

use super::describe;
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use serde_json::Value;

pub struct Said {
    pub rule: &'static str,
    pub message: String,
    pub help: Option<String>,
    /// The description in the schema says better what to do.
    pub by_schema: bool,
}

/// What is wrong with a value that is shown under a name.
pub fn of(error: &ValidationError, shown: &str) -> Said {
    let found = error.instance();
    let said = |rule, message: String| Said { rule, message, help: None, by_schema: false };
    let has = |count: u64, thing: &str| format!("`{shown}` has {}", describe::count(count, thing));
    let length = match found.as_ref() {
        Value::String(text) => text.chars().count(),
        Value::Array(items) => items.len(),
        Value::Object(map) => map.len(),
        _ => 0,
    } as u64;
    match error.kind() {
        Kind::MinLength { .. } | Kind::MinItems { .. } | Kind::MinProperties { .. } if length == 0 => {
            said("empty-value", format!("`{shown}` is empty"))
        }
        Kind::MinLength { limit } => too_few(has(length, "character"), *limit),
        Kind::MinItems { limit } => too_few(has(length, "item"), *limit),
        Kind::MinProperties { limit } => too_few(has(length, "key"), *limit),
        Kind::MaxLength { limit } => too_many(has(length, "character"), *limit),
        Kind::MaxItems { limit } => too_many(has(length, "item"), *limit),
        Kind::AdditionalItems { limit } => too_many(has(length, "item"), *limit as u64),
        Kind::MaxProperties { limit } => too_many(has(length, "key"), *limit),
        Kind::Minimum { limit } => said("out-of-range", format!("`{shown}` must be at least {limit}")),
        Kind::Maximum { limit } => said("out-of-range", format!("`{shown}` must be at most {limit}")),
        Kind::ExclusiveMinimum { limit } => said("out-of-range", format!("`{shown}` must be more than {limit}")),
        Kind::ExclusiveMaximum { limit } => said("out-of-range", format!("`{shown}` must be less than {limit}")),
        Kind::MultipleOf { multiple_of } => {
            said("out-of-range", format!("`{shown}` must be a multiple of {multiple_of}"))
        }
        Kind::Pattern { pattern } => Said {
            help: Some(format!("write it so that it matches `{pattern}`")),
            by_schema: true,
            ..said("wrong-format", format!("`{}` does not match `{pattern}`", describe::short(found)))
        },
        Kind::Format { format } => {
            said("wrong-format", format!("`{}` is no {}", describe::short(found), thing(format)))
        }
        Kind::ContentEncoding { content_encoding: what } | Kind::ContentMediaType { content_media_type: what } => {
            said("wrong-format", format!("`{shown}` is not in the form of `{what}`"))
        }
        Kind::FromUtf8 { .. } => said("wrong-format", format!("`{shown}` does not stand for text")),
        Kind::Contains => Said {
            by_schema: true,
            ..said("schema", format!("`{shown}` has too few or too many items of the kind it needs"))
        },
        Kind::Not { schema } => {
            let names = schema.get("required").and_then(Value::as_array);
            let together =
                names.filter(|names| names.len() > 1 && schema.as_object().is_some_and(|all| all.len() == 1));
            let message = match together {
                Some(names) => {
                    let names: Vec<String> = names.iter().map(|name| format!("`{}`", describe::short(name))).collect();
                    format!("{} cannot stand together", names.join(" and "))
                }
                None => format!("`{shown}` is what it must not be"),
            };
            Said { by_schema: true, ..said("schema", message) }
        }
        Kind::OneOfMultipleValid { .. } => Said {
            help: Some("leave out what belongs to only one of them".to_string()),
            ..said("schema", format!("`{shown}` fits more than one of its alternatives"))
        },
        Kind::UnevaluatedItems { .. } => said("too-long", format!("`{shown}` has items that nothing allows")),
        _ => {
            let text = error.to_string();
            let line: String = text.lines().next().unwrap_or_default().chars().take(200).collect();
            said("schema", format!("`{shown}` does not fit its schema: {line}"))
        }
    }
}

fn too_few(has: String, least: u64) -> Said {
    let message = format!("{has}, and at least {least} must be there");
    Said { rule: "out-of-range", message, help: None, by_schema: false }
}

fn too_many(has: String, most: u64) -> Said {
    let message = format!("{has}, and at most {most} are allowed");
    Said { rule: "too-long", message, help: None, by_schema: false }
}

fn thing(format: &str) -> String {
    let thing = match format {
        "date-time" => "date and time, such as `2030-01-31T12:00:00Z`",
        "date" => "date, such as `2030-01-31`",
        "time" => "time, such as `12:00:00Z`",
        "duration" => "duration, such as `P1DT12H`",
        "email" | "idn-email" => "e-mail address",
        "hostname" | "idn-hostname" => "host name",
        "ipv4" => "IPv4 address",
        "ipv6" => "IPv6 address",
        "uri" | "iri" => "address with its scheme, such as `https://example.com/`",
        "uri-reference" | "iri-reference" => "address",
        "uuid" => "UUID",
        "regex" => "regular expression",
        "json-pointer" => "JSON pointer, such as `/a/0`",
        other => return format!("`{other}`"),
    };
    thing.to_string()
}
