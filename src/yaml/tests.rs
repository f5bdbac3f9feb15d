//! What is read, what is refused, and where.

use super::{Kind, Node, Style, Value, parse};

/// The tree in one line: `[…]`, `{k: v}`, `*name`, and scalars as the text has them in their place.
fn show(text: &str, node: Node) -> String {
    if let Some(name) = node.alias() {
        assert_eq!(text[node.span()], format!("*{name}"));
        return format!("*{name}");
    }
    match node.kind() {
        Kind::Scalar { .. } => format!("‹{}›", &text[node.span()]),
        Kind::List => format!("[{}]", node.items().map(|item| show(text, item)).collect::<Vec<_>>().join(" ")),
        Kind::Map => {
            let entries = node.entries().map(|(key, value)| format!("{}:{}", show(text, key), show(text, value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(" "))
        }
    }
}

#[test]
fn places_are_bytes_of_the_text() {
    fn check(text: &str, expected: &str) {
        let doc = parse(text);
        assert_eq!(doc.problems, [], "{text:?}");
        assert_eq!(doc.root().map_or(String::new(), |root| show(text, root)), expected, "{text:?}");
    }
    check("", "");
    check("# nothing\n", "");
    check("---\n", "‹›");
    check("a: 1\nb: two words # note\n", "{‹a›:‹1› ‹b›:‹two words›}");
    check("\u{feff}a: 1\r\nb:\r\n  - x\r\n  - y\r\n", "{‹a›:‹1› ‹b›:[‹x› ‹y›]}");
    check("标题: 你好，世界\n键: 'é' \n", "{‹标题›:‹你好，世界› ‹键›:‹'é'›}");
    check("a:\t1\t# note\nb: [\t2,\n\t3]\n", "{‹a›:‹1› ‹b›:[‹2› ‹3›]}");
    check("a: \"x\\ty\"\nb: 'it''s'\n", "{‹a›:‹\"x\\ty\"› ‹b›:‹'it''s'›}");
    check("a: |\n  x\n  y\n\nb: >-\n  z", "{‹a›:‹|\n  x\n  y› ‹b›:‹>-\n  z›}");
    check("a: one\n  two\n\n  three\nb: 1", "{‹a›:‹one\n  two\n\n  three› ‹b›:‹1›}");
    check(
        "a:\n- 1\n-\n- c: 2\n  d:\ne: {f: 3, g, \"h\":4}",
        "{‹a›:[‹1› ‹› {‹c›:‹2› ‹d›:‹›}] ‹e›:{‹f›:‹3› ‹g›:‹› ‹\"h\"›:‹4›}}",
    );
    check("? k\n: v\n[x]: [y: 1]\n", "{‹k›:‹v› [‹x›]:[{‹y›:‹1›}]}");
    check("a: &x !!str 1\nb: *x\n*x : c\nd: &y\n", "{‹a›:‹1› ‹b›:*x *x:‹c› ‹d›:‹›}");
    check("%YAML 1.1\n%TAG !e! tag:e.org,2000:\n---\n!e!t a: 1\n", "{‹a›:‹1›}");
    check("a: 1\n\u{feff}b: 2\n", "{‹a›:‹1› ‹\u{feff}b›:‹2›}");
    check("a: [b:, c]\n", "{‹a›:[‹b:› ‹c›]}");
}

#[test]
fn collections_span_their_content() {
    fn check(text: &str, key: &str, expected: &str) {
        let doc = parse(text);
        let span = doc.root().and_then(|root| root.get(key)).map(Node::span);
        assert_eq!(span.map(|span| &text[span]), Some(expected), "{text:?}");
    }
    check("a:\n  b: 1\n  c: 2 # note\n\n# end\nd: 1\n", "a", "b: 1\n  c: 2");
    check("a:\n- 1\n- [2, 3 ]\n", "a", "- 1\n- [2, 3 ]");
    check("a: { b: 1 }\n", "a", "{ b: 1 }");
    check("a:\n  - b:\n      c:\nd: 1\n", "a", "- b:\n      c:");
    check("a:   # nothing\nb: 1\n", "a", "");
}

#[test]
fn problems_have_words_and_places() {
    fn check(text: &str, place: &str, message: &str, kept: &str) {
        let doc = parse(text);
        let problems: Vec<_> = doc.problems.iter().map(|p| (&text[p.range.clone()], p.message.as_str())).collect();
        assert_eq!(problems, [(place, message)], "{text:?}");
        assert_eq!(doc.root().map_or(String::new(), |root| root.to_json().to_string()), kept, "{text:?}");
    }
    check("%YAML 1.1\n# c", "%YAML 1.1", "expected `---` after the lines with `%`", "");
    check("a:\n\tb: 1\n", "\t", "tab used for indentation", r#"{"a":null}"#);
    check("a: 1\n\t\nb: 2\n", "\t", "tab used for indentation", r#"{"a":1}"#);
    check("a: >\n\ttext\n", "\t", "tab used for indentation", r#"{"a":null}"#);
    check("title: One: two\nb: 1\n", ":", "`:` inside a value", r#"{"title":"One"}"#);
    check("a: 1\n  b: 2\n", "b:", "key inside a value that began on a line above", r#"{"a":"1 b"}"#);
    check("a: 1\nb\nc: 2\n", "b", "key without `:`", r#"{"a":1}"#);
    check("a:\n    b: 1\n  c: 2\n", "c: 2", "key in a column of its own", r#"{"a":{"b":1}}"#);
    check("a: 1\n- b\n", "- b", "list item in a column of its own", r#"{"a":1}"#);
    check("- a\nb: 1\n", "b: 1", "expected a list item", r#"["a"]"#);
    check("a: \"x\" y\n", "y", "text after the end of the value", r#"{"a":"x"}"#);
    check("a: 'it's'\n", "s'", "text after the end of the value", r#"{"a":"it"}"#);
    check("a: 1\nb: \"x\nc: 1\n", "\"x", "missing closing `\"`", r#"{"a":1,"b":null}"#);
    check("a: [1, 2\nb: 3\n", "[", "missing `]`", r#"{"a":[1,"2 b"]}"#);
    check("a: {b: c\n", "{", "missing `}`", r#"{"a":{"b":"c"}}"#);
    check("a: [1, {b: c]\n", "]", "missing `,` or `}`", r#"{"a":[1,{"b":"c"}]}"#);
    check("a: {b: 1}}\n", "}", "`}` closes no bracket", r#"{"a":{"b":1}}"#);
    check("a: [, 1]\n", ",", "expected a value before `,`", r#"{"a":[]}"#);
    check("a: @x\n", "@", "`@` cannot start a value", r#"{"a":null}"#);
    check("a: `x`\n", "`", "backquote at the start of a value", r#"{"a":null}"#);
    check("a: *b\nc: 1\n", "*b", "no anchor `&b` before this alias", r#"{"a":null,"c":1}"#);
    check("a: &b *c\n", "*c", "second anchor, tag or alias for one value", r#"{"a":null}"#);
    check("a: \"C:\\dir\"\nc: 1\n", "\\d", "`\\d` means nothing in double quotes", r#"{"a":"C:dir","c":1}"#);
    check("a: \"\\/\"\n", "\\/", "`\\/` means nothing in double quotes", r#"{"a":"/"}"#);
    check("a: \"\\ud83d\"\n", "\\ud83d", "`\\ud83d` is not a character", r#"{"a":""}"#);
    check("a: | text\n", "text", "text after `|`", r#"{"a":null}"#);
    check("a: - b\n", "-", "list item cannot start here", r#"{"a":null}"#);
    check("a: [>\n", ">", "`>` inside brackets", r#"{"a":[]}"#);
    check("a: !\u{7}x", "\u{7}", "control character U+0007", r#"{"a":null}"#);
    check("%YAML 1.2\n---\na: 1\n", "%YAML 1.2", "`%YAML` with a version other than 1.1", r#"{"a":1}"#);
    check("%note\na: 1\n", "%note", "`%` starts a directive, and this is none", "");
    check("a: !x!y z\n", "!x!y", "unknown tag handle `!x!`", r#"{"a":"z"}"#);
    check("a: {b?: 1}\n", "?", "missing `,` or `}`", r#"{"a":{"b":null}}"#);
    check("a: \"\n--- b\"\n", "---", "document marker inside quotes", r#"{"a":null}"#);
}

#[test]
fn long_keys() {
    let text = |len: usize| format!("a: 1\n{}: 2\n", "k".repeat(len));
    assert_eq!(parse(&text(1_024)).problems, []);
    assert_eq!(parse(&text(1_025)).problems[0].message, "key longer than 1,024 characters");
}

#[test]
fn only_the_first_document_counts() {
    let check = |text: &str, rest: Option<usize>, problems: usize| {
        let doc = parse(text);
        assert_eq!((doc.rest, doc.problems.len()), (rest, problems), "{text:?}");
    };
    check("a: 1\n", None, 0);
    check("a: 1\n---\n: : [\n\t}", Some(5), 0);
    check("a: 1\n...\njunk: [\n\u{7}", Some(5), 0);
    check("{a: 1} b", Some(7), 0);
    // Two tokens more are read than the document has.
    check("a: 1\n--- @\n", None, 1);
}

#[test]
fn scalars_have_text_and_style() {
    fn check(text: &str, expected: &str, expected_style: Style) {
        let doc = parse(text);
        let kind = doc.root().map(Node::kind);
        assert_eq!(kind, Some(Kind::Scalar { text: expected, style: expected_style }), "{text:?}");
    }
    check("a b ", "a b", Style::Plain);
    check("a\n\n  b\n c", "a\nb c", Style::Plain);
    check("'a ''b''\n  c'", "a 'b' c", Style::SingleQuoted);
    check("\"a\\x41\\u00e9\\\n   b\\n\\_\"", "aAéb\n\u{a0}", Style::DoubleQuoted);
    check("|\n a\n  b\n\n", "a\n b\n", Style::Literal);
    check("|+\n a\n\n", "a\n\n", Style::Literal);
    check("|-\r\n a\r\n b", "a\nb", Style::Literal);
    check("|1\n  a\n", " a\n", Style::Literal);
    check(">\n a\n b\n\n c\n  d\n e", "a b\nc\n d\ne", Style::Folded);
    check("|\n a", "a", Style::Literal);
}

#[test]
fn scalars_mean_values() {
    fn check(text: &str, expected: Option<Value>) {
        let doc = parse(text);
        let value = doc.root().and_then(Node::value);
        assert_eq!(format!("{value:?}"), format!("{expected:?}"), "{text:?}");
    }
    for text in ["~", "null", "NULL", "!!null ''"] {
        check(text, Some(Value::Null));
    }
    check("True", Some(Value::Bool(true)));
    check("!!bool 'false'", Some(Value::Bool(false)));
    for (text, int) in [
        ("0", 0),
        ("-12", -12),
        ("+7", 7),
        ("0x1F", 31),
        ("-0X1f", -31),
        ("0o17", 15),
        ("0b101", 5),
        ("017", 15),
        ("1__0", 10),
        ("0x_1", 1),
        ("0_7", 7),
        ("0o-7", -7),
        ("0b+1", 1),
        ("-9223372036854775808", i64::MIN),
        ("!!int '5'", 5),
        ("! 5", 5),
    ] {
        check(text, Some(Value::Int(int)));
    }
    check("18446744073709551615", Some(Value::Uint(u64::MAX)));
    for (text, float) in [
        ("1.5", 1.5),
        ("5.", 5.0),
        (".5", 0.5),
        ("+.5", 0.5),
        ("1e3", 1e3),
        ("08", 8.0),
        ("1_000.5", 1000.5),
        (".1e5", 1e4),
        ("-.inf", f64::NEG_INFINITY),
        (".NaN", f64::NAN),
        ("!!float 1", 1.0),
        ("18446744073709551616", 18446744073709551616.0),
    ] {
        check(text, Some(Value::Float(float)));
    }
    for text in [
        "yes", "off", "1:30", "inf", "1,000", "0xg", "_1", "tRue", "1e400", ".5_0", "0b", "-0o-7", ".", "+", "1e", "<<",
    ] {
        check(text, Some(Value::Text(text)));
    }
    check("'1'", Some(Value::Text("1")));
    check("!foo 5", Some(Value::Text("5")));
    check("!!str true", Some(Value::Text("true")));
    check("2024-7-1", Some(Value::Timestamp("2024-7-1")));
    check("!!binary aGk=", Some(Value::Binary(b"hi".to_vec())));
    for text in [
        "!!int abc",
        "!!bool yes",
        "!!int 1.0",
        "!!null x",
        "!!float true",
        "!!timestamp 1",
        "!!binary a",
        "!!binary ====",
        "[1]",
    ] {
        check(text, None);
    }
}

#[test]
fn bools_have_many_words() {
    let check = |text: &str, expected: Option<bool>| {
        assert_eq!(parse(text).root().and_then(Node::as_bool), expected, "{text}");
    };
    check("true", Some(true));
    check("'on'", Some(true));
    check("N", Some(false));
    check("'true'", None);
    check("1", None);
    check("", None);
}

#[test]
fn keys_are_found_also_through_merges() {
    let doc = parse("base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\nall: {y: 5, <<: [*b, *m], '<<': 6}\n");
    let all = doc.root().and_then(|root| root.get("all")).map(Node::to_json);
    assert_eq!(all.map(|json| json.to_string()), Some(r#"{"y":5,"<<":6,"x":1,"z":4}"#.to_owned()));
    let get = |key| doc.root()?.get("all")?.get(key)?.text();
    assert_eq!([get("x"), get("y"), get("z"), get("<<"), get("w")], [Some("1"), Some("5"), Some("4"), Some("6"), None]);
}

#[test]
fn duplicates_are_listed_when_asked_for() {
    fn check(text: &str, expected: &[&str]) {
        let doc = parse(text);
        assert_eq!(doc.problems, [], "{text:?}");
        let found: Vec<_> = doc.duplicates().iter().map(|twice| &text[twice.again.span()]).collect();
        assert_eq!(found, expected, "{text:?}");
    }
    check("a: 1\nb: 2\n'a': {c: 1, c: 2}\n", &["'a'", "c"]);
    check("1: a\n0x1: b\n", &[]);
    check("{[a]: 1, [b]: 2, {a: 1}: 3, {}: 4}", &["[b]", "{}"]);
    check("{&a x: 1, *a : 2, *a : 3}", &["*a"]);
    check("{<<: {}, <<: {}}", &["<<"]);
    assert_eq!(parse("a: 1\na: 2\n").root().and_then(|root| root.get("a")?.text()), Some("2"));
}

#[test]
fn hostile_texts_cost_little() {
    for text in
        ["[".repeat(20_000), "{a: ".repeat(20_000), "- ".repeat(20_000), "? ".repeat(20_000), "a: &a ".repeat(20_000)]
    {
        let doc = parse(&text);
        assert_eq!(doc.problems.len(), 1, "{}", &text[..10]);
        assert!(doc.root().is_none_or(|root| root.descendants().count() <= 201));
    }
    let long = format!("a: '{}'\n", "x ".repeat(500_000));
    assert_eq!(parse(&long).root().and_then(|root| root.get("a")?.text()).map(str::len), Some(1_000_000));
    let comments = "# c\n\t\n".repeat(50_000);
    assert_eq!(parse(&comments).problems.len(), 1);
}

#[test]
fn aliases_do_not_explode() {
    let mut bomb = "a0: &a0 [x, x]\n".to_owned();
    for level in 1..30 {
        let below = level - 1;
        bomb += &format!("a{level}: &a{level} [*a{below}, *a{below}]\n");
    }
    let doc = parse(&bomb);
    assert_eq!(doc.problems, []);
    let Some(root) = doc.root() else { panic!("no root") };
    let mut walk = root.descendants();
    assert!(walk.by_ref().count() <= doc.nodes.len() + super::MAX_NODES && walk.was_cut());
    assert!(root.to_json().to_string().len() < 1_000_000);

    let cyclic = parse("&a [*a, &b {<<: *b, c: *a}]");
    assert_eq!(cyclic.problems, []);
    assert!(cyclic.root().is_some_and(|root| root.descendants().count() > 100 && root.to_json().is_array()));

    let keys = "[k]: 1, ".repeat(1_000);
    let costly = format!("- &a {{{keys}}}\n{}", "- *a\n".repeat(100_000));
    assert!(parse(&costly).root().is_some_and(|root| root.to_json().is_array()));
}

#[test]
fn any_text_has_a_tree_with_places_in_it() {
    const PIECES: [&str; 44] = [
        "a",
        "b: ",
        ": ",
        ":",
        "- ",
        "-",
        "\n",
        "\n  ",
        " ",
        "\t",
        "[",
        "]",
        "{",
        "}",
        ", ",
        ",",
        "? ",
        "?",
        "&a ",
        "*a",
        "!t ",
        "!!str ",
        "! ",
        "'",
        "\"",
        "|\n  ",
        "> ",
        "|+\n",
        "# c",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "<<: ",
        "é",
        "标",
        "\r\n",
        "\r",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "\\",
        "\\u00e9",
        "\u{7}",
        "@",
    ];
    arbtest::arbtest(|u| {
        let mut text = String::new();
        for _ in 0..u.int_in_range(0..=40)? {
            text.push_str(u.choose(&PIECES)?);
        }
        text.push_str(&u.arbitrary::<String>()?.chars().take(8).collect::<String>());
        let doc = parse(&text);
        for problem in &doc.problems {
            assert!(text.get(problem.range.clone()).is_some_and(|place| !place.is_empty()), "{text:?} {problem:?}");
            assert!(!problem.message.is_empty());
        }
        assert!(doc.rest.is_none_or(|rest| text.is_char_boundary(rest)), "{text:?}");
        for node in doc.root().into_iter().flat_map(Node::descendants) {
            for span in [Some(node.span()), Some(node.definition()), node.tag_span()].into_iter().flatten() {
                assert!(text.get(span.clone()).is_some(), "{text:?} {span:?}");
            }
        }
        doc.duplicates();
        doc.root().map(Node::to_json);
        Ok(())
    });
}
