//! What a build leaves in the output folder for the next one: which files are ours, and from what they were made.
//!
//! The file holds no times and no names of the machine, so it is the same for the same input. When the digest of the
//! input is the same, no file of the site is younger than this one, and what was copied looks like its source, there is
//! nothing to do.

use super::copy::looks_published;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Sources, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path};

/// Name of the file in the output folder.
pub const NAME: &str = ".proofpress.json";

/// Files are made in this folder first when there is a site to protect; it is gone after the build.
pub const STAGING: &str = ".proofpress-new";

/// No build writes more into the file.
const LARGEST: u64 = 1 << 28;

/// The memory of one build.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct State {
    /// Of everything the site was made from; empty while a build is under way.
    pub digest: String,
    /// Size of each file we wrote, by its path.
    pub files: BTreeMap<String, u64>,
    /// Those of them that are files of the book, and their names there.
    pub copies: BTreeMap<String, String>,
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
        let mut text = Vec::new();
        let read = File::open(out.join(NAME)).and_then(|file| file.take(LARGEST).read_to_end(&mut text));
        let mut state: State = read.ok().and_then(|_| serde_json::from_slice(&text).ok()).unwrap_or_default();
        // A path that leads out of the folder is none that we wrote.
        state.files.retain(|path, _| is_inside(path));
        state
    }

    /// Writes the state in one step, so that it is never read half.
    pub fn save(&self, out: &Path) -> io::Result<()> {
        let staged = out.join(".proofpress.json.new");
        // Whatever is left there may be a link to somewhere else.
        let _ = fs::remove_file(&staged);
        fs::write(&staged, serde_json::to_vec(self).map_err(io::Error::other)?)?;
        fs::rename(staged, out.join(NAME))
    }

    /// Whether the folder still holds exactly what was written when the state had this digest.
    pub fn is_current(&self, out: &Path, book: &Path, digest: &str) -> bool {
        if self.digest.is_empty() || self.digest != digest || out.join(STAGING).exists() {
            return false;
        }
        let Some(saved) = fs::metadata(out.join(NAME)).ok().and_then(|meta| meta.modified().ok()) else { return false };
        self.files.iter().all(|(path, size)| match self.copies.get(path) {
            Some(source) => looks_published(&book.join(source), &out.join(path)),
            None => fs::symlink_metadata(out.join(path)).is_ok_and(|meta| {
                meta.is_file() && meta.len() == *size && meta.modified().is_ok_and(|time| time <= saved)
            }),
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

/// Whether a path names something below a folder and nothing else, on every system.
fn is_inside(path: &str) -> bool {
    !path.is_empty() && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
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
