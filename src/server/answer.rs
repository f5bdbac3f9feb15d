//! A path in, the answer of a web server out: the files of a site as a static host hands them out.
//!
//! Only what stands in the output map can be asked for, so no path leads anywhere else.

use super::Snapshot;
use crate::highlight::Highlighter;
use crate::html::escape;
use crate::output::{Artifact, Content, Output, Renderer};
use crate::site::assets;
use axum::http::StatusCode;
use std::borrow::Cow;
use std::path::Path;

/// What a browser gets for a path.
pub struct Answer {
    pub status: StatusCode,
    pub content_type: &'static str,
    /// Where to ask instead.
    pub location: Option<String>,
    pub body: Vec<u8>,
    /// Differs when the body does, or something that pages load.
    pub version: String,
}

/// Answers for a path as it stands in a request: percent-encoded, beginning with `/`.
pub fn answer(snapshot: &Snapshot, highlighter: &Highlighter, path: &str) -> Answer {
    let mut renderer = Renderer::new(&snapshot.site, &snapshot.theme, highlighter);
    // The preview has a host for itself, wherever the site will stand.
    renderer.base = "/".to_string();
    renderer.search = snapshot.search.clone();
    renderer.updated = snapshot.updated.clone();
    let name = assets::decoded(path.strip_prefix('/').unwrap_or(path));
    let found = find(&snapshot.output, &name);
    let (status, content_type, location, body) = match &found {
        Found::File(name, artifact) => match bytes(&renderer, artifact, &snapshot.root) {
            Some(Ok(bytes)) => (StatusCode::OK, content_type(name), None, bytes),
            Some(Err(error)) => (StatusCode::INTERNAL_SERVER_ERROR, HTML, None, complaint(&error)),
            None => (StatusCode::NOT_FOUND, HTML, None, not_found(&renderer, snapshot)),
        },
        Found::Folder => (StatusCode::FOUND, TEXT, Some(format!("{path}/")), Vec::new()),
        Found::Nothing => (StatusCode::NOT_FOUND, HTML, None, not_found(&renderer, snapshot)),
    };
    let version = format!("{}-{}", &blake3::hash(&body).to_hex()[..16], snapshot.assets);
    Answer { status, content_type, location, body, version }
}

impl Answer {
    /// Puts a script at the end of a page, with the page's version for it to compare.
    pub fn with_script(mut self, src: &str) -> Answer {
        if self.content_type == HTML {
            let end = b"</body>";
            let at = self.body.windows(end.len()).rposition(|window| window == end).unwrap_or(self.body.len());
            let script = format!("<script src=\"{src}\" data-version=\"{}\"></script>\n", self.version);
            self.body.splice(at..at, script.into_bytes());
        }
        self
    }
}

pub enum Found<'a> {
    File(Cow<'a, str>, &'a Artifact),
    /// A folder with a page of its own. Relative links need the slash at the end.
    Folder,
    Nothing,
}

/// The file that a path means: itself, the page without its ending, or the page of a folder.
pub fn find<'a>(output: &'a Output, path: &'a str) -> Found<'a> {
    let index = path.is_empty() || path.ends_with('/');
    let candidates: [Cow<str>; 2] = if index {
        [path.into(), format!("{path}index.html").into()]
    } else {
        [path.into(), format!("{path}.html").into()]
    };
    for name in candidates {
        if let Some(artifact) = output.get(&*name) {
            return Found::File(name, artifact);
        }
    }
    if !index && output.contains_key(&format!("{path}/index.html")) { Found::Folder } else { Found::Nothing }
}

/// What a file holds. None for a file of the book that is gone, or whose name now leads out of the book.
fn bytes(renderer: &Renderer, artifact: &Artifact, root: &Path) -> Option<Result<Vec<u8>, String>> {
    match renderer.bytes(artifact) {
        Ok(Content::Bytes(bytes)) => Some(Ok(bytes.into_owned())),
        Ok(Content::File(path)) => {
            let real = root.join(path).canonicalize().ok()?;
            if real.starts_with(root) && real.is_file() { std::fs::read(real).ok().map(Ok) } else { None }
        }
        Err(error) => Some(Err(error.to_string())),
    }
}

fn not_found(renderer: &Renderer, snapshot: &Snapshot) -> Vec<u8> {
    let made = bytes(renderer, &Artifact::NotFound, &snapshot.root);
    made.unwrap_or_else(|| Ok(Vec::new())).unwrap_or_else(|error| complaint(&error))
}

fn complaint(message: &str) -> Vec<u8> {
    format!("<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\"><title>Proofpress</title></head>\n<body>\n<pre>{}</pre>\n</body>\n</html>\n", escape(message))
        .into_bytes()
}

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// The media type that goes with a file's name.
fn content_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase());
    match &*ending {
        "html" | "htm" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "md" | "markdown" => "text/markdown; charset=utf-8",
        // Browsers show these as text, and would store them under their own types.
        "" | "txt" | "yaml" | "yml" | "toml" | "csv" | "log" => TEXT,
        "json" | "map" => "application/json; charset=utf-8",
        "xml" | "atom" | "rss" => "application/xml; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "bmp" => "image/bmp",
        "ico" => "image/x-icon",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "mov" => "video/quicktime",
        "mp3" => "audio/mpeg",
        "ogg" => "audio/ogg",
        "wav" => "audio/wav",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "pdf" => "application/pdf",
        "wasm" => "application/wasm",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let files = ["index.html", "a.html", "a/index.html", "b/index.html", "b/c.html", "b/c.md", "d", "图.html"];
        let output: Output = files.iter().map(|name| (name.to_string(), Artifact::NotFound)).collect();
        for (path, expected) in [
            ("", "index.html"),
            ("index", "index.html"),
            ("a", "a.html"),
            ("a/", "a/index.html"),
            ("b", "/"),
            ("b/", "b/index.html"),
            ("b/c", "b/c.html"),
            ("b/c/", "-"),
            ("b/c.md", "b/c.md"),
            ("d", "d"),
            ("图", "图.html"),
            ("/", "-"),
            ("../a.html", "-"),
            ("b/../a.html", "-"),
            ("..\\a.html", "-"),
            ("/etc/passwd", "-"),
        ] {
            let found = match find(&output, path) {
                Found::File(name, _) => name.into_owned(),
                Found::Folder => "/".to_string(),
                Found::Nothing => "-".to_string(),
            };
            assert_eq!(found, expected, "{path}");
        }
    }

    #[test]
    fn the_script_stands_before_the_end() {
        let answer = |content_type, body: &str| Answer {
            status: StatusCode::OK,
            content_type,
            location: None,
            body: body.into(),
            version: "7".to_string(),
        };
        let script = "<script src=\"/r\" data-version=\"7\"></script>\n";
        for (content_type, body, expected) in [
            (HTML, "<p></body> <pre></body>\n</html>", format!("<p></body> <pre>{script}</body>\n</html>")),
            (HTML, "", script.to_string()),
            (TEXT, "</body>", "</body>".to_string()),
        ] {
            assert_eq!(String::from_utf8_lossy(&answer(content_type, body).with_script("/r").body), expected);
        }
    }
}
