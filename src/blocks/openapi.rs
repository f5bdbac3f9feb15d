//! `{% openapi-operation spec="pets" path="/pets" method="get" %}` and its relatives: an API reference from a
//! specification in the book.
//!
//! The specification is OpenAPI 3 or Swagger 2.0, as YAML or JSON. GitBook keeps specifications on its own servers;
//! `[openapi]` in `book.toml` says which file of the book stands for one. Without a file the block says so.

pub(super) mod describe;
mod example;
mod exchange;
mod facts;
mod fields;
pub(super) mod frame;
mod operation;
mod reference;
mod sample;
mod schema;
mod spec;

pub use operation::{Operation, operations};
pub use spec::{Spec, Specs};

use super::{Anchors, Attr, Block};
use crate::page::{Content, Kind, NodeId, Page, Tag};
use crate::render::Body;
use crate::site::{Site, Target};
use serde_json::Value;
use std::sync::Arc;

/// Schemas that one block shows.
const MAX_SCHEMAS: usize = 300;

const SPEC: Attr =
    Attr::text("spec", "GitBook's name of the specification; `[openapi]` in `book.toml` gives its file.");
const PATH: Attr = Attr::text("path", "The path as the specification writes it.");
const METHOD: Attr = Attr::text("method", "`get`, `post` and so on; the first of the path where it is left out.");
const SRC: Attr = Attr::text("src", "Path or address of the specification.");
const WIDE: Attr = Attr::switch("fullWidth", "Wider than the text column.");

pub const OPERATION: Block = Block {
    name: "openapi-operation",
    about: "One operation of an API, from an OpenAPI file. The link between the tags also says which file it is.",
    content: Content::Optional,
    attrs: &[SPEC, PATH, METHOD, WIDE],
    anchor: Some(Anchors::Of(operation_anchor)),
    render: render_operation,
};

pub const OPENAPI: Block = Block {
    name: "openapi",
    about: "One operation of an API; the older form of `openapi-operation`. Without a path it lists all operations.",
    content: Content::Optional,
    attrs: &[
        SRC,
        PATH,
        METHOD,
        Attr::switch("expanded", "Without effect here: operations are always shown whole."),
        WIDE,
    ],
    anchor: Some(Anchors::Of(operation_anchor)),
    render: render_operation,
};

pub const SCHEMAS: Block = Block {
    name: "openapi-schemas",
    about: "Models of an API, by name; all of them where none is named.",
    content: Content::Optional,
    attrs: &[
        SPEC,
        Attr::text("schemas", "Names, separated by commas."),
        Attr::switch("grouped", "Each model is folded until it is opened."),
    ],
    anchor: Some(Anchors::Of(|_: &Page, _: &Tag| Some("schemas".to_string()))),
    render: render_schemas,
};

pub const WEBHOOK: Block = Block {
    name: "openapi-webhook",
    about: "A request that an API sends to its users, from an OpenAPI file.",
    content: Content::Optional,
    attrs: &[SPEC, Attr::text("name", "The name of the webhook."), METHOD],
    anchor: Some(Anchors::Of(|_: &Page, tag: &Tag| Some(words_of(tag.attr("method"), tag.attr("name"))))),
    render: render_webhook,
};

/// The text of an operation's anchor.
pub(super) fn operation_anchor(_: &Page, tag: &Tag) -> Option<String> {
    Some(words_of(tag.attr("method"), tag.attr("path"))).filter(|words| !words.is_empty())
}

fn words_of(method: Option<&str>, path: Option<&str>) -> String {
    format!("{} {}", method.unwrap_or_default(), path.unwrap_or_default()).trim().to_string()
}

/// Why a block has no specification to show.
#[derive(Debug, PartialEq, Eq)]
pub enum Absent {
    /// It is on a server, under a name or an address.
    Elsewhere { name: String },
    /// The file that `[openapi]` or `src` names is not in the book.
    NoFile { path: String },
    /// The file is no specification.
    Unreadable { path: String, problem: String },
}

/// The specification that a block at `node` means. The first of these that leads to a file of the book counts: `src`,
/// the link between the tags, and what `[openapi]` in `book.toml` says of the name in `spec` or of an address.
pub fn find(site: &Site, page: &Page, node: NodeId, tag: &Tag) -> Result<Arc<Spec>, Absent> {
    let links: Vec<u32> = tag.find("src").and_then(|attr| attr.link).into_iter().chain(body_link(page, node)).collect();
    let in_book = links.iter().find_map(|link| match site.target(page.file, *link)? {
        Target::Asset { path, .. } => Some(path.clone()),
        _ => None,
    });
    let names = tag.attr("spec").into_iter().chain(links.iter().map(|link| &*page.links[*link as usize].dest));
    let mapped = names.clone().find_map(|name| site.config.openapi.get(name)).cloned();
    let Some(path) = in_book.or(mapped) else {
        let src = tag.attr("src").filter(|src| !src.contains("://"));
        return Err(match src {
            Some(path) => Absent::NoFile { path: path.to_string() },
            None => Absent::Elsewhere { name: names.clone().next().unwrap_or_default().to_string() },
        });
    };
    let file = path.trim_start_matches("./").trim_start_matches('/');
    let Some(file) = site.sources.find(file) else {
        return Err(match site.sources.assets().contains_key(file) {
            true => Absent::Unreadable { path, problem: "it is too large, or not named as YAML or JSON".to_string() },
            false => Absent::NoFile { path },
        });
    };
    let spec = site.specs.get(&site.sources, file);
    match &spec.problem {
        Some(problem) => Err(Absent::Unreadable { path, problem: problem.clone() }),
        None => Ok(spec),
    }
}

/// What is wrong with an API block, for the rule that checks them. That a specification is on a server is not wrong.
pub fn complaint(site: &Site, page: &Page, node: NodeId, tag: &Tag) -> Option<String> {
    let by_spec = match &*tag.name {
        "openapi" | "openapi-operation" | "openapi-webhook" | "openapi-schemas" => true,
        "swagger" => tag.attr("src").is_some(),
        _ => false,
    };
    if !by_spec {
        return None;
    }
    let spec = match find(site, page, node, tag) {
        Err(Absent::Elsewhere { .. }) => return None,
        // A path in the tag is a link as any other, and is reported as one.
        Err(Absent::NoFile { .. }) if tag.attr("src").is_some() => return None,
        Err(Absent::NoFile { path }) => return Some(format!("there is no specification `{path}` in the book")),
        Err(Absent::Unreadable { path, problem }) => {
            return Some(format!("`{path}` cannot be read as a specification: {problem}"));
        }
        Ok(spec) => spec,
    };
    let attr = |name: &str| tag.attr(name).unwrap_or_default();
    let method = tag.attr("method").filter(|method| !method.is_empty());
    match &*tag.name {
        "openapi-schemas" => {
            let missing = |name: &&str| !name.is_empty() && !spec.schemas().is_some_and(|all| all.contains_key(*name));
            let name = attr("schemas").split(',').map(str::trim).find(missing)?;
            Some(format!("the specification has no schema `{name}`"))
        }
        "openapi-webhook" => {
            let found = Operation::webhook(&spec, attr("name"), method).is_some();
            (!found).then(|| format!("the specification has no webhook `{}`", attr("name")))
        }
        _ => {
            let found = attr("path").is_empty() || Operation::find(&spec, attr("path"), method).is_some();
            (!found).then(|| format!("the specification has no operation `{}`", words_of(method, tag.attr("path"))))
        }
    }
}

/// The first link between the tags.
fn body_link(page: &Page, node: NodeId) -> Option<u32> {
    (node + 1..page.node(node).next).find_map(|id| match page.node(id).kind {
        Kind::Link(link) => Some(link),
        _ => None,
    })
}

/// Also renders `swagger` with `src`.
pub(super) fn render_operation<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    let (method, path) = (tag.attr("method"), tag.attr("path").unwrap_or_default());
    let wide = tag.is("fullwidth");
    match find(out.site, out.page, node, tag) {
        Err(absent) => explain(out, node, tag, method, path, &absent),
        Ok(spec) if path.is_empty() => list(out, node, &spec),
        Ok(spec) => match Operation::find(&spec, path, method.filter(|method| !method.is_empty())) {
            Some(operation) => reference::operation(out, node, &spec, &operation, wide),
            None => missing(out, node, method, path, "operation"),
        },
    }
}

fn render_webhook<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    let (method, name) = (tag.attr("method"), tag.attr("name").unwrap_or_default());
    match find(out.site, out.page, node, tag) {
        Err(absent) => explain(out, node, tag, method, name, &absent),
        Ok(spec) => match Operation::webhook(&spec, name, method) {
            Some(operation) => reference::operation(out, node, &spec, &operation, false),
            None => missing(out, node, method, name, "webhook"),
        },
    }
}

fn render_schemas<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    let wanted = tag.attr("schemas").unwrap_or_default();
    let spec = match find(out.site, out.page, node, tag) {
        Err(absent) => return explain(out, node, tag, None, wanted, &absent),
        Ok(spec) => spec,
    };
    let all = spec.schemas();
    let named = |name: &str| all.and_then(|all| all.get_key_value(name)).map(|(name, value)| (name.as_str(), value));
    let found: Vec<(&str, &Value)> = if wanted.trim().is_empty() {
        all.into_iter().flatten().map(|(name, value)| (name.as_str(), value)).take(MAX_SCHEMAS).collect()
    } else {
        wanted.split(',').filter_map(|name| named(name.trim())).take(MAX_SCHEMAS).collect()
    };
    if found.is_empty() {
        return missing(out, node, None, wanted, "schema");
    }
    reference::schemas(out, node, &spec, &found, tag.is("grouped") || found.len() > 3);
}

/// All operations of a specification, where no path is given.
fn list(out: &mut Body<'_>, node: NodeId, spec: &Spec) {
    frame::section(out, node, false);
    out.html.open("ul", &[("class", "api-operations")]);
    for (method, path, summary, _) in operations(spec) {
        out.html.open("li", &[]);
        out.html.element("span", &[("class", "method"), ("data-method", &method)], &method.to_uppercase());
        out.html.raw(" ");
        out.html.element("code", &[("class", "api-path")], &path);
        out.html.text(&format!(" {summary}"));
        out.html.close();
    }
    out.html.close();
    frame::close(out);
}

fn missing(out: &mut Body<'_>, node: NodeId, method: Option<&str>, path: &str, what: &str) {
    frame::open(out, node, method, path, &[], false);
    out.html.element("p", &[("class", "notice")], &format!("The specification has no such {what}."));
    frame::close(out);
}

/// The section of an operation whose specification is not here.
fn explain(out: &mut Body<'_>, node: NodeId, tag: &Tag, method: Option<&str>, path: &str, absent: &Absent) {
    frame::open(out, node, method, path, &[], false);
    out.html.open("p", &[("class", "notice")]);
    match absent {
        Absent::Elsewhere { name } => {
            out.html.text("The specification of this API is kept elsewhere.");
            if !name.is_empty() {
                out.html.text(" To show it here, put its file into the book and add ");
                out.html.element("code", &[], &format!("\"{name}\" = \"path/to/openapi.yaml\""));
                out.html.raw(" to <code>[openapi]</code> in <code>book.toml</code>.");
            }
        }
        Absent::NoFile { path } => {
            out.html.text("The specification ");
            out.html.element("code", &[], path);
            out.html.text(" is not in the book.");
        }
        Absent::Unreadable { path, problem } => {
            out.html.element("code", &[], path);
            out.html.text(&format!(" cannot be read as a specification: {problem}."));
        }
    }
    out.html.close();
    let page = out.page;
    let links = body_link(page, node).into_iter().chain(tag.find("src").and_then(|attr| attr.link));
    let mut addresses = links.filter(|link| matches!(out.target(*link), Some(Target::External(_))));
    if let Some(href) = addresses.next().and_then(|link| out.href(link)) {
        let link = (node + 1..page.node(node).next).find(|id| matches!(page.node(*id).kind, Kind::Link(_)));
        let label = link.map(|id| page.words(out.file, id)).filter(|words| !words.trim().is_empty());
        out.html.open("p", &[]);
        out.html.element("a", &[("class", "external"), ("href", &href)], label.as_deref().unwrap_or("Specification"));
        out.html.close();
    }
    frame::close(out);
}

#[cfg(test)]
mod tests;
