//! Patterns of texts: a text in, whether it has the form out. ASCII only, the whole text.

/// A form that a text must have.
pub struct Format {
    /// `version`, `name`, `URL`
    pub name: &'static str,
    /// What it looks like, for messages and tables: "three numbers with dots between them, as in `0.1.0`".
    pub about: &'static str,
    /// The same as a regular expression of JSON Schema; empty where there is none.
    pub pattern: &'static str,
    pub fits: fn(&str) -> bool,
}

/// `^\d{1,4}(\.\d{1,4}){2}(-\w{1,16})?$`
pub static VERSION: Format = Format {
    name: "version",
    about: "three numbers of up to four digits with dots between them, as in `0.1.0`, and perhaps a suffix such as `-beta`",
    pattern: r"^[0-9]{1,4}(\.[0-9]{1,4}){2}(-[0-9A-Za-z_]{1,16})?$",
    fits: |text| {
        let (numbers, suffix) = text.split_once('-').map_or((text, None), |(numbers, suffix)| (numbers, Some(suffix)));
        let mut count = 0;
        numbers.split('.').all(|number| {
            count += 1;
            (1..=4).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
        }) && count == 3
            && suffix.is_none_or(|suffix| (1..=16).contains(&suffix.len()) && suffix.bytes().all(is_word))
    },
};

/// `^[a-zA-Z0-9_-]+$`
pub static NAME: Format = Format {
    name: "name",
    about: "letters, digits, `_` and `-`",
    pattern: "^[a-zA-Z0-9_-]+$",
    fits: |text| !text.is_empty() && text.bytes().all(|byte| is_word(byte) || byte == b'-'),
};

/// An absolute address (`plugin-spec` 5, URL rule).
pub static URL: Format = Format {
    name: "URL",
    about: "an address with its scheme, as in `https://github.com/you/your-plugin`",
    // A file with a path; else a host, text right after the colon, or a fragment.
    pattern: r"^([fF][iI][lL][eE]:(//[^/?#]*)?/[^?#].*|[a-zA-Z][a-zA-Z0-9+.-]*:([^/?].*|//[^\s{}|\\^`/?#]+([/?#].*)?|/.*#.+))$",
    fits: super::url::is_url,
};

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
