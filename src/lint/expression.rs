//! Conditions and expressions can be read.

use super::{Check, Rule, Sink, conditions};
use crate::diagnostic::Severity;
use crate::expr;
use crate::page::{Kind, NodeId, Page};
use crate::site::Site;

pub const RULE: Rule = Rule {
    name: "expression",
    severity: Severity::Warning,
    off: false,
    about: "A condition that is no expression, so that what it holds is shown to everybody under the condition; or an \
            expression without a value here, so that a reader sees its text.",
    wrong: "{% if visitor.claims.plan === %}\nText.\n{% endif %}",
    right: "{% if visitor.claims.plan === \"pro\" %}\nText.\n{% endif %}",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    let Some(host) = site.page_of.get(&page.file) else { return };
    for (_, attr) in conditions(page) {
        if let Err(error) = expr::verdict(&attr.value, &expr::scope(site, *host)) {
            let mut span = page.attr_span(attr);
            span.start = (span.start + error.offset as u32).min(span.end);
            out.report(span, format!("this condition cannot be read: {}", error.message)).help =
                Some("compare a claim or a variable, as in `visitor.claims.plan === \"pro\"`".to_string());
        }
    }
    for (id, node) in page.nodes.iter().enumerate() {
        let Kind::Element(tag) = node.kind else { continue };
        let tag = &page.tags[tag as usize];
        if &*tag.name != "code" || tag.attr("class") != Some("expression") {
            continue;
        }
        let text = page.words(site.sources.text(page.file), id as NodeId);
        if expr::evaluate(site, *host, text.trim()).is_none() {
            let help = match text.contains("visitor.") {
                true => {
                    "a page that is built once knows no visitor: give the claim a value in `[claims]`, or put it in words"
                }
                false => "name a variable of `.gitbook/vars.yaml` or of the page's `vars`",
            };
            out.report(page.tag_span(tag), format!("`{}` has no value here", text.trim())).help =
                Some(help.to_string());
        }
    }
}
