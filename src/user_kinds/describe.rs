//! JSON values and types in; what an author calls them out.

use serde_json::Value;

/// `a list`, `a number`: what an author sees in a value.
pub fn value(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a bool",
        Value::Number(number) if number.as_f64().is_some_and(|number| number.fract() != 0.0) => {
            "a number with a fraction"
        }
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a map",
    }
}

/// `text or a list`, for the names of types as JSON Schema has them.
pub fn types(names: &[String]) -> String {
    let (last, first): (Vec<_>, Vec<_>) = names.iter().partition(|name| *name == "null");
    let words: Vec<&str> = first
        .into_iter()
        .chain(last)
        .map(|name| match name.as_str() {
            "null" => "nothing",
            "boolean" => "a bool",
            "integer" => "a whole number",
            "number" => "a number",
            "string" => "text",
            "array" => "a list",
            _ => "a map",
        })
        .collect();
    or(&words)
}

/// A value as it would be written, on one line.
pub fn short(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None if line.len() < text.len() => format!("{line}…"),
        None => line.to_string(),
    }
}

/// "`a`, `b` or `c`"; of many only the first.
pub fn choices(values: &[Value]) -> String {
    let mut quoted: Vec<String> = values.iter().take(12).map(|value| format!("`{}`", short(value))).collect();
    if values.len() > quoted.len() {
        quoted.push("others".to_string());
    }
    or(&quoted)
}

fn or<T: AsRef<str>>(words: &[T]) -> String {
    match words {
        [] => String::new(),
        [only] => only.as_ref().to_string(),
        [rest @ .., last] => {
            let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
            format!("{} or {}", rest.join(", "), last.as_ref())
        }
    }
}

/// `1 character`, `3 items`
pub fn count(number: u64, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// The first sentence of a description, as the end of a message.
pub fn first_sentence(about: &str) -> String {
    let line = about.trim().lines().next().unwrap_or_default();
    let sentence = line.split(". ").next().unwrap_or(line).trim_end_matches('.');
    let mut chars = sentence.chars();
    match chars.next() {
        // A word in capitals (`URL`) stays as it is.
        Some(first) if !chars.as_str().starts_with(char::is_uppercase) => first.to_lowercase().chain(chars).collect(),
        _ => sentence.to_string(),
    }
}
