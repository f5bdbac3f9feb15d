//! Style sheets and scripts of the theme in, the same without what only their authors read out: comments, indents, and
//! rules for blocks that do not occur in the book.

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

/// A script without lines of comment and without indents. Lines stay lines, since a script may mean them.
pub fn js(text: &str) -> String {
    let comment = |line: &str| line.starts_with("//") || (line.starts_with("/*") && line.ends_with("*/"));
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !comment(line));
    lines.map(|line| format!("{line}\n")).collect()
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
        assert_eq!(js("/* gone */\n  // gone\n\n  a(\"// kept\"); // kept\n"), "a(\"// kept\"); // kept\n");
    }
}
