//! What `mv` promises: every link follows, in the way it was written, and nothing new is found afterwards.
#![allow(clippy::disallowed_methods)]

#[path = "properties/generate.rs"]
#[allow(dead_code)]
mod generate;

use proofpress::book;
use proofpress::rename::{Plan, Request, plan};
use proofpress::site::{AnchorRef, Found, PageId, Site, Target};
use proofpress::source::{FileId, Source, Sources};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder, removed when it goes out of scope.
struct Folder(PathBuf);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Folder {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("proofpress-mv-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = Folder(std::env::temp_dir().canonicalize().unwrap().join(name));
        for (path, text) in files {
            let path = folder.0.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn book() -> Folder {
        Folder::new(BOOK)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).unwrap()
    }

    /// Runs the program in the folder and returns what it says.
    fn run(&self, arguments: &[&str], code: i32) -> (String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_proofpress"));
        command.args(arguments).current_dir(&self.0).stdin(Stdio::null());
        let Output { status, stdout, stderr } = command.output().unwrap();
        let (out, message) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
        assert_eq!(status.code(), Some(code), "{arguments:?}\n{out}\n{message}");
        (out, message)
    }

    /// Every file, with what it holds.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut waiting = vec![self.0.clone()];
        while let Some(dir) = waiting.pop() {
            for entry in fs::read_dir(dir).unwrap().flatten() {
                if entry.path().is_dir() {
                    waiting.push(entry.path());
                } else {
                    let name = entry.path().strip_prefix(&self.0).unwrap().to_str().unwrap().to_string();
                    files.insert(name, fs::read(entry.path()).unwrap());
                }
            }
        }
        files
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const BOOK: &[(&str, &str)] = &[
    ("book.toml", "[book]\ntitle = \"guide\"\n\n[includes]\nx = \"guide/part.md\"\n"),
    (
        "SUMMARY.md",
        "# Contents\n\n* [Home](README.md)\n* [Guide](guide/README.md)\n  * [Install](guide/install.md \"In\")\n  * [Set](guide/setup.md)\n",
    ),
    (
        "README.md",
        "# Home\n\n[a](./guide/install.md), [b](<guide/install.md#needs>), [c][r], [r], [d](/guide/install.md), [e](guide/)\n\n\
         {% content-ref url=\"guide/install.md\" %}\n[install.md](guide/install.md)\n{% endcontent-ref %}\n\n\
         <a href=\"guide/install.md?x=1&amp;y=2#needs\">h</a>\n\n{% include \"guide/part.md\" %}\n\n[r]: guide/install.md \"t\"\n\n\
         `[code](guide/install.md)`\n",
    ),
    ("guide/README.md", "# Guide\n\n[Install](install.md) [up](../README.md) [here](./)\n"),
    (
        "guide/install.md",
        "---\ncover: \"img (1).png\"\n---\n# Install\n\n![](<img (1).png>) [x](#needs) [Needs](#needs) [2](#needs-1) [s](setup.md)\n\n## Needs\n\n## Needs",
    ),
    ("guide/setup.md", "# Set\r\n\r\n[Install](install.md#needs-1)\r\n"),
    ("guide/part.md", "[s](setup.md)\n"),
    ("guide/img (1).png", "x"),
    (".gitbook.yaml", "redirects:\n  old: guide/install.md\n"),
];

/// A translation follows its original, and is no older for a page that moved.
#[test]
fn translations_follow() {
    let page = "---\ntranslation:\n  of: guide.md\n---\n# Anleitung\n";
    let book = Folder::new(&[
        ("SUMMARY.md", "* [Anleitung](README.md)\n* [Guide](guide.md)\n* [Other](other.md)\n"),
        ("README.md", page),
        ("guide.md", "# Guide\n\n[Other](other.md)\n"),
        ("other.md", "# Other\n"),
    ]);
    book.run(&["fix", "--unsafe", "--yes"], 0);
    let noted = book.read("README.md");
    assert!(noted.contains("digest: "), "{noted}");
    book.run(&["mv", "other.md", "more/another.md", "--yes"], 0);
    book.run(&["mv", "guide.md", "manual/guide.md", "--yes"], 0);
    assert_eq!(book.read("README.md"), noted.replace("of: guide.md", "of: manual/guide.md"));
    book.run(&["check", "--fail-on", "note"], 0);
}

#[test]
fn a_page_moves() {
    let book = Folder::book();
    book.run(&["check", "--fail-on", "warning"], 0);
    let (shown, _) = book.run(&["mv", "guide/install.md", "start/first steps.md", "--yes"], 0);
    assert!(shown.starts_with("rename guide/install.md => start/first steps.md\n--- a/.gitbook.yaml\n"), "{shown}");
    assert!(!book.0.join("guide/install.md").exists());
    assert_eq!(
        book.read("README.md"),
        "# Home\n\n[a](./start/first%20steps.md), [b](<start/first steps.md#needs>), [c][r], [r], [d](/start/first%20steps.md), [e](guide/)\n\n\
         {% content-ref url=\"start/first steps.md\" %}\n[first steps.md](start/first%20steps.md)\n{% endcontent-ref %}\n\n\
         <a href=\"start/first steps.md?x=1&amp;y=2#needs\">h</a>\n\n{% include \"guide/part.md\" %}\n\n[r]: start/first%20steps.md \"t\"\n\n\
         `[code](guide/install.md)`\n",
    );
    assert_eq!(
        book.read("start/first steps.md"),
        "---\ncover: \"../guide/img (1).png\"\n---\n# Install\n\n![](<../guide/img (1).png>) [x](#needs) [Needs](#needs) [2](#needs-1) [s](../guide/setup.md)\n\n## Needs\n\n## Needs"
    );
    assert!(book.read("SUMMARY.md").contains("  * [Install](start/first%20steps.md \"In\")\n"));
    assert_eq!(book.read("guide/setup.md"), "# Set\r\n\r\n[Install](../start/first%20steps.md#needs-1)\r\n");
    assert_eq!(
        book.read(".gitbook.yaml"),
        "redirects:\n  old: 'start/first steps.md'\n  guide/install: 'start/first steps.md'\n"
    );
    book.run(&["check", "--fail-on", "warning"], 0);
}

#[test]
fn there_and_back_is_where_it_was() {
    let book = Folder::book();
    let before = book.files();
    book.run(&["mv", "guide/install.md", "guide/begin.md", "--yes", "--no-redirect"], 0);
    book.run(&["mv", "guide/begin.md", "guide/install.md", "--yes", "--no-redirect"], 0);
    assert_eq!(book.files(), before);
    // A redirect at the address of the page itself goes away again.
    book.run(&["mv", "guide/install.md", "guide/begin.md", "--yes"], 0);
    book.run(&["mv", "guide/begin.md", "guide/install.md", "--yes"], 0);
    assert_eq!(book.read(".gitbook.yaml"), "redirects:\n  old: guide/install.md\n  guide/begin: guide/install.md\n");
    book.run(&["check", "--fail-on", "warning"], 0);
}

#[test]
fn a_folder_moves() {
    let book = Folder::book();
    book.run(&["mv", "guide", "manual/start", "--yes"], 0);
    assert!(!book.0.join("guide").exists());
    let home = book.read("README.md");
    assert!(home.contains("[e](manual/start/)") && home.contains("{% include \"manual/start/part.md\" %}"), "{home}");
    assert_eq!(
        book.read("manual/start/README.md"),
        "# Guide\n\n[Install](install.md) [up](../../README.md) [here](./)\n"
    );
    assert_eq!(book.read("book.toml"), "[book]\ntitle = \"guide\"\n\n[includes]\nx = \"manual/start/part.md\"\n");
    book.run(&["check", "--fail-on", "warning"], 0);
}

#[test]
fn a_heading_gets_other_words() {
    let book = Folder::book();
    book.run(&["mv", "guide/install.md#needs", "What you need", "--yes"], 0);
    // The number of the second heading goes with the first.
    assert!(book.read("guide/install.md").ends_with(
        "[x](#what-you-need) [What you need](#what-you-need) [2](#needs) [s](setup.md)\n\n## What you need\n\n## Needs"
    ));
    assert!(book.read("README.md").contains("href=\"guide/install.md?x=1&amp;y=2#what-you-need\""));
    assert_eq!(book.read("guide/setup.md"), "# Set\r\n\r\n[Install](install.md#needs)\r\n");
    book.run(&["check", "--fail-on", "warning"], 0);
    book.run(&["mv", "guide/install.md#what-you-need", "#req", "--yes"], 0);
    assert!(book.read("guide/install.md").contains("## What you need <a href=\"#req\" id=\"req\"></a>\n"));
    // An explicit id stays when the words change, and the links with it.
    let before = book.read("README.md");
    book.run(&["mv", "guide/install.md#req", "All *you* need", "--yes"], 0);
    assert!(book.read("guide/install.md").contains("## All *you* need <a href=\"#req\" id=\"req\"></a>\n"));
    assert_eq!(book.read("README.md"), before);
    book.run(&["mv", "guide/install.md#req", "#needed", "--yes"], 0);
    assert!(book.read("guide/install.md").contains("<a href=\"#needed\" id=\"needed\"></a>\n"));
    book.run(&["check", "--fail-on", "warning"], 0);
}

#[test]
fn what_cannot_be_done_changes_nothing() {
    let book = Folder::book();
    let before = book.files();
    for (arguments, said) in [
        (&["guide/gone.md", "a.md"][..], "`guide/gone.md` is no file of this book"),
        (&["guide/instal.md", "a.md"], "did you mean `guide/install.md`?"),
        (&["guide/install.md", "guide/setup.md"], "`guide/setup.md` exists already"),
        (&["guide/install.md", "../a.md"], "outside of the book"),
        (&["guide/install.md", "a.txt"], "another kind of file"),
        (&["guide", "guide/inner"], "cannot be moved into itself"),
        (&["README.md", "start.md"], "by its name"),
        (&["SUMMARY.md", "CONTENTS.md"], "by its name"),
        (&["book.toml", "book2.toml"], "by its name"),
        (&["guide/install.md", "README.md/a.md"], "is a file, not a folder"),
        (&["guide/install.md#gone", "Words"], "has no heading `#gone`"),
        (&["guide/install.md#needs", "#a b"], "cannot be an id"),
        (&["guide/install.md#needs", "#needs-1"], "has an id `#needs-1` already"),
        (&["guide/install.md#needs", " "], "one line of words"),
    ] {
        let (_, message) = book.run(&[&["mv", "--yes"], arguments].concat(), 2);
        assert!(message.contains(said), "{arguments:?}: {message}");
        assert_eq!(book.files(), before, "{arguments:?}");
    }
    // Nobody is there to answer.
    let (shown, message) = book.run(&["mv", "guide/install.md", "a.md"], 2);
    assert!(shown.contains("+[Install](../a.md)") && message.contains("add `--yes`"), "{shown}{message}");
    book.run(&["mv", "guide/install.md", "a.md", "--dry-run"], 0);
    assert_eq!(book.files(), before);
}

/// Pages, folders and headings of any book: nothing new is found, and every link leads where it led.
#[test]
fn any_book_is_as_well_as_before() {
    let mut moved = 0;
    for n in 1..=120u64 {
        let count = &mut moved;
        arbtest::arbtest(|u| {
            let sources = generate::book(u)?;
            for wish in wishes(&sources) {
                let Ok(plan) = plan(sources.clone(), &wish, true, |_| true) else { continue };
                // A text that becomes part of the site by its new place brings its own faults along.
                let shown = |site: &Site| site.shown_texts().iter().filter(|shown| **shown).count();
                if shown(&plan.after) > shown(&book::site(sources.clone())) {
                    continue;
                }
                *count += 1;
                let worse: Vec<String> =
                    plan.worse.iter().map(|found| format!("{}: {}", found.rule, found.message)).collect();
                let texts: Vec<(&str, &str)> =
                    sources.files().map(|(_, source)| (&*source.path, &*source.text)).collect();
                let changes: Vec<String> = plan.changes.iter().map(proofpress::edit::diff).collect();
                assert!(worse.is_empty(), "{wish:?}\n{worse:#?}\n{}\n{texts:#?}", changes.concat());
                let (old, new) = (book::site(sources.clone()), &plan.after);
                for (file, source) in sources.files() {
                    let to = new.sources.find(&place(&plan, &source.path)).unwrap();
                    let was = goals(&old, file, |path| place(&plan, path));
                    let mut is = goals(new, to, str::to_string);
                    // A heading that gets an id gets a link to itself with it.
                    let named = matches!(&wish, Request::Id { file, .. } if *file == source.path);
                    if named && is.len() == was.len() + 1 {
                        let mark = new.texts[to.index()].as_ref().unwrap().links.iter();
                        is.remove(mark.map(|link| &*link.dest).position(|dest| dest == "#quite-new").unwrap());
                    }
                    let kept = was.len() == is.len() && was.iter().zip(&is).all(|(was, is)| was.is_none() || was == is);
                    assert!(kept, "{wish:?} {}\n{was:?}\n{is:?}\n{}\n{texts:#?}", source.path, changes.concat());
                }
            }
            Ok(())
        })
        .seed(n << 32 | 2000);
    }
    assert!(moved > 300, "{moved}");
}

/// Where a file is after a move.
fn place(plan: &Plan, path: &str) -> String {
    match &plan.moved {
        Some((from, to)) if path == from => to.clone(),
        Some((from, to)) if path.starts_with(&format!("{from}/")) => format!("{to}{}", &path[from.len()..]),
        _ => path.to_string(),
    }
}

/// What each link of a text leads to: a file, and which of the places on that page. None where it leads to nothing, or
/// where a text shown by several pages means one of them.
fn goals(site: &Site, file: FileId, name: impl Fn(&str) -> String) -> Vec<Option<(String, Option<usize>)>> {
    let at = |page: PageId, id: &str| site.page(page).anchors.iter().position(|anchor| anchor.id == id);
    let goal = |target: &Target| match target {
        Target::Page { page, anchor, .. } => {
            let anchor = match anchor {
                Some(AnchorRef { found: Found::No { .. }, .. }) => return None,
                Some(anchor) => at(*page, &anchor.id),
                None => None,
            };
            Some((name(site.sources.path(site.page(*page).file)), anchor))
        }
        Target::Here { anchor } => {
            let page = *site.page_of.get(&file)?;
            Some((name(site.sources.path(file)), Some(at(page, anchor)?)))
        }
        Target::Asset { path, .. } => Some((name(path), None)),
        Target::External(_) | Target::Removed | Target::Miss(_) => None,
    };
    site.targets[file.index()].iter().map(goal).collect()
}

fn wishes(sources: &Sources) -> Vec<Request> {
    let to = |from: &str, to: &str| Request::Move { from: from.to_string(), to: to.to_string() };
    let mut wishes = vec![
        to("b.md", "deep/er/new b.md"),
        to("sub/c.md", "c.md"),
        to("sub", "other"),
        to("inc.md", "sub/part.md"),
        to("a.png", "img/a (1).png"),
    ];
    let site = book::site(Sources::new(sources.files().map(|(_, source)| Source::clone(source)), generate::assets()));
    let page = site.pages.iter().find(|page| page.anchors.iter().any(|anchor| (2..=4).contains(&anchor.level)));
    if let Some(page) = page {
        let anchor = page.anchors.iter().find(|anchor| (2..=4).contains(&anchor.level)).unwrap();
        let (file, id) = (sources.path(page.file).to_string(), anchor.id.clone());
        wishes.push(Request::Words { file: file.clone(), id: id.clone(), words: "Quite new".to_string() });
        wishes.push(Request::Id { file, id, new: "quite-new".to_string() });
    }
    wishes
}
