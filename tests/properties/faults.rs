//! Valid documents with faults put in: each is found, where it is, and nothing besides.

use super::slips::{Slip, apply, independent, slips};
use super::valid;
use arbtest::arbitrary::{Result, Unstructured};
use proofpress::book::site;
use proofpress::kinds::KINDS;
use proofpress::shape::{Kind, Map, Options, Shape, check};
use proofpress::source::{Source, Sources};
use proofpress::{triage, yaml};
use std::collections::{BTreeMap, BTreeSet};

/// The most faults in one document.
const MOST: usize = 12;

/// The document itself is right, and each fault alone is found.
#[test]
fn every_slip_is_found_where_it_is() {
    let mut count = 0;
    let mut wrong = String::new();
    for (kind, text) in valid::documents() {
        assert_eq!(found(kind, &text), [], "{}", kind.name);
        for slip in slips(kind, &text) {
            let (text, expected) = apply(&text, std::slice::from_ref(&slip));
            let found = found(kind, &text);
            if found != expected {
                wrong.push_str(&format!("{} with {}: {found:?}, not {expected:?}\n", kind.name, slip.what));
            }
            count += 1;
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(count > 1_000, "only {count} slips");
}

#[test]
fn several_slips_are_all_found() {
    for (kind, text) in valid::documents() {
        let all = slips(kind, &text);
        super::check(60, 200, |u| {
            assert_found(kind, &text, &some(u, &all)?);
            Ok(())
        });
    }
}

/// The same through a page, whose fences stand in lists, quotes and tabs.
#[test]
fn the_places_are_true_in_pages() {
    for (kind, text) in valid::documents() {
        let all = slips(kind, &text);
        super::check(8, 200, |u| {
            let (text, expected) = apply(&text, &some(u, &all)?);
            let expected: Vec<_> = expected.into_iter().map(|(line, rule)| (line, rule.to_string())).collect();
            for frame in FRAMES {
                assert_eq!(found_in_page(kind, &text, frame), expected, "{} in {frame:?}\n{text}", kind.name);
            }
            Ok(())
        });
    }
}

/// What is tried above is all there is: every documented key stands in the valid documents.
#[test]
fn the_valid_documents_use_every_key() {
    let mut known = BTreeSet::new();
    let mut used = BTreeSet::new();
    for (kind, text) in valid::documents() {
        let document = yaml::parse(&text);
        keys(kind.shape, document.root(), &mut known, &mut used);
    }
    let unused: Vec<_> = known.difference(&used).collect();
    assert!(unused.is_empty(), "{unused:?}");
    assert!(KINDS.len() == 15 && known.len() > 150, "{}", known.len());
}

/// Some slips that do not disturb one another.
fn some(u: &mut Unstructured, all: &[Slip]) -> Result<Vec<Slip>> {
    let mut chosen: Vec<Slip> = Vec::new();
    let count = u.int_in_range(2..=MOST)?;
    for _ in 0..count * 2 {
        let slip = u.choose(all)?;
        if chosen.len() < count && chosen.iter().all(|other| independent(slip, other)) {
            chosen.push(slip.clone());
        }
    }
    Ok(chosen)
}

fn assert_found(kind: &'static Kind, text: &str, slips: &[Slip]) {
    let (text, expected) = apply(text, slips);
    let what: Vec<&str> = slips.iter().map(|slip| slip.what.as_str()).collect();
    assert_eq!(found(kind, &text), expected, "{} with {what:#?}\n{}", kind.name, numbered(&text));
}

/// Lines, from 0, and rules.
fn found(kind: &'static Kind, text: &str) -> Vec<(usize, &'static str)> {
    let document = yaml::parse(text);
    let faults = check(kind, kind.shape, &[], &document, Options::default());
    let mut found: Vec<_> =
        faults.iter().map(|fault| (text[..fault.range.start].matches('\n').count(), fault.rule)).collect();
    found.sort();
    found
}

/// What stands before the fence, before each line of it, and after it.
const FRAMES: &[(&str, &str, &str)] = &[
    ("# Start\n\n", "", "\n"),
    ("# Start\n\n* item\n\n", "  ", "\n"),
    ("# Start\n\n", "> ", "\n"),
    ("# Start\n\n1. item\n   * item\n\n", "     ", "\n"),
    ("# Start\n\n* item\n\n", "\t", "\n"),
    ("# Start\n\n{% tabs %}\n{% tab title=\"A\" %}\n", "", "\n{% endtab %}\n{% endtabs %}\n"),
];

fn found_in_page(kind: &Kind, text: &str, (before, prefix, after): &(&str, &str, &str)) -> Vec<(usize, String)> {
    let fence = format!("```yaml kind={}\n{text}```", kind.name);
    let lines: Vec<String> = fence.lines().map(|line| format!("{prefix}{line}")).collect();
    let page = format!("{before}{}{after}", lines.join("\n"));
    let first = before.matches('\n').count() + 1;
    let source = Source { path: "README.md".to_string(), text: page.clone().into(), invalid: None };
    let site = site(Sources::new([source], BTreeMap::new()));
    let mut found: Vec<_> = triage::findings(&site)
        .iter()
        .map(|found| (page[..found.span.start as usize].matches('\n').count() - first, found.rule.to_string()))
        .collect();
    found.sort();
    found
}

fn numbered(text: &str) -> String {
    text.lines().enumerate().map(|(at, line)| format!("{at:3} {line:.100}\n")).collect()
}

/// The keys of a shape, by the list that they stand in, and those that a document uses.
fn keys(shape: &'static Shape, node: Option<yaml::Node>, known: &mut BTreeSet<String>, used: &mut BTreeSet<String>) {
    let mut map = |map: &'static Map, node: Option<yaml::Node>| {
        let names: Vec<&str> = map.fields.iter().map(|field| field.name).collect();
        for field in map.fields.iter().filter(|field| !field.hidden) {
            let key = format!("`{}` among {names:?}", field.name);
            let value = node.and_then(|node| node.get(field.name));
            known.insert(key.clone());
            if value.is_some() {
                used.insert(key);
                keys(field.shape, value, known, used);
            }
        }
    };
    match shape {
        Shape::Map(fields) => map(fields, node),
        Shape::MapOrNothing(fields) => map(fields, node),
        Shape::Named(named) => {
            let items = node.into_iter().flat_map(|node| node.items().chain(node.entries().map(|(_, item)| item)));
            items.for_each(|item| map(named.item, Some(item)));
        }
        Shape::List(list) => {
            node.into_iter().flat_map(|node| node.items()).for_each(|item| keys(list.item, Some(item), known, used))
        }
        Shape::Unjudged(shape) | Shape::Foreign(shape) => keys(shape, node, known, used),
        _ => {}
    }
}
