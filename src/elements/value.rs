//! Cells of typed columns: what the cell stores in, what a reader sees out.

use super::grid::{Cell, Column};
use super::{element_at, image, inline, style, table};
use crate::page::{NodeId, Tag};
use crate::render::Body;

/// Whether a cell has no value yet: GitBook writes the word for it where a cell holds no text.
pub fn is_null(out: &Body<'_>, cell: &Cell<'_>, column: &Column<'_>) -> bool {
    matches!(column.kind(), "checkbox" | "number" | "rating") && cell.words(out).trim() == "null"
}

/// Writes the content of a cell as its column's type shows it. Content that does not fit the type is shown as it is.
pub fn write<'a>(out: &mut Body<'a>, cell: &Cell<'a>, column: &Column<'a>) {
    if is_null(out, cell, column) {
        return;
    }
    let text = cell.words(out).trim().to_string();
    let shown = match column.kind() {
        "checkbox" => checkbox(out, &text, &column.title),
        "rating" => rating(out, &text, column),
        "select" => choices(out, cell, column),
        "content-ref" => each_link(out, cell, reference),
        "files" => each_link(out, cell, file),
        "image" => each_link(out, cell, picture),
        _ => false,
    };
    if !shown {
        out.siblings(cell.nodes.iter().copied());
    }
}

fn checkbox(out: &mut Body<'_>, text: &str, label: &str) -> bool {
    let checked = match text {
        "true" => true,
        "false" => false,
        _ => return false,
    };
    if out.html.interactive() {
        out.html.text(if checked { "☑" } else { "☐" });
    } else {
        inline::checkbox(out, checked, if label.is_empty() { "Done" } else { label });
    }
    true
}

fn rating(out: &mut Body<'_>, text: &str, column: &Column<'_>) -> bool {
    let Ok(stars) = text.parse::<u8>() else { return false };
    let most = column.tag.and_then(|tag| tag.attr("data-max").or(tag.attr("max"))?.parse::<u8>().ok()).unwrap_or(5);
    if stars > most || most > 20 {
        return false;
    }
    let label = format!("{stars} / {most}");
    out.html.open("span", &[("class", "rating"), ("role", "img"), ("aria-label", &label)]);
    out.html.text(&"★".repeat(stars.into()));
    out.html.text(&"☆".repeat((most - stars).into()));
    out.html.close();
    true
}

/// `<span data-option="id">Done</span>`: the column knows label and colour.
fn choices<'a>(out: &mut Body<'a>, cell: &Cell<'a>, column: &Column<'a>) -> bool {
    let page = out.page;
    let inside = cell.nodes.iter().flat_map(|node| *node..page.node(*node).next);
    let chosen: Vec<(NodeId, &str)> =
        inside.filter_map(|node| Some((node, element_at(page, node)?.attr("data-option")?))).collect();
    for (node, id) in &chosen {
        let option: Option<&Tag> = column.options.iter().find(|option| option.attr("value") == Some(id)).copied();
        let colour = option.and_then(|option| option.attr("color")).map(style::colour);
        let class = colour.map_or("chip".to_string(), |colour| format!("chip c-{colour}"));
        let label = option.and_then(|option| option.attr("label")).filter(|label| !label.is_empty());
        out.html.open("span", &[("class", &class)]);
        match label {
            Some(label) => out.html.text(label),
            None => out.children(*node),
        }
        out.html.close();
        out.html.raw(" ");
    }
    !chosen.is_empty()
}

/// Shows each link of the cell in its own way. False, and nothing shown, when the cell has none.
fn each_link<'a>(out: &mut Body<'a>, cell: &Cell<'a>, show: fn(&mut Body<'a>, NodeId, u32)) -> bool {
    let links = table::links(out, &cell.nodes);
    for (at, (node, link)) in links.iter().enumerate() {
        if at > 0 {
            out.html.raw("<br>");
        }
        show(out, *node, *link);
    }
    !links.is_empty()
}

/// A page by its own title, a place elsewhere by the author's words.
fn reference(out: &mut Body<'_>, node: NodeId, link: u32) {
    let card = out.card(link).filter(|card| !card.external && card.href.is_some());
    match card {
        Some(card) if !out.html.interactive() => {
            out.html.open("a", &[("class", "mention"), ("href", card.href.as_deref().unwrap_or_default())]);
            if let Some(icon) = &card.icon {
                out.icon(icon, None);
            }
            out.html.text(&card.title);
            out.html.close();
        }
        Some(card) => out.html.text(&card.title),
        None => out.node(node),
    }
}

fn file(out: &mut Body<'_>, node: NodeId, link: u32) {
    match out.href(link).filter(|_| !out.html.interactive()) {
        Some(href) => {
            out.html.open("a", &[("class", "file-link"), ("href", &href)]);
            out.theme_icon("file");
            out.children(node);
            out.html.close();
        }
        None => out.node(node),
    }
}

fn picture(out: &mut Body<'_>, node: NodeId, link: u32) {
    if super::name_at(out.page, node) == "img" || !image::named(out, link, None, "", "inline") {
        out.node(node);
    }
}
