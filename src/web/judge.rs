//! What answers mean for the book: addresses with what they answered in, findings at the author's bytes out.

use super::address::normal;
use super::links::wanted;
use super::{Address, Answer, Place, Status};
use crate::config::External;
use crate::diagnostic::{Diagnostic, sort};
use crate::lint::Rule;
use crate::lint::external::{DEAD_EXTERNAL_ANCHOR, DEAD_EXTERNAL_LINK, MOVED_LINK, UNREACHABLE_LINK, UNVERIFIED_LINK};

/// One finding for each place of an address that is not in order.
pub fn judge(addresses: &[Address], answers: &[Answer], settings: &External) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (address, answer) in addresses.iter().zip(answers) {
        for place in &address.places {
            match &answer.status {
                Status::Alive => {
                    found.extend(anchor(place, answer).filter(|_| settings.fragments));
                    found.extend(moved(address, place, answer));
                }
                Status::Dead(why) => {
                    let help = "correct the address, or link to a page that is there";
                    found.push(at(&DEAD_EXTERNAL_LINK, place, format!("`{}` is gone: {why}", place.dest)).help(help));
                }
                Status::Unreachable(why) => {
                    found.push(at(&UNREACHABLE_LINK, place, format!("`{}` cannot be reached: {why}", place.dest)));
                }
                Status::Unknown(why) => {
                    found.push(at(&UNVERIFIED_LINK, place, format!("`{}` could not be verified: {why}", place.dest)));
                }
                Status::Unchecked(_) => {}
            }
        }
    }
    sort(&mut found);
    found
}

/// Whatever a site says of one address is one decision, at however many places it is linked to.
fn at(rule: &'static Rule, place: &Place, message: String) -> Diagnostic {
    let cause = Some(place.dest.to_string());
    Diagnostic { cause, ..Diagnostic::new(rule.name, rule.severity, place.span, message) }
}

fn anchor(place: &Place, answer: &Answer) -> Option<Diagnostic> {
    let element = wanted(&place.fragment);
    let missing = !element.is_empty() && answer.fragments.get(element) == Some(&Some(false));
    let page = place.dest.split('#').next().unwrap_or(&place.dest);
    missing.then(|| {
        at(&DEAD_EXTERNAL_ANCHOR, place, format!("`{page}` has no anchor `#{element}`"))
            .help("open the page and copy the anchor that it has now, or link to the page as a whole")
    })
}

fn moved(address: &Address, place: &Place, answer: &Answer) -> Option<Diagnostic> {
    let new = answer.moved.as_ref()?;
    let (whole, own) = normal(new)?;
    if whole == address.url {
        return None;
    }
    // The site's own fragment wins, as in a browser.
    let keep = !place.fragment.is_empty() && own.is_empty();
    let new = if keep { format!("{}#{}", new.trim_end_matches('#'), place.fragment) } else { new.clone() };
    let found = at(&MOVED_LINK, place, format!("`{}` has moved for good to `{new}`", place.dest));
    let found = found.help("link to the new address, if it shows the same");
    Some(if place.literal { found.fix(false, vec![(place.span, new)]) } else { found })
}
