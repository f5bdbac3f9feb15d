//! `SUMMARY.md` in; the table of contents out.
//!
//! The Markdown parser decides what is a list, a link and a heading; here they only get their meaning. Both dialects are
//! read: GitBook's own export, and what people write by hand (other markers, indentation by two, four or six, tags).

use super::{Entry, EntryKind, Nav};
use crate::diagnostic::Diagnostic;
use crate::page::{Kind, NodeId, Page, Role};
use crate::source::{FileId, Span};
use std::borrow::Cow;

/// Reads a table of contents. Never fails: what is no entry is reported and left out.
pub fn parse(file: FileId, text: &str) -> Nav {
    let mut problems = Vec::new();
    let blanked = blank_tag_lines(file, text, &mut problems);
    let page = crate::parse::parse(file, &blanked, |_| None);
    problems.extend(page.problems.iter().cloned());
    let mut reader = Reader { text: &blanked, page: &page, problems };
    let entries = reader.read();
    let mut problems = reader.problems;
    crate::diagnostic::sort(&mut problems);
    Nav { entries, problems }
}

/// Replaces lines that hold nothing but tags by spaces: left in, a tag would end the list around it, and what follows,
/// being indented, would be code.
fn blank_tag_lines<'a>(file: FileId, text: &'a str, problems: &mut Vec<Diagnostic>) -> Cow<'a, str> {
    if !text.contains("{%") {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if trimmed.starts_with("{%") && trimmed.ends_with("%}") {
            let start = out.len() + line.len() - line.trim_start().len();
            let span = Span::new(file, start..start + trimmed.len());
            problems.push(stray(span, "a tag has no meaning in the table of contents"));
            out.extend(line.bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { byte as char } else { ' ' }));
        } else {
            out.push_str(line);
        }
    }
    out.into()
}

struct Reader<'a> {
    text: &'a str,
    page: &'a Page,
    problems: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn read(&mut self) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut in_group = false;
        let mut begun = false;
        for id in self.page.children(0) {
            let mut found = Vec::new();
            match self.page.node(id).kind {
                // The first heading of level 1 is the title of the table itself. A later one is one of mdBook's parts.
                Kind::Heading(n) if self.page.headings[n as usize].level == 1 && !begun => begun = true,
                Kind::Heading(n) => {
                    let heading = &self.page.headings[n as usize];
                    let slug = heading.id.as_deref().map(str::to_string);
                    entries.push(self.entry(id, clean(&heading.text), EntryKind::Group { slug }));
                    (begun, in_group) = (true, true);
                    continue;
                }
                Kind::Rule => in_group = false,
                Kind::BulletList | Kind::OrderedList(_) => self.list(id, &mut found),
                _ => self.loose(id, &mut found),
            }
            begun |= !found.is_empty();
            match entries.last_mut() {
                Some(group) if in_group => group.children.append(&mut found),
                _ => entries.append(&mut found),
            }
        }
        entries
    }

    fn list(&mut self, list: NodeId, out: &mut Vec<Entry>) {
        for item in self.page.children(list) {
            self.item(item, out);
        }
    }

    /// One item: what it says itself stands before its nested lists.
    fn item(&mut self, item: NodeId, out: &mut Vec<Entry>) {
        let mut own = None;
        let mut children = Vec::new();
        for id in self.page.children(item) {
            match self.page.node(id).kind {
                Kind::BulletList | Kind::OrderedList(_) => self.list(id, &mut children),
                Kind::SoftBreak | Kind::HardBreak => {}
                Kind::CodeBlock(code) if own.is_none() && self.page.code[code as usize].fenced => {
                    own = Some(self.entry(id, String::new(), EntryKind::Computed { yaml: self.yaml(code) }));
                }
                Kind::CodeBlock(_) => self.problems.push(stray(self.span(id), CODE)),
                _ => self.words(id, &mut own),
            }
        }
        match own {
            // No page stands here that others could be below.
            Some(entry) if matches!(entry.kind, EntryKind::Computed { .. }) => {
                out.push(entry);
                out.append(&mut children);
            }
            Some(mut entry) => {
                entry.title = clean(&entry.title);
                entry.children = children;
                out.push(entry);
            }
            // An empty item with a list in it is only indentation.
            None if !children.is_empty() => out.append(&mut children),
            None => {
                self.problems.push(
                    Diagnostic::warning("empty-summary-entry", self.span(item), "an entry without a link")
                        .help("write `* [title](file.md)`, or remove the line"),
                );
            }
        }
    }

    /// Takes the words of an item into its entry: a link is the entry, words alone are a label.
    fn words(&mut self, id: NodeId, own: &mut Option<Entry>) {
        let link = (id..self.page.node(id).next).find(|n| matches!(self.page.node(*n).kind, Kind::Link(_)));
        let text = self.page.words(self.text, id);
        match (link, &mut *own) {
            (Some(link), None) => *own = self.link(link),
            // The link decides; words before it are as good as words behind it.
            (Some(link), Some(entry)) if entry.kind == EntryKind::Label => {
                let span = entry.span;
                *own = self.link(link);
                self.problems.push(beside(span));
            }
            _ if text.trim().is_empty() => {}
            (None, Some(entry)) if entry.kind == EntryKind::Label => {
                entry.title.push_str(&text);
                entry.span.end = self.page.node(id).end;
            }
            (None, None) => *own = Some(self.entry(id, text, EntryKind::Label)),
            (_, Some(_)) => self.problems.push(beside(self.span(id))),
        }
    }

    /// What stands outside lists: links alone in a paragraph are entries, as in mdBook; all else is not.
    fn loose(&mut self, id: NodeId, out: &mut Vec<Entry>) {
        let node = self.page.node(id);
        match node.kind {
            Kind::SoftBreak | Kind::HardBreak => return,
            Kind::Paragraph => {
                let links = |id: &NodeId| matches!(self.page.node(*id).kind, Kind::Link(_));
                let blank = |id: &NodeId| self.page.words(self.text, *id).trim().is_empty();
                let parts: Vec<NodeId> = self.page.children(id).collect();
                if parts.iter().any(links) && parts.iter().all(|id| links(id) || blank(id)) {
                    out.extend(parts.into_iter().filter(links).filter_map(|id| self.link(id)));
                    return;
                }
            }
            _ if self.text[self.span(id).range()].trim().is_empty() => return,
            _ => {}
        }
        let message = match node.kind {
            Kind::CodeBlock(code) if !self.page.code[code as usize].fenced => CODE,
            _ => "text that is no entry of the table of contents",
        };
        self.problems.push(stray(self.span(id), message));
    }

    fn link(&self, id: NodeId) -> Option<Entry> {
        let Kind::Link(n) = self.page.node(id).kind else { return None };
        let link = &self.page.links[n as usize];
        let kind = EntryKind::Link { dest: link.dest.to_string(), span: self.page.link_span(link) };
        let mut entry = self.entry(id, clean(&self.page.words(self.text, id)), kind);
        // `"mention"` is GitBook's own mark and names nothing.
        if link.role == Role::Text {
            entry.label = link_title(self.text.get(link.end as usize..entry.span.end as usize).unwrap_or_default());
        }
        Some(entry)
    }

    /// The lines inside a fence, whole, so that the first is indented as the others are.
    fn yaml(&self, code: u32) -> Span {
        let pieces = &self.page.code[code as usize].text.pieces;
        let (start, end) = match (pieces.first(), pieces.last()) {
            (Some(first), Some(last)) => (first.start as usize, last.end as usize),
            _ => return Span { file: self.page.file, start: 0, end: 0 },
        };
        let indent = self.text[..start].bytes().rev().take_while(|b| matches!(b, b' ' | b'\t')).count();
        Span::new(self.page.file, start - indent..end)
    }

    fn entry(&self, id: NodeId, title: String, kind: EntryKind) -> Entry {
        Entry { title, label: None, kind, span: self.span(id), children: Vec::new() }
    }

    /// The node's place without white space around it: items reach into the line below.
    fn span(&self, id: NodeId) -> Span {
        let Span { file, start, end } = self.page.span(self.page.node(id));
        let text = &self.text[start as usize..end as usize];
        let end = end - (text.len() - text.trim_end().len()) as u32;
        Span { file, start: (start + (text.len() - text.trim_start().len()) as u32).min(end), end }
    }
}

/// The title in what follows a link's address: ` "short name")`.
fn link_title(rest: &str) -> Option<String> {
    let rest = rest.trim_start_matches('>').strip_suffix(')')?.trim();
    let inner = [('"', '"'), ('\'', '\''), ('(', ')')]
        .iter()
        .find_map(|(open, close)| rest.strip_prefix(*open)?.strip_suffix(*close))?;
    let title = clean(&crate::parse::unescape(inner));
    (!title.is_empty()).then_some(title)
}

/// One line without the invisible characters that old exports left at its ends.
fn clean(text: &str) -> String {
    let invisible = |c: char| c.is_whitespace() || matches!(c, '\u{200B}' | '\u{200C}' | '\u{FEFF}');
    text.trim_matches(invisible).split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

const CODE: &str = "text indented so far that it is code, not a list";

fn stray(span: Span, message: &str) -> Diagnostic {
    Diagnostic::warning("stray-summary-text", span, message)
        .help("write an entry as `* [title](file.md)`, a group as `## Name`, and remove what is neither")
}

fn beside(span: Span) -> Diagnostic {
    Diagnostic::warning("stray-summary-text", span, "text beside the entry's link is not shown")
        .help("take it into the link's text, or remove it")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One line per entry: indentation, kind, title, address.
    fn show(entries: &[Entry], text: &str, depth: usize, out: &mut String) {
        for entry in entries {
            let label = entry.label.as_deref().map(|label| format!(" ({label})")).unwrap_or_default();
            let kind = match &entry.kind {
                EntryKind::Group { slug } => format!("#{}", slug.as_deref().unwrap_or_default()),
                EntryKind::Link { dest, span } => {
                    // The place holds the address as the author wrote it.
                    assert!(*dest == text[span.range()] || text[span.range()].contains(['\\', '&', ']']), "{text}");
                    dest.clone()
                }
                EntryKind::Label => "-".to_string(),
                EntryKind::Computed { yaml } => format!("{:?}", &text[yaml.range()]),
            };
            out.push_str(&format!("{}{}{label} {kind}\n", "  ".repeat(depth), entry.title));
            show(&entry.children, text, depth + 1, out);
        }
    }

    fn check(text: &str, expected: &str, problems: &[&str]) {
        let nav = parse(FileId(0), text);
        let mut shown = String::new();
        show(&nav.entries, text, 0, &mut shown);
        assert_eq!(shown.trim_end(), expected, "{text}");
        let found: Vec<String> =
            nav.problems.iter().map(|p| format!("{}: {}", p.rule, &text[p.span.range()])).collect();
        assert_eq!(found, problems, "{text}");
    }

    #[test]
    fn machine_written() {
        let text = "\u{FEFF}# Table of contents\n\n* [Welcome](README.md)\n\n\
            ## 入門 <a href=\"#getting-started\" id=\"getting-started\"></a>\n\n\
            * [Quick \\(3.x\\)](a/README.md \"Quick\")\n  * [`code` &#x26; 🎉](a/b.md)\n\n***\n\n* [Skill](<s k.md>)\n";
        let expected = "Welcome README.md\n入門 #getting-started\n  Quick (3.x) (Quick) a/README.md\n    code & 🎉 a/b.md\nSkill s k.md";
        check(text, expected, &[]);
        check(&text.replace('\n', "\r\n"), expected, &[]);
    }

    #[test]
    fn entries() {
        for (text, expected) in [
            ("* [A](a.md#x)", "A a.md#x"),
            ("* [A](a%20b.md)", "A a%20b.md"),
            (r"* [A](m-\[x].md)", "A m-[x].md"),
            ("* [A](https://x.y/?a&amp;b)", "A https://x.y/?a&b"),
            ("* [A](a.md 'say \\'a\\' &amp; b')", "A (say 'a' & b) a.md"),
            ("* [A](a.md \"mention\")", "A a.md"),
            ("* [A](a.md)\n* [A](a.md)", "A a.md\nA a.md"),
            ("* [](a.md)", " a.md"),
            ("* **[A *b*](a.md)**", "A b a.md"),
            ("* [follow\\_symlinks <x>](a.md)", "follow_symlinks <x> a.md"),
            ("- RPC\n  - [A](a.md)\n\n  - [B](b.md)", "RPC -\n  A a.md\n  B b.md"),
            (
                "+ [A](a.md)\n    + [B](b.md)\n      + [C](c.md)\n  + [D](d.md)",
                "A a.md\n  B b.md\n    C c.md\n  D d.md",
            ),
            ("1. [A](a.md)\n2. [B](b.md)", "A a.md\nB b.md"),
            ("* * [A](a.md)", "A a.md"),
            ("[A](a.md)\n[B](b.md)\n\n# Part\n\n- [C](c.md)", "A a.md\nB b.md\nPart #\n  C c.md"),
            ("# T\n\n# Part\n- [C](c.md)", "Part #\n  C c.md"),
            ("### Deep\n* [A](a.md)\n---\n* [B](b.md)", "Deep #\n  A a.md\nB b.md"),
            ("## A\n\n## B", "A #\nB #"),
            ("<!-- note -->\n# T\n* [A](a.md)", "A a.md"),
            ("", ""),
        ] {
            check(text, expected, &[]);
        }
    }

    #[test]
    fn computed_entries_keep_their_indentation() {
        check(
            "* [A](a.md)\n  * ```yaml\n    type: x\n    props:\n      a: 1\n    ```\n  * [B](b.md)\n",
            "A a.md\n   \"    type: x\\n    props:\\n      a: 1\\n\"\n  B b.md",
            &[],
        );
    }

    #[test]
    fn what_is_no_entry_is_reported() {
        for (text, expected, problems) in [
            (
                "* [A](a.md)\n  * [B](b.md)\n{% endif %}\n  * [C](c.md)\n",
                "A a.md\n  B b.md\n  C c.md",
                &["stray-summary-text: {% endif %}"][..],
            ),
            ("Hello\n\n* [A](a.md)", "A a.md", &["stray-summary-text: Hello"]),
            ("* [A](a.md) new\n", "A a.md", &["stray-summary-text: new"]),
            ("* See [A](a.md)", "A a.md", &["stray-summary-text: See"]),
            ("* [A](a.md)\n*\n", "A a.md", &["empty-summary-entry: *"]),
            ("# T\n\n    * [A](a.md)\n", "", &["stray-summary-text: * [A](a.md)"]),
        ] {
            check(text, expected, problems);
        }
    }

    #[test]
    fn hostile_input_ends() {
        let deep: String = (0..3000).map(|n| format!("{}* [a](a.md)\n", "  ".repeat(n))).collect();
        for text in
            [deep, "* ".repeat(20_000), "* [a](a.md)\n".repeat(20_000), "{%".repeat(20_000), "> ".repeat(20_000)]
        {
            parse(FileId(0), &text);
        }
    }
}
