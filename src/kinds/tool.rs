//! A tool: one action that a plugin offers.

use super::common::I18N;
use crate::shape::{Field, Kind, Shape};

pub static KIND: Kind = Kind {
    name: "tool",
    about: "One action that a plugin offers: what it is called, what it takes, and what it gives back.",
    files: &["tools/*.yaml"],
    since: None,
    enforced: true,
    shape: &TOOL,
};

static TOOL: Shape = Shape::map(&[Field::required("description", &I18N, "What the tool does.")]);
