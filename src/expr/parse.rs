//! The text of an expression in; a tree out, or the place of the first slip.

use super::ExprError;
use super::value::{Root, Value};

/// Brackets inside one another, and parts in all, beyond which nobody means an expression. The second bounds the depth
/// of the tree too, since every level of it is a part.
const MAX_DEPTH: usize = 48;
const MAX_PARTS: usize = 400;

#[derive(Debug)]
pub enum Expr {
    Value(Value),
    List(Vec<Expr>),
    /// A template: the texts of its parts, joined.
    Template(Vec<Expr>),
    Member {
        object: Box<Expr>,
        key: Box<Expr>,
        optional: bool,
    },
    Call {
        object: Box<Expr>,
        method: Method,
        args: Vec<Expr>,
        optional: bool,
    },
    /// Where `?.` may end early.
    Chain(Box<Expr>),
    Not(Box<Expr>),
    Sign(f64, Box<Expr>),
    Binary(Op, Box<Expr>, Box<Expr>),
    Choice(Box<Expr>, Box<Expr>, Box<Expr>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Includes,
    StartsWith,
    EndsWith,
    ToLowerCase,
    ToUpperCase,
    Trim,
    ToText,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    Nullish,
    Or,
    And,
    Equal,
    Unequal,
    Same,
    NotSame,
    Less,
    Greater,
    AtMost,
    AtLeast,
    In,
    Plus,
    Minus,
    Times,
    Divide,
    Remainder,
}

/// Binary operators: how they are written, and how tightly they bind.
const OPERATORS: &[(&str, Op, u8)] = &[
    ("??", Op::Nullish, 1),
    ("||", Op::Or, 2),
    ("&&", Op::And, 3),
    ("==", Op::Equal, 4),
    ("!=", Op::Unequal, 4),
    ("===", Op::Same, 4),
    ("!==", Op::NotSame, 4),
    ("<", Op::Less, 5),
    (">", Op::Greater, 5),
    ("<=", Op::AtMost, 5),
    (">=", Op::AtLeast, 5),
    ("in", Op::In, 5),
    ("+", Op::Plus, 6),
    ("-", Op::Minus, 6),
    ("*", Op::Times, 7),
    ("/", Op::Divide, 7),
    ("%", Op::Remainder, 7),
];

/// Longer ones first, so that `===` is not read as `==`.
const SIGNS: &[&str] = &[
    "===", "!==", "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":",
    "(", ")", "[", "]", ".", ",", "`", "}",
];

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(f64),
    Text(String),
    Name(String),
    Sign(&'static str),
    Other,
    End,
}

/// Parses a whole text.
pub fn parse(text: &str) -> Result<Expr, ExprError> {
    let mut parser = Parser { text, at: 0, start: 0, token: Token::End, depth: 0, parts: 0 };
    parser.advance()?;
    let expr = parser.expression()?;
    if parser.token != Token::End {
        return Err(parser.unexpected());
    }
    Ok(expr)
}

struct Parser<'a> {
    text: &'a str,
    /// Behind the current token.
    at: usize,
    /// Where the current token begins.
    start: usize,
    token: Token,
    depth: usize,
    parts: usize,
}

type Parsed = Result<Expr, ExprError>;

impl Parser<'_> {
    fn expression(&mut self) -> Parsed {
        self.nested(|parser| {
            let condition = parser.binary(1)?;
            if !parser.take("?")? {
                return Ok(condition);
            }
            let yes = parser.expression()?;
            parser.expect(":")?;
            let no = parser.expression()?;
            Ok(Expr::Choice(condition.into(), yes.into(), no.into()))
        })
    }

    fn binary(&mut self, weakest: u8) -> Parsed {
        let mut left = self.unary()?;
        while let Some((op, strength)) = self.operator().filter(|(_, strength)| *strength >= weakest) {
            self.count()?;
            self.advance()?;
            let right = self.binary(strength + 1)?;
            left = Expr::Binary(op, left.into(), right.into());
        }
        Ok(left)
    }

    fn operator(&self) -> Option<(Op, u8)> {
        let written = match &self.token {
            Token::Sign(sign) => sign,
            Token::Name(name) => name.as_str(),
            _ => return None,
        };
        OPERATORS.iter().find(|(sign, _, _)| *sign == written).map(|(_, op, strength)| (*op, *strength))
    }

    fn unary(&mut self) -> Parsed {
        if self.take("!")? {
            return Ok(Expr::Not(self.nested(Self::unary)?.into()));
        }
        if self.take("-")? {
            return Ok(Expr::Sign(-1.0, self.nested(Self::unary)?.into()));
        }
        if self.take("+")? {
            return Ok(Expr::Sign(1.0, self.nested(Self::unary)?.into()));
        }
        self.postfix()
    }

    /// A value with what is asked of it: `.name`, `["name"]`, `.method(…)`, each perhaps after `?.`.
    fn postfix(&mut self) -> Parsed {
        let mut object = self.primary()?;
        let mut chain = false;
        loop {
            let optional = self.take("?.")?;
            chain |= optional;
            if self.take("[")? {
                let key = self.expression()?;
                self.expect("]")?;
                object = Expr::Member { object: object.into(), key: key.into(), optional };
            } else if optional || self.take(".")? {
                object = self.member(object, optional)?;
            } else {
                break;
            }
            self.count()?;
        }
        Ok(if chain { Expr::Chain(object.into()) } else { object })
    }

    fn member(&mut self, object: Expr, optional: bool) -> Parsed {
        let start = self.start;
        let Token::Name(name) = self.token.clone() else {
            return Err(self.error(start, "a name is missing"));
        };
        self.advance()?;
        if self.token != Token::Sign("(") {
            let key = Expr::Value(Value::Text(name));
            return Ok(Expr::Member { object: object.into(), key: key.into(), optional });
        }
        let method = match &*name {
            "includes" => Method::Includes,
            "startsWith" => Method::StartsWith,
            "endsWith" => Method::EndsWith,
            "toLowerCase" => Method::ToLowerCase,
            "toUpperCase" => Method::ToUpperCase,
            "trim" => Method::Trim,
            "toString" => Method::ToText,
            _ => return Err(self.error(start, format!("the method `{name}` is unknown"))),
        };
        self.advance()?;
        let args = self.list(")")?;
        Ok(Expr::Call { object: object.into(), method, args, optional })
    }

    fn primary(&mut self) -> Parsed {
        self.count()?;
        let start = self.start;
        let expr = match self.token.clone() {
            Token::Number(number) => Expr::Value(Value::Number(number)),
            Token::Text(text) => Expr::Value(Value::Text(text)),
            Token::Name(name) => Expr::Value(match &*name {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                "null" => Value::Null,
                "undefined" => Value::Undefined,
                "NaN" => Value::Number(f64::NAN),
                "visitor" => Value::Root(Root::Visitor),
                "space" => Value::Root(Root::Space),
                "page" => Value::Root(Root::Page),
                _ => {
                    let message = format!("`{name}` is unknown: expressions read `visitor`, `space` and `page`");
                    return Err(self.error(start, message));
                }
            }),
            Token::Sign("(") => {
                self.advance()?;
                let inner = self.expression()?;
                self.expect(")")?;
                return Ok(inner);
            }
            Token::Sign("[") => {
                self.advance()?;
                return Ok(Expr::List(self.list("]")?));
            }
            Token::Sign("`") => return self.template(start),
            Token::End => return Err(self.error(start, "an expression is missing")),
            Token::Sign(_) | Token::Other => return Err(self.unexpected()),
        };
        self.advance()?;
        Ok(expr)
    }

    /// Expressions between commas, up to and with the closing sign.
    fn list(&mut self, close: &'static str) -> Result<Vec<Expr>, ExprError> {
        let mut items = Vec::new();
        while !self.take(close)? {
            items.push(self.expression()?);
            if !self.take(",")? {
                self.expect(close)?;
                break;
            }
        }
        Ok(items)
    }

    /// What stands behind the opening back-quote, which is the current token.
    fn template(&mut self, start: usize) -> Parsed {
        let mut parts = Vec::new();
        let mut text = String::new();
        loop {
            let rest = &self.text[self.at..];
            let Some(c) = rest.chars().next() else {
                return Err(self.error(start, "the text is never closed"));
            };
            if rest.starts_with("${") {
                self.count()?;
                parts.push(Expr::Value(Value::Text(std::mem::take(&mut text))));
                self.at += 2;
                self.advance()?;
                parts.push(self.expression_in(start)?);
                continue;
            }
            self.at += c.len_utf8();
            match c {
                '`' => break,
                '\\' => self.escape(&mut text),
                c => text.push(c),
            }
        }
        parts.push(Expr::Value(Value::Text(text)));
        self.advance()?;
        Ok(Expr::Template(parts))
    }

    /// The expression in `${…}`; the text goes on behind the brace, so nothing is read beyond it.
    fn expression_in(&mut self, start: usize) -> Parsed {
        if self.token == Token::End {
            return Err(self.error(start, "the text is never closed"));
        }
        let expr = self.expression()?;
        match self.token {
            Token::Sign("}") => Ok(expr),
            _ => Err(self.error(self.start, "`}` is missing")),
        }
    }

    // ---- tokens

    fn take(&mut self, sign: &str) -> Result<bool, ExprError> {
        let found = matches!(self.token, Token::Sign(here) if here == sign);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    fn expect(&mut self, sign: &str) -> Result<(), ExprError> {
        if self.take(sign)? { Ok(()) } else { Err(self.error(self.start, format!("`{sign}` is missing"))) }
    }

    fn advance(&mut self) -> Result<(), ExprError> {
        let rest = self.text[self.at..].trim_start();
        self.start = self.text.len() - rest.len();
        self.at = self.start;
        self.token = match rest.chars().next() {
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
        Ok(())
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
        Err(self.error(self.start, "the text is never closed"))
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

    // ---- limits and errors

    fn nested(&mut self, parse: impl FnOnce(&mut Self) -> Parsed) -> Parsed {
        if self.depth >= MAX_DEPTH {
            return Err(self.error(self.start, "too many parts are inside one another"));
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    fn count(&mut self) -> Result<(), ExprError> {
        self.parts += 1;
        if self.parts > MAX_PARTS { Err(self.error(self.start, "the expression is too long")) } else { Ok(()) }
    }

    fn unexpected(&self) -> ExprError {
        let token = &self.text[self.start..self.at.max(self.start)];
        let hint = if token == "=" { "; `===` compares" } else { "" };
        self.error(self.start, format!("`{token}` is not expected here{hint}"))
    }

    fn error(&self, offset: usize, message: impl Into<String>) -> ExprError {
        ExprError { offset, message: message.into() }
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}
