//! A format described as data: what may stand where, what is required, what it means. Out of one description come the
//! check with places ([`check`]), the JSON Schema and the reference tables.
//!
//! What a shape means is what the plugin daemon does with it: it decodes the YAML into values first, and judges the
//! values by declared rules second. A [`Fault`] says which of the two it breaks.

pub mod elision;
mod fault;
pub mod format;
mod object;
mod path;
mod scalar;
mod time;
mod url;
mod walk;

pub use fault::{Breaks, Fault};
pub use object::{Object, Written};
pub use path::{Found, Step, find};
pub(crate) use walk::is_missed;
pub use walk::{Options, Walk, check, decodes, describe, one_of};

use crate::yaml::Node;

/// A kind of document: one YAML file of a plugin.
pub struct Kind {
    /// As it is written after `kind=`.
    pub name: &'static str,
    /// What such a file is for, in one or two sentences.
    pub about: &'static str,
    /// Path patterns under which such files usually stand, the most telling first. Used to recognise examples.
    pub files: &'static [&'static str],
    /// The release of the platform that brought it, where that is not the first.
    pub since: Option<&'static str>,
    /// Whether anything refuses a file that breaks a declared rule. Where nothing does, such a fault is a warning.
    pub enforced: bool,
    pub shape: &'static Shape,
}

/// What may stand at one place of a document. Null and nothing mean the zero value of each: see [`Need`].
pub enum Shape {
    /// Any scalar; the value is its text as written.
    Text(Text),
    Bool,
    /// A whole number; fractions are cut towards zero.
    Int,
    /// A whole number that is not negative, between these two, both allowed.
    Size(u64, u64),
    Float,
    /// A date, or date and time (`plugin-spec` 4.4): RFC 3339, or one of YAML's own forms without quotes.
    Time,
    /// A decimal number of any precision, quoted or not.
    Decimal,
    /// Anything.
    Any,
    /// Text, a number or a bool; no list, map or date.
    Basic,
    /// A map with any content. The flag: whether maps further in may have keys that are no text, which cannot be
    /// stored where it is unset.
    FreeMap(bool),
    Map(Map),
    List(List),
    /// A list of items, or a map from their names to them.
    Named(Named),
    /// A list of paths of other files, or of their content in place.
    Files(Files),
    /// A map written in place; anything else counts as left out, in silence.
    MapOrNothing(&'static Map),
    /// Read, so that its types must fit, but no rule is applied.
    Unjudged(&'static Shape),
    /// Read by another program (the SDK of a language) and by the daemon not at all.
    Foreign(&'static Shape),
    /// What the other shapes cannot say.
    Special(Special),
}

/// Rules for a text.
#[derive(Clone, Copy)]
pub struct Text {
    /// In Unicode code points.
    pub max: Option<usize>,
    /// The only allowed values; empty when any text is allowed.
    pub one_of: &'static [&'static str],
    /// Another value of `one_of` already fails to decode.
    pub decodes_one_of: bool,
    pub format: Option<&'static format::Format>,
}

impl Text {
    pub const ANY: Text = Text { max: None, one_of: &[], decodes_one_of: false, format: None };

    pub const fn max(max: usize) -> Text {
        Text { max: Some(max), ..Text::ANY }
    }

    pub const fn one_of(values: &'static [&'static str]) -> Text {
        Text { one_of: values, ..Text::ANY }
    }

    pub const fn format(format: &'static format::Format) -> Text {
        Text { format: Some(format), ..Text::ANY }
    }

    pub const fn and_max(self, max: usize) -> Text {
        Text { max: Some(max), ..self }
    }

    /// Another value already fails to decode.
    pub const fn or_undecodable(self) -> Text {
        Text { decodes_one_of: true, ..self }
    }
}

/// A map with known keys.
pub struct Map {
    pub fields: &'static [Field],
    /// What depends on several fields at once.
    pub rules: &'static [Rule],
}

/// A list of one shape. Null items are dropped.
pub struct List {
    pub item: &'static Shape,
    /// The most items, null items not counted.
    pub max: Option<usize>,
}

/// Items of one shape that have names: as a list, or as a map in which each key is the name of its item.
pub struct Named {
    pub item: &'static Map,
    pub walk: NamedWalk,
    /// Whether rules apply to the items.
    pub judged: bool,
}

/// How the map form is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum NamedWalk {
    /// A value that is no map written in place defines nothing, in silence.
    Lenient,
    /// A value that is no map written in place fails to decode.
    Strict,
}

/// A list in which a scalar is the path of a file and a map is the content of such a file in place.
pub struct Files {
    pub kind: &'static Kind,
    /// The first item in place that does not decode ends the reading, in silence.
    pub stops: bool,
}

/// A shape with a reader of its own.
pub struct Special {
    pub check: for<'a> fn(&mut Walk<'a>, Node<'a>),
    /// For tables: what may stand here, in a few words.
    pub about: &'static str,
    /// JSON Schema of it, as JSON text, like that of a [`Rule`].
    pub schema: &'static str,
    /// What it holds, for documentation and for paths that lead into it.
    pub inner: &'static Shape,
}

/// What depends on several fields of a map.
pub struct Rule {
    /// For readers of the reference, one sentence.
    pub about: &'static str,
    /// JSON Schema that says the same about the map, as JSON text; empty where JSON Schema cannot say it, and where
    /// `strict` does not depend on it. It may refer to other places by name (`#/$defs/tool.parameters`, for what decodes
    /// `#/$defs/tool.parameters-unchecked`); with the `$comment` `decode` it holds where no rules are applied too.
    pub schema: &'static str,
    pub check: for<'a> fn(&mut Walk<'a>, &Object<'a>),
}

/// A key of a map.
pub struct Field {
    pub name: &'static str,
    pub need: Need,
    pub shape: &'static Shape,
    /// For readers of the reference: what the field is for, one or two sentences of Markdown.
    pub about: &'static str,
    /// The release of the platform that brought it.
    pub since: Option<&'static str>,
    /// What counts when the key is left out, where that is not plainly nothing.
    pub default: Option<&'static str>,
    /// Left to the rules of the map: not read by itself.
    pub by_rule: bool,
    /// What is written and yet counts as left out when rules are applied.
    pub unless: Option<fn(Node) -> bool>,
    /// What to write in place of this key, which still works.
    pub instead: Option<&'static str>,
    /// Works, but is not part of the format as documented: not in tables, and no unknown key.
    pub hidden: bool,
}

/// When a field must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Text must not be empty, a number not 0; a list must be written but may be empty; a map counts by what is
    /// required in it, written or not.
    Required,
    /// May be left out. An empty text counts as left out; a map is judged only when written.
    Optional,
    /// May be left out or null. What is written is judged, even an empty text.
    IfWritten,
}

impl Field {
    const fn new(name: &'static str, need: Need, shape: &'static Shape, about: &'static str) -> Field {
        Field {
            name,
            need,
            shape,
            about,
            since: None,
            default: None,
            by_rule: false,
            unless: None,
            instead: None,
            hidden: false,
        }
    }

    pub const fn required(name: &'static str, shape: &'static Shape, about: &'static str) -> Field {
        Field::new(name, Need::Required, shape, about)
    }

    pub const fn optional(name: &'static str, shape: &'static Shape, about: &'static str) -> Field {
        Field::new(name, Need::Optional, shape, about)
    }

    pub const fn if_written(name: &'static str, shape: &'static Shape, about: &'static str) -> Field {
        Field::new(name, Need::IfWritten, shape, about)
    }

    pub const fn since(self, release: &'static str) -> Field {
        Field { since: Some(release), ..self }
    }

    pub const fn default(self, value: &'static str) -> Field {
        Field { default: Some(value), ..self }
    }

    pub const fn by_rule(self) -> Field {
        Field { by_rule: true, ..self }
    }

    pub const fn unless(self, empty: fn(Node) -> bool) -> Field {
        Field { unless: Some(empty), ..self }
    }

    pub const fn instead(self, key: &'static str) -> Field {
        Field { instead: Some(key), ..self }
    }

    pub const fn hidden(self) -> Field {
        Field { hidden: true, ..self }
    }
}

impl Map {
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Shape {
    pub const TEXT: Shape = Shape::Text(Text::ANY);

    pub const fn map(fields: &'static [Field]) -> Shape {
        Shape::Map(Map { fields, rules: &[] })
    }

    pub const fn list(item: &'static Shape) -> Shape {
        Shape::List(List { item, max: None })
    }

    /// The keys that stand below this shape, through lists and wrappers.
    pub fn as_map(&self) -> Option<&Map> {
        match self {
            Shape::Map(map) => Some(map),
            Shape::MapOrNothing(map) => Some(map),
            Shape::List(list) => list.item.as_map(),
            Shape::Named(named) => Some(named.item),
            Shape::Files(files) => files.kind.shape.as_map(),
            Shape::Unjudged(shape) | Shape::Foreign(shape) => shape.as_map(),
            Shape::Special(special) => special.inner.as_map(),
            _ => None,
        }
    }
}
