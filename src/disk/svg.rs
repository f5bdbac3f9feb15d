//! The beginning of an SVG file in, its width and height in pixels out.

/// What the outermost element says of its size. One that only has a `viewBox`, or a size in per cent, is as wide as the
/// place where it is shown: it has none of its own.
pub fn dimensions(text: &str) -> Option<(u32, u32)> {
    let mut rest = attributes(text)?;
    let (mut width, mut height) = (None, None);
    while !rest.trim_start().starts_with(['>', '/']) {
        let (name, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, after) = after[1..].split_once(quote)?;
        match name.trim() {
            "width" => width = pixels(value),
            "height" => height = pixels(value),
            _ => {}
        }
        rest = after;
    }
    width.zip(height)
}

/// The text after the name of the outermost element, past declarations and comments.
fn attributes(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = &rest[rest.find('<')?..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->")?.1;
        } else if rest.starts_with("<?") || rest.starts_with("<!") {
            rest = &rest[1..];
        } else {
            return rest.strip_prefix("<svg").filter(|after| after.starts_with(|c: char| c.is_whitespace()));
        }
    }
}

fn pixels(value: &str) -> Option<u32> {
    let value = value.trim();
    let number: f64 = value.strip_suffix("px").unwrap_or(value).parse().ok()?;
    // As large as any picture may be; what is not a number fails here too.
    (1.0..=1e6).contains(&number).then(|| number.round() as u32)
}

#[cfg(test)]
mod tests {
    #[test]
    fn sizes() {
        for (text, expected) in [
            ("<svg width=\"480\" height='20.4px' viewBox=\"0 0 1 1\">", Some((480, 20))),
            (
                "<?xml version=\"1.0\"?>\n<!DOCTYPE svg>\n<!-- <svg width=\"1\" height=\"1\"> -->\n<svg\n height = \"2\"\n width=\"3\"/>",
                Some((3, 2)),
            ),
            ("<svg viewBox=\"0 0 9 9\"><rect width=\"1\" height=\"1\"/></svg>", None),
            ("<svg width=\"100%\" height=\"10\">", None),
            ("<svg width=\"2em\" height=\"10\">", None),
            ("<svg width=\"NaN\" height=\"inf\">", None),
            ("<svg width=\"0\" height=\"-4\">", None),
            ("<svg width=\"1\" height=\"1", None),
            ("<svg width=1 height=1>", None),
            ("<svgs width=\"1\" height=\"1\">", None),
            ("<html><svg width=\"1\" height=\"1\">", None),
            ("<!--", None),
            ("", None),
        ] {
            assert_eq!(super::dimensions(text), expected, "{text}");
        }
    }
}
