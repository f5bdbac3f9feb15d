//! What is wrong with the value that is read in, a fault at its place out.

use super::words::{all_of, bad_tag, describe, first_key, first_sentence, one_of};
use super::{Unknown, Walk};
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

    /// Reports that a required field is not there, unless it was left out on purpose. What misses it is `breaks`.
    pub fn report_missing(&mut self, name: &'static str, about: &str, breaks: Breaks) {
        self.report_missing_or(&[name], about, breaks);
    }

    /// As [`Walk::report_missing`], where other keys would do as well as the first.
    pub fn report_missing_or(&mut self, names: &[&'static str], about: &str, breaks: Breaks) {
        let Some(name) = names.first().filter(|_| !self.map.excused) else { return };
        let owner = if self.path.is_empty() { self.kind.name.to_string() } else { self.shown() };
        let mut message = format!("`{owner}` has no `{name}`");
        if breaks == Breaks::Install {
            message.push_str(", and cannot be installed without");
        }
        let mut help = format!("add `{name}`: {}", first_sentence(about));
        let mut range = self.holder();
        // A misspelt key is one fault, not an unknown key and a missing one.
        if let Some((key, meant)) = names.iter().find_map(|name| Some((self.take_misspelt(name)?, name))) {
            let unknown = key.text().unwrap_or_default();
            range = key.span();
            message = format!("{message}: `{unknown}` is ignored");
            help = format!("did you mean `{meant}`?");
        }
        self.path.push(Step::Key(name));
        self.report_with_help("missing-key", Some(breaks), range, message, help);
        self.path.pop();
    }

    /// The key of the map that is read which was meant to be this one. It will not be reported as unknown.
    pub fn take_misspelt(&mut self, name: &'static str) -> Option<Node<'a>> {
        if !self.judged {
            return None;
        }
        let at = self.map.unknown.iter().position(|unknown| unknown.meant == Some(name))?;
        Some(self.map.unknown.remove(at).key)
    }

    /// Reports a key that nobody reads, unless it holds anchors: that is meant to be ignored.
    pub(super) fn report_unknown(&mut self, map: &'static Map, Unknown { key, value, meant }: Unknown<'a>) {
        if value.anchor().is_some() && value.alias().is_none() {
            return;
        }
        let name = key.text().unwrap_or("a list or map");
        if self.options.elisions.is_some() && (is_placeholder(name) || name == "...") {
            return;
        }
        let owner = if self.path.is_empty() { self.kind.name.to_string() } else { self.name() };
        let below = map.fields.iter().find(|field| is_group_with(field.shape, name) && !field.hidden);
        let help = match (meant, below) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, Some(field)) => format!("`{name}` belongs below `{}`", field.name),
            (None, None) => format!("remove it; {}", self.keys_here(map)),
        };
        let message = format!("`{owner}` has no key `{name}`: it is ignored");
        self.report_with_help("unknown-key", None, key.span(), message, help);
    }

    /// "the keys here are `name`, `label` and 12 more: …"
    fn keys_here(&self, map: &'static Map) -> String {
        const SHOWN: usize = 8;
        let names: Vec<&str> = map.fields.iter().filter(|field| !field.hidden).map(|field| field.name).collect();
        if names.len() <= SHOWN + 1 {
            return format!("the keys here are {}", all_of(&names));
        }
        let place = path::field(self.kind.name, &self.path);
        let (shown, rest) = (names[..SHOWN].join("`, `"), names.len() - SHOWN);
        format!("the keys here are `{shown}` and {rest} more: see `proofpress explain {place}`")
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

    /// Takes a report back that another one explains.
    pub fn withdraw(&mut self, rule: &'static str, range: Range<usize>) {
        self.faults.retain(|fault| fault.rule != rule || fault.range != range);
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
