//! `check --external` from outside: the real program, a book, and a server on this machine that behaves as sites do.
#![cfg(feature = "external-links")]
#![allow(clippy::disallowed_methods)]

#[path = "external/site.rs"]
mod site;

use serde_json::Value;
use site::Site;
use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// A book of one page, removed when it goes out of scope.
struct Book(PathBuf);

/// Waits are short here, and this machine may be asked.
const SETTINGS: &str =
    "[check]\nleftover-address = \"off\"\n[check.external]\nprivate = true\nretry-wait = 0.05\ntimeout = 2\n";

impl Book {
    fn new(page: &str, settings: &str) -> Book {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("proofpress-external-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let book = Book(std::env::temp_dir().canonicalize().unwrap().join(name));
        fs::create_dir_all(&book.0).unwrap();
        book.write("README.md", page);
        book.write("book.toml", settings);
        book
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> (String, String, i32) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_proofpress"));
        command.arg("check").args(arguments).current_dir(&self.0).stdin(Stdio::null());
        for name in ["GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            command.env_remove(name);
        }
        let Output { status, stdout, stderr } = command.output().unwrap();
        (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap(), status.code().unwrap())
    }

    /// The findings with their lines, one a line, and the counts.
    fn check(&self, arguments: &[&str]) -> (Vec<String>, Value) {
        let arguments = [&["--external", "--format", "json", "--fail-on", "note", "--exit-zero"], arguments].concat();
        let (out, err, code) = self.run(&arguments);
        assert_eq!(code, 0, "{err}");
        let report: Value = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}"));
        let found = report["diagnostics"].as_array().unwrap().iter();
        let line = |found: &Value| {
            let text = |key: &str| found[key].as_str().unwrap().to_string();
            format!("{} {}: {}", found["range"]["start"]["line"], text("rule"), text("message"))
        };
        (found.map(line).collect(), report["summary"]["external"].clone())
    }
}

impl Drop for Book {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A page with a link in each of its lines from the third on.
fn page(links: &[String]) -> String {
    let links: Vec<String> = links.iter().map(|link| format!("[x]({link})  \n")).collect();
    format!("# Links\n\n{}", links.concat())
}

#[test]
fn every_answer_has_its_meaning() {
    let site = Site::new();
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let at = |path: &str| format!("{}{path}", site.root);
    let moved = at("/moved");
    let (new, twice) = (at("/new"), at("/moved/twice"));
    let cases: Vec<(String, String)> = [
        ("/ok", String::new()),
        ("/found", String::new()),
        ("/moved", format!("moved-link: `{moved}` has moved for good to `{new}`")),
        ("/moved/twice", format!("moved-link: `{twice}` has moved for good to `{new}`")),
        // Moved for good to a page that has moved for the moment: the first address is the better one.
        ("/moved/found", format!("moved-link: `{}` has moved for good to `{}`", at("/moved/found"), at("/found"))),
        ("/circle", "unreachable-link: … cannot be reached: the site redirects again and again".into()),
        ("/metadata", "unreachable-link: … cannot be reached: it leads into a private network".into()),
        ("/401", "unverified-link: … could not be verified: the site answers 401 Unauthorized".into()),
        ("/403", "unverified-link: … could not be verified: the site answers 403 Forbidden".into()),
        ("/404", "dead-external-link: … is gone: the site answers 404 Not Found".into()),
        ("/410", "dead-external-link: … is gone: the site answers 410 Gone".into()),
        ("/400", "unreachable-link: … cannot be reached: the site answers 400 Bad Request".into()),
        ("/500", "unreachable-link: … cannot be reached: the site answers 500 Internal Server Error".into()),
        ("/flaky", String::new()),
        ("/reset-once", String::new()),
        ("/slow", String::new()),
        ("/silent", "unreachable-link: … cannot be reached: the site does not answer in time".into()),
        ("/reset", "unreachable-link: … cannot be reached: the site closes the connection without an answer".into()),
        ("/page#here", String::new()),
        ("/page#by-name", String::new()),
        ("/page#%C3%BCber", String::new()),
        ("/page#top", String::new()),
        ("/page#gone", format!("dead-external-anchor: `{}` has no anchor `#gone`", at("/page"))),
        ("/image#gone", String::new()),
        ("/endless#gone", String::new()),
        ("/403-accepted", String::new()),
    ]
    .map(|(path, expected)| (at(path), expected))
    .into();
    let mut links: Vec<String> = cases.iter().map(|(link, _)| link.clone()).collect();
    let refused = format!("http://127.0.0.1:{closed}/x");
    // What does not speak the language of secure connections cannot be trusted.
    let unsafe_link = at("/ok").replace("http:", "https:");
    links.extend([refused.clone(), unsafe_link.clone()]);
    let settings = format!("{SETTINGS}accept = [418]\n");
    let book = Book::new(&page(&links), &settings);
    let began = Instant::now();
    let (found, counts) = book.check(&[]);
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());

    let mut expected: Vec<String> = Vec::new();
    for (n, (link, message)) in cases.iter().enumerate().filter(|(_, (_, message))| !message.is_empty()) {
        expected.push(format!("{} {}", n + 3, message.replace('…', &format!("`{link}`"))));
    }
    let line = cases.len() + 3;
    expected.push(format!("{line} unreachable-link: `{refused}` cannot be reached: the host refuses connections"));
    expected.push(format!(
        "{} unreachable-link: `{unsafe_link}` cannot be reached: no secure connection can be made; a browser would \
         warn its reader",
        line + 1
    ));
    assert_eq!(found, expected);
    assert_eq!((counts["dead"].as_u64(), counts["unknown"].as_u64()), (Some(2), Some(2)), "{counts}");
    assert_eq!(counts["unchecked"], 0, "{counts}");

    assert_eq!(site.count("/page"), 1, "one request for all fragments of a page");
    assert_eq!((site.count("/flaky"), site.count("/404"), site.count("/403")), (3, 1, 1));
    assert_eq!((site.count("/silent"), site.count("/500")), (2, 3));
    assert!(site.busiest() <= 4, "{} requests at the same time", site.busiest());
    assert!(site.agents().iter().all(|agent| agent.starts_with("proofpress/")), "{:?}", site.agents());
}

#[test]
fn a_host_that_wants_rest_gets_it() {
    let site = Site::new();
    let links: Vec<String> = (0..8).map(|n| format!("{}/limited/{n}", site.root)).collect();
    let (found, counts) = Book::new(&page(&links), SETTINGS).check(&[]);
    assert_eq!((found, counts["alive"].as_u64()), (vec![], Some(8)));
    let (refused, gap) = site.rest();
    assert!(refused <= 4 && gap >= Duration::from_millis(950), "{refused} refused, asked again after {gap:?}");

    // It is not broken; it does not want to be asked today.
    let links: Vec<String> = (0..9).map(|n| format!("{}/closed/{n}", site.root)).collect();
    let (found, counts) = Book::new(&page(&links), SETTINGS).check(&[]);
    assert!(found.iter().all(|found| found.contains("unverified-link") && found.contains("429")), "{found:?}");
    assert_eq!(counts["unknown"], 9);
    let asked: usize = (0..9).map(|n| site.count(&format!("/closed/{n}"))).sum();
    assert!(asked <= 4, "{asked} requests after `Retry-After: 86400`");
}

#[test]
fn no_host_is_asked_by_more_than_four() {
    let site = Site::new();
    let links: Vec<String> = (0..40).map(|n| format!("{}/slowly/{n}", site.root)).collect();
    let (found, counts) = Book::new(&page(&links), SETTINGS).check(&[]);
    assert_eq!((found, counts["alive"].as_u64()), (vec![], Some(40)));
    assert!((2..=4).contains(&site.busiest()), "{} requests at the same time", site.busiest());
    let one = Site::new();
    let links: Vec<String> = (0..8).map(|n| format!("{}/slowly/{n}", one.root)).collect();
    Book::new(&page(&links), &format!("{SETTINGS}per-host = 1\n")).check(&[]);
    assert_eq!(one.busiest(), 1);
}

#[test]
fn a_run_ends() {
    let site = Site::new();
    let links: Vec<String> = (0..60).map(|n| format!("{}/silent/{n}", site.root)).collect();
    // A host that says nothing at all is given up.
    let book = Book::new(&page(&links), &SETTINGS.replace("timeout = 2", "timeout = 0.3"));
    let began = Instant::now();
    let (found, counts) = book.check(&[]);
    assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
    assert_eq!((found.len(), counts["unreachable"].as_u64()), (60, Some(60)));
    assert!(found[59].ends_with("the host does not answer"), "{}", found[59]);
    // And nothing goes on after the deadline.
    book.write("book.toml", &SETTINGS.replace("timeout = 2", "timeout = 60\ndeadline = 0.5"));
    let began = Instant::now();
    let (found, counts) = book.check(&[]);
    assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
    assert_eq!((found, counts["unchecked"].as_u64()), (vec![], Some(60)));
}

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
    assert!(!text.contains(book.0.to_str().unwrap()), "{text}");

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

    // A book that has the file uses it; so does one whose settings name another.
    book.write(".proofpress-links.json", &text);
    assert_eq!(book.check(&[]).1["remembered"], 2);
    book.write("other.json", &text);
    book.write("book.toml", &format!("{SETTINGS}cache = \"other.json\"\n"));
    fs::remove_file(book.0.join(".proofpress-links.json")).unwrap();
    assert_eq!(book.check(&[]).1["remembered"], 2);

    // A new fragment is a new question, and so is an answer of long ago.
    book.write("README.md", &page(&[format!("{}/page#gone", site.root)]));
    let (found, _) = book.check(&[]);
    assert!(found[0].contains("dead-external-anchor"), "{found:?}");
    book.write("other.json", &text.replace("\"checked\":\"2", "\"checked\":\"1"));
    assert_eq!(book.check(&[]).1["remembered"], 0);
    book.write("other.json", "<<<<<<< ours\n");
    let (_, err, code) = book.run(&["--external"]);
    assert!(code == 2 && err.contains("other.json") && err.contains("correct the file or delete it"), "{err}");
    assert_eq!(book.read("other.json"), "<<<<<<< ours\n");
}

#[test]
fn nothing_is_asked_without_the_word() {
    let site = Site::new();
    let links = ["/404", "/ok", "/ok#x"].map(|path| format!("{}{path}", site.root));
    let book = Book::new(&page(&links), SETTINGS);
    for arguments in [&[][..], &["--offline"], &["--external", "--offline"]] {
        let (_, err, code) = book.run(arguments);
        assert!(code == 0 && err.contains("; links to other sites: 2 not checked"), "{err}");
    }
    assert_eq!(site.total(), 0);
    let (_, err, code) = book.run(&["--external"]);
    assert!(code == 1 && err.contains("links to other sites: 1 alive, 1 dead"), "{err}");
    assert!(err.contains("error[dead-external-link]") && err.contains(" --> README.md:3:5"), "{err}");
    assert!(!err.contains('\r'), "no progress where there is no terminal: {err}");
    let (_, err, code) = book.run(&["--cache", "x.json"]);
    assert!(code == 2 && err.contains("--external"), "{err}");
}

#[test]
fn closed_doors_stay_closed() {
    let site = Site::new();
    let port = site.root.rsplit(':').next().unwrap();
    let own = [
        format!("http://localhost:{port}/ok"),
        format!("http://127.0.0.1:{port}/ok"),
        format!("http://2130706433:{port}/ok"),
        format!("http://[::ffff:127.0.0.1]:{port}/ok"),
    ];
    let never = [
        format!("http://me:secret@127.0.0.1:{port}/ok"),
        "http://169.254.169.254/latest/meta-data/".to_string(),
        "https://example.com/reserved".to_string(),
        "https://<your-host>/x".to_string(),
    ];
    let book = Book::new(&page(&[&own[..], &never].concat()), "[check]\nleftover-address = \"off\"\n");
    let (found, counts) = book.check(&["--cache", "links.json"]);
    assert_eq!((found, counts["unchecked"].as_u64(), site.total()), (vec![], Some(8), 0));
    assert!(!book.read("links.json").contains("secret"));

    // The settings open this machine; what is nobody's stays closed, and so does what the author excludes.
    book.write("README.md", &page(&[&own[..3], &never].concat()));
    book.write("book.toml", &format!("{SETTINGS}exclude = ['http://127.0.0.1*']\n"));
    let (found, counts) = book.check(&[]);
    assert_eq!((found, counts["alive"].as_u64(), site.count("/ok")), (vec![], Some(2), 2), "{counts}");
}

#[test]
fn silence_is_the_authors() {
    let site = Site::new();
    let (gone, moved) = (format!("{}/404", site.root), format!("{}/moved", site.root));
    let text = format!("# A\n\n<!-- proofpress-ignore dead-external-link: known -->\n[x]({gone})\n\n[y]({gone}#z)\n");
    let book = Book::new(&text, &SETTINGS.replace("[check]\n", "[check]\nmoved-link = \"error\"\n"));
    let (found, _) = book.check(&[]);
    assert_eq!(found, [format!("6 dead-external-link: `{gone}#z` is gone: the site answers 404 Not Found")]);
    // Who did not ask cannot say that the ignore is of no use.
    let (_, err, code) = book.run(&["--fail-on", "note"]);
    assert_eq!(code, 0, "{err}");
    book.write("README.md", &format!("# A\n\n<!-- proofpress-ignore dead-external-link: gone -->\n[x]({moved}#z)\n"));
    let (out, _, code) = book.run(&["--external", "--format", "json"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, 1);
    let rules: Vec<&str> =
        report["diagnostics"].as_array().unwrap().iter().filter_map(|d| d["rule"].as_str()).collect();
    assert_eq!(rules, ["unused-ignore", "moved-link"], "{out}");
    let fix = &report["diagnostics"][1]["fix"];
    assert_eq!(fix["edits"][0]["text"], format!("{}/new#z", site.root).as_str(), "{fix}");
    assert_eq!(fix["applicability"], "unsafe");
}
