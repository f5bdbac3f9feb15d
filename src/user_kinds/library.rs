//! A schema file of the book in; it and every file that it refers to out, with what is wrong in them.
//!
//! All files are found among the book's texts before the validator is built, and the validator has no way to ask for
//! more. So a reference can lead neither out of the book nor to the network, and a wrong one has a place.

use super::settings::Setting;
use super::{judge, uri, weight};
use crate::config::nearest::nearest;
use crate::config::path;
use crate::diagnostic::{Diagnostic, Severity};
use crate::shape::{Fault, Options};
use crate::source::{FileId, Sources, Span};
use crate::yaml::{self, Document, Language, Node};
use jsonschema::error::ValidationErrorKind;
use jsonschema::{PatternOptions, Registry, ValidationError, Validator};
use serde_json::Value;
use std::collections::BTreeMap;

/// The rule that a fault of a schema breaks.
const RULE: &str = "wrong-schema";

/// Where the schemas of the drafts themselves are, which the validator knows.
const DRAFTS: [&str; 2] = ["http://json-schema.org/draft-", "https://json-schema.org/draft/"];

/// The files of one kind by their addresses. A file with an `$id` has that one too.
pub struct Library {
    /// The address of the schema that was asked for.
    pub root: String,
    files: BTreeMap<String, File>,
}

struct File {
    id: FileId,
    document: Document,
    json: Value,
    /// What its references are relative to.
    base: String,
}

/// A reference in a schema.
struct Reference<'d> {
    node: Node<'d>,
    base: String,
}

/// Reads the schema of a kind. None where there is no such file.
pub fn load(sources: &Sources, setting: &Setting) -> (Option<Library>, Vec<Diagnostic>) {
    let named = path::join("", &setting.schema).filter(|path| sources.find(path).is_some());
    let Some(path) = named else {
        let message = match uri::is_absolute(&setting.schema) {
            true => format!("`{}` is no file of the book, and schemas are not fetched", setting.schema),
            false => format!("there is no file `{}`", setting.schema),
        };
        let problem = Diagnostic::error("config-missing-file", setting.place, message)
            .help("put the schema into the book; its path is relative to the book's folder");
        return (None, vec![problem]);
    };
    let root = uri::of_file(&path);
    let mut loader = Loader { sources, files: BTreeMap::new(), problems: Vec::new() };
    loader.add(&root, &path);
    // References add files, whose references add more.
    let mut done = Vec::new();
    while let Some(next) = loader.files.keys().find(|uri| !done.contains(*uri)).cloned() {
        loader.references(&next);
        done.push(next);
    }
    let Loader { files, mut problems, .. } = loader;
    let library = Library { root, files };
    if problems.is_empty() {
        problems.extend(library.against_drafts());
    }
    if problems.is_empty() && weight::too_deep(&library, &library.root) {
        let message = "the schema leads from one reference to the next too many times";
        problems.push(Diagnostic::error(RULE, setting.place, message).help("refer to what is meant without detours"));
    }
    (Some(library), problems)
}

struct Loader<'s> {
    sources: &'s Sources,
    files: BTreeMap<String, File>,
    problems: Vec<Diagnostic>,
}

impl Loader<'_> {
    /// Reads a file once, under the address by which it is referred to.
    fn add(&mut self, address: &str, path: &str) {
        let Some(id) = self.sources.find(path).filter(|_| !self.files.contains_key(address)) else { return };
        let language = Language::of_file(path).unwrap_or(Language::Json);
        let document = yaml::parse_as(language, self.sources.text(id));
        for problem in &document.problems {
            let mut found = Diagnostic::error(RULE, Span::new(id, problem.range.clone()), problem.message.clone());
            found.help = problem.help.clone();
            self.problems.push(found);
        }
        let json = document.root().map_or(Value::Null, Node::to_json);
        let own = json.get("$id").and_then(Value::as_str).and_then(|id| uri::join(address, id));
        let base = own.map_or(address.to_string(), |own| uri::split(&own).0.to_string());
        self.files.insert(address.to_string(), File { id, document, json, base });
    }

    /// Looks where the references of a file lead, and reads the files that they lead to.
    fn references(&mut self, address: &str) {
        let Some(file) = self.files.get(address) else { return };
        let (id, own) = (file.id, file.base.clone());
        let mut wanted = Vec::new();
        let mut problems = Vec::new();
        for reference in references(&file.document, &own) {
            let text = reference.node.text().unwrap_or_default();
            let span = Span::new(id, reference.node.span());
            let Some(target) = uri::join(&reference.base, text) else {
                let message = format!("`{text}` leads out of the book");
                problems.push(Diagnostic::error(RULE, span, message).help("put the schema into the book's folder"));
                continue;
            };
            let (whole, fragment) = uri::split(&target);
            if DRAFTS.iter().any(|draft| whole.starts_with(draft)) {
                continue;
            }
            if whole == reference.base && whole != own {
                // Within a part that has an `$id` of its own; the validator looks.
                continue;
            }
            wanted.push((whole.to_string(), fragment.unwrap_or_default().to_string(), text.to_string(), span));
        }
        self.problems.extend(problems);
        for (whole, fragment, text, span) in wanted {
            let Some(target) = self.find(&whole) else {
                self.problems.push(self.nowhere(&whole, &text, span));
                continue;
            };
            let Some(file) = self.files.get(&target) else { continue };
            if let Some(help) = misses(&file.json, &fragment) {
                let message = format!("`{text}` leads to nothing");
                self.problems.push(Diagnostic::error(RULE, span, message).help(help));
            }
        }
    }

    /// The address under which a file is in the library, read if it has not been.
    fn find(&mut self, whole: &str) -> Option<String> {
        if self.files.contains_key(whole) {
            return Some(whole.to_string());
        }
        if let Some((address, _)) = self.files.iter().find(|(_, file)| file.base == whole) {
            return Some(address.clone());
        }
        let path = match uri::file(whole) {
            Some(path) => Some(path),
            None => self.beside(whole).or_else(|| self.by_id(whole)),
        };
        let path = path.filter(|path| self.sources.find(path).is_some())?;
        self.add(whole, &path);
        Some(whole.to_string())
    }

    /// Files whose `$id`s share a folder share one in the book.
    fn beside(&self, whole: &str) -> Option<String> {
        self.files.iter().find_map(|(_, file)| {
            let folder = file.base.rsplit_once('/')?.0;
            let rest = whole.strip_prefix(folder)?.strip_prefix('/')?;
            let path = path::join(path::split(self.sources.path(file.id)).0, &uri::decode(rest))?;
            self.sources.find(&path).map(|_| path)
        })
    }

    fn by_id(&self, whole: &str) -> Option<String> {
        let has = |text: &str| text.contains("\"$id\"") && text.contains(whole);
        let is = |text: &str| {
            let document = yaml::parse_as(Language::Json, text);
            let id = document.root().and_then(|root| root.get("$id")).and_then(Node::text);
            id.is_some_and(|id| id.trim_end_matches('#') == whole)
        };
        let mut files = self.sources.files().filter(|(_, source)| source.path.ends_with(".json"));
        files.find(|(_, source)| has(&source.text) && is(&source.text)).map(|(_, source)| source.path.clone())
    }

    fn nowhere(&self, whole: &str, text: &str, span: Span) -> Diagnostic {
        match uri::file(whole) {
            Some(path) => {
                let files = self.sources.files().map(|(_, source)| source.path.as_str());
                let help = match nearest(&path, files.filter(|path| path.ends_with(".json"))) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "references are relative to the schema that they stand in".to_string(),
                };
                Diagnostic::error(RULE, span, format!("there is no file `{path}`")).help(help)
            }
            None => Diagnostic::error(RULE, span, format!("`{text}` is not in the book, and schemas are not fetched"))
                .help("put a copy of the schema with this `$id` into the book"),
        }
    }
}

/// Every `$ref` and `$dynamicRef`, with the address that it is relative to.
fn references<'d>(document: &'d Document, base: &str) -> Vec<Reference<'d>> {
    let mut found = Vec::new();
    let mut waiting: Vec<(Node, String)> = document.root().map(|root| (root, base.to_string())).into_iter().collect();
    while let Some((node, base)) = waiting.pop() {
        waiting.extend(node.items().map(|item| (item, base.clone())));
        let id = node.get("$id").and_then(Node::text).and_then(|id| uri::join(&base, id));
        let base = id.map_or(base, |id| uri::split(&id).0.to_string());
        for (key, value) in node.entries() {
            match key.text().unwrap_or_default() {
                "$ref" | "$dynamicRef" if value.text().is_some() => {
                    found.push(Reference { node: value, base: base.clone() });
                }
                // Values, in which nothing is a schema.
                "enum" | "const" | "default" | "examples" => {}
                // Here the keys are names of the author's.
                "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas" => {
                    waiting.extend(value.entries().map(|(_, schema)| (schema, base.clone())));
                }
                _ => waiting.push((value, base.clone())),
            }
        }
    }
    found
}

/// What to do about a fragment that leads to nothing in a file.
fn misses(json: &Value, fragment: &str) -> Option<String> {
    let pointer = uri::decode(fragment);
    if pointer.is_empty() || json.pointer(&pointer).is_some() {
        return None;
    }
    let Some((above, name)) = pointer.rsplit_once('/') else {
        let text = json.to_string();
        let has = |key: &str| text.contains(&format!("\"{key}\":\"{pointer}\""));
        let known = has("$anchor") || has("$dynamicAnchor") || text.contains(&format!("\"$id\":\"#{pointer}\""));
        return (!known).then(|| format!("add `\"$anchor\": \"{pointer}\"` to what is meant"));
    };
    let names = json.pointer(above).and_then(Value::as_object);
    Some(match names.and_then(|names| nearest(name, names.keys().map(String::as_str))) {
        Some(near) => format!("did you mean `#{above}/{near}`?"),
        None => "write the path from the top of the schema, as in `#/$defs/name`".to_string(),
    })
}

impl Library {
    /// The schema at an address, which may end in a JSON pointer.
    pub fn value(&self, address: &str) -> Option<&Value> {
        let (whole, fragment) = uri::split(address);
        let file = self.file(whole)?;
        let pointer = uri::decode(fragment.unwrap_or_default());
        if pointer.is_empty() || pointer.starts_with('/') {
            return file.json.pointer(&pointer);
        }
        anchor(&file.json, &pointer)
    }

    /// Where a reference in the schema at an address leads.
    pub fn join(&self, address: &str, reference: &str) -> Option<String> {
        let base = self.file(uri::split(address).0).map_or(address, |file| file.base.as_str());
        uri::join(base, reference)
    }

    fn file(&self, whole: &str) -> Option<&File> {
        self.files.get(whole).or_else(|| self.files.values().find(|file| file.base == whole))
    }

    /// Regular expressions take linear time: what looks ahead or back is refused when the schema is read.
    pub fn build(&self, wanted: &Value) -> Result<Validator, ValidationError<'static>> {
        let files = self.files.iter().map(|(address, file)| (address.as_str(), &file.json));
        let registry = Registry::new().extend(files).and_then(|builder| builder.prepare())?;
        jsonschema::options()
            .with_registry(&registry)
            .with_pattern_options(PatternOptions::regex().size_limit(1 << 20).dfa_size_limit(1 << 20))
            .should_validate_formats(true)
            .build(wanted)
    }

    /// What is wrong in the files by the rules of their draft.
    fn against_drafts(&self) -> Vec<Diagnostic> {
        self.files.values().flat_map(|file| self.against_draft(file)).collect()
    }

    fn against_draft(&self, file: &File) -> Vec<Diagnostic> {
        let root = file.document.root();
        let draft = root.and_then(|root| root.get("$schema"));
        if let (Some(draft), Some(text)) = (draft, file.json.get("$schema").and_then(Value::as_str))
            && !is_draft(text)
        {
            let message = format!("`{text}` is no draft of JSON Schema that is known here");
            let place = Span::new(file.id, draft.span());
            return vec![Diagnostic::error(RULE, place, message).help(
                "use `https://json-schema.org/draft/2020-12/schema` or `http://json-schema.org/draft-07/schema#`",
            )];
        }
        let Ok(validator) = jsonschema::meta::validator_for(&file.json) else { return Vec::new() };
        let judge = judge::Judge {
            library: self,
            document: &file.document,
            options: &Options::default(),
            severity: Severity::Error,
            name: "schema".to_string(),
            partial: false,
        };
        let faults = judge.validated(&validator, &file.json);
        faults.into_iter().map(|fault| in_schema(fault, file.id)).collect()
    }

    /// Why a validator cannot be built.
    pub fn explain(&self, error: &ValidationError, fallback: Span) -> Diagnostic {
        let written = error.instance().as_str();
        let is_pattern =
            matches!(error.kind(), ValidationErrorKind::Format { .. } | ValidationErrorKind::Pattern { .. });
        if let (Some(pattern), true) = (written, is_pattern) {
            let place = self.files.values().find_map(|file| {
                let node = file.document.root()?.descendants().find(|node| node.text() == Some(pattern))?;
                Some(Span::new(file.id, node.span()))
            });
            let message = format!("`{pattern}` is no regular expression that is understood here");
            return Diagnostic::error(RULE, place.unwrap_or(fallback), message).help(
                "it must not be too large, look ahead or back, or refer to a group; the time it takes is bounded",
            );
        }
        let message = format!("this schema cannot be used: {error}");
        Diagnostic::error(RULE, fallback, message).help("check the schema against its draft")
    }
}

fn in_schema(fault: Fault, file: FileId) -> Diagnostic {
    let mut found = Diagnostic::error(RULE, Span::new(file, fault.range), fault.message);
    found.help = fault.help;
    found
}

fn is_draft(text: &str) -> bool {
    let text = text.trim_end_matches('#');
    let known = ["2020-12/schema", "2019-09/schema"].map(|draft| format!("https://json-schema.org/draft/{draft}"));
    let older = ["07", "06", "04"].map(|draft| format!("http://json-schema.org/draft-{draft}/schema"));
    known.iter().chain(&older).any(|draft| draft == text)
}

/// The schema with this `$anchor`.
fn anchor<'j>(json: &'j Value, name: &str) -> Option<&'j Value> {
    let mut waiting = vec![json];
    while let Some(value) = waiting.pop() {
        let is = |key: &str, name: &str| value.get(key).and_then(Value::as_str) == Some(name);
        if is("$anchor", name) || is("$dynamicAnchor", name) || is("$id", &format!("#{name}")) {
            return Some(value);
        }
        match value {
            Value::Array(items) => waiting.extend(items),
            Value::Object(map) => waiting.extend(map.values()),
            _ => {}
        }
    }
    None
}
