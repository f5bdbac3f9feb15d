//! Runs the cases in `tests/cases`: each is a book in one text file with what is expected of it.
//!
//! `cargo test --test suite hint` runs the cases whose name contains `hint`; `UPDATE=1 cargo test --test suite`
//! rewrites the expectations in place. Nothing but the case files is read from disk.

#![allow(clippy::disallowed_methods)]

#[path = "suite/actual.rs"]
mod actual;
#[path = "suite/case.rs"]
mod case;
#[path = "suite/diff.rs"]
mod diff;

use case::Case;
use rayon::prelude::*;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    // `cargo test` hands every test binary the same arguments; only the words that choose cases mean something here.
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&String> = arguments.iter().filter(|word| !word.starts_with('-')).collect();
    let update = std::env::var_os("UPDATE").is_some();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let name = |path: &Path| {
        let inner = path.strip_prefix(&root).unwrap_or(path).with_extension("");
        inner.to_string_lossy().replace('\\', "/")
    };
    let all = files.len();
    files.retain(|path| words.is_empty() || words.iter().any(|word| name(path).contains(*word)));
    if arguments.iter().any(|word| word == "--list") {
        files.iter().for_each(|path| println!("{}: test", name(path)));
        return ExitCode::SUCCESS;
    }

    println!("\nrunning {} cases", files.len());
    let results: Vec<Result<(), String>> = files.par_iter().map(|path| run(path, update)).collect();
    let mut failed = 0;
    for (path, result) in files.iter().zip(&results) {
        println!("test {} ... {}", name(path), if result.is_ok() { "ok" } else { "FAILED" });
    }
    for (path, result) in files.iter().zip(&results) {
        if let Err(message) = result {
            failed += 1;
            println!("\n---- {} ----\n{message}", name(path));
        }
    }
    if failed > 0 {
        println!(
            "\nIf the new output is right, `UPDATE=1 cargo test --test suite` takes it over; then review the diff."
        );
    }
    let result = if failed == 0 { "ok" } else { "FAILED" };
    let passed = files.len() - failed;
    let filtered = all - files.len();
    println!(
        "\ntest result: {result}. {passed} passed; {failed} failed; 0 ignored; 0 measured; {filtered} filtered out\n"
    );
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Every case file below a folder.
fn collect(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "txt") {
            files.push(path);
        }
    }
}

/// Runs one case, or takes over its expectations. The error says what differs.
fn run(path: &Path, update: bool) -> Result<(), String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let mut case = Case::parse(&text)?;
    let actual = catch_unwind(|| actual::expectations(&case)).map_err(|panic| {
        let message = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        format!("it panics: {}", message.unwrap_or("without a message"))
    })??;
    if update {
        case.replace(actual);
        let new = case.print();
        return if new == text { Ok(()) } else { std::fs::write(path, new).map_err(|error| error.to_string()) };
    }
    let mut message = String::new();
    for (expected, actual) in case.expected().iter().zip(&actual) {
        if expected.text != actual.text {
            message.push_str(&format!("{}\n{}", expected.header(), diff::lines(&expected.text, &actual.text)));
        }
    }
    if message.is_empty() { Ok(()) } else { Err(message) }
}
