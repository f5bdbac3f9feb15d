"""Faults of settings: redirects, unknown keys, files that nobody reads."""

import posixpath
import re

from inject_book import CLOSE, OPEN


def redirects(context, fault, make):
    """Lines below `redirects:` of a space's settings, which are made where there are none."""
    summary = context.summaries[context.page()]
    folder = posixpath.dirname(summary)
    path = posixpath.join(folder, ".gitbook.yaml")
    pages = [page for page in context.listed if context.summaries[page] == summary and page not in context.book.gone and re.match(r"[\w./-]+\Z", page)]
    if len(pages) < 3 or any(".gitbook.yaml" in name and name != path for name in context.book.files):
        return False
    page = posixpath.relpath(context.rng.choice(pages), folder or ".")
    lines = make(context, page)
    if not lines:
        return False
    if path not in context.book.files:
        context.book.create(fault, path, "redirects:\n")
    text = context.book.text(path)
    if text == "":
        return _append(context, fault, path, lines)
    found = re.search(r"^redirects:[ \t]*\r?\n(?=( +)\S)", text, re.M)
    if not found:
        return False
    lines = "".join(found[1] + line + "\n" for line in lines)
    before = [edit for edit in context.book.edits.get(path, []) if edit.start == found.end()]
    return not before and context.book.edit(fault, path, found.end(), found.end(), lines)


def _append(context, fault, path, lines):
    """More for a file that is new: it has one edit, and so one fault."""
    edit = context.book.edits[path][0]
    if OPEN in edit.text:
        return False
    context.book.edits[path] = [edit._replace(text=edit.text + "".join(f"  {line}\n" for line in lines), fault=fault)]
    context.book._note(fault)
    return True


def redirect_to_nothing(context, fault):
    return redirects(context, fault, lambda c, page: [f"old/{c.book.name()}: {OPEN}{page[:-3]}-{c.book.name()}.md{CLOSE}"])


def redirect_to_no_heading(context, fault):
    return redirects(context, fault, lambda c, page: [f"old/{c.book.name()}: {OPEN}{page}#{c.book.name('part-')}{CLOSE}"])


def redirect_to_redirect(context, fault):
    def lines(context, page):
        name = context.book.name()
        return [f"older/{name}: {OPEN}old/{name}{CLOSE}", f"old/{name}: {page}"]
    return redirects(context, fault, lines)


def redirect_in_circle(context, fault):
    def lines(context, page):
        name = context.book.name()
        return [f"a/{name}: {OPEN}b/{name}{CLOSE}", f"b/{name}: {OPEN}a/{name}{CLOSE}"]
    return redirects(context, fault, lines)


def redirect_twice(context, fault):
    def lines(context, page):
        name = context.book.name()
        return [f"old/{name}: {page}", f"{OPEN}old/{name}{CLOSE}: {page}"]
    return redirects(context, fault, lines)


def setting_unknown(context, fault):
    path = ".gitbook.yaml"
    if path not in context.book.files or path in context.book.edits and any(e.start == len(context.book.text(path)) for e in context.book.edits[path]):
        return False
    text = context.book.text(path)
    if not re.search(r"^redirects:", text, re.M):
        return False
    lead = "" if text.endswith("\n") else "\n"
    what = context.rng.choice([f"{OPEN}structrue{CLOSE}: a", f"{OPEN}{context.book.name()}{CLOSE}: a"])
    return context.book.edit(fault, path, len(text), len(text), f"{lead}{what}\n")


def settings_of_no_space(context, fault):
    name = context.book.name()
    context.book.create(fault, f"{name}/.gitbook.yaml", f"{OPEN}redirects:{CLOSE}\n  old: README.md\n")
    return True


SETTINGS = [
    ("redirect to nothing", ("dead-redirect",), redirect_to_nothing),
    ("redirect to no heading", ("dead-redirect",), redirect_to_no_heading),
    ("redirect to a redirect", ("redirect-chain",), redirect_to_redirect),
    ("redirects in a circle", ("redirect-loop",), redirect_in_circle),
    ("redirect given twice", ("config-duplicate-key",), redirect_twice),
    ("unknown setting", ("config-unknown-key",), setting_unknown),
    ("settings of no space", ("config-unused-file",), settings_of_no_space),
]
