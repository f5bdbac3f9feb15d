//! Formulas can be set.

use super::{Check, Rule, Sink};
use crate::diagnostic::Severity;
use crate::elements::math;
use crate::page::{Kind, Page};
use crate::site::Site;

pub const RULE: Rule = Rule {
    name: "formula",
    severity: Severity::Warning,
    off: false,
    about: "A formula that cannot be set. A reader sees its source.",
    wrong: "$$\\frac{1}$$",
    right: "$$\\frac{1}{2}$$",
    check: Check::Text(check),
};

fn check(_: &Site, page: &Page, out: &mut Sink) {
    for node in &page.nodes {
        let Kind::Math(tex) = node.kind else { continue };
        if let Err(problem) = math::mathml(page.string(tex), false) {
            out.report(page.span(*node), format!("this formula cannot be set: {problem}")).help =
                Some("write it in the part of LaTeX that KaTeX knows".to_string());
        }
    }
}
