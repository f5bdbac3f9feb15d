//! An operation, a webhook or named schemas in, their reference as HTML out.

use super::example::{Direction, example};
use super::fields::{Writer, marks};
use super::operation::Operation;
use super::sample::{self, is_json};
use super::schema::Schema;
use super::spec::Spec;
use super::{describe, frame};
use crate::page::NodeId;
use crate::render::Body;
use serde_json::Value;

/// Responses, callbacks and samples of one operation that are shown.
const MAX_PARTS: usize = 60;

/// The section of an operation.
pub fn operation(out: &mut Body<'_>, node: NodeId, spec: &Spec, operation: &Operation, wide: bool) {
    let deprecated = operation.value.get("deprecated") == Some(&Value::Bool(true));
    let stability = operation.text("x-stability");
    let mut labels: Vec<&str> = Vec::new();
    labels.extend(operation.webhook.then_some("webhook"));
    labels.extend(deprecated.then_some("deprecated"));
    labels.extend(stability);
    frame::open(out, node, Some(&operation.method), &operation.path, &labels, wide);
    if let Some(summary) = operation.text("summary") {
        frame::title(out, node, summary);
    }
    if let Some(sunset) = operation.text("x-deprecated-sunset") {
        out.html.element("p", &[("class", "notice")], &format!("Deprecated; it will be removed on {sunset}."));
    }
    if let Some(text) = operation.text("description") {
        describe::blocks(out, text);
    }
    more_at(out, operation.value.get("externalDocs"));
    let direction = if operation.webhook { Direction::Response } else { Direction::Request };
    let mut writer = Writer::new(out, spec, direction);
    if !operation.webhook {
        writer.servers(operation);
    }
    writer.security(operation);
    writer.exchange(operation);
    if !operation.webhook {
        samples(writer.out, spec, operation);
    }
    frame::close(out);
}

/// A section of schemas by name. With `grouped`, each is folded.
pub fn schemas(out: &mut Body<'_>, node: NodeId, spec: &Spec, schemas: &[(&str, &Value)], grouped: bool) {
    frame::section(out, node, false);
    let prefix = out.id(node);
    for (name, value) in schemas {
        let id = prefix.as_ref().map(|prefix| format!("{prefix}:{}", name.replace(char::is_whitespace, "-")));
        let id: Vec<(&str, &str)> = id.iter().map(|id| ("id", id.as_str())).collect();
        if grouped {
            out.html.open("div", &[("class", "api-schema")]);
            out.html.open("details", &id);
            out.html.element("summary", &[], name);
        } else {
            out.html.open("div", &id);
            out.html.element("h3", &[], name);
        }
        let mut writer = Writer::new(out, spec, Direction::Both);
        writer.whole(value);
        let made = example(spec, value, Direction::Both);
        if made.is_object() || made.is_array() {
            frame::code(out, "json", Some("Example"), &pretty(&made));
        }
        frame::close(out);
        if grouped {
            frame::close(out);
        }
    }
    frame::close(out);
}

fn more_at(out: &mut Body<'_>, docs: Option<&Value>) {
    let text = |key: &str| docs.and_then(|docs| docs.get(key)).and_then(Value::as_str);
    let Some(url) = text("url").filter(|url| url.starts_with("https://") || url.starts_with("http://")) else { return };
    out.html.open("p", &[]);
    let label = text("description").unwrap_or(url);
    out.html.element("a", &[("class", "external"), ("href", &crate::render::safe_url(url))], label);
    frame::close(out);
}

fn samples(out: &mut Body<'_>, spec: &Spec, operation: &Operation) {
    frame::part(out, "Sample request");
    let written = operation.value.get("x-codeSamples").or_else(|| operation.value.get("x-code-samples"));
    let mut curl = false;
    for sample in written.and_then(Value::as_array).into_iter().flatten().take(MAX_PARTS) {
        let text = |key: &str| sample.get(key).and_then(Value::as_str);
        let (Some(source), language) = (text("source"), text("lang").unwrap_or("text")) else { continue };
        let label = text("label").unwrap_or(language);
        curl |= label.to_ascii_lowercase().contains("curl") || language.eq_ignore_ascii_case("curl");
        frame::code(out, &language.to_ascii_lowercase(), Some(label), source);
    }
    if !curl {
        frame::code(out, "bash", Some("curl"), &sample::curl(spec, operation));
    }
}

fn pretty(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => serde_json::to_string_pretty(other).unwrap_or_default(),
    }
}

impl<'w> Writer<'w, '_> {
    fn servers(&mut self, operation: &Operation) {
        if operation.servers.is_empty() {
            return;
        }
        frame::part(self.out, if operation.servers.len() == 1 { "Server" } else { "Servers" });
        self.out.html.open("ul", &[("class", "api-servers")]);
        for (url, description) in &operation.servers {
            self.out.html.open("li", &[]);
            self.out.html.element("code", &[], url);
            if let Some(description) = description {
                self.out.html.text(&format!(" {description}"));
            }
            self.out.html.close();
        }
        frame::close(self.out);
    }

    fn security(&mut self, operation: &Operation) {
        let requirements = &operation.security;
        if requirements.iter().all(Vec::is_empty) {
            return;
        }
        frame::part(self.out, "Authorization");
        if requirements.len() > 1 {
            let optional = requirements.iter().any(Vec::is_empty);
            self.out.html.element("p", &[], if optional { "None, or one of these:" } else { "One of these:" });
        }
        self.out.html.open("ul", &[("class", "api-security")]);
        for requirement in requirements.iter().filter(|all| !all.is_empty()).take(MAX_PARTS) {
            self.out.html.open("li", &[]);
            for (at, (name, scopes)) in requirement.iter().enumerate() {
                if at > 0 {
                    self.out.html.raw(" and ");
                }
                self.scheme(name, scopes);
            }
            self.out.html.close();
        }
        frame::close(self.out);
    }

    fn scheme(&mut self, name: &str, scopes: &[String]) {
        let scheme = self.spec.security_scheme(name);
        let text = |key: &str| scheme.and_then(|scheme| scheme.get(key)).and_then(Value::as_str).unwrap_or_default();
        let out = &mut self.out.html;
        out.element("strong", &[], name);
        let (label, code) = match (text("type"), text("in"), text("scheme")) {
            ("apiKey", place, _) => (format!(": API key in the {} ", place.replace("query", "query parameter")), text("name")),
            ("http", _, scheme) => (": HTTP authorization, ".to_string(), scheme),
            ("basic", ..) => (": HTTP authorization, ".to_string(), "basic"),
            ("oauth2", ..) => (": OAuth 2.0".to_string(), ""),
            ("openIdConnect", ..) => (": OpenID Connect ".to_string(), text("openIdConnectUrl")),
            ("mutualTLS", ..) => (": a client certificate".to_string(), ""),
            _ => (String::new(), ""),
        };
        out.text(&label);
        if !code.is_empty() {
            out.element("code", &[], code);
        }
        for (at, scope) in scopes.iter().take(MAX_PARTS).enumerate() {
            out.raw(if at == 0 { ", scopes " } else { ", " });
            out.element("code", &[], scope);
        }
        if let Some(description) = describe::line(text("description")) {
            out.text(&format!(". {description}"));
        }
    }

    /// What is sent and what is answered.
    fn exchange(&mut self, operation: &Operation) {
        self.parameters(operation);
        if let Some(body) = operation.value.get("requestBody") {
            let body = self.spec.follow(body).0;
            let required = body.get("required") == Some(&Value::Bool(true));
            frame::part(self.out, match (operation.webhook, required) {
                (true, _) => "Payload",
                (false, true) => "Request body (required)",
                (false, false) => "Request body",
            });
            if let Some(text) = body.get("description").and_then(Value::as_str) {
                describe::blocks(self.out, text);
            }
            self.content(body);
        }
        self.responses(operation);
        self.callbacks(operation);
    }

    fn parameters(&mut self, operation: &Operation) {
        let Some(all) = operation.value.get("parameters").and_then(Value::as_array) else { return };
        let text = |parameter: &Value, key: &str| parameter.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
        for place in ["path", "query", "querystring", "header", "cookie"] {
            let here: Vec<&Value> = all.iter().filter(|parameter| text(parameter, "in") == place).collect();
            if here.is_empty() {
                continue;
            }
            frame::part(self.out, frame::parameters_title(place));
            self.out.html.open("dl", &[("class", "api-params")]);
            for parameter in here {
                if self.is_full() {
                    break;
                }
                let required = parameter.get("required") == Some(&Value::Bool(true));
                self.parameter(&text(parameter, "name"), parameter, required);
            }
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
        let mut facts = super::facts::facts(&schema);
        if let Some(example) = parameter.get("example").filter(|example| super::example::is_simple(example)) {
            facts.retain(|fact| !fact.label.starts_with("Example"));
            facts.push(super::facts::Fact { label: "Example", values: vec![super::facts::in_words(example)], more: 0 });
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
            self.out.html.open("p", &[("class", "api-media")]);
            for (at, kind) in kinds.iter().enumerate() {
                self.out.html.raw(if at == 0 { "" } else { ", " });
                self.out.html.element("code", &[], kind);
            }
            frame::close(self.out);
            if let Some(schema) = media.get("schema").filter(|_| !self.is_full()) {
                self.whole(schema);
            }
            let all = kinds.iter().filter_map(|kind| Some((*kind, content.get(*kind)?)));
            let mut shown = false;
            for (kind, media) in all {
                for (name, example) in sample::examples(self.spec, media) {
                    let title = if name.is_empty() { "Example".to_string() } else { format!("Example: {name}") };
                    frame::code(self.out, language(kind, &example), Some(&title), &pretty(&example));
                    shown = true;
                }
            }
            let (Some(schema), false, true) = (media.get("schema"), shown, kinds.iter().any(|kind| is_json(kind))) else {
                continue;
            };
            let made = example(self.spec, schema, self.direction);
            if made.is_object() || made.as_array().is_some_and(|items| !items.is_empty()) {
                frame::code(self.out, "json", Some("Example"), &pretty(&made));
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
            self.exchange(&callback);
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
