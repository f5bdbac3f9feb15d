//! What an example is an example of: the name written after `kind=` in; a kind, or a place inside one, out.

use crate::shape::{self, Field, Found, List, Map, Shape};
use std::collections::HashMap;
use std::sync::LazyLock;

/// A type that examples are bound to.
#[derive(Clone)]
pub enum Bound {
    Builtin(Place),
    /// A kind of the book's own, `[kinds.NAME]`, with the path into it as written.
    User(String),
}

/// A kind that is built in, or a place inside it.
#[derive(Clone)]
pub struct Place {
    pub found: Found,
    /// The keys that lead there.
    pub path: Vec<&'static str>,
}

/// A name that stands for nothing, and those that could stand there.
#[derive(Debug)]
pub struct Unknown {
    pub part: String,
    pub known: Vec<String>,
}

impl Bound {
    /// As it could be written after `kind=`.
    pub fn name(&self) -> String {
        match self {
            Bound::Builtin(place) => place.name(),
            Bound::User(name) => name.clone(),
        }
    }
}

impl Place {
    /// Follows a path such as `tool.parameters` or `tool.parameters[]`.
    pub fn find(name: &str) -> Result<Place, Unknown> {
        let found = shape::find(name)
            .map_err(|(part, known)| Unknown { part, known: known.into_iter().map(str::to_string).collect() })?;
        let mut path = Vec::new();
        let mut shape = found.kind.shape;
        for part in name.split('.').skip(1) {
            let field = shape.as_map().and_then(|map| map.field(part.trim_end_matches("[]")));
            let Some(field) = field else { break };
            path.push(field.name);
            shape = field.shape;
        }
        Ok(Place { found, path })
    }

    pub fn name(&self) -> String {
        let mut name = self.found.kind.name.to_string();
        for key in &self.path {
            name.push('.');
            name.push_str(key);
        }
        name + if self.found.item { "[]" } else { "" }
    }

    /// The place that holds this one, and the field that leads here; none for a whole kind.
    pub fn above(&self) -> Option<(Place, &'static Field)> {
        let field = self.found.field?;
        let mut place = Place { path: self.path[..self.path.len() - 1].to_vec(), ..self.clone() };
        let mut found = Found { shape: place.found.kind.shape, field: None, item: false, ..place.found };
        for key in &place.path {
            let inner = found.shape.as_map()?.field(key)?;
            found = Found { shape: inner.shape, field: Some(inner), ..found };
        }
        place.found = found;
        Some((place, field))
    }
}

/// What stands in a list of this shape, or under each name of it; none for a shape that holds no items.
pub fn item(shape: &'static Shape) -> Option<&'static Shape> {
    match shape {
        Shape::List(List { item, .. }) => Some(item),
        Shape::Named(named) => as_shape(named.item),
        Shape::Files(files) => Some(files.kind.shape),
        Shape::Special(special) => item(special.inner),
        Shape::Unjudged(inner) | Shape::Foreign(inner) => item(inner),
        _ => None,
    }
}

/// The map as a shape of its own.
fn as_shape(map: &'static Map) -> Option<&'static Shape> {
    NAMED.get(&address(map))
}

fn address(map: &'static Map) -> usize {
    std::ptr::from_ref(map).addr()
}

/// The items of lists with names, which no shape of the kinds refers to as shapes.
static NAMED: LazyLock<HashMap<usize, Shape>> = LazyLock::new(|| {
    let mut shapes = HashMap::new();
    let mut waiting: Vec<&'static Shape> = crate::kinds::KINDS.iter().map(|kind| kind.shape).collect();
    let mut seen = std::collections::HashSet::new();
    while let Some(shape) = waiting.pop() {
        if !seen.insert(std::ptr::from_ref(shape).addr()) {
            continue;
        }
        match shape {
            Shape::Named(named) => {
                let item = Shape::Map(Map { fields: named.item.fields, rules: named.item.rules });
                shapes.insert(address(named.item), item);
            }
            Shape::List(list) => waiting.push(list.item),
            Shape::Files(files) => waiting.push(files.kind.shape),
            Shape::Special(special) => waiting.push(special.inner),
            Shape::Unjudged(inner) | Shape::Foreign(inner) => waiting.push(inner),
            _ => {}
        }
        waiting.extend(shape.as_map().into_iter().flat_map(|map| map.fields).map(|field| field.shape));
    }
    shapes
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_the_names_they_are_found_by() {
        for name in ["tool", "tool.identity", "tool.identity.name"] {
            assert_eq!(Place::find(name).map(|place| place.name()).ok().as_deref(), Some(name));
        }
        let place = Place::find("tool.identity.name").ok().and_then(|place| place.above());
        assert_eq!(place.map(|(place, field)| (place.name(), field.name)), Some(("tool.identity".into(), "name")));
        assert_eq!(Place::find("tol").err().map(|unknown| unknown.part).as_deref(), Some("tol"));
    }
}
