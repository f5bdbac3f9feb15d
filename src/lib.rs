//! Proofpress turns GitBook repositories into static sites, checks them and previews them.

pub mod config;
pub mod diagnostic;
pub mod disk;
pub mod nav;
pub mod page;
pub mod parse;
pub mod source;
pub mod yaml;
