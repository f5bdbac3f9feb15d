//! YAML by its lines: keys, values, comments, block texts and flow collections.

use super::scanner::Scanner;
use crate::highlight::class::Class;

pub fn lex(out: &mut Scanner<'_>) {
    // Open brackets of flow collections: in them lines mean nothing.
    let mut flow = 0usize;
    while !out.is_done() {
        let indent = out.span(|byte| byte == b' ');
        out.skip(indent);
        if flow == 0 {
            line(out, indent, &mut flow);
        } else {
            flow_line(out, &mut flow);
        }
        // A NUL in the text looks like its end to all of the above.
        if !out.is_done() && matches!(out.peek(), b'\n' | 0) {
            out.skip(1);
        }
    }
}

/// A line of block style, from its first character.
fn line(out: &mut Scanner<'_>, indent: usize, flow: &mut usize) {
    if indent == 0 && (out.starts_with("---") || out.starts_with("...")) && is_blank(out.byte(3)) {
        out.token(Class::Punctuation, 3);
    } else if indent == 0 && out.peek() == b'%' {
        return out.token(Class::Macro, out.line());
    }
    let mut indent = indent;
    out.skip_blanks();
    while matches!(out.peek(), b'-' | b'?' | b':') && is_blank(out.byte(1)) {
        out.token(Class::Punctuation, 1);
        let blanks = out.span(|byte| byte == b' ');
        out.skip(blanks);
        if !matches!(out.peek(), b'\n' | b'\r' | 0) {
            indent += 1 + blanks;
        }
    }
    properties(out);
    if let Some(length) = key(out) {
        out.token(Class::Name, length);
        out.skip_blanks();
        out.token(Class::Punctuation, 1);
        out.skip_blanks();
        properties(out);
    } else if matches!(out.peek(), b'|' | b'>') {
        // A text in a list belongs to the dash.
        indent = indent.saturating_sub(1);
    }
    value(out, indent, flow);
}

/// Anchors, aliases and tags before a value.
fn properties(out: &mut Scanner<'_>) {
    while matches!(out.peek(), b'&' | b'*' | b'!') && out.byte(1) != b' ' {
        let class = if out.peek() == b'!' { Class::Type } else { Class::Macro };
        out.token(class, out.span(|byte| !matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | b',' | b']' | b'}')));
        out.skip_blanks();
    }
}

/// Length of the key that begins here: it ends before a colon and a blank.
fn key(out: &Scanner<'_>) -> Option<usize> {
    let rest = &out.rest()[..out.line()];
    match rest.first()? {
        b'"' | b'\'' => {
            let length = quoted(rest, rest[0]);
            let colon = length + rest[length..].iter().take_while(|byte| **byte == b' ').count();
            (rest.get(colon) == Some(&b':') && rest.get(colon + 1).is_none_or(|byte| is_blank(*byte))).then_some(length)
        }
        b'#' | b'{' | b'[' | b'|' | b'>' | b'@' | b'`' | b'&' | b'*' => None,
        _ => {
            let end = rest.iter().enumerate().position(|(at, byte)| match byte {
                b':' => rest.get(at + 1).is_none_or(|next| is_blank(*next)),
                b'#' => at > 0 && is_blank(rest[at - 1]),
                _ => false,
            })?;
            let name = rest[..end].trim_ascii_end();
            (rest[end] == b':' && !name.is_empty()).then_some(name.len())
        }
    }
}

/// A value up to the end of its line, or further where a text or collection goes on.
fn value(out: &mut Scanner<'_>, indent: usize, flow: &mut usize) {
    match out.peek() {
        b'\n' | 0 => {}
        b'#' => out.token(Class::Comment, out.line()),
        b'{' if matches!(out.byte(1), b'{' | b'%') => template(out),
        b'{' | b'[' => flow_line(out, flow),
        b'"' | b'\'' => {
            out.token(Class::Text, quoted(out.rest(), out.peek()));
            out.skip_blanks();
            rest_of_line(out);
        }
        b'|' | b'>' => {
            out.token(Class::Keyword, out.span(|byte| !is_blank(byte)));
            out.skip_blanks();
            if out.peek() == b'#' {
                out.token(Class::Comment, out.line());
            } else {
                out.skip(out.line());
            }
            block_text(out, indent);
        }
        _ => {
            let line = &out.rest()[..out.line()];
            let end = (1..line.len()).find(|at| line[*at] == b'#' && is_blank(line[at - 1])).unwrap_or(line.len());
            let text = line[..end].trim_ascii_end();
            out.token(if is_constant(text) { Class::Constant } else { Class::Text }, text.len());
            out.skip_blanks();
            rest_of_line(out);
        }
    }
}

fn rest_of_line(out: &mut Scanner<'_>) {
    let length = out.line();
    match out.peek() {
        b'#' => out.token(Class::Comment, length),
        _ => out.skip(length),
    }
}

/// `{{ … }}` or `{% … %}` of a template engine, which is no collection; and what follows it on the line.
fn template(out: &mut Scanner<'_>) {
    let line = &out.rest()[..out.line()];
    let close = if out.byte(1) == b'{' { b"}}" } else { b"%}" };
    let end = line.windows(2).position(|pair| pair == close).map_or(line.len(), |end| end + 2);
    out.token(Class::Macro, end);
    let text = &out.rest()[..out.line()];
    let length = text.windows(2).position(|pair| pair == b" #").unwrap_or(text.len());
    out.token(Class::Text, length);
    out.skip_blanks();
    rest_of_line(out);
}

/// The lines of a `|` or `>` text: those that are indented more than what it belongs to, and blank ones.
fn block_text(out: &mut Scanner<'_>, indent: usize) {
    let rest = out.rest();
    let mut length = 0;
    while length < rest.len() {
        // At the end of a line.
        let next = length + 1;
        let blanks = rest[next.min(rest.len())..].iter().take_while(|byte| **byte == b' ').count();
        let first = rest.get(next + blanks).copied().unwrap_or(b'\n');
        if blanks <= indent && !matches!(first, b'\n' | b'\r') {
            break;
        }
        let from = (next + blanks).min(rest.len());
        length = from + rest[from..].iter().position(|byte| *byte == b'\n').unwrap_or(rest.len() - from);
    }
    out.token(Class::Text, length);
}

/// A part of a flow collection, up to the end of the line or of the collection.
fn flow_line(out: &mut Scanner<'_>, flow: &mut usize) {
    loop {
        out.skip_blanks();
        properties(out);
        match out.peek() {
            b'\n' | 0 => return,
            b'{' if matches!(out.byte(1), b'{' | b'%') => template(out),
            b'{' | b'[' => {
                *flow += 1;
                out.token(Class::Punctuation, 1);
            }
            b'}' | b']' => {
                *flow = flow.saturating_sub(1);
                out.token(Class::Punctuation, 1);
                if *flow == 0 {
                    out.skip_blanks();
                    return rest_of_line(out);
                }
            }
            b',' | b':' => out.token(Class::Punctuation, 1),
            b'#' if is_blank(out.before()) => return out.token(Class::Comment, out.line()),
            first => {
                let length = match first {
                    b'"' | b'\'' => quoted(out.rest(), first),
                    _ => flow_word(out.rest()),
                };
                let after = out.rest()[length..].iter().find(|byte| **byte != b' ');
                let class = if after == Some(&b':') {
                    Class::Name
                } else if is_constant(&out.rest()[..length]) {
                    Class::Constant
                } else {
                    Class::Text
                };
                out.token(class, length);
            }
        }
    }
}

/// Length of a word without quotes in a flow collection; at least one byte.
fn flow_word(rest: &[u8]) -> usize {
    let end = rest.iter().enumerate().position(|(at, byte)| match byte {
        b',' | b'[' | b']' | b'{' | b'}' | b'\n' => true,
        b':' => rest.get(at + 1).is_none_or(|next| is_blank(*next) || *next == b','),
        b'#' => at > 0 && rest[at - 1] == b' ',
        _ => false,
    });
    rest[..end.unwrap_or(rest.len())].trim_ascii_end().len().max(1)
}

/// Length of a text in quotes, which may go over lines but not over a blank one, so that a stray quote does little harm.
fn quoted(rest: &[u8], quote: u8) -> usize {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            b'\\' if quote == b'"' => at += 1,
            b'\n' if rest.get(at + 1) == Some(&b'\n') => return at,
            byte if byte == quote && rest.get(at + 1) == Some(&quote) && quote == b'\'' => at += 1,
            byte if byte == quote => return at + 1,
            _ => {}
        }
        at += 1;
    }
    rest.len()
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0)
}

/// Numbers, truth values and null.
fn is_constant(text: &[u8]) -> bool {
    const WORDS: [&[u8]; 7] = [b"true", b"false", b"null", b"yes", b"no", b"on", b"off"];
    match text {
        b"~" => true,
        [b'+' | b'-' | b'.', rest @ ..] | rest if rest.first().is_some_and(u8::is_ascii_digit) => {
            std::str::from_utf8(text).is_ok_and(|text| text.parse::<f64>().is_ok())
                || rest.strip_prefix(b"0x").is_some_and(|hex| !hex.is_empty() && hex.iter().all(u8::is_ascii_hexdigit))
        }
        _ => WORDS.iter().any(|word| text.eq_ignore_ascii_case(word)),
    }
}
