//! The tests in a browser and the page that lists what they prove in; where the two differ out.

use super::root;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

type Proofs = BTreeMap<String, BTreeSet<String>>;

#[test]
fn every_promise_names_its_tests() {
    assert_eq!(listed(), proved(), "content/using-proofpress/promises.md and tests/browser differ");
}

/// The files of tests by the numbers that the names of their tests begin with.
fn proved() -> Proofs {
    let mut proofs = Proofs::new();
    for entry in fs::read_dir(root().join("tests/browser")).expect("a folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(file) = name.strip_suffix(".test.mjs") else { continue };
        let text = fs::read_to_string(entry.path()).expect("a text");
        for title in text.lines().filter_map(|line| line.strip_prefix("  \"")) {
            for number in title.split(' ').take_while(|word| is_number(word)) {
                proofs.entry(number.to_string()).or_default().insert(file.to_string());
            }
        }
    }
    proofs
}

/// The rows of the page's first table.
fn listed() -> Proofs {
    let page = fs::read_to_string(root().join("content/using-proofpress/promises.md")).expect("a page");
    let table = page.split("\n## ").next().unwrap_or_default();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| "));
    rows.filter_map(|row| {
        let cells: Vec<&str> = row.trim_end_matches(" |").split(" | ").collect();
        let files = cells.last()?.split(", ").map(|file| file.trim_matches('`').to_string());
        is_number(cells[0]).then(|| (cells[0].to_string(), files.collect()))
    })
    .collect()
}

fn is_number(word: &str) -> bool {
    word.len() == 3 && word.starts_with('U') && word[1..].bytes().all(|byte| byte.is_ascii_digit())
}
