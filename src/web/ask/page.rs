//! What fragments can name on a page of another site: its bytes in, whether an element is there out.

use crate::site::assets::decoded;
use html5gum::{Token, Tokenizer};
use std::collections::HashSet;

pub struct Page {
    names: HashSet<String>,
    /// Without one, a script makes what a reader sees.
    has_heading: bool,
    is_utf8: bool,
}

impl Page {
    pub fn read(bytes: &[u8]) -> Page {
        let text = String::from_utf8_lossy(bytes);
        let is_utf8 = matches!(text, std::borrow::Cow::Borrowed(_));
        let mut page = Page { names: HashSet::new(), has_heading: false, is_utf8 };
        for token in Tokenizer::new(&*text) {
            let Ok(Token::StartTag(tag)) = token else { continue };
            page.has_heading |= matches!(&tag.name[..], [b'h', b'1'..=b'6']);
            for (name, value) in &tag.attributes {
                if matches!(&name[..], b"id" | b"name") {
                    page.names.insert(String::from_utf8_lossy(value).into_owned());
                }
            }
        }
        page
    }

    pub fn has(&self, fragment: &str) -> bool {
        let names = [fragment, &decoded(fragment), &format!("user-content-{fragment}")];
        names.into_iter().any(|name| self.names.contains(name))
    }

    /// Whether an element that could not be found is not there.
    pub fn would_show(&self, fragment: &str) -> bool {
        // Letters of another encoding than ours are not recognised.
        self.has_heading && (self.is_utf8 || decoded(fragment).is_ascii())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_page() {
        let page = Page::read(
            b"<h1 id=a>x</h1><a name='b'></a><!-- <p id=c> --><p ID=\"d&amp;\"><script>'<p id=e>'</script>\
              <h2 id=user-content-f>y</h2><p id=\"g h\">",
        );
        for (fragment, expected) in
            [("a", true), ("b", true), ("c", false), ("d&", true), ("A", false), ("f", true), ("g%20h", true)]
        {
            assert_eq!(page.has(fragment), expected, "{fragment}");
        }
    }

    #[test]
    fn some_pages_do_not_tell() {
        for (page, fragment, expected) in [
            (&b"<h2>x</h2>"[..], "a", true),
            (b"<h2>x</h2>", "%C3%BC", true),
            (b"<div id=root></div><script src=app.js></script>", "a", false),
            (b"<h2 id=\xfc>x</h2>", "%C3%BC", false),
            (b"<h2 id=\xfc>x</h2>", "a", true),
            (b"", "a", false),
        ] {
            assert_eq!(Page::read(page).would_show(fragment), expected, "{fragment}");
        }
    }
}
