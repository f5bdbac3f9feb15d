//! Icons exist.

use super::{Check, Rule, Sink};
use crate::diagnostic::Severity;
use crate::elements::inline::icon_class;
use crate::output::icons;
use crate::page::Page;
use crate::site::Site;

pub const RULE: Rule = Rule {
    name: "unknown-icon",
    severity: Severity::Note,
    off: false,
    about: "An icon that Font Awesome Free does not have, so that it is left out here. GitBook has more: it shows the icons of Font Awesome Pro.",
    wrong: "{% hint style=\"info\" icon=\"no-such-icon\" %}\nText.\n{% endhint %}",
    right: "{% hint style=\"info\" icon=\"bolt\" %}\nText.\n{% endhint %}",
    check: Check::Text(check),
};

fn check(_: &Site, page: &Page, out: &mut Sink) {
    let front = page.front.icon.as_deref().zip(page.front.icon_at);
    let named = page.tags.iter().flat_map(|tag| {
        tag.attrs.iter().filter_map(|attr| {
            let icon = match &*attr.name {
                "icon" | "data-icon" => Some(&*attr.value),
                "class" if &*tag.name == "i" => icon_class(&attr.value),
                _ => None,
            };
            Some((icon.filter(|icon| !icon.is_empty())?, page.attr_span(attr)))
        })
    });
    for (icon, span) in front.into_iter().chain(named) {
        if !icons::is_known(icon) {
            let icon = icon.strip_prefix("fa-").unwrap_or(icon);
            out.report(span, format!("Font Awesome Free has no icon `{icon}`")).help =
                Some("choose one that it has, if the book is read elsewhere than on GitBook".to_string());
        }
    }
}
