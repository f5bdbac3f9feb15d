pub mod config;
pub mod diagnostic;
pub mod disk;
pub mod nav;
pub mod page;
pub mod parse;
pub mod source;
