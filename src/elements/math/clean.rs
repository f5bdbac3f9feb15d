//! MathML as the formula parser writes it in; MathML of known elements and attributes out.

use crate::html::Html;
use crate::parse::html::{Piece, pieces};

const ELEMENTS: [&str; 31] = [
    "math",
    "mi",
    "mo",
    "mn",
    "mtext",
    "mspace",
    "mrow",
    "mfrac",
    "msqrt",
    "mroot",
    "mstyle",
    "mpadded",
    "mphantom",
    "msub",
    "msup",
    "msubsup",
    "munder",
    "mover",
    "munderover",
    "mmultiscripts",
    "mprescripts",
    "none",
    "mtable",
    "mtr",
    "mtd",
    "menclose",
    "merror",
    "semantics",
    "annotation",
    "ms",
    "maction",
];

const ATTRIBUTES: [&str; 22] = [
    "display",
    "displaystyle",
    "scriptlevel",
    "mathvariant",
    "stretchy",
    "symmetric",
    "fence",
    "form",
    "lspace",
    "rspace",
    "minsize",
    "maxsize",
    "movablelimits",
    "largeop",
    "accent",
    "accentunder",
    "linethickness",
    "width",
    "height",
    "depth",
    "voffset",
    "class",
];

/// The written formula as elements that are known and closed, and without styles, which the pages' policy forbids:
/// colours become MathML's own attributes. `None` when something else stands in it.
pub fn clean(mathml: &str) -> Option<String> {
    let mut html = Html::default();
    let mut open: Vec<&str> = Vec::new();
    for piece in pieces(mathml) {
        match piece {
            Piece::Start { name, attrs, range } => {
                let name = ELEMENTS.iter().find(|known| **known == name)?;
                let mut kept: Vec<(&str, &str)> = Vec::new();
                for (key, value, _) in &attrs {
                    if key == "style" {
                        kept.extend(value.split(';').filter_map(declaration));
                    } else if ATTRIBUTES.contains(&&**key) {
                        kept.push((key, value));
                    }
                }
                html.open(name, &kept);
                open.push(name);
                if mathml[range].ends_with("/>") {
                    html.close();
                    open.pop();
                }
            }
            Piece::End { name, .. } => {
                if open.pop()? != name {
                    return None;
                }
                html.close();
            }
            Piece::Text { text, .. } => html.text(&text),
        }
    }
    open.is_empty().then(|| html.finish())
}

fn declaration(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.split_once(':')?;
    match key.trim() {
        "color" => Some(("mathcolor", value.trim())),
        "background-color" => Some(("mathbackground", value.trim())),
        _ => None,
    }
}
