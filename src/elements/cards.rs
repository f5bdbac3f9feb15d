//! `<table data-view="cards">`: rows in, cards out. A column may hold the cover or the target of its card.

use super::grid::{Cell, Column, Grid, Row};
use super::{image, name_at, table, value};
use crate::page::{Kind, NodeId, Tag};
use crate::render::Body;

pub fn render<'a>(out: &mut Body<'a>, grid: &Grid<'a>, tag: &Tag) {
    if grid.body.is_empty() {
        return;
    }
    let scroll = tag.attr("data-card-wrap") == Some("false");
    let mut attrs = vec![("class", if scroll { "cards scroll" } else { "cards" })];
    attrs.extend((tag.attr("data-card-size") == Some("large")).then_some(("data-size", "large")));
    out.html.open("ul", &attrs);
    out.html.newline();
    for row in &grid.body {
        card(out, grid, row, !tag.is("data-column-title-hidden"));
    }
    out.html.close();
    out.html.newline();
}

fn card<'a>(out: &mut Body<'a>, grid: &Grid<'a>, row: &Row<'a>, titled: bool) {
    let target = grid.marked(row, "data-card-target").and_then(|cell| target(out, cell));
    out.html.open("li", &[("class", "card")]);
    cover(out, grid, row);
    let fields: Vec<&Cell<'a>> = row
        .cells
        .iter()
        .filter(|cell| !grid.hides(cell) && !is_mark(grid.column(cell)) && !cell.is_empty(out))
        .filter(|cell| grid.column(cell).is_none_or(|column| !value::is_null(out, cell, column)))
        .collect();
    // One field carries the link that covers the card: the first with words, and without a link of its own.
    let carrier = target.as_ref().and(fields.iter().position(|cell| carries(out, grid, cell)));
    out.html.open("div", &[("class", "card-body")]);
    for (at, cell) in fields.iter().enumerate() {
        let column = grid.column(cell);
        out.html.open("div", &[("class", "card-field")]);
        if let Some(column) = column.filter(|column| titled && !column.title.is_empty()) {
            out.html.element("span", &[("class", "card-label")], &column.title);
            out.html.raw(" ");
        }
        let href = target.as_ref().filter(|_| carrier == Some(at) && !out.html.interactive());
        if let Some((href, _)) = href {
            out.html.open("a", &[("class", "card-link"), ("href", href)]);
        }
        match column {
            Some(column) => value::write(out, cell, column),
            None => out.siblings(cell.nodes.iter().copied()),
        }
        if href.is_some() {
            out.html.close();
        }
        out.html.close();
    }
    if let Some((href, title)) = target.filter(|_| carrier.is_none()) {
        out.html.element("a", &[("class", "card-link"), ("href", &href), ("aria-label", &title)], "");
    }
    out.html.close();
    out.html.close();
    out.html.newline();
}

/// Where the card leads, and what that is called.
fn target(out: &Body<'_>, cell: &Cell<'_>) -> Option<(String, String)> {
    table::links(out, &cell.nodes).iter().find_map(|(_, link)| Some((out.href(*link)?, out.card(*link)?.title)))
}

/// Whether the column's cells say something of the card and are no fields of it.
fn is_mark(column: Option<&Column<'_>>) -> bool {
    column.is_some_and(|column| column.is("data-card-cover") || column.is("data-card-cover-dark"))
}

fn carries(out: &Body<'_>, grid: &Grid<'_>, cell: &Cell<'_>) -> bool {
    let page = out.page;
    let plain = grid.column(cell).is_none_or(|column| matches!(column.kind(), "" | "text" | "number"));
    let other = |node: NodeId| {
        matches!(page.node(node).kind, Kind::Link(_) | Kind::NoteMark(_) | Kind::Tag(_) | Kind::CodeBlock(_))
            || matches!(
                name_at(page, node),
                "a" | "button" | "details" | "iframe" | "video" | "audio" | "input" | "table" | "pre"
            )
    };
    let inside = || cell.nodes.iter().flat_map(|node| *node..page.node(*node).next);
    // The name of an icon is no word.
    let is_icon = |word: &str| word.len() > 2 && word.starts_with(':') && word.ends_with(':');
    plain && !cell.words(out).split_whitespace().all(is_icon) && !inside().any(other)
}

fn cover(out: &mut Body<'_>, grid: &Grid<'_>, row: &Row<'_>) {
    let link =
        |cell: Option<&Cell<'_>>| cell.and_then(|cell| table::links(out, &cell.nodes).first().map(|(_, link)| *link));
    let cell = grid.marked(row, "data-card-cover");
    let (light, dark) = (link(cell), link(grid.marked(row, "data-card-cover-dark")));
    let class = match cell.and_then(|cell| cell.tag?.attr("data-object-fit")) {
        Some("contain") => "card-cover fit-contain",
        Some("fill") => "card-cover fit-fill",
        _ => "card-cover",
    };
    if let Some(link) = light.or(dark) {
        image::named(out, link, light.and(dark), "", class);
    }
}
