//! The text of a plain scalar in, whether it is a date or a date with a time out.

/// Four digits for the year, one or two for the rest: a date; a date, `T`, a time and a zone; or a
/// date, spaces and a time without a zone. Calendar and clock are checked.
pub fn is_timestamp(text: &str) -> bool {
    let mut rest = text;
    let Some(date) = date(&mut rest) else {
        return false;
    };
    match rest.as_bytes() {
        [] => date,
        [b'T' | b't', ..] => {
            rest = &rest[1..];
            date && time(&mut rest) && zone(rest)
        }
        [b' ', ..] => {
            rest = rest.trim_start_matches(' ');
            date && time(&mut rest) && rest.is_empty()
        }
        _ => false,
    }
}

/// Passes `2024-7-1`. Some(false) when the calendar has no such day.
fn date(rest: &mut &str) -> Option<bool> {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits != 4 {
        return None;
    }
    let year: u32 = rest[..4].parse().ok()?;
    *rest = &rest[4..];
    let month = passed(rest, '-').then(|| number(rest)).flatten()?;
    let day = passed(rest, '-').then(|| number(rest)).flatten()?;
    Some((1..=12).contains(&month) && (1..=days(year, month)).contains(&day))
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Passes `8:03:44.65`.
fn time(rest: &mut &str) -> bool {
    let clock = number(rest).is_some_and(|hour| hour < 24)
        && passed(rest, ':')
        && number(rest).is_some_and(|minute| minute < 60)
        && passed(rest, ':')
        && number(rest).is_some_and(|second| second < 60);
    if clock && let Some(fraction) = rest.strip_prefix(['.', ',']) {
        let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            *rest = &fraction[digits..];
        }
    }
    clock
}

/// `Z` or `+08:00`.
fn zone(rest: &str) -> bool {
    let digit = |byte: &u8| byte.is_ascii_digit();
    match rest.as_bytes() {
        [b'Z'] => true,
        [b'+' | b'-', a, b, b':', c, d] if [a, b, c, d].into_iter().all(digit) => {
            let (hours, minutes) = ((a - b'0') * 10 + (b - b'0'), (c - b'0') * 10 + (d - b'0'));
            hours <= 24 && minutes <= 60
        }
        _ => false,
    }
}

fn passed(rest: &mut &str, mark: char) -> bool {
    let after = rest.strip_prefix(mark);
    *rest = after.unwrap_or(rest);
    after.is_some()
}

/// Passes one or two digits.
fn number(rest: &mut &str) -> Option<u32> {
    let digits = rest.bytes().take(2).take_while(u8::is_ascii_digit).count();
    let number = rest[..digits].parse().ok();
    *rest = &rest[digits..];
    number
}

#[cfg(test)]
mod tests {
    use super::is_timestamp;

    #[test]
    fn shapes() {
        for text in [
            "2024-07-12",
            "2024-7-1",
            "2024-02-29",
            "2024-7-1T8:03:44.65Z",
            "2024-07-12t08:03:44Z",
            "2024-07-12T08:03:44+08:00",
            "2024-07-12T08:03:44-24:60",
            "2024-07-12 08:03:44",
            "2024-07-12   8:3:4,5",
        ] {
            assert!(is_timestamp(text), "{text}");
        }
        for text in [
            "",
            "2024",
            "2024-07",
            "2023-02-29",
            "2024-13-01",
            "24-07-12",
            "2024-07-12T08:03:44",
            "2024-07-12T08:03:44z",
            "2024-07-12T08:03:44+0800",
            "2024-07-12 08:03:44Z",
            "2024-07-12T24:00:00Z",
            "2024-07-12T08:03:60Z",
            "2024-07-12.",
            "2024-07-12T08:03:44.Z",
            "2024-07-1é",
        ] {
            assert!(!is_timestamp(text), "{text}");
        }
    }
}
