"""Faults of files: pages moved, removed and renamed, headings renamed, tables of contents, redirects, settings."""

import posixpath
import re

import inject_places as places
from inject_book import CLOSE, OPEN

# What a page that is no longer listed or no longer there leaves behind in other places.
GONE = ("orphan-page", "unlisted-page", "unused-asset", "unused-include", "card-label")


def _whole(context, path):
    """Whether nothing was done to a page yet, and a move of it would hide nothing."""
    book = context.book
    name = posixpath.basename(path).lower()
    return path not in book.edits and path not in book.gone and path not in book.locked and name not in ("readme.md", "welcome.md")


def _expect_all(context, fault, links):
    """The same finding at every link. False where one of them cannot be had."""
    links = [link for link in links if not link.label]
    for link in links:
        text = context.book.text(link.path)
        if not context.clean(link) or link.path in context.book.gone or "  " in text[link.start : link.end]:
            return False
    return all([context.book.expect(fault, link.path, link.start, link.end) for link in links])


def _linked_page(context):
    """A page with a few links to it, all of them on pages that are shown."""
    for _ in range(60):
        path = context.page()
        links = context.linking().get(path, [])
        shown = all(link.path in context.pages or link.path in context.summaries.values() for link in links)
        near = all(not any(link.start <= edit.end and edit.start <= link.end for edit in context.book.edits.get(link.path, [])) for link in links)
        if 1 < len(links) < 12 and shown and near and _whole(context, path) and path not in (link.path for link in links):
            return path, links
    return None, []


def _split(context, links):
    """Links of tables of contents, and those of pages."""
    contents = set(context.summaries.values())
    return [link for link in links if link.path in contents], [link for link in links if link.path not in contents]


def page_removed(context, fault):
    """The page goes; who links to it stays."""
    path, links = _linked_page(context)
    if not path:
        return False
    fault.also += [(rule, None) for rule in GONE] + [("dead-redirect", None), ("redirect-chain", None), ("config-missing-file", None)]
    fault.rules |= {"missing-page"}
    context.book.remove(fault, path)
    return _expect_all(context, fault, links)


def page_moved(context, fault):
    """The page goes to another folder, and its entry with it; links to it and in it stay as they were."""
    path, links = _linked_page(context)
    if not path:
        return False
    inside = [link for link in context.links(path) if places.target(context.book, link) and link.dest and not link.dest.startswith("/")]
    if any(link.label or not context.clean(link) or link.form == "definition" for link in inside):
        return False
    entries, others = _split(context, links)
    to = posixpath.join(context.book.name("moved"), context.book.name("deeper"), posixpath.basename(path))
    to = posixpath.join(posixpath.dirname(context.summaries[path]), to)
    fault.also += [(rule, None) for rule in GONE] + [("dead-redirect", None), ("redirect-chain", None)]
    fault.rules |= {"dead-include"}
    # From its new place a link may lead somewhere again, by chance.
    if any(places.resolve(context.book, to, link.dest) for link in inside):
        return False
    for entry in entries:
        if not context.book.edit(fault, entry.path, entry.start, entry.end, context.relative(entry.path, to).replace(" ", "%20")):
            return False
    context.book.move(fault, path, to)
    return _expect_all(context, fault, others + inside)


def page_unlisted(context, fault):
    """The entry goes; the file and the links to it stay."""
    path, links = _linked_page(context)
    entries, others = _split(context, links)
    if not path or len(entries) != 1 or not others:
        return False
    text = context.book.text(entries[0].path)
    start = text.rfind("\n", 0, entries[0].start) + 1
    stop = text.find("\n", entries[0].end) + 1
    line, below = text[start:stop], text[stop:].split("\n")[0]
    indent = len(line) - len(line.lstrip())
    # Without its parent a nested list would be something else.
    if not stop or len(below) - len(below.lstrip()) > indent or any(link.dest.endswith("/") for link in others):
        return False
    fault.also += [(rule, None) for rule in GONE if rule != "unlisted-page"] + [("dead-redirect", None), ("dead-anchor", path), ("redirect-chain", None)]
    # Nobody reads the page any more, so nobody tells its faults.
    context.book.gone.add(path)
    return context.book.edit(fault, entries[0].path, start, stop, "") and _expect_all(context, fault, others)


def folder_readme_removed(context, fault):
    found = [page for page in context.pages if posixpath.basename(page) == "README.md" and "/" in page and page in context.linking() and page not in context.book.edits and page not in context.book.gone]
    if not found:
        return False
    path = context.rng.choice(found)
    links = context.linking()[path]
    if len(links) > 12 or posixpath.dirname(path) in {posixpath.dirname(summary) for summary in context.summaries.values()}:
        return False
    if any(link.path not in context.pages and link.path not in context.summaries.values() for link in links) or any(link.path == path for link in links):
        return False
    fault.rules |= {"missing-page"}
    fault.also += [(rule, None) for rule in GONE] + [("dead-redirect", None), ("redirect-chain", None)]
    context.book.remove(fault, path)
    return _expect_all(context, fault, links)


def asset_removed(context, fault):
    found = [path for path in sorted(context.linking()) if not path.lower().endswith(".md") and path not in context.book.removed and len(context.linking()[path]) < 12]
    if not found:
        return False
    path = context.rng.choice(found)
    links = context.linking()[path]
    if any(link.path not in context.pages or link.path in context.book.gone for link in links):
        return False
    fault.also += [("api-block", None), ("unused-asset", None)]
    context.book.remove(fault, path)
    return _expect_all(context, fault, links)


def heading_renamed(context, fault):
    """Another text for a heading: who links to it by its old one is lost."""
    links = [link for links in context.linking().values() for link in links if "#" in link.dest]
    here = [link for page in context.pages for link in context.links(page) if link.dest.startswith("#") and len(link.dest) > 1]
    likely = [link for link in links + here if link.path in context.pages and context.clean(link)]
    if not likely:
        return False
    first = context.rng.choice(likely)
    to = first.path if first.dest.startswith("#") else places.target(context.book, first)
    id = places.fragment(first.dest)
    if to not in context.pages or to in context.book.gone:
        return False
    text = context.book.text(to)
    rows = [row for row in places.lines(text) if re.match(r"#{2,4} [A-Za-z][A-Za-z ]*[A-Za-z]$", row.text) and row.depth == 0 and not row.code]
    named = [row for row in rows if "-".join(row.text.lstrip("# ").lower().split()) == id]
    # Another place may have the id as well: a tab, an expandable, a name written by hand.
    alike = [line for line in text.lower().split("\n") if re.sub(r"[^a-z0-9]+", "-", line).strip("-").endswith(id)]
    if len(named) != 1 or len(alike) != 1 or f'"{id}"' in text or "{% include" in text:
        return False
    row = named[0]
    start = row.start + row.text.index(" ") + 1
    aimed = [link for link in links + here if places.fragment(link.dest) == id and (link.path if link.dest.startswith("#") else places.target(context.book, link)) == to]
    if to in {link.path for link in aimed} and len({link.start for link in aimed}) != len(aimed):
        return False
    fault.also += [("dead-redirect", None)]
    if not context.book.edit(fault, to, start, row.start + len(row.text), f"Words {context.book.name()}"):
        return False
    done = _expect_all(context, fault, aimed)
    context.book.gone.add(to)
    return done


# ---- the table of contents

def _entry(context):
    path = context.page()
    summary = context.summaries[path]
    entries = [link for link in context.links(summary) if places.target(context.book, link) == path and "#" not in link.dest and context.clean(link)]
    return (summary, entries[0]) if len(entries) == 1 else (None, None)


def _insert_entry(context, fault, line):
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
    return _insert_entry(context, fault, lambda c, s, e: f"[Word]({OPEN}{c.book.name()}.md{CLOSE})")


def entry_in_capitals(context, fault):
    def line(context, summary, entry):
        name = context.book.name("Page")
        context.book.create(None, posixpath.join(posixpath.dirname(summary), f"{name}.md"), f"# {name}\n")
        return f"[Word]({OPEN}{name.lower()}.md{CLOSE})"
    return _insert_entry(context, fault, line)


def entry_again(context, fault):
    return _insert_entry(context, fault, lambda c, s, e: f"[Again]({OPEN}{e.dest}{CLOSE})" if " " not in e.dest else f"[Again](<{OPEN}{e.dest}{CLOSE}>)")


def entry_of_no_heading(context, fault):
    return _insert_entry(context, fault, lambda c, s, e: f"[Part]({OPEN}{e.dest}#{c.book.name('part-')}{CLOSE})")


def entry_without_address(context, fault):
    return _insert_entry(context, fault, lambda c, s, e: f"{OPEN}[Word](){CLOSE}")


def entry_computed(context, fault):
    return _insert_entry(context, fault, lambda c, s, e: f"```yaml\n{' ' * (2 + _indent(c, e))}{OPEN}type: builtin:openapi{CLOSE}\n{' ' * (2 + _indent(c, e))}```")


def _indent(context, entry):
    text = context.book.text(entry.path)
    row = text[text.rfind("\n", 0, entry.start) + 1 : entry.start]
    return len(row) - len(row.lstrip())


def words_in_contents(context, fault):
    summary = context.summaries[context.page()]
    text = context.book.text(summary)
    return context.book.edit(fault, summary, len(text), len(text), f"\n\n{OPEN}Words for {context.book.name()} here.{CLOSE}\n")


# ---- settings

def _redirects(context, fault, make):
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
    return _redirects(context, fault, lambda c, page: [f"old/{c.book.name()}: {OPEN}{page[:-3]}-{c.book.name()}.md{CLOSE}"])


def redirect_to_no_heading(context, fault):
    return _redirects(context, fault, lambda c, page: [f"old/{c.book.name()}: {OPEN}{page}#{c.book.name('part-')}{CLOSE}"])


def redirect_to_redirect(context, fault):
    def lines(context, page):
        name = context.book.name()
        return [f"older/{name}: {OPEN}old/{name}{CLOSE}", f"old/{name}: {page}"]
    return _redirects(context, fault, lines)


def redirect_in_circle(context, fault):
    def lines(context, page):
        name = context.book.name()
        return [f"a/{name}: {OPEN}b/{name}{CLOSE}", f"b/{name}: {OPEN}a/{name}{CLOSE}"]
    return _redirects(context, fault, lines)


def redirect_twice(context, fault):
    def lines(context, page):
        name = context.book.name()
        return [f"old/{name}: {page}", f"{OPEN}old/{name}{CLOSE}: {page}"]
    return _redirects(context, fault, lines)


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


# ---- front matter, includes, bytes

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


FILES = [
    ("page removed", ("dead-link",), page_removed),
    ("page moved, links left", ("dead-link",), page_moved),
    ("page taken from the contents", ("unlisted-page",), page_unlisted),
    ("README of a folder removed", ("dead-link",), folder_readme_removed),
    ("image or file removed", ("dead-link",), asset_removed),
    ("heading renamed, links left", ("dead-anchor",), heading_renamed),
    ("entry of no page", ("missing-page",), entry_of_no_page),
    ("entry in other capitals", ("missing-page",), entry_in_capitals),
    ("entry given again", ("repeated-entry",), entry_again),
    ("entry of no heading", ("dead-anchor",), entry_of_no_heading),
    ("entry without address", ("empty-summary-entry",), entry_without_address),
    ("computed entry", ("computed-entry",), entry_computed),
    ("words in the contents", ("stray-summary-text",), words_in_contents),
    ("redirect to nothing", ("dead-redirect",), redirect_to_nothing),
    ("redirect to no heading", ("dead-redirect",), redirect_to_no_heading),
    ("redirect to a redirect", ("redirect-chain",), redirect_to_redirect),
    ("redirects in a circle", ("redirect-loop",), redirect_in_circle),
    ("redirect given twice", ("config-duplicate-key",), redirect_twice),
    ("unknown setting", ("config-unknown-key",), setting_unknown),
    ("settings of no space", ("config-unused-file",), settings_of_no_space),
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
