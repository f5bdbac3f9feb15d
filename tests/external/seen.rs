//! What people see of a run that takes a while: a bar on a terminal, which is gone afterwards.
#![cfg(target_os = "linux")]

use super::book::{Book, SETTINGS, page};
use super::site::Site;

/// Runs the program on a terminal of its own, and gives all that it wrote there.
fn on_a_terminal(book: &Book, arguments: &str) -> String {
    let command = format!("{} check --external {arguments}", env!("CARGO_BIN_EXE_proofpress"));
    let mut script = book.command("script");
    let out = script.env("TERM", "xterm").args(["--quiet", "--command", &command, "/dev/null"]).output().unwrap();
    String::from_utf8(out.stdout).unwrap()
}

#[test]
fn a_bar_is_shown_on_a_terminal_only_and_taken_back() {
    let site = Site::new();
    let slow: Vec<String> = (0..60).map(|n| format!("{}/slowly/{n}", site.root)).collect();
    let book = Book::new(&page(&slow), SETTINGS);
    let seen = on_a_terminal(&book, "");
    let bars: Vec<&str> = seen.split('\r').filter(|line| line.starts_with("Other sites [")).collect();
    assert!(!bars.is_empty(), "{seen:?}");
    for bar in &bars {
        let bar = bar.strip_suffix("\x1b[K").unwrap();
        let (drawn, figures) = bar.trim_start_matches("Other sites [").split_once("] ").unwrap();
        assert!(drawn.len() == 16 && drawn.chars().all(|c| matches!(c, '#' | '-')), "{bar}");
        assert!(figures.ends_with(" of 60"), "{bar}");
    }
    // The last thing on that line is that it is emptied.
    let after = seen.rsplit_once("Other sites").unwrap().1;
    let (_, after) = after.split_once("\x1b[K").unwrap();
    assert!(after.starts_with("\r\x1b[K0 errors"), "{after:?}");

    assert!(!on_a_terminal(&book, "--quiet").contains("Other sites"));
    book.write("README.md", &page(&slow[..2]));
    assert!(!on_a_terminal(&book, "").contains("Other sites"), "what takes a moment needs no bar");
}
