//! Rows have no more cells than their table has columns.

use super::{Check, Rule, Sink};
use crate::diagnostic::Severity;
use crate::page::{Kind, NodeId, Page};
use crate::site::Site;

pub const RULE: Rule = Rule {
    name: "lost-cell",
    severity: Severity::Error,
    off: false,
    about: "A row with more cells than the header has. Markdown leaves out the rest, so a reader never sees it.",
    wrong: "| a | b |\n| --- | --- |\n| 1 | 2 | 3 |",
    right: "| a | b | c |\n| --- | --- | --- |\n| 1 | 2 | 3 |",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    let source = site.sources.text(page.file);
    for (id, node) in page.nodes.iter().enumerate() {
        if node.kind != Kind::TableRow {
            continue;
        }
        let Some(last) = page.children(id as NodeId).last().map(|cell| page.node(cell)) else { continue };
        // What stands in the row behind its last cell.
        let rest = &source[last.end as usize..(node.end as usize).max(last.end as usize)];
        let lost = rest.trim().trim_start_matches('|').trim_end_matches('|').trim();
        if !lost.is_empty() {
            let mut span = page.span(*node);
            span.start = last.end;
            out.report(span, "this row has more cells than the header, and Markdown drops the rest").help =
                Some("give the header as many cells, or write `\\|` for a bar inside a cell".to_string());
        }
    }
}
