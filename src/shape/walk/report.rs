//! What is wrong with the value that is read in, a fault at its place out.

use super::words::{all_of, bad_tag, describe, first_key, first_sentence, one_of, quoted};
use super::{Unknown, Walk};
use crate::config::nearest::nearest;
use crate::diagnostic::Severity;
use crate::shape::elision::is_placeholder;
use crate::shape::path::{self, Step};
use crate::shape::{Breaks, Fault, Map, Shape, Written};
use crate::yaml::{Node, Value};
use std::ops::Range;

/// What whole numbers are called in messages.
pub(super) const WHOLE: &str = "a whole number";
pub(super) const SIZE: &str = "a whole number that is not negative";

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

    pub(super) fn report_type(&mut self, node: Node<'a>, wanted: &str) -> Option<&mut Fault> {
        let range = self.place(node);
        let (message, help) = match bad_tag(node) {
            Some(message) => (message, Some("remove the tag".to_string())),
            None => {
                (format!("{} takes {wanted}, and this is {}", self.subject(), describe(node)), unquoted(node, wanted))
            }
        };
        let fault = self.report("wrong-type", Some(Breaks::Decode), range, message)?;
        fault.help = help;
        Some(fault)
    }

    /// Reports a required value that is written and counts as left out.
    pub(super) fn report_empty(&mut self, node: Node<'a>, why: &str) {
        let range = self.place(node);
        let message = format!("{} {why}", self.subject());
        let about = path::find(&path::field(self.kind.name, &self.path)).ok().and_then(|found| found.field);
        let Some(fault) = self.report("empty-value", Some(Breaks::Strict), range, message) else { return };
        fault.help = about.map(|field| format!("write {}", first_sentence(field.about)));
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

    pub(super) fn report_deprecated(&mut self, written: Written<'a>) {
        let (name, key) = (written.field.name, written.key);
        let Some(instead) = written.field.instead else { return };
        let message = format!("`{name}` is another name of `{instead}`, which not every program reads");
        self.enter_key(written, |walk| {
            walk.report_with_help("deprecated-key", None, key.span(), message, format!("write `{instead}`"));
        });
    }

    /// Reports a key that nobody reads, unless it holds anchors: that is meant to be ignored.
    pub(super) fn report_unknown(&mut self, map: &'static Map, Unknown { key, value, meant }: Unknown<'a>) {
        if value.anchor().is_some() && value.alias().is_none() {
            return;
        }
        let name = key.text().unwrap_or_default();
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
        let message = format!("`{owner}` has no key {}: it is ignored", quoted(name));
        self.report_with_help("unknown-key", None, key.span(), message, help);
    }

    /// "the keys here are `name`, `label` and 12 more: …"
    fn keys_here(&self, map: &'static Map) -> String {
        let names: Vec<&str> = map.fields.iter().filter(|field| !field.hidden).map(|field| field.name).collect();
        self.first_of("the keys here are ", &names, all_of)
    }

    /// The names, or some of a long list and where the others are told.
    fn first_of(&self, start: &str, names: &[&str], listed: fn(&[&str]) -> String) -> String {
        const MOST: usize = 10;
        const SHOWN: usize = 8;
        if names.len() <= MOST {
            return format!("{start}{}", listed(names));
        }
        let place = path::field(self.kind.name, &self.path);
        let (shown, rest) = (names[..SHOWN].join("`, `"), names.len() - SHOWN);
        format!("{start}`{shown}` and {rest} more: see `proofpress explain {place}`")
    }

    /// A value that is none of the allowed ones, with the nearest of them.
    pub fn report_choice(&mut self, breaks: Breaks, range: Range<usize>, text: &str, allowed: &'static [&'static str]) {
        let message = format!("{} is no value of `{}`", quoted(text), self.key());
        let help = match nearest(text, allowed.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => self.first_of("use ", allowed, one_of),
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
            None => self.kind.name.to_string(),
        }
    }

    /// The same in backquotes; for an item of a document that is a list, no name at all.
    fn subject(&self) -> String {
        match self.path.iter().any(|step| matches!(step, Step::Key(_))) || self.path.is_empty() {
            true => format!("`{}`", self.name()),
            false => "an item".to_string(),
        }
    }

    /// The last key of the path.
    fn key(&self) -> &'static str {
        let name = |step: &Step| if let Step::Key(name) = step { Some(*name) } else { None };
        self.path.iter().rev().find_map(name).unwrap_or(self.kind.name)
    }
}

/// What to do about quotes and numbers where they keep a value from its type.
fn unquoted(node: Node, wanted: &str) -> Option<String> {
    let text = node.text()?.trim();
    let bare = || Some(format!("write `{}` without quotes", text.to_ascii_lowercase()));
    match (wanted, node.value()) {
        ("a bool", _) if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") => bare(),
        ("a bool", _) => Some("write `true` or `false`".to_string()),
        ("a number" | WHOLE | SIZE, Some(Value::Text(_))) if text.parse::<f64>().is_ok() => bare(),
        ("a number" | WHOLE | SIZE, Some(Value::Text(_))) => Some("write digits, without a unit".to_string()),
        _ => None,
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
