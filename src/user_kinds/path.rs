//! `pipeline.steps[]` and a schema in; the schemas that hold at that place out.

use super::Unknown;
use super::library::Library;
use crate::yaml::{Document, Node};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A place in a kind.
pub struct Found {
    /// As written.
    path: String,
    /// The schemas of its value, by their addresses. Of several one must hold: they may be of alternatives.
    schemas: Vec<String>,
    /// The last key of the path.
    key: Option<String>,
    /// One item of the list is meant.
    item: bool,
}

/// A place as a document shows it.
pub struct Shown {
    /// What the document is judged by.
    pub schema: Value,
    /// Those of its schemas that hold for the whole document.
    pub schemas: Vec<String>,
    /// How messages call the whole document.
    pub name: String,
    /// It is written with its key, beside which others may be missing.
    pub key: bool,
}

/// Follows a path: a kind's name, then keys; lists are passed through, and `[]` at the end means one item.
pub fn find(library: &Library, root: &str, path: &str) -> Result<Found, Unknown> {
    let (keys, item) = path.strip_suffix("[]").map_or((path, false), |keys| (keys, true));
    let mut found = Found { path: path.to_string(), schemas: vec![root.to_string()], key: None, item };
    for part in keys.split('.').skip(1) {
        let part = part.trim_end_matches("[]");
        let here = through_lists(library, &found.schemas);
        let next = property(library, &here, part);
        if next.is_empty() {
            return Err(Unknown { part: part.to_string(), known: names(library, &here).into_iter().collect() });
        }
        found.schemas = next;
        found.key = Some(part.to_string());
    }
    if item {
        found.schemas = items(library, &found.schemas);
        if found.schemas.is_empty() {
            return Err(Unknown { part: "[]".to_string(), known: Vec::new() });
        }
    }
    Ok(found)
}

/// How a document shows a place: the value itself, one item of it, or its key with the value.
pub fn shown(library: &Library, found: Found, document: &Document) -> Shown {
    let name = found.path;
    let root = document.root();
    let is_map = root.is_some_and(Node::is_map);
    let all = |schemas: &[String]| match schemas {
        [one] => json!({ "$ref": one }),
        all => json!({ "anyOf": all.iter().map(|one| json!({ "$ref": one })).collect::<Vec<_>>() }),
    };
    let inner = through_lists(library, &found.schemas);
    if let (Some(key), Some(root), true) = (&found.key, root, is_map)
        && root.get(key).is_some()
        && property(library, &inner, key).is_empty()
    {
        let schema = json!({ "properties": { key.as_str(): all(&found.schemas) } });
        let kind = name.split('.').next().unwrap_or_default().to_string();
        return Shown { schema, schemas: found.schemas, name: kind, key: true };
    }
    let items = items(library, &found.schemas);
    if !found.item && is_map && !items.is_empty() && !may_be(library, &found.schemas, "object") {
        return Shown { schema: all(&items), schemas: items, name: format!("{name}[]"), key: false };
    }
    Shown { schema: all(&found.schemas), schemas: found.schemas, name, key: false }
}

/// The names of the keys that these schemas speak of.
pub fn names(library: &Library, schemas: &[String]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for address in in_place(library, schemas) {
        let properties = library.value(&address).and_then(|schema| schema.get("properties")?.as_object());
        names.extend(properties.into_iter().flat_map(|properties| properties.keys().cloned()));
    }
    names
}

/// The schemas of a key's value.
pub fn property(library: &Library, schemas: &[String], name: &str) -> Vec<String> {
    let mut found = Vec::new();
    for address in in_place(library, schemas) {
        let Some(schema) = library.value(&address) else { continue };
        if schema.get("properties").and_then(|all| all.get(name)).is_some() {
            found.push(super::uri::push(&super::uri::push(&address, "properties"), name));
        }
    }
    found
}

fn items(library: &Library, schemas: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for address in in_place(library, schemas) {
        let Some(schema) = library.value(&address) else { continue };
        if schema.get("items").is_some_and(|items| items.is_object()) {
            found.push(super::uri::push(&address, "items"));
        }
    }
    found
}

/// These schemas, or those of the items where they are of lists.
fn through_lists(library: &Library, schemas: &[String]) -> Vec<String> {
    let mut here = schemas.to_vec();
    // A list of lists of lists is as deep as anyone goes.
    for _ in 0..3 {
        let items = items(library, &here);
        if items.is_empty() || !names(library, &here).is_empty() {
            break;
        }
        here = items;
    }
    here
}

fn may_be(library: &Library, schemas: &[String], wanted: &str) -> bool {
    in_place(library, schemas).iter().any(|address| {
        library.value(address).and_then(|schema| schema.get("type")).is_some_and(|kind| match kind {
            Value::String(name) => name == wanted,
            Value::Array(names) => names.iter().any(|name| name == wanted),
            _ => false,
        })
    })
}

/// These schemas and all that speak of the same value: by reference, as parts, and as alternatives.
pub fn in_place(library: &Library, schemas: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut waiting: Vec<String> = schemas.iter().rev().cloned().collect();
    while let Some(address) = waiting.pop() {
        if found.contains(&address) || found.len() > 1_000 {
            continue;
        }
        let Some(schema) = library.value(&address) else { continue };
        let mut next = Vec::new();
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            next.extend(library.join(&address, reference));
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let count = schema.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
            let list = super::uri::push(&address, keyword);
            next.extend((0..count).map(|index| super::uri::push(&list, &index.to_string())));
        }
        for keyword in ["then", "else"] {
            if schema.get(keyword).is_some() {
                next.push(super::uri::push(&address, keyword));
            }
        }
        waiting.extend(next.into_iter().rev());
        found.push(address);
    }
    found
}
