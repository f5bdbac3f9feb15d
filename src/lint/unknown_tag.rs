//! Tags are blocks that exist.

use super::{Check, Rule, Sink};
use crate::blocks;
use crate::config::nearest::nearest;
use crate::diagnostic::Severity;
use crate::page::{Kind, Page};
use crate::site::Site;

pub const RULE: Rule = Rule {
    name: "unknown-tag",
    severity: Severity::Warning,
    off: false,
    about: "A tag that is no block. A reader sees it as it is written.",
    wrong: "{% hnit style=\"info\" %}",
    right: "{% hint style=\"info\" %}\nText.\n{% endhint %}",
    check: Check::Text(check),
};

fn check(_: &Site, page: &Page, out: &mut Sink) {
    for node in &page.nodes {
        let Kind::Tag(tag) = node.kind else { continue };
        let tag = &page.tags[tag as usize];
        if blocks::grammar(&tag.name).is_some() {
            continue;
        }
        let near = nearest(&tag.name, blocks::BLOCKS.iter().map(|block| block.name));
        out.report(page.tag_span(tag), format!("there is no block `{}`", tag.name)).help = Some(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write it as code if it is an example".to_string(),
        });
    }
}
