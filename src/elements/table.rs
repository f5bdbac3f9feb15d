//! Tables: Markdown's with pipes, and HTML's with GitBook's options, in a region that scrolls by itself.

use super::grid::{self, Cell, Grid, Row};
use super::{cards, element_at, name_at, style, value};
use crate::page::{Kind, NodeId, Tag};
use crate::render::{Body, align_class};

/// A table of pipes. A header row of empty cells is not shown.
pub fn pipe_table(out: &mut Body<'_>, node: NodeId) {
    let page = out.page;
    let head = page.children(node).find(|child| page.node(*child).kind == Kind::TableHead);
    let titles: Vec<String> = head
        .map(|head| page.children(head).map(|cell| page.words(out.file, cell).trim().to_string()).collect())
        .unwrap_or_default();
    open(out, "table", &titles);
    let shown = |head: &NodeId| page.children(*head).any(|cell| page.children(cell).any(|child| !out.is_blank(child)));
    if let Some(head) = head.filter(shown) {
        out.html.raw("<thead>\n");
        pipe_row(out, head, "th");
        out.html.raw("</thead>\n");
    }
    let mut rows = page.children(node).filter(|child| page.node(*child).kind == Kind::TableRow).peekable();
    if rows.peek().is_some() {
        out.html.raw("<tbody>\n");
        for row in rows {
            pipe_row(out, row, "td");
        }
        out.html.raw("</tbody>\n");
    }
    close(out);
}

fn pipe_row(out: &mut Body<'_>, row: NodeId, name: &'static str) {
    let page = out.page;
    out.html.open("tr", &[]);
    for cell in page.children(row) {
        let Kind::Cell(align) = page.node(cell).kind else { continue };
        let empty = page.children(cell).all(|child| out.is_blank(child));
        let name = if empty { "td" } else { name };
        let mut attrs: Vec<(&str, &str)> = align_class(align).map(|align| ("class", align)).into_iter().collect();
        attrs.extend((name == "th").then_some(("scope", "col")));
        out.wrap(name, &attrs, cell);
    }
    out.html.close();
    out.html.newline();
}

/// `<table>`: a table, or cards.
pub fn element<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    // A caption cannot hold a table.
    if out.html.inside("caption") {
        return super::division(out, node);
    }
    let grid = grid::read(out, node);
    out.siblings(grid.before.iter().copied());
    if tag.attr("data-view") == Some("cards") {
        cards::render(out, &grid, tag);
    } else {
        rows(out, &grid, tag);
    }
    out.siblings(grid.after.iter().copied());
}

fn rows<'a>(out: &mut Body<'a>, grid: &Grid<'a>, tag: &Tag) {
    let mut head = grid.head.iter().flat_map(|row| &row.cells).filter(|cell| !grid.hides(cell));
    let headless = tag.is("data-header-hidden") || head.all(|cell| cell.is_empty(out));
    if headless && !grid.body.iter().flat_map(|row| &row.cells).any(|cell| !grid.hides(cell)) {
        return grid.caption.map_or((), |caption| super::division(out, caption));
    }
    let caption = grid.caption.map(|caption| out.page.words(out.file, caption).trim().to_string());
    let titles: Vec<String> = match caption.filter(|caption| !caption.is_empty()) {
        Some(caption) => vec![caption],
        None => {
            grid.columns.iter().filter(|column| !column.is("data-hidden")).map(|column| column.title.clone()).collect()
        }
    };
    let mut class = "table".to_string();
    for (attr, name) in [("data-full-width", " wide"), ("data-header-sticky", " sticky")] {
        class.push_str(if tag.is(attr) { name } else { "" });
    }
    open(out, &class, &titles);
    if let Some(caption) = grid.caption {
        out.wrap("caption", &[], caption);
    }
    if !headless {
        out.html.raw("<thead>\n");
        for (at, row) in grid.head.iter().enumerate() {
            write_row(out, grid, row, true, at == 0);
        }
        out.html.raw("</thead>\n");
    }
    if !grid.body.is_empty() {
        out.html.raw("<tbody>\n");
        for (at, row) in grid.body.iter().enumerate() {
            write_row(out, grid, row, false, headless && at == 0);
        }
        out.html.raw("</tbody>\n");
    }
    close(out);
}

/// Writes a row; the first one that is shown says how wide the columns are.
fn write_row<'a>(out: &mut Body<'a>, grid: &Grid<'a>, row: &Row<'a>, head: bool, first: bool) {
    out.html.open("tr", &[]);
    for cell in row.cells.iter().filter(|cell| !grid.hides(cell)) {
        let column = grid.column(cell);
        let heading = (head || cell.heading) && !cell.is_empty(out);
        let class = cell_class(cell, column.and_then(|column| column.tag), first);
        let (columns, rows) = (cell.columns().to_string(), cell.rows().to_string());
        let mut attrs: Vec<(&str, &str)> = Vec::new();
        attrs.extend((!class.is_empty()).then_some(("class", &*class)));
        attrs.extend((cell.columns() > 1).then_some(("colspan", &*columns)));
        attrs.extend((cell.rows() > 1).then_some(("rowspan", &*rows)));
        attrs.extend(heading.then_some(("scope", if head { "col" } else { "row" })));
        out.html.open(if heading { "th" } else { "td" }, &attrs);
        match column.filter(|_| !head) {
            Some(column) => value::write(out, cell, column),
            None => {
                let page = out.page;
                out.siblings(cell.nodes.iter().copied().filter(|node| name_at(page, *node) != "select"));
            }
        }
        out.html.close();
    }
    out.html.close();
    out.html.newline();
}

fn cell_class(cell: &Cell<'_>, column: Option<&Tag>, first: bool) -> String {
    let tags = [cell.tag, column];
    let mut classes: Vec<String> = Vec::new();
    classes.extend(tags.iter().flatten().find_map(|tag| style::side(tag)).map(str::to_string));
    let top = tags.iter().flatten().find_map(|tag| tag.attr("valign"));
    classes.extend(top.filter(|valign| valign.eq_ignore_ascii_case("top")).map(|_| "top".to_string()));
    if first && cell.columns() == 1 {
        let width = tags.iter().flatten().find_map(|tag| style::length(tag, "width"));
        classes.extend(width.map(|width| format!("tw-{}", width_step(width))));
    }
    classes.join(" ")
}

/// The step of 25 pixels that is nearest to a width.
fn width_step(pixels: u32) -> u32 {
    ((pixels + 12) / 25).clamp(1, 40)
}

/// Opens a table in the region that lets a wide one scroll, by keyboard too.
fn open(out: &mut Body<'_>, class: &str, titles: &[String]) {
    let titles: Vec<&str> = titles.iter().map(|title| &**title).filter(|title| !title.is_empty()).collect();
    // Regions of a page are told apart by their names.
    let number = out.serial();
    let number = if out.print() { format!("{}.{number}", out.host.0 + 1) } else { number.to_string() };
    let name = out.word("table").replace("{number}", &number);
    let label = if titles.is_empty() { name } else { format!("{name}: {}", titles.join(", ")) };
    let mut attrs = vec![("class", class)];
    if !out.html.interactive() {
        attrs.extend([("role", "region"), ("tabindex", "0"), ("aria-label", &*label)]);
    }
    out.html.open("div", &attrs);
    out.html.open("table", &[]);
    out.html.newline();
}

fn close(out: &mut Body<'_>) {
    out.html.close();
    out.html.close();
    out.html.newline();
}

/// Every link in some nodes, with the node that shows it.
pub fn links(out: &Body<'_>, nodes: &[NodeId]) -> Vec<(NodeId, u32)> {
    let page = out.page;
    let inside = nodes.iter().flat_map(|node| *node..page.node(*node).next);
    inside
        .filter_map(|node| match page.node(node).kind {
            Kind::Link(link) | Kind::Image(link) => Some((node, link)),
            _ => {
                let tag = element_at(page, node)?;
                let attr = tag.find(if &*tag.name == "img" { "src" } else { "href" })?;
                Some((node, attr.link?))
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn widths_are_steps() {
        for (pixels, step) in [(1, 1), (25, 1), (38, 2), (150, 6), (1000, 40), (9000, 40)] {
            assert_eq!(super::width_step(pixels), step);
        }
    }
}
