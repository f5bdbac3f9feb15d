"""Small books in, what the injector makes of them out; the program is not needed.

Run with `python3 -m unittest discover -s tests/tools`.
"""

import random
import re
import sys
import tempfile
import unittest
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import inject
import inject_places as places
from inject_book import CLOSE, OPEN, Book, Fault
from inject_context import Context

ROOT = Path(__file__).parents[2]
# Rules of settings, which would change the whole book and hide what else is in it; and of translations, which few have.
NOT_INJECTED = {
    "config-syntax", "config-type", "config-value", "config-missing-file", "config-invisible-character", "wrong-schema",
    "low-contrast", "stale-translation",
}
BOOK = {
    "SUMMARY.md": "# Contents\n\n* [Start](README.md)\n* [Guide](guide.md)\n* [More](sub/more.md)\n",
    "README.md": "# Start\n\nSee [guide](guide.md#install) and ![x](a.png).\n\n## Use it\n\nText.\n",
    "guide.md": "# Guide\n\n## Install\n\nBack to [start](README.md).\n\n```\n[no](gone.md)\n```\n",
    "sub/more.md": "# More\n\nSee [guide](../guide.md).\n",
    "a.png": "x",
}


def found(rule, path, text, words):
    """A finding at the words of a text."""
    start = text.index(words)
    place = lambda at: {"line": text.count("\n", 0, at) + 1, "column": 1, "offset": len(text[:at].encode())}
    return {"rule": rule, "path": path, "message": words, "range": {"start": place(start), "end": place(start + len(words))}}


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        source = Path(folder.name) / "source"
        for name, text in BOOK.items():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_text(text, "utf-8")
        self.book = Book(source, Path(folder.name) / "copy")
        self.context = Context(self.book, random.Random(1), [])

    def read(self, name):
        return (self.book.folder / name).read_text("utf-8")


class Places(unittest.TestCase):
    def test_links_are_read_in_all_forms_and_not_in_code(self):
        text = (
            "[a](a.md) ![b](<b c.png> \"t\") `[c](c.md)` [![d](d.png)](d.md)\n\n<a class=\"x\" href=\"e.md\">e</a>\n\n"
            "```\n[f](f.md)\n```\n\n<!-- [g](g.md) -->\n\n{% content-ref url=\"h.md\" %}\n[h](h.md)\n{% endcontent-ref %}\n\n"
            "[i]: i.md\n\n{% include \"j.md\" %}\n"
        )
        links = places.links("x.md", text)
        self.assertEqual([link.dest for link in links if not link.label], ["a.md", "b c.png", "d.md", "e.md", "h.md", "i.md", "j.md"])
        self.assertTrue(all(text[link.start : link.end] == link.dest for link in links))

    def test_nothing_is_put_into_a_block(self):
        text = "# A\n\n{% hint style=\"info\" %}\n\n## In\n\n{% endhint %}\n\n## Out\n\n```\n\n## Code\n```\n\n<details>\n\n## Also in\n\n</details>\n"
        self.assertEqual([text[at:].split("\n")[0] for at in places.gaps(text)], ["## Out"])
        self.assertEqual(places.lines("{% hint %}\n\n{% endhint %}\n{% endhint %}\n"), [])


class Changes(Case):
    def test_places_are_known_before_and_after(self):
        fault = Fault("kind", ("dead-link",))
        self.assertTrue(self.book.edit(fault, "README.md", 0, 0, f"é {OPEN}bad{CLOSE}\n\n"))
        self.assertFalse(self.book.edit(fault, "README.md", 0, 0, "again"))
        (place,) = self.book.write()
        self.assertEqual((place.line, place.start, place.end), (1, 3, 6))
        self.assertEqual(self.read("README.md")[:6], "é bad\n")
        self.assertEqual(self.book.was("README.md", 4), ("README.md", None))
        self.assertEqual(self.book.was("README.md", 8 + 2), ("README.md", 2))

    def test_a_moved_page_breaks_its_links_and_those_to_it(self):
        from inject_repo import page_moved

        fault = Fault("moved", ("dead-link",))
        self.context.page = lambda: "guide.md"
        self.assertTrue(page_moved(self.context, fault))
        expected = self.book.write()
        paths = sorted((place.path.rsplit("/", 1)[-1], place.line) for place in expected)
        self.assertEqual(paths, [("README.md", 3), ("guide.md", 5), ("more.md", 3)])
        self.assertIn("moved", self.read("SUMMARY.md"))

    def test_a_renamed_heading_breaks_links_to_it(self):
        from inject_repo import heading_renamed

        self.assertTrue(heading_renamed(self.context, Fault("renamed", ("dead-anchor",))))
        (place,) = self.book.write()
        self.assertEqual((place.path, place.line), ("README.md", 3))
        self.assertNotIn("## Install", self.read("guide.md"))


class Judgement(Case):
    def judge(self, *after):
        fault = Fault("kind", ("dead-link",))
        self.book.edit(fault, "README.md", 9, 9, f"[x]({OPEN}gone.md{CLOSE})\n\n")
        expected = self.book.write()
        table = defaultdict(inject.Row)
        new = inject.new_findings(self.book, [found("dead-link", "guide.md", BOOK["guide.md"], "README")], list(after))
        wrong, alarms = inject.judge(self.book, expected, new, table)
        row = table["kind"]
        return (row.found, row.moved, row.missed, row.beside), alarms, [line.split(":")[0] for line in wrong]

    def setUp(self):
        super().setUp()
        self.text = BOOK["README.md"][:9] + "[x](gone.md)\n\n" + BOOK["README.md"][9:]

    def test_a_fault_is_found_by_its_rule_on_its_line(self):
        old = found("dead-link", "guide.md", BOOK["guide.md"], "README")
        self.assertEqual(self.judge(found("dead-link", "README.md", self.text, "gone.md"), old), ((1, 0, 0, 0), 0, []))

    def test_another_rule_is_a_miss(self):
        self.assertEqual(self.judge(found("loose-link", "README.md", self.text, "gone.md"))[0], (0, 0, 1, 0))

    def test_a_second_finding_is_told(self):
        both = [found(rule, "README.md", self.text, "gone.md") for rule in ("dead-link", "loose-link")]
        self.assertEqual(self.judge(*both), ((1, 0, 0, 1), 0, ["beside"]))

    def test_a_finding_elsewhere_is_a_false_alarm(self):
        right = found("dead-link", "README.md", self.text, "gone.md")
        self.assertEqual(self.judge(right, found("dead-link", "sub/more.md", BOOK["sub/more.md"], "../guide"))[1:], (1, ["false alarm"]))


class Coverage(unittest.TestCase):
    def test_every_rule_is_injected(self):
        texts = [path.read_text("utf-8") for path in (ROOT / "src/lint").glob("*.rs")]
        rules = {name for text in texts for name in re.findall(r'^    name: "([a-z0-9-]+)"', text, re.M)}
        rules |= set(re.findall(r'Rule = rule\(\s*"([a-z0-9-]+)"', (ROOT / "src/lint/elsewhere.rs").read_text("utf-8")))
        self.assertGreater(len(rules), 50)
        injected = {rule for _, known, _ in inject.kinds() for rule in known}
        self.assertEqual(sorted(rules - injected - NOT_INJECTED), [])


if __name__ == "__main__":
    unittest.main()
