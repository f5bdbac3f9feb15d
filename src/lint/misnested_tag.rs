//! Blocks that are parts of others stand in them.

use super::{Check, Rule, Sink};
use crate::diagnostic::Severity;
use crate::page::{Kind, NodeId, Page};
use crate::site::Site;

pub const RULE: Rule = Rule {
    name: "misnested-tag",
    severity: Severity::Warning,
    off: false,
    about: "A part of a block outside of it: a tab without tabs, a step without a stepper. It is shown as a block of its \
            own here; GitBook may lose it.",
    wrong: "{% tab title=\"Linux\" %}\nText.\n{% endtab %}",
    right: "{% tabs %}\n{% tab title=\"Linux\" %}\nText.\n{% endtab %}\n{% endtabs %}",
    check: Check::Text(check),
};

/// Parts, and the block that each belongs to.
const PARTS: &[(&str, &str)] = &[
    ("tab", "tabs"),
    ("code-tabs-item", "code-tabs"),
    ("step", "stepper"),
    ("column", "columns"),
    ("update", "updates"),
];

fn check(site: &Site, page: &Page, out: &mut Sink) {
    let is_page = site.page_of.contains_key(&page.file);
    // The blocks around a node: their position, where they end, and their name.
    let mut around: Vec<(NodeId, &str)> = Vec::new();
    for (id, node) in (0..).zip(&page.nodes) {
        while around.last().is_some_and(|(end, _)| *end <= id) {
            around.pop();
        }
        let Kind::Tag(tag) = node.kind else { continue };
        let tag = &page.tags[tag as usize];
        let outer = around.last().map(|(_, name)| *name);
        let whole = PARTS.iter().find(|(part, _)| *part == &*tag.name).map(|(_, whole)| *whole);
        // An included text may be the inside of a block; a condition stands between a block and its parts.
        let excused = outer.is_none() && !is_page;
        if let Some(whole) = whole.filter(|whole| outer != Some(whole) && !excused) {
            let message = match outer {
                Some(outer) => format!("`{}` stands in `{outer}` and not in `{whole}`", tag.name),
                None => format!("`{}` stands outside of `{whole}`", tag.name),
            };
            out.report(page.tag_span(tag), message).help =
                Some(format!("put `{{% {whole} %}}` and `{{% end{whole} %}}` around all of its parts"));
        }
        if &*tag.name != "if" && node.next > id + 1 {
            around.push((node.next, &tag.name));
        }
    }
}
