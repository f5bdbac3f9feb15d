//! The file of answers: what is in it, what it saves, and that it is never lost.

use super::book::{Book, SETTINGS, page};
use super::site::Site;
use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

const FILE: &str = ".proofpress-links.json";

#[test]
fn answers_are_kept() {
    let site = Site::new();
    let links = ["/page#here", "/moved", "/404", "/500"].map(|path| format!("{}{path}", site.root));
    let book = Book::new(&page(&links), SETTINGS);
    let (first, counts) = book.check(&["--cache", "links.json"]);
    assert_eq!((first.len(), counts["remembered"].as_u64()), (3, Some(0)), "{first:?}");
    let text = book.read("links.json");
    let urls: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix('"')?.split("\": {\"checked").next()).collect();
    let kept = ["/404", "/moved", "/page"].map(|path| format!("{}{path}", site.root));
    assert!(urls.ends_with(&kept.each_ref().map(|url| &**url)), "{text}");
    assert!(!text.contains(book.root.to_str().unwrap()), "{text}");

    // What is there is not asked for again; what is gone, or was not there just now, is.
    let (second, counts) = book.check(&["--cache", "links.json"]);
    assert_eq!((&second, counts["remembered"].as_u64()), (&first, Some(2)));
    assert_eq!((site.count("/page"), site.count("/moved"), site.count("/404")), (1, 1, 2));
    assert_eq!(book.read("links.json"), text);

    // Without a network it is all there is, and no byte changes.
    let before = site.total();
    let (offline, counts) = book.check(&["--cache", "links.json", "--offline"]);
    assert_eq!((offline.len(), counts["remembered"].as_u64(), counts["unchecked"].as_u64()), (2, Some(3), Some(1)));
    assert_eq!((site.total(), book.read("links.json")), (before, text.clone()));

    let (_, err, _) = book.run(&["--external", "--cache", "links.json", "--offline"]);
    assert!(err.contains("; links to other sites: 2 alive, 1 dead, 1 not checked (3 known from before)"), "{err}");

    // A book that has the file uses it; so does one whose settings name another.
    book.write(".proofpress-links.json", &text);
    assert_eq!(book.check(&[]).1["remembered"], 2);
    book.write("other.json", &text);
    book.write("book.toml", &format!("{SETTINGS}cache = \"other.json\"\n"));
    fs::remove_file(book.root.join(".proofpress-links.json")).unwrap();
    assert_eq!(book.check(&[]).1["remembered"], 2);

    // A new fragment is a new question, and so is an answer of long ago.
    book.write("README.md", &page(&[format!("{}/page#gone", site.root)]));
    let (found, _) = book.check(&[]);
    assert!(found[0].contains("dead-external-anchor"), "{found:?}");
    book.write("other.json", &text.replace("\"checked\":\"2", "\"checked\":\"1"));
    assert_eq!(book.check(&[]).1["remembered"], 0);
}

#[test]
fn the_file_is_that_of_the_book() {
    let site = Site::new();
    let at = |path: &str| format!("{}{path}", site.root);
    let book = Book::new(&page(&["/b", "/a"].map(|n| at(&format!("/slowly{n}")))), SETTINGS);
    assert!(!book.root.join(FILE).exists());
    book.check(&[]);
    assert!(!book.root.join(FILE).exists(), "nobody asked for a file");

    // An empty file is the wish to have one. Its lines are sorted, and the same links give the same bytes.
    book.write(FILE, "");
    book.check(&[]);
    let both = book.read(FILE);
    let lines: Vec<&str> = both.lines().collect();
    assert_eq!(lines.len(), 7, "{both}");
    assert!(lines[3].starts_with(&format!("\"{}\": ", at("/slowly/a"))) && lines[3].ends_with("},"), "{both}");
    assert!(lines[4].starts_with(&format!("\"{}\": ", at("/slowly/b"))) && lines[4].ends_with("}"), "{both}");
    book.write(FILE, "");
    book.check(&[]);
    assert_eq!(book.read(FILE), both);

    // What the book does not link to any more goes, and nothing else changes; nor is a known page asked for again.
    let before = site.total();
    book.write("README.md", &page(&[at("/slowly/b")]));
    book.check(&["--offline"]);
    assert_eq!(book.read(FILE), both, "who may not ask may not forget");
    book.check(&[]);
    let one = both.replace(&format!("{}\n", lines[3]), "");
    assert_eq!((book.read(FILE), site.total()), (one, before));
    // A file that is named on the command line may be that of other books as well.
    book.write("shared.json", &both);
    book.check(&["--cache", "shared.json"]);
    assert_eq!((book.read("shared.json"), site.total()), (both, before));
}

#[test]
fn a_file_that_cannot_be_read_stays_as_it_is() {
    let site = Site::new();
    let book = Book::new(&page(&[format!("{}/ok", site.root)]), SETTINGS);
    for (text, why) in [
        ("<<<<<<< ours\n", "it has the marks of a merge; keep one of the two sides"),
        ("{\"version\": 1,\n\"links\": {\n", "EOF while parsing an object at line 3 column 0"),
        (
            "{\"version\": 1,\n\"links\": {\n\"x\": 5}}",
            "invalid type: integer `5`, expected struct Entry at line 3 column 6",
        ),
        ("{\"version\": 2,\n\"links\": {}}", "it has version 2, and this proofpress reads version 1"),
    ] {
        book.write(FILE, text);
        for arguments in [&["--external"][..], &["--external", "--offline"]] {
            let (out, err, code) = book.run(arguments);
            assert_eq!((out, code, book.read(FILE)), (String::new(), 2, text.to_string()), "{err}");
            assert!(err.contains(&format!("{FILE}`: {why}; correct the file or delete it")), "{err}");
        }
    }
    assert_eq!(site.total(), 0, "nobody is asked for answers that cannot be kept");
    fs::remove_file(book.root.join(FILE)).unwrap();
    fs::create_dir(book.root.join("folder")).unwrap();
    let (_, err, code) = book.run(&["--external", "--cache", "folder"]);
    assert!(code == 2 && err.contains("cannot read the answers in `folder`"), "{err}");
    let (_, err, code) = book.run(&["--external", "--cache", "no/such/folder.json"]);
    assert!(code == 2 && err.contains("cannot write `no/such/folder.json`"), "{err}");
}

#[test]
fn what_was_gone_stays_gone_while_nobody_answers() {
    let site = Site::new();
    for (path, requests) in [("/404-then-500", 4), ("/404-then-429", 4)] {
        let gone = format!("{}{path}", site.root);
        let book = Book::new(&page(std::slice::from_ref(&gone)), SETTINGS);
        book.write(FILE, "");
        let (first, _) = book.check(&[]);
        assert_eq!(first, [format!("3 dead-external-link: `{gone}` is gone: the site answers 404 Not Found")]);
        let (second, counts) = book.check(&[]);
        assert_eq!((&second, counts["remembered"].as_u64(), site.count(path)), (&first, Some(1), requests));
    }
}

/// Who stops a run has asked the sites for something already.
#[cfg(unix)]
#[test]
fn answers_outlive_a_run_that_is_stopped() {
    for signal in ["-INT", "-TERM"] {
        let site = Site::new();
        let links = ["/ok", "/404", "/silent/a", "/silent/b"].map(|path| format!("{}{path}", site.root));
        let settings = SETTINGS.replace("timeout = 3", "timeout = 60");
        for file in [true, false] {
            let before = site.total();
            let book = Book::new(&page(&links), &settings);
            if file {
                book.write(FILE, "");
            }
            let mut command = book.command(env!("CARGO_BIN_EXE_proofpress"));
            let run =
                command.args(["check", "--external"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            let patience = Instant::now();
            while site.total() < before + 4 && patience.elapsed() < Duration::from_secs(60) {
                sleep(Duration::from_millis(20));
            }
            // The two that answer have done so; the program has still to hear it.
            sleep(Duration::from_millis(500));
            assert!(Command::new("kill").args([signal, &run.id().to_string()]).status().unwrap().success());
            let output = run.wait_with_output().unwrap();
            let err = String::from_utf8(output.stderr).unwrap();
            assert_eq!((output.status.code(), &*output.stdout), (Some(2), &b""[..]), "{err}");
            assert!(err.contains("stopped before 2 links to other sites had an answer"), "{err}");
            assert_eq!(err.contains(&format!("{FILE}`, and the next run goes on from there")), file, "{err}");
            if file {
                let text = book.read(FILE);
                assert!(text.contains("/ok\": {") && text.contains("404 Not Found"), "{text}");
                assert!(!text.contains("silent"), "{text}");
            }
        }
    }
}
