//! `{% include "../.gitbook/includes/name.md" %}`: the text of another file in place.

use super::{Attr, Block};
use crate::page::{Content, NodeId, Tag};
use crate::render::Body;
use crate::site::Target;

pub const BLOCK: Block = Block {
    name: "include",
    about: "The text of another file. Its links are relative to that file; its headings belong to this page.",
    content: Content::Void,
    attrs: &[Attr::needed("", "Path of the file, or a GitBook address that `[includes]` in `book.toml` maps to one.")],
    anchor: None,
    render,
};

fn render<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    if out.include(node) {
        return;
    }
    // Content that lives on GitBook's servers: the reader learns that something is missing, and what.
    let name = tag.attr("").unwrap_or_default();
    let missing = match tag.find("").and_then(|attr| attr.link).and_then(|link| out.target(link)) {
        Some(Target::External(_)) => "Content kept elsewhere is not part of this copy",
        _ => "The text that belongs here could not be found",
    };
    out.html.open("p", &[("class", "notice")]);
    out.html.text(missing);
    out.html.text(": ");
    out.html.element("code", &[], name);
    out.html.close();
    out.html.newline();
}
