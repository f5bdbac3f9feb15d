//! `{% columns %} {% column width="50%" %} … {% endcolumn %} {% endcolumns %}`: content side by side.

use super::{Attr, Block};
use crate::page::{Content, NodeId, Tag};
use crate::render::Body;

pub const COLUMNS: Block = Block {
    name: "columns",
    about: "Content side by side; on a narrow screen one below the other.",
    content: Content::Markdown,
    attrs: &[Attr::switch("fullWidth", "Wider than the text column.")],
    anchor: None,
    render: |out, node, tag| {
        let class = if tag.is("fullwidth") { "columns wide" } else { "columns" };
        out.wrap("div", &[("class", class)], node);
    },
};

pub const COLUMN: Block = Block {
    name: "column",
    about: "One of the `columns`.",
    content: Content::Markdown,
    attrs: &[
        Attr::text(
            "width",
            "Share of the width in percent, rounded to twelfths; without it the rest is shared equally.",
        ),
        Attr::choice("valign", "Where the content stands.", ALIGNS),
    ],
    anchor: None,
    render: column,
};

const ALIGNS: &[&str] = &["top", "middle", "bottom"];

fn column<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    let class = match tag.attr("width").and_then(twelfths) {
        Some(twelfths) => format!("column w-{twelfths}"),
        None => "column".to_string(),
    };
    let mut attrs = vec![("class", &*class)];
    attrs.extend(tag.attr("valign").filter(|align| ALIGNS.contains(align)).map(|align| ("data-valign", align)));
    out.wrap("div", &attrs, node);
}

/// `66.666%` is eight twelfths.
fn twelfths(width: &str) -> Option<u32> {
    let percent: f64 = width.trim().trim_end_matches('%').parse().ok()?;
    (percent > 0.0 && percent <= 100.0).then(|| ((percent * 0.12).round() as u32).clamp(1, 12))
}

#[cfg(test)]
mod tests {
    #[test]
    fn widths_are_twelfths() {
        for (width, expected) in
            [("66.66666666666666%", Some(8)), ("50", Some(6)), ("1%", Some(1)), ("0%", None), ("wide", None)]
        {
            assert_eq!(super::twelfths(width), expected);
        }
    }
}
