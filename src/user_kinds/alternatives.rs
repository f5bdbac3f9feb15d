//! What keeps each of several alternatives from holding in; what the author is told of it out.
//!
//! Nobody is helped by "none of these holds". So the alternatives are compared as a reader would: by the type of the
//! value, by a key such as `type` whose value says which one is meant, and else by how little is wrong.

use super::at::{self, At};
use super::describe;
use super::judge::{Finding, Judge, What};
use jsonschema::ValidationError;
use serde_json::Value;

impl Judge<'_> {
    /// None of several schemas holds: what keeps the one from holding that was meant.
    pub(super) fn alternatives(
        &self,
        error: &ValidationError,
        at: &At,
        context: &[Vec<ValidationError<'static>>],
        dropped: &mut Vec<String>,
    ) -> Vec<Finding> {
        let own = error.instance_path().as_str();
        let mut branches: Vec<Vec<Finding>> = context.iter().map(|errors| self.read(errors, dropped)).collect();
        if branches.iter().any(Vec::is_empty) {
            // It would hold with what is left out.
            return Vec::new();
        }
        let is_type = |finding: &Finding| finding.pointer == own && matches!(finding.what, What::Type(_));
        if branches.iter().all(|branch| branch.iter().any(is_type)) {
            let mut wanted: Vec<String> = Vec::new();
            for finding in branches.iter().flatten().filter(|finding| is_type(finding)) {
                if let What::Type(names) = &finding.what {
                    let new = names.iter().filter(|name| !wanted.contains(name)).cloned().collect::<Vec<_>>();
                    wanted.extend(new);
                }
            }
            let fault = self.wrong_type(at, error.instance(), &wanted);
            return vec![Finding { pointer: own.to_string(), what: What::Type(wanted), fault }];
        }
        branches.retain(|branch| !branch.iter().any(is_type));
        if let Some(choice) = self.common_choice(error, &branches) {
            return vec![choice];
        }
        let missing: Vec<&str> = branches
            .iter()
            .filter_map(|branch| match &branch[..] {
                [Finding { what: What::Missing(name), pointer, .. }] if pointer == own => Some(name.as_str()),
                _ => None,
            })
            .collect();
        if missing.len() > 1 && missing.len() == branches.len() {
            let names: Vec<Value> = missing.iter().map(|name| Value::from(*name)).collect();
            let names = describe::choices(&names);
            let mut fault = self.fault("missing-key", at.holder(), format!("`{}` has no {names}", self.shown(at)));
            fault.help = Some(format!("add {names}"));
            return vec![Finding { pointer: own.to_string(), what: What::Other, fault }];
        }
        // The fewest keys that are not as they must be; a wrong `type: text` says that another one is meant.
        let misfits = |branch: &Vec<Finding>| {
            let here = |finding: &&Finding| match finding.what {
                What::Missing(_) | What::Unknown(_) | What::Unevaluated(_) => finding.pointer == own,
                What::Choice(_) => {
                    finding.pointer.strip_prefix(own).is_some_and(|inner| inner.matches('/').count() <= 1)
                }
                _ => false,
            };
            let choices = branch.iter().filter(here).filter(|finding| matches!(finding.what, What::Choice(_))).count();
            (branch.iter().filter(here).count(), choices, branch.len())
        };
        branches.into_iter().min_by_key(misfits).unwrap_or_default()
    }

    /// Every alternative wants another value at one and the same place.
    fn common_choice(&self, error: &ValidationError, branches: &[Vec<Finding>]) -> Option<Finding> {
        let choice = |finding: &'_ Finding| matches!(finding.what, What::Choice(_));
        let place = &branches.first()?.iter().find(|finding| choice(finding))?.pointer;
        let mut options = Vec::new();
        for branch in branches {
            let found = branch.iter().find(|finding| choice(finding) && finding.pointer == *place)?;
            if let What::Choice(values) = &found.what {
                options.extend(values.iter().cloned());
            }
        }
        let inner = place.strip_prefix(error.instance_path().as_str())?;
        let at = at::find(self.document.root()?, place, self.options.elisions);
        let fault = self.wrong_choice(&at, error.instance().pointer(inner)?, &options);
        Some(Finding { pointer: place.clone(), what: What::Choice(options), fault })
    }
}
