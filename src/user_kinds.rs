//! Kinds of the book's own: `[kinds.NAME]` and the JSON Schemas it names in; kinds that judge documents out.
//!
//! ```text
//! book.toml -> settings -+
//! schema files ----------+-> library (files, references) -> UserKind -> check: validator -> faults with places
//! ```
//!
//! The validator is a crate; what is added here is what it leaves open: that nothing outside the book is ever read,
//! places in the text, messages in an author's words, fragments, and what an example leaves out on purpose.

mod alternatives;
mod at;
mod describe;
mod judge;
mod library;
mod message;
mod path;
mod settings;
mod uri;
mod weight;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::shape::{Fault, Options};
use crate::source::Sources;
use crate::yaml::Document;
use jsonschema::Validator;
use library::Library;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

/// All kinds of a book's own, ready to judge.
#[derive(Default)]
pub struct UserKinds {
    kinds: BTreeMap<String, UserKind>,
    /// What is wrong in `[kinds]` and in the schemas. A kind with a broken schema is known, and judges nothing.
    pub problems: Vec<Diagnostic>,
}

/// One kind: a schema with a name.
pub struct UserKind {
    pub name: String,
    /// Of the settings, else of the schema.
    pub about: Option<String>,
    severity: Severity,
    /// None for a schema with faults.
    schema: Option<Schema>,
}

struct Schema {
    library: Arc<Library>,
    /// Where the schema begins in the library.
    uri: String,
    /// By what they judge: the whole kind, or a place in it.
    validators: Mutex<HashMap<String, Option<Arc<Validator>>>>,
}

/// A name that leads nowhere: the first part that is not known, and what could stand there.
pub struct Unknown {
    pub part: String,
    pub known: Vec<String>,
}

/// Reads the settings and the schemas that they name. The same texts give the same kinds.
pub fn compile(sources: &Sources, config: &Config) -> UserKinds {
    let mut kinds = UserKinds::default();
    for setting in settings::read(config, &mut kinds.problems) {
        let (library, problems) = library::load(sources, &setting);
        let broken = problems.iter().any(|problem| problem.severity == Severity::Error);
        kinds.problems.extend(problems);
        let mut kind = UserKind { name: setting.name, about: setting.about, severity: setting.level, schema: None };
        if let (Some(library), false) = (library, broken) {
            let schema = Schema {
                uri: library.root.clone(),
                library: Arc::new(library),
                validators: Mutex::new(HashMap::new()),
            };
            match schema.build(&json!({ "$ref": schema.uri })) {
                Ok(validator) => {
                    schema.remember(String::new(), Some(validator));
                    kind.about = kind.about.or_else(|| schema.text(&schema.uri, "description"));
                    kind.schema = Some(schema);
                }
                Err(error) => kinds.problems.push(schema.library.explain(&error, setting.place)),
            }
        }
        kinds.kinds.insert(kind.name.clone(), kind);
    }
    kinds.problems.dedup();
    kinds
}

impl UserKinds {
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.kinds.keys().map(String::as_str)
    }

    /// The kind that a name or a path such as `pipeline.steps[]` begins with.
    pub fn get(&self, path: &str) -> Option<&UserKind> {
        self.kinds.get(path.split(['.', '[']).next().unwrap_or_default())
    }
}

impl UserKind {
    /// Whether `pipeline.steps[]` leads to something. In a broken schema every path does.
    pub fn find(&self, path: &str) -> Result<(), Unknown> {
        match &self.schema {
            Some(schema) => path::find(&schema.library, &schema.uri, path).map(drop),
            None => Ok(()),
        }
    }

    /// The schema as it is written in its file, for editors.
    pub fn schema(&self) -> Option<&Value> {
        let schema = self.schema.as_ref()?;
        schema.library.value(&schema.uri)
    }

    /// Everything that is wrong with a document of this kind, or of the place in it that `path` names, in the order of
    /// the text. A place may be shown as its value, as its key with the value, or as one item of a list.
    pub fn check(&self, path: &str, document: &Document, options: &Options) -> Vec<Fault> {
        let Some(schema) = &self.schema else { return Vec::new() };
        let Ok(found) = path::find(&schema.library, &schema.uri, path) else { return Vec::new() };
        let shown = path::shown(&schema.library, found, document);
        let judge = judge::Judge {
            library: &schema.library,
            document,
            options,
            severity: self.severity,
            name: shown.name.clone(),
            partial: options.partial || shown.key,
        };
        let validator = schema.validator(&shown.schema);
        judge.faults(&shown.schemas, validator.as_deref())
    }
}

impl Schema {
    /// Compiled once for each place that examples are bound to.
    fn validator(&self, wanted: &Value) -> Option<Arc<Validator>> {
        let key = if *wanted == json!({ "$ref": self.uri }) { String::new() } else { wanted.to_string() };
        let known = self.validators.lock().ok().and_then(|all| all.get(&key).cloned());
        known.unwrap_or_else(|| {
            let built = self.build(wanted).ok();
            self.remember(key, built)
        })
    }

    fn remember(&self, key: String, validator: Option<Validator>) -> Option<Arc<Validator>> {
        let validator = validator.map(Arc::new);
        if let Ok(mut all) = self.validators.lock() {
            all.insert(key, validator.clone());
        }
        validator
    }

    fn build(&self, wanted: &Value) -> Result<Validator, Box<jsonschema::ValidationError<'static>>> {
        self.library.build(wanted).map_err(Box::new)
    }

    fn text(&self, uri: &str, key: &str) -> Option<String> {
        self.library.value(uri)?.get(key)?.as_str().map(str::to_string)
    }
}

#[cfg(test)]
mod tests;
