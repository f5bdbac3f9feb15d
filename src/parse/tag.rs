//! One GitBook tag as written (`{% hint style="info" %}`) in; its name and attributes with places out.

use crate::page::{Attr, Tag};
use std::ops::Range;

/// Reads the tag at `range` of `source`, which begins with `{%` and ends with `%}`. Never fails: what is no attribute is
/// kept as a value without a name. Returns the name apart, since `endhint` is an end tag and not a block.
pub fn read(source: &str, range: Range<usize>) -> Tag {
    let mut reader = Reader { source, at: range.start + 2, end: range.end - 2 };
    reader.skip_space();
    let name = reader.word(|c| c.is_whitespace());
    let mut tag = Tag {
        name: source[name].to_ascii_lowercase().into(),
        start: range.start as u32,
        end: range.end as u32,
        ..Tag::default()
    };
    // The rest of a condition is one expression, not a list of attributes.
    if &*tag.name == "if" {
        let rest = source[reader.at..reader.end].trim();
        let start = reader.end - source[reader.at..reader.end].trim_start().len();
        tag.attrs.push(attr("", rest, start..start + rest.len()));
        return tag;
    }
    while let Some(attr) = reader.attr() {
        tag.attrs.push(attr);
    }
    tag
}

struct Reader<'a> {
    source: &'a str,
    at: usize,
    end: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.source[self.at..self.end]
    }

    fn skip_space(&mut self) {
        self.at = self.end - self.rest().trim_start().len();
    }

    fn word(&mut self, ends: impl Fn(char) -> bool) -> Range<usize> {
        let length = self.rest().find(ends).unwrap_or(self.rest().len());
        let start = self.at;
        self.at += length;
        start..self.at
    }

    fn attr(&mut self) -> Option<Attr> {
        self.skip_space();
        if self.rest().is_empty() {
            return None;
        }
        if let Some(value) = self.quoted() {
            return Some(attr("", &unescape(&self.source[value.clone()]), value));
        }
        let name = self.word(|c| c.is_whitespace() || c == '=');
        let Some(value) = self.value(!name.is_empty()) else {
            return Some(attr(&self.source[name.clone()], "", name));
        };
        Some(attr(&self.source[name], &unescape(&self.source[value.clone()]), value))
    }

    /// What an equals sign gives to the name before it. There may be blanks around the sign, but not where it would take
    /// what is no value, such as the next attribute.
    fn value(&mut self, named: bool) -> Option<Range<usize>> {
        let before = self.at;
        if named {
            self.skip_space();
        }
        if !self.rest().starts_with('=') {
            self.at = before;
            return None;
        }
        self.at += 1;
        if let Some(value) = self.quoted() {
            return Some(value);
        }
        let after = self.at;
        self.skip_space();
        let apart = self.at > after;
        if apart
            && named
            && let Some(value) = self.quoted()
        {
            return Some(value);
        }
        self.at = after;
        Some(self.word(char::is_whitespace))
    }

    /// A value in straight or curly quotes; the range is inside the quotes.
    fn quoted(&mut self) -> Option<Range<usize>> {
        let open = self.rest().chars().next()?;
        let closers: &[char] = match open {
            '"' => &['"'],
            '\'' => &['\''],
            '“' | '”' => &['”', '“'],
            _ => return None,
        };
        let start = self.at + open.len_utf8();
        let mut escaped = false;
        for (i, c) in self.source[start..self.end].char_indices() {
            if closers.contains(&c) && !escaped {
                self.at = start + i + c.len_utf8();
                return Some(start..start + i);
            }
            escaped = c == '\\' && !escaped;
        }
        None
    }
}

fn attr(name: &str, value: &str, range: Range<usize>) -> Attr {
    Attr {
        name: name.to_ascii_lowercase().into(),
        value: value.into(),
        start: range.start as u32,
        end: range.end as u32,
        link: None,
    }
}

/// Removes Markdown's backslash escapes (old exports wrote them into values) and decodes entities.
pub fn unescape(value: &str) -> String {
    if !value.contains(['\\', '&']) {
        return value.to_string();
    }
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => {}
            _ => out.push(c),
        }
        if c == '\\' {
            out.extend(chars.next_if(char::is_ascii_punctuation));
        }
    }
    decode(&out)
}

/// Decodes HTML entities.
pub fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.to_string();
    }
    super::html::pieces(&text.replace('<', "&lt;"))
        .into_iter()
        .map(|piece| match piece {
            super::html::Piece::Text { text, .. } => text,
            _ => String::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes() {
        for (text, expected) in [
            (r#"{% hint style="info" icon='x' %}"#, "hint style=info icon=x"),
            (r#"{% tab title="AEP 3.x \(Swift\)" %}"#, "tab title=AEP 3.x (Swift)"),
            (r#"{% tab title="A &#x26; B" %}"#, "tab title=A & B"),
            (r#"{% tab title="say \"x\"" %}"#, r#"tab title=say "x""#),
            ("{% hint style=“info” %}", "hint style=info"),
            ("{% api-parameter required=true name=x %}", "api-parameter required=true name=x"),
            (r#"{% include "../x.md" %}"#, "include =../x.md"),
            ("{% columns fullWidth %}", "columns fullwidth="),
            ("{% endhint %}", "endhint"),
            (r#"{% if visitor.claims.a === "b" && !c %}"#, r#"if =visitor.claims.a === "b" && !c"#),
            ("{% Hint %}", "hint"),
            (r#"{% x a="open %}"#, r#"x a="open"#),
            (r#"{% x a = "b" c= 'd' e ="f" %}"#, "x a=b c=d e=f"),
            (r#"{% x a= b="c" %}"#, "x a= b=c"),
            (r#"{% x a= b %}"#, "x a= b="),
            (r#"{% x a =b c = %}"#, "x a=b c="),
            (r#"{% x = "a" %}"#, "x = =a"),
        ] {
            let tag = read(text, 0..text.len());
            let attrs: Vec<String> = tag.attrs.iter().map(|a| format!(" {}={}", a.name, a.value)).collect();
            assert_eq!(format!("{}{}", tag.name, attrs.concat()), expected);
            for attr in &tag.attrs {
                assert!(text.is_char_boundary(attr.start as usize) && attr.end as usize <= text.len());
            }
        }
    }
}
