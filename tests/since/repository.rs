//! A repository on the disk, made with the `git` program, and what `check` says of it.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder with a repository, removed when it goes out of scope.
pub struct Repository(pub PathBuf);

impl Repository {
    /// One commit on `main` with these files.
    pub fn new(files: &[(&str, &str)]) -> Repository {
        let repository = Repository::empty();
        repository.git(&["init", "-q", "-b", "main"]);
        repository.commit(files);
        repository
    }

    pub fn empty() -> Repository {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("proofpress-since-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().canonicalize().unwrap().join(name);
        fs::create_dir_all(&folder).unwrap();
        Repository(folder)
    }

    pub fn write(&self, files: &[(&str, &str)]) {
        for (path, text) in files {
            let path = self.0.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }

    pub fn commit(&self, files: &[(&str, &str)]) {
        self.write(files);
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "x"]);
    }

    pub fn git(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("git");
        let output = environment(&mut command).args(arguments).current_dir(&self.0).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// What `check` says on stdout and on stderr.
    pub fn check(&self, arguments: &[&str], code: i32) -> (String, String) {
        self.check_in(".", arguments, code)
    }

    pub fn check_in(&self, dir: &str, arguments: &[&str], code: i32) -> (String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_proofpress"));
        environment(&mut command).arg("check").args(arguments).current_dir(self.0.join(dir)).stdin(Stdio::null());
        let Output { status, stdout, stderr } = command.output().unwrap();
        let (out, err) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
        assert_eq!(status.code(), Some(code), "{arguments:?}\n{out}{err}");
        (out, err)
    }

    /// The findings that are new since a revision, one a line.
    pub fn since(&self, revision: &str) -> String {
        self.check(&["--since", revision, "--format", "concise", "--exit-zero"], 0).0
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).unwrap()
    }
}

impl Drop for Repository {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Nothing of the machine's own settings counts.
pub fn environment(command: &mut Command) -> &mut Command {
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "FORCE_COLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").envs([
        ("GIT_AUTHOR_NAME", "a"),
        ("GIT_AUTHOR_EMAIL", "a@example.com"),
        ("GIT_COMMITTER_NAME", "a"),
        ("GIT_COMMITTER_EMAIL", "a@example.com"),
    ])
}
