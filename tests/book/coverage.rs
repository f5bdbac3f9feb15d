//! Our own book in; what of the formats it leaves out, and which of its examples nobody proves, out.

use proofpress::disk::read;
use proofpress::examples;
use proofpress::kinds::KINDS;
use proofpress::schema::{fields, find};
use proofpress::shape::{Field, Map};
use proofpress::site::Site;
use proofpress::{blocks, book};
use std::collections::BTreeSet;
use std::path::Path;

fn our_book() -> Site {
    book::site(read::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the book can be read"))
}

/// A field is the same one wherever the shape that holds it is used.
fn identity(field: &Field) -> (&'static str, &'static str) {
    (field.name, field.about)
}

/// Fields that a table of some page shows.
fn shown(site: &Site) -> BTreeSet<(&'static str, &'static str)> {
    let mut shown = BTreeSet::new();
    for page in site.pages.iter().filter_map(|page| site.text(page.file)) {
        for tag in &page.tags {
            let Some(place) = blocks::schema::place(tag) else { continue };
            let rows = blocks::schema::rows(page, tag, &place);
            shown.extend(fields::flat(&rows).into_iter().map(|row| identity(row.field)));
        }
    }
    shown
}

/// Every field below a map with the way to it; kinds inside of kinds are looked at by themselves.
fn fields_below(map: &'static Map, way: &str, found: &mut Vec<(String, &'static Field)>) {
    for field in map.fields.iter().filter(|field| !field.hidden) {
        let way = format!("{way}.{}", field.name);
        // A structure may stand inside of itself.
        let again = found.iter().any(|(_, known)| identity(known) == identity(field));
        found.push((way.clone(), field));
        if let Some(inner) = field.shape.as_map().filter(|_| !again) {
            fields_below(inner, &way, found);
        }
    }
}

#[test]
fn every_field_of_every_kind_stands_in_a_table() {
    let site = our_book();
    let shown = shown(&site);
    let mut lost = Vec::new();
    let mut count = 0;
    for kind in KINDS {
        let place = find(kind.name).expect("a kind has its own name");
        let Some(map) = place.map() else { continue };
        let mut fields = Vec::new();
        fields_below(map, kind.name, &mut fields);
        count += fields.len();
        lost.extend(fields.into_iter().filter(|(_, field)| !shown.contains(&identity(field))).map(|(way, _)| way));
    }
    assert!(lost.is_empty(), "no `{{% schema %}}` block of the book shows these fields:\n{}", lost.join("\n"));
    assert!(count > 200, "the fields were found");
}

#[test]
fn every_kind_has_an_example_that_passes() {
    let site = our_book();
    let listed = examples::list(&site);
    let passing: BTreeSet<&str> = listed
        .iter()
        .filter(|listed| listed.verdict == examples::Verdict::Passes && !listed.partial)
        .filter_map(|listed| listed.kind.as_deref())
        .collect();
    let lacking: Vec<&str> = KINDS.iter().map(|kind| kind.name).filter(|name| !passing.contains(name)).collect();
    assert!(lacking.is_empty(), "no example shows a whole file of {}", lacking.join(", "));
}

#[test]
fn every_example_is_judged() {
    let site = our_book();
    let left: Vec<String> = examples::list(&site)
        .iter()
        .filter(|listed| listed.verdict == examples::Verdict::NotJudged)
        .map(|listed| format!("{}: {}", site.sources.path(listed.span.file), listed.why))
        .collect();
    assert!(left.is_empty(), "YAML that nobody proves; name its kind:\n{}", left.join("\n"));
}
