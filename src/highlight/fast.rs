//! Hand-written lexers for the languages that documentation is full of: code in, highlighted HTML out, a hundred times
//! as fast as a grammar.
//!
//! They know tokens, not grammars. What they do not understand stays plain; nothing is ever left out, because every
//! piece of the output is cut from the code in order.

mod scanner;
mod session;
mod shell;
mod spec;
mod tables;
mod words;
mod yaml;

use scanner::Scanner;
use spec::Language;
use std::sync::LazyLock;

static LANGUAGES: LazyLock<Vec<Language>> =
    LazyLock::new(|| tables::ALL.iter().map(|spec| Language::new(spec)).collect());

#[derive(Clone, Copy)]
pub enum Lexer {
    Yaml,
    Shell,
    /// Commands after a prompt, and what they print.
    Session,
    /// A language of words, strings and comments, by its table.
    Words(&'static Language),
}

/// The lexer for a language, by its usual name.
pub fn find(name: &str) -> Option<Lexer> {
    Some(match name {
        "YAML" => Lexer::Yaml,
        "Shell" => Lexer::Shell,
        "Session" => Lexer::Session,
        name => Lexer::Words(LANGUAGES.iter().find(|language| language.spec.name == name)?),
    })
}

/// Highlights; `None` when the code is not for this lexer.
pub fn html(lexer: Lexer, code: &str) -> Option<String> {
    let mut out = Scanner::new(code);
    match lexer {
        Lexer::Yaml => yaml::lex(&mut out),
        Lexer::Shell => shell::lex(&mut out),
        Lexer::Session => session::lex(&mut out, LANGUAGES.iter().find(|language| language.spec.name == "Python")),
        Lexer::Words(language) if language.spec.suits(code) => words::lex(&mut out, language),
        Lexer::Words(_) => return None,
    }
    Some(out.finish())
}
