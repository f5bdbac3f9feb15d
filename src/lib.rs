//! Proofpress turns a GitBook repository into a static site and proves it while it does.
//!
//! ```text
//! disk -> Sources -> parse (each alone) -> Pages -+
//!                      nav, config ---------------+-> analyze -> Site -> check  -> report
//!                                                                     -> render -> Output -> disk | server
//! ```

// text: one file at a time
pub mod diagnostic;
pub mod page;
pub mod parse;
pub mod slug;
pub mod source;
pub mod yaml;

// the book as configured
pub mod config;
pub mod nav;

// site: all files together
pub mod expr;
pub mod site;

// output: site to bytes
pub mod blocks;
pub mod elements;
pub mod highlight;
pub mod html;
pub mod render;

// edges: the world
pub mod disk;
