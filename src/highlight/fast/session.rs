//! Terminal sessions: lines with a prompt are commands, all others what they print. The prompts and the output become
//! tokens of their own, so that a reader can copy the commands alone.

use super::scanner::Scanner;
use super::spec::Language;
use super::{shell, words};
use crate::highlight::class::Class;

/// A text that a command reads is looked for in this many lines.
const HERE: usize = 200;

/// Lexes a session of a shell or of Python. Without any prompt it is a script after all.
pub fn lex(out: &mut Scanner<'_>, python: Option<&Language>) {
    let python = python.filter(|_| out.text.lines().any(|line| line.starts_with(">>> ")));
    if !out.text.lines().any(|line| prompt(line.as_bytes(), python.is_some()) > 0) {
        return shell::lex(out);
    }
    while !out.is_done() {
        let length = prompt(&out.rest()[..out.line()], python.is_some());
        if length == 0 {
            out.token(Class::Output, out.line());
            out.skip(1);
            continue;
        }
        out.token(Class::Prompt, length);
        let language = python.filter(|_| matches!(out.before(), b'>' | b'.'));
        let end = if language.is_some() { out.line() } else { command(&out.text[out.at..]) };
        let (text, stop) = (out.text, out.at + end);
        out.text = &text[..stop];
        match language {
            Some(language) => words::lex(out, language),
            None => shell::lex(out),
        }
        out.text = text;
        out.skip(1);
    }
}

/// Length of a command: one line, the next ones after a backslash, and the text that it reads (`<<END`).
fn command(rest: &str) -> usize {
    let mut lines = rest.split('\n');
    let mut end = 0;
    for line in lines.by_ref() {
        end += line.len() + 1;
        if let Some(mark) = here_mark(line) {
            let text: Option<usize> = lines.clone().take(HERE).position(|line| line.trim() == mark);
            end += lines.take(text.map_or(0, |at| at + 1)).map(|line| line.len() + 1).sum::<usize>();
            break;
        }
        if !line.ends_with('\\') {
            break;
        }
    }
    (end - 1).min(rest.len())
}

/// The word that ends the text which a command reads.
fn here_mark(line: &str) -> Option<&str> {
    let after = line.split_once("<<")?.1;
    let word = after.trim_start_matches('-').trim_start().split([' ', '|', '>', ';', '&']).next()?;
    Some(word.trim_matches(['\'', '"', '\\'])).filter(|word| !word.is_empty() && !word.starts_with('<'))
}

/// Length of the prompt with which a line begins: `$ `, `# `, `% `, `> `, one of these after `user@host:~`, that of
/// PowerShell or Windows after a folder; in Python's sessions `>>> ` and `... `.
fn prompt(line: &[u8], python: bool) -> usize {
    if python && matches!(line.get(..4).unwrap_or(line).trim_ascii_end(), b">>>" | b"...") {
        return 3;
    }
    let end = line.iter().position(|byte| matches!(byte, b'$' | b'#' | b'%' | b'>')).unwrap_or(line.len());
    let (before, after) = line.split_at(end);
    let folder = before.strip_prefix(b"PS ").unwrap_or(before).get(1..3) == Some(b":\\") && !before.ends_with(b"-");
    let named = folder || before.contains(&b'@') && before.contains(&b':') && !before.contains(&b' ');
    let alone = before.iter().all(|byte| *byte == b' ');
    let is_prompt =
        after.get(1) == Some(&b' ') && (named || alone) && (named || after[0] != b'#' || !after[2..].contains(&b' '));
    if is_prompt { end + 1 } else { 0 }
}
