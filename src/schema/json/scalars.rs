//! The rules of a single value in, its JSON Schema out.

use super::{At, Object, object};
use crate::shape::{Need, Text};
use serde_json::{Value, json};

/// A text with its rules.
pub fn text(rules: &Text, at: &At) -> Object {
    let chosen = !rules.one_of.is_empty() && (at.judged || rules.decodes_one_of);
    let format = rules.format.filter(|_| at.judged && !chosen);
    let max = rules.max.filter(|_| at.judged && !chosen);
    // Any scalar is text, if the text of one can have the form.
    let may = |samples: &[&str]| format.is_none_or(|format| samples.iter().any(|sample| (format.fits)(sample)));
    let mut types = vec!["string"];
    types.extend(may(&["1.5"]).then_some("number"));
    types.extend((!may(&["1.5"]) && may(&["1"])).then_some("integer"));
    types.extend(may(&["true"]).then_some("boolean"));
    let mut said = Object::new();
    if chosen {
        said.insert("enum".into(), rules.one_of.into());
        types = vec!["string"];
    }
    if let Some(max) = max {
        said.insert("maxLength".into(), max.into());
    }
    if at.judged && at.need == Need::Required && !chosen {
        said.insert("minLength".into(), 1.into());
    }
    if let Some(format) = format {
        if !format.pattern.is_empty() {
            said.insert("pattern".into(), format.pattern.into());
            // To some engines `$` is also the place before a last line break.
            said.insert("not".into(), json!({ "type": "string", "pattern": "\n" }));
        }
        said.insert("patternErrorMessage".into(), format!("write {}", format.about).into());
    }
    if at.need == Need::Optional && (chosen || format.is_some()) {
        // An empty text counts as left out. This form keeps it out of what an editor proposes.
        let written = typed(&types, &At { null: false, ..*at }, Value::Object(said));
        return object(json!({ "anyOf": [written, { "type": ["string", "null"], "maxLength": 0 }] }));
    }
    if chosen && at.null {
        return or_null(said);
    }
    typed(&types, at, Value::Object(said))
}

/// A date with or without a time, as text.
pub fn time(at: &At) -> Object {
    let days =
        "(0?[13578]|1[02])-(0?[1-9]|[12][0-9]|3[01])|(0?[469]|11)-(0?[1-9]|[12][0-9]|30)|0?2-(0?[1-9]|1[0-9]|2[0-8])";
    let leap = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-0?2-29";
    let date = format!("([0-9]{{4}}-({days})|{leap})");
    let clock = "([01]?[0-9]|2[0-3]):[0-5]?[0-9]:[0-5]?[0-9]([.,][0-9]+)?";
    let zone = "(Z|[+-]([01][0-9]|2[0-4]):([0-5][0-9]|60))";
    let types: &[&str] = if at.judged && at.need == Need::Required { &["string"] } else { &["string", "object"] };
    let mut out = typed(types, at, json!({ "pattern": format!("^{date}([Tt]{clock}{zone}| +{clock})?$") }));
    if at.judged && at.need == Need::Required {
        let zero = "^0001-0?1-0?1([Tt ]+[0:., ]*(Z|[+-]00:00)?)?$";
        out.insert("not".into(), json!({ "pattern": zero }));
    }
    out
}

/// Keywords with the types they are for, and null where it may stand.
pub fn typed(types: &[&str], at: &At, keywords: Value) -> Object {
    let mut types = types.to_vec();
    types.extend(at.null.then_some("null"));
    let mut out = Object::new();
    out.insert("type".into(), if types.len() == 1 { types[0].into() } else { types.into() });
    out.extend(object(keywords));
    out
}

/// The same, or null.
pub fn or_null(said: Object) -> Object {
    match said.is_empty() {
        true => said,
        false => object(json!({ "anyOf": [said, { "type": "null" }] })),
    }
}
