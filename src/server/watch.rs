//! Folders in, the paths of what changed in them out, in batches.

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// A change is complete when nothing more happened for this long: editors write, rename and write again.
const QUIET: Duration = Duration::from_millis(20);
/// Something that never stops writing does not hold up the rest.
const PATIENCE: Duration = Duration::from_millis(500);

/// Changes that happened together.
pub struct Batch {
    /// Real paths of files and folders that were written, made, renamed or removed.
    pub paths: BTreeSet<PathBuf>,
    /// Events were lost: anything may have changed.
    pub rescan: bool,
    /// When the first of them happened.
    pub began: Instant,
}

/// Watches folders one by one, not what is below them: a repository holds folders with a hundred thousand files that are
/// no part of its book.
pub struct Watch {
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    folders: BTreeSet<PathBuf>,
    /// Why changes in some folders are not seen.
    pub trouble: Option<String>,
}

impl Watch {
    pub fn new() -> Result<Watch, String> {
        let (sender, events) = channel();
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if event.as_ref().map_or(true, is_change) {
                // Fails only when nobody watches any more.
                let _ = sender.send(event);
            }
        });
        Ok(Watch {
            watcher: watcher.map_err(|error| message(&error))?,
            events,
            folders: BTreeSet::new(),
            trouble: None,
        })
    }

    /// Watches these folders from now on, and no others. Says whether there is one that was not watched before: what
    /// happened in it until now was not seen. What cannot be watched is in [`Watch::trouble`].
    pub fn set(&mut self, folders: &[PathBuf]) -> bool {
        let wanted: BTreeSet<PathBuf> = folders.iter().cloned().collect();
        for old in self.folders.difference(&wanted) {
            // A folder that was removed is no longer watched already.
            let _ = self.watcher.unwatch(old);
        }
        let new: Vec<&PathBuf> = wanted.difference(&self.folders).collect();
        let mut paths = self.watcher.paths_mut();
        let added = new.iter().try_for_each(|folder| match paths.add(folder, RecursiveMode::NonRecursive) {
            // Removed in the meantime; the folder above tells.
            Err(error) if matches!(error.kind, notify::ErrorKind::PathNotFound) => Ok(()),
            added => added,
        });
        if let Err(error) = added.and(paths.commit()) {
            self.trouble = Some(message(&error));
        }
        let any = !new.is_empty();
        self.folders = wanted;
        any
    }

    /// Forgets that a folder is watched, because another may have come under its name.
    pub fn forget(&mut self, folder: &PathBuf) {
        if self.folders.remove(folder) {
            let _ = self.watcher.unwatch(folder);
        }
    }

    /// Waits for the next changes. None when there will be no more.
    pub fn next(&self) -> Option<Batch> {
        let mut event = self.events.recv().ok();
        event.as_ref()?;
        let mut batch = Batch { paths: BTreeSet::new(), rescan: false, began: Instant::now() };
        while let Some(next) = event {
            match next {
                Ok(next) => {
                    batch.rescan |= next.need_rescan();
                    batch.paths.extend(next.paths);
                }
                Err(_) => batch.rescan = true,
            }
            let wait = if batch.began.elapsed() < PATIENCE { QUIET } else { Duration::ZERO };
            event = self.events.recv_timeout(wait).ok();
        }
        Some(batch)
    }
}

/// Looking at a file is no change. Otherwise kinds are not trusted: saving looks different in every editor.
fn is_change(event: &Event) -> bool {
    !matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write))
}

fn message(error: &notify::Error) -> String {
    match error.kind {
        notify::ErrorKind::MaxFilesWatch => {
            "the system watches no more folders (on Linux see `fs.inotify.max_user_watches`)".to_string()
        }
        _ => error.to_string(),
    }
}
