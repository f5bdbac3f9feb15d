//! The structures that several kinds share, with the names that schemas, tables and the command line use for them.

use crate::kinds::common;
use crate::shape::Shape;

/// A structure that is described once and stands in many places.
pub struct Shared {
    pub name: &'static str,
    /// In the singular, as a type: `list of configuration items`.
    pub words: &'static str,
    pub about: &'static str,
    pub shape: &'static Shape,
}

/// All of them, in the order of the reference.
pub static SHARED: &[Shared] = &[
    Shared {
        name: "localized-text",
        words: "localized text",
        about: "A text in several languages. A reader sees the one of their own language, or the English one.",
        shape: &common::I18N,
    },
    Shared {
        name: "configuration-item",
        words: "configuration item",
        about: "One thing that is asked of the person who sets a plugin up: a credential or a setting.",
        shape: &common::CONFIG_ITEM_SHAPE,
    },
    Shared {
        name: "oauth-schema",
        words: "OAuth schema",
        about: "How people sign in at another service in place of typing a key.",
        shape: &common::OAUTH,
    },
    Shared { name: "option", words: "option", about: "One choice of a `select`.", shape: &common::OPTION },
];

pub fn find(name: &str) -> Option<&'static Shared> {
    SHARED.iter().find(|shared| shared.name == name)
}
