//! Proofpress: Markdown in, a checked static site out.

pub mod slug;
