"""Faults of what stands on a page: headings, ids, blocks, references, code. `[[` and `]]` mark the place of a finding.

`N` is a name of its own, `PAGE` and `OTHER` are two pages, `IMAGE` is an image, `CAP` is a page's path without marks.
"""

import re

from inject_book import CLOSE, OPEN

# kind, rules, text
ANYWHERE = [
    ("no address", ("dead-link",), ["See [[[word]()]].", "See [[[word](<>)]].", 'See <a [[href=""]]>word</a>.']),
    ("no words", ("empty-link-text",), ["See [[[](PAGE)]].", 'See [[<a href="PAGE"></a>]].', "* [[[ ](PAGE)]]"]),
    ("space in an address", ("spaced-address",), ["See [the word]([[floor plan N.md]]).", "* ![A plan]([[../floor plan N.PNG]])", "> Words: [word]([[floor plan N.md#part]])."]),
    ("brackets exchanged", ("reversed-link",), ["See [[(the word)[PAGE]]].", "* [[(the word)[https://example.com/N]]]", "> See [[(word)[PAGE#part]]] there."]),
    ("reference without definition", ("undefined-reference",), ["See [[[the word here][N]]].", "* [[[the word here][N]]]", "| A |\n| --- |\n| [[[the word here][N]]] |"]),
    ("definition without reference", ("unused-reference",), ["[[[N]: https://example.com/N]]", "Text.\n\n[[[N]: PAGE]]"]),
    ("heading without words", ("empty-heading",), ["[[##]]\n\nText.", "[[### ]]\n\nText."]),
    ("second title", ("second-title",), ["[[# Title N]]", "[[# Title N]]\n\n## Part N"]),
    ("divider below words", ("setext-heading",), ["That is all there is to say about N.\n[[---]]\n\nMore.", "* Text\n\nWords over\ntwo lines N.\n[[----]]"]),
    ("level left out", ("heading-order",), ["## Part N\n\n[[##### Deep N]]", "### Part N\n\nText.\n\n[[###### Deep N]]"]),
    ("id given twice", ("duplicate-id",), [
        '## Part N <a href="#N" id="N"></a>\n\nText.\n\n## Other N <a href="#N" id="[[N]]"></a>',
        '<a id="N"></a>\n\nText.\n\n## Other N <a href="#N" id="[[N]]"></a>',
        '### Part N <a id="N"></a>\n\n### Other N <a name="[[N]]"></a>',
        '## Part N <a href="#N" id="N"></a>\n\n{% hint style="info" %}\n## Other N <a href="#N" id="[[N]]"></a>\n{% endhint %}',
    ]),
    ("id of another heading", ("stolen-id",), ['[[## Part N <a href="#other-N" id="other-N"></a>]]\n\n## Other N']),
    ("link to a heading without id", ("unanchored-heading",), ["## Part N\n\n### Part of N\n\n#### Smaller N\n\n##### Deep N\n\nSee [deep]([[#deep-N]])."]),
    ("card and label differ", ("card-label",), ['{% content-ref url="PAGE" %}\n[word]([[OTHER]])\n{% endcontent-ref %}']),
    ("card of a file", ("card-target",), ['{% content-ref url="[[IMAGE]]" %}\n[word](IMAGE)\n{% endcontent-ref %}']),
    ("dead include", ("dead-include",), ['{% include "[[.gitbook/includes/N.md]]" %}', '{% hint style="info" %}\n{% include "[[N.md]]" %}\n{% endhint %}', '{% include "[[https://app.gitbook.com/s/N/~/reusable/N/]]" %}']),
    ("unknown tag", ("unknown-tag",), ['[[{% hnit style="info" %}]]', '[[{% carousel size="2" %}]]', "Text.\n\n[[{% raw %}]]"]),
    ("unknown attribute", ("unknown-attribute",), ['{% hint [[stile]]="info" %}\nText.\n{% endhint %}', '{% tabs %}\n{% tab [[titel]]="N" title="N" %}\nText.\n{% endtab %}\n{% endtabs %}', '{% code [[linenumbers-on]]="true" %}\n```bash\nmake\n```\n{% endcode %}']),
    ("block that shows nothing", ("missing-attribute",), ['[[{% embed %}]]', '[[{% file caption="N" %}]]', '[[{% include %}]]']),
    ("unknown value", ("unknown-attribute-value",), ['{% hint style="[[warn]]" %}\nText.\n{% endhint %}', '{% code overflow="[[wrapp]]" %}\n```bash\nmake\n```\n{% endcode %}', "{% hint style='[[tip]]' %}\nText.\n{% endhint %}"]),
    ("unknown icon", ("unknown-icon",), ['{% hint style="info" icon="[[N]]" %}\nText.\n{% endhint %}', '{% tabs %}\n{% tab title="N" icon="[[no-such-N]]" %}\nText.\n{% endtab %}\n{% endtabs %}', '<a href="PAGE" class="button secondary" data-icon="[[N]]">Label</a>']),
    ("part outside of its block", ("misnested-tag",), ['[[{% tab title="N" %}]]\nText.\n{% endtab %}', "[[{% step %}]]\n### Part N\n{% endstep %}", "{% stepper %}\n[[{% column %}]]\nText.\n{% endcolumn %}\n{% endstepper %}"]),
    ("end without beginning", ("stray-end-tag",), ["Text.\n[[{% endhint %}]]", "[[{% endtabs %}]]", "* Text\n\n[[{% endcode %}]]"]),
    ("end indented into a list", ("misplaced-end-tag",), ['{% hint style="info" %}\n* Text.\n\n  [[{% endhint %}]]']),
    ("escaped tag", ("escaped-tag",), ['[[\\{% hint style="info" %\\}]]']),
    ("part that is not closed", ("unclosed-tag",), ['{% tabs %}\n[[{% tab title="N" %}]]\nText.\n{% endtabs %}', '{% stepper %}\n[[{% step %}]]\n### Part N\n{% endstepper %}', "* Text\n\n  [[{% hint style=\"info\" %}]]\n  Text.\n\nMore."]),
    ("cells beyond the header", ("lost-cell",), ["| A | B |\n| --- | --- |\n| 1 | 2 |\n| 1 | 2 [[| 3 |]]", "| A |\n| --- |\n| `a [[| b` |]]"]),
    ("condition that is none", ("expression",), ["{% if [[visitor.claims.plan ===]] %}\nText.\n{% endif %}", 'Text [[<code class="expression">]]space.vars.N</code>.']),
    ("condition that is false", ("hidden-condition",), ["[[{% if false %}]]\nText.\n{% endif %}"]),
    ("formula", ("formula",), ["Text [[$$\\frac{1}$$]].", "[[$$\n\\frac{1}\n$$]]", "* [[$$\\begin{N} 1$$]]"]),
    ("API block", ("api-block",), ['[[{% openapi src="SPEC" path="/cats" method="get" %}]]\n[spec](SPEC)\n{% endopenapi %}', '[[{% openapi-operation spec="N" path="/cats" method="get" %}]]\n[spec](SPEC)\n{% endopenapi-operation %}']),
    ("fence without language", ("fence-language",), ["[[```]]\nmake\n```", "* Text\n\n  [[```]]\n  make\n  ```", '{% code title="N" %}\n[[```]]\nmake\n```\n{% endcode %}']),
    ("unknown language", ("unknown-language",), ["```[[pyhton]]\nprint(1)\n```", '{% code title="N" %}\n```[[javascirpt]]\nlet a = 1\n```\n{% endcode %}', "1. Text\n\n   ```[[N]]\n   a\n   ```"]),
    ("code that is no YAML", ("fence-not-yaml",), ["```yaml\n[[import os\n\ndef main():]]\n    return os.name\n```"]),
    ("image without words", ("image-alt",), ["[[![](IMAGE)]]", '[[<img src="IMAGE">]]', "Text [[![image.png](IMAGE)]] text."]),
    ("unknown kind", ("unknown-kind",), ['{% schema kind="[[toool]]" %}', "[[```yaml kind=toool\na: 1\n```]]"]),
    ("field of no type", ("field-list-drift",), ['{% schema kind="endpoint" %}\n\n* [[`path`]] (string, optional): where it is.\n* `method` (string): GET or POST.']),
    ("example with a fault", ("missing-key", "wrong-type", "unknown-value", "duplicate-key"), ["```yaml kind=endpoint\n[[path: /]]\n```", "```yaml kind=endpoint\n[[path: {}]]\nmethod: GET\n```", "* Text\n\n  ```yaml kind=endpoint\n  path: /\n  method: [[PATCH]]\n  ```"]),
    ("example of no YAML", ("yaml-syntax",), ["```yaml kind=endpoint\n[[path: []]\n```"]),
    ("example that passes", ("example-passes",), ["[[```yaml kind=endpoint should-fail\npath: /\nmethod: GET\n```]]"]),
    ("ignore of nothing", ("unused-ignore",), ["[[<!-- proofpress-ignore dead-link: to be written -->]]\n[word](PAGE)"]),
    ("ignore without reason", ("ignore-without-reason",), ["[[<!-- proofpress-ignore dead-link -->]]\n[word](N.md)"]),
    ("ignore of no rule", ("unknown-rule",), ["[[<!-- proofpress-ignore dead-lnik: to be written -->]]\n[word](PAGE)"]),
]

# What reaches to the end of the page.
LAST = [
    ("block that is not closed", ("unclosed-tag",), ['[[{% hint style="info" %}]]\nText.', '{% tabs %}\n{% tab title="N" %}\nText.\n{% endtab %}\n{% endtabs %}\n\n[[{% code title="N" %}]]\n```bash\nmake\n```', '[[{% tabs %}]]\n{% tab title="N" %}\nText.\n{% endtab %}']),
    ("code that is not closed", ("unclosed-fence",), ["[[```bash]]\nmake\n\nThen wait.", "* Text\n\n  [[```bash]]\n  make", "[[~~~bash]]\nmake\n```"]),
]

SPEC = "openapi: 3.0.0\ninfo: {title: A, version: '1'}\npaths:\n  /pets:\n    get:\n      responses: {}\n"


def marked(context, path, text):
    """The snippet with its names, or None where the book has no other page or image."""
    one, image = context.other(path), context.asset()
    two = context.other(path)
    if ("PAGE" in text and not one) or ("OTHER" in text and (not two or two == one)) or ("IMAGE" in text and not image):
        return None
    if "SPEC" in text and "inject-spec.yaml" not in context.book.files:
        context.book.create(None, "inject-spec.yaml", SPEC)
    values = {
        "PAGE": one and context.relative(path, one), "OTHER": two and context.relative(path, two),
        "IMAGE": image and context.relative(path, image), "N": context.book.name(), "SPEC": context.relative(path, "inject-spec.yaml"),
    }
    # The innermost of three brackets are the text's own.
    text = re.sub(r"\[\[(?!\[\]\])", OPEN, text)
    text = re.sub(r"\]\](?!\])", CLOSE, text)
    return re.sub(r"(?<![A-Za-z])N(?![A-Za-z])|\b(?:PAGE|OTHER|IMAGE|SPEC)\b", lambda match: values[match[0]], text)


def anywhere(context, fault, texts):
    path = context.page()
    text = context.rng.choice(texts)
    fault.form = text.split("\n")[0][:60]
    if fault.kind == "second title" and not re.search(r"\A(?:---\n.*?\n---\n)?\s*# \S", context.book.text(path), re.S):
        return False
    snippet = marked(context, path, text)
    return snippet is not None and context.put(fault, path, snippet)


def last(context, fault, texts):
    path = context.fresh()
    text = context.rng.choice(texts)
    fault.form = text.split("\n")[0][:60]
    snippet = path and marked(context, path, text)
    return bool(snippet) and context.put_last(fault, path, snippet)
