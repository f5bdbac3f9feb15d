//! What parsing, configuration and analysis find on their way: the names in their findings in, what these mean out.
//!
//! There is nothing left to look for; but every name in a report can be explained, and has its examples.

pub mod external;
mod faults;

use super::{Check, Rule};
use crate::diagnostic::Severity::{self, Error, Note, Warning};

pub use external::EXTERNAL;
pub use faults::FAULTS;

const fn rule(
    name: &'static str,
    severity: Severity,
    about: &'static str,
    wrong: &'static str,
    right: &'static str,
) -> Rule {
    Rule { name, severity, off: false, about, wrong, right, check: Check::Elsewhere }
}

// ---- the text of a page

pub const UNCLOSED_TAG: Rule = rule(
    "unclosed-tag",
    Error,
    "A block that is never closed. It ends where its container ends, or where the next of its name begins.",
    "{% hint style=\"info\" %}\nText.",
    "{% hint style=\"info\" %}\nText.\n{% endhint %}",
);

pub const STRAY_END_TAG: Rule = rule(
    "stray-end-tag",
    Warning,
    "An end tag that closes nothing. It shows nothing; perhaps its opening tag was lost.",
    "Text.\n{% endhint %}",
    "{% hint style=\"info\" %}\nText.\n{% endhint %}",
);

pub const MISPLACED_END_TAG: Rule = rule(
    "misplaced-end-tag",
    Warning,
    "An end tag that is indented into a list or quote which its block holds. The block ends there, with the list.",
    "{% hint style=\"info\" %}\n* Text.\n\n  {% endhint %}",
    "{% hint style=\"info\" %}\n* Text.\n{% endhint %}",
);

pub const ESCAPED_TAG: Rule = rule(
    "escaped-tag",
    Warning,
    "A tag with backslashes before its braces, as GitBook writes one that it could not read. A reader sees the tag.",
    "\\{% hint style=\"info\" %\\}",
    "{% hint style=\"info\" %}\nText.\n{% endhint %}",
);

pub const FRONT_MATTER_SYNTAX: Rule = rule(
    "front-matter-syntax",
    Error,
    "Front matter that is no YAML. GitBook drops all of it without a word: title, description, icon.",
    "---\ndescription: Rooms: where they are\n---\n# Start",
    "---\ndescription: \"Rooms: where they are\"\n---\n# Start",
);

pub const FRONT_MATTER_TYPE: Rule = rule(
    "front-matter-type",
    Warning,
    "A value of front matter that has another type than its key. It has no effect.",
    "---\nhidden: maybe\n---\n# Start",
    "---\nhidden: true\n---\n# Start",
);

pub const INVALID_UTF8: Rule = rule(
    "invalid-utf8",
    Error,
    "A file that is not UTF-8. A reader sees a replacement character at each byte that could not be read.",
    "# Caf\u{fffd}",
    "# Café",
);

pub const INCLUDE_CYCLE: Rule = rule(
    "include-cycle",
    Error,
    "An include that leads back to the text that it stands in. It shows nothing.",
    "{% include \"a.md\" %}\n-- a.md --\n{% include \"README.md\" %}",
    "{% include \"a.md\" %}\n-- a.md --\nText.",
);

// ---- the table of contents

pub const MISSING_PAGE: Rule = rule(
    "missing-page",
    Error,
    "An entry of the table of contents whose file does not exist. A reader sees a name that leads nowhere.",
    "-- SUMMARY.md --\n* [Start](README.md)\n* [Guide](giude.md)\n-- README.md --\n# Start",
    "-- SUMMARY.md --\n* [Start](README.md)\n* [Guide](guide.md)\n-- README.md --\n# Start",
);

pub const REPEATED_ENTRY: Rule = rule(
    "repeated-entry",
    Warning,
    "A page that the table of contents lists twice. It stands where it is listed first; the second entry leads there. An \
     entry for a heading of the page (`guide.md#install`) is no repetition.",
    "-- SUMMARY.md --\n* [Start](README.md)\n* [Guide](guide.md)\n* [Help](guide.md)\n-- README.md --\n# Start",
    "-- SUMMARY.md --\n* [Start](README.md)\n* [Guide](guide.md)\n* [Install](guide.md#install)\n-- README.md --\n# Start",
);

pub const EMPTY_SUMMARY_ENTRY: Rule = rule(
    "empty-summary-entry",
    Warning,
    "An item of the table of contents without a link and without words.",
    "-- SUMMARY.md --\n* [Start](README.md)\n*\n-- README.md --\n# Start",
    "-- SUMMARY.md --\n* [Start](README.md)\n* [Guide](guide.md)\n-- README.md --\n# Start",
);

pub const STRAY_SUMMARY_TEXT: Rule = rule(
    "stray-summary-text",
    Warning,
    "Text, a tag or code in the table of contents that is no entry of it.",
    "-- SUMMARY.md --\n* [Start](README.md)\n\nFor users\n-- README.md --\n# Start",
    "-- SUMMARY.md --\n* [Start](README.md)\n\n## For users\n\n* [Guide](guide.md)\n-- README.md --\n# Start",
);

pub const COMPUTED_ENTRY: Rule = rule(
    "computed-entry",
    Note,
    "Pages that GitBook makes from a specification on its servers. They are not part of the repository, so they are left \
     out.",
    "-- SUMMARY.md --\n* [Start](README.md)\n* ```yaml\n  type: builtin:openapi\n  ```\n-- README.md --\n# Start",
    "-- SUMMARY.md --\n* [Start](README.md)\n* [Guide](guide.md)\n-- README.md --\n# Start",
);

// ---- redirects

pub const DEAD_REDIRECT: Rule = rule(
    "dead-redirect",
    Warning,
    "A redirect that leads to no page, to a heading that its page does not have, or that has no effect because a page \
     stands at its old address.",
    "-- .gitbook.yaml --\nredirects:\n  old: giude.md\n-- README.md --\n# Start",
    "-- .gitbook.yaml --\nredirects:\n  old: guide.md\n-- README.md --\n# Start",
);

pub const REDIRECT_CHAIN: Rule = rule(
    "redirect-chain",
    Warning,
    "A redirect that leads to another redirect. It is followed here; GitBook wants the file of a page.",
    "-- .gitbook.yaml --\nredirects:\n  older: old\n  old: guide.md\n-- README.md --\n# Start",
    "-- .gitbook.yaml --\nredirects:\n  older: guide.md\n  old: guide.md\n-- README.md --\n# Start",
);

pub const REDIRECT_LOOP: Rule = rule(
    "redirect-loop",
    Warning,
    "Redirects that lead to one another. A reader with an old address finds no page.",
    "-- .gitbook.yaml --\nredirects:\n  older: old\n  old: older\n-- README.md --\n# Start",
    "-- .gitbook.yaml --\nredirects:\n  older: guide.md\n  old: guide.md\n-- README.md --\n# Start",
);

// ---- settings

pub const CONFIG_SYNTAX: Rule = rule(
    "config-syntax",
    Error,
    "A file of settings that is no TOML or no YAML. What could be read of it counts.",
    "-- book.toml --\ntitle = Handbook\n-- README.md --\n# Start",
    "-- book.toml --\n[book]\ntitle = \"Handbook\"\n-- README.md --\n# Start",
);

pub const CONFIG_UNKNOWN_KEY: Rule = rule(
    "config-unknown-key",
    Error,
    "A setting that nobody reads. In GitBook's own files, which may know more, it is a warning. The page on configuration lists all keys, and `check --show-settings` those that count.",
    "-- book.toml --\n[book]\ntitel = \"Handbook\"\n-- README.md --\n# Start",
    "-- book.toml --\n[book]\ntitle = \"Handbook\"\n-- README.md --\n# Start",
);

pub const CONFIG_TYPE: Rule = rule(
    "config-type",
    Error,
    "A setting whose value has another type. It has no effect.",
    "-- book.toml --\n[book]\ntitle = 1\n-- README.md --\n# Start",
    "-- book.toml --\n[book]\ntitle = \"1\"\n-- README.md --\n# Start",
);

pub const CONFIG_VALUE: Rule = rule(
    "config-value",
    Error,
    "A setting whose value is none of those that it knows, or two spaces with one address.",
    "-- book.toml --\n[build]\nrouting = \"files\"\n-- README.md --\n# Start",
    "-- book.toml --\n[build]\nrouting = \"file\"\n-- README.md --\n# Start",
);

pub const WRONG_SCHEMA: Rule = rule(
    "wrong-schema",
    Error,
    "A JSON Schema of `[kinds]` that cannot be used: it is no JSON, breaks the rules of its draft, or refers to what is not in the book.",
    "-- book.toml --\n[kinds.step]\nschema = \"step.json\"\n-- README.md --\n# Start\n-- step.json --\n{\"type\": \"objekt\"}",
    "-- book.toml --\n[kinds.step]\nschema = \"step.json\"\n-- README.md --\n# Start\n-- step.json --\n{\"type\": \"object\"}",
);

pub const CONFIG_MISSING_FILE: Rule = rule(
    "config-missing-file",
    Error,
    "A file or folder that a setting names and that does not exist.",
    "-- .gitbook.yaml --\nstructure:\n  readme: strat.md\n-- README.md --\n# Start",
    "-- .gitbook.yaml --\nstructure:\n  readme: README.md\n-- README.md --\n# Start",
);

pub const CONFIG_DUPLICATE_KEY: Rule = rule(
    "config-duplicate-key",
    Warning,
    "A key that stands twice in a file of settings. The last one counts.",
    "-- .gitbook.yaml --\nredirects:\n  old: README.md\n  old: guide.md\n-- README.md --\n# Start",
    "-- .gitbook.yaml --\nredirects:\n  old: guide.md\n-- README.md --\n# Start",
);

pub const CONFIG_INVISIBLE_CHARACTER: Rule = rule(
    "config-invisible-character",
    Warning,
    "A character without width in a key or a value of the settings, mostly from text that was copied. GitBook does not \
     recognise the word.",
    "-- .gitbook.yaml --\n\u{200b}redirects:\n  old: guide.md\n-- README.md --\n# Start",
    "-- .gitbook.yaml --\nredirects:\n  old: guide.md\n-- README.md --\n# Start",
);

pub const CONFIG_UNUSED_FILE: Rule = rule(
    "config-unused-file",
    Warning,
    "A file of settings for a folder that is no space of the book. Nobody reads it.",
    "-- SUMMARY.md --\n* [Start](README.md)\n-- README.md --\n# Start\n-- old/.gitbook.yaml --\nredirects:\n  old: guide.md",
    "-- SUMMARY.md --\n* [Start](README.md)\n-- README.md --\n# Start\n-- .gitbook.yaml --\nredirects:\n  old: guide.md",
);
