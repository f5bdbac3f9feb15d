//! API blocks name something that their specification has.

use super::{Check, Rule, Sink};
use crate::blocks::openapi;
use crate::diagnostic::Severity;
use crate::page::{Kind, NodeId, Page};
use crate::site::Site;

pub const RULE: Rule = Rule {
    name: "api-block",
    severity: Severity::Error,
    off: false,
    about: "An API block whose specification cannot be read, or does not have the operation or schema. A reader gets a notice.",
    wrong: "{% openapi src=\"pets.yaml\" path=\"/cats\" method=\"get\" %}\n[pets.yaml](pets.yaml)\n{% endopenapi %}\n-- pets.yaml --\nopenapi: 3.0.0\npaths:\n  /pets:\n    get: {}",
    right: "{% openapi src=\"pets.yaml\" path=\"/pets\" method=\"get\" %}\n[pets.yaml](pets.yaml)\n{% endopenapi %}\n-- pets.yaml --\nopenapi: 3.0.0\npaths:\n  /pets:\n    get: {}",
    check: Check::Text(check),
};

fn check(site: &Site, page: &Page, out: &mut Sink) {
    for (id, node) in page.nodes.iter().enumerate() {
        let Kind::Tag(tag) = node.kind else { continue };
        let tag = &page.tags[tag as usize];
        if let Some(complaint) = openapi::complaint(site, page, id as NodeId, tag) {
            out.report(page.tag_span(tag), complaint);
        }
    }
}
