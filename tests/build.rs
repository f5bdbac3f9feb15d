//! What a build promises of the output folder: the real program, small books, and a look at every file.
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

/// A folder, removed when it goes out of scope.
struct Folder(PathBuf);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Folder {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("proofpress-build-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = Folder(std::env::temp_dir().canonicalize().unwrap().join(name));
        fs::create_dir_all(&folder.0).unwrap();
        files.iter().for_each(|(path, text)| folder.write(path, text));
        folder
    }

    /// A book with folders, an image, a redirect and a finding of each severity.
    fn book() -> Folder {
        Folder::new(&[
            ("SUMMARY.md", "* [Home](README.md)\n* [Guide](guide/README.md)\n  * [Install](guide/install.md)\n"),
            ("README.md", "# Home\n\nWelcome. ![](a%20b.svg) [x](nowhere.md)\n\n```yaml\na: 1\n```\n"),
            ("guide/README.md", "# Guide\n\n{% hint style=\"info\" %}\nBegin **here**.\n{% endhint %}\n"),
            ("guide/install.md", "# Install\n\n{% nonsense %}\n\n[Data](data.csv), $$x^2$$ and 图.\n"),
            ("guide/data.csv", "a,b\n"),
            ("a b.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>"),
            (".gitbook.yaml", "redirects:\n  old/place: guide/install.md\n"),
        ])
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn command(arguments: &[&str], book: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_proofpress"));
    command.arg("build").args(arguments).arg(book).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// Builds a book and returns what the program says.
fn build(book: &Folder, out: &Path, code: i32) -> String {
    run(command(&["--no-highlight", "-o", out.to_str().unwrap()], &book.0), code)
}

fn run(mut command: Command, code: i32) -> String {
    let Output { status, stderr, .. } = command.output().unwrap();
    let message = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(code), "{message}");
    message
}

/// Every file below a folder, with what it holds. Links are not followed.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    walk(folder, &mut |path, meta| {
        let bytes = if meta.is_file() { fs::read(path).unwrap() } else { Vec::new() };
        files.insert(path.strip_prefix(folder).unwrap().to_str().unwrap().to_string(), bytes);
    });
    files
}

/// When every file was written last, and which one it is.
fn stamps(folder: &Path) -> BTreeMap<PathBuf, (SystemTime, u64)> {
    let mut stamps = BTreeMap::new();
    walk(folder, &mut |path, meta| {
        stamps.insert(path.strip_prefix(folder).unwrap().to_path_buf(), (meta.modified().unwrap(), inode(meta)));
    });
    stamps
}

fn walk(folder: &Path, visit: &mut dyn FnMut(&Path, &fs::Metadata)) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let meta = entry.path().symlink_metadata().unwrap();
        if meta.is_dir() { walk(&entry.path(), visit) } else { visit(&entry.path(), &meta) }
    }
}

#[cfg(unix)]
fn inode(meta: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(meta)
}

#[cfg(not(unix))]
fn inode(_: &fs::Metadata) -> u64 {
    0
}

/// The names of files that are not what they were.
fn changed(before: &BTreeMap<PathBuf, (SystemTime, u64)>, folder: &Path) -> Vec<String> {
    let after = stamps(folder);
    let gone = before.keys().filter(|path| !after.contains_key(*path)).map(|path| format!("-{}", path.display()));
    let new = after.iter().filter(|(path, stamp)| before.get(*path) != Some(stamp));
    let mut names: Vec<String> = gone.chain(new.map(|(path, _)| path.display().to_string())).collect();
    names.retain(|name| name != ".proofpress.json");
    names.sort();
    names
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let (one, other, elsewhere) = (Folder::book(), Folder::book(), Folder::new(&[]));
    let mut first = command(&[], &one.0);
    first.env("RAYON_NUM_THREADS", "1").env("TZ", "UTC").env("LC_ALL", "C");
    run(first, 0);
    let mut second = command(&["-o", "out"], &Path::new("..").join(other.0.file_name().unwrap()));
    second.current_dir(&elsewhere.0);
    second.env("RAYON_NUM_THREADS", "2").env("TZ", "Asia/Tokyo").env("LC_ALL", "de_DE.UTF-8");
    run(second, 0);
    let (a, b) = (tree(&one.path("book")), tree(&elsewhere.path("out")));
    assert!(a.len() > 15, "{:?}", a.keys());
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    let temp = std::env::temp_dir().canonicalize().unwrap();
    for (path, bytes) in &a {
        assert!(*bytes == b[path], "{path} differs");
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains(temp.to_str().unwrap()), "{path} names a folder of this machine");
    }
}

#[test]
fn nothing_is_written_twice() {
    let book = Folder::book();
    let out = book.path("book");
    build(&book, &out, 0);
    let before = stamps(&out);
    let message = build(&book, &out, 0);
    assert!(message.contains("nothing changed since the last build; 1 error"), "{message}");
    assert!(message.contains("nowhere.md"), "known problems are shown again: {message}");
    assert_eq!(changed(&before, &out), [""; 0]);
    assert_eq!(stamps(&out), before, "the state too");
    // What is touched is compared and left alone.
    let touch = |path: &str| fs::File::open(path).unwrap().set_modified(SystemTime::now() + Duration::from_secs(5));
    touch(out.join("index.html").to_str().unwrap()).unwrap();
    let before = stamps(&out);
    let message = build(&book, &out, 0);
    assert!(message.contains(" 0 files written, ") && message.contains(", 0 removed"), "{message}");
    assert_eq!(changed(&before, &out), [""; 0]);
}

#[test]
fn an_edit_writes_what_differs() {
    // With the only formula of the book, its rules of style go.
    let book = Folder::book();
    let out = book.path("book");
    build(&book, &out, 0);
    let before = stamps(&out);
    book.write("guide/install.md", "# Install\n\nOther words.\n");
    build(&book, &out, 0);
    assert_eq!(
        changed(&before, &out),
        [
            "-guide/data.csv",
            "assets/search.js",
            "assets/search/b0.js",
            "assets/search/t0.js",
            "assets/search/x0.js",
            "assets/site-all.css",
            "assets/site-more.css",
            "guide/install.html",
            "guide/install.md",
            "llms-full.txt",
            "print.html"
        ]
    );
    // A file of ours that someone changed is made anew.
    fs::write(out.join("guide/install.html"), "x").unwrap();
    fs::remove_file(out.join("robots.txt")).unwrap();
    build(&book, &out, 0);
    assert!(fs::read_to_string(out.join("guide/install.html")).unwrap().contains("Other words"));
    assert!(out.join("robots.txt").is_file());
}

#[test]
fn only_what_was_ours_is_removed() {
    let book = Folder::book();
    let out = book.path("book");
    build(&book, &out, 0);
    let foreign = [("notes.txt", "mine"), ("guide/mine.html", "mine"), (".git/config", "mine"), ("mine/a", "b")];
    foreign.iter().for_each(|(path, text)| book.write(&format!("book/{path}"), text));
    fs::remove_file(book.path("guide/install.md")).unwrap();
    fs::remove_file(book.path(".gitbook.yaml")).unwrap();
    book.write("SUMMARY.md", "* [Home](README.md)\n");
    fs::remove_dir_all(book.path("guide")).unwrap();
    build(&book, &out, 0);
    let files = tree(&out);
    for (path, text) in foreign {
        assert_eq!(files.get(path).map(|bytes| &**bytes), Some(text.as_bytes()), "{path}");
    }
    let left: Vec<&String> = files.keys().filter(|path| path.contains("guide/") || path.contains("old")).collect();
    assert_eq!(left, ["guide/mine.html"]);
    assert!(!out.join("old").exists(), "empty folders go");
}

#[test]
fn what_is_in_the_way_stays() {
    for (path, folder) in [("index.html", false), ("guide", false), ("guide/install.html", true)] {
        let book = Folder::book();
        let out = book.path("book");
        book.write(&if folder { format!("book/{path}/mine") } else { format!("book/{path}") }, "mine");
        let before = (stamps(&out), tree(&out));
        let message = build(&book, &out, 2);
        assert!(message.contains("was not written by an earlier build"), "{message}");
        assert!(message.contains("choose another folder with `-o`"), "{message}");
        assert_eq!((stamps(&out), tree(&out)), before, "{path}");
    }
    // The same later, in the place of a file that was ours.
    let book = Folder::book();
    let out = book.path("book");
    build(&book, &out, 0);
    fs::remove_file(out.join("guide/install.html")).unwrap();
    book.write("book/guide/install.html/mine", "mine");
    book.write("README.md", "# Changed\n");
    let before = (stamps(&out), tree(&out));
    build(&book, &out, 2);
    assert_eq!((stamps(&out), tree(&out)), before);
}

#[test]
fn a_site_is_not_written_among_its_sources() {
    let book = Folder::book();
    let before = tree(&book.0);
    for out in ["", ".", "..", "guide", "guide/.."] {
        let message = build(&book, &book.path(out), 2);
        assert!(message.contains("holds the book itself; choose another with `-o`"), "{out}: {message}");
    }
    book.write("book.toml", "[build]\nbuild-dir = \".\"\n");
    run(command(&[], &book.0), 2);
    fs::remove_file(book.path("book.toml")).unwrap();
    assert_eq!(tree(&book.0), before);
}

/// A site in the book's folder is no part of the book, wherever it was written.
#[test]
fn a_site_is_not_read() {
    let book = Folder::book();
    build(&book, &book.path("book"), 0);
    build(&book, &book.path("public/site"), 0);
    build(&book, &book.path("third"), 0);
    assert_eq!(tree(&book.path("book")), tree(&book.path("third")));
    assert_eq!(tree(&book.path("book")), tree(&book.path("public/site")));
}

#[test]
fn a_broken_template_leaves_the_site_whole() {
    let book = Folder::book();
    let out = book.path("book");
    build(&book, &out, 0);
    let before = (stamps(&out), tree(&out));
    book.write("guide/new.md", "# New\n");
    book.write("SUMMARY.md", "* [Home](README.md)\n* [New](guide/new.md)\n* [Sub](new/folder.md)\n");
    for template in ["{% if %}", "{{ nowhere.at.all }}", "{% include \"none.html\" %}"] {
        book.write("theme/page.html", template);
        let message = build(&book, &out, 2);
        assert!(message.starts_with("error: ") || message.contains("\nerror: the theme's"), "{message}");
        assert_eq!((stamps(&out), tree(&out)), before, "{template}");
        build(&book, &book.path("first"), 2);
        assert!(!book.path("first").exists(), "nothing is left of a first build that fails");
    }
    fs::remove_dir_all(book.path("theme")).unwrap();
    build(&book, &out, 0);
    assert!(out.join("guide/install.html").metadata().is_err() && out.join("new.html").is_file());
}

#[test]
fn strict_writes_nothing_when_there_are_errors() {
    let book = Folder::book();
    let out = book.path("book");
    let strict = |code| run(command(&["--strict"], &book.0), code);
    assert!(strict(1).contains("nothing was written"));
    assert!(!out.exists());
    build(&book, &out, 0);
    strict(1);
    book.write("README.md", "# Home\n");
    fs::remove_file(book.path("guide/install.md")).unwrap();
    book.write("guide/install.md", "# Install\n");
    strict(0);
    let message = run(command(&[], &book.path("none")), 2);
    assert!(message.contains("there is no folder"), "{message}");
}

/// At any moment every file is wholly that of before or wholly that of after, and the next build finishes the work.
#[cfg(unix)]
#[test]
fn a_killed_build_leaves_whole_files() {
    let book = Folder::book();
    let page = |n: usize, word: &str| {
        let body = format!("{word} paragraph.\n\n").repeat(200);
        book.write(&format!("many/p{n}.md"), &format!("# Page {n}\n\n{body}"));
    };
    let write = |word: &str| (0..60).for_each(|n| page(n, word));
    write("First");
    let summary: String = (0..60).map(|n| format!("* [Page {n}](many/p{n}.md)\n")).collect();
    book.write("SUMMARY.md", &summary);
    let (out, first, second) = (book.path("book"), book.path("one"), book.path("two"));
    build(&book, &first, 0);
    write("Second");
    build(&book, &second, 0);
    let sites = [tree(&first), tree(&second)];

    build(&book, &out, 0);
    let began = std::time::Instant::now();
    write("First");
    build(&book, &out, 0);
    let whole = began.elapsed();
    let mut half = 0;
    for round in 0..20u32 {
        write(if round % 2 == 0 { "Second" } else { "First" });
        let mut child = command(&["--no-highlight", "-o", out.to_str().unwrap()], &book.0);
        let mut child = child.stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole * (round + 1) / 20);
        child.kill().unwrap();
        child.wait().unwrap();
        let mut seen = [false; 2];
        for (path, bytes) in tree(&out).iter().filter(|(path, _)| !path.starts_with(".proofpress")) {
            let which = sites.iter().position(|site| site.get(path) == Some(bytes));
            let which = which.unwrap_or_else(|| panic!("{path} is of neither site"));
            seen[which] |= sites[0].get(path) != sites[1].get(path);
        }
        half += usize::from(seen == [true; 2]);
        assert_eq!(tree(&out).keys().filter(|path| path.ends_with(".html")).count(), html(&sites[0]));
    }
    println!("{half} of 20 builds were stopped between two files");
    write("Second");
    build(&book, &out, 0);
    assert_eq!(tree(&out), sites[1]);
    // A first build that is stopped is finished too.
    for round in 0..6u32 {
        let fresh = book.path("fresh");
        let mut child = command(&["--no-highlight", "-o", fresh.to_str().unwrap()], &book.0);
        let mut child = child.stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole * (round + 2) / 8);
        child.kill().unwrap();
        child.wait().unwrap();
        build(&book, &fresh, 0);
        assert_eq!(tree(&fresh), sites[1]);
        fs::remove_dir_all(&fresh).unwrap();
    }
}

#[cfg(unix)]
fn html(site: &BTreeMap<String, Vec<u8>>) -> usize {
    site.keys().filter(|path| path.ends_with(".html")).count()
}

#[test]
fn a_state_that_lies_does_no_harm() {
    let book = Folder::book();
    let outside = Folder::new(&[("precious.txt", "mine"), ("folder/precious.txt", "mine")]);
    let out = book.path("book");
    let absolute = outside.path("precious.txt");
    let name = outside.0.file_name().unwrap().to_str().unwrap();
    let lies = [
        format!(
            r#"{{"digest":"x","files":{{"../../{name}/precious.txt":4,"{}":4,"a/../../../{name}/folder/precious.txt":4,"..":1,"":1,".":1,"/":1,"guide/./../..":1}},"copies":{{"index.html":"../../{name}/precious.txt"}},"diagnostics":[]}}"#,
            absolute.display()
        ),
        "x".repeat(1 << 20),
        "[".repeat(100_000),
        "{\"digest\":".to_string(),
        String::new(),
        "null".to_string(),
        r#"{"digest":"","files":{},"copies":{},"diagnostics":[]}"#.to_string(),
    ];
    build(&book, &out, 0);
    let whole = tree(&out);
    for lie in lies {
        fs::write(out.join(".proofpress.json"), &lie).unwrap();
        build(&book, &out, 0);
        assert_eq!(tree(&out), whole, "{lie:.80}");
        assert_eq!(tree(&outside.0).len(), 2, "{lie:.80}");
    }
    // One with the right digest, and problems in files and at places that do not exist.
    let mut state: serde_json::Value = serde_json::from_slice(&whole[".proofpress.json"]).unwrap();
    let places = [("README.md", 9, u32::MAX), ("guide/install.md", u32::MAX, 0), ("gone.md", 0, 1)];
    for (found, place) in state["diagnostics"].as_array_mut().unwrap().iter_mut().zip(places) {
        found["place"] = serde_json::json!(place);
        found["message"] = "\u{0}\u{1b}[2J".into();
    }
    fs::write(out.join(".proofpress.json"), state.to_string()).unwrap();
    let message = build(&book, &out, 0);
    assert!(message.contains("nothing changed") && !message.contains('\u{1b}'), "{message}");
}

#[cfg(unix)]
#[test]
fn links_in_the_output_are_not_followed() {
    use std::os::unix::fs::symlink;
    let book = Folder::book();
    let outside = Folder::new(&[("install.html", "mine"), ("install.md", "mine"), ("data.csv", "a,b\n")]);
    let before = tree(&outside.0);
    let out = book.path("book");
    build(&book, &out, 0);

    // A folder of ours that became a link: nothing is written through it, and nothing removed.
    fs::remove_dir_all(out.join("guide")).unwrap();
    symlink(&outside.0, out.join("guide")).unwrap();
    let message = build(&book, &out, 2);
    assert!(message.contains("was not written by an earlier build"), "{message}");
    book.write("SUMMARY.md", "* [Home](README.md)\n");
    fs::rename(book.path("guide"), book.path(".guide")).unwrap();
    book.write(".gitignore", ".guide\n");
    build(&book, &out, 0);
    assert_eq!(tree(&outside.0), before);
    assert!(out.join("guide").is_symlink(), "it is none of ours");
    fs::remove_file(out.join("guide")).unwrap();

    // Files of ours that became links are replaced, not what they lead to.
    let names = ["index.html", ".proofpress.json", ".proofpress.json.new", ".proofpress-new", "llms.txt"];
    for name in names {
        let _ = fs::remove_file(out.join(name));
        let target = if name == ".proofpress-new" { outside.0.clone() } else { outside.path("install.html") };
        symlink(target, out.join(name)).unwrap();
    }
    fs::remove_file(out.join(".proofpress.json")).unwrap();
    let state = r#"{"digest":"","files":{"index.html":1,"llms.txt":1},"copies":{},"diagnostics":[]}"#;
    fs::write(out.join(".proofpress.json"), state).unwrap();
    build(&book, &out, 0);
    assert_eq!(tree(&outside.0), before);
    assert!(out.join("index.html").symlink_metadata().unwrap().is_file());
    for name in names {
        assert!(!out.join(name).is_symlink(), "{name}");
    }
    // The output folder itself may be one.
    symlink(&outside.0, book.path("linked")).unwrap();
    build(&book, &book.path("linked"), 0);
    assert!(outside.path("index.html").is_file());
    assert_eq!(outside.read("install.html"), "mine");
}

#[test]
fn assets_follow_their_sources_and_never_change_them() {
    for (settings, linked) in [("", false), ("[build]\nassets = \"link\"\n", true)] {
        let book = Folder::book();
        book.write("book.toml", settings);
        let (source, published) = (book.path("guide/data.csv"), book.path("book/guide/data.csv"));
        let old = SystemTime::now() - Duration::from_secs(86_400);
        let age = || fs::File::open(&source).unwrap().set_modified(old).unwrap();
        age();
        run(command(&[], &book.0), 0);
        assert_eq!(fs::read_to_string(&published).unwrap(), "a,b\n");
        let same = inode(&published.metadata().unwrap()) == inode(&source.metadata().unwrap());
        assert!(cfg!(not(unix)) || same == linked);
        assert!(run(command(&[], &book.0), 0).contains("nothing changed"));

        // In place, with the same size.
        fs::write(&source, "c,d\n").unwrap();
        run(command(&[], &book.0), 0);
        assert_eq!(fs::read_to_string(&published).unwrap(), "c,d\n", "in place");
        // By another file of the same size that is older than the last build.
        book.write("guide/data.new", "e,f\n");
        fs::rename(book.path("guide/data.new"), &source).unwrap();
        age();
        run(command(&[], &book.0), 0);
        assert_eq!(fs::read_to_string(&published).unwrap(), "e,f\n", "replaced");
        assert!(run(command(&[], &book.0), 0).contains("nothing changed"));

        // A tool that changes the site in place does not reach the book, unless its author chose that.
        fs::write(&published, "tool").unwrap();
        assert_eq!(fs::read_to_string(&source).unwrap(), if linked { "tool" } else { "e,f\n" });
        run(command(&[], &book.0), 0);
        assert_eq!(fs::read(&published).unwrap(), fs::read(&source).unwrap());
        // Back to copies.
        book.write("book.toml", "[build]\nassets = \"copy\"\n");
        run(command(&[], &book.0), 0);
        fs::write(&published, "again").unwrap();
        assert_ne!(fs::read_to_string(&source).unwrap(), "again");
    }
}

#[test]
fn one_build_at_a_time() {
    let book = Folder::book();
    let out = book.path("book");
    build(&book, &out, 0);
    book.write("README.md", "# Changed\n");
    if let Ok(folder) = fs::File::open(&out) {
        folder.lock().unwrap();
        assert!(build(&book, &out, 2).contains("another build is writing into"));
    }
    build(&book, &out, 0);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let (book, parent) = (Folder::book(), Folder::new(&[]));
    fs::set_permissions(&parent.0, fs::Permissions::from_mode(0o555)).unwrap();
    // The superuser may write anywhere.
    let refused = fs::write(parent.path("probe"), "").is_err();
    for out in [parent.path("site"), book.path("README.md"), book.path("README.md/site")] {
        if refused || out.starts_with(&book.0) {
            let message = build(&book, &out, 2);
            assert!(message.contains("error: cannot write `"), "{message}");
        }
    }
    fs::set_permissions(&parent.0, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn style_sheets_have_the_rules_of_blocks_that_occur_and_no_comments() {
    let rules = [".stepper{", ".columns{", ".update{", ".api-path{", ".menv-hline{", ".tw-1{"];
    let blocks = "{% stepper %}\n{% step %}\n## One\n{% endstep %}\n{% endstepper %}\n\n\
        {% columns %}\n{% column %}\nA\n{% endcolumn %}\n{% endcolumns %}\n\n\
        {% updates %}\n{% update date=\"2024-01-02\" %}\n## New\n{% endupdate %}\n{% endupdates %}\n\n\
        {% api-method method=\"get\" path=\"/a\" %}\n{% api-method-summary %}\nAll\n{% endapi-method-summary %}\n{% endapi-method %}\n\n\
        $$x^2$$\n\n<table><tr><th width=\"100\">A</th></tr><tr><td>1</td></tr></table>\n";
    for (text, occur) in [("A line.\n\n<table><tr><th>A</th></tr><tr><td>1</td></tr></table>\n", false), (blocks, true)]
    {
        let (book, out) = (Folder::new(&[("README.md", &format!("# Home\n\n{text}"))]), Folder::new(&[]));
        build(&book, &out.0, 0);
        let (most, all) = (out.read("assets/site.css"), out.read("assets/site-more.css"));
        for rule in rules {
            assert_eq!(all.contains(rule), occur, "{rule} of {text}");
        }
        // What few pages need is in their sheet alone.
        for (rule, both) in [(".stepper{", occur), (".api-path{", false), (".menv-hline{", false), (".tw-1{", false)] {
            assert_eq!(most.contains(rule), both, "{rule} of {text}");
        }
        let sheet = if occur { "assets/site-more.css" } else { "assets/site.css" };
        assert!(out.read("index.html").contains(&format!("<link rel=\"stylesheet\" href=\"{sheet}\">")));
        assert!(!all.contains("/*") && !out.read("assets/site.js").contains("\n  "));
    }
}
