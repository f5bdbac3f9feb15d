//! The form of a case: prose, then sections that begin with `-- header --`; text in, sections out and back.
//!
//! | header | section |
//! |---|---|
//! | `-- a/page.md --` | a text of the book |
//! | `-- a/page.md [crlf, escapes] --` | the same, changed before it is read: see [`Change`] |
//! | `-- asset a/image.png 2048 640x480 --` | any other file: its size, and its dimensions if it is an image |
//! | `-- expect report --` | all diagnostics; a case without this section expects none |
//! | `-- expect report json --` | the same in one of the formats of `check` |
//! | `-- expect body a/page.md --` | the HTML of the page that shows this file |
//! | `-- expect … --` | the other kinds: see `actual.rs` |
//!
//! Files that make a plugin instead of a book are checked as one, and have a report only.

/// A case as it stands in its file.
pub struct Case {
    prose: String,
    sections: Vec<Section>,
}

/// A header and the lines up to the next.
#[derive(Clone)]
pub struct Section {
    pub head: Head,
    pub text: String,
}

#[derive(Clone, PartialEq)]
pub enum Head {
    Text {
        path: String,
        changes: Vec<Change>,
    },
    Asset {
        path: String,
        bytes: u64,
        dimensions: Option<(u32, u32)>,
    },
    /// What is expected (`body`), and of what (a path, or nothing).
    Expect {
        kind: String,
        of: String,
    },
}

/// What cannot be written in a case file as it is meant.
#[derive(Clone, Copy, PartialEq)]
pub enum Change {
    /// Lines end with CR LF.
    Crlf,
    /// The text begins with a byte order mark.
    Bom,
    /// The last line has no end.
    NoNewline,
    /// `\u{200b}` stands for the character.
    Escapes,
    /// The same, and `\u{fffd}` stands for a byte that was no UTF-8.
    Invalid,
}

const CHANGES: [(&str, Change); 5] = [
    ("crlf", Change::Crlf),
    ("bom", Change::Bom),
    ("no-newline", Change::NoNewline),
    ("escapes", Change::Escapes),
    ("invalid", Change::Invalid),
];

impl Case {
    pub fn parse(text: &str) -> Result<Case, String> {
        let mut prose = String::new();
        let mut sections: Vec<Section> = Vec::new();
        for line in text.split_inclusive('\n') {
            let header = line.trim_end().strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --"));
            match (header, sections.last_mut()) {
                (Some(header), _) => sections.push(Section { head: Head::parse(header)?, text: String::new() }),
                (None, Some(section)) => section.text.push_str(line),
                (None, None) => prose.push_str(line),
            }
        }
        if prose.trim().is_empty() {
            return Err("a case begins with a sentence that says its idea".to_string());
        }
        Ok(Case { prose, sections })
    }

    pub fn print(&self) -> String {
        let sections: Vec<String> = self.sections.iter().map(|section| section.header() + &section.text).collect();
        self.prose.clone() + &sections.concat()
    }

    /// The sections that are not expectations.
    pub fn input(&self) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(|section| !section.head.is_expect())
    }

    /// What is expected. An absent report is an empty one.
    pub fn expected(&self) -> Vec<Section> {
        let mut all: Vec<Section> = self.sections.iter().filter(|section| section.head.is_expect()).cloned().collect();
        if !all.iter().any(|section| section.head == Head::report()) {
            all.insert(0, Section { head: Head::report(), text: String::new() });
        }
        all
    }

    /// Puts other expectations in the place of these; a report without findings is left out.
    pub fn replace(&mut self, mut expected: Vec<Section>) {
        expected.retain(|section| section.head != Head::report() || !section.text.is_empty());
        self.sections.retain(|section| !section.head.is_expect());
        self.sections.append(&mut expected);
    }
}

impl Head {
    pub fn report() -> Head {
        Head::Expect { kind: "report".to_string(), of: String::new() }
    }

    fn is_expect(&self) -> bool {
        matches!(self, Head::Expect { .. })
    }

    fn parse(header: &str) -> Result<Head, String> {
        if let Some(rest) = header.strip_prefix("expect ") {
            let (kind, of) = rest.split_once(' ').unwrap_or((rest, ""));
            return Ok(Head::Expect { kind: kind.to_string(), of: of.to_string() });
        }
        if let Some(rest) = header.strip_prefix("asset ") {
            let wrong = || format!("`{header}` is not `asset PATH BYTES [WIDTHxHEIGHT]`");
            let (mut rest, mut last) = rest.rsplit_once(' ').ok_or_else(wrong)?;
            let dimensions = last.split_once('x').and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
            if dimensions.is_some() {
                (rest, last) = rest.rsplit_once(' ').ok_or_else(wrong)?;
            }
            let bytes = last.parse().map_err(|_| wrong())?;
            return Ok(Head::Asset { path: rest.to_string(), bytes, dimensions });
        }
        let (path, changes) = match header.strip_suffix(']').and_then(|rest| rest.split_once(" [")) {
            None => (header, Vec::new()),
            Some((path, words)) => {
                let find = |word: &str| CHANGES.iter().find(|(name, _)| *name == word).map(|(_, change)| *change);
                let changes: Option<Vec<Change>> = words.split(", ").map(find).collect();
                (path, changes.ok_or_else(|| format!("`[{words}]` names an unknown change"))?)
            }
        };
        Ok(Head::Text { path: path.to_string(), changes })
    }
}

impl Section {
    /// The line that begins the section.
    pub fn header(&self) -> String {
        let inner = match &self.head {
            Head::Expect { kind, of } if of.is_empty() => format!("expect {kind}"),
            Head::Expect { kind, of } => format!("expect {kind} {of}"),
            Head::Asset { path, bytes, dimensions: None } => format!("asset {path} {bytes}"),
            Head::Asset { path, bytes, dimensions: Some((w, h)) } => format!("asset {path} {bytes} {w}x{h}"),
            Head::Text { path, changes } if changes.is_empty() => path.clone(),
            Head::Text { path, changes } => {
                let words: Vec<&str> = changes
                    .iter()
                    .filter_map(|c| CHANGES.iter().find(|(_, change)| change == c))
                    .map(|(w, _)| *w)
                    .collect();
                format!("{path} [{}]", words.join(", "))
            }
        };
        format!("-- {inner} --\n")
    }

    /// The text as the book holds it.
    pub fn changed(&self, changes: &[Change]) -> String {
        let mut text = self.text.clone();
        if changes.contains(&Change::Escapes) || changes.contains(&Change::Invalid) {
            text = unescape(&text);
        }
        if changes.contains(&Change::NoNewline) {
            text.truncate(text.trim_end_matches('\n').len());
        }
        if changes.contains(&Change::Crlf) {
            text = text.replace('\n', "\r\n");
        }
        if changes.contains(&Change::Bom) { format!("\u{feff}{text}") } else { text }
    }
}

/// `\u{200b}` becomes the character; anything else stays.
fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("\\u{") {
        let (before, escape) = rest.split_at(at);
        let end = escape.find('}').unwrap_or(escape.len() - 1);
        let code = u32::from_str_radix(&escape[3..end.max(3)], 16).ok().and_then(char::from_u32);
        out.push_str(before);
        match code {
            Some(character) => out.push(character),
            None => out.push_str(&escape[..=end]),
        }
        rest = &escape[end + 1..];
    }
    out + rest
}

/// Writes characters that nobody can see as `\u{…}`, so that an expectation shows them.
pub fn visible(text: &str) -> String {
    let hidden = |c: char| match c {
        '\n' | '\t' => false,
        '\u{a0}' | '\u{ad}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{2060}' => true,
        _ => c.is_control(),
    };
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if hidden(character) {
            out.push_str(&format!("\\u{{{:x}}}", character as u32));
        } else {
            out.push(character);
        }
    }
    out
}
