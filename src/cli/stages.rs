//! What a run spends its time with: stages in; a line on the terminal while one takes long, and a trace of all, out.

use super::progress::Progress;
use serde_json::json;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// The stages of one run. Several may go on at once.
pub struct Stages {
    began: Instant,
    done: Mutex<Vec<Stage>>,
    progress: Progress,
}

struct Stage {
    name: &'static str,
    /// Since the run began.
    start: Duration,
    took: Duration,
    thread: usize,
}

impl Stages {
    /// `shown` where somebody looks at the terminal and wants more than findings.
    pub fn new(shown: bool) -> Stages {
        Stages { began: Instant::now(), done: Mutex::default(), progress: Progress::new(shown) }
    }

    pub fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    /// Does something, which has this name on the terminal and in the trace.
    pub fn time<T>(&self, name: &'static str, work: impl FnOnce() -> T) -> T {
        self.progress.show(name);
        self.quietly(name, work)
    }

    /// As [`Stages::time`], for what says on the terminal itself how far it is.
    pub fn alone<T>(&self, name: &'static str, work: impl FnOnce() -> T) -> T {
        self.progress.hide();
        self.quietly(name, work)
    }

    fn quietly<T>(&self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let start = self.began.elapsed();
        let result = work();
        // Threads of the pool are numbered from 0; the program's first is none of them.
        let thread = rayon::current_thread_index().map_or(0, |index| index + 1);
        if let Ok(mut done) = self.done.lock() {
            done.push(Stage { name, start, took: self.began.elapsed() - start, thread });
        }
        result
    }

    /// Takes the line off the terminal: something else is to be printed.
    pub fn end(&self) {
        self.progress.hide();
    }

    /// Writes the trace, in the form that browsers and Perfetto open.
    pub fn write(&self, file: &Path) -> Result<(), String> {
        let micros = |time: Duration| u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        let mut events: Vec<(u64, serde_json::Value)> = Vec::new();
        if let Ok(done) = self.done.lock() {
            for Stage { name, start, took, thread } in &*done {
                let (start, took) = (micros(*start), micros(*took));
                let event = json!({ "name": name, "cat": "stage", "ph": "X", "ts": start, "dur": took, "pid": 1, "tid": thread });
                events.push((start, event));
            }
        }
        events.sort_by_key(|(start, _)| *start);
        let events: Vec<serde_json::Value> = events.into_iter().map(|(_, event)| event).collect();
        let trace = json!({ "displayTimeUnit": "ms", "traceEvents": events });
        fs::write(file, format!("{trace:#}\n")).map_err(|error| format!("cannot write `{}`: {error}", file.display()))
    }
}
