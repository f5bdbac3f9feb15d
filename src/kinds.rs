//! The kinds of YAML files that make a Dify plugin, as data: one file each, and the list of them all.
//!
//! A new kind is a file in `kinds/`, its two words here, and a case in `tests/cases/kinds/`. A new field is one line.

use crate::shape::Kind;

pub mod common;
mod tool;

/// All kinds, in the order of the reference.
pub static KINDS: &[&Kind] = &[&tool::KIND];

/// The kind of this name.
pub fn find(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name).copied()
}
