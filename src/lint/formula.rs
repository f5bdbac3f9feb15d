//! Formulas can be set.

use super::{Check, Rule, Sink};
use crate::diagnostic::Severity;
use crate::elements::math;
use crate::page::{Kind, Page};
use crate::site::Site;
use std::borrow::Cow;

pub const RULE: Rule = Rule {
    name: "formula",
    severity: Severity::Warning,
    off: false,
    about: "A formula that cannot be set. A reader sees its source.",
    wrong: "$$\\frac{1}$$",
    right: "$$\\frac{1}{2}$$",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    let file = site.sources.text(page.file);
    for (node, at) in page.nodes.iter().zip(0..) {
        let tex = match node.kind {
            Kind::Math(tex) => Some(Cow::Borrowed(page.string(tex))),
            Kind::Element(_) => math::written(page, file, at).map(Cow::Owned),
            _ => None,
        };
        if let Some(Err(problem)) = tex.map(|tex| math::mathml(&tex, false)) {
            out.report(page.span(*node), format!("this formula cannot be set: {problem}")).help =
                Some("write it in the part of LaTeX that KaTeX knows".to_string());
        }
    }
}
