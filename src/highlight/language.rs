//! The word that names a fence's language in; the engine that reads the language out.

use super::{fast, grammar};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What reads a language.
#[derive(Clone, Copy)]
pub enum Engine {
    /// A lexer of our own, and the language's name.
    Fast(fast::Lexer, &'static str),
    /// The grammar of this name.
    Grammar(&'static str),
}

impl Engine {
    /// Differs where the HTML may differ.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Fast(_, name) | Engine::Grammar(name) => name,
        }
    }
}

/// The engine for a language by any of its usual names, in any case. `None` for plain text and for unknown names.
pub fn find(name: &str) -> Option<Engine> {
    let name = name.trim_start_matches(['.', '{']).trim_end_matches(['}', ',', ':', ';']).to_ascii_lowercase();
    let name = name.strip_prefix("language-").or(name.strip_prefix("lang-")).unwrap_or(&name);
    if name.is_empty() || name.len() > 32 || is_plain(name) {
        return None;
    }
    let known = LANGUAGES.get(name).copied();
    match known.and_then(|language| Some((fast::find(language)?, language))) {
        Some((lexer, language)) => Some(Engine::Fast(lexer, language)),
        None => known.or_else(|| grammar::name(name)).map(Engine::Grammar),
    }
}

/// Whether a word after a fence names a language, or says that there is none.
pub fn is_name(word: &str) -> bool {
    find(word).is_some() || is_plain(&word.to_ascii_lowercase())
}

/// The names that authors use, for suggestions.
pub fn names() -> impl Iterator<Item = &'static str> {
    ALIASES.iter().flat_map(|(names, _)| names.split_ascii_whitespace())
}

fn is_plain(name: &str) -> bool {
    PLAIN.contains(name)
}

/// The languages by each name in [`ALIASES`].
static LANGUAGES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    // Of two languages that claim a name the first has it.
    let names = ALIASES.iter().rev();
    names.flat_map(|(names, language)| names.split_ascii_whitespace().map(|name| (name, *language))).collect()
});

/// Names for no language, and for languages that nothing here reads.
static PLAIN: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "text txt plain plaintext plain-text none no nohighlight output raw undefined null code mermaid math \
     latex-math ascii csv tsv tree 1 2 3 4 5 6 7 8 9"
        .split_ascii_whitespace()
        .collect()
});

/// What authors write, and the language's name: a lexer's, or a grammar's.
const ALIASES: &[(&str, &str)] = &[
    ("sh shell zsh bash ksh shellscript bash-script", "Shell"),
    ("console shell-session shellsession terminal cli bash-session sh-session prompt pycon doctest", "Session"),
    ("yaml yml", "YAML"),
    ("json jsonc json5 jsonl ndjson json-lines geojson avsc hjson", "JSON"),
    ("py python python3 py3 python2 ipython starlark bazel", "Python"),
    ("js javascript jsx node nodejs mjs cjs es6 ecmascript", "JavaScript (Babel)"),
    ("ts typescript mts cts", "TypeScript"),
    ("tsx typescriptreact", "TypeScriptReact"),
    ("rs rust", "Rust"),
    ("go golang", "Go"),
    ("java", "Java"),
    ("swift", "Swift"),
    ("dart flutter", "Dart"),
    ("c h", "C"),
    ("c++ cpp cxx hpp", "C++"),
    ("c# csharp cs dotnet", "C#"),
    ("f# fsharp", "F#"),
    ("objc objective-c objectivec objectivc obj-c", "Objective-C"),
    ("objective-c++ objc++ objectivecpp", "Objective-C++"),
    ("kt kts kotlin", "Kotlin"),
    ("groovy gradle jenkinsfile", "Groovy"),
    ("dockerfile docker containerfile", "Dockerfile"),
    ("tf terraform hcl tfvars", "Terraform"),
    ("ini cfg conf config editorconfig systemd", "INI"),
    ("env dotenv", "DotENV"),
    ("properties", "Java Properties"),
    ("html markup htm xhtml handlebars hbs mustache", "HTML"),
    ("xml svg plist xsd ssml", "XML"),
    ("django jinja jinja2 j2 liquid nunjucks twig", "Jinja2"),
    ("sql mysql postgresql postgres pgsql plsql tsql sqlite", "SQL"),
    ("graphql gql", "GraphQL"),
    ("http https rest", "HTTP Request and Response"),
    ("powershell ps1 ps pwsh posh", "PowerShell"),
    ("bat batch cmd dos winbatch", "Batch File"),
    ("protobuf proto proto3", "Protocol Buffer"),
    ("makefile make", "Makefile"),
    ("md markdown mdx", "Markdown"),
    ("tex latex", "LaTeX"),
    ("perl pl", "Perl"),
    ("elixir ex", "Elixir"),
    ("vb vbnet visual-basic", "ASP"),
    ("nginx nginxconf", "nginx"),
    ("apache apacheconf htaccess", "Apache Conf"),
    ("haskell hs", "Haskell"),
    ("vim viml", "VimL"),
    ("asm assembly nasm", "x86_64 Assembly"),
    ("diff patch udiff", "Diff"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_grammars() {
        for (name, expected) in [
            ("YAML", "YAML"),
            ("Bash", "Shell"),
            ("console", "Session"),
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
    fn every_alias_has_its_language() {
        for (names, language) in ALIASES {
            assert!(fast::find(language).is_some() || grammar::name(language) == Some(*language), "{names}");
        }
    }
}
