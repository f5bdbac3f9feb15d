//! Writes HTML: elements, attributes and text in, a well-formed string out.

/// A piece of HTML being written. Elements are closed in the order in which they were opened.
#[derive(Default)]
pub struct Html {
    out: String,
    open: Vec<&'static str>,
}

impl Html {
    /// Opens an element. Attributes are written in order; the values are escaped here.
    pub fn open(&mut self, name: &'static str, attrs: &[(&str, &str)]) {
        self.start(name, attrs);
        self.open.push(name);
    }

    /// Writes an element that has no end tag (`br`, `img`).
    pub fn void(&mut self, name: &str, attrs: &[(&str, &str)]) {
        self.start(name, attrs);
    }

    fn start(&mut self, name: &str, attrs: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attrs {
            self.out.push(' ');
            self.out.push_str(key);
            // A bare attribute is written for the empty value, except where emptiness says something.
            if !value.is_empty() || *key == "alt" || *key == "href" || *key == "value" {
                self.out.push_str("=\"");
                escape_into(&mut self.out, value);
                self.out.push('"');
            }
        }
        self.out.push('>');
    }

    /// Closes the innermost open element.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    pub fn text(&mut self, text: &str) {
        escape_text_into(&mut self.out, text);
    }

    /// An element that holds only text.
    pub fn element(&mut self, name: &'static str, attrs: &[(&str, &str)], text: &str) {
        self.open(name, attrs);
        self.text(text);
        self.close();
    }

    /// HTML that is known to be well-formed.
    pub fn raw(&mut self, html: &str) {
        self.out.push_str(html);
    }

    pub fn newline(&mut self) {
        if !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// Whether an element of this name is open.
    pub fn inside(&self, name: &str) -> bool {
        self.open.contains(&name)
    }

    /// The innermost open element.
    pub fn parent(&self) -> Option<&'static str> {
        self.open.last().copied()
    }

    /// The innermost open element with one of these names.
    pub fn innermost(&self, names: &[&str]) -> Option<&'static str> {
        self.open.iter().rfind(|name| names.contains(name)).copied()
    }

    /// Whether an open element allows only text and marks below it, no blocks.
    pub fn phrasing(&self) -> bool {
        self.open.iter().any(|name| PHRASING.contains(name))
    }

    /// Whether a link or button is open, in which no other can stand.
    pub fn interactive(&self) -> bool {
        self.inside("a") || self.inside("button")
    }

    pub fn len(&self) -> usize {
        self.out.len()
    }

    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// What was written since the text had this length; used to move a part elsewhere.
    pub fn split_off(&mut self, at: usize) -> String {
        self.out.split_off(at)
    }

    /// Closes what is still open and returns the text.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }
}

/// Elements that hold phrasing content only. `a`, `ins` and `del` are not here: they allow what their parent allows.
const PHRASING: [&str; 38] = [
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "span", "strong", "em", "b", "i", "u", "s", "code", "kbd", "sub",
    "sup", "small", "mark", "abbr", "q", "cite", "time", "var", "samp", "dfn", "bdi", "bdo", "ruby", "rt", "rp",
    "button", "summary", "label", "legend", "output",
];

/// Escapes for text and for attribute values in double quotes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(&mut out, text);
    out
}

/// Appends text escaped as [`escape`] does it. Control characters, which cannot stand in HTML or XML, are left out; NUL is
/// U+FFFD, as in CommonMark.
pub fn escape_into(out: &mut String, text: &str) {
    write_escaped(out, text, &SPECIAL);
}

/// The same for text between tags of HTML, where quotes and `>` mean nothing: code is full of them.
pub fn escape_text_into(out: &mut String, text: &str) {
    write_escaped(out, text, &SPECIAL_IN_TEXT);
}

fn write_escaped(out: &mut String, text: &str, special: &[bool; 256]) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if !special[byte as usize] {
            continue;
        }
        out.push_str(&text[from..at]);
        out.push_str(match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            0 => "\u{FFFD}",
            _ => "",
        });
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// The bytes that are not written as they are. A table, because nearly every byte of a site is looked up here.
static SPECIAL: [bool; 256] = special(true);
static SPECIAL_IN_TEXT: [bool; 256] = special(false);

const fn special(quoted: bool) -> [bool; 256] {
    let mut special = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        special[byte] = matches!(byte as u8, b'&' | b'<' | 0..=8 | 11 | 14..=31 | 127)
            || (quoted && matches!(byte as u8, b'>' | b'"'));
        byte += 1;
    }
    special
}
