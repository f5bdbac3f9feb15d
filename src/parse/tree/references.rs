//! `[name]: address` in; the definitions of a page, and which of them its links use, out.

use crate::page::{Definition, Page};
use pulldown_cmark::{LinkType, RefDefs};
use std::collections::HashSet;

/// Adds the definitions of a range that begins at byte `base`.
pub fn define(page: &mut Page, definitions: &RefDefs<'_>, base: usize) {
    for (name, definition) in definitions.iter() {
        let (start, end) = ((definition.span.start + base) as u32, (definition.span.end + base) as u32);
        page.definitions.push(Definition { name: name.into(), start, end, used: false });
    }
}

/// Puts them in the order of the text and marks those in use.
pub fn finish(page: &mut Page, used: &HashSet<String>) {
    page.definitions.sort_by_key(|definition| definition.start);
    page.undefined.sort_by_key(|undefined| undefined.start);
    page.undefined.dedup_by_key(|undefined| undefined.start);
    for definition in &mut page.definitions {
        definition.used = used.contains(&key(&definition.name));
    }
}

/// The name that a link uses, when it uses one.
pub fn key_of(link_type: LinkType, id: &str) -> Option<String> {
    matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut).then(|| key(id))
}

/// Names are compared without regard to case and to how much space stands between words.
fn key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use crate::source::FileId;

    #[test]
    fn definitions_and_references() {
        for (text, definitions, undefined) in [
            ("[a]\n\n[a]: x.md\n", vec!["a used"], vec![]),
            ("![b][A  c]\n\n[a c]: x.md\n[z]: y.md\n", vec!["a c used", "z"], vec![]),
            ("[b][gone] [c][] [d] `[e][f]`\n", vec![], vec!["gone [b][gone]"]),
            ("```\n[a]: x\n[a][b]\n```\n", vec![], vec![]),
            ("[a]: x\n[A]: y\n\n[a][]", vec!["a used"], vec![]),
        ] {
            let page = crate::parse::parse(FileId(0), text, |_| None);
            let found: Vec<String> =
                page.definitions.iter().map(|d| format!("{}{}", d.name, if d.used { " used" } else { "" })).collect();
            assert_eq!(found, definitions, "{text}");
            let found: Vec<String> = page
                .undefined
                .iter()
                .map(|u| format!("{} {}", u.name, &text[u.start as usize..u.end as usize]))
                .collect();
            assert_eq!(found, undefined, "{text}");
        }
    }
}
