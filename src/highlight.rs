//! Source code in; the same code as HTML with token classes out.
//!
//! Highlighting costs a hundred times as much as parsing, and books repeat their code (in tabs, in translations):
//! everything goes through one memo. Which engine reads a language is decided here and seen by nobody.

mod class;
mod fast;
mod grammar;
mod language;

pub use language::{is_name, names};

use language::Engine;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Code longer than this stays plain: nobody reads it, and the grammars are slow.
const MAX_CODE: usize = 500_000;
/// The memo stops growing here; what is not in it is computed again.
const MAX_MEMO: usize = 64 << 20;
const SHARDS: usize = 16;

/// Shared by all threads; one per build, or one for as long as the preview runs.
pub struct Highlighter {
    enabled: bool,
    memo: [Mutex<HashMap<Key, Option<Arc<str>>>>; SHARDS],
    bytes: AtomicUsize,
}

type Key = [u8; 32];

impl Highlighter {
    /// Without `enabled` all code is plain.
    pub fn new(enabled: bool) -> Highlighter {
        Highlighter { enabled, memo: Default::default(), bytes: AtomicUsize::new(0) }
    }

    /// The code as HTML: its text escaped, tokens as `<i class=k>`, every element closed before its line ends, so that
    /// a caller may split at `\n`. `None` when the language is unknown or has nothing to show; the code is then plain.
    /// Tags taken away and entities decoded, the result is the code, character by character.
    pub fn html(&self, language: &str, code: &str) -> Option<Arc<str>> {
        if !self.enabled || code.len() > MAX_CODE {
            return None;
        }
        let engine = language::find(language)?;
        let key = key(engine, code);
        let shard = &self.memo[key[0] as usize % SHARDS];
        if let Some(known) = shard.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return known.clone();
        }
        let html = match engine {
            Engine::Fast(lexer, name) => fast::html(lexer, code).or_else(|| grammar::html(name, code)),
            Engine::Grammar(name) => grammar::html(name, code),
        };
        let html: Option<Arc<str>> = html.map(Arc::from);
        let size = html.as_ref().map_or(0, |html| html.len()) + 128;
        if self.bytes.fetch_add(size, Ordering::Relaxed) < MAX_MEMO {
            shard.lock().unwrap_or_else(PoisonError::into_inner).insert(key, html.clone());
        }
        html
    }
}

fn key(engine: Engine, code: &str) -> Key {
    let mut hasher = blake3::Hasher::new();
    hasher.update(engine.name().as_bytes());
    hasher.update(&[0]);
    hasher.update(code.as_bytes());
    *hasher.finalize().as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// To the lexers a NUL is the end of the text, which it is not.
    #[test]
    fn a_nul_is_passed_over() {
        let highlighter = Highlighter::new(true);
        for language in ["yaml", "bash", "console", "rust", "ts", "python", "json", "go", "css"] {
            for code in ["\0", "a: \0\n- \0", "a: [\0, b", "a: |\0\n \0", "$ a \0$(\0", "\"\0", "a\0\0b: c"] {
                assert!(
                    highlighter.html(language, code).is_none_or(|html| html.contains('\u{fffd}')),
                    "{language}: {code:?}"
                );
            }
        }
    }

    #[test]
    fn languages() {
        let highlighter = Highlighter::new(true);
        for (language, code, expected) in [
            // Lexers of our own.
            ("rust", "let x = b\"<\"; // y\n", "⟨k:let⟩ x ⟨o:=⟩ ⟨s:b\"&lt;\"⟩; ⟨c:// y⟩\n"),
            (
                "rust",
                "fn f<'a>(x: &'a str) { v!['x'] }",
                "⟨k:fn⟩ ⟨f:f⟩⟨o:&lt;⟩⟨k:'a⟩⟨o:>⟩(x: ⟨o:&amp;⟩⟨k:'a⟩ ⟨t:str⟩) { ⟨m:v!⟩[⟨s:'x'⟩] }",
            ),
            ("ts", "f(`a ${b}`, a / 2, /x[/]\"/g)", "⟨f:f⟩(⟨s:`a⟩ ${b}⟨s:`⟩, a ⟨o:/⟩ ⟨n:2⟩, ⟨s:/x[/]\"/g⟩)"),
            (
                "python",
                "@a.b\ndef f(x: int = 1):\n    return f\"{x} {{\\n\" # c",
                "⟨m:@a.b⟩\n⟨k:def⟩ ⟨f:f⟩(x: ⟨t:int⟩ ⟨o:=⟩ ⟨n:1⟩):\n    ⟨k:return⟩ ⟨s:f\"⟩{x} ⟨s:{{⟩⟨n:\\n⟩⟨s:\"⟩ ⟨c:# c⟩",
            ),
            ("json", "{\"a\" : [\"b\", 1.5, null]}", "{⟨v:\"a\"⟩ : [⟨s:\"b\"⟩, ⟨n:1.5⟩, ⟨n:null⟩]}"),
            ("sql", "SELECT a FROM b -- c", "⟨k:SELECT⟩ a ⟨k:FROM⟩ b ⟨c:-- c⟩"),
            (
                "yaml",
                "a b: c d # e\n- {x: 1, 'y': [~]}\n",
                "⟨v:a b⟩: ⟨s:c d⟩ ⟨c:# e⟩\n- {⟨v:x⟩: ⟨n:1⟩, ⟨v:'y'⟩: [⟨n:~⟩]}\n",
            ),
            (
                "yaml",
                "a: |\n  # x\n\n  y: z\nb: &c !d \"#e\"\n",
                "⟨v:a⟩: ⟨k:|⟩\n  ⟨s:# x⟩\n\n  ⟨s:y: z⟩\n⟨v:b⟩: ⟨m:&amp;c⟩ ⟨t:!d⟩ ⟨s:\"#e\"⟩\n",
            ),
            (
                "yaml",
                "x: {{ .a }} # b\n{% c %}\nu: http://c:8/#d\n",
                "⟨v:x⟩: ⟨m:{{ .a }}⟩ ⟨c:# b⟩\n⟨m:{% c %}⟩\n⟨v:u⟩: ⟨s:http://c:8/#d⟩\n",
            ),
            (
                "sh",
                "A=1 ls -l \"$B $(c d)\" | e # f",
                "⟨v:A⟩⟨o:=⟩1 ⟨f:ls⟩ ⟨v:-l⟩ ⟨s:\"⟩⟨v:$B⟩ $(⟨f:c⟩ d)⟨s:\"⟩ ⟨o:|⟩ ⟨f:e⟩ ⟨c:# f⟩",
            ),
            (
                "sh",
                "if x; then cat <<E > f\n$a\nE\nfi",
                "⟨k:if⟩ ⟨f:x⟩⟨o:;⟩ ⟨k:then⟩ ⟨f:cat⟩ ⟨o:&lt;&lt;⟩⟨s:E⟩ ⟨o:>⟩ f\n⟨s:$a⟩\n⟨s:E⟩\n⟨k:fi⟩",
            ),
            ("console", "$ a \\\n b\nif c\n", "⟨q:$⟩ ⟨f:a⟩ ⟨n:\\⟩\n b\n⟨u:if c⟩\n"),
            (
                "console",
                "me@h:~/x# a <<'E'\nb\nE\nc\n",
                "⟨q:me@h:~/x#⟩ ⟨f:a⟩ ⟨o:&lt;&lt;⟩⟨s:'E'⟩\n⟨s:b⟩\n⟨s:E⟩\n⟨u:c⟩\n",
            ),
            ("console", "PS C:\\a b> c\nC:\\> d\n", "⟨q:PS C:\\a b>⟩ ⟨f:c⟩\n⟨q:C:\\>⟩ ⟨f:d⟩\n"),
            ("pycon", ">>> if 1:\n...     2\n2\n", "⟨q:>>>⟩ ⟨k:if⟩ ⟨n:1⟩:\n⟨q:...⟩     ⟨n:2⟩\n⟨u:2⟩\n"),
            ("console", "a\n", "⟨f:a⟩\n"),
            ("sh", "$ a\nb\n", "⟨q:$⟩ ⟨f:a⟩\n⟨f:b⟩\n"),
            // Grammars.
            ("toml", "[a]\nb = \"c\"\n", "[⟨t:a⟩]\n⟨v:b⟩ = ⟨s:\"c\"⟩\n"),
            ("html", "<a b=\"c\">", "&lt;⟨g:a⟩ ⟨v:b⟩=⟨s:\"c\"⟩>"),
            ("js", "<a>b</a>", "&lt;⟨g:a⟩>b&lt;/⟨g:a⟩>"),
            ("diff", "-a\n+b\n", "⟨d:-a⟩\n⟨a:+b⟩\n"),
            ("text", "x", "-"),
        ] {
            let html = highlighter.html(language, code);
            let shown = html.as_deref().unwrap_or("-").replace("</i>", "⟩");
            let shown = shown.split("<i class=").map(|part| part.replacen('>', ":", 1)).collect::<Vec<_>>().join("⟨");
            assert_eq!(shown, expected, "{language}");
        }
        assert_eq!(Highlighter::new(false).html("rust", "fn"), None);
    }

    #[test]
    fn hostile_code_takes_no_longer() {
        let highlighter = Highlighter::new(true);
        for part in [
            "{{\n", "/[", "\"$(", "'", "- ", "<<a\n", "f\"{", "[", "a: ", "${", "`", "\\", "f", "a: |\n", "r#\"",
            "$ <<E\n", ">>> \n",
        ] {
            for language in ["yaml", "sh", "js", "python", "json", "rust", "console"] {
                let code = part.repeat(20_000 / part.len());
                assert_eq!(highlighter.html(language, &code).map(|html| text(&html)), Some(code));
            }
        }
    }

    /// The code as a reader copies it.
    fn text(html: &str) -> String {
        let mut out = String::new();
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            out.push_str(&rest[..at]);
            rest = &rest[at + rest[at..].find('>').unwrap_or(0) + 1..];
        }
        out.push_str(rest);
        out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    }

    #[test]
    fn no_character_is_lost() {
        let words = [
            "a", "\"", "'", "\n", " ", "\t", "#", "- ", ": ", "{", "}", "<b>", "&", "\\", "/*", "*/", "$(", "`", "é",
            "\r\n", "|\n  ", "\"\"\"", "<<E\n", "0x1", "if ", "/", "f\"", "r#\"", "\\u", "$ ", "<<", "${", "}}", "{{",
            "'a", "@", "é#", "[", "]", "?", ": |\n", "\u{2028}",
        ];
        let languages = [
            "yaml", "json", "python", "bash", "console", "rust", "ts", "go", "c#", "sql", "swift", "c", "html",
            "markdown", "php",
        ];
        let highlighter = Highlighter::new(true);
        arbtest::arbtest(|u| {
            let language = u.choose(&languages)?;
            let mut code = String::new();
            while code.len() < 200 && !u.is_empty() {
                code.push_str(u.choose(&words)?);
            }
            let Some(html) = highlighter.html(language, &code) else { panic!("{language}") };
            assert_eq!(text(&html), code, "{language}");
            for line in html.split('\n') {
                assert_eq!(line.matches("<i ").count(), line.matches("</i>").count(), "{language} {code:?}");
            }
            Ok(())
        })
        .budget_ms(1_000);
    }
}
