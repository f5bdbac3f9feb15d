//! What the command line promises to those who type it and to the services that run it, tried from outside.
#![allow(clippy::disallowed_methods)]

#[path = "cli/ci.rs"]
mod ci;
#[path = "cli/folders.rs"]
mod folders;
#[path = "cli/options.rs"]
mod options;
#[path = "cli/silence.rs"]
mod silence;
#[path = "cli/verbs.rs"]
mod verbs;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder, removed when it goes out of scope.
struct Folder(PathBuf);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Folder {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("proofpress-cli-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = Folder(std::env::temp_dir().canonicalize().unwrap().join(name));
        fs::create_dir_all(&folder.0).unwrap();
        for (path, text) in files {
            let path = folder.0.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).unwrap()
    }

    /// Runs the program in the folder; what it says on stdout and on stderr.
    fn run(&self, arguments: &[&str], code: i32) -> (String, String) {
        self.run_with(&[], arguments, code)
    }

    fn run_with(&self, variables: &[(&str, &str)], arguments: &[&str], code: i32) -> (String, String) {
        let mut command = command(&self.0, arguments);
        command.envs(variables.iter().copied());
        let Output { status, stdout, stderr } = command.output().unwrap();
        let (out, err) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
        assert_eq!(status.code(), Some(code), "{arguments:?}\n{out}\n{err}");
        (out, err)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The program with none of the variables that it listens to, as if the window had 80 columns.
fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_proofpress"));
    command.args(arguments).current_dir(folder).env("COLUMNS", "80").stdin(Stdio::null());
    let heard = ["GITHUB_", "PROOFPRESS_", "NO_COLOR", "FORCE_", "CLICOLOR", "TERM", "VTE_", "CI"];
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| heard.iter().any(|heard| name.starts_with(heard))) {
            command.env_remove(name);
        }
    }
    command
}
