//! The word after a fence's back-quotes in; the engine that reads the language out.

use super::grammar;

/// What reads a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The grammar of this name.
    Grammar(&'static str),
}

impl Engine {
    /// Differs where the HTML may differ.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Grammar(name) => name,
        }
    }
}

/// The engine for a language by any of its usual names, in any case. `None` for plain text and for unknown names.
pub fn find(name: &str) -> Option<Engine> {
    let name = name.trim_start_matches(['.', '{']).trim_end_matches(['}', ',', ':', ';']).to_ascii_lowercase();
    let name = name.strip_prefix("language-").or(name.strip_prefix("lang-")).unwrap_or(&name);
    if name.is_empty() || name.len() > 32 || PLAIN.contains(&name) {
        return None;
    }
    let grammar = ALIASES.iter().find(|(names, _)| names.contains(&name)).map(|(_, grammar)| *grammar);
    grammar.or_else(|| grammar::name(name)).map(Engine::Grammar)
}

/// Names for no language, and for languages that no grammar reads.
const PLAIN: &[&str] = &[
    "text",
    "txt",
    "plain",
    "plaintext",
    "plain-text",
    "none",
    "no",
    "nohighlight",
    "output",
    "raw",
    "undefined",
    "null",
    "code",
    "mermaid",
    "math",
    "latex-math",
    "ascii",
    "csv",
    "tsv",
    "tree",
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
];

/// Names that authors write and the grammars do not know, with the name of the grammar.
const ALIASES: &[(&[&str], &str)] = &[
    (
        &[
            "sh",
            "shell",
            "zsh",
            "bash",
            "ksh",
            "console",
            "shell-session",
            "shellsession",
            "shellscript",
            "terminal",
            "cli",
            "bash-session",
        ],
        "Bourne Again Shell (bash)",
    ),
    (&["js", "javascript", "jsx", "node", "nodejs", "mjs", "cjs", "es6", "ecmascript"], "JavaScript (Babel)"),
    (&["ts", "typescript", "mts", "cts"], "TypeScript"),
    (&["tsx", "typescriptreact"], "TypeScriptReact"),
    (&["json", "jsonc", "json5", "jsonl", "ndjson", "json-lines", "geojson"], "JSON"),
    (&["yaml", "yml"], "YAML"),
    (&["py", "python", "python3", "py3", "python2", "ipython", "pycon"], "Python"),
    (&["rs", "rust"], "Rust"),
    (&["go", "golang"], "Go"),
    (&["c++", "cpp", "cxx", "hpp"], "C++"),
    (&["c#", "csharp", "cs", "dotnet"], "C#"),
    (&["f#", "fsharp"], "F#"),
    (&["objc", "objective-c", "objectivec", "objectivc", "obj-c"], "Objective-C"),
    (&["objective-c++", "objc++", "objectivecpp"], "Objective-C++"),
    (&["kt", "kts", "kotlin"], "Kotlin"),
    (&["groovy", "gradle", "jenkinsfile"], "Groovy"),
    (&["dockerfile", "docker", "containerfile"], "Dockerfile"),
    (&["tf", "terraform", "hcl", "tfvars"], "Terraform"),
    (&["ini", "cfg", "conf", "config", "editorconfig", "systemd"], "INI"),
    (&["env", "dotenv"], "DotENV"),
    (&["properties"], "Java Properties"),
    (&["html", "markup", "htm", "xhtml"], "HTML"),
    (&["xml", "svg", "plist", "xsd", "ssml"], "XML"),
    (&["django", "jinja", "jinja2", "j2", "liquid", "nunjucks", "twig"], "Jinja2"),
    (&["handlebars", "hbs", "mustache"], "HTML"),
    (&["sql", "mysql", "postgresql", "postgres", "pgsql", "plsql", "tsql", "sqlite"], "SQL"),
    (&["graphql", "gql"], "GraphQL"),
    (&["http", "https", "rest"], "HTTP Request and Response"),
    (&["powershell", "ps1", "ps", "pwsh", "posh"], "PowerShell"),
    (&["bat", "batch", "cmd", "dos", "winbatch"], "Batch File"),
    (&["protobuf", "proto", "proto3"], "Protocol Buffer"),
    (&["makefile", "make"], "Makefile"),
    (&["md", "markdown", "mdx"], "Markdown"),
    (&["tex", "latex"], "LaTeX"),
    (&["perl", "pl"], "Perl"),
    (&["elixir", "ex"], "Elixir"),
    (&["vb", "vbnet", "visual-basic"], "ASP"),
    (&["nginx", "nginxconf"], "nginx"),
    (&["apache", "apacheconf", "htaccess"], "Apache Conf"),
    (&["haskell", "hs"], "Haskell"),
    (&["vim", "viml"], "VimL"),
    (&["asm", "assembly", "nasm"], "x86_64 Assembly"),
    (&["diff", "patch", "udiff"], "Diff"),
    (&["starlark", "bazel"], "Python"),
    (&["hjson", "avsc"], "JSON"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_grammars() {
        for (name, expected) in [
            ("YAML", "YAML"),
            ("yml", "YAML"),
            ("c#", "C#"),
            ("Objective-C", "Objective-C"),
            ("tsx", "TypeScriptReact"),
            ("swift", "Swift"),
            ("Dart", "Dart"),
            ("toml", "TOML"),
            ("solidity", "Solidity"),
            ("vue", "Vue Component"),
            ("php", "PHP"),
            ("{.python}", "Python"),
            ("lang-rust", "Rust"),
            ("text", "-"),
            ("", "-"),
            ("mermaid", "-"),
            ("no such language", "-"),
        ] {
            assert_eq!(find(name).map_or("-", Engine::name), expected, "{name}");
        }
    }

    #[test]
    fn every_alias_has_its_grammar() {
        for (names, grammar) in ALIASES {
            assert_eq!(grammar::name(grammar), Some(*grammar), "{names:?}");
        }
    }
}
