//! Code in a language made of words, strings and comments, and the language's table in; tokens out.

use super::scanner::{Scanner, is_word};
use super::spec::{Language, Quote, Role, Spec};
use crate::highlight::class::Class;

/// Lexes code in this language.
pub fn lex(out: &mut Scanner<'_>, language: &Language) {
    let spec = language.spec;
    // What the word before announced, and whether a value ends here: a `/` after it divides.
    let mut next = Class::Plain;
    let mut value = false;
    while !out.is_done() {
        let byte = out.peek();
        let mut is_value = true;
        if byte.is_ascii_whitespace() {
            out.skip(out.span(|byte| byte.is_ascii_whitespace()));
            is_value = value;
        } else if let Some(length) = comment(out, spec) {
            out.token(Class::Comment, length);
            is_value = value;
        } else if let Some(length) = lifetime(out, spec) {
            out.token(Class::Keyword, length);
        } else if let Some((quote, prefix)) = string_ahead(out, spec) {
            string(out, spec, quote, prefix);
            next = Class::Plain;
        } else if byte.is_ascii_digit() {
            out.token(Class::Constant, number(out));
        } else if is_word(byte) || spec.in_words.contains(&byte) {
            (next, is_value) = word(out, language, next);
        } else if byte == b'@' && spec.annotations && is_word(out.byte(1)) {
            out.token(Class::Macro, 1 + out.span_from(1, |byte| is_word(byte) || byte == b'.'));
        } else if byte == b'#' && spec.directives && is_word(out.byte(1)) {
            out.token(Class::Macro, 1 + out.span_from(1, is_word));
        } else if byte == b'/'
            && spec.regexes
            && !value
            && let Some(length) = regex(out)
        {
            out.token(Class::Text, length);
        } else if matches!(byte, b'(' | b')' | b'{' | b'}' | b'[' | b']' | b';' | b',' | b'.' | b':') {
            out.token(Class::Punctuation, 1);
            is_value = matches!(byte, b')' | b']');
            if byte != b'.' {
                next = Class::Plain;
            }
        } else if byte.is_ascii_punctuation() && !matches!(byte, b'#' | b'$' | b'@' | b'\\' | b'`' | b'"' | b'\'') {
            out.token(Class::Operator, 1);
            is_value = false;
        } else {
            out.skip(1);
        }
        value = is_value;
    }
}

fn comment(out: &Scanner<'_>, spec: &Spec) -> Option<usize> {
    if spec.line_comments.iter().any(|mark| begins(out.rest(), mark)) {
        return Some(out.line());
    }
    let (open, close) = spec.block_comment?;
    begins(out.rest(), open).then(|| open.len() + out.through_from(open.len(), close))
}

fn lifetime(out: &Scanner<'_>, spec: &Spec) -> Option<usize> {
    if !spec.lifetimes || out.peek() != b'\'' {
        return None;
    }
    let length = 1 + out.span_from(1, is_word);
    (length > 1 && out.byte(length) != b'\'').then_some(length)
}

/// Length of a regular expression with its flags; it ends on its line, and is not looked for any further than this.
fn regex(out: &Scanner<'_>) -> Option<usize> {
    const MAX: usize = 500;
    let (mut at, mut in_class) = (1, false);
    loop {
        match out.rest().get(at).filter(|_| at < MAX)? {
            b'\n' => return None,
            b'\\' => at += 1,
            b'[' => in_class = true,
            b']' => in_class = false,
            b'/' if !in_class => break,
            _ => {}
        }
        at += 1;
    }
    Some(at + 1 + out.span_from(at + 1, |byte| byte.is_ascii_lowercase()))
}

/// The form of the string that begins here, and the length of its prefix.
fn string_ahead<'s>(out: &Scanner<'_>, spec: &'s Spec) -> Option<(&'s Quote, usize)> {
    let prefix = if spec.prefixes.is_empty() { 0 } else { out.span(|byte| spec.prefixes.contains(&byte)).min(3) };
    let rest = &out.rest()[prefix..];
    let quote = spec.strings.iter().find(|quote| begins(rest, quote.open))?;
    Some((quote, prefix))
}

fn string(out: &mut Scanner<'_>, spec: &Spec, quote: &Quote, prefix: usize) {
    let letters = &out.rest()[..prefix];
    let raw = letters.iter().any(|byte| matches!(byte, b'r' | b'R'));
    let formats = spec.prefixes.is_empty() || letters.iter().any(|byte| matches!(byte, b'f' | b'F'));
    let holes = formats && !quote.holes.is_empty();
    let class = if spec.keys && is_key(out, quote) { Class::Name } else { Class::Text };
    let mut length = prefix + quote.open.len();
    loop {
        let rest = out.rest().get(length..).unwrap_or_default();
        match rest.first() {
            None => break,
            Some(b'\n') if !quote.lines => break,
            Some(b'\\') if quote.escapes => {
                let escape = escape(rest);
                // In a raw string it keeps the quote from closing, but means itself.
                if raw || rest.get(1) == Some(&b'\n') {
                    length += escape;
                } else {
                    out.token(class, length);
                    out.token(Class::Constant, escape);
                    length = 0;
                }
            }
            _ if begins(rest, quote.close) => {
                length += quote.close.len();
                break;
            }
            // Two braces are one that is meant as it is.
            Some(b'{') if holes && quote.holes == "{" && rest.get(1) == Some(&b'{') => length += 2,
            _ if holes && begins(rest, quote.holes) => {
                let hole = hole(rest, quote);
                out.token(class, length);
                out.skip(hole);
                length = 0;
            }
            _ => length += 1,
        }
    }
    out.token(class, length);
}

/// Whether a colon follows the string; looks no further than its line.
fn is_key(out: &Scanner<'_>, quote: &Quote) -> bool {
    let rest = out.rest().get(quote.open.len()..).unwrap_or_default();
    let mut escaped = false;
    let end = rest.iter().position(|byte| {
        let ends = *byte == b'\n' || (*byte == quote.close.as_bytes()[0] && !escaped);
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
            _ if !quote.lines && rest[at..].starts_with(quote.close.as_bytes()) => return at,
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
            b'+' | b'-' if length > 0 && matches!(out.byte(length - 1), b'e' | b'E') && !out.starts_with("0x") => {
                length += 1
            }
            byte if byte.is_ascii_alphanumeric() || byte == b'_' => length += 1,
            _ => return length,
        }
    }
}

/// Writes a word. Says what the next one is, and whether this one can be a value.
fn word(out: &mut Scanner<'_>, language: &Language, announced: Class) -> (Class, bool) {
    let spec = language.spec;
    let length = out.span(|byte| is_word(byte) || spec.in_words.contains(&byte));
    let word = &out.text[out.at..out.at + length];
    let role = match out.before() {
        b'.' => None,
        _ if spec.case_matters => language.role(word),
        _ => language.role(&word.to_ascii_lowercase()),
    };
    let next = match role {
        Some(Role::Keyword) => Some(Class::Plain),
        Some(Role::BeforeFunction) => Some(Class::Function),
        Some(Role::BeforeType) => Some(Class::Type),
        _ => None,
    };
    if let Some(next) = next {
        out.token(Class::Keyword, length);
        return (next, false);
    }
    let class = match role {
        _ if announced != Class::Plain => announced,
        Some(Role::Constant) => Class::Constant,
        Some(Role::Type) => Class::Type,
        _ if spec.macros && out.byte(length) == b'!' && out.byte(length + 1) != b'=' => {
            out.token(Class::Macro, length + 1);
            return (Class::Plain, false);
        }
        _ if spec.capitals && is_type_name(word) => Class::Type,
        _ if out.byte(length) == b'(' => Class::Function,
        _ => Class::Plain,
    };
    match class {
        Class::Plain => out.skip(length),
        class => out.token(class, length),
    }
    (Class::Plain, true)
}

/// Whether code begins with a mark. Most does not with its first byte, so that is looked at first.
fn begins(rest: &[u8], mark: &str) -> bool {
    rest.first() == mark.as_bytes().first() && rest.starts_with(mark.as_bytes())
}

fn is_type_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase()) && word.bytes().any(|byte| byte.is_ascii_lowercase())
}
