//! What is wrong in a document, at a place of its text.

use crate::diagnostic::Severity;
use std::ops::Range;

pub use crate::diagnostic::Breaks;

/// One fault. The range lies in the text of the document; whoever knows where that text stands makes a diagnostic of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The rule's stable name: `missing-key`, `wrong-type`.
    pub rule: &'static str,
    pub severity: Severity,
    pub breaks: Option<Breaks>,
    pub range: Range<usize>,
    pub message: String,
    pub help: Option<String>,
    /// Another place that explains it.
    pub label: Option<(Range<usize>, String)>,
    /// The field that it is about, as `explain` takes it: `tool.parameters.form`.
    pub field: Option<String>,
}
