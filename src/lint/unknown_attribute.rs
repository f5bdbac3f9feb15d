//! Attributes of blocks are ones that the block has.

use super::{Check, Rule, Sink};
use crate::blocks;
use crate::config::nearest::nearest;
use crate::diagnostic::{Fix, Severity};
use crate::page::{Attr, Page, Tag};
use crate::site::Site;
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "unknown-attribute",
    severity: Severity::Warning,
    off: false,
    about: "An attribute that the block does not have. It has no effect.",
    wrong: "{% hint stile=\"danger\" %}\nText.\n{% endhint %}",
    right: "{% hint style=\"danger\" %}\nText.\n{% endhint %}",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    for (_, tag) in page.blocks() {
        let Some(block) = blocks::find(&tag.name) else { continue };
        for attr in &tag.attrs {
            if block.attrs.iter().any(|known| known.name.eq_ignore_ascii_case(&attr.name)) {
                continue;
            }
            let (span, written) = match name_span(site.sources.text(page.file), page, tag, attr) {
                Some(span) => (span, &site.sources[span]),
                None => (page.attr_span(attr), &*attr.name),
            };
            if attr.name.is_empty() {
                out.report(span, format!("`{}` is no attribute", attr.value)).help =
                    Some("write `name=\"value\"`, with straight quotes".to_string());
                continue;
            }
            let near = nearest(&attr.name, block.attrs.iter().map(|attr| attr.name));
            let found = out.report(span, format!("`{}` has no attribute `{written}`", tag.name));
            found.help = Some(match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "remove it".to_string(),
            });
            found.fix = near.map(|near| Fix { safe: false, edits: vec![(span, near.to_string())] });
        }
    }
}

/// Where the name of an attribute stands: before its value, or in its place.
fn name_span(source: &str, page: &Page, tag: &Tag, attr: &Attr) -> Option<Span> {
    let name = attr.name.len() as u32;
    let at = page.attr_span(attr);
    if attr.name.is_empty() || source[at.range()].eq_ignore_ascii_case(&attr.name) {
        return Some(at);
    }
    let before = &source[tag.start as usize..attr.start as usize];
    let before = before.trim_end_matches(['"', '\'', '“', '”']).trim_end().strip_suffix('=')?;
    let end = tag.start + before.trim_end().len() as u32;
    let span = Span { start: end.checked_sub(name)?, end, ..at };
    source.get(span.range()).filter(|text| text.eq_ignore_ascii_case(&attr.name)).map(|_| span)
}
