//! JSON Schemas of the built-in kinds, as files of the site that editors can refer to.

use super::list::base_url;
use crate::examples::kind_word;
use crate::kinds::{self, KINDS};
use crate::schema;
use crate::site::Site;

/// The kinds whose schemas are published: all of them where the book speaks of any, with a table of fields or an example
/// that says its kind. A book about something else gets none.
pub fn names(site: &Site) -> impl Iterator<Item = &'static str> {
    let published = !site.tables.is_empty() || has_examples(site);
    KINDS.iter().filter(move |_| published).map(|kind| kind.name)
}

pub fn path(name: &str) -> String {
    format!("schemas/{name}.schema.json")
}

pub fn text(site: &Site, name: &str) -> String {
    let id = base_url(site).map(|base| base + &path(name));
    let Ok(place) = schema::find(name) else { return String::new() };
    format!("{:#}\n", schema::json::schema(&place, id.as_deref()))
}

/// Whether an example is bound to a built-in kind by its author, in `book.toml` or beside the fence.
fn has_examples(site: &Site) -> bool {
    let built_in = |name: &str| kinds::find(name.split(['.', '[']).next().unwrap_or_default()).is_some();
    let settings = site.config.examples.iter().filter_map(|example| example.get("kind")?.as_str());
    let shown = site.shown_texts();
    let texts = site.texts.iter().enumerate().filter(|(file, _)| shown[*file]).filter_map(|(_, text)| text.as_deref());
    settings.into_iter().any(built_in)
        || texts.flat_map(|page| &page.code).filter_map(|code| kind_word(&code.words)).any(|name| built_in(&name))
}
