//! A document and a validator in; faults with places, in an author's words, out.
//!
//! Each error of the validator is read once: what was left out on purpose is dropped, alternatives are brought down to
//! the one that was meant, and what two branches say alike is said once.

use super::at::{self, At};
use super::library::Library;
use super::{describe, message, path, weight};
use crate::config::nearest::nearest;
use crate::diagnostic::Severity;
use crate::shape::elision::is_placeholder;
use crate::shape::{Fault, Options};
use crate::yaml::{Document, Node};
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{ValidationError, Validator};
use serde_json::Value;

/// What judges a document.
pub struct Judge<'a> {
    pub library: &'a Library,
    pub document: &'a Document,
    pub options: &'a Options<'a>,
    pub severity: Severity,
    /// How messages call the whole document.
    pub name: String,
    /// Only some of the top-level keys are shown.
    pub partial: bool,
}

/// A fault, and what those who compare alternatives ask of it.
pub struct Finding {
    pub pointer: String,
    pub what: What,
    pub fault: Fault,
}

#[derive(PartialEq)]
pub enum What {
    Type(Vec<String>),
    Choice(Vec<Value>),
    Missing(String),
    /// With the key that was probably meant.
    Unknown(Option<String>),
    /// The same where no part of the schema speaks of the key, as far as the parts that hold go.
    Unevaluated(Option<String>),
    Other,
}

impl<'a> Judge<'a> {
    /// Everything that is wrong, in the order of the text.
    pub fn faults(&self, schemas: &[String], validator: Option<&Validator>) -> Vec<Fault> {
        let mut faults: Vec<Fault> = Vec::new();
        for problem in &self.document.problems {
            let rule = self.document.language.syntax_rule();
            let mut fault = self.fault(rule, problem.range.clone(), problem.message.clone());
            (fault.severity, fault.help) = (Severity::Error, problem.help.clone());
            faults.push(fault);
        }
        // After a syntax error nothing else is sure.
        let (Some(validator), true) = (validator, faults.is_empty()) else { return faults };
        let Some(root) = self.document.root() else {
            // Nothing but marks, or nothing at all.
            if self.options.elisions.is_none() && !validator.is_valid(&Value::Null) {
                faults.push(self.fault("empty-value", 0..0, format!("this `{}` is empty", self.name)));
            }
            return faults;
        };
        if let Some(fault) = self.too_large(root, schemas) {
            return vec![fault];
        }
        for duplicate in self.document.duplicates() {
            let name = duplicate.again.text().unwrap_or("a list or map");
            let mut fault = self.fault("duplicate-key", duplicate.again.span(), format!("`{name}` stands here twice"));
            fault.label = Some((duplicate.first.span(), "first here".to_string()));
            faults.push(fault);
        }
        faults.extend(self.validated(validator, &root.to_json()));
        faults.sort_by_key(|fault| fault.range.start);
        faults
    }

    /// What the validator says of the document, which is given as JSON too.
    pub fn validated(&self, validator: &Validator, json: &Value) -> Vec<Fault> {
        let errors: Vec<ValidationError> = validator.iter_errors(json).collect();
        let mut dropped = Vec::new();
        let mut found = self.read(&errors, &mut dropped);
        // Where a part of the schema was excused, what it speaks of counts as spoken of.
        found.retain(|finding| {
            !matches!(finding.what, What::Unevaluated(_))
                || !dropped.iter().any(|pointer| pointer.starts_with(&finding.pointer))
        });
        let mut faults: Vec<Fault> = Vec::new();
        for finding in found {
            let said = |fault: &Fault| fault.range == finding.fault.range && fault.message == finding.fault.message;
            if !faults.iter().any(said) {
                faults.push(finding.fault);
            }
        }
        faults.sort_by_key(|fault| fault.range.start);
        faults
    }

    fn too_large(&self, root: Node, schemas: &[String]) -> Option<Fault> {
        let mut all = root.descendants();
        let alias = all.by_ref().filter(|node| node.alias().is_some()).last();
        if all.was_cut() {
            return Some(match alias {
                Some(alias) => {
                    self.fault("alias-bomb", alias.span(), "aliases make this document too large".to_string())
                }
                None => self.fault("schema", 0..0, "this document is too deep or too large to be judged".to_string()),
            });
        }
        weight::too_heavy(self.library, schemas, root).then(|| {
            let message = format!("the schema of `{}` would take too long on this document", self.name);
            let mut fault = self.fault("schema", At::of(root).holder(), message);
            fault.help = Some("let the schema refer to each part once".to_string());
            fault
        })
    }

    pub(super) fn read(&self, errors: &[ValidationError], dropped: &mut Vec<String>) -> Vec<Finding> {
        let mut found = Vec::new();
        for error in errors {
            let pointer = error.instance_path().as_str();
            let Some(root) = self.document.root() else { continue };
            let at = at::find(root, pointer, self.options.elisions);
            if at.elided || self.is_excused(error, &at) {
                dropped.push(pointer.to_string());
            } else {
                self.one(error, &at, dropped, &mut found);
            }
        }
        // A key that is required and misspelt is one fault.
        let meant: Vec<(String, String)> = found
            .iter()
            .filter_map(|finding| match &finding.what {
                What::Unknown(Some(near)) | What::Unevaluated(Some(near)) => {
                    Some((finding.pointer.clone(), near.clone()))
                }
                _ => None,
            })
            .collect();
        found.retain(|finding| match &finding.what {
            What::Missing(name) => !meant.contains(&(finding.pointer.clone(), name.clone())),
            _ => true,
        });
        found
    }

    /// Whether an error is about what an example leaves out on purpose.
    fn is_excused(&self, error: &ValidationError, at: &At) -> bool {
        let top = self.partial && error.instance_path().is_empty();
        let Some(elisions) = self.options.elisions else {
            return top && matches!(error.kind(), Kind::Required { .. } | Kind::MinProperties { .. });
        };
        match error.kind() {
            Kind::Required { .. } | Kind::MinProperties { .. } => top || elisions.in_map(at.node),
            Kind::MinItems { .. } | Kind::MaxItems { .. } | Kind::UniqueItems | Kind::Contains => {
                elisions.in_map(at.node) || at.node.items().any(|item| elisions.is_value(None, item))
            }
            Kind::Pattern { .. } | Kind::Format { .. } | Kind::MinLength { .. } | Kind::MaxLength { .. } => {
                at.node.text().is_some_and(is_placeholder)
            }
            Kind::Not { .. } | Kind::OneOfMultipleValid { .. } => {
                top || at.node.descendants().any(|node| elisions.in_map(node) || elisions.is_value(None, node))
            }
            _ => false,
        }
    }

    fn one(&self, error: &ValidationError, at: &At, dropped: &mut Vec<String>, out: &mut Vec<Finding>) {
        let mut push = |what, fault| out.push(Finding { pointer: error.instance_path().to_string(), what, fault });
        let shown = self.shown(at);
        match error.kind() {
            Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
                out.extend(self.alternatives(error, at, context, dropped));
            }
            Kind::AdditionalProperties { unexpected } => {
                for name in unexpected {
                    out.extend(self.unknown(error, at, name, false));
                }
            }
            Kind::UnevaluatedProperties { unexpected } => {
                for name in unexpected {
                    out.extend(self.unknown(error, at, name, true));
                }
            }
            Kind::FalseSchema => {
                let (rule, message) = match at.key.is_none() && !at.path.is_empty() {
                    true => ("too-long", format!("`{shown}` is one item too many")),
                    false => ("unknown-key", format!("`{shown}` must not be written here")),
                };
                push(What::Other, self.fault(rule, at.range(), message));
            }
            Kind::Required { property } => {
                let name = property.as_str().unwrap_or_default();
                let mut fault = self.fault("missing-key", at.holder(), format!("`{shown}` has no `{name}`"));
                let about = self.about(&path::property(self.library, &self.owner(error), name));
                fault.help = Some(match about {
                    Some(about) => format!("add `{name}`: {about}"),
                    None => format!("add `{name}`"),
                });
                push(What::Missing(name.to_string()), fault);
            }
            Kind::Type { kind } => {
                let wanted: Vec<String> = match kind {
                    TypeKind::Single(one) => vec![one.to_string()],
                    TypeKind::Multiple(all) => all.iter().map(|one| one.to_string()).collect(),
                };
                push(What::Type(wanted.clone()), self.wrong_type(at, error.instance(), &wanted));
            }
            Kind::Enum { options } => {
                let options = options.as_array().cloned().unwrap_or_default();
                push(What::Choice(options.clone()), self.wrong_choice(at, error.instance(), &options));
            }
            Kind::Constant { expected_value } => {
                let options = vec![expected_value.as_ref().clone()];
                push(What::Choice(options.clone()), self.wrong_choice(at, error.instance(), &options));
            }
            Kind::PropertyNames { error: inner } => {
                let name = inner.instance().as_str().unwrap_or_default();
                let range = at::entry(at.node, name).map_or(at.range(), |(key, _)| key.span());
                let said = message::of(inner, name);
                let mut fault = self.fault("wrong-format", range, format!("`{name}` cannot be a key of `{shown}`"));
                fault.help = said.help.or(Some(said.message));
                push(What::Other, fault);
            }
            Kind::UniqueItems => {
                let (items, mut seen) = (error.instance().as_array(), Vec::new());
                let twice = items.and_then(|items| {
                    items.iter().position(|item| {
                        seen.contains(&item) || {
                            seen.push(item);
                            false
                        }
                    })
                });
                let item = twice.and_then(|index| at.node.items().nth(index)).map(At::of);
                let range = item.map_or(at.range(), |item| item.range());
                push(What::Other, self.fault("schema", range, format!("`{shown}` has this item twice")));
            }
            _ => {
                let said = message::of(error, &shown);
                let mut fault = self.fault(said.rule, at.range(), said.message);
                fault.help = match self.about(&self.owner(error)) {
                    Some(about) if said.by_schema => Some(format!("{shown}: {about}")),
                    _ => said.help,
                };
                push(What::Other, fault);
            }
        }
    }

    // --- faults

    pub(super) fn fault(&self, rule: &'static str, range: std::ops::Range<usize>, message: String) -> Fault {
        Fault { rule, severity: self.severity, breaks: None, range, message, help: None, label: None, field: None }
    }

    pub(super) fn wrong_type(&self, at: &At, found: &Value, wanted: &[String]) -> Fault {
        let (shown, types) = (self.shown(at), describe::types(wanted));
        let message = format!("`{shown}` takes {types}, and this is {}", describe::value(found));
        let mut fault = self.fault("wrong-type", at.range(), message);
        let wants = |name: &str| wanted.iter().any(|wanted| wanted == name);
        let text = found.as_str().unwrap_or_default().trim();
        fault.help = match found {
            Value::Number(_) | Value::Bool(_) if wants("string") => Some("put it in quotes".to_string()),
            _ if wants("boolean") && matches!(text.to_ascii_lowercase().as_str(), "true" | "false") => {
                Some(format!("write `{}` without quotes", text.to_ascii_lowercase()))
            }
            _ if wants("boolean") && matches!(text.to_ascii_lowercase().as_str(), "yes" | "no" | "on" | "off") => {
                Some("write `true` or `false`".to_string())
            }
            _ if (wants("number") || wants("integer")) && text.parse::<f64>().is_ok() => {
                Some(format!("write `{text}` without quotes"))
            }
            _ => None,
        };
        fault
    }

    pub(super) fn wrong_choice(&self, at: &At, found: &Value, options: &[Value]) -> Fault {
        let shown = self.shown(at);
        let message = match found {
            Value::Array(_) | Value::Object(_) => {
                format!("`{shown}` is {}, which is no value of it", describe::value(found))
            }
            Value::Null => format!("`{shown}` has no value"),
            _ => format!("`{}` is no value of `{shown}`", describe::short(found)),
        };
        let mut fault = self.fault("unknown-value", at.range(), message);
        let near = found.as_str().and_then(|text| nearest(text, options.iter().filter_map(Value::as_str)));
        let same =
            options.iter().find(|option| !option.is_string() && describe::short(option) == describe::short(found));
        fault.help = Some(match (near, same) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, Some(same)) => format!("write `{}` without quotes", describe::short(same)),
            (None, None) => format!("use {}", describe::choices(options)),
        });
        fault
    }

    /// A key that the schema does not know and does not allow.
    fn unknown(&self, error: &ValidationError, at: &At, name: &str, unevaluated: bool) -> Option<Finding> {
        if self.options.elisions.is_some() && (is_placeholder(name) || name == "...") {
            return None;
        }
        let range = at::entry(at.node, name).map_or(at.range(), |(key, _)| key.span());
        let mut fault = self.fault("unknown-key", range, format!("`{}` has no key `{name}`", self.shown(at)));
        let known = path::names(self.library, &self.owner(error));
        let near = nearest(name, known.iter().map(String::as_str)).map(str::to_string);
        let list: Vec<Value> = known.iter().map(|name| Value::from(name.as_str())).collect();
        fault.help = Some(match &near {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => "remove it".to_string(),
            None => format!("remove it, or use {}", describe::choices(&list)),
        });
        let what = if unevaluated { What::Unevaluated(near) } else { What::Unknown(near) };
        Some(Finding { pointer: error.instance_path().to_string(), what, fault })
    }

    // --- what messages are made of

    pub(super) fn shown(&self, at: &At) -> String {
        match at.path.starts_with('[') || at.path.is_empty() {
            true => format!("{}{}", self.name, at.path),
            false => at.path.clone(),
        }
    }

    /// The schema that has the keyword which fails.
    fn owner(&self, error: &ValidationError) -> Vec<String> {
        let keyword = error.absolute_keyword_location().map(|uri| uri.as_str().to_string());
        keyword.and_then(|keyword| Some(keyword.rsplit_once('/')?.0.to_string())).into_iter().collect()
    }

    /// What the first of these schemas that says so is for.
    fn about(&self, schemas: &[String]) -> Option<String> {
        path::in_place(self.library, schemas).iter().find_map(|address| {
            let about = self.library.value(address)?.get("description")?.as_str()?;
            Some(describe::first_sentence(about)).filter(|about| !about.is_empty())
        })
    }
}
