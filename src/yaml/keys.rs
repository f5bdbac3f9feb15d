//! Where keys may have begun in, which of them are keys out.
//!
//! A key is known by its `:`, at most one line and 1,024 characters behind its start.

use super::Problem;
use super::scanner::{Mark, Result, Scanner};

/// How many characters may lie between the start of a key and its `:`.
const MAX_KEY: usize = 1_024;

/// Where a key may have begun, on one level of brackets.
#[derive(Clone, Copy)]
pub struct PossibleKey {
    pub possible: bool,
    /// In this column of a block map nothing but a key may stand.
    pub required: bool,
    /// The number of the token that would be the key's first.
    pub token: usize,
    pub mark: Mark,
}

impl Scanner<'_> {
    pub(super) fn first_may_become_key(&mut self) -> Result<bool> {
        // Token numbers grow with the level, so the level is found by bisection.
        let level = self.keys.partition_point(|key| key.token < self.taken);
        match self.keys.get(level) {
            Some(key) if key.token == self.taken => self.key_is_possible(level),
            _ => Ok(false),
        }
    }

    pub(super) fn key_is_possible(&mut self, level: usize) -> Result<bool> {
        let at = self.at;
        let key = &mut self.keys[level];
        if key.possible && (key.mark.line < at.line || key.mark.column + MAX_KEY < at.column) {
            let key = *key;
            self.forget_key(level, key)?;
        }
        Ok(self.keys[level].possible)
    }

    fn forget_key(&mut self, level: usize, key: PossibleKey) -> Result<()> {
        self.keys[level].possible = false;
        if !(key.possible && key.required) {
            return Ok(());
        }
        let line = self.line_rest(key.mark.offset);
        let long = key.mark.line == self.at.line && self.at.column > key.mark.column + MAX_KEY;
        Err(if long {
            Problem::new(line, "key longer than 1,024 characters").help("write `? ` before a key that long")
        } else {
            Problem::new(line, "key without `:`")
                .help("write `key: value`, or indent this line so that it continues the value above")
        })
    }

    pub(super) fn remove_key(&mut self) -> Result<()> {
        let level = self.keys.len() - 1;
        self.forget_key(level, self.keys[level])
    }

    pub(super) fn save_key(&mut self) -> Result<()> {
        if self.key_allowed {
            self.remove_key()?;
            let required = !self.in_flow() && self.indent == self.at.column as isize;
            let token = self.taken + self.queue.len();
            let level = self.keys.len() - 1;
            self.keys[level] = PossibleKey { possible: true, required, token, mark: self.at };
        }
        Ok(())
    }
}
