//! `Words {#id .class}`: a heading's text in, its words and the id among the attributes out.

/// How a dialect writes attributes at the end of a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attributes {
    /// Not at all: braces are text.
    None,
    /// Only `{#id}`.
    Id,
    /// `{#id .class key=value}`; `spaced` asks for a space before.
    List { spaced: bool },
}

/// Where braces that end the text begin. What they are is for [`read`] to say.
pub fn begin(text: &str) -> Option<usize> {
    let inner = text.trim_end().strip_suffix('}')?;
    let at = inner.rfind('{')?;
    (!inner[at..].contains('}')).then_some(at)
}

/// The words before the braces at `at`, and the id in these; `None` where they are no attributes but text.
pub fn read(style: Attributes, text: &str, at: usize) -> Option<(&str, Option<&str>)> {
    let (words, braces) = text.split_at_checked(at)?;
    let inner = braces.strip_prefix('{')?.trim_end().strip_suffix('}')?;
    match style {
        Attributes::None => None,
        Attributes::Id => {
            let id = inner.strip_prefix('#').map(str::trim).filter(|id| !id.is_empty())?;
            Some((words.trim_end(), Some(id)))
        }
        // Python wants something between the braces, too.
        Attributes::List { spaced: true } if inner.trim().is_empty() => None,
        Attributes::List { spaced: true } if !words.is_empty() && !words.ends_with(' ') => None,
        Attributes::List { .. } => {
            let ids = inner.split_whitespace().rev();
            let id = ids.filter_map(|word| word.strip_prefix('#').or_else(|| word.strip_prefix("id=")));
            let id = id.map(|id| id.trim_matches(['"', '\''])).find(|id| !id.is_empty());
            Some((words.trim_end(), id))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read() {
        let list = Attributes::List { spaced: false };
        let python = Attributes::List { spaced: true };
        for (style, text, expected) in [
            (Attributes::None, "A {#x}", None),
            (Attributes::Id, "A {#x}", Some(("A", Some("x")))),
            (Attributes::Id, "A{#x y} ", Some(("A", Some("x y")))),
            (Attributes::Id, "A {#}", None),
            (Attributes::Id, "A {.c}", None),
            (Attributes::Id, "A {#x} b", None),
            (list, "A {#x .c}", Some(("A", Some("x")))),
            (list, "A { .c #x }", Some(("A", Some("x")))),
            (list, "A{#x}", Some(("A", Some("x")))),
            (list, "A {.c k=v}", Some(("A", None))),
            (list, "GET /pets/{id}", Some(("GET /pets/", None))),
            (list, "A {}", Some(("A", None))),
            (list, "A {#x}{#y}", Some(("A {#x}", Some("y")))),
            (python, "A {}", None),
            (python, "GET /pets/{id}", None),
            (python, "A {foo}", Some(("A", None))),
            (python, "A {: #x}", Some(("A", Some("x")))),
            (python, "A { id=\"x\" }", Some(("A", Some("x")))),
            (python, "A{#x}", None),
            (python, "{#x}", Some(("", Some("x")))),
        ] {
            assert_eq!(begin(text).and_then(|at| read(style, text, at)), expected, "{text:?}");
        }
        for text in ["", "{", "}", "a}b{", "{a}}", "é"] {
            assert_eq!(begin(text).and_then(|at| read(list, text, at)), None, "{text:?}");
        }
        assert_eq!(read(list, "é{#x}", 1), None);
    }
}
