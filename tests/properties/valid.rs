//! A kind's valid document: the first fence of its case in `tests/cases/kinds`.

#![allow(clippy::disallowed_methods)]

use proofpress::kinds::KINDS;
use proofpress::shape::Kind;
use std::path::Path;

/// Every kind with a document that uses all of its keys.
pub fn documents() -> Vec<(&'static Kind, String)> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/kinds");
    KINDS
        .iter()
        .map(|kind| {
            let case = std::fs::read_to_string(cases.join(format!("{}.txt", kind.name))).unwrap_or_default();
            let fence = format!("```yaml kind={}\n", kind.name);
            let text = case.split_once(&fence).and_then(|(_, rest)| rest.split_once("```"));
            let text = text.map(|(text, _)| text.to_string());
            (*kind, text.unwrap_or_else(|| panic!("tests/cases/kinds/{}.txt has no document", kind.name)))
        })
        .collect()
}
