//! The text of an expression in; a tree out, or the place of the first slip.

use super::ExprError;
use super::token::{Token, Tokens, unclosed};
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

/// Parses a whole text.
pub fn parse(text: &str) -> Result<Expr, ExprError> {
    let mut parser = Parser { tokens: Tokens { text, at: 0 }, start: 0, token: Token::End, depth: 0, parts: 0 };
    parser.advance()?;
    let expr = parser.expression()?;
    if parser.token != Token::End {
        return Err(parser.unexpected());
    }
    Ok(expr)
}

struct Parser<'a> {
    /// What follows the current token.
    tokens: Tokens<'a>,
    token: Token,
    /// Where the current token begins.
    start: usize,
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
        loop {
            let (text, goes_on) = self.tokens.template(start)?;
            parts.push(Expr::Value(Value::Text(text)));
            if !goes_on {
                break;
            }
            self.count()?;
            self.advance()?;
            if self.token == Token::End {
                return Err(unclosed(start));
            }
            parts.push(self.expression()?);
            // The text goes on right behind the brace, so nothing is read beyond it.
            if self.token != Token::Sign("}") {
                return Err(self.error(self.start, "`}` is missing"));
            }
        }
        self.advance()?;
        Ok(Expr::Template(parts))
    }

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
        (self.token, self.start) = self.tokens.next()?;
        Ok(())
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
        let token = &self.tokens.text[self.start..self.tokens.at];
        let hint = if token == "=" { "; `===` compares" } else { "" };
        self.error(self.start, format!("`{token}` is not expected here{hint}"))
    }

    fn error(&self, offset: usize, message: impl Into<String>) -> ExprError {
        ExprError { offset, message: message.into() }
    }
}
