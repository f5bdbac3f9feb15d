//! A book with links on a page: what `check --external` says of it.

use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A book of one page, removed when it goes out of scope.
pub struct Book {
    pub root: PathBuf,
    /// What the program finds in its environment.
    pub variables: Vec<(&'static str, String)>,
}

/// Waits are short here, and this machine may be asked.
pub const SETTINGS: &str = "[check]\nleftover-address = \"off\"\n[check.external]\nprivate = true\nretry-wait = 0.05\n\
     timeout = 3\nhost-request-interval = 0\n";

impl Book {
    pub fn new(page: &str, settings: &str) -> Book {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("proofpress-external-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let root = std::env::temp_dir().canonicalize().unwrap().join(name);
        let book = Book { root, variables: Vec::new() };
        fs::create_dir_all(&book.root).unwrap();
        book.write("README.md", page);
        book.write("book.toml", settings);
        book
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.root.join(name), text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.root.join(name)).unwrap()
    }

    /// A program in the book's folder, with nothing in its environment that would change what it says.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).stdin(Stdio::null());
        for name in ["GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            command.env_remove(name);
        }
        command.envs(self.variables.iter().cloned());
        command
    }

    /// What the program says, on stdout and on stderr, and its exit code.
    pub fn run(&self, arguments: &[&str]) -> (String, String, i32) {
        let mut command = self.command(env!("CARGO_BIN_EXE_proofpress"));
        let Output { status, stdout, stderr } = command.arg("check").args(arguments).output().unwrap();
        (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap(), status.code().unwrap())
    }

    /// The findings with their lines, one a line, and the counts.
    pub fn check(&self, arguments: &[&str]) -> (Vec<String>, Value) {
        let arguments = [&["--external", "--format", "json", "--fail-on", "note", "--exit-zero"], arguments].concat();
        let (out, err, code) = self.run(&arguments);
        assert_eq!(code, 0, "{err}");
        let report: Value = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}"));
        let found = report["diagnostics"].as_array().unwrap().iter();
        let line = |found: &Value| {
            let text = |key: &str| found[key].as_str().unwrap().to_string();
            format!("{} {}: {}", found["range"]["start"]["line"], text("rule"), text("message"))
        };
        (found.map(line).collect(), report["summary"]["external"].clone())
    }
}

impl Drop for Book {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

/// A page with a link in each of its lines from the third on.
pub fn page(links: &[String]) -> String {
    let links: Vec<String> = links.iter().map(|link| format!("[x]({link})  \n")).collect();
    format!("# Links\n\n{}", links.concat())
}
