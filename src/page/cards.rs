//! A page in; its cards (`{% content-ref %}`) out: where each has its address, and where its label stands, which no
//! reader sees, since a card shows the title of what its address leads to.

use super::{Link, NodeId, Page, Tag};
use std::ops::Range;

/// A card with an address.
pub struct Card {
    pub tag: Range<u32>,
    pub label: Range<u32>,
    pub nodes: Range<NodeId>,
}

/// The tags of cards, with their nodes; those without an address too.
pub fn tags(page: &Page) -> impl Iterator<Item = (NodeId, &Tag)> {
    page.blocks().filter(|(_, tag)| matches!(&*tag.name, "content-ref" | "page-ref"))
}

pub fn cards(page: &Page) -> Vec<Card> {
    let cards =
        tags(page).filter(|(_, tag)| tag.attrs.iter().any(|attr| attr.link.is_some() && !attr.value.is_empty()));
    cards
        .map(|(id, tag)| {
            let nodes = id..page.node(id).next;
            let end = page.nodes[nodes.start as usize..nodes.end as usize].iter().map(|node| node.end).max();
            Card { tag: tag.start..tag.end, label: tag.end..end.unwrap_or(tag.end).max(tag.end), nodes }
        })
        .collect()
}

impl Card {
    /// The card that a link may be in, be it the address or the label.
    pub fn near<'c>(cards: &'c [Card], link: &Link) -> Option<&'c Card> {
        cards.get(cards.partition_point(|card| card.label.end <= link.start))
    }
}

/// Whether a link is what a card is called, which nobody can follow.
pub fn is_label(cards: &[Card], link: &Link) -> bool {
    Card::near(cards, link).is_some_and(|card| card.label.contains(&link.start))
}
