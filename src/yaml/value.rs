//! A scalar in, what its spelling means out: null, a bool, a number, a date or text.

use super::node::Kind;
use super::{Node, Style, timestamp};

/// What a scalar means where any type may stand.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    Null,
    Bool(bool),
    Int(i64),
    /// Only beyond the range of `Int`.
    Uint(u64),
    /// Decimal, `.inf` or `.nan`.
    Float(f64),
    /// A date or a date with a time, as written.
    Timestamp(&'a str),
    Text(&'a str),
    /// What the base64 text after `!!binary` stands for.
    Binary(Vec<u8>),
}

impl<'a> Node<'a> {
    /// What the scalar means. None for lists and maps, and where the text does not fit its tag
    /// (`!!int abc`).
    pub fn value(self) -> Option<Value<'a>> {
        let Kind::Scalar { text, style } = self.kind() else {
            return None;
        };
        match self.tag() {
            None if style == Style::Plain => Some(resolve(text, true)),
            Some("!!null") => Some(resolve(text, false)).filter(|value| *value == Value::Null),
            Some("!!bool") => Some(resolve(text, false)).filter(|value| matches!(value, Value::Bool(_))),
            Some("!!int") => Some(resolve(text, false)).filter(|value| matches!(value, Value::Int(_) | Value::Uint(_))),
            Some("!!float") => match resolve(text, false) {
                Value::Float(float) => Some(Value::Float(float)),
                Value::Int(int) => Some(Value::Float(int as f64)),
                Value::Uint(int) => Some(Value::Float(int as f64)),
                _ => None,
            },
            Some("!!timestamp") => timestamp::is_timestamp(text).then_some(Value::Timestamp(text)),
            Some("!!binary") => decode_base64(text).map(Value::Binary),
            _ => Some(Value::Text(text)),
        }
    }

    /// Nothing, `~` or `null` without quotes.
    pub fn is_null(self) -> bool {
        self.value() == Some(Value::Null)
    }

    /// `true` and `false`, and the words `yes`, `no`, `on`, `off`, `y`, `n`, which may also be quoted.
    pub fn as_bool(self) -> Option<bool> {
        match self.value()? {
            Value::Bool(value) => Some(value),
            Value::Text("y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON") => Some(true),
            Value::Text("n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF") => Some(false),
            _ => None,
        }
    }
}

/// What a text means without quotes.
fn resolve(text: &str, dates: bool) -> Value<'_> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        ".nan" | ".NaN" | ".NAN" => return Value::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => {
            return Value::Float(f64::INFINITY);
        }
        "-.inf" | "-.Inf" | "-.INF" => return Value::Float(f64::NEG_INFINITY),
        _ => {}
    }
    let number = match text.as_bytes()[0] {
        b'.' => parse_float(text),
        b'+' | b'-' | b'0'..=b'9' if dates && timestamp::is_timestamp(text) => Some(Value::Timestamp(text)),
        b'+' | b'-' | b'0'..=b'9' => {
            let digits = text.replace('_', "");
            parse_int(&digits).or_else(|| parse_float(&digits)).or_else(|| parse_signed_after_prefix(&digits))
        }
        _ => None,
    };
    number.unwrap_or(Value::Text(text))
}

/// Decimal, `0x`, `0o`, `0b`, or octal after a leading 0, with a sign before it.
fn parse_int<'a>(text: &str) -> Option<Value<'a>> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (radix, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', _, ..] => (16, &digits[2..]),
        [b'0', b'o' | b'O', _, ..] => (8, &digits[2..]),
        [b'0', b'b' | b'B', _, ..] => (2, &digits[2..]),
        [b'0', _, ..] => (8, &digits[1..]),
        _ => (10, digits),
    };
    digits.chars().all(|digit| digit.is_digit(radix)).then(|| in_range(text, digits, radix)).flatten()
}

/// `0b` and `0o` once more, where the sign may stand behind the prefix: `0o-7`.
fn parse_signed_after_prefix<'a>(text: &str) -> Option<Value<'a>> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let radix = if unsigned.starts_with("0b") { 2 } else { 8 };
    let rest = unsigned.strip_prefix("0b").or_else(|| unsigned.strip_prefix("0o"))?;
    let digits = if text == unsigned { rest.strip_prefix(['+', '-']).unwrap_or(rest) } else { rest };
    let sign = if text == unsigned { rest } else { text };
    digits.chars().all(|digit| digit.is_digit(radix)).then(|| in_range(sign, digits, radix)).flatten()
}

/// `signed` begins with the sign, if there is one.
fn in_range<'a>(signed: &str, digits: &str, radix: u32) -> Option<Value<'a>> {
    let size = i128::from(u64::from_str_radix(digits, radix).ok()?);
    let value = if signed.starts_with('-') { -size } else { size };
    match i64::try_from(value) {
        Ok(int) => Some(Value::Int(int)),
        Err(_) if signed.starts_with(['+', '-']) => None,
        Err(_) => u64::try_from(value).ok().map(Value::Uint),
    }
}

/// `[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?` within the range of a double.
fn parse_float<'a>(text: &str) -> Option<Value<'a>> {
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fits = is_digits(whole)
        && is_digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|exponent| !exponent.is_empty() && is_digits(exponent));
    if !fits {
        return None;
    }
    text.parse().ok().filter(|float: &f64| float.is_finite()).map(Value::Float)
}

/// Standard base64 with padding. Line ends are skipped, blanks are not.
fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text.bytes().filter(|byte| !matches!(byte, b'\n' | b'\r')).collect();
    let padding = digits.iter().rev().take_while(|byte| **byte == b'=').count();
    if !digits.len().is_multiple_of(4) || padding > 2 {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3);
    for group in digits[..digits.len() - padding].chunks(4) {
        let mut bits = 0;
        for digit in group {
            bits = bits << 6 | base64_digit(*digit)?;
        }
        bits <<= 6 * (4 - group.len());
        bytes.extend_from_slice(&bits.to_be_bytes()[1..group.len()]);
    }
    Some(bytes)
}

fn base64_digit(byte: u8) -> Option<u32> {
    let digit = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(digit))
}
