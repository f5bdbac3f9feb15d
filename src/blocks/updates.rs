//! `{% updates %} {% update date="2026-04-22" tags="api" %} … {% endupdate %} {% endupdates %}`: a changelog.

use super::{Attr, Block};
use crate::page::{Content, Kind, NodeId, Tag};
use crate::render::Body;

pub const UPDATES: Block = Block {
    name: "updates",
    about: "A changelog, newest first, with an Atom feed for the page.",
    content: Content::Markdown,
    attrs: &[Attr::choice("format", "How dates are written.", &["full", "short", "numeric"])],
    anchor: None,
    render: list,
};

pub const UPDATE: Block = Block {
    name: "update",
    about: "One entry of `updates`.",
    content: Content::Markdown,
    attrs: &[
        Attr::text("date", "`YYYY-MM-DD`, or a timestamp that begins so."),
        Attr::text("tags", "Slugs from `.gitbook/tags.yaml`, separated by commas."),
    ],
    anchor: None,
    render: |out, node, tag| entry(out, node, tag, "full"),
};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn list<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    let page = out.page;
    out.html.open("section", &[("class", "updates")]);
    for child in page.children(node) {
        match page.node(child).kind {
            Kind::Tag(update) if &*page.tags[update as usize].name == "update" => {
                entry(out, child, &page.tags[update as usize], tag.attr("format").unwrap_or("full"));
            }
            _ => out.node(child),
        }
    }
    out.html.close();
    out.html.newline();
}

fn entry<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag, format: &str) {
    let date = tag.attr("date").unwrap_or_default();
    out.html.open("article", &[("class", "update")]);
    out.html.open("header", &[("class", "update-header")]);
    match day(date) {
        Some((year, month, day)) => {
            let machine = format!("{year:04}-{month:02}-{day:02}");
            let name = MONTHS[month as usize - 1];
            let shown = match format {
                "numeric" => machine.clone(),
                "short" => format!("{day} {} {year}", &name[..3]),
                _ => format!("{day} {name} {year}"),
            };
            out.html.element("time", &[("datetime", &machine)], &shown);
        }
        None => out.html.element("span", &[("class", "update-date")], date),
    }
    let styles = &out.site.config.spaces[out.site.spaces[out.this().space].config].tags;
    let tags: Vec<&str> =
        tag.attr("tags").unwrap_or_default().split(',').map(str::trim).filter(|t| !t.is_empty()).collect();
    if !tags.is_empty() {
        out.html.open("ul", &[("class", "chips")]);
        for tag in tags {
            let label = styles.iter().find(|style| style.slug == tag).map_or(tag, |style| &style.label);
            out.html.element("li", &[("class", "chip")], label);
        }
        out.html.close();
    }
    out.html.close();
    out.wrap("div", &[("class", "update-body")], node);
    out.html.close();
    out.html.newline();
}

/// Year, month and day of a date or timestamp that exists in the calendar's shape; placeholders are no dates.
pub fn day(date: &str) -> Option<(u32, u32, u32)> {
    let mut parts = date.get(..10)?.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || parts.next().is_some() {
        return None;
    }
    let (year, month, day) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((year, month, day))
}

#[cfg(test)]
mod tests {
    #[test]
    fn dates() {
        for (date, expected) in [
            ("2026-04-22", Some((2026, 4, 22))),
            ("2026-04-22T08:00:00Z", Some((2026, 4, 22))),
            ("RELEASE_DATE", None),
            ("2026-13-01", None),
            ("", None),
            ("日本語日本語", None),
        ] {
            assert_eq!(super::day(date), expected, "{date}");
        }
    }
}
