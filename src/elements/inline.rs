//! Elements within text: marks, links, buttons, icons, expressions.

use super::{is_silent, math, name_at, style, words_in};
use crate::page::{Kind, NodeId, Tag};
use crate::render::Body;
use crate::site::Target;
use std::borrow::Cow;

/// Renders an element that is no block.
pub fn element<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    match &*tag.name {
        "br" => out.html.void("br", &[]),
        "i" => italic(out, node, tag),
        "mark" => coloured(out, node, tag, "mark"),
        "span" if tag.attr("data-tag") == Some("emoji") => emoji(out, node, tag),
        "span" => match math::written(out.page, out.file, node) {
            Some(tex) => math::render(out, &tex, false),
            None => coloured(out, node, tag, "span"),
        },
        "font" | "big" => coloured(out, node, tag, "span"),
        "code" | "tt" => code(out, node, tag),
        "input" => input(out, tag),
        "select" => options(out, node),
        "script" | "style" if tag.closed => {}
        "col" | "colgroup" | "source" | "script" | "style" => out.children(node),
        "abbr" => with(out, node, tag, "abbr", "title"),
        "dfn" if out.html.inside("dfn") => out.children(node),
        "dfn" => with(out, node, tag, "dfn", "title"),
        "bdo" if matches!(tag.attr("dir"), Some("ltr" | "rtl")) => with(out, node, tag, "bdo", "dir"),
        "ruby" if !is_ruby(out, node) => out.children(node),
        "rt" | "rp" if out.html.parent() != Some("ruby") => out.children(node),
        name => match plain(name) {
            Some(name) => mark(out, name, &[], node),
            None => out.children(node),
        },
    }
}

/// Whether readings follow all the words of a `<ruby>`, as HTML wants it.
fn is_ruby(out: &Body<'_>, node: NodeId) -> bool {
    let page = out.page;
    let last = page.children(node).filter(|child| !out.is_blank(*child)).last();
    last.is_some_and(|last| matches!(name_at(page, last), "rt" | "rp"))
        && page.children(node).any(|child| name_at(page, child) == "rt")
}

/// Marks that are written as they are; obsolete ones by today's name.
fn plain(name: &str) -> Option<&'static str> {
    const PLAIN: [&str; 19] = [
        "b", "bdi", "cite", "del", "em", "ins", "kbd", "q", "rp", "rt", "ruby", "s", "samp", "small", "strong", "sub",
        "sup", "u", "var",
    ];
    match name {
        "strike" => Some("del"),
        _ => PLAIN.iter().find(|known| **known == name).copied(),
    }
}

/// A mark around text. Around blocks it could not stand, and only what it holds is shown.
fn mark(out: &mut Body<'_>, name: &'static str, attrs: &[(&str, &str)], node: NodeId) {
    let transparent = matches!(name, "ins" | "del");
    if !transparent && !out.html.phrasing() && out.holds_block(node) {
        return out.children(node);
    }
    out.wrap(name, attrs, node);
}

/// A mark with the one attribute that says something to a reader.
fn with<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag, name: &'static str, attr: &'static str) {
    match tag.attr(attr).filter(|value| !value.is_empty()) {
        Some(value) => mark(out, name, &[(attr, value)], node),
        None => mark(out, name, &[], node),
    }
}

fn coloured(out: &mut Body<'_>, node: NodeId, tag: &Tag, name: &'static str) {
    let classes = style::colours(tag);
    let blocks = !out.html.phrasing() && out.holds_block(node);
    let mut attrs: Vec<_> = style::language(tag).collect();
    attrs.extend((!classes.is_empty()).then_some(("class", &*classes)));
    match name {
        "span" if attrs.is_empty() => out.children(node),
        _ => out.wrap(if blocks { "div" } else { name }, &attrs, node),
    }
}

/// `<i class="fa-bolt">:bolt:</i>` is an icon; any other `<i>` is italic.
fn italic(out: &mut Body<'_>, node: NodeId, tag: &Tag) {
    // As it stands in the file: some names of icons are names of emoji as well.
    let inside = &out.file[tag.end as usize..];
    let text = inside.split('<').next().unwrap_or_default();
    match icon_of(tag.attr("class").unwrap_or_default(), text.trim()) {
        Some(name) => {
            let colour = style::property(tag.attr("style").unwrap_or_default(), "color").map(style::colour);
            out.icon(&name, colour);
            if !tag.closed {
                out.children(node);
            }
        }
        None => mark(out, "i", &[], node),
    }
}

/// The icon that a class or, without one, the text names.
fn icon_of(class: &str, text: &str) -> Option<String> {
    let text = || {
        let name = text.strip_prefix(':')?.strip_suffix(':')?;
        let is_name =
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        is_name.then_some(name)
    };
    icon_class(class).or_else(text).map(str::to_string)
}

/// The class of an `<i>` that names its icon.
pub fn icon_class(classes: &str) -> Option<&str> {
    const STYLES: [&str; 9] =
        ["fa-solid", "fa-regular", "fa-light", "fa-thin", "fa-duotone", "fa-sharp", "fa-brands", "fa-classic", "fa-fw"];
    classes.split_whitespace().find(|word| word.starts_with("fa-") && !STYLES.contains(word))
}

/// An emoji in a place where Markdown has none: as its character, or only by its number.
fn emoji(out: &mut Body<'_>, node: NodeId, tag: &Tag) {
    if out.page.children(node).any(|child| !out.is_blank(child)) {
        return out.children(node);
    }
    let code = tag.attr("data-code").unwrap_or_default();
    let shown: String = code.split('-').filter_map(|hex| char::from_u32(u32::from_str_radix(hex, 16).ok()?)).collect();
    out.html.text(&shown);
}

/// `<code>`, also with an expression to evaluate. One without a value is shown as written.
fn code(out: &mut Body<'_>, node: NodeId, tag: &Tag) {
    if has_class(tag, "expression") {
        let text = words_in(out, node).replace('\\', "");
        return match crate::expr::evaluate(out.site, out.host, text.trim()) {
            Some(value) => out.html.text(&value),
            None => out.html.element("code", &[("class", "expression unresolved")], text.trim()),
        };
    }
    mark(out, "code", &[], node);
}

/// `<a>`: a link, a button, a mention, an annotation, or only a place to link to.
pub fn link<'a>(out: &mut Body<'a>, node: NodeId, tag: &'a Tag) {
    let id = place(out, tag);
    let empty = out.page.children(node).all(|child| is_silent(out, child));
    if out.html.interactive() {
        return out.children(node);
    }
    if let Some(name) = note(tag) {
        out.open_note(name);
        out.children(node);
        return out.html.close();
    }
    let link = tag.find("href").and_then(|attr| attr.link);
    let href = link.and_then(|link| out.href(link));
    if has_class(tag, "button") {
        return link_button(out, node, tag, href.as_deref());
    }
    let href = href.filter(|_| !empty);
    let mut attrs: Vec<(&str, &str)> = id.iter().map(|id| ("id", &**id)).collect();
    let Some(href) = &href else {
        return match &id {
            Some(_) if empty || out.html.phrasing() || !out.holds_block(node) => out.wrap("span", &attrs, node),
            Some(_) => out.wrap("div", &attrs, node),
            None => out.children(node),
        };
    };
    let external = matches!(link.and_then(|link| out.target(link)), Some(Target::External(_)));
    let title = tag
        .find("data-mention")
        .filter(|_| tag.closed && !external)
        .and_then(|_| out.card(link?))
        .map(|card| card.title);
    let class = if title.is_some() { "mention" } else { "external" };
    attrs.extend((external || title.is_some()).then_some(("class", class)));
    attrs.push(("href", href));
    match title {
        Some(title) => out.html.element("a", &attrs, &title),
        None => out.wrap("a", &attrs, node),
    }
}

/// The id of an element that is a place to link to, where it is not the id of the heading that it stands in.
fn place<'a>(out: &mut Body<'a>, tag: &'a Tag) -> Option<Cow<'a, str>> {
    out.claim(tag.attr("id").filter(|id| !id.is_empty()).or(tag.attr("name"))?)
}

/// The name of the annotation that a link opens.
fn note(tag: &Tag) -> Option<&str> {
    tag.find("data-footnote-ref")?;
    tag.attr("href")?.strip_prefix("#user-content-fn-")
}

fn link_button(out: &mut Body<'_>, node: NodeId, tag: &Tag, href: Option<&str>) {
    let class = button_class(tag);
    match href {
        Some(href) => out.html.open("a", &[("class", &class), ("href", href)]),
        None => out.html.open("span", &[("class", &class), ("aria-disabled", "true")]),
    }
    label(out, node, tag);
}

/// `<button>`: one that asks, searches or selects does so with the site's script; any other is only a label.
pub fn button(out: &mut Body<'_>, node: NodeId, tag: &Tag) {
    if out.html.interactive() {
        return out.children(node);
    }
    let class = button_class(tag);
    match tag.attr("data-action").filter(|action| matches!(*action, "ask" | "search" | "select")) {
        Some(action) => {
            let mut attrs = vec![("type", "button"), ("class", &*class), ("data-action", action)];
            attrs.extend(tag.attr("data-query").filter(|query| !query.is_empty()).map(|query| ("data-query", query)));
            out.html.open("button", &attrs);
        }
        None => out.html.open("span", &[("class", &class), ("aria-disabled", "true")]),
    }
    label(out, node, tag);
}

/// The icon and the words of a button, and its end.
fn label(out: &mut Body<'_>, node: NodeId, tag: &Tag) {
    if let Some(icon) = tag.attr("data-icon").filter(|icon| !icon.is_empty()) {
        out.icon(icon, None);
    }
    out.children(node);
    out.html.close();
}

fn button_class(tag: &Tag) -> String {
    let kind = if has_class(tag, "secondary") || tag.attr("data-variant") == Some("secondary") {
        "secondary"
    } else {
        "primary"
    };
    let size = if tag.attr("data-size") == Some("small") { " small" } else { "" };
    format!("button {kind}{size}")
}

fn has_class(tag: &Tag, class: &str) -> bool {
    tag.attr("class").is_some_and(|classes| classes.split_whitespace().any(|word| word == class))
}

/// A task's box; other inputs are shown by what they hold.
fn input(out: &mut Body<'_>, tag: &Tag) {
    match tag.attr("type").unwrap_or_default() {
        "checkbox" | "radio" if !out.html.interactive() => checkbox(out, tag.find("checked").is_some(), "Task"),
        "hidden" => {}
        _ => out.html.text(tag.attr("value").or(tag.attr("placeholder")).unwrap_or_default()),
    }
}

/// A box that only shows its state.
pub fn checkbox(out: &mut Body<'_>, checked: bool, label: &str) {
    let mut attrs = vec![("type", "checkbox"), ("disabled", "")];
    attrs.extend((!label.is_empty()).then_some(("aria-label", label)));
    attrs.extend(checked.then_some(("checked", "")));
    out.html.void("input", &attrs);
}

/// The texts of a list to choose from.
fn options(out: &mut Body<'_>, node: NodeId) {
    let page = out.page;
    let mut first = true;
    for child in page.children(node).filter(|child| !out.is_blank(*child)).collect::<Vec<_>>() {
        if !std::mem::take(&mut first) {
            out.html.raw(", ");
        }
        match page.node(child).kind {
            Kind::Element(tag) if name_at(page, child) == "option" => {
                let label = page.tags[tag as usize].attr("label").filter(|label| !label.is_empty());
                match label {
                    Some(label) => out.html.text(label),
                    None => out.children(child),
                }
            }
            _ => out.node(child),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn icons_are_named_by_class_or_text() {
        for (class, text, expected) in [
            ("fa-bolt", ":bolt:", Some("fa-bolt")),
            ("fa-solid fa-id-card fa-lg", "", Some("fa-id-card")),
            ("", ":id-card:", Some("id-card")),
            ("", "italic", None),
            ("", ":not this:", None),
            ("", "::", None),
            ("note", "", None),
        ] {
            assert_eq!(super::icon_of(class, text).as_deref(), expected, "{class} {text}");
        }
    }
}
