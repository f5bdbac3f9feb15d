//! `{% schema kind="tool.parameters" %}`: the fields of a kind of YAML file, from the description that the checks use.

use super::openapi::describe;
use super::{Anchors, Attr, Block};
use crate::page::{Content, NodeId, Page, Tag};
use crate::render::Body;
use crate::schema::{self, Place, fields, fields::Row, words};
use crate::shape::Map;

/// Levels of fields where the author does not say it.
const DEPTH: usize = 3;

pub const BLOCK: Block = Block {
    name: "schema",
    about: "The fields of a kind of YAML file: type, limits, values, default and meaning of each, with a link to it.",
    content: Content::Void,
    attrs: &[
        Attr::text(
            "kind",
            "A kind, a path in one, or a shared structure: `tool`, `tool.parameters`, `localized-text`.",
        ),
        Attr::text("depth", "How many levels of fields are shown; 3 where it is left out."),
    ],
    anchor: Some(Anchors::Exactly(ids)),
    render,
};

/// The place that a tag shows, if it is a table of fields and its kind is known.
pub fn place(tag: &Tag) -> Option<Place> {
    if &*tag.name != BLOCK.name {
        return None;
    }
    schema::find(tag.attr("kind").unwrap_or_default()).ok()
}

/// The rows of a tag. What another block of the same text shows has its place there and is not unfolded.
pub fn rows(page: &Page, tag: &Tag, place: &Place) -> Vec<Row> {
    let depth = tag.attr("depth").and_then(|depth| depth.parse().ok()).unwrap_or(DEPTH);
    let apart: Vec<&'static Map> = others(page, tag).filter_map(|other| other.map()).collect();
    fields::rows(place, depth, &apart)
}

/// The places that other blocks of the text show.
fn others(page: &Page, tag: &Tag) -> impl Iterator<Item = Place> {
    page.tags.iter().filter(|other| other.start != tag.start).filter_map(place)
}

/// The same as a Markdown table; none for any other tag.
pub fn markdown(page: &Page, tag: &Tag) -> Option<String> {
    let place = place(tag)?;
    let rows = rows(page, tag, &place);
    Some(match rows.is_empty() {
        true => format!("A {}. {}\n", words::type_of(place.shape).text(), place.about),
        false => schema::markdown::table(&rows),
    })
}

/// The table and each row of it. The id of a row with a table of its own is that of the table.
fn ids(page: &Page, tag: &Tag) -> Vec<String> {
    let Some(place) = place(tag) else { return Vec::new() };
    let rows = rows(page, tag, &place);
    let apart: Vec<String> = others(page, tag).map(|other| other.name).filter(|name| *name != place.name).collect();
    let paths = fields::flat(&rows).into_iter().map(|row| row.path.clone()).filter(|path| !apart.contains(path));
    let paths: Vec<String> = paths.collect();
    std::iter::once(place.name).chain(paths).collect()
}

fn render<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    let Some(place) = place(tag) else {
        out.html.open("p", &[("class", "notice")]);
        out.html.text("There is no kind ");
        out.html.element("code", &[], tag.attr("kind").unwrap_or_default());
        out.html.text(" to show here.");
        out.html.close();
        return out.html.newline();
    };
    let rows = rows(out.page, tag, &place);
    let id = out.id_of(node, &place.name);
    let mut attrs = vec![("class", "fields")];
    // The types are described in English.
    attrs.extend((!out.language().starts_with("en")).then_some(("lang", "en")));
    attrs.extend(id.as_deref().map(|id| ("id", id)));
    out.html.open("section", &attrs);
    if rows.is_empty() {
        let type_of = words::type_of(place.shape).text();
        out.html.open("p", &[]);
        out.html.element("span", &[("class", "api-type")], &type_of);
        out.html.close();
        describe::blocks(out, place.about);
        out.html.newline();
    }
    list(out, node, &rows, "api-params");
    for rule in place.map().map_or(Vec::new(), fields::rules) {
        note(out, rule);
    }
    out.html.close();
    out.html.newline();
}

fn list(out: &mut Body<'_>, node: NodeId, rows: &[Row], class: &str) {
    if rows.is_empty() {
        return;
    }
    out.html.open("dl", &[("class", class)]);
    for row in rows {
        term(out, node, row);
        out.html.open("dd", &[]);
        describe::blocks(out, row.field.about);
        facts(out, row);
        list(out, node, &row.below, "api-params");
        for rule in &row.rules {
            note(out, rule);
        }
        out.html.close();
        out.html.newline();
    }
    out.html.close();
    out.html.newline();
}

/// Name, type and marks, with the link to this field.
fn term(out: &mut Body<'_>, node: NodeId, row: &Row) {
    let id = out.id_of(node, &row.path);
    let attrs: Vec<(&str, &str)> = id.as_deref().map(|id| ("id", id)).into_iter().collect();
    out.html.open("dt", &attrs);
    out.html.open("code", &[]);
    if !row.prefix.is_empty() {
        out.html.element("span", &[("class", "field-path")], &row.prefix);
    }
    out.html.text(row.field.name);
    out.html.close();
    out.html.raw(" ");
    let type_of = words::type_of(row.field.shape);
    out.html.open("span", &[("class", "api-type")]);
    out.html.text(&type_of.before);
    let table = type_of.map.filter(|_| row.below.is_empty()).and_then(|map| out.site.table_of(map));
    match table {
        Some((page, id)) => {
            let href = out.place(page, id);
            out.html.element("a", &[("href", &href)], &type_of.name);
        }
        None => out.html.text(&type_of.name),
    }
    out.html.close();
    let mark = |out: &mut Body, class: &str, text: &str| {
        out.html.raw(" ");
        out.html.element("span", &[("class", class)], text);
    };
    if row.is_required() {
        mark(out, "api-required", "required");
    }
    if row.is_foreign() {
        mark(out, "api-mark", "SDK only");
    }
    if row.field.instead.is_some() {
        mark(out, "api-mark", "deprecated");
    }
    if let Some(since) = row.field.since {
        mark(out, "api-mark", &format!("since {since}"));
    }
    if let Some(id) = id.filter(|_| !out.html.interactive()) {
        let (href, label) = (format!("#{id}"), format!("Link to {}", row.path));
        out.html.element("a", &[("class", "anchor"), ("href", &href), ("aria-label", &label)], "#");
    }
    out.html.close();
    out.html.newline();
}

/// Values, default and limits, in one line where they fit.
fn facts(out: &mut Body<'_>, row: &Row) {
    let shape = row.field.shape;
    let (values, limits) = (words::values(shape), words::limits(shape));
    let (default, instead) = (row.field.default, row.field.instead);
    if values.is_empty() && limits.is_empty() && default.is_none() && instead.is_none() {
        return;
    }
    out.html.open("ul", &[("class", "api-facts")]);
    if !values.is_empty() {
        let label = match (values.len(), words::type_of(shape).before.is_empty()) {
            (1, true) => "Always ",
            (1, false) => "Each ",
            (_, true) => "One of ",
            (_, false) => "Each one of ",
        };
        out.html.open("li", &[]);
        out.html.text(label);
        for (at, value) in values.iter().enumerate() {
            out.html.raw(if at == 0 { "" } else { ", " });
            out.html.element("code", &[], value);
        }
        out.html.close();
    }
    for limit in limits {
        out.html.open("li", &[]);
        marked(out, &capital(&limit));
        out.html.close();
    }
    for (label, value) in [("Default ", default), ("Write ", instead)] {
        let Some(value) = value else { continue };
        out.html.open("li", &[]);
        out.html.text(label);
        match value.contains(['`', ' ']) {
            true => marked(out, value),
            false => out.html.element("code", &[], value),
        }
        out.html.close();
    }
    out.html.close();
    out.html.newline();
}

/// A rule about several fields.
fn note(out: &mut Body<'_>, text: &str) {
    out.html.open("p", &[("class", "api-note")]);
    marked(out, text);
    out.html.close();
    out.html.newline();
}

/// One line of text with code in backquotes.
fn marked(out: &mut Body<'_>, text: &str) {
    for (at, part) in text.split('`').enumerate() {
        match at % 2 {
            0 => out.html.text(part),
            _ => out.html.element("code", &[], part),
        }
    }
}

/// With a capital first letter.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
