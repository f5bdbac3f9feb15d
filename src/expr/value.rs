//! What expressions compute with, and how JavaScript turns one kind into another.

use std::cmp::Ordering;

/// A value of JavaScript, as far as pages need them.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Undefined,
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
    /// Something that an expression begins with; looked into, never copied.
    Root(Root),
    /// Depends on a claim that nobody supplied.
    Unknown,
}

/// What the names in expressions stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Root {
    Visitor,
    Claims,
    Space,
    SpaceVars,
    Page,
    PageVars,
}

impl Value {
    pub fn from_json(json: &serde_json::Value) -> Value {
        match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(value) => Value::Bool(*value),
            serde_json::Value::Number(number) => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
            serde_json::Value::String(text) => Value::Text(text.clone()),
            serde_json::Value::Array(items) => Value::List(items.iter().map(Value::from_json).collect()),
            serde_json::Value::Object(map) => {
                Value::Map(map.iter().map(|(key, value)| (key.clone(), Value::from_json(value))).collect())
            }
        }
    }

    /// Whether a condition takes the value for true; `None` when it is unknown.
    pub fn truth(&self) -> Option<bool> {
        Some(match self {
            Value::Undefined | Value::Null => false,
            Value::Bool(value) => *value,
            Value::Number(number) => *number != 0.0 && !number.is_nan(),
            Value::Text(text) => !text.is_empty(),
            Value::List(_) | Value::Map(_) | Value::Root(_) => true,
            Value::Unknown => return None,
        })
    }

    pub fn is_nullish(&self) -> bool {
        matches!(self, Value::Undefined | Value::Null)
    }

    pub fn text(&self) -> String {
        match self {
            Value::Undefined | Value::Unknown => "undefined".to_string(),
            Value::Null => "null".to_string(),
            Value::Bool(value) => value.to_string(),
            Value::Number(number) if number.is_infinite() => {
                if *number > 0.0 { "Infinity" } else { "-Infinity" }.to_string()
            }
            // Minus zero is shown as zero.
            Value::Number(number) => (number + 0.0).to_string(),
            Value::Text(text) => text.clone(),
            Value::List(items) => {
                let shown = |item: &Value| if item.is_nullish() { String::new() } else { item.text() };
                items.iter().map(shown).collect::<Vec<_>>().join(",")
            }
            Value::Map(_) | Value::Root(_) => "[object Object]".to_string(),
        }
    }

    pub fn number(&self) -> f64 {
        match self {
            Value::Null | Value::Bool(false) => 0.0,
            Value::Bool(true) => 1.0,
            Value::Number(number) => *number,
            Value::Text(_) | Value::List(_) => match self.text().trim() {
                "" => 0.0,
                text if text.chars().all(|c| c.is_ascii_digit() || "+-.eE".contains(c)) => {
                    text.parse().unwrap_or(f64::NAN)
                }
                _ => f64::NAN,
            },
            Value::Undefined | Value::Map(_) | Value::Root(_) | Value::Unknown => f64::NAN,
        }
    }

    fn is_object(&self) -> bool {
        matches!(self, Value::List(_) | Value::Map(_) | Value::Root(_))
    }

    /// `===`. Two lists or maps are never the same one, except a root and itself.
    pub fn same(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::List(_) | Value::Map(_), _) => false,
            _ => self == other,
        }
    }

    /// `==`
    pub fn equal(&self, other: &Value) -> bool {
        match (self, other) {
            _ if self.is_nullish() || other.is_nullish() => self.is_nullish() && other.is_nullish(),
            (Value::Text(_), Value::Text(_)) => self == other,
            _ if self.is_object() && other.is_object() => self.same(other),
            (Value::Text(_), _) if other.is_object() => self.text() == other.text(),
            (_, Value::Text(_)) if self.is_object() => self.text() == other.text(),
            _ => self.number() == other.number(),
        }
    }

    /// What `<` and its like compare: texts by their UTF-16, everything else as numbers.
    pub fn order(&self, other: &Value) -> Option<Ordering> {
        match (self, other) {
            (Value::Text(a), Value::Text(b)) => Some(a.encode_utf16().cmp(b.encode_utf16())),
            _ => self.number().partial_cmp(&other.number()),
        }
    }

    /// `+`: joins texts, adds everything else.
    pub fn plus(&self, other: &Value) -> Value {
        let joins = |value: &Value| matches!(value, Value::Text(_)) || value.is_object();
        if joins(self) || joins(other) {
            Value::Text(self.text() + &other.text())
        } else {
            Value::Number(self.number() + other.number())
        }
    }
}
