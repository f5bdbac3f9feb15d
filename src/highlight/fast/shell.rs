//! Commands of a POSIX shell: words in their positions, strings, variables, here-documents.

use super::scanner::{Scanner, is_word};
use crate::highlight::class::Class;

/// Substitutions inside one another beyond this are plain.
const DEPTH: usize = 20;

const KEYWORDS: &[&str] = &[
    "break", "case", "continue", "declare", "do", "done", "elif", "else", "esac", "exit", "export", "fi", "for",
    "function", "if", "in", "local", "readonly", "return", "select", "set", "shift", "source", "then", "time", "trap",
    "typeset", "unset", "until", "while",
];

/// Keywords after which another command begins.
const BEFORE_COMMAND: &[&str] = &["do", "elif", "else", "if", "then", "time", "until", "while"];

/// Lexes a script.
pub fn lex(out: &mut Scanner<'_>) {
    Shell { out, here: Vec::new() }.commands(0);
}

struct Shell<'o, 'a> {
    out: &'o mut Scanner<'a>,
    /// Here-documents whose text begins on the next line: their end, and whether it may be indented.
    here: Vec<(&'a str, bool)>,
}

impl Shell<'_, '_> {
    /// Commands up to the end, or up to the parenthesis that closes a substitution.
    fn commands(&mut self, depth: usize) {
        // Whether the next word is a command's name.
        let mut first = true;
        while !self.out.is_done() {
            match self.out.peek() {
                b'\n' => {
                    self.out.skip(1);
                    self.here_documents();
                    first = true;
                }
                b' ' | b'\t' | b'\r' => self.out.skip_blanks(),
                b'#' if is_space(self.out.before()) => self.out.token(Class::Comment, self.out.line()),
                b')' if depth > 0 => return self.out.token(Class::Punctuation, 1),
                b'(' | b'{' | b'!' if first => self.out.token(Class::Punctuation, 1),
                b'(' | b')' => {
                    self.out.token(Class::Punctuation, 1);
                    first = true;
                }
                b'|' | b'&' | b';' => {
                    self.out.token(Class::Operator, self.out.span(|byte| matches!(byte, b'|' | b'&' | b';')));
                    first = true;
                }
                b'<' if self.out.starts_with("<<") && !self.out.starts_with("<<<") => self.here_mark(),
                b'<' | b'>' => {
                    self.out.token(Class::Operator, self.out.span(|byte| matches!(byte, b'<' | b'>' | b'&')));
                    let is_process = self.out.peek() == b'(';
                    first = is_process;
                }
                // A prompt that was copied with its command.
                b'$' if first && self.out.byte(1) == b' ' => self.out.token(Class::Prompt, 1),
                b'-' | b'+' if is_space(self.out.before()) => {
                    self.out.token(Class::Name, self.out.span(|byte| is_word(byte) || matches!(byte, b'-' | b'+')));
                }
                _ => first = self.word(first, depth),
            }
        }
    }

    /// A word with everything in it. Says whether a command's name comes next.
    fn word(&mut self, first: bool, depth: usize) -> bool {
        let out = &mut *self.out;
        let length = out
            .span(|byte| is_word(byte) || matches!(byte, b'-' | b'.' | b'/' | b'~' | b':' | b'@' | b'%' | b',' | b'+'));
        if first && length > 0 {
            let name = out.span(is_word);
            let value = if out.byte(name) == b'+' { name + 1 } else { name };
            if name > 0 && !out.peek().is_ascii_digit() && out.byte(value) == b'=' {
                out.token(Class::Name, name);
                out.token(Class::Operator, value + 1 - name);
                self.pieces(depth);
                return true;
            }
            let word = &out.rest()[..length];
            if let Some(word) = KEYWORDS.iter().find(|keyword| keyword.as_bytes() == word) {
                out.token(Class::Keyword, length);
                if *word == "for" || *word == "select" {
                    out.skip_blanks();
                    out.token(Class::Name, out.span(is_word));
                }
                return BEFORE_COMMAND.contains(word);
            }
            let ends = matches!(out.byte(length), b' ' | b'\t' | b'\r' | b'\n' | b'(' | b')' | b';' | b'|' | b'&' | 0);
            if ends {
                let again = word == b"sudo";
                out.token(Class::Function, length);
                return again;
            }
        } else if out.starts_with("in") && length == 2 {
            out.token(Class::Keyword, 2);
            return false;
        }
        self.pieces(depth);
        false
    }

    /// The pieces of a word up to a blank or an operator; goes on by at least one byte.
    fn pieces(&mut self, depth: usize) {
        let start = self.out.at;
        while !self.out.is_done() {
            match self.out.peek() {
                b' ' | b'\t' | b'\r' | b'\n' | b'|' | b'&' | b';' | b'<' | b'>' | b'(' | b')' => break,
                b'\'' => self.out.token(Class::Text, 1 + self.out.through_from(1, "'")),
                b'"' => self.quoted(depth),
                b'$' => self.variable(depth),
                b'`' => self.out.token(Class::Punctuation, 1),
                b'\\' => self.out.token(Class::Constant, if self.out.byte(1) == b'\r' { 3 } else { 2 }),
                b'=' => self.out.token(Class::Operator, 1),
                _ => self.out.skip(1),
            }
        }
        if self.out.at == start {
            self.out.skip(1);
        }
    }

    /// A string in double quotes.
    fn quoted(&mut self, depth: usize) {
        let mut length = 1;
        loop {
            match self.out.byte(length) {
                0 if self.out.at + length >= self.out.text.len() => break,
                b'"' => {
                    length += 1;
                    break;
                }
                b'\\' => length += 2,
                b'$' if is_word(self.out.byte(length + 1)) || matches!(self.out.byte(length + 1), b'{' | b'(') => {
                    self.out.token(Class::Text, length);
                    self.variable(depth);
                    length = 0;
                }
                _ => length += 1,
            }
        }
        self.out.token(Class::Text, length);
    }

    /// `$name`, `${…}`, `$(…)`, or a dollar.
    fn variable(&mut self, depth: usize) {
        let out = &mut *self.out;
        match out.byte(1) {
            b'(' if depth < DEPTH => {
                out.token(Class::Punctuation, 2);
                self.commands(depth + 1);
            }
            b'{' => {
                let length = out.span(|byte| !matches!(byte, b'}' | b'\n'));
                out.token(Class::Name, length + usize::from(out.byte(length) == b'}'));
            }
            b'?' | b'@' | b'*' | b'#' | b'!' | b'$' | b'-' => out.token(Class::Name, 2),
            byte if is_word(byte) => out.token(Class::Name, 1 + out.span_from(1, is_word)),
            _ => out.skip(1),
        }
    }

    /// `<<END`, `<<-'END'`
    fn here_mark(&mut self) {
        let indented = self.out.byte(2) == b'-';
        self.out.token(Class::Operator, 2 + usize::from(indented));
        self.out.skip_blanks();
        let length = self.out.span(|byte| is_word(byte) || matches!(byte, b'\'' | b'"' | b'\\' | b'-'));
        let word = &self.out.text[self.out.at..self.out.at + length];
        let end = word.trim_matches(['\'', '"', '\\']);
        if !end.is_empty() && self.here.len() < DEPTH {
            self.here.push((end, indented));
        }
        self.out.token(Class::Text, length);
    }

    /// The texts that were announced on the line before.
    fn here_documents(&mut self) {
        for (end, indented) in std::mem::take(&mut self.here) {
            let rest = &self.out.text[self.out.at..];
            let mut length = 0;
            for line in rest.split_inclusive('\n') {
                let text = line.trim_end();
                length += line.len();
                if text == end || (indented && text.trim_start() == end) {
                    break;
                }
            }
            self.out.token(Class::Text, length);
        }
    }
}

fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace()
}
