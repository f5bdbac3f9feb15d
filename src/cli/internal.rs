//! Faults of the program itself: a panic in; what a person can do about it, and the exit code 2, out.

use super::say;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

/// Runs the program so that a panic is told in words. Threads of a pool may panic together; the first is told.
pub fn guarded(run: impl FnOnce() -> ExitCode) -> ExitCode {
    static TOLD: AtomicBool = AtomicBool::new(false);
    panic::set_hook(Box::new(|info| {
        if TOLD.swap(true, Ordering::Relaxed) {
            return;
        }
        let place = info.location().map(|place| format!("{}:{}", place.file(), place.line()));
        let trace = Backtrace::capture();
        let trace = (trace.status() == BacktraceStatus::Captured).then(|| trace.to_string());
        let words: Vec<String> = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
        let message = info.payload_as_str().unwrap_or("something that has no words");
        say(&mut std::io::stderr(), &text(message, place.as_deref(), &words, trace.as_deref()));
    }));
    panic::catch_unwind(AssertUnwindSafe(run)).unwrap_or(ExitCode::from(2))
}

fn text(message: &str, place: Option<&str>, words: &[String], trace: Option<&str>) -> String {
    let (version, place) = (env!("CARGO_PKG_VERSION"), place.unwrap_or("an unknown place"));
    let words: Vec<String> = words.iter().map(|word| shell(word)).collect();
    let command = format!("proofpress {}", words.join(" "));
    let mut out = format!(
        "error: proofpress {version} has met a fault of its own, in {place}: {message}\n\
         note: the book is not to blame, and nothing that it says should lead here\n\
         help: report it where you got Proofpress, with these lines and the files that bring it about\n\
         help: the command was `{command}`"
    );
    match trace {
        Some(trace) => out += &format!("\n{}", trace.trim_end()),
        None => out += "; with `RUST_BACKTRACE=1` before it, it says more",
    }
    out + "\n"
}

/// A word as it can be typed again.
fn shell(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./=:,@+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_string()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_told_with_all_that_helps() {
        let words = ["check", "a b", "it's"].map(str::to_string);
        let text = text("index out of bounds", Some("src/a.rs:3"), &words, None);
        for part in [
            concat!(
                "error: proofpress ",
                env!("CARGO_PKG_VERSION"),
                " has met a fault of its own, in src/a.rs:3: index out of bounds\n"
            ),
            r"`proofpress check 'a b' 'it'\''s'`; with `RUST_BACKTRACE=1`",
        ] {
            assert!(text.contains(part), "{text}");
        }
    }
}
