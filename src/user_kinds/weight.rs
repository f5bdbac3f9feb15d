//! A schema and a document in; whether judging one by the other would take too long or lead too deep out.
//!
//! A schema of a few lines can double the work at every step (`allOf` twice the same reference, and so on), and a
//! reference can lead back to itself. The validator goes on regardless, so the way is measured before it is gone: each
//! pair of a schema and a value is looked at once, and its cost counted as often as it would be paid.

use super::library::Library;
use crate::yaml::Node;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// How many times a schema may be applied to a value, all in all.
const MOST: u64 = 5_000_000;
/// How deep applying one schema may lead into others.
const DEEPEST: usize = 400;
/// How deep one schema may lead into others when the validator is built; each part is entered once.
const DEEPEST_BUILD: usize = 2_000;

const ONE: [&str; 6] = ["not", "if", "then", "else", "propertyNames", "$ref"];
const MANY: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// Whether references lead from one to the next too many times for the validator to be built.
pub fn too_deep(library: &Library, root: &str) -> bool {
    let mut seen = HashSet::new();
    fn deeper(library: &Library, address: &str, value: &Value, seen: &mut HashSet<*const Value>, depth: usize) -> bool {
        if depth > DEEPEST_BUILD {
            return true;
        }
        match value {
            Value::Array(items) => items.iter().any(|item| deeper(library, address, item, seen, depth + 1)),
            Value::Object(map) if seen.insert(value) => map.iter().any(|(key, inner)| match inner.as_str() {
                Some(reference) if key == "$ref" => {
                    let target = library.join(address, reference);
                    let found = target.as_deref().and_then(|target| Some((target, library.value(target)?)));
                    found.is_some_and(|(target, value)| deeper(library, target, value, seen, depth + 1))
                }
                _ => deeper(library, address, inner, seen, depth + 1),
            }),
            _ => false,
        }
    }
    library.value(root).is_some_and(|value| deeper(library, root, value, &mut seen, 0))
}

/// Whether judging a document would take too long.
pub fn too_heavy(library: &Library, schemas: &[String], root: Node) -> bool {
    let mut scale = Scale { library, known: HashMap::new(), too_deep: false };
    let total = schemas.iter().fold(0u64, |total, address| {
        let value = library.value(address);
        total.saturating_add(value.map_or(0, |value| scale.cost(address, value, root, 0)))
    });
    scale.too_deep || total > MOST
}

struct Scale<'a> {
    library: &'a Library,
    /// None while it is being weighed: then it leads back to itself without a step into the document, which the
    /// validator stops at.
    known: HashMap<(*const Value, usize), Option<u64>>,
    too_deep: bool,
}

impl Scale<'_> {
    fn cost(&mut self, address: &str, schema: &Value, node: Node, depth: usize) -> u64 {
        let Some(keywords) = schema.as_object() else { return 1 };
        if depth > DEEPEST {
            self.too_deep = true;
        }
        if self.too_deep {
            return 0;
        }
        let pair = (std::ptr::from_ref(schema), node.id());
        if let Some(known) = self.known.get(&pair) {
            return known.unwrap_or(1);
        }
        self.known.insert(pair, None);
        let mut total = 1u64;
        for (keyword, value) in keywords {
            let cost = match keyword.as_str() {
                "$ref" | "$dynamicRef" => self.reference(address, value, node, depth),
                word if ONE.contains(&word) => self.cost(address, value, node, depth + 1),
                word if MANY.contains(&word) => {
                    let parts = value.as_array().into_iter().flatten();
                    parts.fold(0, |sum: u64, part| sum.saturating_add(self.cost(address, part, node, depth + 1)))
                }
                "dependentSchemas" | "dependencies" => self.each(address, value, node, depth, |_, node| vec![node]),
                "properties" => {
                    self.each(address, value, node, depth, |name, node| node.get(name).into_iter().collect())
                }
                "patternProperties" => self.each(address, value, node, depth, |_, node| children(node)),
                "additionalProperties"
                | "unevaluatedProperties"
                | "items"
                | "additionalItems"
                | "unevaluatedItems"
                | "contains" => self.all(address, value, node, depth),
                "prefixItems" => self.all(address, value, node, depth),
                _ => 0,
            };
            total = total.saturating_add(cost);
        }
        self.known.insert(pair, Some(total));
        total
    }

    fn reference(&mut self, address: &str, value: &Value, node: Node, depth: usize) -> u64 {
        let target = value.as_str().and_then(|reference| self.library.join(address, reference));
        let library = self.library;
        match target.as_deref().and_then(|target| Some((target, library.value(target)?))) {
            Some((target, schema)) => self.cost(target, schema, node, depth + 1),
            None => 0,
        }
    }

    /// A map of schemas, each applied to some nodes.
    fn each<'d>(
        &mut self,
        address: &str,
        schemas: &Value,
        node: Node<'d>,
        depth: usize,
        nodes: impl Fn(&str, Node<'d>) -> Vec<Node<'d>>,
    ) -> u64 {
        let mut total = 0u64;
        for (name, schema) in schemas.as_object().into_iter().flatten() {
            for node in nodes(name, node) {
                total = total.saturating_add(self.cost(address, schema, node, depth + 1));
            }
        }
        total
    }

    /// A schema, or a list of them, applied to everything in a list or map.
    fn all(&mut self, address: &str, schema: &Value, node: Node, depth: usize) -> u64 {
        let schemas = schema.as_array().map_or(std::slice::from_ref(schema), Vec::as_slice);
        let mut total = 0u64;
        for child in children(node) {
            for schema in schemas {
                total = total.saturating_add(self.cost(address, schema, child, depth + 1));
            }
        }
        total
    }
}

fn children(node: Node) -> Vec<Node> {
    node.items().chain(node.merged_entries().into_iter().map(|(_, value)| value)).collect()
}
