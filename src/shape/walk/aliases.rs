//! Aliases that are followed: within the daemon's bounds, and never into themselves.

use super::Walk;
use crate::shape::Breaks;
use crate::yaml::Node;
use std::collections::HashSet;
use std::ops::Range;

/// How much was read, and how much of it only because of aliases.
#[derive(Default)]
pub struct Aliases {
    /// The values behind the aliases that are open.
    open: HashSet<usize>,
    /// Where the outermost of them is written.
    outermost: Range<usize>,
    reads: usize,
    reads_by_alias: usize,
}

impl Aliases {
    /// The bounds are those of the daemon's YAML library: the more is read, the less of it may come from aliases.
    fn are_too_many(&self) -> bool {
        if self.reads_by_alias <= 100 || self.reads <= 1000 {
            return false;
        }
        let allowed = match self.reads {
            ..=400_000 => 0.99,
            4_000_000.. => 0.10,
            reads => 0.99 - 0.89 * (reads - 400_000) as f64 / 3_600_000.0,
        };
        self.reads_by_alias as f64 / self.reads as f64 > allowed
    }
}

impl<'a> Walk<'a> {
    /// Counts a value that is read, and follows an alias. False, with nothing to close, where it leads into itself or
    /// too far.
    pub(super) fn open(&mut self, node: Node<'a>) -> bool {
        let is_alias = node.alias().is_some();
        if is_alias && self.aliases.open.contains(&node.id()) {
            let message = format!("`*{}` contains itself", node.alias().unwrap_or_default());
            let help = "an alias cannot stand inside of what it names";
            self.report_with_help("alias-loop", Some(Breaks::Decode), node.span(), message, help);
            return false;
        }
        self.aliases.reads += 1;
        self.aliases.reads_by_alias += usize::from(!self.aliases.open.is_empty());
        if self.aliases.are_too_many() {
            if !self.faults.iter().any(|fault| fault.rule == "alias-bomb") {
                let range = self.aliases.outermost.clone();
                let message = "aliases make this document too large".to_string();
                let help = "write out what they stand for, or use fewer";
                self.report_with_help("alias-bomb", Some(Breaks::Decode), range, message, help);
            }
            return false;
        }
        if is_alias {
            if self.aliases.open.is_empty() {
                self.aliases.outermost = node.span();
            }
            self.aliases.open.insert(node.id());
        }
        true
    }

    pub(super) fn close(&mut self, node: Node<'a>) {
        if node.alias().is_some() {
            self.aliases.open.remove(&node.id());
        }
    }
}
