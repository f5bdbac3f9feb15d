//! The line that says what takes so long: names of stages in, one line on the terminal out, which is gone afterwards.

use super::say;
use std::io;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Nobody needs to be told of what is over in a moment.
const MOMENT: Duration = Duration::from_millis(500);

/// How often the seconds are counted on.
const TICK: Duration = Duration::from_millis(250);

pub struct Progress(Option<Shown>);

struct Shown {
    state: Arc<(Mutex<State>, Condvar)>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct State {
    stage: Option<&'static str>,
    /// Whether the line stands on the terminal.
    visible: bool,
    over: bool,
}

impl Progress {
    pub fn new(shown: bool) -> Progress {
        if !shown {
            return Progress(None);
        }
        let state = Arc::new((Mutex::new(State::default()), Condvar::new()));
        let shared = state.clone();
        let thread = std::thread::Builder::new().spawn(move || follow(&shared)).ok();
        Progress(Some(Shown { state, thread }))
    }

    pub fn show(&self, stage: &'static str) {
        self.set(Some(stage));
    }

    pub fn hide(&self) {
        self.set(None);
    }

    fn set(&self, stage: Option<&'static str>) {
        let Some(Shown { state, .. }) = &self.0 else { return };
        let mut state = state.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.stage = stage;
        if stage.is_none() {
            clear(&mut state);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        let Some(Shown { state, thread }) = &mut self.0 else { return };
        {
            let mut state = state.0.lock().unwrap_or_else(PoisonError::into_inner);
            clear(&mut state);
            state.over = true;
        }
        state.1.notify_all();
        thread.take().map(JoinHandle::join);
    }
}

fn follow((state, bell): &(Mutex<State>, Condvar)) {
    let began = Instant::now();
    let mut wait = MOMENT;
    let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
    while !state.over {
        (state, _) = bell.wait_timeout(state, wait).unwrap_or_else(PoisonError::into_inner);
        if let Some(stage) = state.stage.filter(|_| !state.over && began.elapsed() >= MOMENT) {
            state.visible = true;
            say(&mut io::stderr(), &format!("\r\x1b[K{stage} ... {} s", began.elapsed().as_secs()));
        }
        wait = TICK;
    }
}

fn clear(state: &mut State) {
    if std::mem::take(&mut state.visible) {
        say(&mut io::stderr(), "\r\x1b[K");
    }
}
