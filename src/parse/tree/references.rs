//! `[name]: address` in; the definitions of a page, where their addresses stand, and which of them its links use, out.

use crate::page::{Definition, Page};
use pulldown_cmark::{LinkType, RefDefs};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Where the address of each definition stands, by the key of its name.
pub type Addresses = HashMap<String, Range<usize>>;

/// Adds the definitions of a range that begins at byte `base`.
pub fn define(page: &mut Page, source: &str, definitions: &RefDefs<'_>, base: usize) -> Addresses {
    let mut addresses = Addresses::new();
    for (name, definition) in definitions.iter() {
        let range = definition.span.start + base..definition.span.end + base;
        let (start, end) = (range.start as u32, range.end as u32);
        page.definitions.push(Definition { name: name.into(), start, end, used: false });
        addresses.extend(address(source, range).map(|address| (key(name), address)));
    }
    addresses
}

/// The address in `[name]: address "title"`.
fn address(source: &str, definition: Range<usize>) -> Option<Range<usize>> {
    let text = &source[definition.clone()];
    let colon = text.match_indices("]:").find(|(at, _)| !text[..*at].ends_with('\\'))?.0 + 2;
    let same_line = text[colon..].trim_start_matches([' ', '\t']);
    let rest = match same_line.starts_with(['\n', '\r']) {
        // On the next line, which has the marks of its quote again.
        true => same_line.trim_start_matches(|c: char| c.is_whitespace() || c == '>'),
        false => same_line,
    };
    let start = definition.end - rest.len();
    Some(match rest.strip_prefix('<') {
        Some(inner) => start + 1..start + 1 + inner.find('>')?,
        None => start..start + rest.find(char::is_whitespace).unwrap_or(rest.len()),
    })
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
            ("> [a]:\n> <x y.md> 'Title'\n\n![b][a] [`c`][ A ]", vec!["a used"], vec![]),
            ("[a\\]: b]: x.md \"[c]: d\"\n\n[a\\]: b]", vec!["a\\]: b used"], vec![]),
        ] {
            let page = crate::parse::parse(FileId(0), text, |_| None);
            let found: Vec<String> =
                page.definitions.iter().map(|d| format!("{}{}", d.name, if d.used { " used" } else { "" })).collect();
            assert_eq!(found, definitions, "{text}");
            let addresses: Vec<&str> = page.links.iter().map(|l| &text[l.start as usize..l.end as usize]).collect();
            assert!(addresses.iter().zip(&page.links).all(|(text, link)| **text == *link.dest), "{addresses:?}");
            let found: Vec<String> = page
                .undefined
                .iter()
                .map(|u| format!("{} {}", u.name, &text[u.start as usize..u.end as usize]))
                .collect();
            assert_eq!(found, undefined, "{text}");
        }
    }
}
