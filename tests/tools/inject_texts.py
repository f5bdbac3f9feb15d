"""Faults of texts as files: front matter, bytes, includes, and files that nothing leads to."""

import posixpath
import re

import inject_places as places
from inject_book import CLOSE, OPEN


def _front(context, fault, line):
    """A line of front matter; a page without gets some."""
    path = context.fresh()
    if not path:
        return False
    text = context.book.text(path)
    if text.startswith("---\n"):
        return not re.match(r"---\n(?:.*\n)*?(?:hidden|cover|description)", text) and context.book.edit(fault, path, 4, 4, line + "\n")
    return not text.startswith(("---", "\ufeff")) and context.book.edit(fault, path, 0, 0, f"---\n{line}\n---\n\n")


def front_matter_broken(context, fault):
    return _front(context, fault, f"description: {OPEN}Rooms: where they are{CLOSE}")


def front_matter_type(context, fault):
    return _front(context, fault, f"hidden: {OPEN}maybe{CLOSE}")


def cover_gone(context, fault):
    return _front(context, fault, f"cover: {OPEN}.gitbook/assets/{context.book.name()}.png{CLOSE}\ncoverY: 0")


def byte_of_no_text(context, fault):
    path = context.fresh()
    tail = path and places.end(context.book.text(path))
    if not tail or not context.book.text(path).endswith("\n"):
        return False
    context.book.locked.add(path)
    return context.book.edit(fault, path, tail, tail, f"\nCaf{OPEN}\udcff{CLOSE} au lait.\n")


def _include(context, fault, body):
    """A new text for many pages, and a page that includes it."""
    path = context.page()
    folder = posixpath.join(posixpath.dirname(context.summaries[path]), ".gitbook/includes")
    name = posixpath.join(folder, context.book.name() + ".md")
    text = body(context, name)
    if text is None or not context.put(fault, path, f'{{% include "{context.relative(path, name)}" %}}'):
        return False
    context.book.create(fault, name, f"---\ntitle: Words\n---\n\n{text}\n")
    return True


def dead_link_in_include(context, fault):
    return _include(context, fault, lambda c, name: f"Words.\n\n* See [word]({OPEN}{c.book.name()}.md{CLOSE}).")


def dead_anchor_in_include(context, fault):
    def body(context, name):
        page = context.rng.choice([page for page in context.listed if page not in context.book.gone])
        return f"See [word]({OPEN}{context.relative(name, page)}#{context.book.name('part-')}{CLOSE})." if re.match(r"[\w./-]+\Z", page) else None
    return _include(context, fault, body)


def include_cycle(context, fault):
    return _include(context, fault, lambda c, name: f'Words.\n\n{OPEN}{{% include "{posixpath.basename(name)}" %}}{CLOSE}')


def include_unused(context, fault):
    folder = posixpath.join(posixpath.dirname(context.summaries[context.page()]), ".gitbook/includes")
    context.book.create(fault, posixpath.join(folder, context.book.name() + ".md"), f"{OPEN}Words.{CLOSE}\n")
    return True


def page_orphaned(context, fault):
    name = context.book.name()
    folder = posixpath.dirname(context.summaries[context.page()])
    context.book.create(fault, posixpath.join(folder, f"{name}.md"), f"{OPEN}# Orphan {name}{CLOSE}\n\nText.\n")
    return True


def asset_unused(context, fault):
    """Told at the top of the table of contents."""
    summary = context.summaries[context.page()]
    text = context.book.text(summary)
    stop = text.find("\n")
    name = context.book.name()
    if stop < 1 or not context.book.expect(fault, summary, 0, stop):
        return False
    context.book.create(None, posixpath.join(posixpath.dirname(summary), f".gitbook/assets/{name}.png"), "x")
    return True


TEXTS = [
    ("front matter of no YAML", ("front-matter-syntax",), front_matter_broken),
    ("front matter of another type", ("front-matter-type",), front_matter_type),
    ("cover that is gone", ("dead-link",), cover_gone),
    ("byte of no text", ("invalid-utf8",), byte_of_no_text),
    ("dead link in an include", ("dead-link",), dead_link_in_include),
    ("dead anchor in an include", ("dead-anchor",), dead_anchor_in_include),
    ("include of itself", ("include-cycle",), include_cycle),
    ("include without a page", ("unused-include",), include_unused),
    ("page without entry", ("orphan-page",), page_orphaned),
    ("file without a page", ("unused-asset",), asset_unused),
]
