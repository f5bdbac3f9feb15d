//! `{% @name/block … %}`: a block of an integration, which only GitBook's servers can draw. What it says is kept.

use crate::page::{NodeId, Tag};
use crate::render::Body;

/// A card for the block's address, or the text it carries; a block that says nothing to a reader shows nothing.
pub fn render<'a>(out: &mut Body<'a>, _: NodeId, tag: &'a Tag) {
    if let Some(link) = ["url", "href", "src"].iter().find_map(|name| tag.find(name)?.link)
        && let Some(card) = out.card(link)
    {
        return out.write_card(&card, None);
    }
    if let Some(content) = tag.attr("content").filter(|content| !content.trim().is_empty()) {
        let language = if tag.name.starts_with("@mermaid") { "mermaid" } else { "" };
        super::code::figure(out, language, content, &super::code::CodeOptions::default());
    }
}
