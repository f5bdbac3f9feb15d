//! Values of `style`, `width`, `align` and `lang` attributes in; classes, pixels and attributes of the site out.

use crate::page::Tag;

/// The colours that GitBook offers. Others are not in its palette, and would need an inline style.
const PALETTE: [&str; 16] = [
    "default", "red", "orange", "yellow", "green", "blue", "purple", "pink", "violet", "cyan", "primary", "info",
    "success", "warning", "danger", "tint",
];

/// The name of a colour of the palette; any other colour is the default one.
pub fn colour(value: &str) -> &'static str {
    let value = value.trim().trim_start_matches('$');
    PALETTE.iter().find(|name| name.eq_ignore_ascii_case(value)).copied().unwrap_or("default")
}

/// The value of one property of a `style` attribute.
pub fn property<'a>(style: &'a str, name: &str) -> Option<&'a str> {
    style.split(';').find_map(|declaration| {
        let (key, value) = declaration.split_once(':')?;
        let value = value.trim().trim_end_matches("!important").trim_end();
        (key.trim().eq_ignore_ascii_case(name) && !value.is_empty()).then_some(value)
    })
}

/// The classes for the text colour and the background of an element; empty for none.
pub fn colours(tag: &Tag) -> String {
    let style = tag.attr("style").unwrap_or_default();
    let text = property(style, "color").or(tag.attr("color").filter(|_| &*tag.name == "font"));
    let back = property(style, "background-color").or(property(style, "background"));
    let classes = [text.map(|value| format!("c-{}", colour(value))), back.map(|value| format!("bg-{}", colour(value)))];
    classes.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A width or height in pixels: `300`, `300px`. Percentages and other units have no effect.
pub fn pixels(value: &str) -> Option<u32> {
    let value = value.trim();
    let number = value.strip_suffix("px").unwrap_or(value).trim().parse::<f64>().ok()?;
    (number.is_finite() && (1.0..100_000.0).contains(&number)).then_some(number.round() as u32)
}

/// A length of an element in pixels, as an attribute or in its style.
pub fn length(tag: &Tag, name: &str) -> Option<u32> {
    let style = || property(tag.attr("style")?, name).and_then(pixels);
    tag.attr(name).and_then(pixels).or_else(style)
}

/// How the text of an element is aligned: the attribute, or the style.
fn alignment(tag: &Tag) -> Option<&str> {
    tag.attr("align").or_else(|| property(tag.attr("style")?, "text-align")).map(str::trim)
}

/// The class for the alignment of a block's text.
pub fn text_align(tag: &Tag) -> Option<&'static str> {
    match &*alignment(tag)?.to_ascii_lowercase() {
        "left" | "start" => Some("start"),
        "center" | "middle" => Some("center"),
        "right" | "end" => Some("end"),
        _ => None,
    }
}

/// The side on which a block stands, or the text of a table cell.
pub fn side(tag: &Tag) -> Option<&'static str> {
    Some(match text_align(tag)? {
        "start" => "left",
        "end" => "right",
        other => other,
    })
}

/// The language and the direction that an element has for itself: screen readers change the voice, browsers the font.
pub fn language(tag: &Tag) -> impl Iterator<Item = (&str, &str)> {
    let is_lang = |value: &&str| {
        value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && value.starts_with(|c: char| c.is_ascii_alphabetic())
    };
    let lang = tag.attr("lang").map(str::trim).filter(is_lang).map(|value| ("lang", value));
    let dir = tag.attr("dir").filter(|value| matches!(*value, "ltr" | "rtl" | "auto")).map(|value| ("dir", value));
    lang.into_iter().chain(dir)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Attr;

    fn tag(name: &str, attrs: &[(&str, &str)]) -> Tag {
        let attr = |(name, value): &(&str, &str)| Attr {
            name: (*name).into(),
            value: (*value).into(),
            start: 0,
            end: 0,
            link: None,
        };
        Tag { name: name.into(), attrs: attrs.iter().map(attr).collect(), ..Tag::default() }
    }

    #[test]
    fn colours_are_classes() {
        for (name, attr, value, expected) in [
            ("mark", "style", "color:red;", "c-red"),
            ("mark", "style", "background-color:$primary;color: BLUE", "c-blue bg-primary"),
            ("span", "style", "color: #ff0000 !important", "c-default"),
            ("span", "style", "font-size:3px;x", ""),
            ("font", "color", "green", "c-green"),
            ("span", "color", "green", ""),
        ] {
            assert_eq!(colours(&tag(name, &[(attr, value)])), expected, "{value}");
        }
    }

    #[test]
    fn lengths_are_pixels() {
        for (value, expected) in [
            ("300", Some(300)),
            ("12.6px", Some(13)),
            (" 5 px ", Some(5)),
            ("50%", None),
            ("", None),
            ("-3", None),
            ("NaN", None),
            ("1e99", None),
        ] {
            assert_eq!(pixels(value), expected, "{value}");
        }
        assert_eq!(length(&tag("img", &[("style", "width:800px")]), "width"), Some(800));
        assert_eq!(length(&tag("img", &[("width", "50%"), ("style", "width: 9px")]), "width"), Some(9));
    }

    #[test]
    fn languages_are_names() {
        for (lang, dir, expected) in [
            ("ja", "rtl", &[("lang", "ja"), ("dir", "rtl")][..]),
            (" zh-Hans ", "up", &[("lang", "zh-Hans")]),
            ("a b", "auto", &[("dir", "auto")]),
            ("", "", &[]),
            ("-", "RTL", &[]),
        ] {
            let tag = tag("span", &[("lang", lang), ("dir", dir)]);
            assert_eq!(language(&tag).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn alignment_has_two_vocabularies() {
        for (value, text, block) in [("left", "start", "left"), ("Center", "center", "center"), ("end", "end", "right")]
        {
            let tag = tag("p", &[("align", value)]);
            assert_eq!((text_align(&tag), side(&tag)), (Some(text), Some(block)));
        }
        assert_eq!(text_align(&tag("p", &[("style", "text-align: right")])), Some("end"));
        assert_eq!(text_align(&tag("p", &[("align", "justify")])), None);
    }
}
