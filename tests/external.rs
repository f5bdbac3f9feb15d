//! `check --external` from outside: the real program, a book, and servers on this machine that behave as sites do.
#![cfg(feature = "external-links")]
#![allow(clippy::disallowed_methods)]

#[path = "external/answers.rs"]
mod answers;
#[path = "external/book.rs"]
mod book;
#[path = "external/doors.rs"]
mod doors;
#[path = "external/kept.rs"]
mod kept;
#[path = "external/manners.rs"]
mod manners;
#[path = "external/seen.rs"]
mod seen;
#[path = "external/site.rs"]
mod site;
#[path = "external/tls.rs"]
mod tls;
