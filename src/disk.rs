//! The door to the disk: a folder in, the book's texts out; the finished site in, files out.

pub mod copy;
pub mod edit;
pub mod git;
pub mod given;
pub mod guard;
pub mod history;
pub mod plugin;
pub mod read;
pub mod skipped;
pub mod state;
pub mod svg;
pub mod write;
