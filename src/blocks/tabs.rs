//! `{% tabs %} {% tab title="Windows" %} … {% endtab %} {% endtabs %}`: alternatives of which one is looked at.

use super::{Anchors, Attr, Block};
use crate::page::{Content, Kind, NodeId, Page, Tag};
use crate::render::Body;
use crate::slug;

pub const TABS: Block = Block {
    name: "tabs",
    about: "Alternatives side by side. Tabs of the same title switch together on the whole site, and the choice is remembered.",
    content: Content::Markdown,
    attrs: &[Attr::switch("fullWidth", "Wider than the text column.")],
    anchor: None,
    render: |out, node, _| set(out, node),
};

pub const TAB: Block = Block {
    name: "tab",
    about: "One alternative of `tabs`.",
    content: Content::Markdown,
    attrs: &[
        Attr::text("title", "What the tab is called; also its anchor."),
        Attr::text("icon", "A Font Awesome name."),
    ],
    anchor: Some(Anchors::Of(|_: &Page, tag: &Tag| Some(title(tag).to_string()))),
    render: alone,
};

pub const CODE_TABS: Block = Block {
    name: "code-tabs",
    about: "The `tabs` of older books, for code alone.",
    content: Content::Markdown,
    attrs: &[],
    anchor: None,
    render: |out, node, _| set(out, node),
};

pub const CODE_TABS_ITEM: Block = Block {
    name: "code-tabs-item",
    about: "One alternative of `code-tabs`.",
    content: Content::Markdown,
    attrs: &[Attr::text("title", "What the tab is called; also its anchor.")],
    anchor: TAB.anchor,
    render: alone,
};

fn set(out: &mut Body<'_>, node: NodeId) {
    let page = out.page;
    out.html.open("div", &[("class", "tabs")]);
    // What stands between the tabs belongs to none of them; it comes first, so that the strip stays whole.
    for child in page.children(node).filter(|child| !is_tab(page, *child)) {
        out.node(child);
    }
    for child in page.children(node).filter(|child| is_tab(page, *child)) {
        if let Kind::Tag(tag) = page.node(child).kind {
            panel(out, child, &page.tags[tag as usize]);
        }
    }
    out.html.close();
    out.html.newline();
}

fn is_tab(page: &Page, node: NodeId) -> bool {
    matches!(page.node(node).kind, Kind::Tag(tag) if matches!(&*page.tags[tag as usize].name, "tab" | "code-tabs-item"))
}

/// A tab outside of tabs is a set of one.
fn alone<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    out.html.open("div", &[("class", "tabs")]);
    panel(out, node, tag);
    out.html.close();
    out.html.newline();
}

fn panel<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    let key = slug::tab_key(title(tag));
    let mut attrs = vec![("class", "tab"), ("data-key", &*key)];
    let id = out.id(node);
    attrs.extend(id.as_deref().map(|id| ("id", id)));
    out.html.open("section", &attrs);
    // Shown where no script makes it a tab: then it heads what follows.
    let heading = [("class", "tab-title"), ("role", "heading"), ("aria-level", "4")];
    out.html.open("p", if out.print() { &heading[..1] } else { &heading });
    if let Some(icon) = tag.attr("icon") {
        out.icon(icon, None);
    }
    out.html.text(title(tag));
    out.html.close();
    out.html.newline();
    out.children(node);
    out.html.close();
    out.html.newline();
}

/// A tab without a title still needs a name for its button.
fn title(tag: &Tag) -> &str {
    tag.attr("title").map(str::trim).filter(|title| !title.is_empty()).unwrap_or("Tab")
}
