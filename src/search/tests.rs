//! Whole indexes: a small book in, its files out, read back as a script reads them.

use super::*;
use crate::book;
use crate::source::{Source, Sources};
use std::collections::BTreeMap;

fn site(files: &[(String, String)]) -> Site {
    let source =
        |(path, text): &(String, String)| Source { path: path.clone(), text: text.as_str().into(), invalid: None };
    book::site(Sources::new(files.iter().map(source), BTreeMap::new()))
}

/// Pages enough for several pieces of every kind.
fn large() -> Vec<(String, String)> {
    let mut files = vec![("README.md".to_string(), "# Start\n".to_string())];
    let mut number: u64 = 1;
    for page in 0..40 {
        let mut text = format!("# Page {page}\n\n");
        for section in 0..12 {
            text.push_str(&format!("## Section {section}\n\n"));
            for _ in 0..90 {
                number = number.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                let letters = (0..4).map(|at| (b'a' + (number >> (33 + 5 * at)) as u8 % 26) as char);
                text.extend(letters.chain([' ']));
            }
            text.push_str("一段简单的说明\n\n");
        }
        files.push((format!("p{page:02}.md"), text));
    }
    files
}

fn all(site: &Site) -> BTreeMap<String, String> {
    let index = Index::default();
    let file = |part| index.file(site, part, "script", "styles", json!({"search": "Search"}));
    files(site).into_iter().map(|(path, part)| (path, file(part))).collect()
}

/// The value that a file hands to the script.
fn value(file: &str) -> Value {
    let call = file.split_once("proofpressSearch(").map_or("", |(_, call)| call);
    let list = format!("[{}]", call.trim_end().trim_end_matches(')'));
    serde_json::from_str::<Value>(&list).expect("arguments")[2].clone()
}

fn unpacked(packed: &str) -> Vec<String> {
    let mut before: Vec<u16> = Vec::new();
    let letter =
        |entry: &str| entry.bytes().next().map_or(0, |byte| if byte < b'a' { byte - b'A' } else { byte - b'a' + 26 });
    let words = packed.split(' ').map(|entry| {
        before.truncate(letter(entry).into());
        before.extend(entry[1..].encode_utf16());
        String::from_utf16(&before).expect("no half characters")
    });
    words.collect()
}

#[test]
fn every_word_is_in_the_piece_that_the_table_names() {
    let site = site(&large());
    let files = all(&site);
    let table = value(&files["assets/search.js"]);
    let borders: Vec<String> = table["terms"].as_str().expect("text").split(' ').map(str::to_string).collect();
    assert!(borders.len() > 3, "several pieces");
    let mut count = 0;
    for number in 0..borders.len() {
        let piece = value(&files[&format!("assets/search/t{number}.js")]);
        let (words, places) = (unpacked(piece[0].as_str().expect("words")), piece[1].as_str().expect("places"));
        assert_eq!(words.len(), places.split(' ').count());
        assert!(words.is_sorted(), "piece {number}");
        words.iter().for_each(|word| assert_eq!(shards::place(&borders, word.trim_end_matches('*')), number, "{word}"));
        count += words.len();
    }
    assert!(count > 10_000);
    // A letter that begins the words of two pieces has an entry with their best sections.
    let letter = borders.iter().find(|border| border.len() > 1).map_or("", |border| &border[..1]);
    let piece = value(&files[&format!("assets/search/t{}.js", shards::place(&borders, letter))]);
    assert!(unpacked(piece[0].as_str().expect("words")).contains(&format!("{letter}*")));
}

#[test]
fn texts_stand_in_order() {
    let site = site(&large());
    let files = all(&site);
    let mut found = Vec::new();
    for (path, part) in super::files(&site) {
        if let Part::Texts(_) = part {
            for page in value(&files[&path]).as_array().expect("pages") {
                let page: Vec<&str> = page.as_array().expect("texts").iter().filter_map(Value::as_str).collect();
                page[3..].chunks(3).for_each(|one| found.push((page[0].to_string(), one[1].to_string())));
            }
        }
    }
    assert_eq!(found.len(), 1 + 40 * 13);
    assert_eq!(found[1], ("p00.html".to_string(), "Page 0".to_string()));
    assert_eq!(found[13 * 40], ("p39.html".to_string(), "Section 11".to_string()));
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let site = site(&large());
    let files = all(&site);
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    assert!(files == alone.install(|| all(&site)));
    for (path, text) in &files {
        assert!(text.ends_with(")\n") && text.lines().count() <= 2, "{path}");
    }
    assert!(files["assets/search.js"].starts_with("script\nproofpressSearch(\"\",\"\",{"));
}

#[test]
fn a_book_without_pages_to_find_has_no_index() {
    let hidden = [("README.md".to_string(), "---\nhidden: true\n---\n# A\n".to_string())];
    assert_eq!(files(&site(&hidden)), []);
    let empty = [("README.md".to_string(), String::new())];
    let site = site(&empty);
    assert_eq!(all(&site).len(), 4, "one piece of each");
}

#[test]
fn hostile_books() {
    let texts = [
        "a".repeat(200_000),
        "段".repeat(50_000),
        "\u{2028}\"\\</script>\u{0}\u{10ffff} ".repeat(500),
        "x* y* *".repeat(99),
    ];
    let files: Vec<(String, String)> =
        ["README.md", "b.md", "c.md", "d.md"].map(str::to_string).into_iter().zip(texts).collect();
    for file in all(&site(&files)).values() {
        value(file);
    }
}
