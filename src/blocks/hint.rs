//! `{% hint style="warning" %} … {% endhint %}`: a call-out box.

use super::{Attr, Block};
use crate::output::icons;
use crate::page::{Content, NodeId, Tag};
use crate::render::Body;

pub const BLOCK: Block = Block {
    name: "hint",
    about: "A call-out box. A heading as its first line becomes its title.",
    content: Content::Markdown,
    attrs: &[
        Attr::choice("style", "Picks icon and colour; any other word means `info`.", STYLES),
        Attr::text("icon", "A Font Awesome name in place of the style's icon."),
    ],
    anchor: None,
    render,
};

const STYLES: &[&str] = &["info", "success", "warning", "danger"];

fn render<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    let style = tag.attr("style").filter(|style| STYLES.contains(style)).unwrap_or("info");
    open(out, style, tag.attr("icon"));
    out.children(node);
    close(out);
}

/// Opens the box up to where its content begins. Also used for `> [!NOTE]`.
pub fn open(out: &mut Body<'_>, style: &str, icon: Option<&str>) {
    let usual = match style {
        "success" => "circle-check",
        "warning" | "important" => "circle-exclamation",
        "danger" | "caution" => "triangle-exclamation",
        "tip" => "lightbulb",
        _ => "circle-info",
    };
    out.html.open("aside", &[("class", "hint"), ("data-style", style), ("role", "note")]);
    match icon.filter(|icon| icons::is_known(icon)) {
        Some(icon) => out.icon(icon, None),
        None => out.theme_icon(usual),
    }
    out.html.open("div", &[("class", "hint-body")]);
}

pub fn close(out: &mut Body<'_>) {
    out.html.close();
    out.html.close();
}
