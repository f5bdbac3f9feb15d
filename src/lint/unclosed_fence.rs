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
        let code = &page.code[code as usize];
        if !code.unclosed {
            continue;
        }
        let mut span = page.span(*node);
        span.end = span.start + site.sources[span].lines().next().map_or(0, str::len) as u32;
        if code.text.text(site.sources.text(page.file)).trim().is_empty() {
            // One mark too many at the end of the page: a reader sees an empty box.
            let found = out.report(span, "this fence opens code, and there is none");
            found.severity = Severity::Warning;
            found.help = Some("remove the line".to_string());
        } else {
            out.report(span, "this code is never closed").help =
                Some("write the same marks on a line of their own where the code ends, indented as here".to_string());
        }
    }
}
