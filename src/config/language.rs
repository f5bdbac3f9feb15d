//! The folders of spaces in; the languages they are named after out.

/// The language that a folder's name says (`en`, `zh_CN`, `pt-BR`), as it is written in HTML.
pub fn of(name: &str) -> Option<String> {
    let (language, region) = match name.split_once(['-', '_']) {
        Some((language, region)) => (language, Some(region)),
        None => (name, None),
    };
    let language = language.to_ascii_lowercase();
    // Countries are often written where their language is meant.
    let language = match &*language {
        "jp" => "ja",
        "cn" => "zh",
        "kr" => "ko",
        language => CODES.split(' ').find(|code| *code == language)?,
    };
    match region {
        None => Some(language.to_string()),
        Some(region) if region.len() == 2 && region.bytes().all(|b| b.is_ascii_alphabetic()) => {
            Some(format!("{language}-{}", region.to_ascii_uppercase()))
        }
        Some(script) if script.len() == 4 && script.bytes().all(|b| b.is_ascii_alphabetic()) => {
            Some(format!("{language}-{}{}", script[..1].to_ascii_uppercase(), script[1..].to_ascii_lowercase()))
        }
        Some(_) => None,
    }
}

/// ISO 639-1, those in which documentation is written.
const CODES: &str = "af am ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gl gu he hi hr hu hy id is it \
                     ja ka kk km kn ko ky lo lt lv mk ml mn mr ms my nb ne nl nn no pa pl pt ro ru si sk sl sq sr sv sw \
                     ta te th tl tr uk ur uz vi zh";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_folders() {
        for (name, expected) in [
            ("en", Some("en")),
            ("zh_CN", Some("zh-CN")),
            ("zh-hans", Some("zh-Hans")),
            ("jp", Some("ja")),
            ("PT-br", Some("pt-BR")),
            ("v2", None),
            ("en-v2", None),
            ("english", None),
            ("", None),
            ("de-äö", None),
        ] {
            assert_eq!(of(name).as_deref(), expected, "{name}");
        }
    }
}
