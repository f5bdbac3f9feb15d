//! What is read, what is refused, and where.

use super::*;

const STRICT: Options = Options { comments: false, marks: false };
const COMMENTS: Options = Options { comments: true, marks: false };
const MARKS: Options = Options { comments: false, marks: true };

fn check(text: &str, options: Options, json: &str, problems: &[(&str, &str)]) {
    let document = parse(text, options);
    let found: Vec<_> =
        document.problems.iter().map(|problem| (&text[problem.range.clone()], &*problem.message)).collect();
    assert_eq!(found, problems, "{text}");
    assert_eq!(document.root().map_or(String::new(), |root| root.to_json().to_string()), json, "{text}");
}

#[test]
fn json_is_read_as_others_read_it() {
    for text in [
        r#"{"a":[1,-0.5e3,true,false,null,"x"],"b":{}}"#,
        r#"[]"#,
        r#""\"\\\/\b\f\n\r\té😀""#,
        " {\n\t\"a\" : 10 }\r\n",
        "0",
        r#"{"<<":{"a":1},"~":"null","0x10":"yes"}"#,
        r#""2026-01-01""#,
    ] {
        let expected: serde_json::Value = serde_json::from_str(text).unwrap();
        check(text, STRICT, &expected.to_string(), &[]);
    }
    check("\u{feff}1", STRICT, "1", &[]);
    check(r#""\ud83d\ude00""#, STRICT, "\"😀\"", &[]);
}

#[test]
fn faults_have_a_place_and_a_reason() {
    for (text, json, range, message) in [
        ("", "", "", "there is no value"),
        ("{\"a\":1,}", "{\"a\":1}", ",", "`,` before `}`"),
        ("[1,,2]", "[1]", ",", "`,` without an entry before it"),
        ("[1 2]", "[1]", "2", "missing `,`"),
        ("{\"a\" 1}", "{}", "1", "missing `:`"),
        ("{a: 1}", "{}", "a", "key without quotes"),
        ("{'a': 1}", "{}", "'a'", "key without quotes"),
        ("['a']", "[]", "'a'", "`'a'` is no value of JSON"),
        ("{\"a\": True}", "{}", "True", "`True` is no value of JSON"),
        ("[01]", "[]", "01", "`01` is no value of JSON"),
        ("[.5]", "[]", ".5", "`.5` is no value of JSON"),
        ("[1", "[1]", "[", "missing `]`"),
        ("{\"a\": [1", "{\"a\":[1]}", "[", "missing `]`"),
        ("{\"a\":", "{}", "{", "missing `}`"),
        ("[1}", "[1]", "}", "`}` where `]` must stand"),
        ("\"a\nb\"", "", "\"a", "text without its second quote"),
        ("\"\\x\"", "", "\\x", "`\\x` is no escape of JSON"),
        ("\"\\ud800x\"", "", "\\ud800", "half of a character"),
        ("\"\\u12\"", "", "\\u", "escape without its four digits"),
        ("1 2", "1", "2", "text after the end of the value"),
        ("1 // x", "1", "// x", "JSON has no comments like this"),
        ("/* x", "", "/* x", "comment without its end"),
        ("...", "", "...", "`...` is no value of JSON"),
        ("[ü]", "[]", "ü", "`ü` is no value of JSON"),
    ] {
        check(text, STRICT, json, &[(range, message)]);
    }
    check("// x\n[1, /* y */ 2, ]", COMMENTS, "[1,2]", &[]);
}

#[test]
fn marks_stand_for_what_is_left_out() {
    for (text, json, elided) in [
        ("{\"a\": 1, ...}", "{\"a\":1}", 1),
        ("{\"a\": 1\n  …\n}", "{\"a\":1}", 1),
        ("{..., \"a\": ...}", "{\"a\":\"...\"}", 1),
        ("{\"a\": 1 // ...\n}", "{\"a\":1}", 1),
        ("{\"a\": 1, /* … more */ \"b\": [1, ...]}", "{\"a\":1,\"b\":[1,\"...\"]}", 2),
        ("[... 1]", "[\"...\",1]", 1),
        ("{...}", "{}", 1),
    ] {
        check(text, MARKS, json, &[]);
        assert_eq!(parse(text, MARKS).elided.len(), elided, "{text}");
    }
    check("[1 // x\n]", MARKS, "[1]", &[("// x", "JSON has no comments like this")]);
}

#[test]
fn hostile_texts_end() {
    for text in ["[".repeat(1_000_000), "{\"a\":".repeat(500_000), "[[".repeat(99), "/* ".repeat(300_000)] {
        assert_eq!(parse(&text, MARKS).problems.len(), 1);
    }
    let flat = format!("[{}1]", "1,".repeat(500_000));
    assert_eq!(parse(&flat, STRICT).problems, []);
    arbtest::arbtest(|u| {
        let parts = ["{", "}", "[", "]", ",", ":", "\"a\"", "1", "...", "…", "//\n", "/*", "*/", "'", "\\u", "é", "\""];
        let mut text = String::new();
        for _ in 0..u.arbitrary_len::<u8>()? {
            text.push_str(u.choose(&parts)?);
        }
        for options in [STRICT, COMMENTS, MARKS] {
            let document = parse(&text, options);
            for problem in &document.problems {
                assert!(text.get(problem.range.clone()).is_some(), "{text:?}");
            }
            let valid = serde_json::from_str::<serde_json::Value>(&text);
            if !options.comments && !options.marks {
                assert_eq!(document.problems.is_empty(), valid.is_ok(), "{text:?}");
            }
        }
        Ok(())
    });
}
