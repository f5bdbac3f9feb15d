//! Cards lead to pages.

use super::{Check, Rule, Sink};
use crate::diagnostic::Severity;
use crate::page::{Page, cards};
use crate::site::{Site, Target};

pub const RULE: Rule = Rule {
    name: "card-target",
    severity: Severity::Warning,
    off: false,
    about: "A card that leads to a file and not to a page. It has no title or description to show; a file block shows \
            its name and size.",
    wrong: "{% content-ref url=\"plan.png\" %}\n[plan.png](plan.png)\n{% endcontent-ref %}",
    right: "{% file src=\"plan.png\" %}",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    for (_, tag) in cards::tags(page) {
        let Some(attr) = tag.attrs.iter().find(|attr| attr.link.is_some()) else { continue };
        let target = attr.link.and_then(|link| site.target(page.file, link));
        let Some(Target::Asset { path, .. }) = target else { continue };
        // A text that is not listed is reported as that.
        if !crate::book::is_markdown(path) {
            out.report(page.attr_span(attr), format!("`{}` is a file and no page", attr.value)).help =
                Some(format!("write `{{% file src=\"{}\" %}}`", attr.value));
        }
    }
}
