//! An operation, a webhook or named schemas in, their reference as HTML out.

use super::example::{Direction, example};
use super::fields::Writer;
use super::operation::Operation;
use super::sample;
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
        let id = out.id(node);
        frame::title(out, id.as_deref(), summary);
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
    writer.request(operation);
    if !operation.webhook {
        samples(writer.out, spec, operation);
    }
    writer.answers(operation);
    frame::close(out);
}

/// A section of schemas by name. With `grouped`, each is folded.
pub fn schemas(out: &mut Body<'_>, node: NodeId, spec: &Spec, schemas: &[(&str, &Value)], grouped: bool) {
    frame::section(out, node, false);
    let prefix = out.id(node);
    let mut writer = Writer::new(out, spec, Direction::Both);
    let id_of =
        |name: &str| prefix.as_ref().map(|prefix| format!("{prefix}:{}", name.replace(char::is_whitespace, "-")));
    writer.places = schemas.iter().filter_map(|(name, value)| Some((spec.follow(value).0, id_of(name)?))).collect();
    for (name, value) in schemas {
        if writer.is_full() {
            writer.note("More schemas are left out here.");
            break;
        }
        let out = &mut *writer.out;
        let id = id_of(name);
        let attrs: Vec<(&str, &str)> = id.iter().map(|id| ("id", id.as_str())).collect();
        if grouped {
            out.html.open("div", &[("class", "api-schema")]);
            out.html.open("details", &attrs);
            out.html.element("summary", &[], name);
        } else {
            out.html.open("div", &attrs);
            frame::title(out, id.as_deref(), name);
        }
        writer.whole(value);
        let made = example(spec, value, Direction::Both);
        if made.is_object() || made.is_array() {
            frame::code(writer.out, "json", Some("Example"), &sample::pretty(&made));
        }
        frame::close(writer.out);
        if grouped {
            frame::close(writer.out);
        }
    }
    frame::close(writer.out);
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
        let (Some(source), language) = (text("source"), text("lang").filter(|lang| !lang.is_empty()).unwrap_or("text"))
        else {
            continue;
        };
        let label = text("label").unwrap_or(language);
        curl |= label.to_ascii_lowercase().contains("curl") || language.eq_ignore_ascii_case("curl");
        frame::code(out, &language.to_ascii_lowercase(), Some(label), source);
    }
    if !curl {
        frame::code(out, "bash", Some("curl"), &sample::curl(spec, operation));
    }
}

impl<'w> Writer<'w, '_> {
    fn servers(&mut self, operation: &Operation) {
        if operation.servers.is_empty() {
            return;
        }
        self.out.html.open("ul", &[("class", "api-facts")]);
        for (url, description) in &operation.servers {
            self.out.html.open("li", &[]);
            self.out.html.raw("Server: ");
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
            ("apiKey", place, _) => {
                (format!(": API key in the {} ", place.replace("query", "query parameter")), text("name"))
            }
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
}
