//! What holds for every text and every book, tried on generated ones.
//!
//! The seeds are fixed, so a run tests the same books on every machine. When one fails, `arbtest` prints its seed;
//! `.seed(…).minimize()` in its place looks for a smaller book.

#[path = "properties/faults.rs"]
mod faults;
#[path = "properties/generate.rs"]
mod generate;
#[path = "properties/markup.rs"]
mod markup;
#[path = "properties/slips.rs"]
mod slips;
#[path = "properties/valid.rs"]
mod valid;

use arbtest::arbitrary::Unstructured;
use proofpress::book::{Memo, site, site_with};
use proofpress::diagnostic::Severity;
use proofpress::highlight::Highlighter;
use proofpress::output::{Artifact, Content, Renderer, plan};
use proofpress::page::{NodeId, Page};
use proofpress::report::{Checked, Counts, FORMATS, Place, Report};
use proofpress::source::{FileId, Sources};
use proofpress::theme::Theme;
use proofpress::{blocks, parse, triage};
use std::collections::BTreeMap;

/// Runs a property on `count` inputs made from `size` random bytes each.
fn check(count: u64, size: u64, property: impl Fn(&mut Unstructured) -> arbtest::arbitrary::Result<()>) {
    for n in 1..=count {
        arbtest::arbtest(&property).seed(n << 32 | size);
    }
}

#[test]
fn a_parsed_text_is_a_tree_with_true_places() {
    check(1500, 400, |u| {
        let text = generate::text(u)?;
        assert_tree(&parse::parse(FileId(0), &text, blocks::grammar), &text);
        Ok(())
    });
}

#[test]
fn a_text_cut_anywhere_can_be_parsed() {
    let whole: String = generate::FRAGMENTS.concat();
    for (at, _) in whole.char_indices().step_by(3) {
        for text in [&whole[..at], &whole[at..]] {
            assert_tree(&parse::parse(FileId(0), text, blocks::grammar), text);
        }
    }
}

#[test]
fn deep_nesting_is_bounded() {
    let deep = 2_000;
    let closed = |open: &str, close: &str| open.repeat(deep) + "x" + &close.repeat(deep);
    for text in [
        ">".repeat(deep) + "x",
        "* ".repeat(deep) + "x",
        "1. ".repeat(deep) + "x",
        closed("**a ", " b**"),
        closed("[", "](a)"),
        closed("![", "](a)"),
        closed("<div>", "</div>"),
        closed("<b>", "</b>"),
        closed("<details><summary>", "</summary></details>"),
        closed("<table><tr><td>", "</td></tr></table>"),
        closed("{% hint %}\n", "\n{% endhint %}"),
        closed("{% tabs %}{% tab title=\"a\" %}", "{% endtab %}{% endtabs %}"),
        "{% hint %}\n".repeat(deep),
        "{% endhint %}\n".repeat(deep),
        "<div>".repeat(deep),
        "</div>".repeat(deep),
        "{% hint style=\"".repeat(deep),
        "<a href=\"".repeat(deep),
        "$$\\frac{".repeat(deep),
        "`".repeat(deep),
        "<!--".repeat(deep),
        "[^1]".repeat(deep) + "\n\n[^1]: [^1]",
        "\n# ".repeat(deep),
        format!("---\n{}a: [\n---\n", "  ".repeat(300)),
        format!("---\na: {}\n---\n", "[".repeat(deep)),
    ] {
        let page = parse::parse(FileId(0), &text, blocks::grammar);
        assert_tree(&page, &text);
        render(Sources::new([generate::source("README.md", &text)], BTreeMap::new()));
    }
}

#[test]
fn a_book_renders_to_valid_pages() {
    check(250, 3000, |u| {
        render(generate::book(u)?);
        Ok(())
    });
}

/// What a preview keeps from one state of the book to the next never shows.
#[test]
fn a_memo_changes_nothing() {
    check(40, 3000, |u| {
        let mut memo = Memo::default();
        let mut book = generate::book(u)?;
        for _ in 0..3 {
            let remembered = files(&site_with(book.clone(), &mut memo));
            assert_eq!(remembered, files(&site(book.clone())));
            book = generate::edit(u, &book)?;
        }
        Ok(())
    });
}

/// Nodes stand in their parents, in order, at places that exist.
fn assert_tree(page: &Page, text: &str) {
    let count = page.nodes.len() as NodeId;
    assert!(count > 0 && page.node(0).next == count, "the first node holds all others");
    let mut ends = vec![count];
    for (id, node) in page.nodes.iter().enumerate() {
        let id = id as NodeId;
        while ends.last() == Some(&id) {
            ends.pop();
        }
        let end = ends.last().copied().unwrap_or(count);
        assert!(id < node.next && node.next <= end, "node {id} ends outside of its parent");
        ends.push(node.next);
    }
    let nodes = page.nodes.iter().map(|node| (node.start, node.end, "node"));
    let tags = page.tags.iter().map(|tag| (tag.start, tag.end, "tag"));
    let attrs = page.tags.iter().flat_map(|tag| &tag.attrs).map(|attr| (attr.start, attr.end, "attribute"));
    let links = page.links.iter().map(|link| (link.start, link.end, "link"));
    let problems = page.problems.iter().map(|found| (found.span.start, found.span.end, "problem"));
    for (start, end, what) in nodes.chain(tags).chain(attrs).chain(links).chain(problems) {
        assert!(text.get(start as usize..end as usize).is_some(), "{what} at {start}..{end} of {}", text.len());
    }
    for code in &page.code {
        code.text.text(text);
    }
}

/// Checks a book and makes every file of it; every page must be valid, and every finding printable.
fn render(book: Sources) {
    let site = site(book);
    let diagnostics = triage::findings(&site);
    let counts = Counts::default();
    let checked = [Checked { sources: site.sources.clone(), place: Place::default(), diagnostics, counts }];
    let found = checked.each_ref().map(Checked::files);
    let report = Report::new(&checked, &found, Severity::Note);
    for format in FORMATS {
        (format.write)(&report, &mut Vec::new()).expect("every finding can be printed");
    }
    for (path, bytes) in files(&site) {
        if path.ends_with(".html") {
            let html = String::from_utf8(bytes).expect("pages are UTF-8");
            let faults = markup::faults(&html);
            assert!(faults.is_empty(), "{path}: {faults:?}\n{}", sources(&site.sources));
        }
    }
}

/// Every file of a site that is made and not copied.
fn files(site: &proofpress::site::Site) -> BTreeMap<String, Vec<u8>> {
    let theme = Theme::new(&BTreeMap::new()).expect("the default theme is valid");
    let highlighter = Highlighter::new(false);
    let renderer = Renderer::new(site, &theme, &highlighter);
    let mut files = BTreeMap::new();
    for (path, artifact) in plan(site, &theme) {
        if matches!(artifact, Artifact::Theme(_) | Artifact::StyleSheet(_)) {
            continue;
        }
        if let Content::Bytes(bytes) = renderer.bytes(&artifact).expect("the default theme renders") {
            files.insert(path, bytes.into_owned());
        }
    }
    files
}

/// The book's texts, for the message of a failure.
fn sources(sources: &Sources) -> String {
    sources.files().map(|(_, source)| format!("-- {} --\n{:.4000}\n", source.path, source.text)).collect()
}
