//! Ids that an author gives are given once on a page.

use super::{Check, Rule, Sink, element};
use crate::diagnostic::Severity;
use crate::page::{Kind, NodeId, Page};
use crate::site::Site;
use std::collections::HashMap;

pub const RULE: Rule = Rule {
    name: "duplicate-id",
    severity: Severity::Warning,
    off: false,
    about: "An id that the author gave to two places of one page. Links to it reach the first; the second gets another \
            id, or none.",
    wrong: "## A <a href=\"#x\" id=\"x\"></a>\n\n## B <a href=\"#x\" id=\"x\"></a>",
    right: "## A <a href=\"#x\" id=\"x\"></a>\n\n## B <a href=\"#y\" id=\"y\"></a>",
    check: Check::Text(check),
};

fn check(_: &Site, page: &Page, out: &mut Sink) {
    let mut first: HashMap<&str, (u32, u32)> = HashMap::new();
    // Of two conditions at most one is shown to a reader, and alternatives may share an id.
    let mut condition = 0..0;
    for (id, node) in (0..).zip(&page.nodes) {
        if let Kind::Tag(tag) = node.kind
            && &*page.tags[tag as usize].name == "if"
        {
            condition = id..node.next.max(condition.end);
        }
        if condition.contains(&id) {
            continue;
        }
        let Some(attr) = given(page, id) else { continue };
        let here = (attr.start, attr.end);
        let before = *first.entry(&attr.value).or_insert(here);
        if before != here {
            let label = crate::source::Span { file: page.file, start: before.0, end: before.1 };
            let found = out.report(page.attr_span(attr), format!("the id `{}` is given twice", attr.value));
            found.labels.push((label, "first given here".to_string()));
            found.help = Some("give one of them another id".to_string());
        }
    }
}

/// The `id` of an element, or the `name` of an `a`.
fn given(page: &Page, node: NodeId) -> Option<&crate::page::Attr> {
    let tag = element(page, node)?;
    let id = tag.find("id").or_else(|| tag.find("name").filter(|_| &*tag.name == "a"));
    // Notes and highlighted code have ids of their own making.
    id.filter(|id| !id.value.is_empty() && !id.value.starts_with("user-content-fn"))
}
