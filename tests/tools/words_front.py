"""Front matter: the two values a reader sees, `title` and `description`, without a YAML library."""

import re

_KEY = re.compile(r"(title|description)[ \t]*:(?:[ \t]+(.*))?$")
_ESCAPES = {"n": "\n", "t": "\t", "_": "\u00a0", "N": "\u0085", "0": "\0", "L": "\u2028", "P": "\u2029", "e": "\x1b"}


def front_matter(text):
    """`({key: (value, line)}, the rest of the text, the number of its first line)`."""
    rows = text.split("\n")
    if rows[0].rstrip() != "---":
        return {}, text, 1
    end = next((n for n, row in enumerate(rows[1:], 1) if row.rstrip() in ("---", "...")), None)
    if end is None:
        return {}, text, 1
    fields = {}
    for n in range(1, end):
        if match := _KEY.match(rows[n]):
            more = []
            for row in rows[n + 1: end]:
                if row.strip() and not row.startswith((" ", "\t")):
                    break
                more.append(row)
            value = _scalar((match[2] or "").strip(), more)
            if value:
                fields[match[1]] = (value, n + 1)
    return fields, "\n".join(rows[end + 1:]), end + 2


def _scalar(first, more):
    if re.match(r"[|>][-+0-9]*\s*(#.*)?$", first):
        return "\n".join(more)
    whole = "\n".join([first, *more]).strip()
    if whole.startswith('"'):
        end = re.match(r'"((?:[^"\\]|\\.)*)"', whole, re.S)
        return re.sub(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", _unescape, end[1], flags=re.S) if end else whole
    if whole.startswith("'"):
        end = re.match(r"'((?:[^']|'')*)'", whole, re.S)
        return end[1].replace("''", "'") if end else whole
    return "\n".join(re.sub(r"(^|\s)#.*$", "", row) for row in whole.split("\n"))


def _unescape(match):
    code = match[1]
    if len(code) > 1:
        return chr(int(code[1:], 16)) if int(code[1:], 16) < 0x110000 else ""
    return _ESCAPES.get(code, " " if code == "\n" else code)
