//! `docs.yaml`, GitBook's description of a site of several spaces, in; its spaces with their paths out.

use super::path;
use super::reader::Reader;
use super::table::Placed;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::FileId;
use crate::yaml::Node;

/// `docs.yaml` as far as a site has use for it.
#[derive(Debug, Default)]
pub struct Docs {
    pub title: Option<String>,
    /// In the order of the site. Drafts and spaces whose content is not in Git are left out.
    pub spaces: Vec<Space>,
}

#[derive(Clone, Debug, Default)]
pub struct Space {
    pub dir: Option<Placed<String>>,
    /// Path on the site, made of those of the section and the space.
    pub path: String,
    pub title: Option<String>,
    pub language: Option<String>,
    pub icon: Option<String>,
    pub hidden: bool,
    default: bool,
}

/// Spaces that are variants of one another, under one tab of the site.
#[derive(Default)]
struct Section {
    path: String,
    title: Option<String>,
    icon: Option<String>,
    hidden: bool,
    default: bool,
    spaces: Vec<Space>,
}

/// Nodes that are looked at; more can only come from aliases within aliases.
const MOST_NODES: usize = 10_000;

/// Reads the file. One without `site` is some other tool's, since the name is a common one.
pub fn read(file: FileId, text: &str, problems: &mut Vec<Diagnostic>) -> Docs {
    let mut docs = Docs::default();
    Reader::read(file, text, problems, |reader, root| {
        let Some(site) = root.get("site") else { return };
        docs.title = text_of(reader, site, "title");
        let mut sections = Vec::new();
        if let Some(structure) = site.get("structure") {
            collect(reader, structure, &mut sections, &mut 0);
        }
        docs.spaces = flatten(sections);
    });
    docs
}

/// Adds the sections of a list of nodes; spaces among them are variants of one section without a name.
fn collect(reader: &mut Reader, list: Node, out: &mut Vec<Section>, seen: &mut usize) {
    let mut variants = Section::default();
    let mut first = None;
    for node in list.items() {
        *seen += 1;
        if *seen > MOST_NODES || node.get("draft").and_then(Node::as_bool) == Some(true) {
            continue;
        }
        let children = node.get("children");
        match node.get("type").and_then(Node::text) {
            Some("section-group") => children.into_iter().for_each(|list| collect(reader, list, out, seen)),
            Some("section") => {
                let mut inner = Vec::new();
                children.into_iter().for_each(|list| collect(reader, list, &mut inner, seen));
                out.push(Section {
                    path: path_of(reader, node),
                    title: text_of(reader, node, "title"),
                    icon: text_of(reader, node, "icon"),
                    hidden: switch_of(reader, node, "hidden"),
                    default: switch_of(reader, node, "default"),
                    spaces: inner.into_iter().flat_map(|section| section.spaces).collect(),
                });
            }
            Some("space") => {
                first.get_or_insert(out.len());
                variants.spaces.push(space(reader, node));
            }
            Some("external-link") => {}
            Some(other) => {
                let help = "use `section-group`, `section`, `space` or `external-link`".to_string();
                let message = format!("`type` cannot be `{other}`");
                reader.report_at(
                    Severity::Warning,
                    "config-value",
                    node.get("type").unwrap_or(node),
                    message,
                    Some(help),
                );
            }
            None => reader.wrong(node, "a part of the site needs a `type`"),
        }
    }
    if let Some(at) = first {
        out.insert(at, variants);
    }
}

fn space(reader: &mut Reader, node: Node) -> Space {
    let content = node.get("content");
    let dir = content.and_then(|content| content.get("directory"));
    Space {
        dir: dir.and_then(|dir| Some((reader.text(dir, "`directory`")?, reader.span(dir)))),
        path: path_of(reader, node),
        title: text_of(reader, node, "title"),
        language: content.and_then(|content| text_of(reader, content, "language")),
        icon: text_of(reader, node, "icon"),
        hidden: switch_of(reader, node, "hidden"),
        default: switch_of(reader, node, "default"),
    }
}

/// The default section and the default space in each add nothing to a path. Where none is marked it is the first, but a
/// section without a path needs no mark.
fn flatten(sections: Vec<Section>) -> Vec<Space> {
    let mut spaces = Vec::new();
    let marked = sections.iter().position(|section| section.default);
    let main = marked.or(sections.iter().position(|section| section.path.is_empty())).unwrap_or(0);
    for (i, section) in sections.into_iter().enumerate() {
        let main_space = section.spaces.iter().position(|space| space.default).unwrap_or(0);
        let alone = section.spaces.len() == 1;
        for (j, space) in section.spaces.into_iter().enumerate() {
            let parts = [(&section.path, i == main), (&space.path, j == main_space)];
            let parts: Vec<&str> =
                parts.iter().filter(|(part, main)| !main && !part.is_empty()).map(|(part, _)| part.as_str()).collect();
            let path = parts.join("/");
            let title = match (&section.title, &space.title) {
                (Some(section), Some(space)) if !alone => Some(format!("{section} · {space}")),
                (section, space) => section.clone().or_else(|| space.clone()),
            };
            let icon = space.icon.or_else(|| section.icon.clone());
            let hidden = space.hidden || section.hidden;
            if space.dir.is_some() {
                spaces.push(Space { path, title, icon, hidden, ..space });
            }
        }
    }
    spaces
}

fn path_of(reader: &mut Reader, node: Node) -> String {
    let written = text_of(reader, node, "path").or_else(|| text_of(reader, node, "key")).unwrap_or_default();
    path::join("", &written).unwrap_or_default()
}

fn text_of(reader: &mut Reader, node: Node, key: &str) -> Option<String> {
    reader.text(node.get(key)?, &format!("`{key}`")).filter(|text| !text.is_empty())
}

fn switch_of(reader: &mut Reader, node: Node, key: &str) -> bool {
    node.get(key).is_some_and(|value| reader.switch(value, &format!("`{key}`")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str], faults: &[&str]) {
        let mut problems = Vec::new();
        let docs = read(FileId(0), text, &mut problems);
        let shown: Vec<String> = docs
            .spaces
            .iter()
            .map(|space| {
                let dir = &space.dir.as_ref().unwrap().0;
                let title = space.title.as_deref().unwrap_or("-");
                format!("{dir} at /{} {title}{}", space.path, if space.hidden { " hidden" } else { "" })
            })
            .collect();
        assert_eq!(shown, expected);
        let problems: Vec<String> = problems.into_iter().map(|p| p.message).collect();
        assert_eq!(problems, faults);
    }

    #[test]
    fn sections_and_spaces() {
        let text = "
site:
  title: S
  structure:
    - type: section-group
      children:
        - {type: section, title: Guides, path: guides, children: [{type: space, content: {directory: ./g}}]}
        - {type: external-link, url: 'https://x.y'}
    - type: section
      title: API
      path: api
      default: true
      children:
        - {type: space, title: v1, path: v1, content: {directory: /api/v1, language: en}}
        - {type: space, title: v2, path: v2, default: true, content: {directory: api/v2}}
        - {type: space, title: fr, path: fr, content: {directory: null}}
    - {type: section, title: Old, key: old, hidden: true, children: [{type: space, title: x, content: {directory: old}}]}
    - {type: section, draft: true, children: [{type: space, content: {directory: draft}}]}
";
        check(
            text,
            &["./g at /guides Guides", "/api/v1 at /v1 API · v1", "api/v2 at / API · v2", "old at /old Old hidden"],
            &[],
        );
    }

    #[test]
    fn spaces_without_sections() {
        let text = "site: {structure: [{type: space, title: A, path: a, content: {directory: a}}, {type: space, title: B, path: b, content: {directory: b}}]}";
        check(text, &["a at / A", "b at /b B"], &[]);
        let text = "site: {structure: [{type: section, path: s, children: [{type: space, content: {directory: s}}]}, {type: space, title: B, path: b, content: {directory: b}}]}";
        check(text, &["s at /s -", "b at / B"], &[]);
    }

    #[test]
    fn faults() {
        check("a: 1", &[], &[]);
        check(
            "site: {structure: [{type: spaec}, {}]}",
            &[],
            &["`type` cannot be `spaec`", "a part of the site needs a `type`"],
        );
        let bomb: String = (1..30)
            .map(|n| {
                format!("a{n}: &a{n} [{0}, {0}]\n", format_args!("{{type: section-group, children: *a{}}}", n - 1))
            })
            .collect();
        let text = format!("a0: &a0 []\n{bomb}site: {{structure: *a29}}\n");
        assert!(read(FileId(0), &text, &mut Vec::new()).spaces.is_empty());
    }
}
