"""Tiny sources and built pages in, a verdict out: what `words.py` must find lost, and what it must not.

Run with `python3 -m unittest discover -s tests/tools`.
"""

import contextlib
import io
import json
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import words
from words_blocks import blocks
from words_built import Built
from words_front import front_matter
from words_source import page_words
from words_text import split


def page(article, source="page.md", head="", above=""):
    """A built page as the theme writes it."""
    return (
        f'<!doctype html><html><head><title>T</title>{head}<meta name="proofpress:source" content="{source}"></head>'
        f'<body><nav>menu words</nav>{above}<article class="content">{article}</article><footer>end</footer></body></html>'
    )


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.source, self.site = Path(folder.name) / "book", Path(folder.name) / "site"
        self.source.mkdir()
        self.site.mkdir()

    def write(self, name, text, root=None):
        file = (root or self.source) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        return file

    def lost(self, markdown, html, **more):
        """The lost words of one page, sorted; `self.result` keeps the rest."""
        self.write("page.md", markdown)
        self.write("page.html", html if html.startswith("<!") else page(html, **more), self.site)
        self.result = words.run(self.source, self.site)
        return sorted(word for entry in self.result["lost_pages"] for place in entry["places"] for word in place["words"])

    def run_main(self, *arguments):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            code = words.main([str(self.source), str(self.site), *arguments])
        return code, out.getvalue()


class Lost(Case):
    """A word that does not arrive is reported, whatever it stood in."""

    def check(self, markdown, html, lost, cause=None, **more):
        with self.subTest(markdown=markdown):
            self.assertEqual(self.lost(markdown, html, **more), sorted(lost))
            if cause:
                self.assertEqual(list(self.result["causes"]), [cause])

    def test_one_word_of_each_kind(self):
        for markdown, html, lost, cause in [
            ("one two three", "<p>one three</p>", ["two"], "paragraph"),
            ("# Big Title", "<p></p>", ["big", "title"], "heading"),
            ("* first item\n* second item", "<ul><li>first item</li></ul>", ["item", "second"], "list"),
            ("> said so", "<blockquote></blockquote>", ["said", "so"], "quote"),
            ("use `cargo build` now", "<p>use now</p>", ["build", "cargo"], "inline code"),
            ("```yaml\nkey: value\n```", "<pre><code>key:</code></pre>", ["value"], "code block"),
            ("text\n\n    indented code", "<p>text</p>", ["code", "indented"], "indented code"),
            ("| a | b |\n|---|---|\n| c | d |", "<table><td>a</td><td>b</td><td>c</td></table>", ["d"], "table"),
            ("| a |\n|---|\n| b | c |", "<table><td>a</td><td>b</td></table>", ["c"], "table cell beyond the header"),
            ("<div>\n<p>raw <b>bold</b></p>\n</div>", "<div>raw</div>", ["bold"], "HTML block"),
            ("put <your name> here", "<p>put here</p>", ["name", "your"], "placeholder"),
            ('{% tabs %}\n{% tab title="Mac OS" %}\nbody\n{% endtab %}\n{% endtabs %}', "<p>body</p>", ["mac", "os"], "tab title in {% tabs %}"),
            ("{% hint %}\ninside\n{% endhint %}", "<p></p>", ["inside"], "paragraph in {% hint %}"),
            ('{% code title="a.py" %}\n```\nx\n```\n{% endcode %}', "<pre>x</pre>", ["a", "py"], "code title"),
            ('{% embed url="https://x.example" %}\nCaption\n{% endembed %}', "<a></a>", ["caption"], "paragraph"),
            ('{% @mermaid/diagram content="graph TD\nA-->B" %}', "<p>graph td a</p>", ["b"], "diagram"),
            ("{% customer name %}", "<p></p>", ["customer", "name"], "unknown tag"),
            ("<details>\n<summary>Open me</summary>\n\nbody\n</details>", "<details>body</details>", ["me", "open"], "HTML block"),
            ("a[^1]\n\n[^1]: the note", "<p>a</p>", ["note", "the"], "footnote"),
            ("![a red cat](cat.png)", '<img src="cat.png" alt="a cat">', ["red"], "image text"),
            ('<pre class="language-js" data-title="x.js"><code>let &#x61;b</code></pre>', "<pre>let ab</pre>", ["js", "x"], "code title"),
            ("一二三", "<p>一三</p>", ["二"], "paragraph"),
            ("a :rocket: b", "<p>a b</p>", ["rocket"], "shortcode"),
            ("so $$x^2$$ it is", "<p>so it is</p>", ["2", "x"], "formula"),
            ("text {% hint", "<p>text</p>", ["hint"], "paragraph"),
            ("[undefined][label]", "<p>undefined</p>", ["label"], "paragraph"),
        ]:
            self.check(markdown, html, lost, cause)

    def test_copies_are_counted(self):
        self.check("go go go", "<p>go</p>", ["go", "go"])

    def test_the_lost_copy_is_the_one_without_its_neighbours(self):
        self.lost("alpha the beta\n\ngamma the delta", "<p>gamma the delta</p>")
        self.assertEqual([place["line"] for place in self.result["lost_pages"][0]["places"]], [1])

    def test_a_loss_hidden_by_a_copy_is_doubtful(self):
        self.check("first copy it then go", "<p>first it then go</p><button>Copy</button>", [])
        self.assertEqual(self.result["doubtful"], ["page.md:1: copy"])
        self.check("first copy it then go", "<p>first copy it then go</p><button>Copy</button>", [])
        self.assertEqual(self.result["doubtful"], [])

    def test_words_outside_the_article_do_not_count(self):
        self.check("menu words end", "<p></p>", ["end", "menu", "words"])

    def test_title_and_description_are_compared_apart(self):
        front = "---\ntitle: Long name\ndescription: >-\n  what it\n  is\n---\n# Short\n\nlong name what it is"
        self.check(front, "<h1>Short</h1><p>long name what it is</p>", ["is", "it", "long", "name", "what"])
        head = '<meta name="description" content="what it is">'
        self.check(front, page("<p>long name what it is</p>", head=head, above="<h1>Short</h1>").replace("<title>T", "<title>Long name"), [])

    def test_an_include_is_part_of_the_page(self):
        self.write(".gitbook/includes/x.md", "---\ntitle: Block\n---\nshared text {% include \"y.md\" %}")
        self.write(".gitbook/includes/y.md", "deeper")
        markdown = 'own\n\n{% include ".gitbook/includes/x.md" %}'
        self.check(markdown, "<p>own shared text deeper</p>", [])
        self.check(markdown, "<p>own text</p>", ["deeper", "shared"])
        self.assertEqual(self.result["lost_pages"][0]["places"][0]["path"], ".gitbook/includes/x.md")

    def test_a_listed_page_that_was_not_built(self):
        self.write("SUMMARY.md", "# Table\n\n* [Page](page.md)\n* [Other](<other page.md>)\n* [None](none.md)\n")
        self.write("other page.md", "x")
        self.lost("a", "<p>a</p>")
        self.assertEqual(self.result["errors"], ["other page.md: listed in SUMMARY.md, but no page was built"])
        self.assertEqual(self.run_main()[0], 1)

    def test_exit_codes_and_json(self):
        self.lost("a " * 999 + "b", "<p>" + "a " * 999 + "</p>")
        self.assertEqual(self.run_main()[0], 0)
        self.assertEqual(self.run_main("--min", "99.95")[0], 1)
        self.assertEqual(json.loads(self.run_main("--json")[1])["lost"], 1)


class Kept(Case):
    """Syntax is no word, and what GitBook replaces by design is explained, not lost."""

    def check(self, markdown, html, explained=(), invented=()):
        with self.subTest(markdown=markdown):
            self.assertEqual(self.lost(markdown, html), [])
            self.assertEqual(sorted(self.result["explained"]), sorted(explained))
            self.assertEqual(sorted(self.result["invented"].elements()), sorted(invented))

    def test_syntax(self):
        for markdown, html in [
            ("**a**b _c_ d\\_e", "<p><strong>a</strong>b <em>c</em> d_e</p>"),
            ('[text](some/path.md "tip") and <https://a.example/x>', "<p>text and https://a.example/x</p>"),
            ("[text][ref] and [ref]\n\n[ref]: https://a.example 'name'", "<p>text and ref</p>"),
            ("[a [b] c](<x y.md>) [![alt](i.png)](t.md)", '<p>a [b] c <img alt="alt"></p>'),
            ("```yaml kind=tool\na: 1\n```\n~~~\nb\n~~~", "<pre>a: 1</pre><pre>b</pre>"),
            ("1. one\n2. two\n   * [x] three", "<ol><li>one<li>two<li>three</ol>"),
            ("<!-- hidden\n\nwords -->\n\nshown", "<p>shown</p>"),
            ("## Head ##\n\nSet\n===\n\nx\n\n***", "<h2>Head</h2><h1>Set</h1>x<hr>"),
            ('## Head <a href="#id" id="id"></a>', "<h2>Head</h2>"),
            ("caf&eacute; &#x5C0F; a&#x20;", "<p>café 小 a</p>"),
            ("`<b>x</b>` and ``a ` b``", "<code>&lt;b&gt;x&lt;/b&gt;</code> and a ` b"),
            ('<img src="a (1).png" alt=""> <kbd class="key">Tab</kbd>', "<kbd>Tab</kbd>"),
            ("use <T> or <path> or <input>", "<p>use &lt;T&gt; or &lt;path&gt; or &lt;input&gt;</p>"),
            ('<label for="x">a</label> <section>b</section>', "<p>a b</p>"),
            ("| `a \\| b` | c |\n| :-- | --: |\n| d | e |", "<td>a | b<td>c<td>d<td>e"),
            ("* a\n\n  ```sh\n  ls -l\n  ```\n* b", "<li>a<pre>ls -l</pre><li>b"),
            ("<table><thead><tr><th width=\"200\">A</th></tr></thead>\n\n<tbody>\n      <tr><td>b</td></tr>\n</tbody></table>", "<td>A<td>b"),
            ("<pre><code><strong>fn </strong>main\n\n&#x3C;x></code></pre>", "<pre>fn main &lt;x&gt;</pre>"),
            ("{% hint style=\"info\" icon=\"rocket\" %} a {% endhint %}", "<p>a</p>"),
            ("\\{% hint %\\}", "<p>{% hint %}</p>"),
            ("```\n{% hint %}\n```", "<pre>{% hint %}</pre>"),
            ("{% if visitor.claims.x === \"y\" %}\na\n{% endif %}", "<p>a</p>"),
            ("zero\u200bwidth soft\u00adly", "<p>zerowidth softly</p>"),
            ("word[^1]\n\n[^1]: note", "<p>word</p><p>note</p>"),
            ("{% foo %}", '<span class="stray-tag">{% foo %}</span>'),
        ]:
            self.check(markdown, html)

    def test_replaced_by_design(self):
        hidden = (
            '<table data-view="cards"><thead><tr><th>Head</th><th data-hidden data-card-target data-type="content-ref"></th></tr></thead>'
            '<tbody><tr><td>Card</td><td><a href="x.md">x.md</a></td></tr></tbody></table>'
        )
        for markdown, html, explained, invented in [
            ('{% content-ref url="x.md" %}\n[x.md](x.md)\n{% endcontent-ref %}\n\nafter', "<a>Title</a> after", ["content-ref text"], ["title"]),
            ('see [x-y.md](x-y.md "mention")', "<p>see <a>Title</a></p>", ["mention text"], ["title"]),
            ('<i class="fa-bolt">:bolt:</i> a', "<svg></svg> a", ["icon name"], []),
            ('<code class="expression">space.vars.x</code>', "<p>v1</p>", ["expression"], ["v1"]),
            ("a :rocket:", "<p>a 🚀</p>", ["shortcode"], []),
            ("$$\\frac{a}{b}$$", "<math><mi>a</mi><mi>b</mi></math>", ["formula"], []),
            (hidden, "<p>Card</p>", ["hidden column", "hidden header"], []),
            ("<script>alert(1)</script>\n\na", "<p>a</p>", ["<script>"], []),
        ]:
            self.check(markdown, html, explained, invented)

    def test_a_highlighter_may_cut_words_in_code(self):
        self.check("```css\n12px f\"x\"\n```", '<pre><span class="line"><span>12</span><span>px</span> f"x"</span></pre>')

    def test_invented_words_are_information(self):
        self.check("a", "<p>a</p><button>Copy</button>", invented=["copy"])
        self.assertEqual(self.run_main()[0], 0)

    def test_pages_without_a_source_are_skipped(self):
        self.write("404.html", "<article class=content>x</article>", self.site)
        self.check("a", "<p>a</p>")
        self.assertEqual((self.result["pages"], self.result["skipped"]), (1, 1))


class Tags(Case):
    def test_tags_a_reader_sees(self):
        self.write("a.html", page('<p>x {% hint %}</p><code>{% a %}</code><pre>{% b %}</pre><i class="stray-tag">{% c %}</i><img alt="{% d">'), self.site)
        code, out = self.run_main("--tags")
        self.assertEqual(code, 1)
        self.assertEqual([line.split(": ")[1] for line in out.splitlines()[:-1]], ["text", "img alt"])
        self.write("a.html", page("<p>x</p>"), self.site)
        self.assertEqual(self.run_main("--tags")[0], 0)


class Parts(unittest.TestCase):
    def test_split(self):
        self.assertEqual(split("Über_uns2 a-b カナ 한글 x🚀y"), ["über", "uns2", "a", "b", "カ", "ナ", "한", "글", "x", "y"])

    def test_front_matter(self):
        for text, expected in [
            ("---\ntitle: A b # c\n---\nx", {"title": "A b"}),
            ('---\ndescription: "a\\u0062\\_c"\n---', {"description": "ab\u00a0c"}),
            ("---\ndescription: 'it''s'\nother: 1\n---", {"description": "it's"}),
            ("---\ndescription:\n  folded\n  plain\nicon: x\n---", {"description": "folded\n  plain"}),
            ("no front matter", {}),
            ("---\nopen", {}),
        ]:
            with self.subTest(text=text):
                self.assertEqual({key: value for key, (value, _) in front_matter(text)[0].items()}, expected)

    def test_line_numbers(self):
        leaves, labels, notes = blocks("a\n\n```\nb\n```\n- c\n\n  d\n\n[x]: y\n[^n]: e\n", 10)
        self.assertEqual([(leaf.kind, leaf.line) for leaf in leaves], [("paragraph", 10), ("fence", 12), ("paragraph", 15), ("paragraph", 17), ("paragraph", 20)])
        self.assertEqual((labels, notes), ({"x"}, {"n"}))

    def test_hostile_input_ends(self):
        with tempfile.TemporaryDirectory() as folder:
            for text in ["<a " + "b" * 20000, ">" * 5000 + "x", "[" * 5000, "`" * 3000 + "a`" * 3000, "- " * 2000, "{%" * 5000, "<table>" * 500, "$$" * 4001, "|" * 5000 + "\n" + "-|" * 5000]:
                (Path(folder) / "p.md").write_text(text)
                found, _ = page_words(folder, "p.md")
                self.assertLess(len(found), 30000)

    def test_unbalanced_html_of_an_author(self):
        built = Built(page("<p>a<li>b</span><td>c</p>d"))
        self.assertEqual(sorted(built.words("body")), ["a", "b", "c", "d"])


if __name__ == "__main__":
    unittest.main()
