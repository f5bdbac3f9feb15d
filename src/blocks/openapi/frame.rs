//! The HTML that all API blocks share: the head of an operation, the name of a parameter, a response, a code sample.

use crate::blocks::code::{self, CodeOptions};
use crate::page::NodeId;
use crate::render::Body;

/// Opens the section of an operation and writes its method and path. The caller closes it.
pub fn open(out: &mut Body<'_>, node: NodeId, method: Option<&str>, path: &str, marks: &[&str], wide: bool) {
    section(out, node, wide);
    out.html.open("header", &[("class", "api-header")]);
    if let Some(method) = method.map(str::trim).filter(|method| !method.is_empty()) {
        out.html.element(
            "span",
            &[("class", "method"), ("data-method", &method.to_lowercase())],
            &method.to_uppercase(),
        );
        out.html.raw(" ");
    }
    out.html.element("code", &[("class", "api-path")], path.trim());
    for mark in marks {
        out.html.raw(" ");
        out.html.element("span", &[("class", "api-mark")], mark);
    }
    out.html.close();
    out.html.newline();
}

/// Opens a section that has the id of the block at `node`.
pub fn section(out: &mut Body<'_>, node: NodeId, wide: bool) {
    let id = out.id(node);
    let mut attrs = vec![("class", if wide { "api wide" } else { "api" })];
    attrs.extend(id.as_deref().map(|id| ("id", id)));
    out.html.open("section", &attrs);
}

pub fn close(out: &mut Body<'_>) {
    out.html.close();
    out.html.newline();
}

/// What the operation is called, with a link to its id.
pub fn title(out: &mut Body<'_>, id: Option<&str>, text: &str) {
    out.html.open("h3", &[]);
    out.html.text(text);
    if let Some(id) = id.filter(|_| !out.html.interactive()) {
        let (href, label) = (format!("#{id}"), out.word("section").replace("{title}", text));
        out.html.element("a", &[("class", "anchor"), ("href", &href), ("aria-label", &label)], "#");
    }
    out.html.close();
    out.html.newline();
}

/// The title of a part: parameters, a body, responses.
pub fn part(out: &mut Body<'_>, text: &str) {
    out.html.element("h4", &[], text);
    out.html.newline();
}

/// The part that parameters of a place (`in`) belong to.
pub fn parameters_title(place: &str) -> &'static str {
    match place {
        "path" => "Path parameters",
        "query" | "querystring" => "Query parameters",
        "header" => "Headers",
        "cookie" => "Cookies",
        "body" => "Body",
        "formData" | "form-data" => "Form data",
        _ => "Parameters",
    }
}

/// The name of a parameter or property: `<dt>` with its type and marks.
pub fn term(out: &mut Body<'_>, name: &str, words: &str, required: bool, marks: &[&str]) {
    out.html.open("dt", &[]);
    out.html.element("code", &[], name);
    if !words.is_empty() {
        out.html.raw(" ");
        out.html.element("span", &[("class", "api-type")], words);
    }
    if required {
        out.html.raw(" ");
        out.html.element("span", &[("class", "api-required")], "required");
    }
    for mark in marks {
        out.html.raw(" ");
        out.html.element("span", &[("class", "api-mark")], mark);
    }
    out.html.close();
}

/// Opens a response up to where its body begins. The caller closes it with [`close`].
pub fn open_response(out: &mut Body<'_>, status: &str, words: &str, open: bool) {
    out.html
        .open("details", if open { &[("class", "api-response"), ("open", "")] } else { &[("class", "api-response")] });
    out.html.open("summary", &[]);
    let kind: String =
        status.chars().next().filter(|c| c.is_ascii_digit()).map_or("default".to_string(), |c| format!("{c}xx"));
    out.html.element("span", &[("class", "api-status"), ("data-status", &kind)], status);
    if !words.is_empty() {
        out.html.raw(" ");
        out.html.element("span", &[("class", "api-status-text")], words);
    }
    out.html.close();
    out.html.newline();
}

/// A code sample.
pub fn code(out: &mut Body<'_>, language: &str, title: Option<&str>, text: &str) {
    code::figure(out, language, text, &CodeOptions { title, ..CodeOptions::default() });
}
