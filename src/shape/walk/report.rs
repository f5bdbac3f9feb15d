//! What is wrong with the value that is read in, a fault at its place out.

use super::Walk;
use super::words::{bad_tag, describe, first_key, first_sentence, list_of, one_of};
use crate::config::nearest::nearest;
use crate::diagnostic::Severity;
use crate::shape::elision::is_placeholder;
use crate::shape::path::{self, Step};
use crate::shape::{Breaks, Fault, Map, Shape};
use crate::yaml::{Node, Value};
use std::ops::Range;

impl<'a> Walk<'a> {
    /// Reports a fault at a place. One that breaks only `strict` is not reported where no rule applies.
    pub fn report(
        &mut self,
        rule: &'static str,
        breaks: Option<Breaks>,
        range: Range<usize>,
        message: String,
    ) -> Option<&mut Fault> {
        if !self.judged && breaks == Some(Breaks::Strict) {
            return None;
        }
        let severity = match breaks {
            None => Severity::Warning,
            Some(Breaks::Strict) if !self.kind.enforced => Severity::Warning,
            Some(_) => Severity::Error,
        };
        self.faults.push(Fault {
            rule,
            severity,
            breaks,
            range,
            message,
            help: None,
            label: None,
            field: Some(path::field(self.kind.name, &self.path)),
        });
        self.faults.last_mut()
    }

    /// As [`Walk::report`], with what to do.
    pub fn report_with_help(
        &mut self,
        rule: &'static str,
        breaks: Option<Breaks>,
        range: Range<usize>,
        message: String,
        help: impl Into<String>,
    ) {
        if let Some(fault) = self.report(rule, breaks, range, message) {
            fault.help = Some(help.into());
        }
    }

    /// What is written does nothing.
    pub fn report_ignored(&mut self, node: Node<'a>, message: String, help: &str) {
        let range = self.place(node);
        self.report_with_help("ignored-value", None, range, message, help);
    }

    pub(super) fn report_type(&mut self, node: Node<'a>, wanted: &str) {
        let range = self.place(node);
        if let Some(message) = bad_tag(node) {
            self.report("wrong-type", Some(Breaks::Decode), range, message);
            return;
        }
        let message = format!("`{}` takes {wanted}, and this is {}", self.name(), describe(node));
        let text = node.text().unwrap_or_default();
        let help = match (wanted, node.value()) {
            ("a bool", _) if matches!(text.to_ascii_lowercase().as_str(), "true" | "false") => {
                Some(format!("write `{}` without quotes", text.to_ascii_lowercase()))
            }
            ("a bool", Some(Value::Int(0 | 1))) => Some("write `true` or `false`".to_string()),
            ("a number" | "a whole number", Some(Value::Text(text))) if text.trim().parse::<f64>().is_ok() => {
                Some(format!("write `{}` without quotes", text.trim()))
            }
            _ => None,
        };
        if let Some(fault) = self.report("wrong-type", Some(Breaks::Decode), range, message) {
            fault.help = help;
        }
    }

    /// Reports that a required field is not there, unless it was left out on purpose.
    pub fn report_missing(&mut self, name: &'static str, about: &str) {
        if self.map.excused {
            return;
        }
        let owner = if self.path.is_empty() { self.kind.name.to_string() } else { self.shown() };
        let mut message = format!("`{owner}` has no `{name}`");
        let mut help = format!("add `{name}`: {}", first_sentence(about));
        let mut range = self.holder();
        // A misspelt key is one fault, not an unknown key and a missing one.
        let is_meant = |key: Node| key.text().is_some_and(|unknown| nearest(unknown, [name]).is_some());
        let meant = self.map.unknown.iter().position(|(key, _)| is_meant(*key)).filter(|_| self.judged);
        if let Some((key, _)) = meant.map(|at| self.map.unknown.remove(at)) {
            let unknown = key.text().unwrap_or_default();
            range = key.span();
            message = format!("{message}: `{unknown}` is ignored");
            help = format!("did you mean `{name}`?");
        }
        self.path.push(Step::Key(name));
        self.report_with_help("missing-key", Some(Breaks::Strict), range, message, help);
        self.path.pop();
    }

    /// Reports a key that nobody reads, unless it holds anchors: that is meant to be ignored. `holder` is the map. What
    /// stands in it already is not what was meant: beside `zh_Hans`, `zh_Hant` is no slip.
    pub fn report_unknown(&mut self, map: &'static Map, holder: Node<'a>, key: Node<'a>, value: Node<'a>) {
        if value.anchor().is_some() && value.alias().is_none() {
            return;
        }
        let name = key.text().unwrap_or("a list or map");
        if self.options.elisions.is_some() && (is_placeholder(name) || name == "...") {
            return;
        }
        let owner = if self.path.is_empty() { self.kind.name.to_string() } else { self.name() };
        let names = map.fields.iter().filter(|field| !field.hidden).map(|field| field.name);
        let below = map.fields.iter().find(|field| is_group_with(field.shape, name) && !field.hidden);
        let meant = nearest(name, names.clone().filter(|name| holder.get(name).is_none()));
        let help = match (meant, below) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, Some(field)) => format!("`{name}` belongs below `{}`", field.name),
            (None, None) => format!("remove it; the keys here are {}", list_of(names)),
        };
        let message = format!("`{owner}` has no key `{name}`: it is ignored");
        self.report_with_help("unknown-key", None, key.span(), message, help);
    }

    /// A value that is none of the allowed ones, with the nearest of them.
    pub fn report_choice(&mut self, breaks: Breaks, range: Range<usize>, text: &str, allowed: &'static [&'static str]) {
        let message = format!("`{text}` is no value of `{}`", self.name());
        let help = match nearest(text, allowed.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("use {}", one_of(allowed)),
        };
        self.report_with_help("unknown-value", Some(breaks), range, message, help);
    }

    /// The value itself, or the key that holds it where the value is long or not written.
    pub fn place(&self, node: Node<'a>) -> Range<usize> {
        let span = node.span();
        let key = self.keys.last().copied();
        match key {
            Some(key) if span.is_empty() || (node.text().is_none() && node.alias().is_none()) => {
                if key.text().is_some() { key.span() } else { first_key(key) }
            }
            _ if node.text().is_none() && node.alias().is_none() => first_key(node),
            _ => span,
        }
    }

    /// Where something is missed that nothing stands for: the key that holds the map, or its first key.
    pub(super) fn holder(&self) -> Range<usize> {
        match self.keys.last().copied() {
            Some(key) if key.text().is_some() => key.span(),
            Some(item) => first_key(item),
            None => self.start..self.start,
        }
    }

    /// The path of the value that is read, as messages show it: `parameters[0].form`.
    fn shown(&self) -> String {
        let text = path::shown("", &self.path);
        text.trim_start_matches('.').to_string()
    }

    /// The last part of the path, as messages name a value.
    pub fn name(&self) -> String {
        let last = self.path.iter().rposition(|step| matches!(step, Step::Key(_)));
        match last {
            Some(at) => path::shown("", &self.path[at..]).trim_start_matches('.').to_string(),
            None if self.path.is_empty() => self.kind.name.to_string(),
            None => "this item".to_string(),
        }
    }
}

/// Whether this is a map with that key.
fn is_group_with(shape: &'static Shape, name: &str) -> bool {
    match shape {
        Shape::Map(map) => map.field(name).is_some(),
        Shape::MapOrNothing(map) => map.field(name).is_some(),
        _ => false,
    }
}
