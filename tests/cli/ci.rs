//! The files by which services run Proofpress: each is read as the service reads it, and held against the program.

use crate::Folder;
use proofpress::yaml::{self, Node};
use std::collections::BTreeSet;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The value at a path of keys.
fn at<'a>(node: Node<'a>, path: &[&str]) -> Option<Node<'a>> {
    path.iter().try_fold(node, |node, key| {
        node.merged_entries().into_iter().find(|(name, _)| name.text() == Some(key)).map(|(_, value)| value)
    })
}

fn keys(node: Node) -> Vec<String> {
    node.merged_entries().into_iter().filter_map(|(key, _)| Some(key.text()?.to_string())).collect()
}

#[test]
fn the_action_is_what_github_expects() {
    let text = text("action.yml");
    let document = yaml::parse(&text);
    assert!(document.problems.is_empty(), "{:?}", document.problems);
    let action = document.root().unwrap();
    assert_eq!(keys(action), ["name", "description", "branding", "inputs", "outputs", "runs"]);
    let inputs = at(action, &["inputs"]).unwrap();
    let names = keys(inputs);
    for name in ["path", "args", "since", "fail-on", "sarif"] {
        assert!(names.iter().any(|known| known == name), "no input `{name}`");
        assert!(at(inputs, &[name, "description"]).is_some(), "{name}");
    }
    assert_eq!(at(action, &["runs", "using"]).and_then(|using| using.text()), Some("composite"));
    let steps: Vec<Node> = at(action, &["runs", "steps"]).unwrap().items().collect();
    assert!(steps.len() > 2);
    for step in &steps {
        let (run, uses) = (at(*step, &["run"]), at(*step, &["uses"]));
        assert!(run.is_some() != uses.is_some(), "a step runs or uses");
        assert!(run.is_none() || at(*step, &["shell"]).is_some(), "a step that runs names its shell");
        // Text of others would be run as a part of the script: it goes through the environment.
        assert!(run.is_none_or(|run| !run.text().unwrap().contains("${{")), "{:?}", run.and_then(|run| run.text()));
    }
    let used: BTreeSet<&str> = text
        .split("inputs.")
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap())
        .collect();
    assert_eq!(used, names.iter().map(|name| &**name).collect::<BTreeSet<_>>(), "each input is used, and is declared");
}

/// The scripts of the action in a shell, with the program in place of the one that they would build.
#[cfg(unix)]
#[test]
fn the_action_runs() {
    let action = text("action.yml");
    let document = yaml::parse(&action);
    let steps: Vec<Node> = at(document.root().unwrap(), &["runs", "steps"]).unwrap().items().collect();
    let script = |id: &str| {
        let step = steps.iter().find(|step| at(**step, &["id"]).and_then(|id| id.text()) == Some(id)).unwrap();
        at(*step, &["run"]).unwrap().text().unwrap().to_string()
    };
    let book = Folder::new(&[
        ("docs/README.md", "# Home\n\n[x](nowhere.md)\n"),
        ("other book/README.md", "# Home\n"),
        ("out/.keep", ""),
    ]);
    let program = Path::new(env!("CARGO_BIN_EXE_proofpress")).parent().unwrap().display().to_string();
    let run = |inputs: &[(&str, &str)]| {
        let mut command = std::process::Command::new("bash");
        command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script("check")]).current_dir(&book.0);
        let mut variables = vec![("ARGS", ""), ("SINCE", ""), ("FAIL_ON", ""), ("SARIF", ""), ("INPUT_PATH", ".")];
        variables.extend(inputs.iter().copied());
        let output = book.0.join("out/output");
        std::fs::write(&output, "").unwrap();
        command.envs(variables).env("PATH", format!("{program}:{}", std::env::var("PATH").unwrap()));
        command.env("GITHUB_OUTPUT", &output).env_remove("GITHUB_ACTIONS");
        let done = command.output().unwrap();
        let text = String::from_utf8_lossy(&done.stderr).into_owned();
        (done.status.code(), text, std::fs::read_to_string(output).unwrap())
    };
    let (code, text, output) = run(&[("INPUT_PATH", "docs")]);
    assert!(code == Some(1) && text.contains("error[dead-link]") && output.contains("exit-code=1"), "{text}{output}");
    let (code, text, output) =
        run(&[("INPUT_PATH", "docs\nother book"), ("SARIF", "out/a.sarif"), ("ARGS", "--config check.dead-link=warn")]);
    assert!(code == Some(0) && output.contains("exit-code=0"), "{text}{output}");
    assert!(book.read("out/a.sarif").contains("\"docs/README.md\""));
    let (code, text, _) =
        run(&[("INPUT_PATH", "docs"), ("FAIL_ON", "warning"), ("ARGS", "--config check.dead-link=warn")]);
    assert!(code == Some(1), "{text}");
    // What is in an input is words, and no part of the script.
    let (code, _, _) = run(&[("INPUT_PATH", "other book"), ("SINCE", "$(touch out/ran); touch out/ran")]);
    assert!(code == Some(2) && !book.0.join("out/ran").exists());
}

#[test]
fn hooks_name_verbs_and_options_that_there_are() {
    let text = text(".pre-commit-hooks.yaml");
    let document = yaml::parse(&text);
    assert!(document.problems.is_empty(), "{:?}", document.problems);
    let hooks: Vec<Node> = document.root().unwrap().items().collect();
    let folder = Folder::new(&[("README.md", "# Home\n")]);
    assert!(!hooks.is_empty());
    for hook in hooks {
        for key in ["id", "name", "description", "entry", "language"] {
            assert!(at(hook, &[key]).is_some_and(|value| value.text().is_some()), "no `{key}`");
        }
        assert_eq!(
            at(hook, &["pass_filenames"]).and_then(|value| value.as_bool()),
            Some(false),
            "a book is checked whole"
        );
        assert_eq!(at(hook, &["language"]).and_then(|value| value.text()), Some("rust"));
        let entry = at(hook, &["entry"]).unwrap().text().unwrap();
        let words: Vec<&str> = entry.split(' ').collect();
        assert_eq!(words[0], "proofpress");
        if !entry.contains("--since") {
            folder.run(&words[1..], 0);
        }
        folder.run(&[&words[1..], &["--help"]].concat(), 0);
    }
}

/// A container file is a list of instructions; what they copy is there, and what they run does not run as root.
#[test]
fn the_container_file_holds_together() {
    let text = text("Containerfile");
    let joined = text.replace("\\\n", " ");
    let lines: Vec<&str> =
        joined.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let of = |word: &str| lines.iter().filter(move |line| line.starts_with(&format!("{word} "))).collect::<Vec<_>>();
    assert_eq!(of("FROM").len(), 2, "one stage builds, one runs");
    for line in &lines {
        let word = line.split(' ').next().unwrap();
        let known = ["FROM", "ARG", "WORKDIR", "COPY", "RUN", "USER", "ENTRYPOINT", "CMD", "LABEL", "ENV"];
        assert!(known.contains(&word), "{line}");
    }
    for line in of("COPY").iter().filter(|line| !line.contains("--from=")) {
        let words: Vec<&str> = line.split_whitespace().skip(1).collect();
        for source in &words[..words.len() - 1] {
            assert!(root().join(source).exists(), "{source}");
        }
    }
    let user = of("USER").last().unwrap().split_whitespace().nth(1).unwrap().to_string();
    assert!(user.split(':').next().unwrap().parse::<u32>().is_ok_and(|id| id > 0), "{user}");
    assert_eq!(of("ENTRYPOINT"), [&r#"ENTRYPOINT ["/usr/local/bin/proofpress"]"#]);
    let version = text.split("rust:").nth(1).unwrap().split(['-', '\n']).next().unwrap();
    let wanted = self::text("Cargo.toml");
    assert!(
        wanted.contains(&format!("rust-version = \"{version}")),
        "the image has another Rust than Cargo.toml asks for"
    );
}
