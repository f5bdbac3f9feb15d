//! GitBook's blocks: one file each, and the list of them all.
//!
//! A new block is a file in `blocks/`, its two words here, and a case in `tests/cases/blocks/`.

use crate::page::{Content, NodeId, Page, Tag};
use crate::render::Body;

mod api_method;
pub mod code;
mod columns;
pub mod condition;
mod content_ref;
pub mod embed;
mod file;
pub mod hint;
mod include;
pub mod integration;
pub mod openapi;
mod prompt;
pub mod schema;
mod stepper;
mod swagger;
mod tabs;
pub mod updates;

/// All blocks.
pub static BLOCKS: &[&Block] = &[
    &api_method::METHOD,
    &api_method::SUMMARY,
    &api_method::DESCRIPTION,
    &api_method::SPEC,
    &api_method::REQUEST,
    &api_method::PATH_PARAMETERS,
    &api_method::QUERY_PARAMETERS,
    &api_method::HEADERS,
    &api_method::BODY_PARAMETERS,
    &api_method::FORM_DATA_PARAMETERS,
    &api_method::PARAMETER,
    &api_method::RESPONSE,
    &api_method::RESPONSE_EXAMPLE,
    &api_method::RESPONSE_EXAMPLE_DESCRIPTION,
    &code::BLOCK,
    &columns::COLUMN,
    &columns::COLUMNS,
    &condition::BLOCK,
    &content_ref::BLOCK,
    &content_ref::PAGE_REF,
    &embed::BLOCK,
    &file::BLOCK,
    &hint::BLOCK,
    &include::BLOCK,
    &openapi::OPENAPI,
    &openapi::OPERATION,
    &openapi::SCHEMAS,
    &openapi::WEBHOOK,
    &prompt::BLOCK,
    &schema::BLOCK,
    &stepper::STEP,
    &stepper::STEPPER,
    &swagger::SWAGGER,
    &swagger::DESCRIPTION,
    &swagger::PARAMETER,
    &swagger::RESPONSE,
    &tabs::CODE_TABS,
    &tabs::CODE_TABS_ITEM,
    &tabs::TAB,
    &tabs::TABS,
    &updates::UPDATE,
    &updates::UPDATES,
];

/// What the tool knows of a block: how it is written, and what a reader gets.
pub struct Block {
    pub name: &'static str,
    /// One or two sentences for the reference of blocks.
    pub about: &'static str,
    pub content: Content,
    pub attrs: &'static [Attr],
    /// The places of the block that a link can lead to.
    pub anchor: Option<Anchors>,
    pub render: for<'a> fn(&mut Body<'a>, NodeId, &'a Tag),
}

/// How a block's places get their ids.
pub enum Anchors {
    /// The block itself is one, with an id made from this text.
    Of(fn(&Page, &Tag) -> Option<String>),
    /// These are the ids, the first of which is usually the block itself.
    Exactly(fn(&Page, &Tag) -> Vec<String>),
}

/// An attribute as documented. Names are compared without regard to case; unknown ones are ignored.
pub struct Attr {
    pub name: &'static str,
    pub about: &'static str,
    /// The allowed values; empty when any text is.
    pub choices: &'static [&'static str],
    /// Without it there is nothing to show.
    pub needed: bool,
}

impl Attr {
    pub const fn text(name: &'static str, about: &'static str) -> Attr {
        Attr { name, about, choices: &[], needed: false }
    }

    pub const fn needed(name: &'static str, about: &'static str) -> Attr {
        Attr { name, about, choices: &[], needed: true }
    }

    pub const fn switch(name: &'static str, about: &'static str) -> Attr {
        Attr { name, about, choices: &["true", "false"], needed: false }
    }

    pub const fn choice(name: &'static str, about: &'static str, choices: &'static [&'static str]) -> Attr {
        Attr { name, about, choices, needed: false }
    }
}

/// The block of this name.
pub fn find(name: &str) -> Option<&'static Block> {
    BLOCKS.iter().find(|block| block.name == name).copied()
}

/// The parser's view of the list: what a block of this name may hold. Integrations (`@name/block`) stand alone.
pub fn grammar(name: &str) -> Option<Content> {
    if name.starts_with('@') { Some(Content::Void) } else { find(name).map(|block| block.content) }
}
