//! Wanted ids in, ids that are unique on one page out.

use std::collections::{HashMap, HashSet};

/// The ids given out on one page so far.
///
/// Ids that an author wrote must be entered first, all of them ([`Ids::explicit`]): links mean exactly those, so an id made from a text
/// steps aside even when its heading comes earlier.
#[derive(Debug, Default)]
pub struct Ids {
    taken: HashSet<String>,
    /// The suffix to try next for a wanted id that was taken.
    next: HashMap<String, usize>,
    /// By base and number of an id `base_number` that was found taken, a number after it that may be free.
    after: HashMap<String, HashMap<u64, u64>>,
}

impl Ids {
    /// Enters an id as written. `false` when it is taken already; the caller reports that, and may [`claim`](Self::claim) another.
    pub fn explicit(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_owned())
    }

    /// Gives `wanted` when it is free, otherwise the first free one of `wanted-1`, `wanted-2` and so on.
    ///
    /// Never gives the same id twice. The counter of each wanted id only rises, and an id in the way is passed over once at most, because
    /// it has only one reading as an id and a suffix; so a page takes linear time however its headings are named.
    pub fn claim(&mut self, wanted: &str) -> String {
        if self.taken.insert(wanted.to_owned()) {
            return wanted.to_owned();
        }
        let next = self.next.entry(wanted.to_owned()).or_insert(1);
        loop {
            let id = format!("{wanted}-{next}");
            *next += 1;
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }

    /// Gives `wanted` when it is free and not empty, otherwise the first free one of `wanted_1`, `wanted_2` and so on; of
    /// an id that has a number already, as `x_3`, those after it.
    ///
    /// Each number that was found taken leads to one beyond it, so that a run of them is not walked along again and again.
    pub fn claim_next(&mut self, wanted: &str) -> String {
        if !wanted.is_empty() && self.taken.insert(wanted.to_owned()) {
            return wanted.to_owned();
        }
        let number = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse::<u32>().ok())?;
        let counted = wanted.rsplit_once('_').and_then(|(base, digits)| Some((base, number(digits)?)));
        let (base, count) = counted.unwrap_or((wanted, 0));
        let after = self.after.entry(base.to_owned()).or_default();
        let mut next = u64::from(count) + 1;
        let mut passed = Vec::new();
        let id = loop {
            passed.push(next);
            if let Some(further) = after.get(&next) {
                next = *further;
                continue;
            }
            let id = format!("{base}_{next}");
            next += 1;
            if self.taken.insert(id.clone()) {
                break id;
            }
        };
        after.extend(passed.into_iter().map(|number| (number, next)));
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_are_numbered_in_order() {
        let mut ids = Ids::default();
        assert_eq!(["x", "x", "y", "x"].map(|id| ids.claim(id)), ["x", "x-1", "y", "x-2"]);
    }

    #[test]
    fn a_taken_suffix_is_passed_over() {
        let mut ids = Ids::default();
        assert_eq!(
            ["x-1", "x", "x", "x", "x-1", "x-1"].map(|id| ids.claim(id)),
            ["x-1", "x", "x-2", "x-3", "x-1-1", "x-1-2"]
        );
    }

    #[test]
    fn explicit_ids_keep_their_text() {
        let mut ids = Ids::default();
        assert!(ids.explicit("x"));
        assert!(ids.explicit("x-2"));
        assert!(!ids.explicit("x"));
        assert_eq!(["x", "x"].map(|id| ids.claim(id)), ["x-1", "x-3"]);
        assert!(!ids.explicit("x-1"));
    }

    #[test]
    fn numbers_go_on_from_those_given() {
        let mut ids = Ids::default();
        assert!(ids.explicit("x_2"));
        assert_eq!(
            ["x", "x", "x", "x_2", "", "", "x_1", "_", "_", "x_", "x_"].map(|id| ids.claim_next(id)),
            ["x", "x_1", "x_3", "x_4", "_1", "_2", "x_5", "_", "__1", "x_", "x__1"]
        );
        assert_eq!(ids.claim_next("y_99999999999999999999"), "y_99999999999999999999");
        assert_eq!(ids.claim_next("y_99999999999999999999"), "y_99999999999999999999_1");
    }

    #[test]
    fn ten_thousand_equal_headings() {
        let mut ids = Ids::default();
        let given: Vec<_> = (0..10_000).map(|_| ids.claim("undefined")).collect();
        assert_eq!(given[9_999], "undefined-9999");
        assert_eq!(ids.taken.len(), 10_000);
    }

    #[test]
    fn any_order_of_wishes_gives_distinct_ids() {
        arbtest::arbtest(|u| {
            let mut ids = Ids::default();
            let mut given = HashSet::new();
            for _ in 0..u.int_in_range(0..=40)? {
                let wanted = *u.choose(&["x", "x-1", "x-1-1", "x-2", "-1", ""])?;
                if u.arbitrary()? {
                    assert_eq!(ids.explicit(wanted), given.insert(wanted.to_owned()));
                } else {
                    let id = ids.claim(wanted);
                    assert!(id.starts_with(wanted));
                    assert!(given.insert(id));
                }
            }
            Ok(())
        });
    }
}
