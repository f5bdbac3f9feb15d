"""Markdown text in, leaf blocks out: where paragraphs, code, tables and raw HTML begin and end.

A small reading of CommonMark's block structure, written for counting words: only what decides which characters are
text is kept. GitBook tags on a line of their own end a paragraph; inside code they are code.
"""

import re
from typing import NamedTuple

FENCE = re.compile(r"(`{3,}|~{3,})(.*)$")
HEADING = re.compile(r"#{1,6}(?=[ \t]|$)[ \t]*")
RULE = re.compile(r"([-*_])[ \t]*(?:\1[ \t]*){2,}$")
SETEXT = re.compile(r"(=+|-+)[ \t]*$")
BULLET = re.compile(r"([-+*]|(\d{1,9})[.)])(?=[ \t]|$)")
FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]:[ \t]*")
DELIMITER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
DEFINITION = re.compile(
    r"""[ ]{0,3}\[((?:[^\[\]\\]|\\.)+)\]:[ \t]*\n?[ \t]*(?:<[^<>\n]*>|[^\s<]\S*)"""
    r"""(?:[ \t]*(?:\n[ \t]*|[ \t])(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?[ \t]*(?:\n|$)"""
)
GITBOOK_TAG = re.compile(r"\{%(?:(?!\{%|%\})[\s\S])*%\}")

RAW_START = re.compile(r"<(pre|script|style|textarea)(?=[\s>]|$)", re.I)
OPAQUE = ("-->", "pre", "script", "style", "textarea")
UNITS = (*OPAQUE[1:], "table", "ul", "ol", "dl", "figure", "picture", "video")
BLOCK_START = re.compile(
    r"</?(?:address|article|aside|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|"
    r"figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|main|menu|menuitem|nav|"
    r"noframes|ol|optgroup|option|p|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?=[\s/>]|$)",
    re.I,
)
LONE_TAG = re.compile(r"</?([a-z][a-z0-9]*)(?:\s[^<>]*)?/?>[ \t]*$", re.I)
LONE_NAMES = frozenset("a b br button code del em font i img ins kbd mark picture q s small source span strong sub sup u video".split())


class Leaf(NamedTuple):
    """A run of lines with one meaning. `kind`: paragraph, heading, row, extra, html, fence, code or tag."""

    kind: str
    text: str
    line: int
    inside: str = ""  # "list", "quote" or "footnote": the nearest container


def blocks(text, line=1):
    """The leaves of `text` in order, and the labels of its reference and footnote definitions."""
    reader = _Reader(text, line)
    reader.run()
    return reader.leaves, reader.labels, reader.notes


def label(text):
    """The form in which two reference labels are compared."""
    return " ".join(text.split()).casefold()


def cells(row):
    """The number of cells of a pipe-table row."""
    row = re.sub(r"\\.", "", row.strip())
    return len(row.removeprefix("|").removesuffix("|").split("|"))


class _Reader:
    def __init__(self, text, line):
        self.rows = text.split("\n")
        self.first = line
        self.at = 0
        self.leaves, self.labels, self.notes = [], set(), set()
        self.containers = []  # ("quote", 0) or ("list" | "footnote", columns of content)
        self.kind, self.lines, self.start = None, [], 0  # the open leaf
        self.end = None  # what ends it: a fence (char, length), a closing tag, or None
        self.columns = 0

    def run(self):
        while self.at < len(self.rows):
            self.row(self.rows[self.at].expandtabs(4))
            self.at += 1
        self.flush()

    def flush(self):
        if self.kind and self.lines:
            inside = self.containers[-1][0] if self.containers else ""
            text, line = "\n".join(self.lines), self.start
            if self.kind == "paragraph":
                while match := DEFINITION.match(text):
                    self.labels.add(label(match[1]))
                    line += match[0].count("\n")
                    text = text[match.end():]
            if text:
                self.leaves.append(Leaf(self.kind, text, line, inside))
        self.kind, self.lines, self.end = None, [], None

    def open(self, kind, row, end=None):
        self.flush()
        self.kind, self.lines, self.start, self.end = kind, [row], self.first + self.at, end

    def leaf(self, kind, row):
        self.open(kind, row)
        self.flush()

    def row(self, row):
        depth, rest = self.match_containers(row)
        matched = depth == len(self.containers)
        if matched and self.continues(rest):
            return
        if not matched and self.kind == "paragraph" and rest.strip() and not self.starts(rest, False):
            self.lines.append(rest.strip())  # a lazy line: the paragraph goes on outside its container
            return
        if not matched:
            self.flush()
            del self.containers[depth:]
        self.begin(rest, matched)

    def match_containers(self, row):
        depth = 0
        for kind, width in self.containers:
            indent = len(row) - len(row.lstrip(" "))
            if kind == "quote":
                if indent > 3 or not row.lstrip(" ").startswith(">"):
                    break
                row = row.lstrip(" ")[1:]
                row = row[1:] if row.startswith(" ") else row
            elif not row.strip():
                row = ""
            elif indent >= width:
                row = row[width:]
            else:
                break
            depth += 1
        return depth, row

    def continues(self, rest):
        """Whether the open leaf takes the line whatever it says."""
        blank = not rest.strip()
        if self.kind == "fence":
            mark = FENCE.match(rest.strip())
            closes = mark and mark[1][0] == self.end[0] and len(mark[1]) >= self.end[1] and not mark[2].strip()
            if closes and len(rest) - len(rest.lstrip()) < 4:
                self.flush()
            else:
                self.lines.append(rest)
            return True
        if self.kind == "html":
            return self.continues_html(rest, blank)
        if self.kind == "code" and (blank or rest.startswith("    ")):
            self.lines.append(rest[4:])
            return True
        return False

    def continues_html(self, rest, blank):
        if self.end is None:
            if blank or self.opens_fence(rest) or GITBOOK_TAG.match(rest.lstrip(" ")):
                return False
            self.lines.append(rest)
            self.end = self.unit(rest)
            return True
        self.lines.append(rest)
        closer, depth = self.end
        if closer == "-->":
            depth -= "-->" in rest
        else:
            depth += _depth(rest, closer)
        self.end = (closer, depth)
        if depth <= 0:
            self.end = None
            if closer in OPAQUE:
                self.flush()  # a complete table, in contrast, is followed by ordinary raw HTML until a blank line
        return True

    def unit(self, row):
        """An element opened on this line that is read whole, blank lines and indentation included, as HTML would."""
        for name in UNITS:
            if _depth(row, name) > 0 and any(f"</{name}" in later.lower() for later in self.rows[self.at + 1: self.at + 4000]):
                return name, _depth(row, name)
        return None

    def opens_fence(self, rest):
        mark = FENCE.match(rest.strip())
        return mark and not (mark[1][0] == "`" and "`" in mark[2])

    def starts(self, rest, in_paragraph):
        """Whether a line begins a block that may interrupt a paragraph."""
        body, indent = rest.lstrip(" "), len(rest) - len(rest.lstrip(" "))
        if body.startswith("{%") and GITBOOK_TAG.match(body):
            return True
        if indent > 3:
            return False
        if self.opens_fence(body) or HEADING.match(body) or RULE.match(body) or body.startswith((">", "<!--")):
            return True
        if RAW_START.match(body) or BLOCK_START.match(body) or FOOTNOTE.match(body):
            return True
        bullet = BULLET.match(body)
        if not bullet:
            return False
        return not in_paragraph or (bool(body[bullet.end():].strip()) and bullet[2] in (None, "1"))

    def begin(self, rest, matched):
        """Starts whatever the rest of a line starts: containers first, then one leaf."""
        for _ in range(200):
            body, indent = rest.lstrip(" "), len(rest) - len(rest.lstrip(" "))
            paragraph = matched and self.kind in ("paragraph", "row")
            if not body.strip():
                self.flush()
                return
            tag, more = self.tag(body)
            if tag:
                self.leaf("tag", tag)
                self.at += more
                rest, matched = "" if more else body[len(tag):].lstrip(" "), False
                continue
            if paragraph and self.kind == "paragraph" and indent < 4 and SETEXT.match(body):
                self.kind = "heading"
                self.flush()
                return
            if paragraph and self.table(body):
                return
            if indent > 3 and not paragraph:
                if self.kind != "code":
                    self.open("code", rest[4:])
                else:
                    self.lines.append(rest[4:])
                return
            if paragraph and not self.starts(rest, self.kind == "paragraph"):
                self.lines.append(body.rstrip(" ")) if self.kind == "paragraph" else self.table_row(body)
                return
            self.flush()
            if body.startswith(">"):
                self.containers.append(("quote", 0))
                rest = body[2:] if body[1:2] == " " else body[1:]
            elif note := FOOTNOTE.match(body):
                self.notes.add(note[1].casefold())
                self.containers.append(("footnote", 4))
                rest = body[note.end():]
            elif not RULE.match(body) and (bullet := BULLET.match(body)):
                after = body[bullet.end():]
                spaces = len(after) - len(after.lstrip(" "))
                spaces = spaces if 1 <= spaces <= 4 and after.strip() else 1
                self.containers.append(("list", indent + bullet.end() + spaces))
                rest = re.sub(r"^\[[ xX]\](?= )", "", after[spaces:])
            else:
                self.plain(body)
                return
            matched = False
        self.open("paragraph", rest.strip())

    def plain(self, body):
        if self.opens_fence(body):
            mark = FENCE.match(body)
            self.open("fence", "", (mark[1][0], len(mark[1])))
        elif heading := HEADING.match(body):
            self.leaf("heading", re.sub(r"(^|[ \t]+)#+[ \t]*$", "", body[heading.end():]))
        elif RULE.match(body):
            self.flush()
        elif body.startswith("<!--"):
            self.open("html", body, ("-->", 1))
            if "-->" in body[4:] or not any("-->" in later for later in self.rows[self.at + 1:]):
                self.flush()
        elif (raw := RAW_START.match(body)) and f"</{raw[1].lower()}" in body.lower():
            self.leaf("html", body)
        elif raw or BLOCK_START.match(body) or ((lone := LONE_TAG.match(body)) and lone[1].lower() in LONE_NAMES):
            self.open("html", body, self.unit(body))
        else:
            self.open("paragraph", body.rstrip(" "))

    def tag(self, body):
        """The GitBook tag at the start of a line, and how many further lines it covers (a diagram in an attribute)."""
        if not body.startswith("{%"):
            return None, 0
        for more, row in enumerate([""] + self.rows[self.at + 1: self.at + 200]):
            if more:
                if "{%" in row:
                    break
                body += "\n" + row
            if "%}" in body:
                match = GITBOOK_TAG.match(body)
                return (match[0], match[0].count("\n")) if match else (None, 0)
        return None, 0

    def table(self, body):
        """A delimiter row makes the line above it the header of a table."""
        if self.kind != "paragraph" or not DELIMITER.match(body) or not ("|" in body or "|" in self.lines[-1]):
            return False
        head, columns = self.lines[-1], cells(body)
        if cells(head) != columns:
            return False
        self.lines.pop()
        line = self.start + len(self.lines)
        self.flush()
        self.columns = columns
        self.leaves.append(Leaf("row", head, line, self.containers[-1][0] if self.containers else ""))
        self.kind, self.lines, self.start = "row", [], self.first + self.at
        return True

    def table_row(self, body):
        inside = self.containers[-1][0] if self.containers else ""
        kept, extra = body, ""
        if cells(body) > self.columns:  # GFM drops cells beyond the header's; their words are lost words
            bars = [m.start() for m in re.finditer(r"(?<!\\)\|", body)]
            cut = bars[self.columns - (0 if body.lstrip().startswith("|") else 1)]
            kept, extra = body[:cut], body[cut:]
        self.leaves.append(Leaf("row", kept, self.first + self.at, inside))
        if extra:
            self.leaves.append(Leaf("extra", extra, self.first + self.at, inside))


def _depth(row, name):
    """Opening minus closing tags of `name` on a line."""
    return len(re.findall(rf"<{name}(?=[\s>]|$)", row, re.I)) - len(re.findall(rf"</{name}\s*>", row, re.I))
