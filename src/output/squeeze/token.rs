//! A script in, its tokens out. It reads what our own scripts are written in, not every script there could be.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A name or a word of the language.
    Word,
    /// A number, a string, a pattern, or a piece of a template.
    Value,
    Sign,
}

#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    pub kind: Kind,
    pub text: &'a str,
    /// Whether it begins a line.
    pub first: bool,
}

impl Token<'_> {
    pub fn is(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.text == sign
    }

    /// Whether a bracket opens here, or a template is interrupted by an expression.
    pub fn opens(&self) -> bool {
        match self.kind {
            Kind::Sign => matches!(self.text, "(" | "[" | "{"),
            Kind::Value => self.text.starts_with(['`', '}']) && self.text.ends_with("${"),
            Kind::Word => false,
        }
    }

    /// Whether a bracket closes here, or a template goes on.
    pub fn closes(&self) -> bool {
        match self.kind {
            Kind::Sign => matches!(self.text, ")" | "]" | "}"),
            Kind::Value => self.text.starts_with('}'),
            Kind::Word => false,
        }
    }
}

/// Signs of several characters, the longest first.
const SIGNS: [&str; 27] = [
    "??=", "||=", "&&=", "===", "!==", "...", "**=", "=>", "?.", "??", "||", "&&", "==", "!=", "<=", ">=", "++", "--",
    "+=", "-=", "*=", "/=", "%=", "**", "|=", "&=", "^=",
];

/// Words after which a value begins, so that a slash there begins a pattern.
const BEFORE_VALUES: [&str; 9] = ["return", "typeof", "case", "in", "of", "else", "delete", "throw", "await"];

pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = text;
    let mut first = true;
    // Of each open brace: whether it is an expression within a template.
    let mut braces: Vec<bool> = Vec::new();
    while let Some(c) = rest.chars().next() {
        if c.is_whitespace() {
            first |= c == '\n';
            rest = &rest[c.len_utf8()..];
            continue;
        }
        if rest.starts_with("//") {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
            continue;
        }
        if rest.starts_with("/*") {
            rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
            continue;
        }
        let (kind, length) = if c == '"' || c == '\'' {
            (Kind::Value, super::string(rest, c))
        } else if c == '`' {
            (Kind::Value, template(rest))
        } else if c == '}' && braces.last() == Some(&true) {
            braces.pop();
            (Kind::Value, template(rest))
        } else if c == '/' && is_pattern(tokens.last()) {
            (Kind::Value, pattern(rest))
        } else if c.is_ascii_digit() {
            (Kind::Value, span(rest, |c| c.is_ascii_alphanumeric() || c == '.'))
        } else if is_name(c) {
            (Kind::Word, span(rest, is_name))
        } else {
            let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
            (Kind::Sign, sign.map_or(c.len_utf8(), |sign| sign.len()))
        };
        let token = Token { kind, text: &rest[..length], first };
        if token.is("{") || kind == Kind::Value && token.opens() {
            braces.push(kind == Kind::Value);
        } else if token.is("}") {
            braces.pop();
        }
        tokens.push(token);
        rest = &rest[length..];
        first = false;
    }
    tokens
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

fn span(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// The length of a template, or of its part, up to its end or to the next expression with the signs of both.
fn template(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '`' => return at + 1,
            '{' if text[..at].ends_with('$') => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Whether a slash after this token begins a pattern: it is a division after what can be a value.
fn is_pattern(before: Option<&Token>) -> bool {
    before.is_none_or(|token| match token.kind {
        Kind::Sign => !matches!(token.text, ")" | "]" | "}"),
        Kind::Word => BEFORE_VALUES.contains(&token.text),
        Kind::Value => token.opens(),
    })
}

/// The length of a pattern with its flags.
fn pattern(text: &str) -> usize {
    let (mut escaped, mut class) = (false, false);
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => class = true,
            ']' => class = false,
            '/' if !class => return at + 1 + span(&text[at + 1..], is_name),
            '\n' => return 1,
            _ => {}
        }
    }
    text.len()
}
