//! Code: fences, indented code and `{% code title="…" %}` around them; a figure with a title, line numbers and marks.

use super::{Attr, Block};
use crate::page::{Code, Content, Kind, NodeId, Tag};
use crate::render::Body;
use std::borrow::Cow;

pub const BLOCK: Block = Block {
    name: "code",
    about: "Options for the fence inside: a title, line numbers, wrapping.",
    content: Content::Markdown,
    attrs: &[
        Attr::text("title", "Shown above the code, often a file's name."),
        Attr::choice("overflow", "Wraps long lines; they scroll otherwise.", &["wrap"]),
        Attr::switch("lineNumbers", "Numbers the lines when there is more than one."),
        Attr::switch("expandable", "Shows the first lines only, with a button for the rest."),
        Attr::text("collapsedLineCount", "How many lines an expandable block shows; 10 when left out."),
        Attr::switch("fullWidth", "Uses the whole width of the page."),
    ],
    anchor: None,
    render,
};

/// How a code block is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CodeOptions<'a> {
    pub title: Option<&'a str>,
    pub wrap: bool,
    /// Of lines, where there is more than one.
    pub numbers: bool,
    pub wide: bool,
    /// Longer code can be collapsed to this many lines.
    pub collapsed: Option<usize>,
}

impl CodeOptions<'_> {
    /// The line from which code of this many lines is folded. One line is not: the button is as high.
    fn fold(&self, count: usize) -> Option<usize> {
        self.collapsed.filter(|shown| count > shown + 1)
    }
}

/// How many lines a collapsed block shows unless it says otherwise.
pub const COLLAPSED: usize = 10;

/// What a line is marked as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    None,
    Highlighted,
    Added,
    Deleted,
}

fn render<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    let collapsed = tag.attr("collapsedlinecount").and_then(|count| count.parse().ok()).unwrap_or(COLLAPSED);
    let options = CodeOptions {
        title: tag.attr("title"),
        wrap: tag.attr("overflow") == Some("wrap"),
        numbers: tag.is("linenumbers"),
        wide: tag.is("fullwidth"),
        collapsed: tag.is("expandable").then_some(collapsed),
    };
    children(out, node, &options);
}

/// Renders the children of a block, its fences with these options.
pub fn children(out: &mut Body<'_>, node: NodeId, options: &CodeOptions) {
    let page = out.page;
    for child in page.children(node) {
        match page.node(child).kind {
            Kind::CodeBlock(code) => {
                let code = &page.code[code as usize];
                figure(out, &code.language, &code.text.text(out.file), options);
            }
            _ => out.node(child),
        }
    }
}

/// A fence or indented code that stands alone.
pub fn fence(out: &mut Body<'_>, code: &Code) {
    figure(out, &code.language, &code.text.text(out.file), &CodeOptions::default());
}

/// Writes code as a figure. Marks that lines carry in a comment at their end are taken out of the text.
pub fn figure(out: &mut Body<'_>, language: &str, code: &str, options: &CodeOptions) {
    let code = code.strip_suffix('\n').unwrap_or(code);
    // In Markdown the comment is what the example is about.
    let (code, marks) = match language {
        "markdown" | "md" => (code.into(), Vec::new()),
        _ => take_marks(code),
    };
    let count = code.matches('\n').count() + 1;
    framed(out, language, count, options, |out| {
        let html = out.highlighter.html(language, &code);
        let plain = marks.is_empty() && !(options.numbers && count > 1);
        if plain && options.fold(count).is_none() {
            return match html {
                Some(html) => out.html.raw(&html),
                None => out.html.text(&code),
            };
        }
        let html = html.map_or_else(|| crate::html::escape(&code), |html| html.to_string());
        lines(out, options, count, html.split('\n').enumerate(), |out, (at, html)| {
            if plain {
                let end = if at + 1 == count { "" } else { "\n" };
                out.html.raw(html);
                return out.html.raw(end);
            }
            let mark = marks.get(at).copied().unwrap_or(Mark::None);
            line(out, mark, at + 1 == count, |out| out.html.raw(html));
        });
    });
}

/// Writes lines, those that are folded within an element of their own.
pub fn lines<'a, T>(
    out: &mut Body<'a>,
    options: &CodeOptions,
    count: usize,
    lines: impl Iterator<Item = T>,
    write: impl Fn(&mut Body<'a>, T),
) {
    let fold = options.fold(count);
    for (at, line) in lines.enumerate() {
        if fold == Some(at) {
            out.html.open("span", &[("class", "rest")]);
        }
        write(out, line);
    }
    if fold.is_some() {
        out.html.close();
    }
}

/// Writes the figure around the code, which has this many lines.
pub fn framed<'a>(
    out: &mut Body<'a>,
    language: &str,
    count: usize,
    options: &CodeOptions,
    content: impl FnOnce(&mut Body<'a>),
) {
    let language = language.to_ascii_lowercase();
    let mut class = String::from("code");
    for (name, wanted) in [
        ("mermaid", language == "mermaid"),
        ("wrap", options.wrap),
        ("numbers", options.numbers && count > 1),
        ("wide", options.wide),
    ] {
        if wanted {
            class.push(' ');
            class.push_str(name);
        }
    }
    let collapsed = options.fold(count).map(|shown| shown.to_string());
    let mut attrs = vec![("class", &*class)];
    attrs.extend((!language.is_empty()).then_some(("data-lang", &*language)));
    attrs.extend(collapsed.as_deref().map(|shown| ("data-expandable", shown)));
    out.html.open("figure", &attrs);
    if let Some(title) = options.title.filter(|title| !title.is_empty()) {
        out.html.element("figcaption", &[("class", "code-title")], title);
    }
    out.html.open("pre", &[("tabindex", "0")]);
    match &*language {
        "" => out.html.open("code", &[]),
        language => out.html.open("code", &[("class", &format!("language-{language}"))]),
    }
    content(out);
    for _ in 0..3 {
        out.html.close();
    }
    out.html.newline();
}

/// Writes one line of numbered or marked code.
pub fn line<'a>(out: &mut Body<'a>, mark: Mark, last: bool, content: impl FnOnce(&mut Body<'a>)) {
    let class = match mark {
        Mark::None => "line",
        Mark::Highlighted => "line hl",
        Mark::Added => "line add",
        Mark::Deleted => "line del",
    };
    out.html.open("span", &[("class", class)]);
    content(out);
    if !last {
        out.html.raw("\n");
    }
    out.html.close();
}

/// Takes the marks out of the code. They are empty when no line is marked, else there is one for each line.
fn take_marks(code: &str) -> (Cow<'_, str>, Vec<Mark>) {
    if !code.contains("[!code ") {
        return (code.into(), Vec::new());
    }
    let lines: Vec<(&str, Mark)> = code.split('\n').map(|line| marked(line).unwrap_or((line, Mark::None))).collect();
    if lines.iter().all(|(_, mark)| *mark == Mark::None) {
        return (code.into(), Vec::new());
    }
    let text: Vec<&str> = lines.iter().map(|(line, _)| *line).collect();
    (text.join("\n").into(), lines.iter().map(|(_, mark)| *mark).collect())
}

/// A line that ends with a comment like `// [!code ++]`: the line without it, and what it says.
fn marked(line: &str) -> Option<(&str, Mark)> {
    const COMMENTS: &[(&str, &str)] =
        &[("<!--", "-->"), ("{/*", "*/}"), ("/*", "*/"), ("//", ""), ("#", ""), ("--", "")];
    COMMENTS.iter().find_map(|(open, close)| {
        let comment = line.trim_end().strip_suffix(close)?.trim_end().strip_suffix(']')?;
        let at = comment.rfind("[!code ")?;
        let mark = match comment[at + "[!code ".len()..].trim() {
            "++" => Mark::Added,
            "--" => Mark::Deleted,
            "highlight" | "hl" => Mark::Highlighted,
            _ => return None,
        };
        Some((comment[..at].trim_end().strip_suffix(open)?.trim_end(), mark))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_comments() {
        use Mark::{Added, Deleted, Highlighted, None};
        for (line, expected, mark) in [
            ("let x; // [!code ++]", "let x;", Added),
            ("x: 1 # [!code --] ", "x: 1", Deleted),
            ("select 1 --[!code highlight]", "select 1", Highlighted),
            ("<a> <!-- [!code ++] -->", "<a>", Added),
            ("a {} /* [!code --] */", "a {}", Deleted),
            ("<A /> {/* [!code hl] */}", "<A />", Highlighted),
            ("x // [!code other]", "x // [!code other]", None),
            ("x [!code ++]", "x [!code ++]", None),
            ("// [!code ++] y", "// [!code ++] y", None),
            ("é // [!code ++]", "é", Added),
        ] {
            let (text, marks) = take_marks(line);
            assert_eq!((&*text, marks.first().copied().unwrap_or(None)), (expected, mark), "{line}");
        }
        assert_eq!(take_marks("a\nb // [!code ++]\n"), ("a\nb\n".into(), vec![None, Added, None]));
    }
}
