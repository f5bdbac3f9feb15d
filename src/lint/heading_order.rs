//! Headings step down one level at a time.

use super::{Check, Rule, Sink};
use crate::diagnostic::Severity;
use crate::page::Page;
use crate::site::Site;

pub const RULE: Rule = Rule {
    name: "heading-order",
    severity: Severity::Warning,
    off: true,
    about: "A jump from `##` to `####` leaves a hole in the outline of the page, and a screen reader announces it.",
    wrong: "# Start\n\n## A\n\n#### B",
    right: "# Start\n\n## A\n\n### B",
    check: Check::Text(check),
};

fn check(_: &Site, page: &Page, out: &mut Sink) {
    for pair in page.headings.windows(2) {
        let (above, here) = (&pair[0], &pair[1]);
        if above.level + 1 < here.level {
            let message = format!("this heading jumps from level {} to {}", above.level, here.level);
            let found = out.report(page.span(page.node(here.node)), message);
            found.labels.push((page.span(page.node(above.node)), "the heading above".to_string()));
            found.help = Some(format!("use level {}", above.level + 1));
        }
    }
}
