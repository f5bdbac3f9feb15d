//! What the languages of `words` look like.

use super::words::{Quote, Spec};

pub static ALL: &[&Spec] = &[&JSON, &PYTHON];

const fn quote(mark: &'static str) -> Quote {
    Quote { mark, lines: false, escapes: true, holes: "" }
}

static JSON: Spec = Spec {
    name: "JSON",
    line_comments: &["//"],
    block_comment: Some(("/*", "*/")),
    strings: &[quote("\""), quote("'")],
    constants: &["Infinity", "NaN", "false", "null", "true"],
    keys: true,
    ..Spec::EMPTY
};

static PYTHON: Spec = Spec {
    name: "Python",
    line_comments: &["#"],
    strings: &[
        Quote { mark: "\"\"\"", lines: true, escapes: true, holes: "{" },
        Quote { mark: "'''", lines: true, escapes: true, holes: "{" },
        Quote { mark: "\"", lines: false, escapes: true, holes: "{" },
        Quote { mark: "'", lines: false, escapes: true, holes: "{" },
    ],
    prefixes: b"rbfuRBFU",
    keywords: &[
        "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except",
        "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass",
        "raise", "return", "self", "try", "while", "with", "yield",
    ],
    constants: &["Ellipsis", "False", "None", "NotImplemented", "True", "__file__", "__name__"],
    types: &[
        "bool",
        "bytes",
        "complex",
        "dict",
        "float",
        "frozenset",
        "int",
        "list",
        "object",
        "set",
        "str",
        "tuple",
        "type",
    ],
    functions: &["def"],
    declares: &["class"],
    annotations: true,
    capitals: true,
    ..Spec::EMPTY
};
