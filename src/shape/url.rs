//! An address in, whether the plugin daemon takes it for an absolute URL out.

/// Follows Go's `net/url` and the validator's rule: a scheme, and at least one of host, fragment or opaque part.
pub fn is_url(text: &str) -> bool {
    let text = text.to_lowercase();
    if text.bytes().any(|byte| byte < 0x20 || byte == 0x7f) {
        return false;
    }
    let (rest, fragment) = text.split_once('#').map_or((&*text, ""), |(rest, fragment)| (rest, fragment));
    let Some((scheme, rest)) = rest.split_once(':') else { return false };
    let starts_well = scheme.starts_with(|first: char| first.is_ascii_lowercase());
    if !starts_well || !scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte)) {
        return false;
    }
    if !escapes(fragment) {
        return false;
    }
    let rest = rest.split_once('?').map_or(rest, |(rest, _)| rest);
    if !rest.starts_with('/') {
        return scheme != "file" && (!rest.is_empty() || !fragment.is_empty());
    }
    let (authority, path) = match rest.strip_prefix("//") {
        Some(after) => after.split_at(after.find('/').unwrap_or(after.len())),
        None => ("", rest),
    };
    if !escapes(path) || !is_authority(authority) {
        return false;
    }
    if scheme == "file" {
        return !path.is_empty() && path != "/";
    }
    !authority.is_empty() || !fragment.is_empty()
}

/// `user:password@host:port`
fn is_authority(text: &str) -> bool {
    let (user, host) = text.rsplit_once('@').map_or(("", text), |(user, host)| (user, host));
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(&byte);
    if !user.bytes().all(allowed) || !escapes(user) {
        return false;
    }
    let port = if host.starts_with('[') {
        let Some(end) = host.rfind(']') else { return false };
        let (inside, port) = (&host[1..end], &host[end + 1..]);
        if !host_escapes(inside) || inside.bytes().any(bad_in_host) {
            return false;
        }
        port
    } else {
        let (name, port) = host.find(':').map_or((host, ""), |at| host.split_at(at));
        if !host_escapes(name) || name.bytes().any(|byte| bad_in_host(byte) || b"[]".contains(&byte)) {
            return false;
        }
        port
    };
    match port.strip_prefix(':') {
        Some(digits) => digits.bytes().all(|byte| byte.is_ascii_digit()),
        None => port.is_empty(),
    }
}

fn bad_in_host(byte: u8) -> bool {
    b" {}|\\^`/".contains(&byte)
}

/// Every `%` is followed by two hexadecimal digits.
fn escapes(text: &str) -> bool {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('%') {
        if !after.as_bytes().get(..2).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit)) {
            return false;
        }
        rest = after;
    }
    true
}

/// In a host only bytes beyond ASCII may be escaped.
fn host_escapes(text: &str) -> bool {
    escapes(text)
        && text.split('%').skip(1).all(|after| {
            let code = after.get(..2).and_then(|two| u8::from_str_radix(two, 16).ok());
            code.is_some_and(|code| code >= 0x80 || code == 0x25)
        })
}

#[cfg(test)]
mod tests {
    use super::is_url;

    #[test]
    fn urls() {
        for good in [
            "x:y",
            "mailto:a@b",
            "javascript:alert(1)",
            "localhost:8080",
            "http://é/",
            "http:#f",
            "https://github.com/a/b",
            "HTTP://A.B:99999/x y?%zz",
            "http://h:/p",
            "http://[::1]:80/",
            "file:///etc",
        ] {
            assert!(is_url(good), "{good}");
        }
        for bad in [
            "http:///p",
            "https://",
            "github.com/a/b",
            "www.a.com",
            "127.0.0.1:80",
            "git@github.com:a/b.git",
            "//h/p",
            "",
            "http://a b/",
            "http://h:x/",
            "http://h/%zz",
            "http://%41/",
            "file:///",
            " http://a",
        ] {
            assert!(!is_url(bad), "{bad}");
        }
    }
}
