//! `{% file src="manual.pdf" %}`: a file to download, with its type and size.

use super::embed::caption;
use super::{Attr, Block};
use crate::page::{Content, NodeId, Tag};
use crate::render::Body;
use crate::site::Target;

pub const BLOCK: Block = Block {
    name: "file",
    about: "A file to download, with an optional caption up to `endfile`.",
    content: Content::Optional,
    attrs: &[
        Attr::needed("src", "Path or address of the file."),
        Attr::text("caption", "The caption, in older books."),
    ],
    anchor: None,
    render,
};

fn render<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    let Some(attr) = tag.find("src") else { return out.children(node) };
    let path = attr.value.split(['?', '#']).next().unwrap_or_default();
    let name = crate::site::assets::decoded(path.rsplit('/').next().unwrap_or(path));
    let kind = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_uppercase());
    let size = match attr.link.and_then(|link| out.target(link)) {
        Some(Target::Asset { path, .. }) => out.site.sources.assets().get(path).map(|asset| size(asset.bytes)),
        _ => None,
    };
    let meta: Vec<String> = [Some(kind).filter(|k| !k.is_empty()), size].into_iter().flatten().collect();
    out.html.open("figure", &[("class", "file")]);
    match attr.link.and_then(|link| out.href(link)).filter(|_| !out.html.interactive()) {
        Some(href) => out.html.open("a", &[("href", &href), ("download", "")]),
        None => out.html.open("span", &[("class", "missing-file")]),
    }
    out.theme_icon("file");
    out.html.element("span", &[("class", "file-name")], &name);
    out.html.raw(" ");
    out.html.element("span", &[("class", "file-meta")], &meta.join(", "));
    out.html.close();
    caption(out, node, tag);
    out.html.close();
    out.html.newline();
}

/// `12 KB`: the size to two digits, in steps of 1,000.
fn size(bytes: u64) -> String {
    if bytes == 1 {
        return "1 byte".to_string();
    }
    let mut size = bytes as f64;
    for unit in ["bytes", "KB", "MB", "GB"] {
        if size < 1000.0 || unit == "GB" {
            return if size < 10.0 && unit != "bytes" {
                format!("{size:.1} {unit}")
            } else {
                format!("{size:.0} {unit}")
            };
        }
        size /= 1000.0;
    }
    String::new()
}

#[cfg(test)]
mod tests {
    #[test]
    fn sizes_are_short() {
        for (bytes, expected) in [
            (0, "0 bytes"),
            (1, "1 byte"),
            (999, "999 bytes"),
            (1500, "1.5 KB"),
            (12_345, "12 KB"),
            (3_000_000_000, "3.0 GB"),
        ] {
            assert_eq!(super::size(bytes), expected);
        }
    }
}
