//! What is found in examples, in plugins and by triage: the names in these findings in, what they mean out.
//!
//! Nothing here is shown by a book alone, so unlike those of [`RULES`](crate::lint::RULES) some have no example: a fault
//! of a plugin's folder takes the folder.

use super::rule;
use crate::diagnostic::Severity::{Error, Note, Warning};
use crate::lint::Rule;

/// All of them, in the order in which they are explained.
pub static FAULTS: &[Rule] = &[
    // ---- examples of kinds
    rule(
        "yaml-syntax",
        Error,
        "Text that is no YAML, or no YAML that the plugin daemon reads.",
        "```yaml kind=endpoint\npath: [\n```",
        "```yaml kind=endpoint\npath: /\nmethod: GET\n```",
    ),
    rule("json-syntax", Error, "Text that is no JSON, in an example or a file of a kind of the book's own.", "", ""),
    rule("toml-syntax", Error, "Text that is no TOML, in an example or a file of a kind of the book's own.", "", ""),
    rule("schema", Error, "What the JSON Schema of a kind of the book's own does not allow.", "", ""),
    rule(
        "wrong-type",
        Error,
        "A value of another type than its key has. The file cannot be decoded.",
        "```yaml kind=endpoint\npath: {}\nmethod: GET\n```",
        "```yaml kind=endpoint\npath: /\nmethod: GET\n```",
    ),
    rule(
        "duplicate-key",
        Error,
        "A key that stands twice in one map. The file cannot be decoded.",
        "```yaml kind=endpoint\npath: /\npath: /a\nmethod: GET\n```",
        "```yaml kind=endpoint\npath: /\nmethod: GET\n```",
    ),
    rule(
        "missing-key",
        Error,
        "A required key that is not there.",
        "```yaml kind=endpoint\npath: /\n```",
        "```yaml kind=endpoint\npath: /\nmethod: GET\n```",
    ),
    rule(
        "empty-value",
        Error,
        "A required value that is empty or 0, which counts as left out.",
        "```yaml kind=endpoint\npath: /\nmethod: \"\"\n```",
        "```yaml kind=endpoint\npath: /\nmethod: GET\n```",
    ),
    rule(
        "unknown-key",
        Warning,
        "A key that nobody reads. What it says has no effect.",
        "```yaml kind=endpoint\npath: /\nmethod: GET\nhiden: true\n```",
        "```yaml kind=endpoint\npath: /\nmethod: GET\nhidden: true\n```",
    ),
    rule(
        "unknown-value",
        Error,
        "A value that is none of those that its key allows.",
        "```yaml kind=endpoint\npath: /\nmethod: PATCH\n```",
        "```yaml kind=endpoint\npath: /\nmethod: POST\n```",
    ),
    rule("wrong-format", Error, "A text that does not fit the pattern of its key.", "", ""),
    rule("too-long", Error, "A text or a list beyond the limit of its key.", "", ""),
    rule("out-of-range", Error, "A number beyond the limits of its key.", "", ""),
    rule(
        "ignored-value",
        Warning,
        "A value written in a form that counts as left out, without a word from the daemon.",
        "",
        "",
    ),
    rule("deprecated-key", Warning, "A key under its old name.", "", ""),
    rule("unstorable", Error, "A value that can be decoded and not be stored when the plugin is installed.", "", ""),
    rule("alias-loop", Error, "An alias that stands inside of its own value.", "", ""),
    rule("alias-bomb", Error, "Aliases of aliases that grow beyond what the daemon reads.", "", ""),
    rule(
        "example-passes",
        Error,
        "An example that is said to fail and does not: either the text is wrong or the example is.",
        "```yaml kind=endpoint should-fail\npath: /\nmethod: GET\n```",
        "```yaml kind=endpoint should-fail\npath: /\n```",
    ),
    rule(
        "example-set",
        Warning,
        "A file that one example of a page lists under one name and another shows under another.",
        "",
        "",
    ),
    rule(
        "unbound-example",
        Warning,
        "`partial` or `should-fail` at an example of nothing known. It is not checked.",
        "```yaml should-fail\na: 1\n```",
        "```yaml kind=endpoint should-fail\na: 1\n```",
    ),
    rule(
        "fence-not-yaml",
        Warning,
        "Code of another language that is labelled as YAML, and coloured as such.",
        "```yaml\nimport os\n\ndef main():\n    return os.name\n```",
        "```python\nimport os\n\ndef main():\n    return os.name\n```",
    ),
    // ---- plugins
    rule(
        "missing-file",
        Error,
        "A file that a file of a plugin names and that is not there, or cannot be read.",
        "",
        "",
    ),
    rule("missing-icon", Error, "An icon that is no file in the plugin's `_assets`.", "", ""),
    rule(
        "wrong-path",
        Error,
        "A path that is found when the plugin is packaged, and not when it is installed.",
        "",
        "",
    ),
    rule("packed-out", Error, "An ignore file keeps a file out of the package that the plugin names.", "", ""),
    rule("bad-glob", Error, "A pattern for files that is not finished, or finds what is no text.", "", ""),
    rule("plugin-too-large", Error, "The files that are packed have more than 50 MiB together.", "", ""),
    rule("no-extension", Error, "A plugin that offers nothing cannot be installed.", "", ""),
    rule(
        "mixed-extensions",
        Error,
        "A plugin that offers what no plugin may offer together cannot be installed.",
        "",
        "",
    ),
    // ---- triage
    rule(
        "unknown-rule",
        Error,
        "A rule that does not exist is to be silenced, weighed or broken. In an ignore it is a warning.",
        "-- book.toml --\n[check]\ndead-lnk = \"off\"\n-- README.md --\n# Start",
        "-- book.toml --\n[check]\ndead-link = \"off\"\n-- README.md --\n# Start",
    ),
    rule(
        "unused-ignore",
        Warning,
        "An ignore that silences nothing: what it was for is gone, or it stands at another block.",
        "<!-- proofpress-ignore dead-link: to be written -->\n[Guide](guide.md)",
        "<!-- proofpress-ignore dead-link: to be written -->\n[Guide](new-guide.md)",
    ),
    rule(
        "ignore-without-reason",
        Note,
        "An ignore that does not say why. Whoever reads it next cannot tell whether it is still right.",
        "<!-- proofpress-ignore dead-link -->\n[Guide](new-guide.md)",
        "<!-- proofpress-ignore dead-link: to be written -->\n[Guide](new-guide.md)",
    ),
];
