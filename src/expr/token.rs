//! The text of an expression in; its tokens out, one at a time, because only the parser knows where a template's text
//! goes on.

use super::ExprError;

/// Longer ones first, so that `===` is not read as `==`.
const SIGNS: &[&str] = &[
    "===", "!==", "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":",
    "(", ")", "[", "]", ".", ",", "`", "}",
];

#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    Number(f64),
    Text(String),
    Name(String),
    Sign(&'static str),
    Other,
    End,
}

pub struct Tokens<'a> {
    pub text: &'a str,
    /// Behind the last token.
    pub at: usize,
}

impl Tokens<'_> {
    /// The next token, and where it begins.
    pub fn next(&mut self) -> Result<(Token, usize), ExprError> {
        let rest = self.text[self.at..].trim_start();
        let start = self.text.len() - rest.len();
        self.at = start;
        let token = match rest.chars().next() {
            None => Token::End,
            Some(quote @ ('"' | '\'')) => self.quoted(quote)?,
            Some(c) if c.is_ascii_digit() => self.number(rest),
            Some(c) if is_name(c) || c == '\\' => self.name(rest),
            Some(c) => match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
                // `a?.5:1` is a choice.
                Some(&"?.") if rest[2..].starts_with(|c: char| c.is_ascii_digit()) => self.sign("?"),
                Some(sign) => self.sign(sign),
                None => {
                    self.at += c.len_utf8();
                    Token::Other
                }
            },
        };
        Ok((token, start))
    }

    /// The text of a template up to its end or to the next `${`, and whether it is the latter. `start` is where the
    /// template began.
    pub fn template(&mut self, start: usize) -> Result<(String, bool), ExprError> {
        let mut text = String::new();
        loop {
            let rest = &self.text[self.at..];
            let Some(c) = rest.chars().next() else {
                return Err(unclosed(start));
            };
            if rest.starts_with("${") {
                self.at += 2;
                return Ok((text, true));
            }
            self.at += c.len_utf8();
            match c {
                '`' => return Ok((text, false)),
                '\\' => self.escape(&mut text),
                c => text.push(c),
            }
        }
    }

    fn sign(&mut self, sign: &'static str) -> Token {
        self.at += sign.len();
        Token::Sign(sign)
    }

    fn number(&mut self, rest: &str) -> Token {
        let mut end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        if let Some(power) = rest[end..].strip_prefix(['e', 'E']) {
            let digits = power.trim_start_matches(['+', '-']);
            let length = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
            end += 1 + power.len() - digits.len() + length;
        }
        self.at += end;
        rest[..end].parse().map_or(Token::Other, Token::Number)
    }

    /// A name. Exports escape the underscores in it for Markdown, which means nothing here.
    fn name(&mut self, rest: &str) -> Token {
        let mut name = String::new();
        let mut chars = rest.chars().peekable();
        while let Some(c) = chars.next() {
            let escaped = c == '\\' && chars.peek() == Some(&'_');
            if !is_name(c) && !escaped {
                break;
            }
            self.at += c.len_utf8();
            if !escaped {
                name.push(c);
            }
        }
        if name.is_empty() {
            self.at += rest.chars().next().map_or(0, char::len_utf8);
            return Token::Other;
        }
        Token::Name(name)
    }

    fn quoted(&mut self, quote: char) -> Result<Token, ExprError> {
        let start = self.at;
        let mut text = String::new();
        self.at += 1;
        while let Some(c) = self.text[self.at..].chars().next() {
            self.at += c.len_utf8();
            match c {
                '\\' => self.escape(&mut text),
                c if c == quote => return Ok(Token::Text(text)),
                c => text.push(c),
            }
        }
        Err(unclosed(start))
    }

    /// What a backslash, which was just read, stands for with what follows.
    fn escape(&mut self, text: &mut String) {
        let Some(c) = self.text[self.at..].chars().next() else { return };
        self.at += c.len_utf8();
        match c {
            'n' => text.push('\n'),
            't' => text.push('\t'),
            'r' => text.push('\r'),
            'u' => {
                let code = self.text.get(self.at..self.at + 4).and_then(|hex| u32::from_str_radix(hex, 16).ok());
                match code.and_then(char::from_u32) {
                    Some(c) => {
                        self.at += 4;
                        text.push(c);
                    }
                    None => text.push('u'),
                }
            }
            c => text.push(c),
        }
    }
}

/// The error for a text whose end is missing.
pub fn unclosed(offset: usize) -> ExprError {
    ExprError { offset, message: "the text is never closed".to_string() }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}
