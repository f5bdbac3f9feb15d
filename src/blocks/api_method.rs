//! `{% api-method method="get" host="…" path="/pets" %} … {% endapi-method %}`: an operation as GitBook wrote it until
//! 2021. Every part is a block inside the last; the HTML is that of `swagger`.

use super::openapi::{self, frame};
use super::swagger::{answer, list, parameter, tag_of};
use super::{Anchors, Attr, Block};
use crate::page::{Content, NodeId, Tag};
use crate::render::Body;

const fn part(name: &'static str, about: &'static str, render: for<'a> fn(&mut Body<'a>, NodeId, &'a Tag)) -> Block {
    Block { name, about, content: Content::Markdown, attrs: &[], anchor: None, render }
}

pub const METHOD: Block = Block {
    name: "api-method",
    about: "An operation of an API described by hand, in the form that GitBook wrote until 2021.",
    content: Content::Markdown,
    attrs: &[
        Attr::text("method", "`get`, `post` and so on."),
        Attr::text("host", "What stands before the path."),
        Attr::text("path", "The path of the operation."),
    ],
    anchor: Some(Anchors::Of(openapi::operation_anchor)),
    render: |out, node, tag| {
        let path = format!("{}{}", tag.attr("host").unwrap_or_default(), tag.attr("path").unwrap_or_default());
        frame::open(out, node, tag.attr("method"), &path, &[], false);
        out.children(node);
        frame::close(out);
    },
};

pub const SUMMARY: Block = part("api-method-summary", "What an operation is called.", |out, node, _| {
    let words = out.page.words(out.file, node);
    out.html.element("h3", &[], words.trim());
    out.html.newline();
});

pub const DESCRIPTION: Block =
    part("api-method-description", "What an operation does.", |out, node, _| out.children(node));

pub const SPEC: Block =
    part("api-method-spec", "Holds the request and the responses.", |out, node, _| out.children(node));

pub const REQUEST: Block =
    part("api-method-request", "Holds the lists of parameters.", |out, node, _| out.children(node));

pub const PATH_PARAMETERS: Block = part("api-method-path-parameters", "Parameters in the path.", |out, node, _| {
    parameters(out, node, "Path parameters");
});

pub const QUERY_PARAMETERS: Block = part("api-method-query-parameters", "Parameters after `?`.", |out, node, _| {
    parameters(out, node, "Query parameters");
});

pub const HEADERS: Block = part("api-method-headers", "Headers of the request.", |out, node, _| {
    parameters(out, node, "Headers");
});

pub const BODY_PARAMETERS: Block = part("api-method-body-parameters", "Fields of the body.", |out, node, _| {
    parameters(out, node, "Body");
});

pub const FORM_DATA_PARAMETERS: Block = part("api-method-form-data-parameters", "Fields of a form.", |out, node, _| {
    parameters(out, node, "Form data");
});

pub const PARAMETER: Block = Block {
    attrs: &[
        Attr::text("name", "Its name."),
        Attr::text("type", "Its type, in any words."),
        Attr::switch("required", "A request must have it."),
    ],
    ..part("api-method-parameter", "A parameter, with its description.", parameter)
};

pub const RESPONSE: Block = part("api-method-response", "Holds the examples of responses.", |out, node, _| {
    frame::part(out, "Responses");
    out.children(node);
});

pub const RESPONSE_EXAMPLE: Block = Block {
    attrs: &[Attr::text("httpCode", "The status of the response.")],
    ..part("api-method-response-example", "A response, usually with an example.", |out, node, tag| {
        answer(out, node, tag.attr("httpcode").unwrap_or_default(), "");
    })
};

pub const RESPONSE_EXAMPLE_DESCRIPTION: Block =
    part("api-method-response-example-description", "When a response is sent.", |out, node, _| out.children(node));

/// A list of parameters under its title; whatever else stands among them follows.
fn parameters(out: &mut Body<'_>, node: NodeId, title: &str) {
    let page = out.page;
    let is_parameter = |child: &NodeId| tag_of(page, *child).is_some_and(|tag| &*tag.name == "api-method-parameter");
    let (parameters, rest): (Vec<NodeId>, Vec<NodeId>) = page.children(node).partition(is_parameter);
    frame::part(out, title);
    list(out, &parameters);
    for child in rest {
        out.node(child);
    }
}
