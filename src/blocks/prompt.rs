//! `{% prompt description="…" %} fence {% endprompt %}`: a text to copy into an assistant.

use super::code::{COLLAPSED, CodeOptions, children};
use super::{Attr, Block};
use crate::page::{Content, NodeId, Tag};
use crate::render::Body;

pub const BLOCK: Block = Block {
    name: "prompt",
    about: "A prompt for an AI assistant, in a fence, with a description of what it does.",
    content: Content::Markdown,
    attrs: &[
        Attr::text("description", "What the prompt is for."),
        Attr::text("icon", "A Font Awesome name."),
        Attr::choice("defaultExpanded", "How much of the prompt is shown at first.", &["hidden", "partial", "full"]),
        Attr::switch("openInAIProviders", "Offers to open the prompt in an assistant; copying is offered always."),
    ],
    anchor: None,
    render,
};

fn render<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    let (open, collapsed) = match tag.attr("defaultexpanded") {
        Some("full") => (true, None),
        Some("partial") => (true, Some(COLLAPSED)),
        _ => (false, None),
    };
    out.html.open("figure", &[("class", "prompt")]);
    if let Some(description) = tag.attr("description").filter(|text| !text.is_empty()) {
        out.html.open("figcaption", &[]);
        if let Some(icon) = tag.attr("icon") {
            out.icon(icon, None);
        }
        out.html.text(description);
        out.html.close();
    }
    out.html.open("details", if open { &[("open", "")] } else { &[] });
    out.html.element("summary", &[], "Prompt");
    children(out, node, &CodeOptions { wrap: true, collapsed, ..CodeOptions::default() });
    out.html.close();
    out.html.close();
    out.html.newline();
}
