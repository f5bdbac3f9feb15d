//! Tables of fields and examples name a kind that there is.

use super::{Check, Rule, Sink};
use crate::blocks::schema::BLOCK;
use crate::diagnostic::Severity;
use crate::page::Page;
use crate::schema;
use crate::site::Site;

pub const RULE: Rule = Rule {
    name: "unknown-kind",
    severity: Severity::Error,
    off: false,
    about: "A `{% schema %}` block or an example that names a kind of YAML file, or a field of one, that there is not. The \
            block shows nothing, and the example is not checked.",
    wrong: "{% schema kind=\"toool\" %}",
    right: "{% schema kind=\"tool\" %}",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    for tag in page.tags.iter().filter(|tag| &*tag.name == BLOCK.name) {
        let Some(attr) = tag.find("kind").filter(|attr| !attr.value.is_empty()) else {
            out.report(page.tag_span(tag), "this table has no kind").help =
                Some("add `kind=\"tool\"`; `proofpress schema` lists the kinds".to_string());
            continue;
        };
        let Err(unknown) = schema::find(&attr.value) else { continue };
        let own = attr.value.split('.').next().is_some_and(|first| site.config.kinds.contains_key(first));
        out.report(page.attr_span(attr), unknown.message()).help = Some(match unknown.nearest() {
            _ if own => "only built-in kinds have tables".to_string(),
            Some(near) => format!("did you mean `{near}`?"),
            None => "`proofpress schema` lists the kinds".to_string(),
        });
    }
}
