//! Paths into a kind: `tool.parameters.options` in, the shape that stands there out.

use super::{Field, Kind, Shape};
use crate::kinds;

/// One step from a value to one in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Key(&'static str),
    Item(usize),
}

/// What a path leads to.
#[derive(Clone, Copy)]
pub struct Found {
    pub kind: &'static Kind,
    pub shape: &'static Shape,
    /// The last field of the path; none for a whole kind.
    pub field: Option<&'static Field>,
    /// The path ends in `[]`: one item of the list is meant.
    pub item: bool,
}

/// Follows `tool.parameters.options`: a kind's name, then keys; lists are passed through, and `[]` at the end means one item.
/// The error is the first part that is not known, and the names that could stand there.
pub fn find(path: &str) -> Result<Found, (String, Vec<&'static str>)> {
    let (path, item) = path.strip_suffix("[]").map_or((path, false), |path| (path, true));
    let mut parts = path.split('.');
    let name = parts.next().unwrap_or_default();
    let Some(kind) = kinds::find(name) else {
        return Err((name.to_string(), kinds::KINDS.iter().map(|kind| kind.name).collect()));
    };
    let mut found = Found { kind, shape: kind.shape, field: None, item };
    for part in parts {
        let part = part.trim_end_matches("[]");
        let map = found.shape.as_map();
        let Some(field) = map.and_then(|map| map.field(part)) else {
            let known = map.map_or(Vec::new(), |map| map.fields.iter().map(|field| field.name).collect());
            return Err((part.to_string(), known));
        };
        found = Found { shape: field.shape, field: Some(field), ..found };
    }
    Ok(found)
}

/// `tool.parameters[0].form`, as messages show it.
pub fn shown(kind: &str, steps: &[Step]) -> String {
    let mut text = kind.to_string();
    for step in steps {
        match step {
            Step::Key(name) => text.push_str(&format!(".{name}")),
            Step::Item(index) => text.push_str(&format!("[{index}]")),
        }
    }
    text
}

/// `tool.parameters.form`, as `explain` takes it.
pub fn field(kind: &str, steps: &[Step]) -> String {
    let mut text = kind.to_string();
    for step in steps {
        if let Step::Key(name) = step {
            text.push('.');
            text.push_str(name);
        }
    }
    text
}
