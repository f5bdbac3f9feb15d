//! The text at a scalar in, its token out: plain, in quotes, or a block after `|` or `>`.

use super::scanner::{Result, Scanner, Token, TokenKind};
use super::{Problem, Style};

/// Blanks and line ends between two words of a scalar.
#[derive(Default)]
struct Gap {
    blanks: String,
    first_break: String,
    more_breaks: String,
    /// Whether a line end was passed, so that blanks are indentation.
    in_lines: bool,
}

impl Gap {
    /// Adds the gap as the value has it: one line end is a space, more are one fewer.
    fn fold_into(&mut self, out: &mut String) {
        if !self.in_lines {
            out.push_str(&self.blanks);
            return self.blanks.clear();
        }
        if self.first_break != "\n" && !self.first_break.is_empty() {
            out.push_str(&self.first_break);
            out.push_str(&self.more_breaks);
        } else if !self.more_breaks.is_empty() {
            out.push_str(&self.more_breaks);
        } else if !self.first_break.is_empty() {
            out.push(' ');
        }
        *self = Gap::default();
    }
}

impl Scanner<'_> {
    /// Reads one blank or line end into the gap.
    fn read_gap(&mut self, gap: &mut Gap) {
        if self.blank() {
            if gap.in_lines { self.advance() } else { self.read(&mut gap.blanks) }
        } else if gap.in_lines {
            self.read_line(&mut gap.more_breaks);
        } else {
            self.read_line(&mut gap.first_break);
            gap.in_lines = true;
        }
    }

    pub(super) fn scan_plain(&mut self) -> Token {
        let start = self.at.offset;
        let mut end = start;
        let indent = self.indent + 1;
        let mut text = String::new();
        let mut gap = Gap::default();
        'scalar: while self.document_indicator().is_none() && self.byte(0) != Some(b'#') {
            while !self.blank_or_end(0) && !self.ends_plain() {
                gap.fold_into(&mut text);
                self.read(&mut text);
                self.read_letters(&mut text);
                end = self.at.offset;
            }
            if !self.blank_or_end(0) || self.byte(0).is_none() {
                break;
            }
            while self.blank() || self.break_len() > 0 {
                if gap.in_lines && (self.at.column as isize) < indent && self.byte(0) == Some(b'\t') {
                    // The scalar itself is sound, so it is kept.
                    let tab = self.at.offset;
                    self.failed = Some(Problem::new(tab..tab + 1, "tab used for indentation").help("use spaces"));
                    break 'scalar;
                }
                self.read_gap(&mut gap);
            }
            if !self.in_flow() && (self.at.column as isize) < indent {
                break;
            }
        }
        self.key_allowed |= gap.in_lines;
        Token { kind: TokenKind::Scalar { text, style: Style::Plain }, start, end }
    }

    fn ends_plain(&self) -> bool {
        match self.byte(0) {
            Some(b':') => self.blank_or_end(1),
            Some(b',' | b'?' | b'[' | b']' | b'{' | b'}') => self.in_flow(),
            _ => false,
        }
    }

    pub(super) fn scan_quoted(&mut self) -> Result<Token> {
        let start = self.at.offset;
        let quote = self.byte(0);
        let single = quote == Some(b'\'');
        self.advance();
        let mut text = String::new();
        loop {
            if self.document_indicator().is_some() {
                let at = self.at.offset;
                return Err(Problem::new(at..at + 3, "document marker inside quotes")
                    .help("close the quotes before it, or indent this line"));
            }
            if self.byte(0).is_none() {
                let mark = if single { '\'' } else { '"' };
                return Err(Problem::new(self.line_rest(start), format!("missing closing `{mark}`"))
                    .help(format!("write `{mark}` at the end of the value")));
            }
            let mut gap = Gap::default();
            while !self.blank_or_end(0) {
                match (self.byte(0), self.byte(1)) {
                    (Some(b'\''), Some(b'\'')) if single => {
                        text.push('\'');
                        self.advance();
                        self.advance();
                    }
                    (byte, _) if byte == quote => break,
                    (Some(b'\\'), next) if !single => {
                        let end = self.at.offset + 1;
                        self.advance();
                        if next.is_some() && self.break_len() > 0 {
                            self.advance_line();
                            gap.in_lines = true;
                            break;
                        }
                        self.scan_escape(end - 1, &mut text);
                    }
                    _ => {
                        self.read(&mut text);
                        self.read_letters(&mut text);
                    }
                }
            }
            if self.byte(0) == quote {
                break;
            }
            while self.blank() || self.break_len() > 0 {
                self.read_gap(&mut gap);
            }
            gap.fold_into(&mut text);
        }
        self.advance();
        let style = if single { Style::SingleQuoted } else { Style::DoubleQuoted };
        Ok(Token { kind: TokenKind::Scalar { text, style }, start, end: self.at.offset })
    }

    /// The escape whose backslash, at `start`, has been passed. One that does not exist is reported
    /// and stands for itself, so that reading goes on.
    fn scan_escape(&mut self, start: usize, out: &mut String) {
        let Some(code) = self.char() else { return };
        self.advance();
        let digits = match code {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => {
                match simple_escape(code) {
                    Some(char) => out.push(char),
                    None => {
                        out.push(code);
                        let problem =
                            Problem::new(start..self.at.offset, format!("`\\{code}` means nothing in double quotes"));
                        self.problems.push(problem.help(match code {
                            '/' => "write `/` alone",
                            _ => "write `\\\\` for a backslash, or use single quotes",
                        }));
                    }
                }
                return;
            }
        };
        let mut value = 0;
        for _ in 0..digits {
            let Some(digit) = self.char().and_then(|char| char.to_digit(16)) else {
                let problem =
                    Problem::new(start..self.at.offset, format!("`\\{code}` without {digits} hexadecimal digits"));
                self.problems.push(problem.help("write `\\\\` for a backslash, or use single quotes"));
                return;
            };
            value = value << 4 | digit;
            self.advance();
        }
        match char::from_u32(value) {
            Some(char) => out.push(char),
            None => {
                let escape = start..self.at.offset;
                let message = format!("`{}` is not a character", &self.text[escape.clone()]);
                self.problems.push(Problem::new(escape, message).help("write the character itself"));
            }
        }
    }

    pub(super) fn scan_block_scalar(&mut self) -> Result<Token> {
        let start = self.at.offset;
        let literal = self.byte(0) == Some(b'|');
        self.advance();
        let (chomping, increment) = self.scan_block_header(start)?;
        let mut end = self.at.offset;
        self.skip_blanks();
        if self.byte(0) == Some(b'#') {
            self.skip_line();
        }
        if !self.blank_or_end(0) {
            return Err(Problem::new(
                self.line_rest(self.at.offset),
                format!("text after `{}`", &self.text[start..end]),
            )
            .help("start the text on the next line, indented"));
        }
        self.advance_line();

        let mut indent = increment.map(|increment| self.indent.max(0) as usize + increment);
        let mut text = String::new();
        let mut line_break = String::new();
        let mut breaks = String::new();
        let mut after_blank = false;
        indent = Some(self.scan_block_breaks(indent, &mut breaks)?);
        while Some(self.at.column) == indent && self.byte(0).is_some() {
            let blank = self.blank();
            if !literal && !after_blank && !blank && line_break == "\n" {
                if breaks.is_empty() {
                    text.push(' ');
                }
            } else {
                text.push_str(&line_break);
            }
            text.push_str(&breaks);
            line_break.clear();
            breaks.clear();
            after_blank = blank;
            while self.byte(0).is_some() && self.break_len() == 0 {
                self.read(&mut text);
                self.read_ascii(&mut text);
            }
            end = self.at.offset;
            self.read_line(&mut line_break);
            indent = Some(self.scan_block_breaks(indent, &mut breaks)?);
        }
        if chomping != Some(b'-') {
            text.push_str(&line_break);
        }
        if chomping == Some(b'+') {
            text.push_str(&breaks);
        }
        let style = if literal { Style::Literal } else { Style::Folded };
        Ok(Token { kind: TokenKind::Scalar { text, style }, start, end })
    }

    /// `+` or `-` and a digit, in either order.
    fn scan_block_header(&mut self, start: usize) -> Result<(Option<u8>, Option<usize>)> {
        let mut chomping = None;
        let mut increment = None;
        for _ in 0..2 {
            match self.byte(0) {
                Some(sign @ (b'+' | b'-')) if chomping.is_none() => chomping = Some(sign),
                Some(b'0') if increment.is_none() => {
                    return Err(Problem::new(start..self.at.offset + 1, "indentation of 0 for a block of text")
                        .help("leave the 0 away"));
                }
                Some(digit @ b'1'..=b'9') if increment.is_none() => increment = Some(usize::from(digit - b'0')),
                _ => break,
            }
            self.advance();
        }
        Ok((chomping, increment))
    }

    /// Passes empty lines and the indentation of the next line. Returns the block's indentation,
    /// found here when it is not known yet.
    fn scan_block_breaks(&mut self, indent: Option<usize>, breaks: &mut String) -> Result<usize> {
        let mut widest = 0;
        loop {
            let inside = |column: usize| indent.is_none_or(|indent| column < indent);
            while inside(self.at.column) && self.byte(0) == Some(b' ') {
                self.advance();
            }
            widest = widest.max(self.at.column);
            if inside(self.at.column) && self.byte(0) == Some(b'\t') {
                let tab = self.at.offset;
                return Err(Problem::new(tab..tab + 1, "tab used for indentation").help("use spaces"));
            }
            if self.break_len() == 0 {
                break;
            }
            self.read_line(breaks);
        }
        Ok(indent.unwrap_or(widest.max((self.indent + 1) as usize).max(1)))
    }
}

fn simple_escape(code: char) -> Option<char> {
    Some(match code {
        '0' => '\0',
        'a' => '\x07',
        'b' => '\x08',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\x0b',
        'f' => '\x0c',
        'r' => '\r',
        'e' => '\x1b',
        ' ' | '"' | '\'' | '\\' => code,
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        _ => return None,
    })
}
