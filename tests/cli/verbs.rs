//! Help, manual pages, completions, explanations, and what else a person types before the book matters.

use crate::{Folder, command};
use std::process::{Command, Stdio};

const VERBS: &[&str] =
    &["build", "check", "serve", "fix", "mv", "init", "explain", "schema", "anchor", "completions", "man", "version"];

#[test]
fn help_fits_a_small_window_and_long_help_has_examples() {
    let folder = Folder::new(&[]);
    let mut helps = vec![("", folder.run(&["-h"], 0).0, folder.run(&["--help"], 0).0)];
    for verb in VERBS {
        helps.push((verb, folder.run(&[verb, "-h"], 0).0, folder.run(&[verb, "--help"], 0).0));
    }
    for (verb, short, long) in &helps {
        let wide = short.lines().map(|line| line.chars().count()).max();
        assert!(short.lines().count() <= 24 && wide <= Some(80), "{verb}: {}\n{short}", short.lines().count());
        assert!(long.contains("Example") && long.contains("Exit codes:"), "{verb}\n{long}");
        assert!(long.lines().all(|line| line.chars().count() <= 90), "{verb}\n{long}");
    }
    let long = &helps[2].2;
    for variable in ["PROOFPRESS_CHECK_FAIL_ON    check.fail-on", "PROOFPRESS_CONFIG", "check.external.enabled"] {
        assert!(long.contains(variable), "{long}");
    }
    assert!(VERBS.iter().all(|verb| helps[0].1.contains(&format!("\n  {verb}"))), "{}", helps[0].1);
}

#[test]
fn rules_are_explained() {
    let folder = Folder::new(&[]);
    let (list, _) = folder.run(&["explain", "--list"], 0);
    assert!(list.lines().any(|line| line.starts_with("dead-link ") && line.contains(" error ")), "{list}");
    assert!(list.lines().any(|line| line.starts_with("heading-order ") && line.contains(" off ")), "{list}");
    let (json, _) = folder.run(&["explain", "--list", "--format", "json"], 0);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let rules = json["rules"].as_array().unwrap();
    assert_eq!(rules.len(), list.lines().count());
    for rule in rules {
        let name = rule["name"].as_str().unwrap();
        let (text, _) = folder.run(&["explain", name], 0);
        for part in [name, "[check]", &format!("<!-- proofpress-ignore {name}: "), "since "] {
            assert!(text.contains(part), "{text}");
        }
        assert!(
            text.contains(rule["level"].as_str().unwrap())
                && rule["about"].as_str().is_some_and(|about| about.len() > 10)
        );
    }
    folder.run(&["explain"], 2);
    folder.run(&["explain", "--list", "dead-link"], 2);
}

#[test]
fn there_is_a_manual_page_for_each_verb() {
    let folder = Folder::new(&[]);
    let (written, _) = folder.run(&["man", "--dir", "man/man1"], 0);
    assert_eq!(written.lines().count(), VERBS.len() + 1);
    for verb in VERBS {
        let page = folder.read(&format!("man/man1/proofpress-{verb}.1"));
        assert!(page.contains(&format!(".TH proofpress-{verb} 1")) && page.contains(".SH SYNOPSIS"), "{page}");
        assert_eq!(folder.run(&["man", verb], 0).0, page);
    }
    let page = folder.read("man/man1/proofpress-check.1");
    assert!(page.contains("\\-\\-timings") && page.contains("Write what took how long"), "{page}");
    let (page, _) = folder.run(&["man"], 0);
    assert_eq!(page, folder.read("man/man1/proofpress.1"));
    assert!(page.contains("proofpress\\-check(1)"), "{page}");
    // groff tells of what it does not understand.
    let check = Command::new("groff")
        .args(["-man", "-ww", "-z", "-Tutf8"])
        .arg(folder.0.join("man/man1/proofpress-check.1"))
        .output();
    if let Ok(done) = check {
        assert_eq!(String::from_utf8_lossy(&done.stderr), "");
    }
}

/// In a real shell: the words that it would offer.
#[cfg(unix)]
#[test]
fn bash_completes_verbs_and_options() {
    let folder = Folder::new(&[]);
    let (script, _) = folder.run(&["completions", "bash"], 0);
    std::fs::write(folder.0.join("proofpress.bash"), script).unwrap();
    let offer = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        let (last, at) = (words[words.len() - 1], words.len() - 1);
        let before = words[at - 1];
        let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
        // As bash itself calls what `complete` has registered.
        let typed = format!(
            "source ./proofpress.bash; f=$(complete -p proofpress); f=${{f#*-F }}; COMP_WORDS=({}); COMP_CWORD={at}; \
             COMP_LINE='{line}'; COMP_POINT=${{#COMP_LINE}}; ${{f%% *}} proofpress '{last}' '{before}'; \
             printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            quoted.join(" ")
        );
        let done = Command::new("bash").args(["--norc", "-c", &typed]).current_dir(&folder.0).output().unwrap();
        assert!(done.status.success(), "{done:?}");
        String::from_utf8(done.stdout).unwrap().lines().map(str::to_string).collect::<Vec<_>>()
    };
    assert_eq!(offer("proofpress expl"), ["explain"]);
    assert!(offer("proofpress check --fa").contains(&"--fail-on".to_string()));
    assert_eq!(offer("proofpress init --ci g"), ["github", "gitlab"]);
    assert!(VERBS.iter().all(|verb| offer("proofpress ").contains(&verb.to_string())));
    for (shell, word) in [
        ("zsh", "#compdef proofpress"),
        ("fish", "complete -c proofpress"),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "edit:completion"),
    ] {
        let (script, _) = folder.run(&["completions", shell], 0);
        assert!(script.contains(word) && script.contains("add-ignore"), "{shell}");
    }
}

#[test]
fn init_lists_what_it_would_write() {
    let folder = Folder::new(&[]);
    let (list, err) = folder.run(&["init", "--ci", "gitlab", "--dry-run", "--yes"], 0);
    assert!(list.lines().any(|line| line == ".gitlab-ci.yml") && err.contains("nothing was written"), "{list}{err}");
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 0);
}

#[test]
fn what_is_skipped_and_what_takes_time_can_be_asked_for() {
    let book = Folder::new(&[
        ("README.md", "# Home\n"),
        (".gitignore", "private/\n"),
        ("private/a.md", ""),
        ("node_modules/a/README.md", ""),
    ]);
    let (_, err) = book.run(&["check", "-v"], 0);
    assert!(err.contains("skipped private/: ignored by Git\n") && err.contains("skipped node_modules/: "), "{err}");
    let (_, err) = book.run(&["check", "-v", "-q"], 0);
    assert_eq!(err, "");
    for verb in ["check", "build"] {
        book.run(&[verb, "--timings", "trace.json"], 0);
        let trace: serde_json::Value = serde_json::from_str(&book.read("trace.json")).unwrap();
        let events = trace["traceEvents"].as_array().unwrap();
        let has = |name: &str| {
            events.iter().any(|event| event["name"] == name && event["ph"] == "X" && event["dur"].is_u64())
        };
        assert!(has("reading") && has("understanding") && has("checking"), "{trace}");
    }
    let (_, err) = book.run(&["check", "--timings", "no such folder/trace.json"], 2);
    assert!(err.contains("cannot write"), "{err}");
}

/// Neither colours nor links nor a line of progress where nobody looks at a terminal, and only ASCII of our own.
#[test]
fn output_is_plain_where_it_is_read_by_programs() {
    let book = Folder::new(&[("README.md", "# Home\n\n[x](nowhere.md)\n[y](README.md#hom)\n{% hint stile='x' %}\n")]);
    let (_, err) = book.run_with(
        &[("TERM", "xterm-256color"), ("TERM_PROGRAM", "WezTerm"), ("COLORTERM", "truecolor")],
        &["check"],
        1,
    );
    assert!(err.is_ascii() && !err.contains('\u{1b}'), "{err}");
    let (_, err) = book.run_with(&[("FORCE_HYPERLINK", "1"), ("FORCE_COLOR", "1")], &["check"], 1);
    let address = format!("\u{1b}]8;;file://{}/README.md\u{1b}\\README.md:3:5\u{1b}]8;;\u{1b}\\", book.0.display());
    assert!(err.contains(&address) && err.contains("\u{1b}[1m"), "{err:?}");
    let (_, err) = book.run_with(&[("FORCE_HYPERLINK", "1"), ("NO_COLOR", "1"), ("TERM", "dumb")], &["check"], 1);
    assert!(!err.contains('\u{1b}'), "{err:?}");
}

/// The summary is the last line, and the same run says the same, but for the time.
#[test]
fn the_summary_comes_last() {
    let book = Folder::new(&[
        ("README.md", "# Home\n\n[x](nowhere.md)\n[y](<a b.md>)\n[z](A.md)\n"),
        ("a.md", "# A\n"),
        ("SUMMARY.md", "* [H](README.md)\n* [A](a.md)\n"),
    ]);
    let text = || {
        let (_, err) = book.run(&["check"], 1);
        let (findings, line) = err.trim_end().rsplit_once('\n').map(|(a, b)| (a.to_string(), b.to_string())).unwrap();
        assert!(
            line.contains(" error") && line.contains(" checked, ") && line.ends_with("1 fixable with fix"),
            "{err}"
        );
        findings
    };
    assert_eq!(text(), text());
    assert!(text().ends_with("note: `proofpress explain dead-link` tells more, as of any name in brackets"));
}

/// A reader that goes away early is no fault.
#[test]
fn a_closed_pipe_is_no_error() {
    let book = Folder::new(&[("README.md", &"[x](nowhere.md)\n\n".repeat(5000))]);
    let mut child = command(&book.0, &["check", "--format", "concise", "--quiet"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let done = child.wait_with_output().unwrap();
    assert!(done.status.code() == Some(1) && done.stderr.is_empty(), "{done:?}");
}

/// What was asked for and could not be written is no success; a reader that has seen enough is none to complain about.
#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_is_told() {
    let book = Folder::new(&[("README.md", "# Home\n")]);
    for arguments in [
        &["explain", "--list"][..],
        &["explain", "dead-link"],
        &["schema"],
        &["schema", "tool"],
        &["completions", "bash"],
        &["anchor", "A"],
        &["version"],
        &["man"],
        &["check", "--show-settings"],
        &["check", "--format", "json"],
        &["init", "new", "--yes"],
        &["--help"],
        &["help", "check"],
        &["--version"],
    ] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let done = command(&book.0, arguments).stdout(full).output().unwrap();
        let err = String::from_utf8(done.stderr).unwrap();
        assert!(
            done.status.code() == Some(2) && err.starts_with("error: cannot write to stdout: "),
            "{arguments:?} {err}"
        );
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let done = command(&book.0, arguments).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        let err = String::from_utf8(done.stderr).unwrap();
        assert!(done.status.success(), "{arguments:?} {err}");
        assert!(!err.contains("cannot write"), "{arguments:?} {err}");
    }
}
