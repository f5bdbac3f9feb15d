//! A scalar that is read in: does it fit its type, and then the rules for its value?

use super::Walk;
use super::report::{SIZE, WHOLE};
use super::words::{bad_tag, describe, quoted};
use crate::shape::time::{self, Time};
use crate::shape::{Breaks, Need, Text, scalar};
use crate::yaml::{Node, Value};

impl<'a> Walk<'a> {
    pub(super) fn bool(&mut self, node: Node<'a>) {
        if node.as_bool().is_none() {
            self.report_type(node, "a bool");
        }
    }

    pub(super) fn int(&mut self, node: Node<'a>, need: Need) {
        match scalar::int(node) {
            Some(0) if need == Need::Required => self.report_empty(node, "must not be 0"),
            Some(_) => {}
            None => {
                self.report_type(node, WHOLE);
            }
        }
    }

    pub(super) fn float(&mut self, node: Node<'a>) {
        match scalar::float(node) {
            Some(float) => self.storable(node, float),
            None => {
                self.report_type(node, "a number");
            }
        }
    }

    /// Text, a number or a bool.
    pub(super) fn basic(&mut self, node: Node<'a>) {
        let before = self.faults.len();
        self.any(node, 0);
        let is_date = matches!(node.value(), Some(Value::Timestamp(_)));
        let decodes = self.faults[before..].iter().all(|fault| fault.breaks != Some(Breaks::Decode));
        if decodes && self.judged && (node.text().is_none() || is_date) {
            // Whether it could be stored no longer matters.
            self.faults.truncate(before);
            let range = self.place(node);
            let message = format!("`{}` takes text, a number or a bool, and this is {}", self.name(), describe(node));
            let help = if is_date { "put it in quotes" } else { "write one plain value" };
            self.report_with_help("wrong-type", Some(Breaks::Strict), range, message, help);
        }
    }

    pub(super) fn text(&mut self, rules: &Text, node: Node<'a>, need: Need) {
        let Some(text) = scalar::text(node) else {
            let fault = self.report_type(node, "text");
            if let (Some(fault), true) = (fault, node.get("en_US").is_some()) {
                fault.help = Some("write the text alone: here it has no languages".to_string());
            }
            return;
        };
        if text.is_empty() && need != Need::IfWritten {
            if need == Need::Required {
                self.report_empty(node, "is empty");
            }
            return;
        }
        let range = self.place(node);
        if !rules.one_of.is_empty() && !rules.one_of.contains(&&*text) {
            let breaks = if rules.decodes_one_of { Breaks::Decode } else { Breaks::Strict };
            self.report_choice(breaks, range, &text, rules.one_of);
            return;
        }
        let length = if rules.max.is_some_and(|max| text.len() > max) { text.chars().count() } else { 0 };
        if let Some(max) = rules.max.filter(|max| length > *max) {
            let message = format!("`{}` has {length} characters, and at most {max} are allowed", self.name());
            self.report_with_help("too-long", Some(Breaks::Strict), range, message, "shorten it");
        } else if let Some(format) = rules.format
            && !(format.fits)(&text)
            && !self.is_placeholder(&text)
        {
            let message = format!("{} is no {}", quoted(&text), format.name);
            self.report_with_help(
                "wrong-format",
                Some(Breaks::Strict),
                range,
                message,
                format!("write {}", format.about),
            );
        }
    }

    pub(super) fn size(&mut self, node: Node<'a>, least: u64, most: u64) {
        match scalar::size(node) {
            Some(size) if (least..=most).contains(&size) => {}
            Some(_) => {
                let range = self.place(node);
                let message = format!("`{}` must be between {least} and {most}", self.name());
                self.report("out-of-range", Some(Breaks::Strict), range, message);
            }
            None => {
                self.report_type(node, SIZE);
            }
        }
    }

    pub(super) fn storable(&mut self, node: Node<'a>, float: f64) {
        if !float.is_finite() {
            let range = self.place(node);
            let message =
                format!("`{}` cannot be stored when the plugin is installed", node.text().unwrap_or_default());
            self.report_with_help(
                "unstorable",
                Some(Breaks::Install),
                range,
                message,
                "write a finite number, or leave it out",
            );
        }
    }

    pub(super) fn time(&mut self, node: Node<'a>, need: Need) {
        if node.is_map() {
            // It decodes to no time at all.
            self.keys_of(node);
            if need == Need::Required {
                self.report_empty(node, "is a map, which means no time");
            }
            return;
        }
        match time::read(node) {
            Some(Time::Some) => {}
            Some(Time::Zero) => {
                if need == Need::Required {
                    self.report_empty(node, "is the first instant of year 1, which means no time");
                }
            }
            None if node.text().is_none() || bad_tag(node).is_some() => {
                self.report_type(node, "a time");
            }
            None => {
                let range = self.place(node);
                let text = node.text().unwrap_or_default();
                self.report_with_help(
                    "wrong-format",
                    Some(Breaks::Decode),
                    range,
                    format!("{} is no time", quoted(text)),
                    time::advice(node),
                );
            }
        }
    }

    pub(super) fn decimal(&mut self, node: Node<'a>) {
        if node.is_map() {
            self.keys_of(node);
            return;
        }
        match node.text() {
            Some(_) if bad_tag(node).is_some() => {
                self.report_type(node, "a decimal number");
            }
            Some(text) if scalar::is_decimal(text) => {}
            Some(text) => {
                let what = if text.is_empty() { "empty text".to_string() } else { quoted(text) };
                let (range, message) = (self.place(node), format!("{what} is no decimal number"));
                self.report_with_help(
                    "wrong-format",
                    Some(Breaks::Decode),
                    range,
                    message,
                    "write digits with at most one dot, as in `0.0015`",
                );
            }
            None => {
                self.report_type(node, "a decimal number");
            }
        }
    }
}
