//! Options, their variables, keys of `book.toml`, and `--config`: which of them counts.

use crate::Folder;

/// A book with one error and one warning.
fn book(settings: &str) -> Folder {
    Folder::new(&[
        ("book.toml", settings),
        ("README.md", "# Home\n\n[x](nowhere.md) and {% nonsense %}\n"),
        ("other.toml", "[check]\ndead-link = 'off'\n"),
        ("sub/.keep", ""),
    ])
}

#[test]
fn what_is_typed_goes_before_variables_and_these_before_keys() {
    let quiet =
        book("[check]\nfail-on = 'note'\nexit-zero = true\nquiet = true\nformat = ['concise', 'json=out.json']\n");
    let (out, err) = quiet.run(&["check"], 0);
    assert!(out.lines().count() == 2 && err.is_empty(), "{out}{err}");
    assert!(quiet.read("out.json").contains("\"dead-link\""), "a path in a book leads from its folder");
    std::fs::remove_file(quiet.0.join("out.json")).unwrap();
    quiet.run(&["check", "sub"], 0);
    assert!(quiet.0.join("out.json").is_file(), "also where the book is found from below");
    quiet.run_with(&[("PROOFPRESS_CHECK_EXIT_ZERO", "0")], &["check"], 1);
    quiet.run_with(&[("PROOFPRESS_CHECK_EXIT_ZERO", "no")], &["check", "--exit-zero"], 0);
    let (out, err) = quiet.run_with(&[("PROOFPRESS_CHECK_FORMAT", "jsonl")], &["check", "--format", "human"], 0);
    assert!(out.is_empty() && err.contains("error[dead-link]"), "{out}{err}");
    let (_, err) = quiet.run(&["check", "--config", "check.quiet=false", "--format=human"], 0);
    assert!(err.contains("1 error, 1 warning in 1 file"), "{err}");

    let warned = book("[check]\ndead-link = 'off'\nfail-on = 'warning'\n");
    warned.run(&["check"], 1);
    warned.run(&["check", "--fail-on", "error"], 0);
    warned.run_with(&[("PROOFPRESS_CHECK_FAIL_ON", "error")], &["check"], 0);
    let (_, err) = warned.run_with(&[("PROOFPRESS_CHECK_FAIL_ON", "eror")], &["check"], 2);
    assert!(err.contains("'eror'") && err.contains("similar value exists: 'error'"), "{err}");

    let strict = book("[build]\nstrict = true\n");
    strict.run(&["build"], 1);
    strict.run(&["build", "--config", "build.strict=false", "--config", "build.build-dir=out"], 0);
    assert!(strict.0.join("out/index.html").is_file() && !strict.0.join("book").exists());
}

#[test]
fn settings_come_from_where_they_are_asked_for() {
    let book = book("[book]\ntitle = 'Pumps'\n[check]\nunknown-tag = 'off'\n");
    let (_, err) = book.run(&["check"], 1);
    assert!(err.contains("1 error, 0 warnings"), "{err}");
    let (_, err) = book.run(&["check", "--isolated"], 1);
    assert!(err.contains("1 error, 1 warning"), "{err}");
    let (_, err) = book.run(&["check", "--config", "other.toml"], 0);
    assert!(err.contains("0 errors, 1 warning"), "{err}");
    let (_, err) = book.run_with(&[("PROOFPRESS_CONFIG", "other.toml")], &["check"], 0);
    assert!(err.contains("0 errors, 1 warning"), "{err}");
    let (_, err) = book.run(&["check", "sub", "--config", "other.toml", "--config", "check.unknown-tag=off"], 0);
    assert!(err.contains("0 errors, 0 warnings"), "{err}");

    let (out, _) = book.run_with(
        &[("PROOFPRESS_CHECK_ALL", "1")],
        &[
            "check",
            "--show-settings",
            "--config",
            "check.dead-link=note",
            "--fail-on",
            "note",
            "--config",
            "fix.unsafe=true",
        ],
        0,
    );
    for (key, from) in [
        ("book.title = \"Pumps\"", "book.toml:2"),
        ("check.unknown-tag = \"off\"", "book.toml:4"),
        ("check.dead-link = \"note\"", "--config:1"),
        ("check.fail-on = \"note\"", "--fail-on"),
        ("check.list-all = true", "PROOFPRESS_CHECK_ALL"),
        ("check.quiet = false", "default"),
    ] {
        let line = out.lines().find(|line| line.starts_with(key)).unwrap_or_else(|| panic!("{key}\n{out}"));
        assert!(line.ends_with(&format!("# {from}")), "{line}");
    }
}

/// Code 2 tells that the settings are wrong, so that the rest of the report may not be what was meant.
#[test]
fn wrong_settings_are_told_with_the_nearest_name() {
    for (settings, expected) in [
        ("[check]\nfail-om = 'note'\n", &["book.toml:2:1", "no rule and no key `fail-om`", "`fail-on`"][..]),
        (
            "[check]\ndead-lnk = 'off'\n",
            &["book.toml:2:1", "no rule and no key `dead-lnk`", "`dead-link`", "explain --list"],
        ),
        ("[bok]\n", &["book.toml:1:2", "unknown key `bok`", "`book`", "explain config-unknown-key"]),
        ("[serve]\nport = 70000\n", &["book.toml:2:8", "`port` cannot be 70000", "from 0 to 65535"]),
    ] {
        let book = book(settings);
        let (_, err) = book.run(&["check"], 2);
        assert!(expected.iter().all(|part| err.contains(part)), "{err}");
        book.run(&["check", "--exit-zero"], 2);
    }
    let book = book("");
    for (arguments, expected) in [
        (&["chekc"][..], "a similar subcommand exists: 'check'"),
        (&["help", "chekc"], "a similar subcommand exists: 'check'"),
        (&["check", "--fial-on"], "'--fail-on'"),
        (&["check", "--config", "nowhere.toml"], "there is no file `nowhere.toml`"),
        (&["check", "--config", "other.toml", "--config", "book.toml"], "one file only"),
        (&["check", "--config", "a b=1"], "no key with a value"),
        (&["check", "--config", "check.dead-lnk=off"], "--config:1:7"),
        (&["explain", "dead-lnk"], "did you mean `dead-link`?"),
        (&["man", "chek"], "did you mean `check`?"),
        (&["fix", "--rule", "dead-lnk"], "did you mean `dead-link`?"),
    ] {
        let (_, err) = book.run(arguments, 2);
        assert!(err.contains(expected), "{arguments:?}\n{err}");
    }
}

/// Whatever stands in for `book.toml` is never written to, and never written into it.
#[test]
fn settings_from_elsewhere_stay_there() {
    let book = Folder::new(&[
        ("book/book.toml", "[includes]\nx = 'a.md'\n"),
        ("book/README.md", "# Home\n\n[x](a)\n"),
        ("book/SUMMARY.md", "* [Home](README.md)\n* [A](a.md)\n"),
        ("book/a.md", "# A\n"),
        ("other.toml", "[includes]\nx = 'a.md'\n"),
    ]);
    book.run(
        &[
            "mv",
            "--yes",
            "--book",
            "book",
            "--config",
            "other.toml",
            "--config",
            "book.title=T",
            "book/a.md",
            "book/b.md",
        ],
        0,
    );
    assert_eq!(book.read("other.toml"), "[includes]\nx = 'a.md'\n");
    assert!(!book.read("book/book.toml").contains("title"), "{}", book.read("book/book.toml"));
    assert!(book.read("book/SUMMARY.md").contains("(b.md)"));
    let (out, _) = book.run(&["fix", "book", "--yes", "--config", "book.title=T"], 0);
    assert!(!out.contains("title") && !book.0.join("book/--config").exists(), "{out}");
}

#[test]
fn the_past_is_judged_by_the_same_settings() {
    let book = book("");
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=A", "-c", "user.email=a@b.c", "-c", "init.defaultBranch=main"];
        let done =
            std::process::Command::new("git").args(identity).args(arguments).current_dir(&book.0).output().unwrap();
        assert!(done.status.success(), "{done:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-qm", "first"]);
    std::fs::write(book.0.join("new.md"), "[y](gone.md)\n").unwrap();
    std::fs::write(book.0.join("SUMMARY.md"), "* [Home](README.md)\n* [New](new.md)\n").unwrap();
    let outside = Folder::new(&[("s.toml", "[check]\nunknown-tag = 'error'\n")]);
    let file = outside.0.join("s.toml");
    for settings in ["check.unknown-tag=error", file.to_str().unwrap()] {
        let (out, _) = book.run(&["check", "--since", "HEAD", "--format", "concise", "--config", settings], 1);
        assert!(out.lines().count() == 1 && out.contains("new.md:1:5: error[dead-link]"), "{out}");
    }
}

/// Who looks for a word that was never typed has to be told where it stands.
#[test]
fn a_wrong_value_of_a_variable_names_it() {
    let book = book("");
    for (variable, value, expected) in [
        ("PROOFPRESS_CHECK_FAIL_ON", "bogus", "invalid value 'bogus' for 'PROOFPRESS_CHECK_FAIL_ON'"),
        ("PROOFPRESS_CHECK_FORMAT", "jsno", "invalid value 'jsno' for 'PROOFPRESS_CHECK_FORMAT': did you mean `json`?"),
        ("PROOFPRESS_CHECK_QUIET", "maybe", "invalid value 'maybe' for 'PROOFPRESS_CHECK_QUIET': a switch is `true`"),
        ("PROOFPRESS_CHECK_EXTERNAL", "2", "invalid value '2' for 'PROOFPRESS_CHECK_EXTERNAL'"),
        ("PROOFPRESS_ISOLATED", "maybe", "invalid value 'maybe' for 'PROOFPRESS_ISOLATED'"),
        ("PROOFPRESS_COLOR", "maybe", "invalid value 'maybe' for 'PROOFPRESS_COLOR'"),
    ] {
        let (_, err) = book.run_with(&[(variable, value)], &["check"], 2);
        assert!(err.contains(expected), "{err}");
    }
    let set = [("PROOFPRESS_CHECK_FAIL_ON", "bogus")];
    let (_, err) = book.run_with(&set, &["check", "--fail-on=bogus"], 2);
    assert!(err.contains("for '--fail-on <LEVEL>'"), "{err}");
    let quiet = book.run_with(&[("PROOFPRESS_CHECK_QUIET", "On")], &["check", "--exit-zero"], 0).1;
    let loud = book.run_with(&[("PROOFPRESS_CHECK_QUIET", "")], &["check", "--exit-zero"], 0).1;
    assert!(!quiet.contains(" checked, ") && loud.contains(" checked, "), "{quiet}{loud}");
}
