//! Classified pieces of code in, HTML out.

use crate::html::escape_text_into;

/// What a token is to the style sheet; the letter is the class that it gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Plain,
    Keyword,
    Text,
    Constant,
    Comment,
    Function,
    Type,
    /// A variable, an attribute, a key.
    Name,
    Operator,
    /// Written plain: every second token is one, and a colour for it would double what code weighs.
    Punctuation,
    /// A tag, a heading.
    Markup,
    /// A macro, a decorator, an annotation.
    Macro,
    Deleted,
    Inserted,
    /// What a terminal shows before a command; nobody types it, so nobody copies it.
    Prompt,
    /// What a command prints.
    Output,
}

impl Class {
    fn letter(self) -> &'static str {
        match self {
            Class::Plain | Class::Punctuation => "",
            Class::Keyword => "k",
            Class::Text => "s",
            Class::Constant => "n",
            Class::Comment => "c",
            Class::Function => "f",
            Class::Type => "t",
            Class::Name => "v",
            Class::Operator => "o",
            Class::Markup => "g",
            Class::Macro => "m",
            Class::Deleted => "d",
            Class::Inserted => "a",
            Class::Prompt => "q",
            Class::Output => "u",
        }
    }
}

/// Joins equal neighbours, keeps white space at the edges out of the elements, and lets none cross a line's end.
pub struct Writer {
    out: String,
    open: Class,
    /// White space that belongs to the open element only if more of its class follows.
    space: String,
}

impl Writer {
    /// For code of this length.
    pub fn new(length: usize) -> Writer {
        Writer { out: String::with_capacity(length * 2), open: Class::Plain, space: String::new() }
    }

    /// Writes the next piece of the code. All pieces together must be the code.
    pub fn push(&mut self, class: Class, text: &str) {
        let class = if class == Class::Punctuation { Class::Plain } else { class };
        let mut rest = text;
        while let Some(end) = rest.bytes().position(|byte| byte == b'\n') {
            self.line(class, &rest[..end]);
            self.close();
            self.out.push('\n');
            rest = &rest[end + 1..];
        }
        self.line(class, rest);
    }

    fn line(&mut self, class: Class, text: &str) {
        let Some(start) = text.bytes().position(|byte| !byte.is_ascii_whitespace()) else {
            return self.space.push_str(text);
        };
        let word = text[start..].trim_ascii_end();
        self.space.push_str(&text[..start]);
        if class != self.open {
            self.close();
            self.open(class);
        }
        self.out.push_str(&self.space);
        self.space.clear();
        escape_text_into(&mut self.out, word);
        self.space.push_str(&text[start + word.len()..]);
    }

    fn open(&mut self, class: Class) {
        self.open = class;
        if class != Class::Plain {
            // Without quotes, which one letter does not need: a page of code has thousands of these.
            self.out.push_str("<i class=");
            self.out.push_str(class.letter());
            self.out.push('>');
        }
    }

    fn close(&mut self) {
        if self.open != Class::Plain {
            self.out.push_str("</i>");
            self.open = Class::Plain;
        }
        self.out.push_str(&self.space);
        self.space.clear();
    }

    pub fn finish(mut self) -> String {
        self.close();
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Class::{Comment, Keyword, Plain, Text};

    #[test]
    fn neighbours_join_and_lines_close() {
        let cases: &[(&[(Class, &str)], &str)] = &[
            (&[(Keyword, "pub"), (Plain, " "), (Keyword, "fn"), (Plain, " x")], r#"<i class=k>pub fn</i> x"#),
            (&[(Comment, "/* a\n\n  b */\n")], "<i class=c>/* a</i>\n\n  <i class=c>b */</i>\n"),
            (&[(Keyword, "a\n"), (Keyword, "b")], "<i class=k>a</i>\n<i class=k>b</i>"),
            (&[(Text, " \"<\" "), (Plain, "")], r#" <i class=s>"&lt;"</i> "#),
            (&[(Plain, ""), (Keyword, "  ")], "  "),
        ];
        for (pieces, expected) in cases {
            let mut writer = Writer::new(0);
            for (class, text) in *pieces {
                writer.push(*class, text);
            }
            assert_eq!(writer.finish(), *expected);
        }
    }
}
