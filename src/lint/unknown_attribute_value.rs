//! Attributes with a choice of values have one of them.

use super::{Check, Rule, Sink};
use crate::blocks;
use crate::config::nearest::nearest;
use crate::diagnostic::{Fix, Severity};
use crate::page::Page;
use crate::site::Site;

pub const RULE: Rule = Rule {
    name: "unknown-attribute-value",
    severity: Severity::Warning,
    off: false,
    about: "A value that is none of those that the attribute knows. The block is shown as if it were not there.",
    wrong: "{% hint style=\"warn\" %}\nText.\n{% endhint %}",
    right: "{% hint style=\"warning\" %}\nText.\n{% endhint %}",
    check: Check::Text(check),
};

fn check(_: &Site, page: &Page, out: &mut Sink) {
    for (_, tag) in page.blocks() {
        let Some(block) = blocks::find(&tag.name) else { continue };
        for attr in tag.attrs.iter().filter(|attr| !attr.value.is_empty()) {
            let known = block.attrs.iter().find(|known| known.name.eq_ignore_ascii_case(&attr.name));
            let Some(known) = known.filter(|known| !known.choices.is_empty()) else { continue };
            if known.choices.contains(&&*attr.value) {
                continue;
            }
            let span = page.attr_span(attr);
            // `warn` is short for `warning`.
            let longer = known.choices.iter().find(|choice| attr.value.len() > 2 && choice.starts_with(&*attr.value));
            let near = longer.copied().or_else(|| nearest(&attr.value, known.choices.iter().copied()));
            let found = out.report(span, format!("`{}` is no value of `{}`", attr.value, known.name));
            found.help = Some(match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("use one of `{}`", known.choices.join("`, `")),
            });
            found.fix = near.map(|near| Fix { safe: false, edits: vec![(span, near.to_string())] });
        }
    }
}
