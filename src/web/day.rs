//! A day of the calendar: what a cache says of the age of an answer.

use std::fmt;
use std::time::{Duration, UNIX_EPOCH};

/// Days since the first of January 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub i64);

impl Day {
    /// The day of a moment, in UTC.
    pub fn of(time: std::time::SystemTime) -> Day {
        let seconds = time.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs();
        Day((seconds / 86_400) as i64)
    }

    /// `2026-11-22`
    pub fn parse(text: &str) -> Option<Day> {
        let mut parts = text.splitn(3, '-').map(|part| part.parse::<i64>().ok());
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        let possible = (1970..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        possible.then(|| Day(days(year, month, day)))
    }
}

/// Counted in years that begin in March, so that the leap day is the last one.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let since_march = (month + 9) % 12;
    let before = (153 * since_march + 2) / 5 + day - 1;
    year * 365 + year / 4 - year / 100 + year / 400 + before - 719_468
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The first guess is a year too late at most.
        let mut year = 1970 + self.0 / 365;
        while days(year, 1, 1) > self.0 {
            year -= 1;
        }
        let month = (1..=12).rev().find(|month| days(year, *month, 1) <= self.0).unwrap_or(1);
        write!(f, "{year:04}-{month:02}-{:02}", self.0 - days(year, month, 1) + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn days_are_read_as_they_are_written() {
        for (day, text) in [
            (0, "1970-01-01"),
            (58, "1970-02-28"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (20_779, "2026-11-22"),
            (20_818, "2026-12-31"),
            (20_819, "2027-01-01"),
        ] {
            assert_eq!(Day(day).to_string(), text);
            assert_eq!(Day::parse(text), Some(Day(day)));
        }
        for day in (0..60_000).step_by(17) {
            assert_eq!(Day::parse(&Day(day).to_string()), Some(Day(day)));
        }
        for text in ["", "2026", "2026-13-01", "yesterday", "2026-1-1-1", "1-1-1"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }
}
