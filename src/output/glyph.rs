//! The path of an icon in, the same on a coarser grid out. Icons are drawn on a grid of some 512 units and shown a few
//! dozen pixels large, so nobody sees the difference, and a third of their weight is gone.

/// So many units become one.
pub const COARSE: f64 = 4.0;

/// Draws each point on the coarser grid. Relative points are counted from where the new path is, so that errors do not
/// add up. None for what is no path.
pub fn coarse(path: &str) -> Option<String> {
    let mut reader = Reader { rest: path };
    let mut out = String::with_capacity(path.len());
    let mut pen = Pen::default();
    let mut start = Pen::default();
    while let Some(command) = reader.command() {
        out.push(command);
        let shape: &[Part] = match command.to_ascii_lowercase() {
            'm' | 'l' | 't' => &[Part::Point],
            'h' => &[Part::Across],
            'v' => &[Part::Down],
            'c' => &[Part::Point, Part::Point, Part::Point],
            's' | 'q' => &[Part::Point, Part::Point],
            'a' => &[Part::Length, Part::Length, Part::Angle, Part::Flag, Part::Flag, Part::Point],
            'z' => {
                pen = start;
                continue;
            }
            _ => return None,
        };
        let mut first = true;
        while first || reader.has_number() {
            let from = pen;
            for part in shape {
                pen = part.step(&mut reader, &mut out, from, pen, command.is_ascii_lowercase())?;
            }
            if first && command.eq_ignore_ascii_case(&'m') {
                start = pen;
            }
            first = false;
        }
    }
    reader.rest.trim_ascii().is_empty().then_some(out)
}

/// Where the path is: as it was drawn, and on the coarser grid.
#[derive(Clone, Copy, Default)]
struct Pen {
    exact: (f64, f64),
    shown: (f64, f64),
}

enum Part {
    Point,
    Across,
    Down,
    Length,
    Angle,
    Flag,
}

impl Part {
    /// Reads one argument of a command that began at `from` and writes it rounded; gives the pen's new place.
    fn step(&self, reader: &mut Reader, out: &mut String, from: Pen, mut pen: Pen, relative: bool) -> Option<Pen> {
        let mut axis = |value: f64, exact: f64, shown: f64| {
            let value = if relative { exact + value } else { value };
            let near = (value / COARSE).round();
            write(out, near - if relative { shown } else { 0.0 });
            (value, near)
        };
        match self {
            Part::Point => {
                let (x, y) = (reader.number()?, reader.number()?);
                let (x, shown_x) = axis(x, from.exact.0, from.shown.0);
                let (y, shown_y) = axis(y, from.exact.1, from.shown.1);
                pen = Pen { exact: (x, y), shown: (shown_x, shown_y) };
            }
            Part::Across => (pen.exact.0, pen.shown.0) = axis(reader.number()?, from.exact.0, from.shown.0),
            Part::Down => (pen.exact.1, pen.shown.1) = axis(reader.number()?, from.exact.1, from.shown.1),
            Part::Length => write(out, (reader.number()? / COARSE).round()),
            Part::Angle => write(out, reader.number()?.round()),
            Part::Flag => write(out, reader.flag()?),
        }
        Some(pen)
    }
}

/// Numbers need a space between them only where the sign of the next does not part them.
fn write(out: &mut String, number: f64) {
    let text = (number as i64).to_string();
    if out.ends_with(|c: char| c.is_ascii_digit()) && !text.starts_with('-') {
        out.push(' ');
    }
    out.push_str(&text);
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn skip(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', ',', '\n', '\r', '\t']);
    }

    fn command(&mut self) -> Option<char> {
        self.skip();
        let command = self.rest.chars().next().filter(char::is_ascii_alphabetic)?;
        self.rest = &self.rest[1..];
        Some(command)
    }

    fn has_number(&mut self) -> bool {
        self.skip();
        self.rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'))
    }

    fn number(&mut self) -> Option<f64> {
        self.skip();
        let mut dot = false;
        let mut length = usize::from(self.rest.starts_with(['-', '+']));
        for c in self.rest[length..].chars() {
            match c {
                '.' if !dot => dot = true,
                '0'..='9' => {}
                _ => break,
            }
            length += 1;
        }
        let number = self.rest[..length].parse().ok()?;
        self.rest = &self.rest[length..];
        Some(number)
    }

    /// Flags need nothing between them and what follows.
    fn flag(&mut self) -> Option<f64> {
        self.skip();
        let flag = match self.rest.chars().next()? {
            '0' => 0.0,
            '1' => 1.0,
            _ => return None,
        };
        self.rest = &self.rest[1..];
        Some(flag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        for (path, expected) in [
            ("M5.6 10.4L-14-1.6z", Some("M1 3L-4 0z")),
            // Each step alone would be rounded away.
            ("M0 0l1.6 0 1.6 0 1.6 0", Some("M0 0l0 0 1 0 0 0")),
            ("m42 42h2v2H0", Some("m11 11h0v0H0")),
            ("M0 0c4.4 4.4 8.8 8.8 13.2 13.2s4 4 8 8", Some("M0 0c1 1 2 2 3 3s1 1 2 2")),
            ("M0 0a20.8 20.8 9 0120 20a4,4,0,1,0,10.4,0", Some("M0 0a5 5 9 0 1 5 5a1 1 0 1 0 3 0")),
            ("M5.6 5.6l4 4zl5.6 0", Some("M1 1l1 1zl2 0")),
            ("M448 96c0-35.3-28.7-64-64-64", Some("M112 24c0-9-7-16-16-16")),
            ("", Some("")),
            ("M1", None),
            ("M1 2x", None),
            ("1 2", None),
            ("M1 2e5 3", None),
            ("Ma b", None),
            ("ü", None),
        ] {
            assert_eq!(coarse(path).as_deref(), expected, "{path}");
        }
    }
}
