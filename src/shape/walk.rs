//! One walk over a shape and a document: faults out, all of them, each once.
//!
//! The order at each value is the daemon's: first it is decoded (a fault here ends the matter for this value), then
//! judged by the declared rules. Null is the zero value of every type.

use super::elision::{Elisions, is_placeholder};
use super::object::{Object, Written};
use super::path::{self, Step};
use super::scalar;
use super::time::{self, Time};
use super::{Breaks, Fault, Field, Files, Kind, List, Map, Named, NamedWalk, Need, Shape, Text};
use crate::config::nearest::nearest;
use crate::diagnostic::Severity;
use crate::yaml::{Document, Node, Value};
use std::ops::Range;

/// How a document is to be read.
#[derive(Default)]
pub struct Options<'a> {
    /// Only some of the top-level keys are shown: what is missing there is not missed.
    pub partial: bool,
    /// What was left out on purpose.
    pub elisions: Option<&'a Elisions<'a>>,
}

/// Everything that is wrong with a document of this kind, in the order of the text. `shape` is the kind's own or one
/// that stands below it; `field` is the path to it, as [`super::find`] takes it, without the kind's name.
pub fn check(
    kind: &'static Kind,
    shape: &'static Shape,
    field: &[&'static str],
    document: &Document,
    options: Options,
) -> Vec<Fault> {
    let mut walk = Walk::new(kind, options);
    walk.path = field.iter().map(|name| Step::Key(name)).collect();
    for problem in &document.problems {
        walk.faults.push(Fault {
            rule: "yaml-syntax",
            severity: Severity::Error,
            breaks: Some(Breaks::Decode),
            range: problem.range.clone(),
            message: problem.message.clone(),
            help: problem.help.clone(),
            label: None,
            field: None,
        });
    }
    // After a syntax error nothing else is sure.
    if document.problems.is_empty() {
        match document.root().filter(|root| !is_null(*root)) {
            Some(root) => {
                walk.start = root.span().start;
                walk.read(shape, root, Need::Required);
            }
            None => walk.absent_value(shape, Need::Required),
        }
    }
    walk.faults.sort_by_key(|fault| fault.range.start);
    walk.faults
}

/// Whether a value that stands in another document can be read as this kind.
pub fn decodes(kind: &'static Kind, node: Node) -> bool {
    let mut walk = Walk::new(kind, Options::default());
    walk.read(kind.shape, node, Need::IfWritten);
    !walk.faults.iter().any(|fault| fault.breaks == Some(Breaks::Decode))
}

/// The state of a check. Rules and special shapes read further values and report with it.
pub struct Walk<'a> {
    pub kind: &'static Kind,
    options: Options<'a>,
    faults: Vec<Fault>,
    path: Vec<Step>,
    /// The keys and items above the value that is read.
    keys: Vec<Node<'a>>,
    judged: bool,
    excused: bool,
    /// Keys of the map that is read which its shape does not know, and their values.
    unknown: Vec<(Node<'a>, Node<'a>)>,
    /// The values behind the aliases that are open.
    aliases: Vec<usize>,
    reads: usize,
    reads_by_alias: usize,
    alias_depth: usize,
    start: usize,
}

impl<'a> Walk<'a> {
    fn new(kind: &'static Kind, options: Options<'a>) -> Walk<'a> {
        Walk {
            kind,
            options,
            faults: Vec::new(),
            path: Vec::new(),
            keys: Vec::new(),
            judged: true,
            excused: false,
            unknown: Vec::new(),
            aliases: Vec::new(),
            reads: 0,
            reads_by_alias: 0,
            alias_depth: 0,
            start: 0,
        }
    }

    // --- reporting

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
    fn holder(&self) -> Range<usize> {
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

    fn report_type(&mut self, node: Node<'a>, wanted: &str) {
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
        if self.excused {
            return;
        }
        let owner = if self.path.is_empty() { self.kind.name.to_string() } else { self.shown() };
        let mut message = format!("`{owner}` has no `{name}`");
        let mut help = format!("add `{name}`: {}", first_sentence(about));
        let mut range = self.holder();
        // A misspelt key is one fault, not an unknown key and a missing one.
        let is_meant = |key: Node| key.text().is_some_and(|unknown| nearest(unknown, [name]).is_some());
        let meant = self.unknown.iter().position(|(key, _)| is_meant(*key)).filter(|_| self.judged);
        if let Some((key, _)) = meant.map(|at| self.unknown.remove(at)) {
            let unknown = key.text().unwrap_or_default();
            range = key.span();
            message = format!("{message}: `{unknown}` is ignored");
            help = format!("did you mean `{name}`?");
        }
        self.path.push(Step::Key(name));
        self.report_with_help("missing-key", Some(Breaks::Strict), range, message, help);
        self.path.pop();
    }

    // --- reading

    /// Reads the value of a field as a shape of the rule's choice.
    pub fn read_written(&mut self, written: Written<'a>, shape: &'static Shape) {
        self.enter_key(written, |walk| {
            if !walk.is_left_out(Some(written.key), written.value) {
                walk.read(shape, written.value, written.field.need);
            }
        });
    }

    /// Runs with the field as the place of what is read and reported.
    pub fn enter_key(&mut self, written: Written<'a>, then: impl FnOnce(&mut Self)) {
        self.path.push(Step::Key(written.field.name));
        self.keys.push(written.key);
        let excused = std::mem::take(&mut self.excused);
        let unknown = std::mem::take(&mut self.unknown);
        then(self);
        self.unknown = unknown;
        self.excused = excused;
        self.keys.pop();
        self.path.pop();
    }

    /// Runs with a key that the shape does not list, such as the name of an item, as the place.
    pub fn enter_item(&mut self, index: usize, holder: Node<'a>, then: impl FnOnce(&mut Self)) {
        self.path.push(Step::Item(index));
        self.keys.push(holder);
        let excused = std::mem::take(&mut self.excused);
        let unknown = std::mem::take(&mut self.unknown);
        then(self);
        self.unknown = unknown;
        self.excused = excused;
        self.keys.pop();
        self.path.pop();
    }

    /// Runs without applying rules.
    pub fn unjudged(&mut self, then: impl FnOnce(&mut Self)) {
        let judged = std::mem::replace(&mut self.judged, false);
        then(self);
        self.judged = judged;
    }

    /// Whether the value is one that the author left out on purpose.
    pub fn is_left_out(&self, key: Option<Node>, node: Node) -> bool {
        self.options.elisions.is_some_and(|elisions| elisions.is_value(key, node))
    }

    /// Whether a text is to be replaced by the reader, so that no pattern is asked of it.
    pub fn is_placeholder(&self, text: &str) -> bool {
        self.options.elisions.is_some() && is_placeholder(text)
    }

    /// Whether keys of the map that is read are missing on purpose.
    pub fn is_excused(&self) -> bool {
        self.excused
    }

    /// As [`Walk::is_excused`], for a map further in.
    pub fn leaves_out(&self, map: Node) -> bool {
        self.options.elisions.is_some_and(|elisions| elisions.in_map(map))
    }

    /// Reads a value that is not null as this shape. Aliases are followed within the daemon's bounds.
    pub fn read(&mut self, shape: &'static Shape, node: Node<'a>, need: Need) {
        if !self.open(node) {
            return;
        }
        match shape {
            Shape::Text(rules) => self.text(rules, node, need),
            Shape::Bool => {
                if node.as_bool().is_none() {
                    self.report_type(node, "a bool");
                }
            }
            Shape::Int => match scalar::int(node) {
                Some(0) if need == Need::Required => self.report_zero(node),
                Some(_) => {}
                None => self.report_type(node, "a whole number"),
            },
            Shape::Size(least, most) => self.size(node, *least, *most),
            Shape::Float => match scalar::float(node) {
                Some(float) => self.storable(node, float),
                None => self.report_type(node, "a number"),
            },
            Shape::Time => self.time(node, need),
            Shape::Decimal => self.decimal(node),
            Shape::Any => self.any(node, 0),
            Shape::Basic => {
                let before = self.faults.len();
                self.any(node, 0);
                let is_date = matches!(node.value(), Some(Value::Timestamp(_)));
                let decodes = self.faults[before..].iter().all(|fault| fault.breaks != Some(Breaks::Decode));
                if decodes && self.judged && (node.text().is_none() || is_date) {
                    // Whether it could be stored no longer matters.
                    self.faults.truncate(before);
                    let range = self.place(node);
                    let message =
                        format!("`{}` takes text, a number or a bool, and this is {}", self.name(), describe(node));
                    let fault = self.report("wrong-type", Some(Breaks::Strict), range, message);
                    if let (Some(fault), true) = (fault, is_date) {
                        fault.help = Some("put it in quotes".to_string());
                    }
                }
            }
            Shape::FreeMap(any_keys) => {
                if node.is_map() {
                    self.any(node, if *any_keys { usize::MAX } else { 1 });
                } else {
                    self.report_type(node, "a map");
                }
            }
            Shape::Map(map) => self.map(map, node),
            Shape::List(list) => self.list(list, node),
            Shape::Named(named) => self.named(named, node),
            Shape::Files(files) => self.files(files, node),
            Shape::MapOrNothing(map) => {
                if node.is_map() && node.alias().is_none() {
                    self.map(map, node);
                } else {
                    let message = format!("`{}` is {}, which is ignored", self.name(), describe(node));
                    self.report_ignored(node, message, "write the keys in place, below this one");
                }
            }
            Shape::Unjudged(shape) => self.unjudged(|walk| walk.read(shape, node, need)),
            Shape::Foreign(_) => {}
            Shape::Special(special) => (special.check)(self, node),
        }
        self.close(node);
    }

    fn report_zero(&mut self, node: Node<'a>) {
        let (range, message) = (self.place(node), format!("`{}` must not be 0", self.name()));
        self.report("empty-value", Some(Breaks::Strict), range, message);
    }

    fn text(&mut self, rules: &Text, node: Node<'a>, need: Need) {
        let Some(text) = scalar::text(node) else {
            self.report_type(node, "text");
            return;
        };
        if text.is_empty() && need != Need::IfWritten {
            if need == Need::Required {
                let (range, message) = (self.place(node), format!("`{}` is empty", self.name()));
                self.report("empty-value", Some(Breaks::Strict), range, message);
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
            self.report("too-long", Some(Breaks::Strict), range, message);
        } else if let Some(format) = rules.format
            && !(format.fits)(&text)
            && !self.is_placeholder(&text)
        {
            let message = format!("`{text}` is no {}", format.name);
            self.report_with_help(
                "wrong-format",
                Some(Breaks::Strict),
                range,
                message,
                format!("write {}", format.about),
            );
        }
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

    fn size(&mut self, node: Node<'a>, least: u64, most: u64) {
        match scalar::size(node) {
            Some(size) if (least..=most).contains(&size) => {}
            Some(_) => {
                let range = self.place(node);
                let message = format!("`{}` must be between {least} and {most}", self.name());
                self.report("out-of-range", Some(Breaks::Strict), range, message);
            }
            None => self.report_type(node, "a whole number that is not negative"),
        }
    }

    fn storable(&mut self, node: Node<'a>, float: f64) {
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

    fn time(&mut self, node: Node<'a>, need: Need) {
        if node.is_map() {
            // It decodes to no time at all.
            self.keys_of(node);
            if need == Need::Required {
                let (range, message) = (self.place(node), format!("`{}` is a map, which means no time", self.name()));
                self.report("empty-value", Some(Breaks::Strict), range, message);
            }
            return;
        }
        match time::read(node) {
            Some(Time::Some) => {}
            Some(Time::Zero) => {
                if need == Need::Required {
                    let message = format!("`{}` is the first instant of year 1, which means no time", self.name());
                    let range = self.place(node);
                    self.report("empty-value", Some(Breaks::Strict), range, message);
                }
            }
            None if node.text().is_none() || bad_tag(node).is_some() => self.report_type(node, "a time"),
            None => {
                let range = self.place(node);
                let text = node.text().unwrap_or_default();
                self.report_with_help(
                    "wrong-format",
                    Some(Breaks::Decode),
                    range,
                    format!("`{text}` is no time"),
                    time::advice(node),
                );
            }
        }
    }

    fn decimal(&mut self, node: Node<'a>) {
        if node.is_map() {
            self.keys_of(node);
            return;
        }
        match node.text() {
            Some(_) if bad_tag(node).is_some() => self.report_type(node, "a decimal number"),
            Some(text) if scalar::is_decimal(text) => {}
            Some(text) => {
                let what = if text.is_empty() { "empty text".to_string() } else { format!("`{text}`") };
                let (range, message) = (self.place(node), format!("{what} is no decimal number"));
                self.report_with_help(
                    "wrong-format",
                    Some(Breaks::Decode),
                    range,
                    message,
                    "write digits with at most one dot, as in `0.0015`",
                );
            }
            None => self.report_type(node, "a decimal number"),
        }
    }

    fn list(&mut self, list: &'static List, node: Node<'a>) {
        if !node.is_list() {
            self.report_type(node, "a list");
            let named = list.item.as_map().is_some_and(|map| map.field("name").is_some());
            if let (true, Some(fault)) = (named && node.is_map(), self.faults.last_mut()) {
                fault.help =
                    Some("begin each item with `- `, and give it a `name` in place of the key above it".to_string());
            }
            return;
        }
        let mut count = 0;
        for (index, item) in node.items().enumerate() {
            if self.is_null(item) {
                continue;
            }
            count += 1;
            if self.is_left_out(None, item) {
                continue;
            }
            self.enter_item(index, item, |walk| walk.read(list.item, item, Need::IfWritten));
        }
        if let Some(max) = list.max.filter(|max| count > *max) {
            let range = self.place(node);
            let message = format!("`{}` has {count} items, and at most {max} are allowed", self.name());
            self.report("too-long", Some(Breaks::Strict), range, message);
        }
    }

    fn named(&mut self, named: &'static Named, node: Node<'a>) {
        let judged = self.judged;
        self.judged &= named.judged;
        if node.is_list() {
            for (index, item) in node.items().enumerate() {
                if !self.is_null(item) && !self.is_left_out(None, item) {
                    self.enter_item(index, item, |walk| {
                        if walk.open(item) {
                            walk.map_or_type(named.item, item);
                            walk.close(item);
                        }
                    });
                }
            }
        } else if node.is_map() && node.alias().is_none() {
            self.named_map(named, node);
        } else if node.is_map() {
            let (range, name) = (self.place(node), self.name());
            self.report_with_help(
                "wrong-type",
                Some(Breaks::Decode),
                range,
                format!("`{name}` cannot be an alias of a map"),
                "write the items here",
            );
        } else {
            self.report_type(node, "a list of items, or a map from names to items");
        }
        self.judged = judged;
    }

    /// The map form. Names may repeat, and nothing merges.
    fn named_map(&mut self, named: &'static Named, node: Node<'a>) {
        for (index, (key, value)) in node.entries().enumerate() {
            if self.is_left_out(Some(key), value) {
                continue;
            }
            let in_place = value.is_map() && value.alias().is_none();
            let named_in_place = key.text().is_some() && key.alias().is_none();
            self.enter_item(index, key, |walk| match named.walk {
                NamedWalk::Lenient => {
                    if key.is_map() && key.alias().is_none() {
                        walk.map_or_type(named.item, key);
                    }
                    if in_place {
                        walk.map_or_type(named.item, value);
                    } else if named_in_place {
                        let name = key.text().unwrap_or_default();
                        let message = format!("`{name}` defines nothing: its value is {}", describe(value));
                        walk.report_ignored(value, message, "write the keys of the item below its name");
                    }
                }
                NamedWalk::Strict if in_place && key.text().is_some() => walk.map_or_type(named.item, value),
                NamedWalk::Strict => {
                    let range = walk.place(value);
                    let message = format!("an item must be a map written in place, and this is {}", describe(value));
                    walk.report("wrong-type", Some(Breaks::Decode), range, message);
                }
            });
        }
    }

    fn files(&mut self, files: &'static Files, node: Node<'a>) {
        if !node.is_list() || node.alias().is_some() {
            let message = format!("`{}` is {}, which is read as an empty list", self.name(), describe(node));
            self.report_ignored(node, message, "write a list, one item for each file");
            return;
        }
        for (index, item) in node.items().enumerate() {
            if self.is_left_out(None, item) || (item.text().is_some() && item.alias().is_none()) {
                continue;
            }
            let before = self.faults.len();
            self.enter_item(index, item, |walk| {
                if files.stops || (item.is_map() && item.alias().is_none()) {
                    walk.read(files.kind.shape, item, Need::IfWritten);
                } else {
                    let message = format!("this item is {}, which is skipped", describe(item));
                    walk.report_ignored(item, message, "write the path of a file");
                }
            });
            let broken = self.faults[before..].iter().find(|fault| fault.breaks == Some(Breaks::Decode));
            if let (true, Some(broken)) = (files.stops, broken) {
                let (range, reason) = (broken.range.clone(), broken.message.clone());
                self.faults.truncate(before);
                let message = format!("this item is skipped, with all that follow: {reason}");
                self.report("ignored-value", None, range, message);
                break;
            }
        }
    }

    fn map_or_type(&mut self, map: &'static Map, node: Node<'a>) {
        if node.is_map() {
            self.map(map, node);
        } else {
            self.report_type(node, "a map");
        }
    }

    fn map(&mut self, map: &'static Map, node: Node<'a>) {
        if !node.is_map() {
            self.report_type(node, "a map");
            return;
        }
        let excused = std::mem::replace(
            &mut self.excused,
            self.options.partial && self.keys.is_empty()
                || self.options.elisions.is_some_and(|elisions| elisions.in_map(node)),
        );
        let unknown = std::mem::take(&mut self.unknown);
        let object = self.object(map, node);
        for field in map.fields.iter().filter(|field| !field.by_rule) {
            match object.get(field.name) {
                Some(written) => self.field(written),
                None => self.absent(field),
            }
        }
        for rule in map.rules {
            (rule.check)(self, &object);
        }
        for (key, value) in std::mem::replace(&mut self.unknown, unknown) {
            self.report_unknown(map, node, key, value);
        }
        self.excused = excused;
    }

    fn field(&mut self, written: Written<'a>) {
        let Written { field, key, value } = written;
        if let Some(instead) = field.instead {
            self.enter_key(written, |walk| {
                let message = format!("`{}` is the old name of `{instead}`", field.name);
                walk.report_with_help("deprecated-key", None, key.span(), message, format!("write `{instead}`"));
            });
        }
        self.enter_key(written, |walk| {
            if walk.is_left_out(Some(key), value) {
                return;
            }
            if field.unless.is_some_and(|empty| empty(value)) {
                walk.unjudged(|walk| walk.read(field.shape, value, field.need));
            } else {
                walk.read(field.shape, value, field.need);
            }
        });
    }

    /// A field that is not written, or null.
    fn absent(&mut self, field: &'static Field) {
        if field.need == Need::Required && !self.excused && self.judged && is_missed(field.shape) {
            self.report_missing(field.name, field.about);
        }
    }

    /// A whole document without a value.
    fn absent_value(&mut self, shape: &'static Shape, need: Need) {
        if let (Shape::Map(map), Need::Required, false) = (shape, need, self.options.partial) {
            for field in map.fields {
                self.absent(field);
            }
        }
    }

    // --- maps as they are decoded

    /// The known fields of a map, with what `<<` brings; reports keys that fail to decode and keys that nobody reads.
    fn object(&mut self, map: &'static Map, node: Node<'a>) -> Object<'a> {
        self.keys_of(node);
        let mut object = Object { fields: Vec::with_capacity(node.entries().len()), node };
        // Null shadows what `<<` brings, and is then dropped.
        let mut nulls = Vec::new();
        for (key, value) in node.entries().filter(|(key, _)| !key.is_merge()) {
            self.take(map, &mut object, &mut nulls, key, value, true);
        }
        for (_, value) in node.entries().filter(|(key, _)| key.is_merge()) {
            let maps = if value.is_list() { value.items().collect() } else { vec![value] };
            for merged in maps.into_iter().filter(|merged| merged.is_map()) {
                if !self.open(merged) {
                    continue;
                }
                self.keys_of(merged);
                for (key, value) in merged.entries().filter(|(key, _)| !key.is_merge()) {
                    self.take(map, &mut object, &mut nulls, key, value, false);
                }
                self.close(merged);
            }
        }
        object
    }

    fn take(
        &mut self,
        map: &'static Map,
        object: &mut Object<'a>,
        nulls: &mut Vec<&'static str>,
        key: Node<'a>,
        value: Node<'a>,
        written: bool,
    ) {
        let Some(name) = scalar::text(key) else { return };
        if is_null(key) {
            return;
        }
        let Some(field) = map.field(&name) else {
            if written {
                self.unknown.push((key, value));
            }
            return;
        };
        if nulls.contains(&field.name) || object.get(field.name).is_some() {
            if written && key.alias().is_some() {
                let message = format!("`{name}` is set twice: this alias stands for it");
                self.report("duplicate-key", Some(Breaks::Decode), key.span(), message);
            }
        } else if self.is_null(value) && !self.is_left_out(Some(key), value) {
            nulls.push(field.name);
        } else {
            object.fields.push(Written { field, key, value });
        }
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

    /// What is decoded of every map: no key twice, no list or map as a key, maps after `<<`.
    fn keys_of(&mut self, node: Node<'a>) {
        for duplicate in node.duplicates() {
            let name = duplicate.again.text().unwrap_or("a list or map").to_string();
            let fault = self.report(
                "duplicate-key",
                Some(Breaks::Decode),
                duplicate.again.span(),
                format!("`{name}` stands here twice"),
            );
            if let Some(fault) = fault {
                fault.label = Some((duplicate.first.span(), "first here".to_string()));
            }
        }
        for (key, value) in node.entries() {
            if key.is_merge() {
                let fits = value.is_map() || (value.is_list() && value.items().all(Node::is_map));
                if !fits {
                    let range = if value.span().is_empty() { key.span() } else { value.span() };
                    let message = format!("`<<` takes a map or a list of maps, and this is {}", describe(value));
                    self.report("wrong-type", Some(Breaks::Decode), range, message);
                }
            } else if key.text().is_none() {
                let message = format!("a key must be text, and this is {}", describe(key));
                self.report("wrong-type", Some(Breaks::Decode), first_line(key), message);
            } else if let Some(message) = bad_tag(key) {
                self.report("wrong-type", Some(Breaks::Decode), key.span(), message);
            }
        }
    }

    /// Free content: every map in it is decoded too. `text_keys_from` is the depth from which keys must be text for the
    /// value to be stored. Nesting is bounded by the parser, so the walk keeps its own stack.
    fn any(&mut self, node: Node<'a>, text_keys_from: usize) {
        let mut open: Vec<(Node<'a>, Vec<Free<'a>>)> = Vec::new();
        let mut next = Some(Free { node, merged: false });
        let mut first = true;
        loop {
            if let Some(free) = next.take() {
                // The caller has opened the first.
                if std::mem::take(&mut first) || self.open(free.node) {
                    let children = self.any_one(free, open.len() >= text_keys_from);
                    open.push((free.node, children));
                }
            }
            let Some((node, children)) = open.last_mut() else { return };
            match children.pop() {
                Some(child) => next = Some(child),
                None => {
                    let node = *node;
                    open.pop();
                    if !open.is_empty() {
                        self.close(node);
                    }
                }
            }
        }
    }

    /// One value of free content; gives those in it, the last first.
    fn any_one(&mut self, Free { node, merged }: Free<'a>, text_keys: bool) -> Vec<Free<'a>> {
        if node.is_list() {
            return node.items().rev().map(|node| Free { node, merged }).collect();
        }
        if node.is_map() {
            self.keys_of(node);
            if text_keys && !merged {
                self.report_odd_key(node);
            }
            return node.entries().rev().map(|(key, node)| Free { node, merged: key.is_merge() }).collect();
        }
        if bad_tag(node).is_some() {
            self.report_type(node, "anything");
        } else if let Some(Value::Float(float)) = node.value() {
            self.storable(node, float);
        }
        Vec::new()
    }

    /// One key that is no text keeps the whole map from being stored.
    fn report_odd_key(&mut self, map: Node<'a>) {
        let is_text = |key: Node| matches!((key.tag(), key.value()), (None | Some("!!str"), Some(Value::Text(_))));
        let odd =
            map.entries().map(|(key, _)| key).find(|key| !key.is_merge() && key.text().is_some() && !is_text(*key));
        let Some(key) = odd else { return };
        let name = key.text().unwrap_or_default();
        let what = match (key.value(), key.tag()) {
            (Some(Value::Text(_)), Some(tag)) => format!("has the tag `{tag}`"),
            _ => format!("is {}", describe(key)),
        };
        self.report_with_help(
            "unstorable",
            Some(Breaks::Install),
            key.span(),
            format!("the key `{name}` {what}, which cannot be stored when the plugin is installed"),
            format!("write it in quotes: `\"{name}\"`"),
        );
    }

    // --- aliases

    /// Counts a value that is read, and follows an alias. False where it leads into itself, or too far.
    fn open(&mut self, node: Node<'a>) -> bool {
        let is_alias = node.alias().is_some();
        if is_alias && self.aliases.contains(&node.id()) {
            let message = format!("`*{}` contains itself", node.alias().unwrap_or_default());
            self.report("alias-loop", Some(Breaks::Decode), node.span(), message);
            return false;
        }
        self.reads += 1;
        if self.alias_depth > 0 {
            self.reads_by_alias += 1;
        }
        if self.reads_by_alias > 100 && self.reads > 1000 {
            // The bounds are those of the daemon's YAML library.
            let allowed = match self.reads {
                ..=400_000 => 0.99,
                4_000_000.. => 0.10,
                reads => 0.99 - 0.89 * (reads - 400_000) as f64 / 3_600_000.0,
            };
            if self.reads_by_alias as f64 / self.reads as f64 > allowed {
                if !self.faults.iter().any(|fault| fault.rule == "alias-bomb") {
                    let range = if node.span().is_empty() { self.holder() } else { node.span() };
                    let message = "aliases make this document too large".to_string();
                    self.report("alias-bomb", Some(Breaks::Decode), range, message);
                }
                return false;
            }
        }
        if is_alias {
            self.aliases.push(node.id());
            self.alias_depth += 1;
        }
        true
    }

    fn close(&mut self, node: Node<'a>) {
        if node.alias().is_some() {
            self.aliases.pop();
            self.alias_depth -= 1;
        }
    }

    fn is_null(&self, node: Node) -> bool {
        is_null(node)
    }
}

/// A value somewhere in free content.
#[derive(Clone, Copy)]
struct Free<'a> {
    node: Node<'a>,
    /// It stands behind `<<`: its keys become those of the map around it, which makes texts of them.
    merged: bool,
}

/// Nothing, `~` or `null`.
fn is_null(node: Node) -> bool {
    node.is_null()
}

/// Whether a field that is left out is missed: a map only where something in it is required.
pub(crate) fn is_missed(shape: &'static Shape) -> bool {
    match shape {
        Shape::Map(map) => {
            map.fields.iter().any(|field| field.need == Need::Required && !field.by_rule && is_missed(field.shape))
        }
        Shape::Decimal | Shape::Unjudged(_) | Shape::Foreign(_) => false,
        _ => true,
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

/// Why a scalar does not fit its own tag.
fn bad_tag(node: Node) -> Option<String> {
    let (text, tag) = (node.text()?, node.tag()?);
    if node.value().is_some() {
        return None;
    }
    Some(format!("`{text}` does not fit its tag `{tag}`"))
}

/// `a list`, `a number`: what an author sees in a value.
pub fn describe(node: Node) -> &'static str {
    if node.alias().is_some() {
        return "an alias";
    }
    if node.is_list() {
        return "a list";
    }
    if node.is_map() {
        return "a map";
    }
    match node.value() {
        None | Some(Value::Text(_)) => "text",
        Some(Value::Null) => "nothing",
        Some(Value::Bool(_)) => "a bool",
        Some(Value::Int(_) | Value::Uint(_)) => "a number",
        Some(Value::Float(_)) => "a number with a fraction",
        Some(Value::Timestamp(_)) => "a date",
        Some(Value::Binary(_)) => "binary data",
    }
}

/// The place to show for a whole list or map: its first key or item.
fn first_key(node: Node) -> Range<usize> {
    match node.entries().next() {
        Some((key, _)) if key.text().is_some() => key.span(),
        _ => first_line(node),
    }
}

fn first_line(node: Node) -> Range<usize> {
    let span = node.span();
    span.start..span.end.min(span.start + 1).max(span.start)
}

/// "`a`, `b` or `c`"
pub fn one_of(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((only, _)) => only.clone(),
        None => String::new(),
    }
}

fn list_of<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The first sentence of a description, as the end of a message.
fn first_sentence(about: &str) -> String {
    let sentence = about.split(". ").next().unwrap_or(about).trim_end_matches('.');
    let mut chars = sentence.chars();
    match chars.next() {
        // A word in capitals (`URL`) stays as it is.
        Some(first) if !chars.as_str().starts_with(char::is_uppercase) => first.to_lowercase().chain(chars).collect(),
        _ => sentence.to_string(),
    }
}
