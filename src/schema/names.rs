//! The structures that several kinds share, with the names that schemas, tables and the command line use for them.

use crate::kinds::common;
use crate::shape::Shape;

/// A structure that is described once and stands in many places.
pub struct Shared {
    pub name: &'static str,
    pub about: &'static str,
    pub shape: &'static Shape,
}

/// All of them, in the order of the reference.
pub static SHARED: &[Shared] = &[Shared {
    name: "localized-text",
    about: "A text in several languages. A reader sees the one of their own language, or the English one.",
    shape: &common::I18N,
}];

pub fn find(name: &str) -> Option<&'static Shared> {
    SHARED.iter().find(|shared| shared.name == name)
}
