//! An operation in, a request with `curl` out.

use super::example::{Direction, example, written};
use super::operation::Operation;
use super::schema::Schema;
use super::spec::Spec;
use crate::render::encode;
use serde_json::Value;

/// The command for an operation, with what it needs and nothing that it merely allows.
pub fn curl(spec: &Spec, operation: &Operation) -> String {
    let server = operation.servers.first().map_or("https://example.com", |(url, _)| url);
    let server = if server.starts_with('/') { format!("https://example.com{server}") } else { server.to_string() };
    let mut url = format!("{server}{}", operation.path);
    let mut lines = Vec::new();
    let mut query = Vec::new();
    let mut cookies = Vec::new();
    for (name, scheme) in schemes(spec, operation) {
        let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
        match (text("type"), text("in"), text("scheme").to_ascii_lowercase().as_str()) {
            ("apiKey", "query", _) => query.push(format!("{}=YOUR_API_KEY", encode(text("name")))),
            ("apiKey", "cookie", _) => cookies.push(format!("{}=YOUR_API_KEY", text("name"))),
            ("apiKey", _, _) => lines.push(format!("--header {}", quote(&format!("{}: YOUR_API_KEY", text("name"))))),
            ("basic", ..) | ("http", _, "basic") => lines.push("--user 'USERNAME:PASSWORD'".to_string()),
            ("http", _, "" | "bearer") | ("oauth2" | "openIdConnect", ..) => {
                lines.push("--header 'Authorization: Bearer YOUR_TOKEN'".to_string());
            }
            ("http", ..) => {
                lines.push(format!(
                    "--header {}",
                    quote(&format!("Authorization: {} YOUR_CREDENTIALS", text("scheme")))
                ));
            }
            _ => lines.push(format!("--header {}", quote(&format!("Authorization: {name}")))),
        }
    }
    for parameter in operation.value.get("parameters").and_then(Value::as_array).into_iter().flatten() {
        let text = |key: &str| parameter.get(key).and_then(Value::as_str).unwrap_or_default();
        let (name, place) = (text("name"), text("in"));
        let required = parameter.get("required") == Some(&Value::Bool(true));
        if !required || name.is_empty() {
            continue;
        }
        let value = parameter_example(spec, parameter);
        if place == "query" {
            let joined = parameter.get("explode") == Some(&Value::Bool(false)) || spec.root.get("swagger").is_some();
            let pairs = pairs(name, &value, joined);
            query.extend(pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))));
        }
        let value = one_line(&value);
        match place {
            "cookie" => cookies.push(format!("{name}={value}")),
            "header" if !["accept", "content-type", "authorization"].contains(&&*name.to_ascii_lowercase()) => {
                lines.push(format!("--header {}", quote(&format!("{name}: {value}"))));
            }
            _ => {}
        }
    }
    if !cookies.is_empty() {
        lines.push(format!("--cookie {}", quote(&cookies.join("; "))));
    }
    lines.extend(body(spec, operation));
    if !query.is_empty() {
        url = format!("{url}{}{}", if url.contains('?') { '&' } else { '?' }, query.join("&"));
    }
    let method = operation.method.to_ascii_uppercase();
    let verb = match &*method {
        "GET" => String::new(),
        "HEAD" => "--head ".to_string(),
        method => format!("--request {method} "),
    };
    lines.insert(0, format!("curl {verb}{}", quote(&url)));
    lines.join(" \\\n  ")
}

/// The schemes of the first requirement, which is enough for a request.
fn schemes<'a>(spec: &'a Spec, operation: &'a Operation) -> Vec<(&'a str, &'a Value)> {
    let first = operation.security.iter().find(|all| !all.is_empty()).into_iter().flatten();
    first.filter_map(|(name, _)| Some((name.as_str(), spec.security_scheme(name)?))).collect()
}

/// What a parameter is shown with: its own example, or one of its schema.
fn parameter_example(spec: &Spec, parameter: &Value) -> Value {
    let named = parameter.get("examples").and_then(Value::as_object).and_then(|all| all.values().next());
    let named = named.and_then(|example| spec.follow(example).0.get("value"));
    match (parameter.get("example").or(named), parameter.get("schema")) {
        (Some(example), _) => example.clone(),
        (None, Some(schema)) => example(spec, schema, Direction::Request),
        (None, None) => Value::from("text"),
    }
}

/// The options for the body. Forms become one option for each required field.
fn body(spec: &Spec, operation: &Operation) -> Vec<String> {
    let body = operation.value.get("requestBody").map(|body| spec.follow(body).0);
    let content = body.and_then(|body| body.get("content")).and_then(Value::as_object);
    let Some(content) = content else { return Vec::new() };
    let json = content.iter().find(|(name, _)| is_json(name));
    let Some((kind, media)) = json.or_else(|| content.iter().next()) else { return Vec::new() };
    if kind.starts_with("multipart/") || kind == "application/x-www-form-urlencoded" {
        return form(spec, kind, media);
    }
    let header = format!("--header {}", quote(&format!("Content-Type: {kind}")));
    let data = match first_example(spec, media, Direction::Request) {
        Some((_, Value::String(text))) if !is_json(kind) => quote(&text),
        Some((_, value)) => quote(&serde_json::to_string_pretty(&value).unwrap_or_default()),
        None => "'@FILE'".to_string(),
    };
    let option = if data == "'@FILE'" { "--data-binary" } else { "--data" };
    vec![header, format!("{option} {data}")]
}

fn form(spec: &Spec, kind: &str, media: &Value) -> Vec<String> {
    let Some(schema) = media.get("schema").map(|schema| Schema::new(spec, schema)) else { return Vec::new() };
    let given = media.get("example").or_else(|| written(&schema));
    let required = schema.required();
    let fields = schema.properties().filter(|(name, _)| required.contains(name) || required.is_empty());
    let fields = fields.filter(|(_, value)| Direction::Request.shows(&Schema::new(spec, value)));
    let option = |(name, value): (&str, &Value)| {
        let field = Schema::new(spec, value);
        let file = field.text("format") == Some("binary") || field.text("contentMediaType").is_some();
        let value = match given.and_then(|given| given.get(name)) {
            Some(value) => one_line(value),
            None => one_line(&example(spec, value, Direction::Request)),
        };
        match kind {
            "application/x-www-form-urlencoded" => format!("--data-urlencode {}", quote(&format!("{name}={value}"))),
            _ if file => format!("--form {}", quote(&format!("{name}=@FILE"))),
            _ => format!("--form {}", quote(&format!("{name}={value}"))),
        }
    };
    fields.take(30).map(option).collect()
}

/// Whether bodies of a media type are JSON.
pub fn is_json(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or(kind).trim();
    kind.ends_with("/json") || kind.ends_with("+json") || kind == "*/*"
}

/// The example that a media type gives, with its name, or one made from its schema.
pub fn first_example(spec: &Spec, media: &Value, direction: Direction) -> Option<(String, Value)> {
    let written = examples(spec, media).into_iter().next();
    written.or_else(|| Some((String::new(), example(spec, media.get("schema")?, direction))))
}

/// The examples that the author gave for a media type, with their names.
pub fn examples(spec: &Spec, media: &Value) -> Vec<(String, Value)> {
    let named = |(name, example): (&String, &Value)| {
        let example = spec.follow(example).0;
        let title = example.get("summary").and_then(Value::as_str).unwrap_or(name);
        Some((title.to_string(), example.get("value")?.clone()))
    };
    match (media.get("example"), media.get("examples").and_then(Value::as_object)) {
        (Some(example), _) => vec![(String::new(), example.clone())],
        (None, Some(all)) => all.iter().filter_map(named).take(10).collect(),
        (None, None) => Vec::new(),
    }
}

/// An example as it is shown: text as it is, everything else as JSON.
pub fn pretty(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => serde_json::to_string_pretty(other).unwrap_or_default(),
    }
}

/// A query parameter as it is sent: a pair for each item of a list and each field of an object, or one with commas.
fn pairs(name: &str, value: &Value, joined: bool) -> Vec<(String, String)> {
    match value {
        Value::Array(items) if !joined => items.iter().map(|item| (name.to_string(), one_line(item))).collect(),
        Value::Object(map) if !joined => map.iter().map(|(name, value)| (name.clone(), one_line(value))).collect(),
        value => vec![(name.to_string(), one_line(value))],
    }
}

fn one_line(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            items.iter().map(one_line).collect::<Vec<_>>().join(",")
        }
        other => other.to_string(),
    }
}

/// One word for the shell, whatever it holds.
fn quote(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_request_has_what_is_required() {
        let spec = Spec {
            root: json!({
                "openapi": "3.0.0", "servers": [{ "url": "https://a.example/v1/" }], "security": [{ "token": [] }],
                "components": { "securitySchemes": { "token": { "type": "http", "scheme": "Bearer" } } },
                "paths": { "/x/{id}": {
                    "post": {
                        "parameters": [
                            { "in": "path", "name": "id", "required": true, "schema": { "type": "integer" } },
                            { "in": "query", "name": "q", "required": true, "example": "a b" },
                            { "in": "query", "name": "r", "required": true, "example": [1, 2] },
                            { "in": "query", "name": "s", "required": true, "explode": false, "example": [1, 2] },
                            { "in": "query", "name": "optional", "schema": {} },
                            { "in": "header", "name": "X-A", "required": true, "schema": { "enum": ["it's"] } },
                        ],
                        "requestBody": { "content": { "application/json": { "schema": { "properties": { "n": { "type": "integer" } } } } } },
                    },
                    "put": { "security": [], "requestBody": { "content": { "multipart/form-data": { "schema": {
                        "properties": { "f": { "type": "string", "format": "binary" }, "g": {} }, "required": ["f"],
                    } } } } },
                    "get": { "security": [{}] },
                } },
            }),
            problem: None,
        };
        let curl = |method| curl(&spec, &Operation::find(&spec, "/x/{id}", Some(method)).unwrap());
        let expected = r#"curl --request POST 'https://a.example/v1/x/{id}?q=a%20b&r=1&r=2&s=1,2' \
  --header 'Authorization: Bearer YOUR_TOKEN' \
  --header 'X-A: it'\''s' \
  --header 'Content-Type: application/json' \
  --data '{
  "n": 1
}'"#;
        assert_eq!(curl("post"), expected);
        assert_eq!(curl("put"), "curl --request PUT 'https://a.example/v1/x/{id}' \\\n  --form 'f=@FILE'");
        assert_eq!(curl("get"), "curl 'https://a.example/v1/x/{id}'");
    }
}
