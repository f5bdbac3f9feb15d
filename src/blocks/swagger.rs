//! `{% swagger method="get" path="/pets" %} … {% endswagger %}`: an operation that is described by hand.
//!
//! The parts are blocks of their own, so that one that stands alone still shows what it says.

use super::openapi::{self, frame};
use super::{Anchors, Attr, Block};
use crate::page::{Content, Kind, NodeId, Page, Tag};
use crate::render::Body;

pub const SWAGGER: Block = Block {
    name: "swagger",
    about: "An operation of an API described by hand; with `src`, one from an OpenAPI file.",
    content: Content::Markdown,
    attrs: &[
        Attr::text("method", "`get`, `post` and so on."),
        Attr::text("path", "The path of the operation."),
        Attr::text("baseUrl", "What stands before the path."),
        Attr::text("summary", "What the operation is called."),
        Attr::text("src", "Path or address of a specification."),
        Attr::switch("expanded", "Without effect here: operations are always shown whole."),
        Attr::switch("fullWidth", "Wider than the text column."),
    ],
    anchor: Some(Anchors::Of(anchor)),
    render,
};

pub const DESCRIPTION: Block = Block {
    name: "swagger-description",
    about: "What an operation does.",
    content: Content::Markdown,
    attrs: &[],
    anchor: None,
    render: |out, node, _| out.children(node),
};

pub const PARAMETER: Block = Block {
    name: "swagger-parameter",
    about: "A parameter of an operation, with its description.",
    content: Content::Markdown,
    attrs: &[
        Attr::choice("in", "Where it stands in the request.", &["path", "query", "header", "cookie", "body"]),
        Attr::text("name", "Its name."),
        Attr::text("type", "Its type, in any words."),
        Attr::switch("required", "A request must have it."),
    ],
    anchor: None,
    render: parameter,
};

pub const RESPONSE: Block = Block {
    name: "swagger-response",
    about: "A response of an operation, usually with an example.",
    content: Content::Markdown,
    attrs: &[Attr::text("status", "`200: OK`"), Attr::text("description", "When it is sent.")],
    anchor: None,
    render: response,
};

/// An operation with a title is known by it, one without by method and path.
fn anchor(page: &Page, tag: &Tag) -> Option<String> {
    let summary = tag.attr("summary").filter(|summary| !summary.trim().is_empty() && tag.attr("src").is_none());
    summary.map(str::to_string).or_else(|| openapi::operation_anchor(page, tag))
}

fn render<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    if tag.attr("src").is_some_and(|src| !src.is_empty()) {
        return openapi::render_operation(out, node, tag);
    }
    let page = out.page;
    let path = format!("{}{}", tag.attr("baseurl").unwrap_or_default(), tag.attr("path").unwrap_or_default());
    frame::open(out, node, tag.attr("method"), &path, &[], tag.is("fullwidth"));
    if let Some(summary) = tag.attr("summary").filter(|summary| !summary.trim().is_empty()) {
        let id = out.id(node);
        frame::title(out, id.as_deref(), summary);
    }
    let is = |child: &NodeId, name| tag_of(page, *child).is_some_and(|tag| &*tag.name == name);
    let is_part = |child: &NodeId| is(child, "swagger-parameter") || is(child, "swagger-response");
    for child in page.children(node).filter(|child| !is_part(child)) {
        out.node(child);
    }
    let parameters: Vec<NodeId> = page.children(node).filter(|child| is(child, "swagger-parameter")).collect();
    let title =
        |child: NodeId| frame::parameters_title(tag_of(page, child).and_then(|tag| tag.attr("in")).unwrap_or_default());
    for group in ["Path parameters", "Query parameters", "Headers", "Cookies", "Body", "Form data", "Parameters"] {
        let here: Vec<NodeId> = parameters.iter().copied().filter(|child| title(*child) == group).collect();
        if !here.is_empty() {
            frame::part(out, group);
            list(out, &here);
        }
    }
    let mut responses = page.children(node).filter(|child| is(child, "swagger-response")).peekable();
    if responses.peek().is_some() {
        frame::part(out, "Responses");
    }
    for child in responses {
        out.node(child);
    }
    frame::close(out);
}

/// The tag at a node.
pub(super) fn tag_of(page: &Page, node: NodeId) -> Option<&Tag> {
    match page.node(node).kind {
        Kind::Tag(tag) => Some(&page.tags[tag as usize]),
        _ => None,
    }
}

/// Parameters as one list.
pub(super) fn list(out: &mut Body<'_>, nodes: &[NodeId]) {
    let page = out.page;
    out.html.open("dl", &[("class", "api-params")]);
    for node in nodes {
        let Some(tag) = tag_of(page, *node) else { continue };
        let name = tag.attr("name").unwrap_or_default();
        // In a name of old exports the mark `*` means that it is required.
        let (name, starred) = name.strip_suffix('*').map_or((name, false), |name| (name, true));
        frame::term(out, name.trim(), tag.attr("type").unwrap_or_default(), starred || tag.is("required"), &[]);
        out.html.open("dd", &[]);
        out.children(*node);
        out.html.close();
        out.html.newline();
    }
    frame::close(out);
}

pub(super) fn parameter<'a>(out: &mut Body<'a>, node: NodeId, _: &'a Tag) {
    list(out, &[node]);
}

fn response<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    let status = tag.attr("status").unwrap_or_default();
    let (code, words) = status.split_once(':').unwrap_or((status, ""));
    let words: Vec<&str> = [words, tag.attr("description").unwrap_or_default()]
        .into_iter()
        .map(str::trim)
        .filter(|w| !w.is_empty())
        .collect();
    answer(out, node, code.trim(), &words.join(": "));
}

/// A response, folded where it is no success.
pub(super) fn answer(out: &mut Body<'_>, node: NodeId, status: &str, words: &str) {
    out.html.open("div", &[("class", "api-schema api-responses")]);
    frame::open_response(out, status, words, status.starts_with('2'));
    out.children(node);
    frame::close(out);
    frame::close(out);
}
