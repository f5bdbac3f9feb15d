//! Addresses on other sites are addresses.

use super::{Check, Rule, Sink};
use crate::config::nearest::nearest;
use crate::diagnostic::Severity;
use crate::page::{Link, Page, Role};
use crate::site::{Site, Target};

pub const RULE: Rule = Rule {
    name: "malformed-address",
    severity: Severity::Error,
    off: false,
    about: "An address that no browser can open: a misspelt scheme, one given twice, no host, or a host that cannot be.",
    wrong: "[site](hhttps://example.com)",
    right: "[site](https://example.com)",
    check: Check::Link(check),
};

fn check(site: &Site, page: &Page, link: &Link, target: &Target, out: &mut Sink) {
    let Target::External(address) = target else { return };
    let Some((fault, near)) = fault(address) else { return };
    let span = page.link_span(link);
    // Of a bare address in the text nobody but the writer knows where it ends.
    let before = &site.sources.text(page.file)[..span.start as usize];
    if link.role == Role::Text && before.ends_with(char::is_whitespace) && !before.trim_end().ends_with("]:") {
        return;
    }
    let whole = super::as_written(site, page, link).is_some();
    let found = out.report(span, format!("`{}` {fault}", link.dest));
    found.help = Some("correct the address".to_string());
    if let Some(near) = near {
        found.help = Some(format!("did you mean `{near}`?"));
        found.fix = whole.then(|| crate::diagnostic::Fix { safe: false, edits: vec![(span, near)] });
    }
}

const SCHEMES: &[&str] = &[
    "http",
    "https",
    "mailto",
    "tel",
    "sms",
    "ftp",
    "ftps",
    "sftp",
    "ssh",
    "git",
    "file",
    "data",
    "ws",
    "wss",
    "irc",
    "ldap",
    "slack",
    "news",
    "blob",
    "about",
    "http+unix",
    "smb",
    "hxxp",
    "hxxps",
];

/// What is wrong with an address, and what was perhaps meant.
fn fault(address: &str) -> Option<(&'static str, Option<String>)> {
    if address.chars().any(char::is_control) {
        return Some(("has a control character in it", None));
    }
    if address.starts_with("//") {
        return None;
    }
    let (scheme, rest) = address.split_once(':')?;
    let lower = scheme.to_ascii_lowercase();
    if !SCHEMES.contains(&&*lower) {
        let near = nearest(&lower, ["https", "http", "mailto"])?;
        return Some(("has no scheme that exists", Some(format!("{near}:{rest}"))));
    }
    match &*lower {
        "mailto" => {
            let to = rest.split('?').next().unwrap_or_default();
            let is_name = to.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
            let is_nobody = to.is_empty() && !rest.contains('?');
            (is_nobody || (!to.is_empty() && is_name)).then_some(("is no mail address", None))
        }
        "http" | "https" => web(scheme, rest).map(|(fault, near)| (fault, near.filter(|near| *near != address))),
        _ => None,
    }
}

/// What follows `http:` or `https:`.
fn web(scheme: &str, rest: &str) -> Option<(&'static str, Option<String>)> {
    let Some(rest) = rest.strip_prefix("//") else {
        let rest = rest.trim_start_matches(['/', '\\']);
        return Some(("has no `//` before the host", (!rest.is_empty()).then(|| format!("{scheme}://{rest}"))));
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // `<host>`, `{region}`, `$NAME`, `@HOST@` and the like are to be filled in by the reader.
    if host.contains(['<', '>', '{', '}', '$', '[', '%', '*']) {
        return None;
    }
    if host.matches('@').count() > 1 {
        return None;
    }
    let name = host.rsplit('@').next().unwrap_or(host);
    let (name, port) = name.split_once(':').unwrap_or((name, ""));
    if matches!(name, "http" | "https") && (rest[name.len()..].starts_with(['/', ':'])) {
        let again = rest[name.len()..].trim_start_matches([':', '/']);
        return Some(("has two schemes", (!again.is_empty()).then(|| format!("{name}://{again}"))));
    }
    if name.is_empty() {
        let rest = rest.trim_start_matches('/');
        return Some(("has no host", (!rest.is_empty()).then(|| format!("{scheme}://{rest}"))));
    }
    let odd =
        |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '"' | '\'' | '(' | ')' | '|' | '^' | '`' | '!' | '\\');
    if name.contains(odd) || name.contains("..") || name.starts_with('.') {
        return Some(("has a host that cannot be", None));
    }
    let parts: Vec<&str> = name.split('.').collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if parts.len() == 4 && parts.iter().all(is_number) && parts.iter().any(|part| part.parse::<u8>().is_err()) {
        return Some(("has a host that cannot be", None));
    }
    let is_port =
        port.is_empty() || port.parse::<u16>().is_ok() || port.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    (!is_port).then_some(("has a port that cannot be", None))
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn addresses() {
        for (address, expected) in [
            ("hhttps://a.b/c", Some("https://a.b/c")),
            ("htps://a.b", Some("https://a.b")),
            ("https:/a.b", Some("https://a.b")),
            ("https:///a.b", Some("https://a.b")),
            ("https://https://a.b", Some("https://a.b")),
            ("http://https//a.b", Some("https://a.b")),
            ("https://", Some("")),
            ("https://a,b.com", Some("")),
            ("https://a..com", Some("")),
            ("https://a.com:80a/", Some("")),
            ("https://a.com:99999/", Some("")),
            ("https://256.1.1.1/", Some("")),
            ("https://user@/", Some("")),
            ("mailto:", Some("")),
            ("mailto:somebody", Some("")),
            ("https://127.0.0.1:65535/", None),
            ("mailto:a@b.c", None),
            ("mailto:?subject=x", None),
            ("https://a.b:443/c?d=https://e#f", None),
            ("https://user:secret@a.b/", None),
            ("https://<your-host>/x", None),
            ("https://{region}.a.b:{port}", None),
            ("https://a.b:PORT/", None),
            ("https://@HOST@:443", None),
            ("http://intranet/", None),
            ("https://例え.jp", None),
            ("tel:+49", None),
            ("vscode:extension/x", None),
            ("msteams:/x", None),
            ("//a.b", None),
        ] {
            assert_eq!(fault(address).map(|(_, near)| near.unwrap_or_default()).as_deref(), expected, "{address}");
        }
    }
}
