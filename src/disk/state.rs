//! What a build leaves in the output folder for the next one: which files are ours, and from what they were made.
//!
//! The file holds no times and no names of the machine, so it is the same for the same input. When the digest of the
//! input is the same and no file of the site is younger than this one, there is nothing to do.

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Sources, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// Name of the file in the output folder.
pub const NAME: &str = ".proofpress.json";

/// The memory of one build.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct State {
    /// Of everything the site was made from; empty while a build is under way.
    pub digest: String,
    /// Size of each file we wrote, by its path.
    pub files: BTreeMap<String, u64>,
    pub diagnostics: Vec<Saved>,
}

/// A diagnostic with names in place of numbers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Saved {
    rule: String,
    severity: u8,
    message: String,
    place: (String, u32, u32),
    labels: Vec<((String, u32, u32), String)>,
    help: Option<String>,
}

impl State {
    /// What an earlier build left. A folder without it, or with one that cannot be read, has no earlier build.
    pub fn load(out: &Path) -> State {
        let text = fs::read_to_string(out.join(NAME)).unwrap_or_default();
        let state: State = serde_json::from_str(&text).unwrap_or_default();
        // A path that leads out of the folder is none that we wrote.
        let files = state
            .files
            .into_iter()
            .filter(|(path, _)| !path.split('/').any(|part| part == "..") && !path.starts_with('/'));
        State { files: files.collect(), ..state }
    }

    /// Writes the state in one step, so that it is never read half.
    pub fn save(&self, out: &Path) -> io::Result<()> {
        let staged = out.join(".proofpress.json.new");
        fs::write(&staged, serde_json::to_vec(self).map_err(io::Error::other)?)?;
        fs::rename(staged, out.join(NAME))
    }

    /// Whether the folder still holds exactly what was written when the state had this digest.
    pub fn is_current(&self, out: &Path, digest: &str) -> bool {
        if self.digest.is_empty() || self.digest != digest {
            return false;
        }
        let Some(saved) = fs::metadata(out.join(NAME)).ok().and_then(|meta| meta.modified().ok()) else { return false };
        self.files.iter().all(|(path, size)| {
            fs::symlink_metadata(out.join(path)).is_ok_and(|meta| {
                // An asset is the author's own file under a second name; its age says nothing.
                meta.len() == *size && (linked(&meta) || meta.modified().is_ok_and(|time| time <= saved))
            })
        })
    }

    pub fn remember(&mut self, digest: String, diagnostics: &[Diagnostic], sources: &Sources) {
        let place = |span: &Span| (sources.path(span.file).to_string(), span.start, span.end);
        self.digest = digest;
        self.diagnostics = diagnostics
            .iter()
            .map(|d| Saved {
                rule: d.rule.to_string(),
                severity: d.severity as u8,
                message: d.message.clone(),
                place: place(&d.span),
                labels: d.labels.iter().map(|(span, text)| (place(span), text.clone())).collect(),
                help: d.help.clone(),
            })
            .collect();
    }

    /// The diagnostics of the build that left the state.
    pub fn diagnostics(&self, sources: &Sources) -> Vec<Diagnostic> {
        let span =
            |place: &(String, u32, u32)| Some(Span { file: sources.find(&place.0)?, start: place.1, end: place.2 });
        self.diagnostics
            .iter()
            .filter_map(|saved| {
                let severity =
                    [Severity::Note, Severity::Warning, Severity::Error].get(saved.severity as usize).copied()?;
                let mut d = Diagnostic::new(saved.rule.clone(), severity, span(&saved.place)?, saved.message.clone());
                d.labels = saved.labels.iter().filter_map(|(place, text)| Some((span(place)?, text.clone()))).collect();
                d.help = saved.help.clone();
                Some(d)
            })
            .collect()
    }
}

#[cfg(unix)]
fn linked(meta: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    meta.nlink() > 1
}

#[cfg(not(unix))]
fn linked(_: &fs::Metadata) -> bool {
    false
}

/// A digest of everything that the site is made from: the tool, its options, every text, and names and sizes of the
/// other files.
pub fn digest(sources: &Sources, theme: &BTreeMap<String, Vec<u8>>, options: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    add(env!("CARGO_PKG_VERSION").as_bytes());
    add(options.as_bytes());
    for (name, text) in crate::theme::DEFAULT {
        add(name.as_bytes());
        add(text.as_bytes());
    }
    for (_, source) in sources.files() {
        add(source.path.as_bytes());
        add(source.text.as_bytes());
    }
    for (path, asset) in sources.assets() {
        add(path.as_bytes());
        add(format!("{} {:?}", asset.bytes, asset.dimensions).as_bytes());
    }
    for (name, bytes) in theme {
        add(name.as_bytes());
        add(bytes);
    }
    hasher.finalize().to_hex().to_string()
}
