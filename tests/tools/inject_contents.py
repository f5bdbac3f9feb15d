"""Faults of tables of contents: entries that lead to nothing, twice to one page, or are none."""

import posixpath

import inject_places as places
from inject_book import CLOSE, OPEN


def _entry(context):
    path = context.page()
    summary = context.summaries[path]
    entries = [link for link in context.links(summary) if places.target(context.book, link) == path and "#" not in link.dest and context.clean(link)]
    return (summary, entries[0]) if len(entries) == 1 else (None, None)


def insert_entry(context, fault, line):
    """A line after an entry, of the same depth, with no entry below it."""
    summary, entry = _entry(context)
    if not summary:
        return False
    text = context.book.text(summary)
    start, stop = text.rfind("\n", 0, entry.start) + 1, text.find("\n", entry.end)
    row, below = text[start:stop], text[stop + 1 :].split("\n")[0]
    indent = len(row) - len(row.lstrip())
    if stop < 0 or len(below) - len(below.lstrip()) > indent or not row.lstrip().startswith(("* ", "- ")):
        return False
    return context.book.edit(fault, summary, stop, stop, "\n" + row[: indent + 2] + line(context, summary, entry))


def entry_of_no_page(context, fault):
    return insert_entry(context, fault, lambda c, s, e: f"[Word]({OPEN}{c.book.name()}.md{CLOSE})")


def entry_in_capitals(context, fault):
    def line(context, summary, entry):
        name = context.book.name("Page")
        context.book.create(None, posixpath.join(posixpath.dirname(summary), f"{name}.md"), f"# {name}\n")
        return f"[Word]({OPEN}{name.lower()}.md{CLOSE})"
    return insert_entry(context, fault, line)


def entry_again(context, fault):
    return insert_entry(context, fault, lambda c, s, e: f"[Again]({OPEN}{e.dest}{CLOSE})" if " " not in e.dest else f"[Again](<{OPEN}{e.dest}{CLOSE}>)")


def entry_of_no_heading(context, fault):
    return insert_entry(context, fault, lambda c, s, e: f"[Part]({OPEN}{e.dest}#{c.book.name('part-')}{CLOSE})")


def entry_without_address(context, fault):
    return insert_entry(context, fault, lambda c, s, e: f"{OPEN}[Word](){CLOSE}")


def entry_computed(context, fault):
    return insert_entry(context, fault, lambda c, s, e: f"```yaml\n{' ' * (2 + _indent(c, e))}{OPEN}type: builtin:openapi{CLOSE}\n{' ' * (2 + _indent(c, e))}```")


def _indent(context, entry):
    text = context.book.text(entry.path)
    row = text[text.rfind("\n", 0, entry.start) + 1 : entry.start]
    return len(row) - len(row.lstrip())


def words_in_contents(context, fault):
    summary = context.summaries[context.page()]
    text = context.book.text(summary)
    return context.book.edit(fault, summary, len(text), len(text), f"\n\n{OPEN}Words for {context.book.name()} here.{CLOSE}\n")


ENTRIES = [
    ("entry of no page", ("missing-page",), entry_of_no_page),
    ("entry in other capitals", ("missing-page",), entry_in_capitals),
    ("entry given again", ("repeated-entry",), entry_again),
    ("entry of no heading", ("dead-anchor",), entry_of_no_heading),
    ("entry without address", ("empty-summary-entry",), entry_without_address),
    ("computed entry", ("computed-entry",), entry_computed),
    ("words in the contents", ("stray-summary-text",), words_in_contents),
]
