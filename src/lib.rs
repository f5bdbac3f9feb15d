pub mod diagnostic;
pub mod page;
pub mod parse;
pub mod source;
