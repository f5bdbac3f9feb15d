//! A scalar in, the time it means out. `plugin-spec` 4.4.

use crate::yaml::{Node, Value};

/// Whether a time could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// The first instant of year 1, which counts as no time.
    Zero,
    Some,
}

/// YAML's own forms without quotes; else RFC 3339.
pub fn read(node: Node) -> Option<Time> {
    let text = node.text()?;
    let fits = matches!(node.value()?, Value::Timestamp(_)) || rfc3339(text);
    fits.then(|| if is_zero(text) { Time::Zero } else { Time::Some })
}

/// How to write a time that could not be read.
pub fn advice(node: Node) -> String {
    let text = node.text().unwrap_or_default();
    let quoted = !matches!(node.kind(), crate::yaml::Kind::Scalar { style: crate::yaml::Style::Plain, .. });
    if quoted && crate::yaml::parse(text).root().and_then(read).is_some() {
        return format!("write `{text}` without quotes");
    }
    "write a date and time with its zone, as in `2025-01-31T08:00:00Z`".to_string()
}

/// `0001-01-01`, alone or at midnight UTC.
fn is_zero(text: &str) -> bool {
    let digits: String = text.chars().map(|c| if c.is_ascii_digit() { c } else { ' ' }).collect();
    let mut numbers = digits.split_whitespace().map(|number| number.parse::<u64>().unwrap_or(1));
    let date: Vec<u64> = numbers.by_ref().take(3).collect();
    date == [1, 1, 1] && numbers.all(|number| number == 0)
}

/// `YYYY-MM-DDTHH:MM:SS[.fraction](Z|±hh:mm)`; the hour may have one digit.
fn rfc3339(text: &str) -> bool {
    let bytes = text.as_bytes();
    let number = |range: std::ops::Range<usize>| -> Option<u32> {
        let digits = bytes.get(range)?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        digits.iter().try_fold(0u32, |sum, digit| sum.checked_mul(10)?.checked_add(u32::from(digit - b'0')))
    };
    let is = |at: usize, mark: &[u8]| bytes.get(at).is_some_and(|byte| mark.contains(byte));
    let (Some(year), Some(month), Some(day)) = (number(0..4), number(5..7), number(8..10)) else { return false };
    if !(is(4, b"-") && is(7, b"-") && is(10, b"T") && is_date(year, month, day)) {
        return false;
    }
    let hour_end = if is(12, b":") { 12 } else { 13 };
    let Some(hour) = number(11..hour_end) else { return false };
    let at = hour_end;
    let (Some(minute), Some(second)) = (number(at + 1..at + 3), number(at + 4..at + 6)) else { return false };
    if !(is(at, b":") && is(at + 3, b":")) || hour > 23 || minute > 59 || second > 59 {
        return false;
    }
    let mut at = at + 6;
    if is(at, b".,") {
        let digits = bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return false;
        }
        at += 1 + digits;
    }
    if is(at, b"Z") {
        return bytes.len() == at + 1;
    }
    let zone = (number(at + 1..at + 3), number(at + 4..at + 6));
    is(at, b"+-")
        && is(at + 3, b":")
        && bytes.len() == at + 6
        && matches!(zone, (Some(hours), Some(minutes)) if hours <= 24 && minutes <= 60)
}

fn is_date(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::{Time, read};

    #[test]
    fn times() {
        let check = |text: &str| crate::yaml::parse(text).root().and_then(read);
        for good in [
            "2024-07-12",
            "2024-7-1",
            "2024-07-12 08:03:44",
            "2024-7-1T8:03:44.65Z",
            "2024-07-12t08:03:44Z",
            "\"2024-07-12T08:03:44Z\"",
            "'2024-07-12T8:03:44,5+24:60'",
            "2024-02-29",
        ] {
            assert_eq!(check(good), Some(Time::Some), "{good}");
        }
        for bad in [
            "\"2024-01-01\"",
            "2024-01-01 00:00:00Z",
            "2024-01-01 00:00:00 +08:00",
            "2024-01-01T00:00:00",
            "2024-01-01T00:00:00+0800",
            "2024-01",
            "1704067200",
            "now",
            "''",
            "|\n  2024-01-01T00:00:00Z\n",
            "2023-02-29",
            "\"2024-01-01T24:00:00Z\"",
            "\"2024-01-01T00:00:00.Z\"",
        ] {
            assert_eq!(check(bad), None, "{bad}");
        }
        for zero in ["0001-01-01", "0001-01-01T00:00:00Z", "0001-1-1"] {
            assert_eq!(check(zero), Some(Time::Zero), "{zero}");
        }
    }
}
