//! A name such as `tool.parameters` in; its JSON Schema, its fields in order, and words for them out.
//!
//! Everything here reads the one description in [`crate::shape`] and [`crate::kinds`], which the check reads too.

pub mod fields;
pub mod json;
pub mod markdown;
mod names;
pub mod words;

use crate::config::nearest::nearest;
use crate::kinds::KINDS;
use crate::shape::{Field, Kind, Map, Shape};

/// What a name leads to: a kind, a structure that kinds share, or a field in one of these.
#[derive(Clone)]
pub struct Place {
    /// As it was asked for, without `[]`.
    pub name: String,
    pub about: &'static str,
    pub since: Option<&'static str>,
    pub shape: &'static Shape,
    /// The kind it belongs to; none for a shared structure.
    pub kind: Option<&'static Kind>,
    /// The last field of the name, if it has one.
    pub field: Option<&'static Field>,
}

/// A name that leads nowhere.
#[derive(Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The part that is not known.
    pub part: String,
    /// What stands before it; empty when the first part is unknown.
    pub above: String,
    /// What could stand there.
    pub known: Vec<&'static str>,
}

impl Unknown {
    /// The whole name with the likeliest part in place of the unknown one.
    pub fn nearest(&self) -> Option<String> {
        let near = nearest(&self.part, self.known.iter().copied())?;
        Some(if self.above.is_empty() { near.to_string() } else { format!("{}.{near}", self.above) })
    }

    /// What is wrong, as a message says it.
    pub fn message(&self) -> String {
        match &*self.above {
            "" => format!("there is no kind `{}`", self.part),
            above => format!("`{above}` has no field `{}`", self.part),
        }
    }
}

impl Place {
    /// The map whose fields stand here, through lists.
    pub fn map(&self) -> Option<&'static Map> {
        self.shape.as_map()
    }
}

/// Follows a name: `tool`, `tool.parameters.form`, `localized-text.en_US`. Lists are passed through; `[]` after a name
/// means one item of the list.
pub fn find(name: &str) -> Result<Place, Unknown> {
    let bare = name.trim_end_matches("[]");
    let is_item = bare.len() < name.len();
    let mut parts = bare.split('.');
    let first = parts.next().unwrap_or_default();
    let mut place = match (KINDS.iter().find(|kind| kind.name == first), names::find(first)) {
        (Some(kind), _) => Place {
            name: kind.name.to_string(),
            about: kind.about,
            since: kind.since,
            shape: kind.shape,
            kind: Some(*kind),
            field: None,
        },
        (None, Some(shared)) => Place {
            name: shared.name.to_string(),
            about: shared.about,
            since: None,
            shape: shared.shape,
            kind: None,
            field: None,
        },
        (None, None) => {
            return Err(Unknown { part: first.to_string(), above: String::new(), known: roots().collect() });
        }
    };
    for part in parts {
        let part = part.trim_end_matches("[]");
        let fields = place.map().map_or(&[][..], |map| map.fields);
        let Some(field) = fields.iter().find(|field| field.name == part) else {
            let known = fields.iter().filter(|field| !field.hidden).map(|field| field.name).collect();
            return Err(Unknown { part: part.to_string(), above: place.name, known });
        };
        place = Place {
            name: format!("{}.{part}", place.name),
            about: field.about,
            since: field.since,
            shape: field.shape,
            field: Some(field),
            ..place
        };
    }
    if is_item {
        place.shape = item(place.shape);
    }
    Ok(place)
}

/// The names with which every path begins: kinds, then shared structures.
pub fn roots() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|kind| kind.name).chain(names::SHARED.iter().map(|shared| shared.name))
}

/// One item of a list; anything else as it is.
fn item(shape: &'static Shape) -> &'static Shape {
    match shape {
        Shape::List(list) => list.item,
        Shape::Files(files) => files.kind.shape,
        Shape::Unjudged(shape) | Shape::Foreign(shape) => item(shape),
        Shape::Special(special) => item(special.inner),
        _ => shape,
    }
}

/// The name that a map has by itself, wherever it stands: of a kind, or of a structure that several kinds share.
pub fn name_of(map: &'static Map) -> Option<&'static str> {
    let is_it = |shape: &'static Shape| shape.as_map().is_some_and(|other| same(other, map));
    let kind = KINDS.iter().find(|kind| is_it(kind.shape)).map(|kind| kind.name);
    kind.or_else(|| names::SHARED.iter().find(|shared| is_it(shared.shape)).map(|shared| shared.name))
}

/// Whether two maps are one structure. A constant that is used twice is two values with the same fields.
pub fn same(one: &Map, other: &Map) -> bool {
    std::ptr::eq(one, other)
        || one.fields.len() == other.fields.len()
            && one.fields.iter().zip(other.fields).all(|(a, b)| (a.name, a.about) == (b.name, b.about))
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn names_lead_to_places() {
        for (name, expected) in [
            ("tool", Ok("tool")),
            ("tool.description", Ok("tool.description")),
            ("tool.description.human.en_US", Ok("tool.description.human.en_US")),
            ("localized-text", Ok("localized-text")),
            ("toool", Err((Some("tool"), "there is no kind `toool`"))),
            ("tool.descripton", Err((Some("tool.description"), "`tool` has no field `descripton`"))),
            ("", Err((None, "there is no kind ``"))),
        ] {
            let found = find(name).map(|place| place.name).map_err(|unknown| (unknown.nearest(), unknown.message()));
            let expected =
                expected.map(str::to_string).map_err(|(near, message)| (near.map(str::to_string), message.to_string()));
            assert_eq!(found, expected, "{name}");
        }
    }
}
