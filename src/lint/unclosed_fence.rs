//! Code ends.

use super::{Check, Rule, Sink};
use crate::diagnostic::Severity;
use crate::page::{Kind, Page};
use crate::site::Site;

pub const RULE: Rule = Rule {
    name: "unclosed-fence",
    severity: Severity::Error,
    off: false,
    about: "A fence that is never closed. All that follows, in its list item or on the page, is shown as code.",
    wrong: "```bash\nmake\n\nThen wait.",
    right: "```bash\nmake\n```\n\nThen wait.",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    for node in &page.nodes {
        let Kind::CodeBlock(code) = node.kind else { continue };
        if page.code[code as usize].unclosed {
            let mut span = page.span(*node);
            let text = &site.sources[span];
            let mark: String = text.chars().take_while(|c| text.starts_with(*c)).collect();
            span.end = span.start + text.lines().next().map_or(0, str::len) as u32;
            out.report(span, "this code is never closed").help =
                Some(format!("write `{mark}` on a line of its own where the code ends, indented as here"));
        }
    }
}
