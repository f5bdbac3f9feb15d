//! The preview from outside: the real program, a small book, and requests as a browser sends them.
#![cfg(feature = "serve")]
#![allow(clippy::disallowed_methods)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(10);

/// A folder with a book, removed when it goes out of scope.
struct Book(PathBuf);

impl Book {
    fn new(files: &[(&str, &str)]) -> Book {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("proofpress-serve-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let book = Book(std::env::temp_dir().canonicalize().unwrap().join(name));
        fs::create_dir_all(&book.0).unwrap();
        files.iter().for_each(|(path, text)| book.write(path, text));
        book
    }

    fn small() -> Book {
        Book::new(&[
            ("SUMMARY.md", "* [Home](README.md)\n* [Guide](guide/README.md)\n  * [Install](guide/install.md)\n"),
            ("README.md", "# Home\n\nWelcome. ![](a%20b.svg)\n"),
            ("guide/README.md", "# Guide\n\nBegin here.\n"),
            ("guide/install.md", "# Install\n\nFirst words.\n"),
            ("a b.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>"),
            ("Cargo.toml", "secret = true\n"),
        ])
    }

    /// Writes a file as careful editors do: beside it first, then under its name.
    fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let beside = path.with_extension("part~");
        fs::write(&beside, text).unwrap();
        fs::rename(beside, path).unwrap();
    }
}

impl Drop for Book {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The program while it serves a book; ended when it goes out of scope.
struct Server {
    child: Child,
    port: u16,
    log: Arc<Mutex<String>>,
}

impl Server {
    fn start(book: &Path, arguments: &[&str]) -> Server {
        let mut child = command(book, arguments).stderr(Stdio::piped()).spawn().unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let (lines, copy) = (BufReader::new(child.stderr.take().unwrap()).lines(), log.clone());
        std::thread::spawn(move || {
            lines.map_while(Result::ok).for_each(|line| *copy.lock().unwrap() += &(line + "\n"))
        });
        let mut server = Server { child, port: 0, log };
        let first = server.wait_for("Serving http://127.0.0.1:");
        let after = first.split("127.0.0.1:").nth(1).unwrap();
        server.port = after.split('/').next().unwrap().parse().unwrap();
        server
    }

    /// What the terminal shows, once these words are in it.
    fn wait_for(&self, words: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let log = self.log.lock().unwrap().clone();
            if log.contains(words) && log.ends_with('\n') {
                return log;
            }
            assert!(Instant::now() < deadline, "no `{words}` in\n{log}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn send(&self, method: &str, path: &str, host: &str) -> Answer {
        let mut stream = connect(self.port);
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        Answer { status: head[9..12].parse().unwrap(), head: head.to_ascii_lowercase(), body: body.to_string() }
    }

    fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "localhost")
    }

    /// Listens as the script in a page does.
    fn listen(&self, page: &str) -> Events {
        let version = self.get(page).version().to_string();
        let mut stream = connect(self.port);
        write!(stream, "GET /__proofpress/events?page={page}&version={version} HTTP/1.1\r\nHost: localhost\r\n\r\n")
            .unwrap();
        Events(BufReader::new(stream))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        let line = self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        line.unwrap_or_default()
    }

    fn version(&self) -> &str {
        let after = self.body.split("data-version=\"").nth(1).unwrap_or_default();
        after.split('"').next().unwrap_or_default()
    }
}

struct Events(BufReader<TcpStream>);

impl Events {
    /// Waits for the next change of the page.
    fn changed(&mut self) {
        let mut line = String::new();
        while !line.starts_with("event: change") {
            line.clear();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the connection was closed");
        }
    }

    /// Waits for the findings of the page and gives `errors warnings`, then `path:line rule` of each.
    fn found(&mut self) -> Vec<String> {
        let mut line = String::new();
        while !line.starts_with("event: findings") {
            line.clear();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the connection was closed");
            assert!(!line.starts_with("event: change"), "the page itself has changed");
        }
        line.clear();
        self.0.read_line(&mut line).unwrap();
        let part: serde_json::Value = serde_json::from_str(line.strip_prefix("data: ").unwrap()).unwrap();
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_string();
        let one =
            |found: &serde_json::Value| format!("{}:{} {}", text(&found["path"]), found["line"], text(&found["rule"]));
        let counts = format!("{} {}", part["errors"], part["warnings"]);
        [counts].into_iter().chain(part["found"].as_array().unwrap().iter().map(one)).collect()
    }
}

fn connect(port: u16) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

fn command(book: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_proofpress"));
    command.args(["serve", "--no-highlight"]).arg(book).args(arguments).stdin(Stdio::null()).stdout(Stdio::null());
    command
}

/// The index is made when it is asked for, and is the one that a build writes.
#[test]
fn search_is_served() {
    let book = Book::new(&[("README.md", "# Start\n\nmarmalade\n"), ("a.md", "# Other\n")]);
    let server = Server::start(&book.0, &[]);
    let table = server.get("/assets/search.js");
    assert_eq!(table.status, 200);
    assert!(table.head.contains("content-type: text/javascript"));
    assert!(table.body.contains("window.proofpressSearch") && table.body.contains("proofpressSearch(\"\",\"\",{"));
    assert!(server.get("/assets/search/t0.js?abc").body.contains("armalade"));
    assert_eq!(server.get("/assets/search/t1.js").status, 404);
    assert!(server.get("/search").body.contains("All pages"));
    book.write("a.md", "# Other\n\nchutney\n");
    let deadline = Instant::now() + PATIENCE;
    while !server.get("/assets/search/x0.js").body.contains("chutney") {
        assert!(Instant::now() < deadline, "the index is still that of the book before");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn files_are_found_by_their_paths() {
    let book = Book::small();
    let server = Server::start(&book.0, &["--port", "0"]);
    for (path, status, content_type, words) in [
        ("/", 200, "text/html; charset=utf-8", "Welcome."),
        ("/index.html", 200, "text/html; charset=utf-8", "Welcome."),
        ("/guide/", 200, "text/html; charset=utf-8", "Begin here."),
        ("/guide/install", 200, "text/html; charset=utf-8", "First words."),
        ("/guide/install.html?x=1", 200, "text/html; charset=utf-8", "First words."),
        ("/guide/install.md", 200, "text/markdown; charset=utf-8", "First words."),
        ("/assets/site.css", 200, "text/css; charset=utf-8", "{"),
        ("/assets/site.js", 200, "text/javascript; charset=utf-8", "("),
        ("/a%20b.svg", 200, "image/svg+xml; charset=utf-8", "<svg"),
        ("/robots.txt", 200, "text/plain; charset=utf-8", "User-agent"),
        ("/__proofpress/reload.js", 200, "text/javascript; charset=utf-8", "EventSource"),
        ("/nowhere/at/all", 404, "text/html; charset=utf-8", "href=\"/assets/site-all.css\""),
    ] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (status, content_type), "{path}");
        assert!(answer.body.contains(words), "{path}: {}", answer.body);
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
    let folder = server.get("/guide?x=1");
    assert_eq!((folder.status, folder.header("location")), (302, "/guide/?x=1"));

    let page = server.get("/guide/");
    let policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: https: http:";
    assert_eq!(page.header("content-security-policy"), policy);
    let head = server.send("HEAD", "/guide/", "localhost");
    assert_eq!((head.status, &*head.body), (200, ""));
    assert_eq!(head.header("content-length"), page.header("content-length"));
    let post = server.send("POST", "/guide/", "localhost");
    assert_eq!((post.status, post.header("allow")), (405, "get, head"));
}

/// What is served is what is built, but for the script.
#[test]
fn served_and_built_pages_are_equal() {
    let book = Book::small();
    let server = Server::start(&book.0, &["--port", "0"]);
    let out = Book::new(&[]);
    let mut build = Command::new(env!("CARGO_BIN_EXE_proofpress"));
    let built =
        build.args(["build", "--no-highlight"]).arg(&book.0).arg("-o").arg(&out.0).stderr(Stdio::null()).status();
    assert!(built.unwrap().success());
    for path in ["index.html", "guide/index.html", "guide/install.html", "assets/site.css", "llms.txt"] {
        let answer = server.get(&format!("/{path}"));
        let script =
            format!("<script src=\"/__proofpress/reload.js\" data-version=\"{}\"></script>\n", answer.version());
        assert_eq!(answer.body.replace(&script, ""), fs::read_to_string(out.0.join(path)).unwrap(), "{path}");
    }
}

#[test]
fn nothing_but_the_site_is_served() {
    let book = Book::small();
    let outside = Book::new(&[("key.svg", "secret")]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(outside.0.join("key.svg"), book.0.join("key.svg")).unwrap();
        fs::write(book.0.join("guide/install.md"), "# Install\n\n![](../key.svg) ![](../later.svg)\n").unwrap();
        fs::write(book.0.join("later.svg"), "mine").unwrap();
    }
    let server = Server::start(&book.0, &["--port", "0"]);
    let absolute = format!("/{}", book.0.join("Cargo.toml").display());
    for path in [
        "/Cargo.toml",
        "/../Cargo.toml",
        "/guide/../Cargo.toml",
        "/guide/../../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/%2e%2e%2fCargo.toml",
        "/..%5cCargo.toml",
        "/..%2f..%2f..%2fetc/passwd",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/etc/passwd%00.html",
        "/%ff",
        "/key.svg",
        &absolute,
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains("secret") && !answer.body.contains("root:"), "{path}: {}", answer.body);
    }
    #[cfg(unix)]
    {
        assert_eq!(server.get("/later.svg").body, "mine");
        fs::remove_file(book.0.join("later.svg")).unwrap();
        std::os::unix::fs::symlink(outside.0.join("key.svg"), book.0.join("later.svg")).unwrap();
        assert_eq!(server.get("/later.svg").status, 404);
    }
    for (host, status) in [
        ("localhost:4000", 200),
        ("127.0.0.1", 200),
        ("[::1]:1", 200),
        ("example.com", 403),
        ("localhost.example.com:4000", 403),
        ("192.168.0.1", 403),
    ] {
        let answer = server.send("GET", "/", host);
        assert_eq!(answer.status, status, "{host}");
        assert_eq!(answer.body.contains("Welcome."), status == 200, "{host}");
    }
}

#[test]
fn an_edit_reaches_the_browsers_that_show_it() {
    let book = Book::small();
    let server = Server::start(&book.0, &["--port", "0"]);
    let (mut install, mut guide) = (server.listen("/guide/install"), server.listen("/guide/"));

    book.write("guide/install.md", "# Install\n\nOther words, and a [dead link](nowhere.md).\n");
    install.changed();
    assert!(server.get("/guide/install").body.contains("Other words"));
    server.wait_for("guide/install.md changed: 1 page in");
    server.wait_for("nowhere.md");

    // The problem that was shown is not shown again.
    book.write("guide/install.md", "# Install\n\nMore words, and a [dead link](nowhere.md).\n");
    install.changed();
    server.wait_for("changed: 1 page in");
    book.write("guide/install.md", "# Install\n\nMore words.\n");
    install.changed();
    let log = server.wait_for("1 resolved");
    assert_eq!(log.matches("-->").count(), 1, "{log}");

    // A title stands in the sidebar of every page.
    book.write("SUMMARY.md", "* [Home](README.md)\n* [Guide](guide/README.md)\n  * [Set up](guide/install.md)\n");
    install.changed();
    guide.changed();
    assert!(server.get("/guide/").body.contains("Set up"));

    // A page in a new folder, then gone again.
    let mut new = server.listen("/new/page");
    fs::create_dir_all(book.0.join("new/empty")).unwrap();
    book.write("new/page.md", "# New\n");
    book.write("SUMMARY.md", "* [Home](README.md)\n* [Guide](guide/README.md)\n* [New](new/page.md)\n");
    new.changed();
    server.wait_for("SUMMARY.md");
    let mut later = server.listen("/");
    book.write("new/empty/late.md", "# Late\n");
    book.write("new/page.md", "# Newer\n");
    server.wait_for("new/empty/late.md");
    fs::remove_dir_all(book.0.join("new")).unwrap();
    later.changed();
}

/// Each page is told of its own findings and of those of the texts that it includes, the home page of what belongs to no
/// page, and nothing is told of a clean one.
#[test]
fn browsers_are_told_what_is_wrong_on_their_page() {
    let book = Book::new(&[
        ("SUMMARY.md", "* [Home](README.md)\n* [A](a.md)\n* [B](b.md)\n* [C](c.md)\n* [Gone](gone.md)\n"),
        ("README.md", "# Home\n"),
        ("a.md", "# A\n\n[x](nowhere.md)\n\n{% include \"part.md\" %}\n"),
        ("b.md", "# B\n\n{% include \"part.md\" %}\n"),
        ("c.md", "# C\n\nClean.\n"),
        ("part.md", "Part of [y](#nothing).\n\n{% hint stile=\"info\" %}\nText.\n{% endhint %}\n"),
        ("book.toml", "[book]\ntitel = \"T\"\n"),
    ]);
    let server = Server::start(&book.0, &["--port", "0"]);
    server.wait_for(" errors, ");
    let part = ["part.md:1 dead-anchor", "part.md:3 unknown-attribute"];
    let (mut a, mut b, mut c) = (server.listen("/a"), server.listen("/b.html"), server.listen("/c"));
    assert_eq!(server.listen("/").found(), ["2 0", "SUMMARY.md:5 missing-page", "book.toml:2 config-unknown-key"]);
    assert_eq!(a.found(), ["2 1", "a.md:3 dead-link", part[0], part[1]]);
    assert_eq!(b.found(), ["1 1", part[0], part[1]]);

    // `info` is what a call-out is anyhow: the page looks as before, and only what is wrong with it is news.
    book.write("part.md", "Part of [y](#nothing).\n\n{% hint style=\"info\" %}\nText.\n{% endhint %}\n");
    assert_eq!(b.found(), ["1 0", part[0]]);
    book.write("b.md", "# B\n\n{% include \"part.md\" %}\n\n## Nothing\n");
    b.changed();
    assert_eq!(b.found(), ["0 0"]);

    // The first that a clean page is told is of its first fault.
    book.write("c.md", "# C\n\nClean.\n\n<!-- proofpress-ignore dead-link: none -->\n");
    c.changed();
    assert_eq!(c.found(), ["0 1", "c.md:5 unused-ignore"]);
    for (path, content_type) in [("findings.js", "text/javascript"), ("findings.css", "text/css")] {
        let answer = server.get(&format!("/__proofpress/{path}"));
        assert_eq!(answer.status, 200);
        assert!(answer.header("content-type").starts_with(content_type));
    }
}

/// A page lists some of its findings and counts all.
#[test]
fn a_page_with_a_thousand_findings_lists_the_first() {
    let text = "# Home\n\n".to_string() + &"[x](nowhere.md)\n\n".repeat(1000);
    let book = Book::new(&[("README.md", &text)]);
    let server = Server::start(&book.0, &["--port", "0"]);
    let found = server.listen("/").found();
    assert_eq!((&*found[0], found.len()), ("1000 0", 101));
}

#[test]
fn images_and_themes_are_watched() {
    let book = Book::small();
    let server = Server::start(&book.0, &["--port", "0"]);
    let mut home = server.listen("/");
    book.write("a b.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2\" height=\"1\"/>");
    home.changed();
    assert!(server.get("/a%20b.svg").body.contains("width=\"2\""));

    book.write("theme/site.css", "p { color: red }");
    home.changed();
    assert!(server.get("/assets/site.css").body.contains("color:red"));

    book.write("theme/page.html", "{{ nothing.at.all }}");
    server.wait_for("page.html` cannot be used");
    assert!(server.get("/").body.contains("Welcome."));
    book.write("README.md", "# Home\n\nStill here.\n");
    home.changed();
    assert!(server.get("/").body.contains("Still here."));

    book.write("theme/page.html", "<body>Mine: {{ body | safe }}</body>");
    home.changed();
    assert!(server.get("/").body.contains("Mine: <p"));
}

#[test]
fn a_busy_port_is_passed_over() {
    let book = Book::small();
    let busy = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = busy.local_addr().unwrap().port().to_string();
    let server = Server::start(&book.0, &["--port", &port]);
    assert_ne!(server.port.to_string(), port);
    server.wait_for(&format!("note: port {port} is busy"));
    assert_eq!(server.get("/").status, 200);

    let failed = command(&book.0, &["--port", &port, "--strict-port"]).output().unwrap();
    assert_eq!(failed.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&failed.stderr), format!("error: port {port} is busy\n"));
}

#[cfg(unix)]
#[test]
fn an_interrupt_is_no_error() {
    let book = Book::small();
    let mut server = Server::start(&book.0, &["--port", "0"]);
    let _open = server.listen("/");
    let interrupted = Command::new("kill").args(["-INT", &server.child.id().to_string()]).status();
    assert!(interrupted.unwrap().success());
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        if let Some(status) = server.child.try_wait().unwrap() {
            return assert_eq!(status.code(), Some(0));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("still running");
}
