//! Which book the current folder and the folders that are named mean, and how the paths of files are shown there.

use crate::Folder;

/// A wrong working directory in a pipeline is no book without faults.
#[test]
fn a_folder_without_a_book_is_none() {
    let folder = Folder::new(&[("empty/notes.txt", ""), ("code/main.rs", ""), ("pages/a/b.md", "# B\n")]);
    let empty = folder.0.join("empty").display().to_string();
    for verb in [
        &["check", "empty"][..],
        &["check", "pages", "empty", "--format", "json"],
        &["check", "empty", "--show-settings"],
        &["build", "empty"],
        &["serve", "empty"],
        &["fix", "empty"],
        &["mv", "a.md", "b.md", "--book", "empty"],
        &["check", "empty", "--exit-zero"],
    ] {
        let (out, err) = folder.run(verb, 2);
        assert_eq!(out, "", "{verb:?}");
        assert!(err.starts_with(&format!("error: `{empty}` is no book: it has no `book.toml`")), "{verb:?} {err}");
        assert!(err.contains("\nhelp: name the book's folder") && err.contains("`proofpress init`"), "{err}");
    }
    assert_eq!(folder.run(&["check", "code"], 2).1.lines().count(), 2);
    folder.run(&["check", "pages"], 0);
    let ignored = Folder::new(&[(".gitignore", "*.md\n"), ("a/a.md", "")]);
    // What stands for the current folder is named in full.
    assert!(ignored.run(&["check"], 2).1.contains(&format!("`{}`", ignored.0.display())));
    Folder::new(&[("book.toml", "")]).run(&["check"], 0);
}
