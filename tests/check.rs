//! What `check` promises to those who call it: exit codes, what goes to stdout, to stderr and into files, and the form
//! of its JSON.
#![allow(clippy::disallowed_methods)]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder, removed when it goes out of scope.
struct Folder(PathBuf);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Folder {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("proofpress-check-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = Folder(std::env::temp_dir().canonicalize().unwrap().join(name));
        for (path, text) in files {
            let path = folder.0.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    /// A folder with three books: one with an error and a warning, one with a warning, one without findings.
    fn books() -> Folder {
        Folder::new(&[
            ("bad/SUMMARY.md", "* [Home](README.md)\n* [A b](<a b.md>)\n"),
            ("bad/README.md", "# Home\n\n[x](nowhere.md) and {% nonsense %}\n"),
            ("bad/a b.md", "# A b\n"),
            ("warned/README.md", "# Home\n\n{% nonsense %}\n"),
            ("clean/README.md", "# Home\n"),
        ])
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The program in a folder, with none of the variables that it listens to.
fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_proofpress"));
    command.arg("check").args(arguments).current_dir(folder).stdin(Stdio::null());
    let variables =
        ["GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "TERM"];
    for name in variables {
        command.env_remove(name);
    }
    command
}

/// What the program says on stdout and on stderr.
fn run(mut command: Command, code: i32) -> (String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let (out, err) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert_eq!(status.code(), Some(code), "{out}{err}");
    (out, err)
}

fn check(folder: &Folder, arguments: &[&str], code: i32) -> (String, String) {
    run(command(&folder.0, arguments), code)
}

#[test]
fn a_file_of_a_kind_of_the_books_own() {
    let book = Folder::new(&[
        ("book.toml", "[kinds.step]\nschema = 'step.json'\n"),
        ("step.json", r#"{"required": ["run"], "properties": {"run": {"type": "string"}}}"#),
        ("README.md", "# Home\n"),
        ("examples/good.yaml", "run: make\n"),
        ("examples/bad.json", "{\"run\": 1}\n"),
        ("broken/book.toml", "[kinds.step]\nschema = 'step.json'\n"),
        ("broken/a.yaml", "run: 1\n"),
    ]);
    check(&book, &["examples/good.yaml", "--kind", "step"], 0);
    let (out, _) = check(&book, &["examples/bad.json", "--kind", "step", "--format", "concise"], 1);
    assert!(out.contains("bad.json:1:9") && out.contains("`run` takes text, and this is a number"), "{out}");
    for (arguments, expected) in [
        (["examples/good.yaml", "--kind", "stpe"], "there is no kind `stpe`"),
        (["examples/good.yaml", "--kind", "step.rnu"], "there is no `rnu`"),
        (["broken/a.yaml", "--kind", "step"], "there is no file `step.json`"),
    ] {
        let (_, err) = check(&book, &arguments, 2);
        assert!(err.contains(expected), "{err}");
    }
}

#[test]
fn exit_codes() {
    let books = Folder::books();
    for (arguments, code) in [
        (&["clean"][..], 0),
        (&["warned"], 0),
        (&["warned", "--fail-on", "warning"], 1),
        (&["bad"], 1),
        (&["bad", "--exit-zero"], 0),
        (&["bad", "--format", "sarif"], 1),
        (&["clean", "bad"], 1),
        (&["no such folder"], 2),
        (&["clean", "--format", "jsno"], 2),
        (&["clean", "--format", "json="], 2),
        (&["clean", "--format", "json=no such folder/out.json"], 2),
        (&["bad", "--exit-zero", "--output", "no such folder/out.txt"], 2),
        (&["clean", "--format", "json", "--format", "sarif"], 2),
        (&["clean", "--format", "json=out", "--format", "sarif=out"], 2),
        (&["clean", "--format", "json=out", "--format", "sarif", "--output", "out"], 2),
        (&["clean", "--fail-on", "everything"], 2),
    ] {
        check(&books, arguments, code);
    }
    let (_, err) = check(&books, &["clean", "--format", "jsno"], 2);
    assert!(err.contains("did you mean `json`?") && err.contains("junit"), "{err}");
}

#[test]
fn people_read_stderr_and_programs_stdout() {
    let books = Folder::books();
    let (out, err) = check(&books, &["bad"], 1);
    assert_eq!(out, "");
    assert!(err.contains("error[dead-link]") && err.contains(" --> bad/README.md:3:5"), "{err}");
    assert!(err.contains("1 error, 1 warning in 1 file (2 pages, 3 links checked, "), "{err}");
    assert!(!err.contains('\u{1b}'), "{err}");
    let (out, err) = check(&books, &["bad", "--format", "concise"], 1);
    assert_eq!(
        out,
        "bad/README.md:3:5: error[dead-link]: `nowhere.md` does not exist\n\
         bad/README.md:3:21: warning[unknown-tag]: there is no block `nonsense`\n"
    );
    assert!(err.starts_with("1 error, 1 warning in 1 file") && err.lines().count() == 1, "{err}");

    let (out, err) = check(&books, &["bad", "--format", "concise", "--quiet"], 1);
    assert!(out.lines().count() == 2 && err.is_empty(), "{err}");
    let (out, err) = check(&books, &["bad", "--quiet"], 1);
    assert!(out.is_empty() && err.contains("error[dead-link]") && !err.contains("1 error"), "{err}");
    let (out, err) = check(&books, &["bad", "--format", "human", "--format", "concise"], 1);
    assert!(out.lines().count() == 2 && err.contains(" --> bad/README.md:3:5"), "{err}");
    assert_eq!(check(&books, &["bad", "--silent"], 1), (String::new(), String::new()));
    let (out, err) = check(&books, &["bad", "--silent", "--format", "concise"], 1);
    assert!(out.lines().count() == 2 && err.is_empty(), "{err}");
}

#[test]
fn files_come_besides() {
    let books = Folder::books();
    let arguments =
        ["bad", "--format", "json=out.json", "--format", "junit=out.xml", "--format", "markdown", "--output"];
    let (out, err) = check(&books, &[&arguments[..], &["out.md"]].concat(), 1);
    assert!(out.is_empty() && err.contains("error[dead-link]"), "{err}");
    assert_eq!(books.read("out.json"), check(&books, &["bad", "--format", "json"], 1).0);
    assert!(books.read("out.xml").starts_with("<?xml"));
    assert!(books.read("out.md").starts_with("**Proofpress**"));
    // Without a format it is the text for people, and in a file it has no colours.
    let (_, err) = check(&books, &["bad", "--output", "out.txt", "--color", "always"], 1);
    assert!(err.contains("\u{1b}["), "{err}");
    let text = books.read("out.txt");
    assert!(text.contains("error[dead-link]") && !text.contains('\u{1b}'), "{text}");
    // A shorter report leaves nothing of the longer one.
    check(&books, &["clean", "--output", "out.txt"], 0);
    assert_eq!(books.read("out.txt"), "");
    check(&books, &["bad", "--format", "human", "--format", "json=out.json"], 1);
}

#[test]
fn paths_lead_from_the_current_folder() {
    let books = Folder::books();
    let place = |dir: &str, argument: &str| {
        let command = command(&books.0.join(dir), &[argument, "--format", "concise", "--exit-zero"]);
        run(command, 0).0.split(':').next().unwrap().to_string()
    };
    let full = books.0.join("bad");
    for (dir, argument, expected) in [
        (".", "bad", "bad/README.md"),
        (".", "./bad/", "bad/README.md"),
        (".", full.to_str().unwrap(), "bad/README.md"),
        ("bad", ".", "README.md"),
        ("clean", "../bad", "../bad/README.md"),
        ("clean", full.to_str().unwrap(), "../bad/README.md"),
    ] {
        assert_eq!(place(dir, argument), expected, "{argument} in {dir}");
    }
}

#[test]
fn several_books_are_one_report() {
    let books = Folder::books();
    let (out, err) = check(&books, &["warned", "bad", "./warned/", "clean", "--format", "json"], 1);
    let found: Value = serde_json::from_str(&out).unwrap();
    let places: Vec<&str> =
        found["diagnostics"].as_array().unwrap().iter().filter_map(|d| d["path"].as_str()).collect();
    assert_eq!(places, ["warned/README.md", "bad/README.md", "bad/README.md"]);
    assert_eq!(found["summary"]["pages"], 4);
    assert!(err.contains("1 error, 2 warnings in 2 files (4 pages, "), "{err}");
    // The same bytes each time.
    assert_eq!(out, check(&books, &["warned", "bad", "./warned/", "clean", "--format", "json"], 1).0);
}

#[test]
fn a_workflow_of_github_sees_annotations() {
    let books = Folder::books();
    let on_github = |arguments: &[&str]| {
        let mut command = command(&books.0, arguments);
        command.env("GITHUB_ACTIONS", "true").env("GITHUB_STEP_SUMMARY", books.0.join("summary.md"));
        run(command, 1)
    };
    let (out, err) = on_github(&["bad"]);
    let expected = "::error file=bad/README.md,line=3,endLine=3,col=5,endColumn=15,title=dead-link::\
                    `nowhere.md` does not exist%0Ahelp: correct the address, or add the file\n";
    assert!(out.starts_with(expected) && out.contains("\n::warning "), "{out}");
    assert!(err.contains("error[dead-link]"), "{err}");
    assert!(books.read("summary.md").contains("| error | `dead-link` | `bad/README.md:3:5` |"));
    // Besides a file, but not among data, and not where the text for people was asked for.
    assert!(on_github(&["bad", "--format", "sarif=out.sarif"]).0.starts_with("::error "));
    assert!(on_github(&["bad", "--format", "json"]).0.starts_with('{'));
    assert_eq!(on_github(&["bad", "--format", "human"]).0, "");
    assert_eq!(on_github(&["bad", "--silent"]).0, "");
    // Each run adds its own.
    assert_eq!(books.read("summary.md").matches("**Proofpress**").count(), 5);
    // A folder cannot be written, and that changes no code.
    for (book, code) in [("bad", 1), ("clean", 0)] {
        let mut command = command(&books.0, &[book]);
        command.env("GITHUB_ACTIONS", "true").env("GITHUB_STEP_SUMMARY", &books.0);
        let (_, err) = run(command, code);
        assert!(err.contains("warning: cannot write `$GITHUB_STEP_SUMMARY`: "), "{err}");
    }
}

#[test]
fn colours_follow_the_environment() {
    let books = Folder::books();
    for (name, value, expected) in [("FORCE_COLOR", "1", true), ("CLICOLOR_FORCE", "1", true), ("TERM", "dumb", false)]
    {
        let mut command = command(&books.0, &["bad"]);
        command.env(name, value);
        assert_eq!(run(command, 1).1.contains('\u{1b}'), expected, "{name}");
    }
}

/// A reader that has seen enough is no error, and changes no exit code.
#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    let links: String = (0..5000).map(|n| format!("[x](nowhere-{n}.md)\n")).collect();
    let book = Folder::new(&[("README.md", &format!("# Home\n\n{links}"))]);
    for arguments in [&["--format", "jsonl"][..], &[]] {
        let mut command = command(&book.0, arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        if arguments.is_empty() {
            drop(child.stderr.take());
        }
        let Output { status, stderr, .. } = child.wait_with_output().unwrap();
        let err = String::from_utf8(stderr).unwrap();
        assert_eq!(status.code(), Some(1), "{err}");
        assert!(!err.contains("cannot write") && !err.contains("panic"), "{err}");
    }
}

/// Each of them holds for the link behind the last one, and passes all that stands between.
#[test]
fn many_ignores_in_a_row_end() {
    const COUNT: usize = 60_000;
    let comment = "<!-- proofpress-ignore dead-link: later -->";
    for (between, after) in [("\n", "\n"), ("\n\n", "\n\n"), (" ", " "), ("  \n", "\n")] {
        let text =
            format!("# Home\n\nText{after}{}{after}[x](nowhere.md)\n", format!("{comment}{between}").repeat(COUNT));
        let book = Folder::new(&[("README.md", &text)]);
        let (out, _) = check(&book, &["--exit-zero", "--format", "json"], 0);
        let report: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(report["diagnostics"].as_array().unwrap().len(), 0, "{between:?}");
    }
}

#[test]
fn json_keeps_its_contract() {
    let books = Folder::books();
    let schema: Value = serde_json::from_str(proofpress::report::OUTPUT_SCHEMA).unwrap();
    for book in ["bad", "clean"] {
        let (out, _) = check(&books, &[book, "--exit-zero", "--format", "json"], 0);
        fits(&schema, &schema, &serde_json::from_str(&out).unwrap(), "");
        let (out, _) = check(&books, &[book, "--exit-zero", "--format", "jsonl"], 0);
        let lines: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let (last, diagnostics) = lines.split_last().unwrap();
        fits(&schema, &schema["$defs"]["summary"], &last["summary"], "summary");
        diagnostics.iter().for_each(|line| fits(&schema, &schema["$defs"]["diagnostic"], line, "line"));
    }
}

/// Holds a value against the part of JSON Schema that ours uses. Stricter than that: each member has to be described.
fn fits(whole: &Value, schema: &Value, value: &Value, at: &str) {
    for (word, wanted) in schema.as_object().unwrap() {
        let good = match &**word {
            "$schema" | "title" | "description" | "$defs" => true,
            "$ref" => {
                let target = whole.pointer(wanted.as_str().unwrap().trim_start_matches('#')).unwrap();
                fits(whole, target, value, at);
                true
            }
            "type" => match wanted {
                Value::Array(any) => any.iter().any(|one| one == kind(value)),
                one => one == kind(value),
            },
            "const" => value == wanted,
            "enum" => wanted.as_array().unwrap().contains(value),
            "minimum" => value.as_u64() >= wanted.as_u64(),
            "required" => {
                value.is_null()
                    || wanted.as_array().unwrap().iter().all(|key| value.get(key.as_str().unwrap()).is_some())
            }
            "properties" => {
                for (key, inner) in value.as_object().into_iter().flatten() {
                    fits(
                        whole,
                        wanted.get(key).unwrap_or_else(|| panic!("{at}/{key} is new")),
                        inner,
                        &format!("{at}/{key}"),
                    );
                }
                true
            }
            "items" => {
                value.as_array().unwrap().iter().for_each(|item| fits(whole, wanted, item, &format!("{at}/-")));
                true
            }
            other => panic!("the schema uses `{other}`"),
        };
        assert!(good, "{at}: {value} against {word}: {wanted}");
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

#[test]
fn settings_say_where_they_come_from() {
    let book = Folder::new(&[
        (
            "book.toml",
            "[book]\ntitle = \"A \\\"b\\\"\"\n\n[check]\ndead-link = \"warn\"\n\n[[check.paths]]\npaths = [\"a/**\"]\nall = \"off\"\n",
        ),
        ("README.md", "# Home\n"),
        ("SUMMARY.md", "* [Home](README.md)\n"),
    ]);
    let (out, _) = check(&book, &["--show-settings"], 0);
    for (line, from) in [
        ("book.title = 'A \"b\"'", "book.toml:2"),
        ("book.language = \"en\"", "default"),
        ("spaces.0.summary = \"SUMMARY.md\"", "found"),
        ("check.dead-link = \"warn\"", "book.toml:5"),
        ("check[a/**].all = \"off\"", "book.toml:9"),
    ] {
        let found = out.lines().find(|shown| shown.starts_with(line)).unwrap_or_else(|| panic!("{line}\n{out}"));
        assert!(found.ends_with(&format!("  # {from}")), "{found}");
    }
}

#[test]
fn one_cause_is_shown_once() {
    let book = Folder::new(&[("README.md", "# Home\n\n[a](gone.md) [b](gone.md)\n\n[c](gone.md) [d](gone.md)\n")]);
    let (_, err) = check(&book, &[], 1);
    assert_eq!(err.matches("error[dead-link]").count(), 1, "{err}");
    assert!(err.contains("the same in 3 more places: README.md:3:18, README.md:5:5 and 1 other"), "{err}");
    assert!(err.contains("4 errors, 0 warnings"), "{err}");
    let (_, err) = check(&book, &["--all"], 1);
    assert!(err.matches("error[dead-link]").count() == 4 && !err.contains("the same in"), "{err}");
}
