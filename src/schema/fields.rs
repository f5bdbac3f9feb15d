//! A place in, the rows of its table out: each field with its path and, to a depth, the fields below it.

use super::{Place, name_of, same};
use crate::shape::{Field, Map, Need, Shape};

/// A field in a table.
pub struct Row {
    /// What its id and `proofpress explain` call it: `tool.parameters.form`.
    pub path: String,
    /// The keys that lead to it from the place of the table, without its own: `runner.`, `parameters[].`
    pub prefix: String,
    pub field: &'static Field,
    /// The fields below, where they are shown in this table.
    pub below: Vec<Row>,
    /// Rules about several fields below.
    pub rules: Vec<&'static str>,
}

impl Row {
    pub fn is_required(&self) -> bool {
        self.field.need == Need::Required
    }

    /// Read by the SDK of a language and not by the daemon.
    pub fn is_foreign(&self) -> bool {
        matches!(self.field.shape, Shape::Foreign(_))
    }
}

/// The rows of a place. `depth` is how many levels are shown. What has a table of its own is not unfolded: kinds,
/// shared structures, and what is in `apart`.
pub fn rows(place: &Place, depth: usize, apart: &[&'static Map]) -> Vec<Row> {
    place.map().map_or(Vec::new(), |map| below(map, &place.name, "", depth, apart))
}

/// All fields at and below a place with their paths, those of shared structures too, to a depth.
pub fn all(map: &'static Map, path: &str, depth: usize) -> Vec<(String, &'static Field)> {
    let mut found = Vec::new();
    for field in map.fields {
        let path = format!("{path}.{}", field.name);
        let inner = field.shape.as_map().filter(|_| depth > 1);
        let below = inner.map_or(Vec::new(), |inner| all(inner, &path, depth - 1));
        found.push((path, field));
        found.extend(below);
    }
    found
}

/// Rules about several fields of the place.
pub fn rules(map: &'static Map) -> Vec<&'static str> {
    map.rules.iter().map(|rule| rule.about).filter(|about| !about.is_empty()).collect()
}

fn below(map: &'static Map, path: &str, prefix: &str, depth: usize, apart: &[&'static Map]) -> Vec<Row> {
    if depth == 0 {
        return Vec::new();
    }
    let shown = map.fields.iter().filter(|field| !field.hidden);
    let row = |field: &'static Field| {
        let path = format!("{path}.{}", field.name);
        let inner = field
            .shape
            .as_map()
            .filter(|inner| name_of(inner).is_none() && !apart.iter().any(|other| same(other, inner)));
        let mark = if is_list(field.shape) { "[]" } else { "" };
        let inner_prefix = format!("{prefix}{}{mark}.", field.name);
        let rows = inner.map_or(Vec::new(), |inner| below(inner, &path, &inner_prefix, depth - 1, apart));
        let rules = inner.filter(|_| !rows.is_empty()).map_or(Vec::new(), rules);
        Row { path, prefix: prefix.to_string(), field, below: rows, rules }
    };
    shown.map(row).collect()
}

/// Whether the fields below belong to items.
fn is_list(shape: &Shape) -> bool {
    match shape {
        Shape::List(_) | Shape::Named(_) | Shape::Files(_) => true,
        Shape::Unjudged(shape) | Shape::Foreign(shape) => is_list(shape),
        Shape::Special(special) => is_list(special.inner),
        _ => false,
    }
}

/// All rows with those below them, in the order in which they are shown.
pub fn flat(rows: &[Row]) -> Vec<&Row> {
    let mut all = Vec::new();
    for row in rows {
        all.push(row);
        all.extend(flat(&row.below));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::Text;

    static RUNNER: Shape = Shape::map(&[Field::required("language", &Shape::TEXT, "")]);
    static META: Shape = Shape::map(&[
        Field::required("runner", &RUNNER, ""),
        Field::optional("arch", &Shape::TEXT, "").hidden(),
        Field::optional("label", &crate::kinds::common::I18N, ""),
    ]);
    static METAS: Shape = Shape::list(&META);
    static ROOT: Shape =
        Shape::map(&[Field::required("metas", &METAS, ""), Field::optional("name", &Shape::Text(Text::ANY), "")]);

    #[test]
    fn rows_unfold_to_a_depth() {
        let place = Place { name: "x".into(), about: "", since: None, shape: &ROOT, kind: None, field: None };
        let check = |depth, apart: &[&'static Map]| {
            let rows = rows(&place, depth, apart);
            flat(&rows).iter().map(|row| format!("{}{}", row.prefix, row.field.name)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(check(1, &[]), "metas name");
        assert_eq!(check(2, &[]), "metas metas[].runner metas[].label name");
        assert_eq!(check(9, &[]), "metas metas[].runner metas[].runner.language metas[].label name");
        let apart: Vec<&Map> = RUNNER.as_map().into_iter().collect();
        assert_eq!(check(9, &apart), "metas metas[].runner metas[].label name");
    }
}
