//! What is sent and what is answered in an operation in; parameters, bodies and responses as HTML out.

use super::example::{self, Direction, example};
use super::facts::{self, Fact};
use super::fields::{Writer, marks};
use super::operation::Operation;
use super::sample::{self, is_json};
use super::schema::Schema;
use super::{describe, frame};
use serde_json::Value;

/// Media types, responses and callbacks of one operation that are shown.
const MAX_PARTS: usize = 60;

impl Writer<'_, '_> {
    /// Parameters and body.
    pub fn request(&mut self, operation: &Operation) {
        self.parameters(operation);
        let Some(body) = operation.value.get("requestBody") else { return };
        let body = self.spec.follow(body).0;
        let title = match (operation.webhook, body.get("required")) {
            (true, _) => "Payload",
            (false, Some(Value::Bool(true))) => "Request body (required)",
            (false, _) => "Request body",
        };
        frame::part(self.out, title);
        if let Some(text) = body.get("description").and_then(Value::as_str) {
            describe::blocks(self.out, text);
        }
        self.content(body);
    }

    /// Responses, and the requests that the service makes meanwhile.
    pub fn answers(&mut self, operation: &Operation) {
        self.responses(operation);
        self.callbacks(operation);
    }

    fn parameters(&mut self, operation: &Operation) {
        let Some(all) = operation.value.get("parameters").and_then(Value::as_array) else { return };
        let text =
            |parameter: &Value, key: &str| parameter.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
        for place in ["path", "query", "querystring", "header", "cookie"] {
            let here: Vec<&Value> = all.iter().filter(|parameter| text(parameter, "in") == place).collect();
            if here.is_empty() {
                continue;
            }
            frame::part(self.out, frame::parameters_title(place));
            self.out.html.open("div", &[("class", "api-schema")]);
            self.out.html.open("dl", &[("class", "api-params")]);
            for parameter in here {
                if self.is_full() {
                    break;
                }
                let required = parameter.get("required") == Some(&Value::Bool(true));
                self.parameter(&text(parameter, "name"), parameter, required);
            }
            frame::close(self.out);
            frame::close(self.out);
        }
    }

    /// A parameter or header: what is said of it itself comes before what its schema says.
    fn parameter(&mut self, name: &str, parameter: &Value, required: bool) {
        let of_content = || parameter.get("content")?.as_object()?.values().next()?.get("schema");
        let value = parameter.get("schema").or_else(of_content).unwrap_or(&Value::Null);
        let schema = Schema::new(self.spec, value);
        let mut all_marks = marks(&schema);
        if parameter.get("deprecated") == Some(&Value::Bool(true)) && !all_marks.contains(&"deprecated") {
            all_marks.push("deprecated");
        }
        frame::term(self.out, name, &schema.words(), required, &all_marks);
        self.out.html.open("dd", &[]);
        let own = parameter.get("description").and_then(Value::as_str);
        if let Some(text) = own.or_else(|| schema.text("description")) {
            describe::blocks(self.out, text);
        }
        let mut facts = facts::facts(&schema);
        if let Some(example) = parameter.get("example").filter(|example| example::is_simple(example)) {
            facts.retain(|fact| !fact.label.starts_with("Example"));
            facts.push(Fact { label: "Example", values: vec![facts::in_words(example)], more: 0 });
        }
        self.facts(&facts);
        self.below(schema, &mut Vec::new());
        self.out.html.close();
        self.out.html.newline();
    }

    /// The media types of a body or response. Types that share a schema are shown once.
    fn content(&mut self, body: &Value) {
        let Some(content) = body.get("content").and_then(Value::as_object) else { return };
        let mut groups: Vec<(Vec<&str>, &Value)> = Vec::new();
        for (kind, media) in content.iter().take(MAX_PARTS) {
            match groups.iter_mut().find(|(_, other)| other.get("schema") == media.get("schema")) {
                Some((kinds, _)) => kinds.push(kind),
                None => groups.push((vec![kind], media)),
            }
        }
        for (kinds, media) in groups {
            if self.is_full() {
                return self.note("More is left out here.");
            }
            self.out.html.open("p", &[("class", "api-media")]);
            for (at, kind) in kinds.iter().enumerate() {
                self.out.html.raw(if at == 0 { "" } else { ", " });
                self.out.html.element("code", &[], kind);
            }
            frame::close(self.out);
            if let Some(schema) = media.get("schema") {
                self.whole(schema);
            }
            let all = kinds.iter().filter_map(|kind| Some((*kind, content.get(*kind)?)));
            let mut shown = false;
            for (kind, media) in all {
                for (name, example) in sample::examples(self.spec, media) {
                    if self.is_full() {
                        break;
                    }
                    let title = if name.is_empty() { "Example".to_string() } else { format!("Example: {name}") };
                    frame::code(self.out, language(kind, &example), Some(&title), &sample::pretty(&example));
                    shown = true;
                }
            }
            let (Some(schema), false, true) = (media.get("schema"), shown, kinds.iter().any(|kind| is_json(kind)))
            else {
                continue;
            };
            let made = example(self.spec, schema, self.direction);
            if made.is_object() || made.as_array().is_some_and(|items| !items.is_empty()) {
                frame::code(self.out, "json", Some("Example"), &sample::pretty(&made));
            }
        }
    }

    fn responses(&mut self, operation: &Operation) {
        let Some(responses) = operation.value.get("responses").and_then(Value::as_object) else { return };
        if responses.is_empty() {
            return;
        }
        frame::part(self.out, "Responses");
        let outer = self.direction;
        self.direction = if operation.webhook { Direction::Request } else { Direction::Response };
        let first = responses.keys().position(|status| status.starts_with('2'));
        self.out.html.open("div", &[("class", "api-schema api-responses")]);
        for (at, (status, response)) in responses.iter().enumerate().take(MAX_PARTS) {
            let response = self.spec.follow(response).0;
            let description = response.get("description").and_then(Value::as_str).unwrap_or_default();
            let line = describe::line(description);
            frame::open_response(self.out, status, line.as_deref().unwrap_or_default(), first == Some(at));
            if line.is_none() {
                describe::blocks(self.out, description);
            }
            if let Some(headers) = response.get("headers").and_then(Value::as_object).filter(|all| !all.is_empty()) {
                self.out.html.element("p", &[("class", "api-media")], "Headers");
                self.out.html.open("dl", &[("class", "api-params")]);
                for (name, header) in headers {
                    if !self.is_full() {
                        self.parameter(name, self.spec.follow(header).0, false);
                    }
                }
                frame::close(self.out);
            }
            self.content(response);
            frame::close(self.out);
        }
        frame::close(self.out);
        self.direction = outer;
    }

    /// Requests that the service makes while it works on the operation. Their own callbacks are not followed.
    fn callbacks(&mut self, operation: &Operation) {
        let Some(callbacks) = operation.value.get("callbacks").and_then(Value::as_object) else { return };
        let spec = self.spec;
        let all = callbacks.iter().flat_map(|(name, callback)| {
            let items = spec.follow(callback).0.as_object().into_iter().flatten();
            items.filter_map(move |(url, item)| Some((name, Operation::of_item(spec, url, item, None, true)?)))
        });
        let all: Vec<(&String, Operation)> = all.take(MAX_PARTS).collect();
        if all.is_empty() {
            return;
        }
        frame::part(self.out, "Callbacks");
        self.out.html.open("div", &[("class", "api-schema")]);
        for (name, mut callback) in all {
            if let Some(value) = callback.value.as_object_mut() {
                value.remove("callbacks");
            }
            self.out.html.open("details", &[]);
            self.out.html.open("summary", &[]);
            self.out.html.text(name);
            self.out.html.raw(" ");
            self.out.html.element("code", &[], &format!("{} {}", callback.method.to_uppercase(), callback.path));
            self.out.html.close();
            if let Some(text) = callback.text("description").or_else(|| callback.text("summary")) {
                describe::blocks(self.out, text);
            }
            self.request(&callback);
            self.answers(&callback);
            frame::close(self.out);
        }
        frame::close(self.out);
    }
}

/// The language of an example, for highlighting.
fn language(kind: &str, example: &Value) -> &'static str {
    match example {
        Value::String(_) if kind.contains("xml") => "xml",
        Value::String(_) if kind.contains("html") => "html",
        Value::String(text) if !is_json(kind) || !text.trim_start().starts_with(['{', '[']) => "text",
        _ => "json",
    }
}
