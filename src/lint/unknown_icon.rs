//! Icons exist.

use super::{Check, Rule, Sink};
use crate::diagnostic::Severity;
use crate::output::icons;
use crate::page::Page;
use crate::site::Site;

pub const RULE: Rule = Rule {
    name: "unknown-icon",
    severity: Severity::Warning,
    off: false,
    about: "An icon that Font Awesome Free does not have. A reader sees an empty space.",
    wrong: "{% hint style=\"info\" icon=\"no-such-icon\" %}\nText.\n{% endhint %}",
    right: "{% hint style=\"info\" icon=\"bolt\" %}\nText.\n{% endhint %}",
    check: Check::Text(check),
};

fn check(_: &Site, page: &Page, out: &mut Sink) {
    for tag in &page.tags {
        for attr in
            tag.attrs.iter().filter(|attr| matches!(&*attr.name, "icon" | "data-icon") && !attr.value.is_empty())
        {
            if !icons::is_known(&attr.value) {
                out.report(page.attr_span(attr), format!("there is no icon `{}`", attr.value)).help =
                    Some("choose one of Font Awesome Free".to_string());
            }
        }
    }
}
