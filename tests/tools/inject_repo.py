"""Faults of files: pages and images moved and removed, headings renamed, and every link that was right before."""

import posixpath
import re

import inject_places as places

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
        if not context.clean(link) or link.path in context.book.removed or "  " in text[link.start : link.end]:
            return False
    return all([context.book.expect(fault, link.path, link.start, link.end) for link in links])


def _tells(context, path):
    """Whether a file is read, so that faults of it are told, and no other fault took that away."""
    return path in context.summaries.values() or (path in context.pages and path not in context.book.gone)


def _linked_page(context):
    """A page with a few links to it, all of them on pages that are shown."""
    for _ in range(60):
        path = context.page()
        links = context.linking().get(path, [])
        shown = all(_tells(context, link.path) for link in links)
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
    # Or it leads somewhere only by the leave that GitBook gives, which is told too.
    fault.rules |= {"dead-include", "loose-link"}
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
    if any(link.path == path or not _tells(context, link.path) for link in links):
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
    if not all(_tells(context, link.path) for link in aimed):
        return False
    if to in {link.path for link in aimed} and len({link.start for link in aimed}) != len(aimed):
        return False
    fault.also += [("dead-redirect", None)]
    if not context.book.edit(fault, to, start, row.start + len(row.text), f"Words {context.book.name()}"):
        return False
    done = _expect_all(context, fault, aimed)
    context.book.gone.add(to)
    return done


FILES = [
    ("page removed", ("dead-link",), page_removed),
    ("page moved, links left", ("dead-link",), page_moved),
    ("page taken from the contents", ("unlisted-page",), page_unlisted),
    ("README of a folder removed", ("dead-link",), folder_readme_removed),
    ("image or file removed", ("dead-link",), asset_removed),
    ("heading renamed, links left", ("dead-anchor",), heading_renamed),
]
