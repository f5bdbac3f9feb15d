//! The site in a real browser: builds the books, then runs the tests in `tests/browser` on them with Node.
//!
//! `cargo test --test browser U42` runs the tests whose name contains `U42`. They need Node, Chromium and the packages
//! that `npm ci --prefix tests/browser` installs; without one of these they are skipped, and the output says so. With
//! `PROOFPRESS_BROWSER=required` that is a failure.

#![allow(clippy::disallowed_methods)]

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

fn main() -> ExitCode {
    // `cargo test` hands every test binary the same arguments; only the words that choose tests mean something here.
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|word| word == "--list") {
        return ExitCode::SUCCESS;
    }
    let words = arguments.iter().filter(|word| !word.starts_with('-'));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let browser = match find_browser(&folder) {
        Ok(browser) => browser,
        Err(missing) => {
            let required = std::env::var_os("PROOFPRESS_BROWSER").is_some_and(|value| value == "required");
            println!("\ntests in a browser ... {}: {missing}\n", if required { "FAILED" } else { "SKIPPED" });
            return if required { ExitCode::FAILURE } else { ExitCode::SUCCESS };
        }
    };
    let sites = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
    let _ = std::fs::remove_dir_all(&sites);
    let mut books = vec![("book".to_string(), PathBuf::from(env!("CARGO_MANIFEST_DIR")))];
    for entry in std::fs::read_dir(folder.join("books")).into_iter().flatten().flatten() {
        books.push((entry.file_name().to_string_lossy().into_owned(), entry.path()));
    }
    for (name, book) in &books {
        let mut build = Command::new(env!("CARGO_BIN_EXE_proofpress"));
        build.arg("build").arg(book).arg("-o").arg(sites.join(name)).stderr(Stdio::piped());
        match build.output() {
            Ok(output) if output.status.success() => {}
            Ok(output) => {
                println!("the book `{name}` cannot be built:\n{}", String::from_utf8_lossy(&output.stderr));
                return ExitCode::FAILURE;
            }
            Err(error) => {
                println!("the book `{name}` cannot be built: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    let mut run = Command::new("node");
    run.arg(folder.join("run.mjs")).arg(&sites).arg(browser).args(words);
    if cfg!(feature = "serve") {
        run.env("PROOFPRESS_PREVIEW", env!("CARGO_BIN_EXE_proofpress"));
    }
    let run = run.status();
    if run.is_ok_and(|status| status.success()) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The browser's program, when everything else is there too.
fn find_browser(folder: &Path) -> Result<PathBuf, &'static str> {
    if !folder.join("node_modules/playwright-core").is_dir() {
        return Err("`npm ci --prefix tests/browser` was not run");
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let program = |name: &str| std::env::split_paths(&path).map(|dir| dir.join(name)).find(|file| file.is_file());
    if program("node").is_none() {
        return Err("there is no `node`");
    }
    let names = ["chromium", "chromium-browser", "google-chrome"];
    names.iter().find_map(|name| program(name)).ok_or("there is no `chromium`")
}
