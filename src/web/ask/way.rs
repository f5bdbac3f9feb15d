//! How far a question has come: an address and the redirects that it met in, the address to ask for next out.

use super::super::{Answer, Barred, Status, Unchecked, barred};
use super::verdict::{Failure, failed};
use crate::config::External;
use crate::web::address::host;
use reqwest::Url;

pub struct Way {
    /// Asked for next.
    pub url: String,
    redirects: usize,
    /// Where the first redirects lead that are all for good.
    moved: Option<String>,
    for_good: bool,
}

/// As many as browsers follow before they give up on a site that only counts up is more than any page needs.
const MOST: usize = 10;

impl Way {
    pub fn from(url: &str) -> Way {
        Way { url: url.to_string(), redirects: 0, moved: None, for_good: true }
    }

    /// Goes on to where a redirect leads, unless the question ends there.
    pub fn follow(&mut self, to: Url, for_good: bool, settings: &External) -> Result<(), Status> {
        self.redirects += 1;
        if self.redirects > MOST {
            return Err(failed(Failure::Circle, host(&self.url)));
        }
        if barred(to.as_str(), settings) == Some(Barred::Excluded) {
            return Err(Status::Unchecked(Unchecked::Barred(Barred::Excluded)));
        }
        // An address with a password in it is nothing to write down.
        self.for_good &= for_good && to.username().is_empty() && to.password().is_none();
        self.url = to.into();
        if self.for_good {
            self.moved = Some(self.url.clone());
        }
        Ok(())
    }

    pub fn end(self, answer: Answer) -> Answer {
        let moved = self.moved.filter(|_| answer.status == Status::Alive);
        Answer { moved, ..answer }
    }
}
