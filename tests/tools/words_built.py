"""One built HTML file in, its words out: the article, headings, description and alternative texts, each apart."""

from collections import Counter
from html.parser import HTMLParser

from words_html import VOID
from words_text import count_emoji, split

SKIPPED = frozenset("script style template svg".split())
CODE = frozenset("code pre kbd samp".split())


class Built(HTMLParser):
    """What a built page says.

    `source` is the path its `proofpress:source` names (None for a page without). Outside code every tag separates
    words; inside code none does but a line, because a highlighter may colour half a word.
    """

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.source = None
        self.body, self.title, self.description, self.alt, self.stray = [], [], [], [], []
        self.has_article, self.formulas = False, 0
        self.tags = []  # (line, text) of each `{%` a reader sees
        self._stack = []
        self._meta = ""
        self.feed(html)
        self.close()
        if not self.description:
            self.description.append(self._meta)

    def words(self, field):
        """The words of a field as a multiset."""
        return Counter(split("".join(getattr(self, field))))

    def emoji(self):
        return count_emoji("".join(self.body))

    def handle_starttag(self, name, attrs):
        attrs = {key: value or "" for key, value in attrs}
        classes = attrs.get("class", "").split()
        if name == "meta":
            self._meta = attrs.get("content", "") if attrs.get("name") == "description" else self._meta
            self.source = attrs.get("content") if attrs.get("name") == "proofpress:source" else self.source
        if self._inside("article") and (name == "img" or attrs.get("role") == "img"):
            self.alt.append(" " + (attrs.get("alt") or attrs.get("aria-label", "")) + " ")
        self.formulas += name == "math" or "math" in classes
        self.has_article |= name == "article" and "content" in classes
        for key in ("alt", "title", "content", "aria-label", "data-title", "placeholder"):
            self._look_for_tags(attrs.get(key, ""), f"{name} {key}")
        self._break(name, classes)
        if name not in VOID:
            self._stack.append((name, self._role(name, classes)))

    def _role(self, name, classes):
        if name == "article" and "content" in classes:
            return "article"
        if name in SKIPPED:
            return "skipped"
        if "stray-tag" in classes:
            return "stray"
        if "missing-image" in classes:
            return "missing"
        if name in CODE:
            return "code"
        if name == "title" or name == "figcaption":
            return name
        if not self._inside("article"):
            if name == "h1":
                return "h1"
            if "lead" in classes or "description" in classes:
                return "description"
        return ""

    def _inside(self, role):
        return any(kept == role for _, kept in self._stack)

    def _break(self, name, classes):
        if not self._inside("code") or name == "br" or any(c == "line" or c.startswith("line-") for c in classes):
            self._put(" ")

    def handle_endtag(self, name):
        self._break(name, [])
        if any(open_name == name for open_name, _ in self._stack):
            while self._stack:
                open_name, role = self._stack.pop()
                if open_name == name:
                    break
        self._break(name, [])

    def handle_data(self, data):
        self._put(data)
        if not (self._inside("code") or self._inside("stray") or self._inside("skipped")):
            self._look_for_tags(data, "text")

    def _put(self, data):
        if self._inside("skipped"):
            return
        if self._inside("stray"):
            self.stray.append(data)
        elif self._inside("article"):
            self.body.append(data)
            if self._inside("figcaption") or self._inside("missing"):
                self.alt.append(data)
        elif self._inside("h1"):
            self.body.append(data)
            self.title.append(data)
        elif self._inside("title"):
            self.title.append(data)
        elif self._inside("description"):
            self.description.append(data)

    def _look_for_tags(self, text, where):
        at = text.find("{%")
        while at >= 0:
            line = self.getpos()[0] + (text.count("\n", 0, at) if where == "text" else 0)
            self.tags.append((line, where, " ".join(text[max(0, at - 30): at + 70].split())))
            at = text.find("{%", at + 2)
