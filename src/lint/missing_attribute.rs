//! Blocks say what they show.

use super::{Check, Rule, Sink};
use crate::blocks;
use crate::config::nearest::nearest;
use crate::diagnostic::Severity;
use crate::page::{Page, Tag};
use crate::site::Site;

pub const RULE: Rule = Rule {
    name: "missing-attribute",
    severity: Severity::Error,
    off: false,
    about: "A block without the attribute that says what it shows. A reader sees nothing.",
    wrong: "{% embed %}",
    right: "{% embed url=\"https://example.com\" %}",
    check: Check::Text(check),
};

fn check(_: &Site, page: &Page, out: &mut Sink) {
    for (id, tag) in page.blocks() {
        let Some(block) = blocks::find(&tag.name) else { continue };
        let needed = block.attrs.iter().find(|attr| attr.needed).map(|attr| attr.name);
        let Some(name) = needed.filter(|name| !is_given(tag, name) && !is_meant(block, tag, name)) else { continue };
        let what = if name.is_empty() { "path".to_string() } else { format!("`{name}`") };
        out.report(page.span(page.node(id)), format!("`{}` has no {what}", tag.name)).help = Some(match name {
            "" => format!("write `{{% {} \"path\" %}}`, or remove it", tag.name),
            name => format!("write `{{% {} {name}=\"…\" %}}`, or remove it", tag.name),
        });
    }
}

/// An empty address is told as a dead link.
fn is_given(tag: &Tag, name: &str) -> bool {
    tag.attrs.iter().any(|attr| attr.name.eq_ignore_ascii_case(name))
}

/// Whether it is there, but misspelt, which is told by itself.
fn is_meant(block: &blocks::Block, tag: &Tag, name: &str) -> bool {
    let known = || block.attrs.iter().map(|attr| attr.name);
    let mut unknown = tag.attrs.iter().filter(|attr| !known().any(|known| known.eq_ignore_ascii_case(&attr.name)));
    unknown.any(|attr| attr.name.is_empty() || nearest(&attr.name, known()) == Some(name))
}
