//! Proofpress turns GitBook repositories into static sites, checks them and previews them.

pub mod yaml;
