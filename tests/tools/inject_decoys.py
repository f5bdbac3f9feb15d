"""Changes that are right: links, headings and blocks at which nothing may be found.

`N` is a name of its own in lower case, `PAGE` a page of the book, `IMAGE` an image of it.
"""

import posixpath
import re

import inject_links
from inject_contents import insert_entry
from inject_forms import IMAGES, LINKS
from inject_settings import redirects

# Headings, and the ids that GitBook gives them.
IDS = [
    ("Part N", "part-N"),
    ("Part N and `code()`", "part-N-and-code"),
    ("**Part N in bold**", "part-N-in-bold"),
    ("Part N with [a link](PAGE)", "part-N-with-a-link"),
    ("🚀 Launch N", "launch-N"),
    (":rocket: Launch N", "launch-N"),
    ("What's new in N?", "whats-new-in-N"),
    ("What’s newer in N", "whats-newer-in-N"),
    ("1. Install N", "id-1.-install-N"),
    ("A/B: N (draft)", "a-b-N-draft"),
    ("C++ API of N", "c++-api-of-N"),
    ("Math & TeX N", "math-and-tex-N"),
    ("Cost of N in $", "cost-of-N-in-usd"),
    ("Überblick N", "ueberblick-N"),
    ("Привет мир N", "privet-mir-N"),
    ("知识库配置 N", "zhi-shi-ku-pei-zhi-N"),
    ("run_when N", "run_when-N"),
    ("Set N...", "set-N..."),
    ("Option N — rulesets", "option-N-rulesets"),
    ("N &#x26; others", "N-and-others"),
    ("Field N < 6.2", "field-N-less-than-6.2"),
    ('Part N <a href="#own-N" id="own-N"></a>', "own-N"),
    ('Part N <a id="old-N"></a>', "old-N"),
    ('Part N <a name="named-N"></a>', "named-N"),
    ('Part <mark style="color:red;">N</mark>', "part-N"),
    ('Bolt <i class="fa-bolt">:bolt:</i> N', "bolt-N"),
]
# Where a heading may stand.
AROUND = [
    "## H\n\nText.", "### H\n\nText.", "#### H\n\nText.",
    '{% hint style="info" %}\n### H\n\nText.\n{% endhint %}',
    "{% stepper %}\n{% step %}\n### H\n\nText.\n{% endstep %}\n{% endstepper %}",
    '{% tabs %}\n{% tab title="Of N only" %}\n### H\n\nText.\n{% endtab %}\n{% endtabs %}',
    "{% columns %}\n{% column %}\n### H\n{% endcolumn %}\n{% endcolumns %}",
    "<details>\n\n<summary>Of N only</summary>\n\n### H\n\nText.\n\n</details>",
    "* Text\n\n  ### H\n",
    "> ### H\n>\n> Text.",
]
# Places with an id that are no Markdown headings.
OTHERS = [
    ('{% tabs %}\n{% tab title="Tab of N" %}\nText.\n{% endtab %}\n{% endtabs %}', "tab-of-N"),
    ("<details>\n\n<summary>Summary of N</summary>\n\nText.\n\n</details>", "summary-of-N"),
    ("<details>\n<summary><strong>Summary</strong> of N</summary>\n\nText.\n\n</details>", "summary-of-N"),
    ("## Twice N\n\nText.\n\n## Twice N\n\nText.", "twice-N-1"),
    ('<h2 align="center">Centre of N</h2>', "centre-of-N"),
    ('<h3 id="raw-N">Part</h3>', "raw-N"),
    ('Text <a id="place-N"></a> of a paragraph.', "place-N"),
    ("Part of N\n---------\n\nText.", "part-of-N"),
]
# Text that nobody clicks on, and addresses that need no file.
TEXTS = [
    "Write `[word](gone-N.md)` in `[x](#gone-N)`.",
    "```markdown\n[word](gone-N.md) and ![x](gone-N.png)\n{% hint style=\"none\" %}\n# Title\n```",
    "````markdown\n```\n[word](gone-N.md)\n```\n````",
    "* Text:\n\n  ```markdown\n  [word](gone-N.md)\n  <a href=\"gone-N.md\">word</a>\n  ```",
    "Text:\n\n    [word](gone-N.md) is indented code\n",
    "<!-- [word](gone-N.md) and <img src=\"gone-N.png\"> -->",
    "<!--\n[word](gone-N.md)\n\n{% hint style=\"none\" %}\n-->",
    '<pre class="language-markdown"><code class="lang-markdown"><strong>[word](gone-N.md)\n</strong>[x](gone-N.md)\n</code></pre>',
    "Text \\[word](gone-N.md) with an escape.",
    "Write to <mailto:me@example.com>, [me](mailto:me@example.com?subject=N) or call [us](tel:+4930123456).",
    "Open <http://localhost:3000/N> or `http://localhost:3000`, then [http://localhost:3000](http://localhost:3000).",
    "See [word](https://example.com/N?a=1&b=2#part) and <https://example.com/N>, https://example.com/N.",
    "See [word](//example.com/N) and [editor](vscode:extension/N).",
    "See [SHOW \\[FULL\\] N](PAGE) and [a `[b]` c](PAGE).",
    "See [![alt](IMAGE)](PAGE).",
    "Text[^N] with a note.\n\n[^N]: A note, see [word](PAGE).",
    'Use `{{ value }}` or {{ N }}, and <your-N> for <PLACEHOLDER>.',
    "| A | B |\n| --- | --- |\n| a \\| b | `c \\| d` |\n| [word](PAGE) | |",
    "| A | B |\n| :-- | --: |\n| only one |",
    "Rows `a[i][j]`, and [a-z][0-9], [ ] and [x], (see)[1] and f(x)[0].",
    "- [ ] to do N\n- [x] done",
    "> [!NOTE]\n> See [word](PAGE).",
    "Text of $$a_1 + \\frac{1}{2}$$ for 5$ and 6$.\n\n$$\n\\sum_{i=1}^N i\n$$",
    '{% code title="N.sh" overflow="wrap" lineNumbers="true" %}\n```bash\nmake\n```\n{% endcode %}',
    '{% hint style="danger" icon="bolt" %}\nText.\n{% endhint %}',
    '{% embed url="https://www.youtube.com/watch?v=N" %}\nCaption\n{% endembed %}\n\n{% embed url="https://example.com/N" %}',
    '{% updates format="full" %}\n{% update date="2026-01-02" tags="N" %}\nText.\n{% endupdate %}\n{% endupdates %}',
    '{% prompt description="N" %}\n```text\nSay it.\n```\n{% endprompt %}',
    '{% if visitor.claims.plan === "pro" && !visitor.claims.N %}\nText.\n{% endif %}',
    '{% @mermaid/diagram content="graph TD\n  A-->B" %}',
    '<table data-view="cards"><thead><tr><th></th><th data-hidden data-card-target data-type="content-ref"></th><th data-hidden data-card-cover data-type="image"></th></tr></thead><tbody><tr><td>Word</td><td><a href="PAGE">word</a></td><td><a href="IMAGE">image.png</a></td></tr><tr><td>None</td><td></td><td></td></tr></tbody></table>',
    "Text.\n\n***\n\nMore.\n\n---\n\nMore.",
    "1. One\n2. Two\n\n{% hint style=\"info\" %}\nText.\n{% endhint %}\n\n3. Three",
    "Text with a [word][N].\n\n[N]: PAGE \"Title\"",
    "[//]: # (a comment about N)",
    "```mermaid\ngraph TD\n  A --> B\n```",
    "Line one\\\nline two &#x20;\nline three\u00a0",
    "![A screen of N](IMAGE) <img src=\"IMAGE\" alt=\"\" data-size=\"line\">",
    "Text <sup>1</sup> <kbd>Ctrl</kbd> <mark style=\"color:red;\">red</mark><br>next.",
]
# Names that uploads and pages have.
NAMES = ["image (1) (2) N.png", "截屏N.png", "a&b N.png", "Screenshot N at 3.09.45\u202fPM.png", "100%25 N.png".replace("%25", "%"), "a#b-N.png", "it's N.png", "a+b@2x-N.png"]


def _name(context):
    return context.book.name("inj")


def _filled(context, path, text, name):
    one, image = context.other(path), context.asset()
    if ("PAGE" in text and not one) or ("IMAGE" in text and not image):
        return None
    values = {"PAGE": one and context.written(path, one), "IMAGE": image and context.relative(path, image), "N": name}
    return re.sub(r"(?<![A-Za-z])N(?![A-Za-z])|\b(?:PAGE|IMAGE)\b", lambda match: values[match[0]], text)


def link_in_a_form(context, fault):
    path = context.page()
    to = context.other(path)
    fault.form, form = context.rng.choice(LINKS)
    if not to:
        return False
    dest = context.written(path, to)
    heading = context.heading(to) if to in context.pages else None
    if heading and context.rng.random() < 0.5 and to not in context.book.gone:
        context.book.locked.add(to)
        dest += "#" + heading[1]
    snippet = inject_links.fill(context, path, form, dest, marks=False)
    return snippet is not None and context.put(fault, path, snippet)


def image_in_a_form(context, fault):
    path, image = context.page(), context.asset()
    fault.form, form = context.rng.choice(IMAGES)
    snippet = image and inject_links.fill(context, path, form, context.relative(path, image), marks=False)
    return bool(snippet) and context.put(fault, path, snippet)


def anchor(context, fault):
    path, name = context.page(), _name(context)
    if context.rng.random() < 0.3:
        block, id = context.rng.choice(OTHERS)
    else:
        heading, id = context.rng.choice(IDS)
        block = re.sub(r"\bH\b", lambda _: heading, context.rng.choice(AROUND))
    fault.form = block.split("\n")[0][:40] + " #" + id
    form = context.rng.choice(["See [word](#A).", 'See <a href="#A">word</a>.', "* [word](#A)", "[word](SELF#A)", '{% content-ref url="SELF#A" %}\n[word](SELF#A)\n{% endcontent-ref %}'])
    link = re.sub(r"\b(?:A|SELF)\b", lambda match: {"A": id, "SELF": context.written(path, path)}[match[0]], form)
    parts = [block, link]
    context.rng.shuffle(parts)
    snippet = _filled(context, path, "\n\n".join(parts), name)
    return snippet is not None and context.put(fault, path, snippet)


def text(context, fault):
    path = context.page()
    chosen = context.rng.choice(TEXTS)
    fault.form = chosen.split("\n")[0][:60]
    snippet = _filled(context, path, chosen, _name(context))
    return snippet is not None and context.put(fault, path, snippet)


def upload(context, fault):
    """A file of an odd name, shown in the ways in which GitBook writes it."""
    path = context.page()
    name = context.rng.choice(NAMES).replace("N", _name(context))
    file = posixpath.join(posixpath.dirname(context.summaries[path]), ".gitbook/assets", name)
    fault.form = name
    way = context.relative(path, file)
    encoded = "".join(c if re.match(r"[\w./@+-]", c, re.A) else "".join(f"%{byte:02X}" for byte in c.encode()) for c in way)
    html = way.replace("&", "&#x26;").replace("'", "&#x27;")
    forms = [f"![alt]({encoded})", f"![alt](<{encoded}>)"]
    if not re.search(r"[#%?]", way):
        # What would end an address or mean a character is always encoded.
        forms += [f"![alt](<{way}>)", f'<figure><img src="{html}" alt="alt"><figcaption></figcaption></figure>', f'{{% file src="{way}" %}}']
    snippet = context.rng.choice(forms)
    if not context.put(fault, path, snippet):
        return False
    context.book.create(None, file, "x")
    return True


def included(context, fault):
    """A text for many pages, with a heading to link to and a link of its own."""
    path, name = context.page(), _name(context)
    file = posixpath.join(posixpath.dirname(context.summaries[path]), ".gitbook/includes", f"{name}.md")
    to = context.other(path)
    way = context.relative(path, file)
    around = context.rng.choice(["I", '{% hint style="info" %}\nI\n{% endhint %}', f'{{% tabs %}}\n{{% tab title="Tab {name}" %}}\nI\n{{% endtab %}}\n{{% endtabs %}}', "<details>\n\n<summary>More</summary>\n\nI\n\n</details>"])
    fault.form = around.split("\n")[0]
    if not to:
        return False
    block = around.replace("\nI\n", "\nINCLUDE\n") if around != "I" else "INCLUDE"
    snippet = block.replace("INCLUDE", f'{{% include "{way}" %}}') + f"\n\nSee [word](#part-{name})."
    if not context.put(fault, path, snippet):
        return False
    context.book.create(fault, file, f"---\ntitle: Words\n---\n\n## Part {name}\n\nSee [word]({context.written(file, to)}) and [part](#part-{name}).\n")
    return True


def new_page(context, fault):
    """A page with an odd name, listed and linked to."""
    path, name = context.page(), _name(context)
    file = context.rng.choice([f"{name} two words.md", f"{name} (copy).md", f"页面{name}.md", f"{name}.v1.2.md"])
    fault.form = file

    def line(context, summary, entry):
        folder = posixpath.dirname(summary)
        context.book.create(None, posixpath.join(folder, file), f"# Page {name}\n\n## Part {name}\n\nText.\n")
        encoded = "".join(c if re.match(r"[\w.-]", c, re.A) else "".join(f"%{byte:02X}" for byte in c.encode()) for c in file)
        return f"[Word {name}]({context.rng.choice([encoded, f'<{file}>'])})"

    if not insert_entry(context, fault, line):
        return False
    made = next(found for found in context.book.texts if found.endswith(file))
    way = context.relative(path, made)
    encoded = "".join(c if re.match(r"[\w./-]", c, re.A) else "".join(f"%{byte:02X}" for byte in c.encode()) for c in way)
    form = context.rng.choice([f"See [word]({encoded}#part-{name}).", f"See [word](<{way}>).", f'See <a href="{way}#part-{name}">word</a>.', f'{{% content-ref url="{way}" %}}\n[word](<{way}>)\n{{% endcontent-ref %}}'])
    return context.put(fault, path, form)


def redirect(context, fault):
    return redirects(context, fault, lambda c, page: [f"old/{c.book.name()}: {c.rng.choice(['', './'])}{page}"])


DECOYS = [
    ("right: link in a form", link_in_a_form),
    ("right: image in a form", image_in_a_form),
    ("right: anchor", anchor),
    ("right: text", text),
    ("right: upload of an odd name", upload),
    ("right: included text", included),
    ("right: page of an odd name", new_page),
    ("right: redirect", redirect),
]
