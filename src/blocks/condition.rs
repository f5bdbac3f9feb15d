//! `{% if visitor.claims.plan === "pro" %} … {% endif %}`: a part that only some visitors see.

use super::{Attr, Block};
use crate::expr::{self, Verdict};
use crate::page::{Content, NodeId, Tag};
use crate::render::Body;

pub const BLOCK: Block = Block {
    name: "if",
    about: "A part that is shown under a condition. Without the claims that it asks for, it is shown with its condition.",
    content: Content::Markdown,
    attrs: &[Attr::text("", "A JavaScript expression over `visitor.claims`, `space.vars` and `page.vars`.")],
    anchor: None,
    render,
};

fn render<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    let condition = tag.attr("").unwrap_or_default();
    match expr::condition(out.site, out.host, condition) {
        Verdict::Shown => out.children(node),
        Verdict::Hidden => {}
        // A static site cannot know who reads it, and nothing is to vanish silently.
        Verdict::Unknown => {
            out.html.open("div", &[("class", "condition")]);
            write_label(out, condition);
            out.children(node);
            out.html.close();
            out.html.newline();
        }
    }
}

/// Above a page that only some readers see on GitBook: for whom it is meant.
pub fn label(out: &mut Body<'_>, condition: &str) {
    if expr::condition(out.site, out.host, condition) == Verdict::Unknown {
        write_label(out, condition);
        out.html.newline();
    }
}

fn write_label(out: &mut Body<'_>, condition: &str) {
    out.html.open("p", &[("class", "condition-label")]);
    out.html.text(out.word("shown_when"));
    out.html.raw(" ");
    out.html.element("code", &[], condition);
    out.html.close();
}
