//! Text in; whether it begins with a mark for what was left out on purpose, `...` or `…`, out.

/// Both marks are this many bytes long.
pub const LENGTH: usize = 3;

/// Whether a mark stands here, in place of a value or of entries.
pub fn bare(text: &str) -> bool {
    text.starts_with("...") || text.starts_with('…')
}

/// Whether the text of a comment says that something is left out; two dots are enough there.
pub fn begins(comment: &str) -> bool {
    let comment = comment.trim_start_matches([' ', '\t']);
    comment.starts_with("..") || comment.starts_with('…')
}
