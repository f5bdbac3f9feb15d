//! Lists of fields that are written by hand say the same as the type.
//!
//! A bullet counts when it begins with a code span and words for a type or a need in brackets (`` `name` (string,
//! required) ``), in a section with an example of a kind or a table of its fields. What could be meant otherwise is left
//! alone: a name is looked for at any depth, and a list with more strangers than fields is about something else.

use super::{Check, Rule, Sink};
use crate::blocks::schema as block;
use crate::config::nearest::nearest;
use crate::diagnostic::Severity;
use crate::examples;
use crate::page::{Kind, NodeId, Page};
use crate::schema::{self, Place, fields, words};
use crate::shape::{Field, Need, Shape};
use crate::site::Site;

pub const RULE: Rule = Rule {
    name: "field-list-drift",
    severity: Severity::Warning,
    off: false,
    about: "A list of fields in the text that says something else than the type: a field that there is not, another type, \
            required where it is not. A `{% schema %}` block prints the list from the type itself.",
    wrong: "{% schema kind=\"endpoint\" %}\n\n* `path` (string, optional): where it is.\n* `method` (string): GET or POST.",
    right: "{% schema kind=\"endpoint\" %}\n\n* `path` (string, required): where it is.\n* `method` (string): GET or POST.",
    check: Check::Book(check),
};

/// Levels of fields among which a name is looked for.
const DEPTH: usize = 6;

/// A bullet about a field.
struct Bullet<'p> {
    node: NodeId,
    name: &'p str,
    said: Said,
}

/// What stands in the brackets.
#[derive(Debug, Default, PartialEq, Eq)]
struct Said {
    type_of: Option<&'static str>,
    required: Option<bool>,
}

fn check(site: &Site, out: &mut Sink) {
    let shown = site.shown_texts();
    let texts = site.texts.iter().enumerate().filter(|(file, _)| shown[*file]).filter_map(|(_, text)| text.as_deref());
    let pages: Vec<(&Page, Vec<Vec<Bullet>>)> =
        texts.map(|page| (page, lists(site, page))).filter(|(_, lists)| !lists.is_empty()).collect();
    if pages.is_empty() {
        return;
    }
    let bound = examples::bound(site, &pages.iter().map(|(page, _)| *page).collect::<Vec<_>>());
    for ((page, lists), bound) in pages.iter().zip(bound) {
        for list in lists {
            let section = section(page, list[0].node);
            let fences = bound.iter().filter(|(span, _)| section.contains(&span.start));
            let tables = page.tags.iter().filter(|tag| section.contains(&tag.start)).filter_map(block::place);
            let mut places: Vec<Place> = fences.filter_map(|(_, name)| schema::find(name).ok()).chain(tables).collect();
            places.dedup_by(|one, other| one.name == other.name);
            compare(page, list, &places, out);
        }
    }
}

/// The lists of a page with bullets about fields.
fn lists<'p>(site: &Site, page: &'p Page) -> Vec<Vec<Bullet<'p>>> {
    let is_list = |id: &NodeId| matches!(page.node(*id).kind, Kind::BulletList | Kind::OrderedList(_));
    let lists = (1..page.nodes.len() as NodeId).filter(is_list);
    let bullets = lists.map(|list| page.children(list).filter_map(|item| bullet(site, page, item)).collect());
    bullets.filter(|bullets: &Vec<Bullet>| !bullets.is_empty()).collect()
}

fn bullet<'p>(site: &Site, page: &'p Page, item: NodeId) -> Option<Bullet<'p>> {
    let mut first = page.children(item).next()?;
    // Authors make names bold.
    while matches!(page.node(first).kind, Kind::Paragraph | Kind::Strong | Kind::Emphasis) {
        first = page.children(first).next()?;
    }
    let Kind::InlineCode(name) = page.node(first).kind else { return None };
    let text = site.sources.text(page.file);
    let line = text.get(page.node(first).end as usize..)?.lines().next()?;
    let brackets = line.trim_start_matches(['*', '_', ':', ' ']).strip_prefix('(')?;
    let said = read(brackets.split(')').next()?)?;
    Some(Bullet { node: first, name: page.string(name), said })
}

/// Types as authors call them.
const TYPES: &[(&str, &[&str])] = &[
    ("string", &["string", "str", "text", "strings"]),
    ("integer", &["integer", "int"]),
    ("number", &["number", "float", "decimal"]),
    ("boolean", &["boolean", "bool"]),
    ("list", &["list", "array", "string[]"]),
    ("map", &["map", "mapping", "object", "dict", "dictionary"]),
];

/// Words in brackets; none where no word is known.
fn read(brackets: &str) -> Option<Said> {
    let lower = brackets.to_lowercase();
    let mut said = Said::default();
    for part in lower.split([',', ';', '/']) {
        let words: Vec<&str> = part.split_whitespace().collect();
        match words.as_slice() {
            ["required" | "mandatory"] => said.required = Some(true),
            ["optional"] | ["not", "required"] => said.required = Some(false),
            // Of a choice of types each may be meant.
            words if words.contains(&"or") => return None,
            [first, ..] => {
                let known = TYPES.iter().find(|(_, names)| names.contains(first)).map(|(name, _)| *name);
                said.type_of = said.type_of.or(known);
            }
            [] => {}
        }
    }
    (said != Said::default()).then_some(said)
}

/// From the heading above a node to the next one, in bytes.
fn section(page: &Page, node: NodeId) -> std::ops::Range<u32> {
    let at = page.node(node).start;
    let starts = || page.headings.iter().map(|heading| page.node(heading.node).start);
    let start = starts().filter(|start| *start <= at).max().unwrap_or(0);
    start..starts().filter(|start| *start > at).min().unwrap_or(u32::MAX)
}

fn compare(page: &Page, list: &[Bullet], places: &[Place], out: &mut Sink) {
    let maps = places.iter().filter_map(|place| Some((place.map()?, &*place.name)));
    let all: Vec<(String, &'static Field)> = maps.flat_map(|(map, name)| fields::all(map, name, DEPTH)).collect();
    let named = |bullet: &Bullet| -> Vec<&(String, &'static Field)> {
        let ending = format!(".{}", bullet.name.trim_end_matches(':').replace("[]", ""));
        all.iter().filter(|(path, _)| path.ends_with(&ending)).collect()
    };
    let known = list.iter().filter(|bullet| !named(bullet).is_empty()).count();
    if known * 2 < list.len() || known == 0 {
        return;
    }
    for bullet in list {
        let (found, span) = (named(bullet), page.span(page.node(bullet.node)));
        let Some((path, field)) = found.first() else {
            let places: Vec<String> = places.iter().map(|place| format!("`{}`", place.name)).collect();
            let near = nearest(bullet.name, all.iter().map(|(_, field)| field.name));
            out.report(span, format!("{} has no field `{}`", places.join(" or "), bullet.name)).help =
                near.map(|near| format!("did you mean `{near}`?"));
            continue;
        };
        let fits = |said: &&str| found.iter().any(|(_, field)| is_a(field.shape, said));
        if let Some(said) = bullet.said.type_of.filter(|said| !fits(said)) {
            let type_of = words::type_of(field.shape).text();
            let message = format!("the type of `{}` is {type_of}, and this says {said}", field.name);
            out.report(span, message).see = Some(path.clone());
        }
        let differs = |said: bool| {
            let is_other = |field: &Field| (field.need == Need::Required) != said;
            let is_sure = |field: &Field| !field.by_rule && !matches!(field.shape, Shape::Foreign(_));
            found.iter().all(|(_, field)| is_other(field) && is_sure(field))
        };
        if let Some(said) = bullet.said.required.filter(|said| differs(*said)) {
            let (said, is) = if said { ("required", "optional") } else { ("optional", "required") };
            out.report(span, format!("`{}` is {is}, and this says {said}", field.name)).see = Some(path.clone());
        }
    }
}

/// Whether an author may call the shape so.
fn is_a(shape: &Shape, said: &str) -> bool {
    match shape {
        Shape::Any | Shape::Basic | Shape::Special(_) => true,
        Shape::Unjudged(shape) | Shape::Foreign(shape) => is_a(shape, said),
        Shape::Text(_) | Shape::Time => said == "string",
        Shape::Decimal => matches!(said, "string" | "number"),
        Shape::Bool => said == "boolean",
        Shape::Int | Shape::Size(..) => matches!(said, "integer" | "number"),
        Shape::Float => matches!(said, "number" | "integer"),
        Shape::List(_) | Shape::Files(_) => said == "list",
        Shape::Named(_) => matches!(said, "list" | "map"),
        Shape::Map(_) | Shape::MapOrNothing(_) | Shape::FreeMap(_) => said == "map",
    }
}

#[cfg(test)]
mod tests {
    use super::{Said, read};

    #[test]
    fn brackets_are_read() {
        for (brackets, expected) in [
            ("string, required", Some((Some("string"), Some(true)))),
            ("Optional", Some((None, Some(false)))),
            ("list of strings; not required", Some((Some("list"), Some(false)))),
            ("array[string]", None),
            ("string or list", None),
            ("see below", None),
            ("", None),
        ] {
            let expected = expected.map(|(type_of, required)| Said { type_of, required });
            assert_eq!(read(brackets), expected, "{brackets}");
        }
    }
}
