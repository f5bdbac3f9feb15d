//! The tokens of a script in, shorter names for what it declares out. A name is renamed wherever it stands, or nowhere:
//! properties keep theirs, and so do names that also belong to the browser.

use super::token::{Kind, Token};
use std::collections::{BTreeMap, BTreeSet};

/// What a word is at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// A word of the language, a property, or no word at all.
    Fixed,
    Name,
    /// A name that is a property too: `{ a }`.
    Both,
}

const LANGUAGE: &[&str] = &[
    "arguments",
    "async",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "get",
    "if",
    "import",
    "in",
    "instanceof",
    "let",
    "new",
    "null",
    "of",
    "return",
    "set",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "undefined",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

/// Names of the browser that may be meant where one of ours is not in sight.
const BROWSER: &[&str] = &[
    "alert",
    "blur",
    "close",
    "closed",
    "confirm",
    "event",
    "fetch",
    "find",
    "focus",
    "frames",
    "history",
    "innerHeight",
    "innerWidth",
    "length",
    "location",
    "name",
    "navigator",
    "open",
    "opener",
    "origin",
    "parent",
    "performance",
    "print",
    "prompt",
    "screen",
    "scroll",
    "scrollBy",
    "scrollTo",
    "scrollX",
    "scrollY",
    "self",
    "status",
    "stop",
    "top",
    "window",
    "document",
];

/// What each token is, and the new names.
pub fn shorter<'a>(tokens: &[Token<'a>]) -> (Vec<Use>, BTreeMap<&'a str, String>) {
    let uses = uses(tokens);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (token, _) in tokens.iter().zip(&uses).filter(|(_, used)| **used != Use::Fixed) {
        *counts.entry(token.text).or_default() += 1;
    }
    let ours: BTreeSet<&str> = declared(tokens, &uses).into_iter().filter(|name| !BROWSER.contains(name)).collect();
    let taken = |name: &str| LANGUAGE.contains(&name) || counts.contains_key(name) && !ours.contains(name);
    let mut ordered: Vec<(&str, usize)> = counts.iter().map(|(name, count)| (*name, *count)).collect();
    ordered.retain(|(name, _)| ours.contains(name));
    ordered.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let short = (0..).map(short).filter(|name| !taken(name));
    let names = ordered.into_iter().map(|(name, _)| name).zip(short).collect();
    (uses, names)
}

/// The shortest names in turn: `a` to `z`, `A` to `Z`, `aa` and so on.
fn short(mut number: usize) -> String {
    let mut name = String::new();
    loop {
        let letter = (number % 52) as u8;
        name.insert(0, char::from(if letter < 26 { b'a' + letter } else { b'A' + letter - 26 }));
        number /= 52;
        if number == 0 {
            return name;
        }
        number -= 1;
    }
}

fn uses(tokens: &[Token]) -> Vec<Use> {
    // Of each open bracket: whether it holds the parts of an object.
    let mut open = vec![false];
    let mut uses = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let object = open.last() == Some(&true);
        uses.push(if token.kind == Kind::Word { of_word(tokens, at, object) } else { Use::Fixed });
        if token.closes() {
            open.pop();
        }
        if token.opens() {
            open.push(token.is("{") && before(tokens, at).is_some_and(before_object));
        }
    }
    uses
}

fn before<'t, 'a>(tokens: &'t [Token<'a>], at: usize) -> Option<&'t Token<'a>> {
    at.checked_sub(1).and_then(|at| tokens.get(at))
}

/// Whether a brace after this token holds an object or its parts, and no statements.
fn before_object(token: &Token) -> bool {
    const SIGNS: &[&str] = &["=", "(", ",", ":", "[", "?", "??", "||", "&&", "...", "??=", "||=", "&&="];
    match token.kind {
        Kind::Sign => SIGNS.contains(&token.text),
        Kind::Word => matches!(token.text, "return" | "const" | "let"),
        Kind::Value => token.opens(),
    }
}

fn of_word(tokens: &[Token], at: usize, object: bool) -> Use {
    let text = |token: Option<&Token>| token.map_or(String::new(), |token| token.text.to_string());
    let (before, after) = (text(before(tokens, at)), text(tokens.get(at + 1)));
    if LANGUAGE.contains(&tokens[at].text) || matches!(&*before, "." | "?.") {
        return Use::Fixed;
    }
    match &*after {
        ":" | "(" if object && matches!(&*before, "{" | ",") => Use::Fixed,
        "," | "}" | "=" if object && matches!(&*before, "{" | ",") => Use::Both,
        _ => Use::Name,
    }
}

/// The names that the script declares by `const` and `let`, and as parameters of arrow functions.
fn declared<'a>(tokens: &[Token<'a>], uses: &[Use]) -> BTreeSet<&'a str> {
    let partner = partners(tokens);
    let mut names = BTreeSet::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.kind == Kind::Word && matches!(token.text, "const" | "let") {
            let mut at = at + 1;
            loop {
                pattern(tokens, uses, at, partner.get(at).copied().unwrap_or(at), &mut names);
                at = partner.get(at).copied().unwrap_or(at) + 1;
                while tokens.get(at).is_some_and(|token| !ends_value(token)) {
                    at = partner[at].max(at) + 1;
                }
                if !tokens.get(at).is_some_and(|token| token.is(",")) {
                    break;
                }
                at += 1;
            }
        }
        if token.is("=>") && at > 0 {
            let from = partner[at - 1].min(at - 1);
            pattern(tokens, uses, from, at - 1, &mut names);
        }
    }
    names
}

/// The names of a pattern, without those in its defaults: a name alone, or what stands in brackets.
fn pattern<'a>(tokens: &[Token<'a>], uses: &[Use], from: usize, to: usize, names: &mut BTreeSet<&'a str>) {
    for at in from..=to.min(tokens.len().saturating_sub(1)) {
        let begins = at == from
            || before(tokens, at).is_some_and(|token| matches!(token.text, "(" | "," | "{" | "[" | "..." | ":"));
        if begins && uses[at] != Use::Fixed {
            names.insert(tokens[at].text);
        }
    }
}

fn ends_value(token: &Token) -> bool {
    token.is(",") || token.is(";") || token.closes() || token.kind == Kind::Word && matches!(token.text, "of" | "in")
}

/// Of each bracket the place of the other, of all else its own.
fn partners(tokens: &[Token]) -> Vec<usize> {
    let mut partner: Vec<usize> = (0..tokens.len()).collect();
    let mut open = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.closes()
            && let Some(from) = open.pop()
        {
            partner[at] = from;
            partner[from] = at;
        }
        if token.opens() {
            open.push(at);
        }
    }
    partner
}
