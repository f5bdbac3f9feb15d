//! An anchor of a page and the dialects in which it has to work in, those in which it does not out.

use crate::config::Dialects;
use crate::site::{SitePage, anchors};
use crate::slug::Dialect;

/// What is wrong with an anchor that works in some of the dialects.
pub struct Fault {
    pub message: String,
    pub help: String,
}

/// Looks an anchor up in each dialect. `None` when it works in all, or in none: then it is simply dead.
pub fn check(dialects: &Dialects, page: &SitePage, anchor: &str) -> Option<Fault> {
    if anchor.is_empty() || anchor.starts_with("user-content-fn") || anchors::is_authored(page, anchor) {
        return None;
    }
    let there = anchors::elsewhere(page, &dialects.also);
    let own = anchors::position(page, anchor);
    let found: Vec<(&'static Dialect, Option<Option<usize>>)> = [(dialects.own, own)]
        .into_iter()
        .chain(there.iter().map(|there| (there.dialect, there.find(anchor))))
        .collect();
    let missing: Vec<&str> = found.iter().filter(|(_, at)| at.is_none()).map(|(dialect, _)| dialect.title).collect();
    let (known, at) = found.iter().find_map(|(dialect, at)| Some((dialect, (*at)?)))?;
    if missing.is_empty() {
        return None;
    }
    let message = format!("`#{anchor}` works on {}, but not on {}", known.title, missing.join(" and "));
    let help = match at {
        None => "link to the page itself: its title has no such id there".to_string(),
        Some(at) => help(dialects, page, anchor, at),
    };
    Some(Fault { message, help })
}

/// Tells the ids of the place in the dialects that do not know it by this one, and what would be right in all.
fn help(dialects: &Dialects, page: &SitePage, anchor: &str, at: usize) -> String {
    let ids = anchors::elsewhere(page, &dialects.also).iter().map(|there| (there.dialect, there.id(at)));
    let own = page.anchors.get(at).map(|anchor| &*anchor.id);
    let ids = [(dialects.own, own)].into_iter().chain(ids).filter(|(_, id)| *id != Some(anchor));
    let there: Vec<String> = ids
        .map(|(dialect, id)| match id {
            Some(id) => format!("`#{id}` on {}", dialect.title),
            None => format!("no id on {}", dialect.title),
        })
        .collect();
    let heading = page.anchors.get(at).is_some_and(|anchor| anchor.level > 0 && anchor.frame == 0);
    let what = if heading { "the heading" } else { "it" };
    let right = if heading {
        format!("; `<a href=\"#{anchor}\" id=\"{anchor}\"></a>` in it works everywhere")
    } else {
        "; link to a heading of the page, or to the page".to_string()
    };
    format!("{what} has {}{right}", there.join(" and "))
}
