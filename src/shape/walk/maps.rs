//! A map that is read in: its fields as they count, each judged, and what is missed or unknown.

use super::words::{bad_tag, describe, first_line, quoted};
use super::{OpenMap, Unknown, Walk};
use crate::config::nearest::nearest;
use crate::shape::{Breaks, Field, Map, Need, Object, Shape, Written, scalar};
use crate::yaml::Node;
use std::collections::HashSet;

/// A map as its shape reads it.
struct Decoded<'a> {
    object: Object<'a>,
    /// Fields that are null: they shadow what `<<` brings, and are then dropped.
    nulls: Vec<&'static str>,
    unknown: Vec<(Node<'a>, Node<'a>)>,
}

impl<'a> Walk<'a> {
    pub(super) fn map(&mut self, map: &'static Map, node: Node<'a>) {
        if !node.is_map() {
            let has_languages = map.field("en_US").is_some();
            let fault = self.report_type(node, "a map");
            if let (Some(fault), true, Some(text)) = (fault, has_languages, node.text()) {
                fault.help = Some(format!("name the language: {}", quoted(&format!("en_US: {text}"))));
            }
            return;
        }
        let partial = self.options.partial && self.keys.is_empty();
        let Decoded { object, unknown, .. } = self.decode(map, node);
        let open = OpenMap { excused: partial || self.leaves_out(node), unknown: paired(map, node, unknown) };
        let around = std::mem::replace(&mut self.map, open);
        for field in map.fields.iter().filter(|field| !field.by_rule) {
            match object.get(field.name) {
                Some(written) => self.field(written),
                None => self.absent(field),
            }
        }
        for rule in map.rules {
            (rule.check)(self, &object);
        }
        for unknown in std::mem::replace(&mut self.map, around).unknown {
            self.report_unknown(map, unknown);
        }
    }

    /// A map written in place; anything else counts as left out.
    pub(super) fn map_or_nothing(&mut self, map: &'static Map, node: Node<'a>) {
        if node.is_map() && node.alias().is_none() {
            self.map(map, node);
        } else {
            let message = format!("`{}` is {}, which is ignored", self.name(), describe(node));
            self.report_ignored(node, message, "write the keys in place, below this one");
        }
    }

    fn field(&mut self, written: Written<'a>) {
        let Written { field, key, value } = written;
        self.report_deprecated(written);
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
        if field.need == Need::Required && !self.map.excused && self.judged && is_missed(field.shape) {
            self.report_missing(field.name, field.about, Breaks::Strict);
        }
    }

    /// A whole document without a value.
    pub(super) fn absent_value(&mut self, shape: &'static Shape, need: Need) {
        if let (Shape::Map(map), Need::Required, false) = (shape, need, self.options.partial) {
            for field in map.fields {
                self.absent(field);
            }
        }
    }

    /// Reports keys that nobody reads, for a map that a rule looks into by hand.
    pub fn report_unknown_keys(&mut self, map: &'static Map, node: Node<'a>, keys: Vec<(Node<'a>, Node<'a>)>) {
        for unknown in paired(map, node, keys) {
            self.report_unknown(map, unknown);
        }
    }

    /// The fields of a map as they count, with what `<<` brings, and the keys that nobody reads; reports keys that fail
    /// to decode.
    fn decode(&mut self, map: &'static Map, node: Node<'a>) -> Decoded<'a> {
        self.keys_of(node);
        let object = Object { fields: Vec::with_capacity(node.entries().len().min(map.fields.len())), node };
        let mut decoded = Decoded { object, nulls: Vec::new(), unknown: Vec::new() };
        for (key, value) in node.entries().filter(|(key, _)| !key.is_merge()) {
            self.take(map, &mut decoded, key, value, true);
        }
        for (_, value) in node.entries().filter(|(key, _)| key.is_merge()) {
            let maps = if value.is_list() { value.items().collect() } else { vec![value] };
            for merged in maps.into_iter().filter(|merged| merged.is_map()) {
                if !self.open(merged) {
                    continue;
                }
                self.keys_of(merged);
                for (key, value) in merged.entries().filter(|(key, _)| !key.is_merge()) {
                    self.take(map, &mut decoded, key, value, false);
                }
                self.close(merged);
            }
        }
        decoded
    }

    /// Takes one entry over. One that `<<` brings gives way to one that is `written`.
    fn take(&mut self, map: &'static Map, decoded: &mut Decoded<'a>, key: Node<'a>, value: Node<'a>, written: bool) {
        let Some(name) = scalar::text(key) else { return };
        if key.is_null() {
            return;
        }
        let Some(field) = map.field(&name) else {
            if written {
                decoded.unknown.push((key, value));
            }
            return;
        };
        if decoded.nulls.contains(&field.name) || decoded.object.get(field.name).is_some() {
            if written && key.alias().is_some() {
                let message = format!("`{name}` is set twice: this alias stands for it");
                self.report_with_help(
                    "duplicate-key",
                    Some(Breaks::Decode),
                    key.span(),
                    message,
                    "remove one of the two",
                );
            }
        } else if value.is_null() && !self.is_left_out(Some(key), value) {
            decoded.nulls.push(field.name);
        } else {
            decoded.object.fields.push(Written { field, key, value });
        }
    }

    /// What is decoded of every map: no key twice, no list or map as a key, maps after `<<`.
    pub(super) fn keys_of(&mut self, node: Node<'a>) {
        for duplicate in node.duplicates() {
            let name = duplicate.again.text().map_or("a list or map".to_string(), quoted);
            let fault = self.report(
                "duplicate-key",
                Some(Breaks::Decode),
                duplicate.again.span(),
                format!("{name} stands here twice"),
            );
            if let Some(fault) = fault {
                fault.help = Some("remove one of the two".to_string());
                fault.label = Some((duplicate.first.span(), "first here".to_string()));
            }
        }
        for (key, value) in node.entries() {
            if key.is_merge() {
                let fits = value.is_map() || (value.is_list() && value.items().all(Node::is_map));
                if !fits {
                    let range = if value.span().is_empty() { key.span() } else { value.span() };
                    let message = format!("`<<` takes a map or a list of maps, and this is {}", describe(value));
                    let help = "remove it, or quote it to mean the text `<<`";
                    self.report_with_help("wrong-type", Some(Breaks::Decode), range, message, help);
                }
            } else if key.text().is_none() {
                let message = format!("a key must be text, and this is {}", describe(key));
                let help = "put it in quotes if it is meant as text";
                self.report_with_help("wrong-type", Some(Breaks::Decode), first_line(key), message, help);
            } else if let Some(message) = bad_tag(key) {
                self.report_with_help("wrong-type", Some(Breaks::Decode), key.span(), message, "remove the tag");
            }
        }
    }
}

/// Finds what each unknown key was meant to be. What stands in the map already was not meant: beside `zh_Hans`,
/// `zh_Hant` is no slip.
fn paired<'a>(map: &'static Map, node: Node<'a>, keys: Vec<(Node<'a>, Node<'a>)>) -> Vec<Unknown<'a>> {
    if keys.is_empty() {
        return Vec::new();
    }
    let absent = map.fields.iter().filter(|field| !field.hidden && node.get(field.name).is_none());
    let absent: Vec<&'static str> = absent.map(|field| field.name).collect();
    let meant = |key: Node| key.text().and_then(|name| nearest(name, absent.iter().copied()));
    // Of a key that stands there twice, the second is reported as such already.
    let mut seen = HashSet::new();
    let first = keys.into_iter().filter(|(key, _)| seen.insert(key.text()));
    first.map(|(key, value)| Unknown { key, value, meant: meant(key) }).collect()
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
