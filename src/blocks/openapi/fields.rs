//! A schema in, the fields of its values as nested lists out.

use super::example::Direction;
use super::facts::{self, Fact};
use super::schema::Schema;
use super::spec::Spec;
use super::{describe, frame};
use crate::render::Body;
use serde_json::Value;

/// Schemas unfolded inside one another.
const MAX_DEPTH: usize = 12;
/// Bytes of HTML after which nothing more is unfolded: a schema can hold any other, each time anew.
const MAX_BYTES: usize = 1_500_000;
/// Choices of `oneOf` that are shown.
const MAX_CHOICES: usize = 50;

/// Writes the reference of one operation or schema.
pub struct Writer<'w, 'a> {
    pub out: &'w mut Body<'a>,
    pub spec: &'w Spec,
    pub direction: Direction,
    /// Schemas that have a place of their own on the page, with their ids: a link stands for their fields.
    pub places: Vec<(&'w Value, String)>,
    start: usize,
}

impl<'w, 'a> Writer<'w, 'a> {
    pub fn new(out: &'w mut Body<'a>, spec: &'w Spec, direction: Direction) -> Writer<'w, 'a> {
        let start = out.html.len();
        Writer { out, spec, direction, places: Vec::new(), start }
    }

    pub fn is_full(&self) -> bool {
        self.out.html.len() - self.start > MAX_BYTES
    }

    /// A whole schema: what it is, and its fields below.
    pub fn whole(&mut self, value: &Value) {
        let schema = Schema::new(self.spec, value);
        self.out.html.open("div", &[("class", "api-schema")]);
        self.out.html.open("p", &[]);
        self.out.html.element("span", &[("class", "api-type")], &schema.words());
        self.out.html.close();
        self.out.html.newline();
        self.about(&schema);
        let mut above = vec![schema.place];
        let core = schema.core();
        above.push(core.place);
        self.unfold(&core, &mut above);
        frame::close(self.out);
    }

    /// A property or parameter with everything below it.
    pub fn field<'s>(&mut self, name: &str, value: &'s Value, required: bool, above: &mut Vec<&'s Value>)
    where
        'w: 's,
    {
        let schema = Schema::new(self.spec, value);
        frame::term(self.out, name, &schema.words(), required, &marks(&schema));
        self.out.html.open("dd", &[]);
        self.about(&schema);
        self.below(schema, above);
        self.out.html.close();
        self.out.html.newline();
    }

    /// Description and facts.
    fn about(&mut self, schema: &Schema) {
        if let Some(text) = schema.text("description") {
            describe::blocks(self.out, text);
        }
        self.facts(&facts::facts(schema));
        if let Some(meanings) = schema.get("x-enumDescriptions").and_then(Value::as_object) {
            self.out.html.open("ul", &[]);
            for (value, meaning) in
                meanings.iter().filter_map(|(value, meaning)| Some((value, meaning.as_str()?))).take(60)
            {
                self.out.html.open("li", &[]);
                self.out.html.element("code", &[], value);
                self.out.html.text(&format!(": {meaning}"));
                self.out.html.close();
            }
            self.out.html.close();
        }
    }

    pub fn facts(&mut self, facts: &[Fact]) {
        if facts.is_empty() {
            return;
        }
        let html = &mut self.out.html;
        html.open("ul", &[("class", "api-facts")]);
        for fact in facts {
            html.open("li", &[]);
            html.text(fact.label);
            for (index, value) in fact.values.iter().enumerate() {
                html.raw(if index == 0 { ": " } else { ", " });
                html.element("code", &[], value);
            }
            if fact.more > 0 {
                html.text(&format!(" and {} more", fact.more));
            }
            html.close();
        }
        html.close();
        html.newline();
    }

    /// What a field holds, to be unfolded.
    pub fn below<'s>(&mut self, schema: Schema<'s>, above: &mut Vec<&'s Value>)
    where
        'w: 's,
    {
        let core = schema.core();
        if !core.has_fields() {
            return;
        }
        let words = core.short_words();
        if let Some((_, id)) = self.places.iter().find(|(place, _)| std::ptr::eq(*place, core.place)) {
            self.out.html.open("p", &[("class", "api-note")]);
            self.out.html.text("Fields of ");
            self.out.html.element("a", &[("href", &format!("#{id}"))], &words);
            frame::close(self.out);
        } else if above.iter().any(|up| std::ptr::eq(*up, core.place)) {
            self.note(&format!("The fields of {words} are described above."));
        } else if above.len() >= MAX_DEPTH || self.is_full() {
            self.note(&format!("The fields of {words} are left out here."));
        } else {
            self.out.html.open("details", &[]);
            self.out.html.open("summary", &[]);
            self.out.html.text(if core.choices().is_some() { "Choices of " } else { "Fields of " });
            self.out.html.element("span", &[("class", "api-type")], &words);
            self.out.html.close();
            above.push(core.place);
            self.unfold(&core, above);
            above.pop();
            frame::close(self.out);
        }
    }

    /// The properties of a schema and the choices it leaves.
    pub fn unfold<'s>(&mut self, schema: &Schema<'s>, above: &mut Vec<&'s Value>)
    where
        'w: 's,
    {
        let required = schema.required();
        let mut properties = schema.properties().peekable();
        let patterns = schema.get("patternProperties").and_then(Value::as_object);
        let others = schema.values().filter(|_| schema.has_fields());
        if properties.peek().is_some() || patterns.is_some() || others.is_some() {
            self.out.html.open("dl", &[("class", "api-params")]);
            for (name, value) in properties {
                if self.is_full() {
                    self.out.html.element("dt", &[], "…");
                    self.out.html.element("dd", &[], "More fields are left out here.");
                    break;
                }
                if self.direction.shows(&Schema::new(self.spec, value)) {
                    self.field(name, value, required.contains(name), above);
                }
            }
            for (pattern, value) in patterns.into_iter().flatten() {
                if self.is_full() {
                    break;
                }
                self.field(pattern, value, false, above);
            }
            if let Some(others) = others {
                self.field("{any other name}", others, false, above);
            }
            frame::close(self.out);
        }
        if let Some((label, choices)) = schema.choices() {
            self.choices(schema, label, &choices, above);
        }
    }

    fn choices<'s>(&mut self, schema: &Schema<'s>, label: &str, choices: &[&'s Value], above: &mut Vec<&'s Value>)
    where
        'w: 's,
    {
        let discriminator = schema.get("discriminator");
        let property = discriminator.and_then(|d| d.as_str().or_else(|| d.get("propertyName")?.as_str()));
        self.out.html.open("p", &[]);
        self.out.html.text(label);
        if let Some(property) = property {
            self.out.html.raw(", told apart by ");
            self.out.html.element("code", &[], property);
        }
        self.out.html.raw(":");
        frame::close(self.out);
        let mapping = discriminator.and_then(|d| d.get("mapping")).and_then(Value::as_object);
        for (at, choice) in choices.iter().enumerate() {
            if at == MAX_CHOICES || self.is_full() {
                return self.note("More choices are left out here.");
            }
            let choice = Schema::new(self.spec, choice);
            let known = above.iter().any(|up| std::ptr::eq(*up, choice.place)) || above.len() >= MAX_DEPTH;
            let words = choice.short_words();
            let value = mapping.into_iter().flatten().find(|(_, target)| {
                let target = target.as_str().and_then(|target| target.rsplit('/').next());
                target.is_some() && target == choice.name.as_deref()
            });
            self.out.html.open("details", &[]);
            self.out.html.open("summary", &[]);
            self.out.html.text(choice.text("title").unwrap_or(&words));
            if let (Some((value, _)), Some(property)) = (value, property) {
                self.out.html.raw(" ");
                self.out.html.element("code", &[], &format!("{property}: {value}"));
            }
            self.out.html.close();
            if known {
                self.note(&format!("The fields of {words} are described above."));
            } else {
                if choice.text("title").is_some_and(|title| title != words) {
                    self.out.html.element("p", &[("class", "api-type")], &words);
                }
                above.push(choice.place);
                self.about(&choice);
                let core = choice.core();
                if !above[..above.len() - 1].iter().any(|up| std::ptr::eq(*up, core.place)) {
                    self.unfold(&core, above);
                }
                above.pop();
            }
            frame::close(self.out);
        }
    }

    pub fn note(&mut self, text: &str) {
        self.out.html.element("p", &[("class", "api-note")], text);
        self.out.html.newline();
    }
}

/// The words beside a name that say how its value is used.
pub fn marks(schema: &Schema) -> Vec<&'static str> {
    let all = [("deprecated", "deprecated"), ("readOnly", "read-only"), ("writeOnly", "write-only")];
    all.iter().filter(|(key, _)| schema.is(key)).map(|(_, mark)| *mark).collect()
}
