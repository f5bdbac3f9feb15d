//! A place in, JSON Schema (2020-12) of it out, for editors and for other tools.
//!
//! The verdict is the daemon's strict one on the document as JSON: null is the zero value, any scalar is text, numbers
//! are cut to whole ones, bools have words. [`COMMENT`] says what JSON cannot tell and JSON Schema cannot say.

mod scalars;

use super::{Place, find, name_of, same};
use crate::shape::{Field, Map, Named, NamedWalk, Need, Shape, Special, is_missed};
use crate::yaml::{self, Node};
use scalars::{text, time, typed};
use serde_json::{Value, json};

/// What every schema says about itself.
pub const COMMENT: &str = "Valid means: the plugin daemon decodes the document and all declared rules hold. A schema sees \
values and not how they are written, so it cannot tell: YAML syntax, tags, duplicate keys, aliases and wrong merges; \
whether a number, bool or date is in quotes; how a number is spelt, where it stands for text; infinity. Unknown keys are \
allowed, because the daemon ignores them; editors that know `deprecationMessage` mark them.";

type Object = serde_json::Map<String, Value>;

/// The schema of a place, as a document of its own. `id` is the address at which it is published, if it is.
pub fn schema(place: &Place, id: Option<&str>) -> Value {
    let mut writer = Writer { defs: Vec::new() };
    // Of a document without a value only what a map requires is missed.
    let null = !matches!(place.shape, Shape::Map(_)) || !is_missed(place.shape);
    let at = At { need: Need::Required, judged: true, null, path: &place.name };
    let body = match place.shape {
        // The document's own map stands at the top and not behind a reference.
        Shape::Map(map) => writer.map(map, &at),
        shape => writer.shape(shape, &at),
    };
    let mut out = object(json!({ "$schema": "https://json-schema.org/draft/2020-12/schema" }));
    if let Some(id) = id {
        out.insert("$id".into(), id.into());
    }
    out.insert("title".into(), place.name.clone().into());
    out.insert("description".into(), place.about.into());
    out.insert("$comment".into(), COMMENT.into());
    for (key, value) in body {
        out.entry(key).or_insert(value);
    }
    if !writer.defs.is_empty() {
        let defs: Object = writer.defs.into_iter().map(|def| (def.name, Value::Object(def.schema))).collect();
        out.insert("$defs".into(), defs.into());
    }
    Value::Object(out)
}

/// The place that a schema is written for.
#[derive(Clone, Copy)]
struct At<'p> {
    need: Need,
    /// Rules apply; otherwise only what decodes matters.
    judged: bool,
    /// Null may stand here.
    null: bool,
    /// The path to it, from which a structure without a name gets one.
    path: &'p str,
}

/// What stands under `$defs`; every map is there once, so shared ones are not repeated and circles end.
struct Def {
    name: String,
    map: Option<&'static Map>,
    judged: bool,
    schema: Object,
}

struct Writer {
    defs: Vec<Def>,
}

impl Writer {
    fn shape(&mut self, shape: &'static Shape, at: &At) -> Object {
        match shape {
            Shape::Text(rules) => text(rules, at),
            // The words may be quoted or not, so a pattern and no list: an editor should propose `true` and `false`.
            Shape::Bool => typed(
                &["boolean", "string"],
                at,
                json!({ "pattern": "^(y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$" }),
            ),
            Shape::Int => {
                let mut out = typed(&["number"], at, json!({ "maximum": i64::MAX }));
                if at.judged && at.need == Need::Required {
                    // What is cut to 0 counts as missing.
                    out.insert("not".into(), json!({ "exclusiveMinimum": -1, "exclusiveMaximum": 1 }));
                }
                out
            }
            Shape::Size(least, most) if at.judged => {
                typed(&["number"], at, json!({ "minimum": least, "exclusiveMaximum": most + 1 }))
            }
            Shape::Size(..) => typed(&["number"], at, json!({ "minimum": 0 })),
            Shape::Float => typed(&["number"], at, json!({})),
            Shape::Time => time(at),
            Shape::Decimal => {
                let at = At { null: true, ..*at };
                let pattern = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,9})?$";
                typed(&["string", "number", "object"], &at, json!({ "pattern": pattern }))
            }
            Shape::Any if at.null => Object::new(),
            Shape::Any => typed(&["string", "number", "boolean", "array", "object"], at, json!({})),
            Shape::Basic if at.judged => typed(&["string", "number", "boolean"], at, json!({})),
            Shape::Basic => Object::new(),
            Shape::FreeMap(_) => typed(&["object"], at, json!({})),
            Shape::Map(map) => self.reference(map, at),
            Shape::List(list) => {
                let item = self.shape(list.item, &At { need: Need::IfWritten, null: true, ..*at });
                let mut out = typed(&["array"], at, json!({ "items": item }));
                if let Some(max) = list.max.filter(|_| at.judged) {
                    out.insert("maxItems".into(), max.into());
                }
                out
            }
            Shape::Named(named) => self.named(named, at),
            Shape::Files(files) => {
                let shape = files.kind.shape;
                let name = files.kind.name;
                let here = At { need: Need::Required, null: false, path: name, ..*at };
                let then = self.shape(shape, &here);
                let item = match files.stops {
                    // What does not decode is skipped, and what decodes is judged.
                    true => json!({ "if": self.shape(shape, &At { judged: false, ..here }), "then": then }),
                    false => json!({ "if": { "type": "object" }, "then": then }),
                };
                // Without a type: what is no list is read as an empty one.
                object(json!({ "items": item }))
            }
            Shape::MapOrNothing(map) => {
                let then = self.reference(map, &At { null: false, ..*at });
                object(json!({ "if": { "type": "object" }, "then": then }))
            }
            Shape::Unjudged(shape) => self.shape(shape, &At { judged: false, null: true, ..*at }),
            Shape::Foreign(shape) => hint(self.shape(shape, at)),
            Shape::Special(special) => self.special(special, at),
        }
    }

    fn special(&mut self, special: &'static Special, at: &At) -> Object {
        let said = parse(special.schema);
        self.define(said.values());
        let inner = hint(self.shape(special.inner, &At { null: true, ..*at }));
        let mut out = object(json!({ "allOf": [said, inner] }));
        if at.judged && !at.null {
            out.insert("not".into(), json!({ "type": "null" }));
        }
        out
    }

    /// What is written by hand may refer to any place by its name, and to its content alone with `-unchecked` behind it.
    fn define<'v>(&mut self, values: impl Iterator<Item = &'v Value>) {
        let mut waiting: Vec<&Value> = values.collect();
        while let Some(value) = waiting.pop() {
            match value {
                Value::Object(object) => waiting.extend(object.values()),
                Value::Array(items) => waiting.extend(items),
                Value::String(text) => {
                    if let Some(name) = text.strip_prefix("#/$defs/") {
                        self.define_name(name);
                    }
                }
                _ => {}
            }
        }
    }

    fn define_name(&mut self, name: &str) {
        let bare = name.strip_suffix("-unchecked").unwrap_or(name);
        let (false, Ok(place)) = (self.defs.iter().any(|def| def.name == name), find(bare)) else { return };
        let at = At { need: Need::Optional, judged: bare == name, null: true, path: bare };
        match place.shape {
            Shape::Map(map) if name_of(map).is_some() => drop(self.reference(map, &at)),
            shape => {
                let index = self.defs.len();
                self.defs.push(Def { name: name.to_string(), map: None, judged: at.judged, schema: Object::new() });
                self.defs[index].schema = self.shape(shape, &at);
            }
        }
    }

    fn named(&mut self, named: &'static Named, at: &At) -> Object {
        let at = At { judged: at.judged && named.judged, ..*at };
        let item = self.reference(named.item, &At { null: true, ..at });
        let in_map = self.reference(named.item, &At { null: false, ..at });
        let in_map = match named.walk {
            NamedWalk::Strict => json!(in_map),
            NamedWalk::Lenient => json!({ "if": { "type": "object" }, "then": in_map }),
        };
        typed(&["array", "object"], &at, json!({ "items": item, "additionalProperties": in_map }))
    }

    /// A map by its name. The definition allows null, which a place may take back.
    fn reference(&mut self, map: &'static Map, at: &At) -> Object {
        let is_it = |def: &&Def| def.map.is_some_and(|other| same(other, map)) && def.judged == at.judged;
        let known = self.defs.iter().find(is_it);
        let name = match known {
            Some(def) => def.name.clone(),
            None => {
                let name = self.free_name(name_of(map).unwrap_or(at.path), at.judged);
                let index = self.defs.len();
                let def = Def { name: name.clone(), map: Some(map), judged: at.judged, schema: Object::new() };
                self.defs.push(def);
                let path = name_of(map).unwrap_or(at.path).to_string();
                self.defs[index].schema = self.map(map, &At { null: true, path: &path, ..*at });
                name
            }
        };
        let mut out = object(json!({ "$ref": format!("#/$defs/{name}") }));
        if !at.null {
            out.insert("type".into(), "object".into());
        }
        out
    }

    fn free_name(&self, wanted: &str, judged: bool) -> String {
        let wanted = if judged { wanted.to_string() } else { format!("{wanted}-unchecked") };
        let taken = |name: &str| self.defs.iter().any(|def| def.name == name);
        let mut name = wanted.clone();
        let mut number = 2;
        while taken(&name) {
            name = format!("{wanted}-{number}");
            number += 1;
        }
        name
    }

    fn map(&mut self, map: &'static Map, at: &At) -> Object {
        let mut properties = Object::new();
        let mut required = Vec::new();
        for field in map.fields {
            properties.insert(field.name.to_string(), Value::Object(self.field(field, at)));
            if at.judged && field.need == Need::Required && !field.by_rule && is_missed(field.shape) {
                required.push(field.name);
            }
        }
        let mut out = typed(&["object"], at, json!({ "properties": properties }));
        if !required.is_empty() {
            out.insert("required".into(), required.into());
        }
        let written = map.rules.iter().filter(|rule| !rule.schema.is_empty()).map(|rule| parse(rule.schema));
        let rules: Vec<Object> =
            written.filter(|rule| at.judged || rule.get("$comment").is_some_and(|word| word == "decode")).collect();
        for rule in &rules {
            self.define(rule.values());
        }
        if !rules.is_empty() {
            out.insert("allOf".into(), rules.into());
        }
        out.insert("additionalProperties".into(), json!({ "deprecationMessage": "The daemon ignores this key." }));
        out
    }

    fn field(&mut self, field: &'static Field, at: &At) -> Object {
        let path = format!("{}.{}", at.path, field.name);
        let required = at.judged && field.need == Need::Required && is_missed(field.shape);
        let here = At { need: field.need, null: !required, path: &path, ..*at };
        let mut said = self.shape(field.shape, &here);
        if field.by_rule {
            said = hint(said);
        }
        if let Some(unless) = field.unless.filter(|_| at.judged)
            && let Some(empty) = left_out(field.shape, unless)
        {
            let decoded = self.shape(field.shape, &At { judged: false, ..here });
            said = object(json!({ "anyOf": [said, { "allOf": [decoded, empty] }] }));
        }
        let mut out = Object::new();
        let mut about = field.about.to_string();
        if let Some(since) = field.since {
            about.push_str(&format!(" Since {since}."));
        }
        out.insert("description".into(), about.into());
        out.extend(said);
        if let Some(default) = field.default.and_then(|text| default(field.shape, text)) {
            out.insert("default".into(), default);
        }
        if let Some(instead) = field.instead {
            out.insert("deprecated".into(), true.into());
            out.insert("deprecationMessage".into(), format!("Write `{instead}`.").into());
        }
        if field.hidden {
            out.insert("doNotSuggest".into(), true.into());
        }
        out
    }
}

/// The map that counts as left out, found by asking: every field that alone would make it count must be empty.
fn left_out(shape: &'static Shape, is_empty: fn(Node) -> bool) -> Option<Object> {
    let mut properties = Object::new();
    for field in shape.as_map()?.fields {
        let document = yaml::parse(&format!("{}: text", field.name));
        if document.root().is_some_and(|root| !is_empty(root)) {
            properties.insert(field.name.into(), json!({ "type": ["string", "null"], "maxLength": 0 }));
        }
    }
    Some(object(json!({ "properties": properties })))
}

/// What is written by hand in a rule; `tests` see to it that it is JSON.
fn parse(text: &str) -> Object {
    serde_json::from_str(text).unwrap_or_default()
}

fn object(value: Value) -> Object {
    match value {
        Value::Object(object) => object,
        _ => Object::new(),
    }
}

/// What an editor may propose and no one demands.
fn hint(said: Object) -> Object {
    match said.is_empty() {
        true => said,
        false => object(json!({ "anyOf": [said, true] })),
    }
}

/// The default as a value of the field's type; a default in words is none.
fn default(shape: &Shape, text: &str) -> Option<Value> {
    let text = text.trim_matches('`');
    match shape {
        Shape::Bool => text.parse::<bool>().ok().map(Value::from),
        Shape::Int | Shape::Size(..) => text.parse::<i64>().ok().map(Value::from),
        Shape::Float => text.parse::<f64>().ok().map(Value::from),
        Shape::Text(rules) if rules.one_of.contains(&text) => Some(text.into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
