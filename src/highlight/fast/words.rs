//! Languages made of words, strings and comments, by a table of what they look like.

use super::scanner::{Scanner, is_word};
use crate::highlight::class::Class;

/// What a language looks like. Words in sorted lists, so that they are found quickly.
#[derive(Debug, PartialEq, Eq)]
pub struct Spec {
    pub name: &'static str,
    pub line_comments: &'static [&'static str],
    pub block_comment: Option<(&'static str, &'static str)>,
    /// The longer of two that begin alike first.
    pub strings: &'static [Quote],
    /// Letters that may stand directly before a string and belong to it.
    pub prefixes: &'static [u8],
    pub keywords: &'static [&'static str],
    pub constants: &'static [&'static str],
    pub types: &'static [&'static str],
    /// Keywords before the name of a function, and before that of a type.
    pub functions: &'static [&'static str],
    pub declares: &'static [&'static str],
    /// `@name` is an annotation.
    pub annotations: bool,
    /// `name!` is a macro.
    pub macros: bool,
    /// Names that begin with a capital and have a small letter are types.
    pub capitals: bool,
    /// Strings before a colon are keys.
    pub keys: bool,
    /// Besides letters, digits and `_`.
    pub in_words: &'static [u8],
    pub case_matters: bool,
}

impl Spec {
    /// Nothing but words and numbers; tables say what is more.
    pub const EMPTY: Spec = Spec {
        name: "",
        line_comments: &[],
        block_comment: None,
        strings: &[],
        prefixes: &[],
        keywords: &[],
        constants: &[],
        types: &[],
        functions: &[],
        declares: &[],
        annotations: false,
        macros: false,
        capitals: false,
        keys: false,
        in_words: &[],
        case_matters: true,
    };
}

/// A form of string.
#[derive(Debug, PartialEq, Eq)]
pub struct Quote {
    pub mark: &'static str,
    /// May go over lines; one that may not ends with its line.
    pub lines: bool,
    pub escapes: bool,
    /// What opens an expression in it, up to `}`; empty for none. With prefixes, only where one of them is `f`.
    pub holes: &'static str,
}

pub fn lex(out: &mut Scanner<'_>, spec: &Spec) {
    // What the word before announced.
    let mut next = Class::Plain;
    while !out.is_done() {
        let byte = out.peek();
        if byte.is_ascii_whitespace() {
            out.skip(out.span(|byte| byte.is_ascii_whitespace()));
        } else if let Some(length) = comment(out, spec) {
            out.token(Class::Comment, length);
        } else if let Some((quote, prefix)) = string_ahead(out, spec) {
            string(out, spec, quote, prefix);
            next = Class::Plain;
        } else if byte.is_ascii_digit() {
            out.token(Class::Constant, number(out));
        } else if is_word(byte) || spec.in_words.contains(&byte) {
            next = word(out, spec, next);
        } else if byte == b'@' && spec.annotations && is_word(out.byte(1)) {
            out.token(Class::Macro, 1 + out.span_from(1, |byte| is_word(byte) || byte == b'.'));
        } else if b"(){}[];,.:".contains(&byte) {
            out.token(Class::Punctuation, 1);
            if byte != b'.' {
                next = Class::Plain;
            }
        } else if b"+-*/%=<>!&|^~?".contains(&byte) {
            out.token(Class::Operator, 1);
        } else {
            out.skip(1);
        }
    }
}

fn comment(out: &Scanner<'_>, spec: &Spec) -> Option<usize> {
    if spec.line_comments.iter().any(|mark| out.starts_with(mark)) {
        return Some(out.line());
    }
    let (open, close) = spec.block_comment?;
    out.starts_with(open).then(|| open.len() + out.through_from(open.len(), close))
}

/// The form of the string that begins here, and the length of its prefix.
fn string_ahead<'s>(out: &Scanner<'_>, spec: &'s Spec) -> Option<(&'s Quote, usize)> {
    let prefix = if spec.prefixes.is_empty() { 0 } else { out.span(|byte| spec.prefixes.contains(&byte)).min(3) };
    let rest = &out.rest()[prefix..];
    let quote = spec.strings.iter().find(|quote| rest.starts_with(quote.mark.as_bytes()))?;
    Some((quote, prefix))
}

fn string(out: &mut Scanner<'_>, spec: &Spec, quote: &Quote, prefix: usize) {
    let letters = &out.rest()[..prefix];
    let raw = letters.iter().any(|byte| matches!(byte, b'r' | b'R'));
    let holes =
        !quote.holes.is_empty() && (spec.prefixes.is_empty() || letters.iter().any(|byte| matches!(byte, b'f' | b'F')));
    let class = if spec.keys && is_key(out, quote) { Class::Name } else { Class::Text };
    let mut length = prefix + quote.mark.len();
    loop {
        let rest = &out.rest()[length.min(out.rest().len())..];
        let Some(byte) = rest.first().copied() else { break };
        if rest.starts_with(quote.mark.as_bytes()) {
            length += quote.mark.len();
            break;
        }
        if byte == b'\n' && !quote.lines {
            break;
        }
        if byte == b'\\' && quote.escapes {
            let escape = escape(rest);
            // In a raw string it escapes the quote too, but means itself.
            if !raw && rest.get(1).is_some_and(|next| *next != b'\n') {
                out.token(class, length);
                out.token(Class::Constant, escape);
                length = 0;
            } else {
                length += escape;
            }
        } else if holes
            && rest.starts_with(quote.holes.as_bytes())
            && rest.get(1) != Some(&b'{').filter(|_| quote.holes == "{")
        {
            let hole = hole(rest, quote);
            out.token(class, length);
            out.skip(hole);
            length = 0;
        } else if holes && rest.starts_with(b"{{") {
            length += 2;
        } else {
            length += 1;
        }
    }
    out.token(class, length);
}

/// Whether a colon follows the string; looks no further than its line.
fn is_key(out: &Scanner<'_>, quote: &Quote) -> bool {
    let rest = &out.rest()[quote.mark.len()..];
    let mut escaped = false;
    let end = rest.iter().position(|byte| {
        let ends = *byte == b'\n' || (*byte == quote.mark.as_bytes()[0] && !escaped);
        escaped = *byte == b'\\' && !escaped;
        ends
    });
    let Some(end) = end else { return false };
    rest[end + 1..].iter().find(|byte| !matches!(byte, b' ' | b'\t')) == Some(&b':')
}

/// Length of an escape: `\n`, `\x41`, `\u0041`, `\u{1f600}`.
fn escape(rest: &[u8]) -> usize {
    let digits = |count: usize| 2 + rest[2..].iter().take(count).take_while(|byte| byte.is_ascii_hexdigit()).count();
    match rest.get(1) {
        Some(b'x') => digits(2),
        Some(b'u') if rest.get(2) == Some(&b'{') => {
            rest.iter().take(12).position(|byte| *byte == b'}').map_or(2, |end| end + 1)
        }
        Some(b'u') => digits(4),
        Some(b'U') => digits(8),
        Some(_) => 2,
        None => 1,
    }
}

/// Length of the expression in a string, braces and all. It ends with its line when it is never closed.
fn hole(rest: &[u8], quote: &Quote) -> usize {
    let mut depth = 0usize;
    for (at, byte) in rest.iter().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth <= 1 => return at + 1,
            b'}' => depth -= 1,
            b'\n' => return at,
            _ if !quote.lines && rest[at..].starts_with(quote.mark.as_bytes()) => return at,
            _ => {}
        }
    }
    rest.len()
}

fn number(out: &Scanner<'_>) -> usize {
    let mut length = 0;
    loop {
        match out.byte(length) {
            b'.' if out.byte(length + 1).is_ascii_digit() => length += 1,
            b'+' | b'-' if matches!(out.byte(length - 1), b'e' | b'E') && !out.starts_with("0x") => length += 1,
            byte if byte.is_ascii_alphanumeric() || byte == b'_' => length += 1,
            _ => return length,
        }
    }
}

/// Writes a word, and says what the next one is.
fn word(out: &mut Scanner<'_>, spec: &Spec, announced: Class) -> Class {
    let length = out.span(|byte| is_word(byte) || spec.in_words.contains(&byte));
    let word = &out.text[out.at..out.at + length];
    let member = out.before() == b'.';
    let small;
    let word = if spec.case_matters {
        word
    } else {
        small = word.to_ascii_lowercase();
        &small
    };
    if !member && spec.keywords.binary_search(&word).is_ok() {
        let next = if spec.functions.contains(&word) {
            Class::Function
        } else if spec.declares.contains(&word) {
            Class::Type
        } else {
            Class::Plain
        };
        out.token(Class::Keyword, length);
        return next;
    }
    let class = if announced != Class::Plain {
        announced
    } else if !member && spec.constants.binary_search(&word).is_ok() {
        Class::Constant
    } else if !member && spec.types.binary_search(&word).is_ok() {
        Class::Type
    } else if spec.macros && out.byte(length) == b'!' && out.byte(length + 1) != b'=' {
        out.token(Class::Macro, length + 1);
        return Class::Plain;
    } else if spec.capitals && is_type_name(word) {
        Class::Type
    } else if out.byte(length) == b'(' {
        Class::Function
    } else {
        Class::Plain
    };
    match class {
        Class::Plain => out.skip(length),
        class => out.token(class, length),
    }
    Class::Plain
}

fn is_type_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase()) && word.bytes().any(|byte| byte.is_ascii_lowercase())
}
