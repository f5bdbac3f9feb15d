//! The links of a site in; the strictest Content-Security-Policy under which its pages work out.
//!
//! Scripts, styles and pictures are the site's own. What authors fetch from elsewhere by name, images and recordings, is
//! let in host by host. What scripts and styles of the book's own need, only their author knows.

use crate::blocks::embed;
use crate::page::Role;
use crate::site::{Site, Target};
use std::collections::BTreeSet;

/// The value of the header.
pub fn policy(site: &Site) -> String {
    let (mut images, mut media) = (BTreeSet::new(), BTreeSet::new());
    let texts = site.texts.iter().zip(&site.targets).zip(site.shown_texts()).filter(|(_, shown)| *shown);
    let links = texts.flat_map(|((text, targets), _)| text.iter().flat_map(|page| &page.links).zip(targets));
    for (link, target) in links {
        let Target::External(url) = target else { continue };
        let Some(origin) = origin(url) else { continue };
        if link.role == Role::Image {
            images.insert(origin);
        } else if link.role == Role::Tag && embed::player(url).is_some() {
            media.insert(origin);
        }
    }
    let list = |hosts: BTreeSet<String>| hosts.into_iter().fold(String::new(), |list, host| list + " " + &host);
    let media = if media.is_empty() { String::new() } else { format!("; media-src 'self'{}", list(media)) };
    format!("default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:{}{media}", list(images))
}

/// `https://host:port` of an address, when no letter in it could end the directive that it stands in.
fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://").or(url.strip_prefix("//").map(|rest| ("https", rest)))?;
    let scheme = scheme.to_ascii_lowercase();
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.to_ascii_lowercase();
    let is_host = !host.is_empty()
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']'));
    (matches!(&*scheme, "http" | "https") && is_host).then(|| format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn origins() {
        for (url, expected) in [
            ("https://Example.org/a.png", Some("https://example.org")),
            ("HTTP://user:word@h:81?x", Some("http://h:81")),
            ("//cdn.example/x", Some("https://cdn.example")),
            ("https://a;script-src *", None),
            ("https://", None),
            ("mailto:a@b", None),
            ("ftp://a/b.png", None),
        ] {
            assert_eq!(super::origin(url).as_deref(), expected, "{url}");
        }
    }
}
