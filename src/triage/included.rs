//! Findings in; those in texts that pages include with the place where a page does out.

use crate::diagnostic::Diagnostic;
use crate::site::{PageId, Site};
use crate::source::Span;

/// Says of a finding in an included text which page shows it. Nothing for a text that is a page itself.
pub fn locate(site: &Site, found: &mut Diagnostic) {
    let file = found.span.file;
    let Some(hosts) = site.hosts.get(&file).filter(|_| !site.page_of.contains_key(&file)) else { return };
    let Some(place) = hosts.first().and_then(|host| place(site, *host, found.span)) else { return };
    let text = match hosts.len() - 1 {
        0 => "included here".to_string(),
        1 => "included here, and by 1 more page".to_string(),
        more => format!("included here, and by {more} more pages"),
    };
    found.labels.push((place, text));
}

/// The tag by which the page includes the text, itself or in a text that it includes.
fn place(site: &Site, host: PageId, span: Span) -> Option<Span> {
    let frames = &site.page(host).frames;
    let frame = frames.iter().skip(1).find(|frame| frame.file == span.file)?;
    let parent = site.texts[frames[frame.parent as usize].file.index()].as_deref()?;
    let node = parent.node(frame.at);
    Some(Span { file: parent.file, start: node.start, end: node.end })
}
