//! A map of the document as the fields of its shape: what was written, and what `<<` brings.

use super::Field;
use crate::yaml::Node;

/// The known fields of one map that are written and not null.
pub struct Object<'a> {
    pub fields: Vec<Written<'a>>,
    /// The map itself.
    pub node: Node<'a>,
}

/// A field with its key and value.
#[derive(Clone, Copy)]
pub struct Written<'a> {
    pub field: &'static Field,
    pub key: Node<'a>,
    pub value: Node<'a>,
}

impl<'a> Object<'a> {
    /// The field, where it is written and not null.
    pub fn get(&self, name: &str) -> Option<Written<'a>> {
        self.fields.iter().find(|written| written.field.name == name).copied()
    }

    /// The text of a field that is a scalar.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.get(name)?.value.text()
    }
}
