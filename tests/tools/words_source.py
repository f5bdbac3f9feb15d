"""The Markdown of one page in, the words a reader must find on the built page out.

Only syntax is taken away. What GitBook replaces by design (the text of a content-ref card, of a mention, of an icon) is
kept with a *fate*, the reason why it need not arrive, so that it can be counted as explained and never as lost.
"""

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from words_blocks import GITBOOK_TAG, blocks, label
from words_front import front_matter
from words_html import VOID, Cells, is_element
from words_tags import KNOWN, REPLACED, SHOWN, TAG_NAME, tag_values
from words_text import REQUIRED, Word, split_lines

HTML_TAG = (
    r"""<(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<attributes>(?:(?:\s+|(?<=["']))"""
    r"""[A-Za-z_:@](?>[\w:.@-]*)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*/?>"""
)
ATTRIBUTE = re.compile(r"""([A-Za-z_:@][\w:.@-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
ENTITY = r"(?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
COMMENT = r"(?P<comment><!--.*?-->)"
PROSE = re.compile(
    rf"""(?P<escape>\\[!-/:-@\[-`{{-~])|(?P<ticks>`+)|{COMMENT}
    |(?P<autolink><(?:[A-Za-z][A-Za-z0-9+.-]{{1,31}}:[^\s<>]*|[\w.!\#$%&'*+/=?^`{{|}}~-]+@[\w.-]+)>)
    |(?P<tag>{HTML_TAG})|{ENTITY}|(?P<gitbook>{GITBOOK_TAG.pattern})|(?P<math>\$\$(?:[^$]|\$(?!\$))+\$\$)
    |(?P<note>\[\^[^\]\s]+\])|(?P<bracket>!?\[)|(?P<close>\])|(?P<short>(?<![\w:]):[a-z0-9_+-]*[a-z+][a-z0-9_+-]*:(?![\w:]))
    |(?P<heading_id>\{{\#[\w.+-]+\}}(?=\s*$))""",
    re.S | re.X,
)
RAW = re.compile(rf"{COMMENT}|(?P<tag>{HTML_TAG})|{ENTITY}", re.S)
DESTINATION = re.compile(
    r"""\(\s*(?:<(?:[^<>\n\\]|\\.)*>|(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.|\([^\s()]*\))*\))*)"""
    r"""(?:\s+("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?\s*\)""",
    re.S,
)
LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]")
DIFF_MARK = re.compile(r"\[!code\s*(?:\+\+|--)\]")

KINDS = {"row": "table", "extra": "table cell beyond the header", "fence": "code block", "code": "indented code", "html": "HTML block"}


def page_words(root, path):
    """The words of the page `path` (relative to `root`) in order, its includes among them, and its formula count."""
    text = (Path(root) / path).read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    fields, body, line = front_matter(text)
    reader = _Reader(Path(root), Path(path))
    reader.read(body, line)
    words = reader.words
    heading = reader.starts_with_title
    for key, (value, at) in fields.items():
        field = "title" if key == "title" and heading else "description" if key == "description" else "body"
        words += [Word(word, at, f"front matter {key}", REQUIRED, field) for word, at in split_lines(value, at)]
    return words, reader.formulas


class _Reader:
    def __init__(self, root, path, depth=0):
        self.root, self.path, self.depth = root, path, depth  # depth: how many includes lead here
        self.included = str(path) if depth else ""
        self.words, self.formulas, self.starts_with_title = [], 0, False
        self.open_tags = []  # GitBook tags around the current place
        self.cells = Cells()
        self.kind, self.fates = "", []

    # ---- the page ------------------------------------------------------------------------------------------------

    def read(self, text, line):
        leaves, self.labels, self.notes = blocks(text, line)
        self.pending = self.replaced_bodies(leaves)
        self.closed = {name.lower() for name in re.findall(r"</([A-Za-z][\w-]*)\s*>", text)}
        leading = next((leaf for leaf in leaves if not leaf.text.startswith("<!--")), None)
        self.starts_with_title = bool(leading) and _is_title(leading, text.split("\n")[leading.line - line:])
        for leaf in leaves:
            self.kind = KINDS.get(leaf.kind, leaf.inside if leaf.kind == "paragraph" and leaf.inside else leaf.kind)
            if leaf.kind in ("fence", "code"):
                self.code(leaf.text, leaf.line)
            else:
                self.prose(leaf.text, leaf.line, leaf.kind == "html")
        return self

    @staticmethod
    def replaced_bodies(leaves):
        """For each content-ref in order: whether it is closed before the next one opens."""
        names = [
            (match[1] or "") + match[2]
            for leaf in leaves if leaf.kind not in ("fence", "code")
            for tag in GITBOOK_TAG.findall(leaf.text) if (match := TAG_NAME.match(tag))
        ]
        result = {name: [] for name in REPLACED}
        for at, name in enumerate(names):
            if name in REPLACED:
                later = next((other for other in names[at + 1:] if other in (name, "end" + name)), "")
                result[name].append(later == "end" + name)
        return {name: iter(closed) for name, closed in result.items()}

    def emit(self, text, line, kind=None, fate=None, field="body"):
        kind = kind or self.kind
        if self.open_tags:
            kind += f" in {{% {self.open_tags[-1]} %}}"
        fate = fate if fate is not None else next((f for f in reversed(self.fates) if f), "") or self.cells.fate()
        self.words += [Word(word, at, kind, fate, field, self.included) for word, at in split_lines(text, line)]

    def code(self, text, line):
        at = 0
        for mark in DIFF_MARK.finditer(text):
            self.emit(text[at: mark.start()], line + text.count("\n", 0, at))
            self.emit(mark[0], line + text.count("\n", 0, mark.start()), fate="diff mark")
            at = mark.end()
        self.emit(text[at:], line + text.count("\n", 0, at))

    # ---- text with markup ----------------------------------------------------------------------------------------

    def prose(self, text, line, html):
        plain, brackets, at = [], [], 0  # literal characters not yet emitted; open brackets; position
        since = line

        def flush():
            nonlocal plain, since
            if plain:
                self.emit("".join(plain), since)
            plain = []

        def literal(piece):
            nonlocal since
            if not plain:
                since = line + text.count("\n", 0, at)
            plain.append(piece)

        while at < len(text):
            match = PROSE.search(text, at)
            stop = match.start() if match else len(text)
            if stop > at:
                literal(text[at:stop])
            if not match:
                break
            at, piece = stop, match[0]
            kind = next(name for name in _KINDS if match.group(name) is not None)
            here, end = line + text.count("\n", 0, at), match.end()
            if kind == "escape":
                literal(" " + piece[1])
            elif kind == "entity":
                literal(unescape(piece))
            elif kind == "ticks":
                close = _closing_ticks(text, end, len(piece))
                if close is None:
                    literal(piece)
                else:
                    flush()
                    self.emit(text[end: close[0]], here, "inline code")
                    end = close[1]
            elif kind == "tag":
                flush()
                end = self.html_tag(text, match, here)
            elif kind == "gitbook":
                flush()
                self.gitbook(piece, here)
            elif kind == "math":
                flush()
                self.formulas += 1
                self.emit(piece, here, "formula", "formula")
            elif kind == "short":
                flush()
                self.emit(piece, here, fate="shortcode")
            elif kind == "heading_id":
                flush()
                self.emit(piece, here, fate="heading id")
            elif kind == "note":
                flush()
                if piece[2:-1].casefold() not in self.notes:
                    self.emit(piece, here)
            elif kind == "bracket":
                flush()
                brackets.append((piece, len(self.words), at))
            elif kind == "close":
                flush()
                end = self.close_bracket(text, at, brackets, html, line)
            elif kind == "comment":
                flush()
            else:
                flush()
                self.emit(piece, here, "autolink")
            at = end
        flush()

    def close_bracket(self, text, at, brackets, html, line):
        """`]`: what follows it, if it makes a link or an image of the text since its `[`; returns where to go on."""
        if not brackets:
            return at + 1
        opener, first, opened = brackets.pop()
        if opener == "(":
            return at + 1
        target = DESTINATION.match(text, at + 1)
        if target:
            if html:  # Markdown is not read in raw HTML, so the destination may be shown
                self.emit(target[0], line + text.count("\n", 0, at), fate="Markdown in HTML")
            end = target.end()
            if (target[1] or "").strip("\"'()") == "mention":
                self.refate(first, "mention text")
        else:
            own = text[opened + len(opener): at]
            reference = LABEL.match(text, at + 1)
            if reference and label(reference[1] or own) in self.labels:
                end = reference.end()
            elif label(own) in self.labels:
                end = at + 1
            else:
                return at + 1
        if opener == "![":
            self.words[first:] = [w._replace(field="alt", kind="image text") if w.field == "body" else w for w in self.words[first:]]
        else:  # no link in a link: the brackets around this one are text
            brackets[:] = [b if b[0] == "![" else ("(", *b[1:]) for b in brackets]
        return end

    def refate(self, first, fate):
        self.words[first:] = [w if w.fate else w._replace(fate=fate) for w in self.words[first:]]

    # ---- HTML ----------------------------------------------------------------------------------------------------

    def html_tag(self, text, match, line):
        """A tag of a known element is syntax, any other is text; returns where to go on."""
        name, closing = match["name"].lower(), bool(match["slash"])
        attributes = {
            key.lower(): unescape(next((v for v in values if v is not None), "")) if values else ""
            for key, *values in ((m[1], m[2], m[3], m[4]) for m in ATTRIBUTE.finditer(match["attributes"] or ""))
        }
        if not is_element(name, attributes, name in self.closed):
            self.emit(match[0], line, "placeholder")
            return match.end()
        if closing:
            self.cells.close(name)
            return match.end()
        if name == "img":
            self.emit(attributes.get("alt", ""), line, "image text", field="alt")
        if name == "pre" and attributes.get("data-title"):
            self.emit(attributes["data-title"], line, "code title")
        self.cells.open(name, attributes)
        close = re.compile(rf"</{name}\s*>", re.I).search(text, match.end()) if name not in VOID else None
        if not close:
            return match.end()
        inner = text[match.end(): close.start()]
        below = line + match[0].count("\n")
        if name in ("script", "style", "select"):
            self.emit(inner, below, fate=f"<{name}>")
            return close.end()
        if name == "pre":
            self.raw_code(inner, below)
            return close.end()
        if name == "code" and "expression" in attributes.get("class", "").split():
            self.emit(inner, below, fate="expression")
            return close.end()
        if name == "i" and "fa-" in attributes.get("class", ""):
            self.emit(inner, below, fate="icon name")
            return close.end()
        if name == "a" and "data-mention" in attributes:
            first = len(self.words)
            self.prose(inner, below, True)
            self.refate(first, "mention text")
            return close.end()
        return match.end()

    def raw_code(self, text, line):
        """`<pre>`: tags are markup and never separate words, everything else is code."""
        kind, plain, at = self.kind, [], 0
        self.kind = "<pre> block"
        while match := RAW.search(text, at):
            plain.append(text[at: match.start()])
            at = match.end()
            if match["entity"]:
                plain.append(unescape(match[0]))
            elif match["tag"]:
                expression = re.compile(r"</code\s*>").search(text, at) if "expression" in match[0] else None
                if expression:
                    at = expression.end()
                elif not is_element(match["name"].lower(), {}, match["name"].lower() in self.closed):
                    plain.append(match[0])
            plain.append("\n" * match[0].count("\n"))
        plain.append(text[at:])
        self.code("".join(plain), line)
        self.kind = kind

    # ---- GitBook tags --------------------------------------------------------------------------------------------

    def gitbook(self, tag, line):
        match = TAG_NAME.match(tag)
        name = match[2] if match else ""
        if not name or (name not in KNOWN and not name.startswith("@")):
            self.emit(tag, line, "unknown tag", field="stray")
            return
        if match[1]:
            if name in self.open_tags:
                while self.open_tags.pop() != name:
                    pass
                del self.fates[len(self.open_tags):]
            return
        values = tag_values(match[3])
        if name == "@mermaid/diagram":
            self.emit(values.get("content", ""), line, "diagram")
        for attribute in SHOWN.get(name, ()):
            self.emit(values.get(attribute, ""), line, f"{name} {attribute}")
        if name == "include":
            self.include(match[3])
        elif name in REPLACED:
            if next(self.pending[name], False):
                self.open_tags.append(name)
                self.fates.append(REPLACED[name])
        elif name not in ("page-ref", "embed", "file", "swagger", "schema") and not name.startswith("@"):
            self.open_tags.append(name)
            self.fates.append(None)

    def include(self, arguments):
        """The words of the included file, and of the files that it includes."""
        target = re.match(r"""["'“]([^"'”]+)["'”]""", arguments.strip())
        if not target or "://" in target[1] or self.depth == 2:
            return
        file = (self.root / self.path).parent / unquote(target[1])
        if not file.is_file():
            file = (self.root / self.path).parent / target[1]
        if not file.is_file():
            return
        text = file.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
        _, body, line = front_matter(text)
        shown = file.resolve().relative_to(self.root.resolve()) if file.resolve().is_relative_to(self.root.resolve()) else file
        inner = _Reader(self.root, shown, self.depth + 1).read(body, line)
        fate = next((f for f in reversed(self.fates) if f), "")
        self.words += [w._replace(fate=w.fate or fate) for w in inner.words]
        self.formulas += inner.formulas


_KINDS = ("escape", "ticks", "comment", "autolink", "tag", "entity", "gitbook", "math", "note", "bracket", "close", "short", "heading_id")


def _is_title(leaf, rows):
    """Whether a page's first leaf is a heading of level 1: `# …`, `<h1>`, or a line underlined with `=`."""
    if leaf.kind == "html":
        return leaf.text.lower().startswith("<h1")
    underlined = any(re.match(r" {0,3}=+\s*$", row) for row in rows[1: 2 + leaf.text.count("\n")])
    return leaf.kind == "heading" and (underlined or rows[0].lstrip().startswith("# "))


def _closing_ticks(text, start, length):
    """The span of the next run of exactly `length` backticks."""
    for run in re.compile(r"`+").finditer(text, start):
        if len(run[0]) == length:
            return run.span()
    return None
