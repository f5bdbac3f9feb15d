"""The text of a page in; where something can be put into it, and which links it has, out.

A reader of its own, and a careful one: what it is not sure of is no place. It knows fences, comments, GitBook's tags and
raw HTML only as far as to see whether a line stands inside one of them.
"""

import posixpath
import re
from typing import NamedTuple
from urllib.parse import unquote

FENCE = re.compile(r"[ \t>]*(?:[-*+]\s+|\d+[.)]\s+)?(`{3,}|~{3,})([^`]*)$")
TAG = re.compile(r"\{%-?\s*(end)?\s*(@?[A-Za-z][\w/-]*)(?:(?!%\}).)*%\}", re.S)
ELEMENT = re.compile(r"<(/?)(details|table|figure|picture|div|pre|ul|ol|dl|p|blockquote|center|section|span|summary|h[1-6])\b[^<>]*?(/?)>", re.I)
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
TICKS = re.compile(r"\\`|`+|\n[ \t]*\n")
FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n.*?\n---[ \t]*(?:\r?\n|\Z)", re.S)
MARKDOWN = re.compile(r"(!?)\[(?:!?\[[^\[\]]*\](?:\([^()\s]*\))?|[^\[\]\\]|\\.)*+\]\((<[^<>\n]*>|(?:[^\s()\\<]|\\.|\([^\s()]*\))+)(?:[ \t]+\"[^\"\n]*\")?\)")
HTML = re.compile(r"<(a|img)\s(?:[^<>]*?\s)?(href|src)=\"([^\"<>]*)\"[^<>]*>", re.I)
ATTRIBUTE = re.compile(r"\{%\s*(content-ref|page-ref|file)\s(?:(?!%\}).)*?(url|page|src)=\"([^\"]*)\"(?:(?!%\}).)*%\}")
INCLUDE = re.compile(r"\{%\s*include\s+\"([^\"]*)\"\s*%\}")
DEFINITION = re.compile(r"^ {0,3}\[[^\]^][^\]]*\]:[ \t]*(\S+)", re.M)
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


class Line(NamedTuple):
    start: int
    text: str  # without its end
    code: bool
    depth: int  # of tags and elements around it


class Link(NamedTuple):
    path: str  # of the file it stands in
    form: str
    start: int
    end: int
    dest: str
    label: bool  # within a card, whose label no reader sees


def blank(text):
    """The text with code, comments and front matter blanked: the same length, the same lines."""
    def spaces(found):
        return re.sub(r"[^\n]", " ", found if isinstance(found, str) else found[0])

    text = FRONT.sub(spaces, text, 1) if FRONT.match(text) else text
    text = COMMENT.sub(spaces, text)
    out, mark = [], None
    for line in text.splitlines(keepends=True):
        fence = FENCE.match(line.rstrip("\r\n"))
        if mark is None and fence:
            mark = fence[1]
            out.append(spaces(line))
        elif mark is not None:
            body = line.strip(" \t\r\n>")
            if body.startswith(mark) and not body.strip(mark[0]):
                mark = None
            out.append(spaces(line))
        else:
            out.append(line)
    text = re.sub(r"<pre\b.*?(?:</pre>|\Z)", spaces, "".join(out), flags=re.S | re.I)
    return _without_code_spans(text, spaces)


def _without_code_spans(text, spaces):
    """Runs of backticks open code and close it; an empty line ends a paragraph, and with it what was not closed."""
    out, at = [], 0
    marks = [mark for mark in TICKS.finditer(text) if not mark[0].startswith("\\")]
    n = 0
    while n < len(marks):
        mark, end = marks[n], n + 1
        n += 1
        if mark[0].startswith("`"):
            while end < len(marks) and marks[end][0].startswith("`") and marks[end][0] != mark[0]:
                end += 1
            if end < len(marks) and marks[end][0] == mark[0]:
                out += [text[at : mark.start()], spaces(text[mark.start() : marks[end].end()])]
                at, n = marks[end].end(), end + 1
    return "".join(out) + text[at:]


def lines(text):
    """The lines of a page, each with what it stands in. Nothing for a page whose tags do not match."""
    clear, out, depth, at = blank(text), [], 0, 0
    names = {match[2] for match in TAG.finditer(clear) if match[1]}
    for line in text.splitlines(keepends=True):
        bare = clear[at : at + len(line)]
        code = not bare.strip() and bool(line.strip())
        out.append(Line(at, line.rstrip("\r\n"), code, depth))
        for match in TAG.finditer(bare):
            depth += (match[2] in names) * (-1 if match[1] else 1)
        for match in ELEMENT.finditer(bare):
            depth += 0 if match[3] else -1 if match[1] else 1
        if depth < 0:
            return []
        at += len(line)
    return out if depth == 0 else []


def gaps(text):
    """Places between blocks: before a heading that follows a blank line, and the end of the page."""
    found = []
    rows = lines(text)
    for above, row in zip(rows, rows[1:]):
        if row.depth == 0 and not row.code and re.match(r"#{2,4} \S", row.text) and not above.text.strip() and not above.code:
            found.append(row.start)
    return found


def end(text):
    """The end of a page, where everything on it is closed, else None."""
    rows = lines(text)
    return len(text) if rows and not rows[-1].text.startswith((" ", "\t")) and not rows[-1].code else None


def tails(text):
    """`(kind, place)` of the ends of lines to which words can be added: prose, items and cells."""
    found = []
    rows = lines(text)
    for above, row, below in zip(rows, rows[1:], rows[2:]):
        if row.code or row.depth or row.text != row.text.rstrip() or row.text.endswith("\\") or "{%" in row.text:
            continue
        place = row.start + len(row.text)
        if re.match(r"[A-Z][a-z]+ [a-z]+ .*[a-z.]$", row.text) and not above.text.strip() and not below.text.strip():
            found.append(("prose", place))
        elif re.match(r"\s{0,3}(?:[*+-]|\d+[.)])\s{1,3}[A-Z][a-z]+ .*[a-z.]$", row.text) and "](" not in above.text:
            found.append(("list item", place))
        elif re.match(r"\|.*[^\\` ]\s*\|$", row.text) and above.text.startswith("|") and row.text.count("|") == above.text.count("|") and "`" not in row.text:
            found.append(("table cell", place - 1))
    return found


def links(path, text):
    """The links of a page in the forms that occur: Markdown, definitions, raw HTML, tags."""
    clear = blank(text)
    cards = [match.span() for match in re.finditer(r"\{%\s*(?:content|page)-ref\b.*?%\}(.*?)\{%\s*end(?:content|page)-ref", clear, re.S)]
    found = []

    def add(form, start, stop, dest):
        inside = any(a < start < b for a, b in cards) and form == "Markdown"
        found.append(Link(path, form, start, stop, dest, inside))

    for match in MARKDOWN.finditer(clear):
        dest = match[2]
        angle = dest.startswith("<")
        start, stop = match.start(2) + angle, match.end(2) - angle
        add("image" if match[1] else "Markdown", start, stop, ESCAPE.sub(r"\1", text[start:stop]))
    for match in HTML.finditer(clear):
        add(match[1].lower(), *match.span(3), match[3].replace("&#x26;", "&").replace("&amp;", "&").replace("&#x27;", "'"))
    for match in ATTRIBUTE.finditer(clear):
        add(match[1], *match.span(3), match[3])
    for match in INCLUDE.finditer(clear):
        add("include", *match.span(1), match[1])
    for match in DEFINITION.finditer(clear):
        add("definition", *match.span(1), match[1].strip("<>"))
    return sorted(found, key=lambda link: link.start)


def target(book, link):
    """The file that a link leads to, by its path alone; None for anything else."""
    return resolve(book, link.path, link.dest)


def resolve(book, path, dest):
    if re.match(r"[a-z][a-z0-9+.-]+:|//|#", dest, re.I) or "\\" in dest or not dest:
        return None
    way = unquote(re.split(r"[#?]", dest)[0])
    if way.startswith("/"):
        path, way = "", way.lstrip("/")
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), way))
    # Without its ending a link is reported and still leads there.
    for found in (joined, joined + ".md"):
        if found in book.files:
            return found
    readme = posixpath.normpath(posixpath.join(joined, "README.md"))
    return readme if readme in book.files and joined in book.folders | {"."} else None


def fragment(dest):
    return unquote(dest.partition("#")[2])
