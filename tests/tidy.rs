//! The conventions of this repository: its files in, a list of what departs from them out.
//!
//! The lists of blocks, rules and theme files are written by hand, so that they can be read; these tests compare them
//! with the folders.

#![allow(clippy::disallowed_methods)]

#[path = "tidy/promises.rs"]
mod promises;
#[path = "tidy/texts.rs"]
mod texts;

use proofpress::diagnostic::Diagnostic;
use proofpress::{blocks, book, examples, kinds, lint, report, slug, theme, triage};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use texts::Texts;

/// Files longer than [`LONGEST`] lines, and why each is one idea.
const LONG: &[(&str, &str)] = &[
    ("src/config/book.rs", "every key of `book.toml`, and a table of their faults"),
    ("tests/tidy.rs", "the conventions, one after the other"),
    ("src/disk/read.rs", "half of it is tests with real folders"),
    ("src/nav/summary.rs", "half of it is a table of tests"),
    ("src/output/shell.rs", "the views of all templates stand side by side"),
    ("src/page.rs", "the types of one page, and what is asked of them"),
    ("src/parse/tree.rs", "one builder, whose parts share its state"),
    ("src/site/navigation.rs", "one walk over the table of contents"),
    ("src/yaml/scanner.rs", "one automaton"),
    ("src/yaml/tests.rs", "a table of tests"),
    ("tests/build.rs", "one list of promises"),
    ("tests/check.rs", "one list of promises"),
    ("tests/serve.rs", "one conversation with the server"),
];

const LONGEST: usize = 350;

#[test]
fn every_file_says_what_it_is() {
    report(rust_files(), |_, text| (!text.starts_with("//! ")).then(|| "begins without `//! `".to_string()));
}

#[test]
fn long_files_are_named() {
    let long: BTreeSet<&str> = LONG.iter().map(|(path, _)| *path).collect();
    report(rust_files(), |path, text| {
        let lines = text.lines().count();
        let named = long.contains(path);
        (lines > LONGEST && !named).then(|| format!("{lines} lines: are these two ideas?"))
    });
    for (path, _) in LONG {
        assert!(root().join(path).is_file(), "the list of long files names {path}, which is gone");
    }
}

/// A panic is a fault of ours; whatever an author writes is a finding, and what the disk does is an error.
#[test]
fn nothing_panics_on_purpose() {
    report(source_files(), |path, text| {
        if path.ends_with("/tests.rs") {
            return None;
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        // A parser's own `expect` returns a result.
        let panics = |line: &str| {
            let line = line.trim_start();
            let expects = line.contains(".expect(") && !line.contains(")?");
            let words = [".unwrap()", "panic!(", "unreachable!(", "todo!(", "unimplemented!("];
            !line.starts_with("//") && (expects || words.iter().any(|word| line.contains(word)))
        };
        code.lines().find(|line| panics(line)).map(|line| format!("may panic: {}", line.trim()))
    });
}

#[test]
fn nothing_is_left_half_done() {
    let words = ["dbg!", "todo!", "unimplemented!", "FIXME", "XXX", "TODO"];
    report(rust_files().into_iter().filter(|path| path != "tests/tidy.rs"), |_, text| {
        words.iter().find(|word| text.contains(**word)).map(|word| format!("has `{word}`"))
    });
}

/// The repository is the same for everyone.
#[test]
fn no_file_names_a_machine() {
    let places = ["work", "tmp", "root", "home"].map(|name| format!("/{name}/"));
    let mut files = Vec::new();
    for dir in ["src", "tests", "themes", "benches", "content", ".ci", ".github"] {
        walk(&root().join(dir), &mut files);
    }
    let single = ["README.md", "CHANGELOG.md", "Cargo.toml", "Containerfile", "action.yml", "clippy.toml", "book.toml"];
    for name in single {
        files.push(root().join(name));
    }
    let files = files.iter().filter(|path| path.is_file()).map(|path| relative(path));
    report(files.filter(|path| path != "tests/tidy.rs"), |_, text| {
        let line = text.lines().find(|line| places.iter().any(|place| line.contains(place)))?;
        Some(format!("names a place of one machine: {}", line.trim()))
    });
}

#[test]
fn blocks_are_listed() {
    assert_listed("src/blocks", "src/blocks.rs");
    let code = read("src/blocks.rs");
    for name in modules("src/blocks") {
        // A block of an integration has a name of its own, so its file is no entry of the list.
        let listed = code.contains(&format!("&{name}::")) || name == "integration";
        assert!(listed, "no block of src/blocks/{name}.rs is in the list of blocks");
    }
    let names: BTreeSet<&str> = blocks::BLOCKS.iter().map(|block| block.name).collect();
    assert_eq!(names.len(), blocks::BLOCKS.len(), "the list of blocks names one twice");
}

#[test]
fn rules_are_listed() {
    assert_listed("src/lint", "src/lint.rs");
    let looks = |rule: &&&lint::Rule| !matches!(rule.check, lint::Check::Elsewhere);
    let mut listed: BTreeSet<String> =
        lint::RULES.iter().filter(looks).map(|rule| rule.name.replace('-', "_")).collect();
    listed.insert("elsewhere".to_string());
    assert_eq!(listed, modules("src/lint"), "a rule's file has the rule's name");
    let names: BTreeSet<&str> = lint::RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), lint::RULES.len(), "the list of rules names one twice");
}

/// What a rule shows as wrong has its finding, of its level, and what it shows as right has none. A repair leaves none.
#[test]
fn examples_of_rules_are_true() {
    for rule in lint::RULES {
        let find = |texts: &Texts| -> Vec<Diagnostic> {
            let found = lint::check(&book::site(texts.sources(rule)));
            found.into_iter().filter(|found| found.rule == rule.name).collect()
        };
        let mut wrong = Texts::new(rule.wrong);
        let found = find(&wrong);
        assert!(found.iter().any(|one| one.severity == rule.severity), "{}: not found in\n{}", rule.name, rule.wrong);
        assert_eq!(find(&Texts::new(rule.right)), [], "{}: found in\n{}", rule.name, rule.right);
        let repairable = found.iter().any(|found| found.fix.is_some());
        wrong.repair(rule, &found);
        assert!(!repairable || find(&wrong).is_empty(), "{}: the repair leaves\n{:?}", rule.name, wrong.files);
    }
}

/// Every name in a report can be explained, configured and silenced: those in the code and those in the cases.
#[test]
fn every_finding_is_known() {
    let mut names: BTreeSet<String> = BTreeSet::new();
    for case in cases("tests/cases") {
        for line in case.lines() {
            let rest = ["error[", "warning[", "note["].iter().find_map(|start| line.strip_prefix(start));
            names.extend(rest.and_then(|rest| rest.split_once("]: ")).map(|(name, _)| name.to_string()));
        }
    }
    assert!(names.len() > 50);
    names.extend(names_in_code(|_| true));
    names.extend(examples::FAULTS.iter().map(|name| name.to_string()));
    let unknown: Vec<&String> = names.iter().filter(|name| lint::rule(name).is_none()).collect();
    assert!(unknown.is_empty(), "these have no entry in `lint::RULES` or `lint::FAULTS`: {unknown:?}");
    let known: Vec<&str> = lint::all().map(|rule| rule.name).collect();
    assert_eq!(known.iter().collect::<BTreeSet<_>>().len(), known.len(), "a rule is listed twice");
    assert!(!known.contains(&"all"), "`all` stands for every rule in `[check]`");
}

/// What a fault shows as wrong has its finding, of its level, and what it shows as right has none.
#[test]
fn examples_of_faults_are_true() {
    let find = |rule: &lint::Rule, example: &str| -> Vec<Diagnostic> {
        let found = triage::findings(&book::site(Texts::new(example).sources(rule)));
        found.into_iter().filter(|found| found.rule == rule.name).collect()
    };
    for rule in lint::FAULTS.iter().filter(|rule| !rule.wrong.is_empty()) {
        let found = find(rule, rule.wrong);
        assert!(found.iter().any(|one| one.severity == rule.severity), "{}: not found in\n{}", rule.name, rule.wrong);
        assert_eq!(find(rule, rule.right), [], "{}: found in\n{}", rule.name, rule.right);
    }
}

/// The page on checking has a row for every rule, with the level that it has.
#[test]
fn every_rule_is_documented() {
    let page = read("content/using-proofpress/checking.md");
    for rule in lint::all() {
        let level = if rule.off { "off" } else { rule.severity.name() };
        assert!(page.contains(&format!("| `{}` | {level}", rule.name)), "no row for `{}`, {level}", rule.name);
    }
}

#[test]
fn dialects_are_listed() {
    assert_listed("src/slug/dialect", "src/slug/dialect.rs");
    let names: BTreeSet<String> = slug::DIALECTS.iter().map(|dialect| dialect.name.to_string()).collect();
    assert_eq!(names, modules("src/slug/dialect"), "a dialect's file has the dialect's name");
}

/// The table of headings has a column for each dialect, with the ids that it makes.
#[test]
fn ids_of_all_dialects_are_documented() {
    let page = read("content/using-proofpress/dialects.md");
    let cells = |line: &str| -> Vec<String> {
        let line = line.trim().trim_matches('|');
        line.split('|').map(|cell| cell.trim().trim_matches('`').replace('\\', "")).collect()
    };
    let rows: Vec<&str> = page.lines().skip_while(|line| !line.starts_with("| Heading |")).collect();
    let table: Vec<&str> = rows.into_iter().take_while(|line| line.starts_with('|')).collect();
    let head: Vec<&str> = slug::DIALECTS.iter().map(|dialect| dialect.name).collect();
    assert_eq!(table.first().map(|line| cells(line)[1..].join(" ")), Some(head.join(" ")));
    assert!(table.len() > 10, "the table was found");
    for line in &table[2..] {
        let heading = cells(line)[0].clone();
        let ids: Vec<String> = slug::DIALECTS.iter().map(|dialect| dialect.id(&heading)).collect();
        assert_eq!(cells(line)[1..], ids, "{heading}");
    }
}

#[test]
fn formats_are_listed() {
    let code = read("src/report.rs");
    for name in modules("src/report") {
        let is_format = read(&format!("src/report/{name}.rs")).contains("pub static FORMAT");
        let listed = code.contains(&format!("&{name}::FORMAT"));
        assert_eq!(is_format, listed, "src/report/{name}.rs and the list of formats");
    }
    let cases = cases("tests/cases/report");
    for format in report::FORMATS {
        let header = format!("-- expect report {} --", format.name);
        assert!(cases.iter().any(|case| case.contains(&header)), "no case shows `{}`", format.name);
    }
}

#[test]
fn the_theme_is_embedded() {
    let mut files = Vec::new();
    walk(&root().join("themes/default"), &mut files);
    let files: BTreeSet<String> = files.iter().map(|path| relative(path).replace("themes/default/", "")).collect();
    let embedded: BTreeSet<String> = theme::DEFAULT.iter().map(|(name, _)| name.to_string()).collect();
    assert_eq!(files, embedded);
}

#[test]
fn every_block_has_a_case() {
    let cases = cases("tests/cases/blocks");
    for block in blocks::BLOCKS {
        let tag = format!("{{% {}", block.name);
        let used = cases
            .iter()
            .any(|case| case.match_indices(&tag).any(|(at, _)| case[at + tag.len()..].starts_with([' ', '\n'])));
        assert!(used, "no case in tests/cases/blocks has `{tag} … %}}`");
    }
}

#[test]
fn kinds_are_listed() {
    assert_listed("src/kinds", "src/kinds.rs");
    for kind in kinds::KINDS {
        for (path, shows) in [("", "is right"), ("-faults", "is wrong")] {
            let path = format!("tests/cases/kinds/{}{path}.txt", kind.name);
            assert!(root().join(&path).is_file(), "{path} is missing: it shows all that {shows} in `{}`", kind.name);
        }
    }
}

/// Rules of `lint/` and findings of the parsers and the analysis alike.
#[test]
fn every_finding_has_a_case() {
    let cases = cases("tests/cases");
    let mut names: BTreeSet<String> = lint::RULES.iter().map(|rule| rule.name.to_string()).collect();
    names.extend(names_in_code(|_| true));
    for name in names {
        let shown = cases.iter().any(|case| case.contains(&format!("[{name}]: ")));
        assert!(shown, "no case shows a finding of `{name}`");
    }
}

/// The rules that files of the code report outside of `lint`.
fn names_in_code(wanted: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for path in source_files().iter().filter(|path| !path.ends_with("/tests.rs") && wanted(path)) {
        let text = read(path);
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for start in ["Diagnostic::error(", "Diagnostic::warning(", "Diagnostic::note("] {
            for (at, _) in code.match_indices(start) {
                let name =
                    code[at + start.len()..].trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
                names.extend(name.map(str::to_string));
            }
        }
    }
    assert!(names.len() > 10, "the reports were found");
    names
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Fails with all that `fault` finds in the files.
fn report(paths: impl IntoIterator<Item = String>, fault: impl Fn(&str, &str) -> Option<String>) {
    let found: Vec<String> =
        paths.into_iter().filter_map(|path| Some(format!("{path}: {}", fault(&path, &read(&path))?))).collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

/// The module lines of a family's file name each file of its folder.
fn assert_listed(dir: &str, family: &str) {
    let text = read(family);
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let declared: BTreeSet<String> = code
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'))
        .map(str::to_string)
        .collect();
    assert_eq!(declared, modules(dir), "{family} and the folder {dir} differ");
}

/// The names of a folder's own files, without those of folders in it.
fn modules(dir: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(root().join(dir)).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.path().is_file());
    files.filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".rs").map(str::to_string)).collect()
}

fn source_files() -> Vec<String> {
    rust_files().into_iter().filter(|path| path.starts_with("src/")).collect()
}

fn rust_files() -> Vec<String> {
    let mut files = Vec::new();
    ["src", "tests", "benches"].iter().for_each(|dir| walk(&root().join(dir), &mut files));
    files.retain(|path| path.extension().is_some_and(|ending| ending == "rs"));
    assert!(files.len() > 50, "the sources were found");
    files.iter().map(|path| relative(path)).collect()
}

fn cases(dir: &str) -> Vec<String> {
    let mut files = Vec::new();
    walk(&root().join(dir), &mut files);
    files.iter().map(|path| read(&relative(path))).collect()
}

/// Every file below a folder, sorted, without packages that the tests in a browser installed.
fn walk(dir: &Path, files: &mut Vec<PathBuf>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.ends_with("node_modules") {
            continue;
        }
        if path.is_dir() {
            walk(&path, files);
        } else {
            files.push(path);
        }
    }
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// A file's text; files that are none (a font, an image) have no conventions.
fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_default()
}
