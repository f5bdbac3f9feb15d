//! The file of an API specification in; one JSON tree, in which every `$ref` points into the same tree, out.

use crate::site::assets::decoded;
use crate::source::{FileId, Sources};
use crate::yaml;
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// Files that one specification may consist of.
const MAX_FILES: usize = 500;
/// References that lead to references.
const MAX_HOPS: usize = 32;
/// The key of the tree under which the other files of a specification stand.
const FILES: &str = "x-files";

static NULL: Value = Value::Null;

/// The specifications of a book, each read when the first block needs it.
#[derive(Default)]
pub struct Specs {
    loaded: Mutex<HashMap<FileId, Arc<Spec>>>,
}

/// A specification as it was read. Versions 2.0, 3.0 and 3.1 are told apart only where they differ.
#[derive(Debug, Default)]
pub struct Spec {
    pub root: Value,
    /// Why the file is no specification; `root` is then null.
    pub problem: Option<String>,
}

impl Specs {
    /// The specification in a file of the book. One that cannot be read has a problem and nothing in it.
    pub fn get(&self, sources: &Sources, file: FileId) -> Arc<Spec> {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        loaded.entry(file).or_insert_with(|| Arc::new(load(sources, file))).clone()
    }
}

impl Spec {
    /// Follows `$ref`s. A reference that leads nowhere gives null; the name of the last one is kept all the same.
    pub fn follow<'a>(&'a self, value: &'a Value) -> (&'a Value, Option<String>) {
        let (mut value, mut name) = (value, None);
        for _ in 0..MAX_HOPS {
            let Some(reference) = value.get("$ref").and_then(Value::as_str) else { return (value, name) };
            name = Some(reference_name(reference));
            value = self.pointer(reference).unwrap_or(&NULL);
        }
        (&NULL, name)
    }

    /// What `#/components/schemas/Pet` points at.
    pub fn pointer(&self, reference: &str) -> Option<&Value> {
        let pointer = reference.strip_prefix('#')?;
        self.root.pointer(pointer).or_else(|| self.root.pointer(&decoded(pointer)))
    }

    /// The schemas that have names, in the order of the file.
    pub fn schemas(&self) -> Option<&Map<String, Value>> {
        let schemas = self.root.pointer("/components/schemas").or_else(|| self.root.get("definitions"));
        schemas.and_then(Value::as_object)
    }

    pub fn security_scheme(&self, name: &str) -> Option<&Value> {
        let schemes = self.root.pointer("/components/securitySchemes").or_else(|| self.root.get("securityDefinitions"));
        schemes.and_then(|schemes| schemes.get(name)).map(|scheme| self.follow(scheme).0)
    }
}

fn load(sources: &Sources, file: FileId) -> Spec {
    let path = sources.path(file);
    let mut root = match read(path, sources.text(file)) {
        Ok(root) => root,
        Err(problem) => return Spec { root: Value::Null, problem: Some(problem) },
    };
    if root.get("openapi").is_none() && root.get("swagger").is_none() {
        let problem = "it has neither `openapi` nor `swagger` at its top".to_string();
        return Spec { root: Value::Null, problem: Some(problem) };
    }
    let others = gather(sources, path, &mut root);
    if let (Some(root), false) = (root.as_object_mut(), others.is_empty()) {
        root.insert(FILES.to_string(), Value::Object(others));
    }
    Spec { root, problem: None }
}

/// Reads YAML or JSON. JSON has a reader of its own, because machines write JSON of any size.
fn read(path: &str, text: &str) -> Result<Value, String> {
    if path.ends_with(".json")
        && let Ok(value) = serde_json::from_str(text)
    {
        return Ok(value);
    }
    let document = yaml::parse(text);
    match (document.problems.first(), document.root()) {
        (Some(problem), _) => Err(problem.message.clone()),
        (None, None) => Err("it is empty".to_string()),
        (None, Some(root)) => {
            // Better nothing than half of a specification.
            let mut all = root.descendants();
            all.by_ref().for_each(drop);
            match all.was_cut() {
                true => Err("it is too large or too deep for YAML; JSON has no such limit".to_string()),
                false => Ok(root.to_json()),
            }
        }
    }
}

/// Reads the other files of the book that a specification refers to, and makes all references point into one tree.
fn gather(sources: &Sources, path: &str, root: &mut Value) -> Map<String, Value> {
    let mut files = Map::new();
    let mut wanted = BTreeSet::new();
    localize(root, path, path, &mut wanted);
    while let Some(next) = wanted.pop_first() {
        if files.contains_key(&next) || files.len() == MAX_FILES {
            continue;
        }
        let read = sources.find(&next).map(|file| read(&next, sources.text(file)));
        let Some(Ok(mut value)) = read else { continue };
        localize(&mut value, &next, path, &mut wanted);
        files.insert(next, value);
    }
    files
}

/// Turns the references of one file into references of the whole tree, and notes the files they need. The depth is
/// bounded by the readers.
fn localize(value: &mut Value, file: &str, root: &str, wanted: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match value {
                    Value::String(reference) if key == "$ref" => {
                        let (target, pointer) = locate(reference, file);
                        if let Some(target) = target {
                            *reference = if target == root {
                                format!("#{pointer}")
                            } else {
                                format!("#/{FILES}/{}{pointer}", target.replace('~', "~0").replace('/', "~1"))
                            };
                            if target != root {
                                wanted.insert(target);
                            }
                        }
                    }
                    value => localize(value, file, root, wanted),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| localize(item, file, root, wanted)),
        _ => {}
    }
}

/// The file that a reference in `file` means, `None` for an address, and the place in it.
fn locate<'a>(reference: &'a str, file: &str) -> (Option<String>, &'a str) {
    let (path, pointer) = reference.split_once('#').unwrap_or((reference, ""));
    if path.is_empty() {
        return (Some(file.to_string()), pointer);
    }
    if path.contains("://") {
        return (None, pointer);
    }
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    (Some(parts.join("/")), pointer)
}

/// `Pet` for `#/components/schemas/Pet` and for `schemas/Pet.yaml`.
fn reference_name(reference: &str) -> String {
    let last = reference.trim_end_matches('/').rsplit('/').next().unwrap_or(reference);
    let last = decoded(last).replace("~1", "/").replace("~0", "~");
    let stem = last.rsplit('/').next().unwrap_or(&last);
    let stem = stem.strip_suffix(".yaml").or_else(|| stem.strip_suffix(".yml")).or_else(|| stem.strip_suffix(".json"));
    stem.map_or(last.clone(), str::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;
    use serde_json::json;
    use std::collections::BTreeMap;

    fn spec(files: &[(&str, &str)]) -> Arc<Spec> {
        let texts =
            files.iter().map(|(path, text)| Source { path: path.to_string(), text: Arc::from(*text), invalid: None });
        let sources = Sources::new(texts, BTreeMap::new());
        let file = sources.find(files[0].0).unwrap();
        Specs::default().get(&sources, file)
    }

    #[test]
    fn references_lead_into_other_files_and_back() {
        let spec = spec(&[
            ("api/spec.yaml", "openapi: 3.0.0\na: {$ref: '../pets/Pet.yaml'}\nb: {$ref: '#/c~1d'}\nc/d: {x: 1}\n"),
            ("pets/Pet.yaml", "y: {$ref: '#/z'}\nz: {$ref: '../api/spec.yaml#/c~1d'}\n"),
        ]);
        let (pet, name) = spec.follow(&spec.root["a"]);
        assert_eq!(name.as_deref(), Some("Pet"));
        assert_eq!(spec.follow(&pet["y"]).0, &json!({ "x": 1 }));
        assert_eq!(spec.follow(&spec.root["b"]).0, &json!({ "x": 1 }));
    }

    #[test]
    fn references_to_nothing_and_in_circles_end() {
        let spec = spec(&[(
            "a.json",
            r##"{"swagger": "2.0", "a": {"$ref": "#/a"}, "b": {"$ref": "no.yaml#/x"}, "c": {"$ref": "https://a/b"}}"##,
        )]);
        for key in ["a", "b", "c"] {
            assert_eq!(spec.follow(&spec.root[key]).0, &Value::Null, "{key}");
        }
    }

    #[test]
    fn what_is_no_specification_has_a_problem() {
        for text in ["", "a: [", "title: x\n", "- 1\n"] {
            let spec = spec(&[("a.yaml", text)]);
            assert!(spec.problem.is_some() && spec.root.is_null(), "{text:?}");
        }
    }

    #[test]
    fn names_of_references() {
        for (reference, expected) in [
            ("#/components/schemas/Pet", "Pet"),
            ("#/components/schemas/a%20b~1c", "a b/c"),
            ("#/x-files/schemas~1Pet.yaml", "Pet"),
            ("pets.json", "pets"),
            ("", ""),
        ] {
            assert_eq!(reference_name(reference), expected);
        }
    }
}
