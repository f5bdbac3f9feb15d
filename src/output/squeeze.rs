//! Style sheets and scripts of the theme in, the same without what only their authors read out: comments, indents, and
//! rules for blocks that do not occur in the book.

mod names;
mod token;

use names::Use;
use token::Token;

/// A style sheet without its comments and the spaces between its words that mean nothing. `used` says whether the rules
/// between `/*? name */` and `/*.*/` are needed.
pub fn css(text: &str, used: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            let (inner, after) = comment.split_once("*/").unwrap_or((comment, ""));
            let unused = inner.strip_prefix('?').is_some_and(|name| !used(name.trim()));
            rest = if unused { after.split_once("/*.*/").map_or("", |(_, after)| after) } else { after };
        } else if c == '"' || c == '\'' {
            let length = string(rest, c);
            out.push_str(&rest[..length]);
            rest = &rest[length..];
        } else if c.is_ascii_whitespace() {
            rest = rest.trim_ascii_start();
            let before = out.chars().next_back().is_none_or(|c| matches!(c, '{' | '}' | ';' | ',' | ':'));
            let after = rest.chars().next().is_none_or(|c| matches!(c, '{' | '}'));
            if !before && !after {
                out.push(' ');
            }
        } else {
            if c == '}' && out.ends_with(';') {
                out.pop();
            }
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// The length of a quoted string with its quotes.
fn string(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if c == quote && !escaped {
            return at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    text.len()
}

/// A script without comments, with the spaces and line ends that part its words, and with short names for what it declares.
pub fn js(text: &str) -> String {
    let tokens = token::tokens(text);
    let (uses, names) = names::shorter(&tokens);
    let mut out = String::with_capacity(text.len() / 2);
    for (token, used) in tokens.iter().zip(uses) {
        let short = names.get(token.text).filter(|_| used != Use::Fixed);
        separate(&mut out, token, short.map_or(token.text, |name| name));
        if let Some(short) = short {
            if used == Use::Both {
                out.push_str(token.text);
                out.push(':');
            }
            out.push_str(short);
        } else {
            if token.is("}") && out.ends_with(';') {
                out.pop();
            }
            out.push_str(token.text);
        }
    }
    out.push('\n');
    out
}

/// What has to stand between what is written and the next token.
fn separate(out: &mut String, token: &Token, text: &str) {
    let (Some(before), Some(after)) = (out.chars().next_back(), text.chars().next()) else { return };
    let in_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    // A line's end may end a statement.
    let ended = in_name(before) || matches!(before, ')' | ']' | '}' | '"' | '\'' | '`' | '/');
    if token.first
        && ended
        && (in_name(after) || matches!(after, '{' | '!' | '~' | '"' | '\'' | '`' | '[' | '(' | '+' | '-'))
    {
        out.push('\n');
    } else if in_name(before) && in_name(after) || before == after && matches!(before, '+' | '-' | '/') {
        out.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles() {
        for (text, expected) in [
            ("/* a */\n@layer a, b;\n", "@layer a,b;"),
            ("a {\n  color: red;\n  margin: 0 auto;\n}\n\nb { c: d; }", "a{color:red;margin:0 auto}b{c:d}"),
            (
                "a :is(b, c) > d::after { content: \" ; /* } \\\" \" / \"\"; }",
                "a :is(b,c) > d::after{content:\" ; /* } \\\" \" / \"\"}",
            ),
            ("@media (width < 640px) { a { b: calc(1px + 2px) } }", "@media (width < 640px){a{b:calc(1px + 2px)}}"),
            ("a{}/*? yes */ b {} /*.*/ c{}", "a{}b{}c{}"),
            ("a{}/*? no */ b {} /*.*/ c{}", "a{}c{}"),
            ("a{}/*? no */ b {}", "a{}"),
            ("a{b:'", "a{b:'"),
            ("/*", ""),
        ] {
            assert_eq!(css(text, |name| name == "yes"), expected, "{text}");
        }
    }

    #[test]
    fn scripts() {
        for (text, expected) in [
            ("/* a */\n  // b\n\n  f(\"// c\"); // d\n", "f(\"// c\");\n"),
            (
                "const one = 1, two = one;\nlet { three, four: [five = one] } = two;",
                "const a=1,b=a;let{three:d,four:[c=a]}=b;\n",
            ),
            ("const one = { one, two: one.one };", "const a={one:a,two:a.one};\n"),
            ("const f = (one, { two = 1 }) => one ? two : { one };", "const c=(a,{two:b=1})=>a?b:{one:a};\n"),
            ("const word = 1; g(`word ${word + `${word}`} }`);", "const a=1;g(`word ${a+`${a}`} }`);\n"),
            ("const word = 2; h(1 / word / 2, /word[/]\\//g.test(word))", "const a=2;h(1/a/2,/word[/]\\//g.test(a))\n"),
            ("const name = 1; name + +name - -name", "const name=1;name+ +name- -name\n"),
            ("a()\nb()\nif (x) { y(); }\nelse z", "a()\nb()\nif(x){y()}\nelse z\n"),
            ("for (const [key, value] of list) key in value;", "for(const[a,b]of list)a in b;\n"),
            ("const one = two => a(one, two);", "const b=c=>a(b,c);\n"),
            ("`", "`\n"),
            ("/", "/\n"),
            ("} ) const", "})const\n"),
        ] {
            assert_eq!(js(text), expected, "{text}");
        }
    }
}
