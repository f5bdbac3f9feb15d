//! Proofpress turns a GitBook repository into a static site and proves it while it does.
//!
//! ```text
//! disk -> Sources -> parse (each alone) -> Pages -+
//!                        config, nav -------------+-> analyze -> Site -> check  -> report
//!                                                                     -> render -> Output -> disk | server
//! ```
//!
//! `disk` reads the book into [`source::Sources`]; after that nothing touches a file. [`parse`] turns each text alone
//! into a [`page::Page`], a tree with places. [`site::analyze`] puts all pages together once and gives an immutable
//! [`site::Site`]: navigation, addresses, ids, and one target for every link. Two readers run on it: [`triage::check`]
//! gives diagnostics, [`output::plan`] and its renderer give files. At the edge `report` prints the first, and `disk`
//! or `server` hand out the second. A plugin's folder takes a shorter way: [`plugin::check`] turns its `Sources` into
//! diagnostics. [`fix`], [`rename`] and [`silence`] give new texts for the author's own files. Whatever an author wrote is never an
//! error, only a diagnostic with a place.

// text: one file at a time
pub mod diagnostic;
pub mod page;
pub mod parse;
pub mod slug;
pub mod source;
pub mod yaml;

// the types of examples, as data
pub mod kinds;
pub mod schema;
pub mod shape;

// the book as configured
pub mod config;
pub mod nav;
pub mod wording;

// kinds of the book's own
pub mod user_kinds;

// site: all files together
pub mod expr;
pub mod site;

// output: site to bytes
pub mod blocks;
pub mod elements;
pub mod highlight;
pub mod html;
pub mod output;
pub mod render;
pub mod search;
pub mod theme;

// judgement: site to diagnostics
pub mod examples;
pub mod lint;
pub mod plugin;
pub mod report;
pub mod triage;
pub mod web;

pub mod book;

// the author's files changed: findings or a wish in, edits out
pub mod edit;
pub mod fix;
pub mod init;
pub mod rename;
pub mod silence;

// edges: the world, which `clippy.toml` forbids everywhere else
#[allow(clippy::disallowed_methods)]
pub mod cli;
#[allow(clippy::disallowed_methods)]
pub mod disk;
#[allow(clippy::disallowed_methods)]
#[cfg(feature = "serve")]
pub mod server;
