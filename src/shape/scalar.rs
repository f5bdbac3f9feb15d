//! A scalar in, its value for the type that is wanted out; `None` where the daemon does not take it for one.
//!
//! `plugin-spec` 4.3 and 4.5.

use crate::yaml::{Node, Value};
use std::borrow::Cow;

/// Any scalar: its text as written, `!!binary` decoded.
pub fn text(node: Node<'_>) -> Option<Cow<'_, str>> {
    match node.value()? {
        Value::Binary(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned().into()),
        _ => node.text().map(Cow::Borrowed),
    }
}

/// Whole numbers in range; floats are cut towards zero, and what is too small becomes the smallest.
pub fn int(node: Node) -> Option<i64> {
    match node.value()? {
        Value::Int(int) => Some(int),
        // The cast saturates; at 2^63 the processor gives the smallest instead, which no rule tells apart.
        Value::Float(float) if float <= i64::MAX as f64 => Some(float as i64),
        _ => None,
    }
}

/// As [`int`], not negative; a negative float decodes, to a number that fits no limit.
pub fn size(node: Node) -> Option<u64> {
    match node.value()? {
        Value::Int(int) => u64::try_from(int).ok(),
        Value::Uint(int) => Some(int),
        Value::Float(float) if float <= -1.0 => Some(u64::MAX),
        Value::Float(float) if float <= u64::MAX as f64 => Some(float as u64),
        _ => None,
    }
}

/// Any number, `.inf` and `.nan` included.
pub fn float(node: Node) -> Option<f64> {
    match node.value()? {
        Value::Int(int) => Some(int as f64),
        Value::Uint(int) => Some(int as f64),
        Value::Float(float) => Some(float),
        _ => None,
    }
}

/// Sign, digits with at most one dot, exponent within 32 bits. The tag and the quotes do not matter.
pub fn is_decimal(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole)
        && digits(fraction)
        && whole.len() + fraction.len() > 0
        && exponent.is_none_or(|exponent| {
            exponent.trim_start_matches(['+', '-']).len() + 1 >= exponent.len() && exponent.parse::<i32>().is_ok()
        })
}

#[cfg(test)]
mod tests {
    use super::is_decimal;

    #[test]
    fn decimals() {
        for good in ["3", "3.00", ".5", "5.", "+1", "-0", "1e400", "017", "1E-3", "1e+2"] {
            assert!(is_decimal(good), "{good}");
        }
        for bad in [
            "",
            "0x10",
            "1_000",
            "1,000",
            ".inf",
            ".nan",
            "abc",
            "true",
            " 1",
            "1.2.3",
            ".",
            "1e",
            "1e99999999999",
            "1e+-2",
        ] {
            assert!(!is_decimal(bad), "{bad}");
        }
    }
}
