//! Books made of pieces that authors write, in any order; random bytes in, texts out.

use arbtest::arbitrary::{Result, Unstructured};
use proofpress::source::{Asset, Source, Sources};
use std::collections::BTreeMap;

/// Pieces of Markdown, GitBook's tags and HTML, whole and broken.
pub const FRAGMENTS: &[&str] = &[
    "\n",
    "\n\n",
    " ",
    "    ",
    "\t",
    "\r\n",
    "\\",
    "&#x20;",
    "&amp;",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "\0",
    "…",
    "'",
    "\"",
    "word ",
    "two words",
    "日本語。",
    "中文 **粗体**字",
    "한국어",
    "🚀",
    ":rocket:",
    "{{ x }}",
    "# Title\n",
    "## Head\n",
    "### Head\n",
    "#### `code` & *more*\n",
    "###### 見出し\n",
    "## <a href=\"#x\" id=\"x\"></a>\n",
    "##\n",
    "Setext\n---\n",
    "***\n",
    "> ",
    ">> ",
    "> [!NOTE]\n> ",
    "* ",
    "  * ",
    "- [ ] ",
    "1. ",
    "7) ",
    "   ",
    "\n\n    indented\n",
    "```\n",
    "```yaml\na: 1\n```\n",
    "~~~\n",
    "`",
    "``",
    "`code`",
    "<pre><code>\n",
    "</code></pre>\n",
    "$$",
    "$$x^2$$",
    "\\frac{a}{",
    "*",
    "**",
    "_",
    "~~",
    "[",
    "](",
    ")",
    "[a](b.md)",
    "[x](README.md#head)",
    "[y](#x)",
    "[m](b.md \"mention\")",
    "![i](a.png)",
    "[^1]",
    "\n[^1]: note\n",
    "[r]: b.md\n",
    "https://example.com",
    "<https://example.com>",
    "[e](broken-reference)",
    "[](\n",
    "| a | b |\n|---|:-:|\n| c | d\\|e |\n",
    "| ",
    "|\n",
    "<table>",
    "<thead><tr><th data-hidden>A</th></tr></thead>",
    "<tr><td>",
    "</td></tr>",
    "</table>\n",
    "<table data-view=\"cards\"><thead><tr><th></th><th data-hidden data-card-target></th></tr></thead><tbody><tr><td>x</td><td><a href=\"b.md\">b</a></td></tr></tbody></table>\n",
    "<details>\n",
    "<summary>S</summary>\n",
    "<summary>",
    "</summary>",
    "\n</details>\n",
    "<div align=\"center\">",
    "</div>\n",
    "<p>",
    "</p>",
    "<figure><img src=\"a.png\" alt=\"\"><figcaption>c</figcaption></figure>\n",
    "<figure>",
    "</figure>",
    "<picture>",
    "<img src=a.png",
    "<img src=\"a.png\">",
    "<a href=\"b.md\" class=\"button primary\">",
    "<a id=\"x\">",
    "</a>",
    "<button>",
    "</button>",
    "<b>",
    "</b>",
    "<i class=\"fa-bolt\">:bolt:</i>",
    "<mark style=\"color:red;\">",
    "</mark>",
    "<kbd>",
    "</kbd>",
    "<ul><li>",
    "</li></ul>",
    "<h2>",
    "</h2>",
    "<br>",
    "<NAME>",
    "</x>",
    "<script>",
    "</script>",
    "<!-- ",
    " -->",
    "<![CDATA[",
    "<?php",
    "<span id=\"main\">",
    "</span>",
    "<iframe src=\"https://example.com\"></iframe>",
    "<code class=\"expression\">space.vars.v</code>",
    "{% hint style=\"info\" %}\n",
    "{% hint style='danger' icon=\"x\" %}",
    "{% endhint %}\n",
    "{% tabs %}\n",
    "{% tab title=\"A\" %}\n",
    "{% tab title=\"A \\\"q\\\" & <b>\" %}",
    "{% endtab %}\n",
    "{% endtabs %}\n",
    "{% stepper %}\n",
    "{% step %}\n",
    "{% endstep %}\n",
    "{% endstepper %}\n",
    "{% columns %}\n",
    "{% column width=\"50%\" %}\n",
    "{% endcolumn %}\n",
    "{% endcolumns %}\n",
    "{% code title=\"t\" lineNumbers=\"true\" %}\n",
    "{% endcode %}\n",
    "{% content-ref url=\"b.md\" %}\n",
    "{% endcontent-ref %}\n",
    "{% embed url=\"https://example.com\" %}\n",
    "{% endembed %}\n",
    "{% file src=\"a.png\" %}\n",
    "{% include \"inc.md\" %}\n",
    "{% include \"b.md\" %}\n",
    "{% if visitor.claims.x === \"a\" %}\n",
    "{% if space.vars.v %}\n",
    "{% endif %}\n",
    "{% updates %}\n",
    "{% update date=\"2026-01-02\" tags=\"a\" %}\n",
    "{% endupdate %}\n",
    "{% endupdates %}\n",
    "{% prompt description=\"d\" %}\n",
    "{% endprompt %}\n",
    "{% openapi src=\"api.yaml\" path=\"/a\" method=\"get\" %}\n",
    "{% endopenapi %}\n",
    "{% openapi-schemas spec=\"s\" schemas=\"A\" %}\n[s](api.yaml)\n{% endopenapi-schemas %}\n",
    "{% swagger method=\"get\" path=\"/x\" summary=\"S\" %}\n",
    "{% swagger-parameter in=\"path\" name=\"id\" %}\n",
    "{% endswagger-parameter %}\n",
    "{% endswagger %}\n",
    "{% api-method method=\"get\" host=\"h\" path=\"/p\" %}\n",
    "{% api-method-response-example httpCode=200 %}\n",
    "{% endapi-method %}\n",
    "{% @mermaid/diagram content=\"graph\nTD\" %}\n",
    "{% page-ref page=\"b.md\" %}\n",
    "{% unknown %}",
    "{% endunknown %}",
    "{% hint style=\"",
    "{%",
    "%}",
    "\\{% hint %\\}",
    "{% schema kind=\"tool\" %}\n",
];

const FRONT: &[&str] = &[
    "---\ntitle: T\n---\n",
    "---\ndescription: >-\n  a\n  b\nicon: bolt\n---\n",
    "---\nhidden: true\n---\n",
    "---\ncover: a.png\nlayout:\n  width: wide\n---\n",
    "---\na: [\n---\n",
    "---\nif: visitor.claims.a\nvars:\n  a: b\n---\n",
    "---\n",
    "\u{feff}---\ntags: [a, {tag: b}]\n---\n",
];

const SUMMARY: &[&str] = &[
    "# Summary\n",
    "* [Start](README.md)\n",
    "* [B](b.md)\n",
    "  * [C](sub/c.md)\n",
    "    * [D](sub/README.md \"Short\")\n",
    "\n## Group\n\n",
    "## 組 <a href=\"#g\" id=\"g\"></a>\n",
    "\n***\n\n",
    "* [X](https://example.com)\n",
    "* [B again](b.md#head)\n",
    "* Label\n",
    "* [Gone](gone.md)\n",
    "* []()\n",
    "text\n",
    "{% endif %}\n",
    "* [S](SUMMARY.md)\n",
    "* ```yaml\n  type: builtin:openapi\n  ```\n  * [E](sub/e.md)\n",
];

const SETTINGS: &[&str] = &[
    "[book]\ntitle = \"T\"\n",
    "[build]\nrouting = \"file\"\n",
    "[output.html]\nsite-url = \"https://example.com/d/\"\n",
    "[claims]\nx = \"a\"\n",
    "[check]\ndead-link = \"off\"\n",
    "[openapi]\ns = \"api.yaml\"\n",
    "[[spaces]]\ndir = \"sub\"\npath = \"s\"\n",
    "[book]\ntitle = 3\n",
    "x = [\n",
    "[theme]\naccent = \"#fff\"\n",
];

const API: &str = "openapi: 3.0.0\npaths:\n  /a:\n    get:\n      summary: S\n      parameters:\n        - {name: q, in: query, schema: {$ref: '#/components/schemas/A'}}\n      responses: {'200': {description: ok}}\ncomponents:\n  schemas:\n    A: {type: object, properties: {a: {$ref: '#/components/schemas/A'}}}\n";

/// A text of any pieces.
pub fn text(u: &mut Unstructured) -> Result<String> {
    let mut text = if u.ratio(1, 4)? { u.choose(FRONT)?.to_string() } else { String::new() };
    while !u.is_empty() && text.len() < 2000 {
        text.push_str(u.choose(FRAGMENTS)?);
    }
    Ok(if u.ratio(1, 10)? { text.replace('\n', "\r\n") } else { text })
}

/// A few pages with a table of contents, settings, includes and an API description.
pub fn book(u: &mut Unstructured) -> Result<Sources> {
    let mut texts = vec![source("api.yaml", API), source(".gitbook/vars.yaml", "v: 1\n")];
    if u.ratio(3, 4)? {
        texts.push(source("SUMMARY.md", &some(u, SUMMARY)?));
    }
    if u.ratio(1, 2)? {
        texts.push(source("book.toml", &some(u, SETTINGS)?));
    }
    if u.ratio(1, 4)? {
        texts.push(source(".gitbook.yaml", "redirects:\n  old: b.md\n  b: sub/\n  x/y: gone.md\n"));
    }
    for path in ["README.md", "b.md", "inc.md", "sub/README.md", "sub/c.md", "日本 (1).md"] {
        if u.ratio(4, 5)? {
            texts.push(source(path, &page(u)?));
        }
    }
    Ok(Sources::new(texts, assets()))
}

/// The book with one text changed, added or taken away.
pub fn edit(u: &mut Unstructured, book: &Sources) -> Result<Sources> {
    let mut texts: Vec<Source> = book.files().map(|(_, source)| source.clone()).collect();
    let at = u.choose_index(texts.len())?;
    match u.int_in_range(0..=2)? {
        0 => texts[at].text = page(u)?.into(),
        1 => drop(texts.remove(at)),
        _ => texts.push(source("a new page.md", &page(u)?)),
    }
    Ok(Sources::new(texts, assets()))
}

pub fn source(path: &str, text: &str) -> Source {
    Source { path: path.to_string(), text: text.into(), invalid: None }
}

/// A short text, so that a book uses what a generator has to give for all its pages.
fn page(u: &mut Unstructured) -> Result<String> {
    let mut text = if u.ratio(1, 4)? { u.choose(FRONT)?.to_string() } else { String::new() };
    for _ in 0..u.int_in_range(0..=40)? {
        text.push_str(u.choose(FRAGMENTS)?);
    }
    Ok(text)
}

fn some(u: &mut Unstructured, pieces: &[&str]) -> Result<String> {
    let count = u.int_in_range(0..=10)?;
    (0..count).map(|_| Ok(*u.choose(pieces)?)).collect()
}

pub fn assets() -> BTreeMap<String, Asset> {
    BTreeMap::from([("a.png".to_string(), Asset { bytes: 10, dimensions: Some((3, 4)) })])
}
