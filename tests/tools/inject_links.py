"""Faults of addresses: what an address can get wrong, put into each form of a link, and into links that are there."""

import posixpath
import re

import inject_places as places
from inject_book import CLOSE, OPEN
from inject_forms import IMAGES, LINKS


def fill(context, path, form, dest, marks=True):
    """The text of a form with an address in it, or None where the page has nothing to fill it with."""
    good, image = context.other(path), context.asset()
    if (not good and "GOOD" in form) or (not image and "IMAGE" in form):
        return None
    marked = OPEN + dest + CLOSE if marks else dest
    values = {
        "D": marked, "PLAIN": dest, "N": context.book.name(),
        "GOOD": good and context.relative(path, good), "IMAGE": image and context.relative(path, image),
    }
    return re.sub(r"\b(?:D|N|GOOD|IMAGE|PLAIN)\b", lambda match: values[match[0]], form)


# ---- what can be wrong. Each takes a page and gives an address, or None where the book has nothing for it

def dead_page(context, path):
    to = context.other(path)
    stem = context.relative(path, to)[:-3] if to else "guide"
    return stem + "-" + context.book.name() + ".md" + context.rng.choice(["", "", "#part", "?x=1"])


def dead_sibling(context, path):
    return context.rng.choice(["", "./", "../"]) * (path.count("/") > 0) + context.book.name() + ".md"


def moved_folder(context, path):
    to = context.other(path)
    return f"{context.book.name()}/{posixpath.basename(to)}" if to else None


def dead_folder(context, path):
    return context.book.name() + context.rng.choice(["/", "/README.md", "/#part"])


def absolute(context, path):
    return f"/{context.book.name()}/page.md"


def outside(context, path):
    return "../" * (path.count("/") + 1 + context.rng.randrange(3)) + "other/page.md"


def encoded(context, path):
    return f"{context.book.name()}%20two%20words.md"


def removed(context, path):
    return context.rng.choice(["broken-reference", "broken-reference/", f"/broken/pages/{context.book.name()}", f"/broken/spaces/a1/pages/{context.book.name()}"])


def without_scheme(context, path):
    return f"www.example.com/{context.book.name()}"


def wrong_case(context, path):
    to = context.other(path)
    if not to:
        return None
    way = context.relative(path, to)
    head, name = posixpath.split(way)
    swapped = name[:-3].swapcase() + ".md"
    found = posixpath.join(head, swapped)
    return found if swapped != name and posixpath.normpath(posixpath.join(posixpath.dirname(path), found)) not in context.book.files else None


def wrong_case_of_folder(context, path):
    to = context.other(path)
    way = context.relative(path, to) if to else ""
    head, name = posixpath.split(way)
    plain = head.replace("../", "")
    if not plain or plain == ".." or plain.swapcase() == plain:
        return None
    found = way.replace(plain, plain.swapcase(), 1)
    return found if posixpath.normpath(posixpath.join(posixpath.dirname(path), found)) not in context.book.files else None


def without_ending(context, path):
    to = context.other(path)
    way = context.relative(path, to)[:-3] if to else ""
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), way))
    return way if to and posixpath.basename(to).lower() != "readme.md" and joined not in context.book.folders else None


def backslashes(context, path):
    to = context.other(path)
    way = context.relative(path, to) if to else ""
    return way.replace("/", "\\") if re.search(r"\w/\w", way) and not re.search(r"/[^\w]|\.\.", way) else None


def dead_anchor(context, path):
    to = context.other(path)
    return f"{context.relative(path, to)}#{context.book.name('part-')}" if to else None


def dead_anchor_here(context, path):
    return "#" + context.book.name("part-")


def dead_anchor_of_folder(context, path):
    found = [page for page in context.listed if page not in context.book.gone and posixpath.basename(page) == "README.md" and posixpath.dirname(page) not in ("", posixpath.dirname(path))]
    if not found:
        return None
    folder = posixpath.dirname(context.rng.choice(found))
    way = context.relative(path, folder)
    return f"{way}/#{context.book.name('part-')}" if re.match(r"[\w./-]+\Z", way) else None


def _heading(context, path, here=False):
    """A page and one of its headings, where nothing is changed."""
    to = path if here else context.other(path)
    if not to or to in context.book.gone or to not in context.pages:
        return None
    found = context.heading(to)
    return found and ("" if here else context.relative(path, to), *found[:2])


def anchor_in_capitals(context, path):
    found = _heading(context, path)
    return f"{found[0]}#{found[2].title()}" if found and found[2].title() != found[2] else None


def anchor_of_words(context, path):
    found = _heading(context, path)
    return f"{found[0]}#{found[1].replace(' ', '%20')}" if found and " " in found[1] else None


def anchor_misspelt(context, path):
    found = _heading(context, path)
    return f"{found[0]}#{found[2][:-1]}qq" if found else None


def malformed(context, path):
    return context.rng.choice(["hhttps://example.com/", "htps://example.com/", "https:/example.com/", "https://https://example.com/", "http://exa,mple.com/", "https://example..com/"]) + context.book.name()


def own_machine(context, path):
    return context.rng.choice(["http://localhost:3000/", "http://127.0.0.1:8080/", "file:///C:/Users/me/", "https://app.gitbook.com/o/a/s/b/~/changes/3/", "https://deploy-preview-12--docs.netlify.app/"]) + context.book.name()


def editor(context, path):
    return f"https://app.gitbook.com/{context.rng.choice(['', 'o/abc/'])}s/{context.book.name()}/page"


def nowhere(context, path):
    return "#"


def unlisted(context, path):
    name = context.book.name()
    folder = posixpath.dirname(path)
    context.book.create(None, posixpath.join(folder, f"{name}.md"), f"# Unlisted {name}\n\nText.\n")
    return f"{name}.md"


def folder_without_readme(context, path):
    name = context.book.name()
    context.book.create(None, posixpath.join(posixpath.dirname(path), name, "data.txt"), "data\n")
    return f"{name}/"


def repository(context, path):
    to = context.other(path)
    ok = to and "/" in to and posixpath.basename(to).lower() != "readme.md"
    return f"https://github.com/example/docs/blob/main/{to}" if ok and not (context.book.folder / "book.toml").read_text("utf-8").count("git-repository-url") else None


def dead_image(context, path):
    to = context.asset()
    stem, _, ending = (context.relative(path, to) if to else "image.png").rpartition(".")
    return f"{stem}-{context.book.name()}.{ending}"


def dead_image_with_spaces(context, path):
    return f".gitbook/assets/{context.book.name()}%20(1)%20(2).png"


def image_in_other_capitals(context, path):
    to = context.asset()
    head, name = posixpath.split(context.relative(path, to)) if to else ("", "")
    return posixpath.join(head, name.swapcase()) if name.swapcase() != name else None


ADDRESSES = [
    ("dead page", ("dead-link",), dead_page, LINKS),
    ("dead page beside", ("dead-link",), dead_sibling, LINKS),
    ("page in another folder", ("dead-link",), moved_folder, LINKS),
    ("dead folder", ("dead-link",), dead_folder, LINKS),
    ("absolute path", ("dead-link",), absolute, LINKS),
    ("path out of the book", ("dead-link",), outside, LINKS),
    ("encoded path", ("dead-link",), encoded, LINKS),
    ("GitBook's mark for a removed page", ("dead-link",), removed, LINKS),
    ("address without scheme", ("dead-link",), without_scheme, LINKS),
    ("folder without README", ("dead-link",), folder_without_readme, LINKS),
    ("other capitals", ("loose-link",), wrong_case, LINKS),
    ("folder in other capitals", ("loose-link",), wrong_case_of_folder, LINKS),
    ("no .md", ("loose-link",), without_ending, LINKS),
    ("backslashes", ("loose-link",), backslashes, [form for form in LINKS if form[0] in ("inline", "html a", "list item", "html table")]),
    ("dead anchor", ("dead-anchor",), dead_anchor, LINKS),
    ("dead anchor on the page", ("dead-anchor",), dead_anchor_here, LINKS),
    ("dead anchor of a folder", ("dead-anchor",), dead_anchor_of_folder, LINKS),
    ("anchor in capitals", ("dead-anchor",), anchor_in_capitals, LINKS),
    ("anchor of words", ("dead-anchor",), anchor_of_words, LINKS),
    ("anchor misspelt", ("dead-anchor",), anchor_misspelt, LINKS),
    ("malformed address", ("malformed-address",), malformed, LINKS),
    ("author's own address", ("leftover-address",), own_machine, LINKS),
    ("space in the editor", ("unmapped-space",), editor, LINKS),
    ("address to be filled in", ("placeholder-link",), nowhere, LINKS),
    ("unlisted page", ("unlisted-page",), unlisted, LINKS),
    ("source of a page", ("repository-link",), repository, LINKS),
    ("dead image", ("dead-link",), dead_image, IMAGES),
    ("dead upload", ("dead-link",), dead_image_with_spaces, IMAGES),
    ("image in other capitals", ("loose-link",), image_in_other_capitals, IMAGES),
]
# What cannot stand in a form, or means something else there.
NOT_IN = {
    # A reader of the card is shown no words, so a mark that leads nowhere is no link to click on.
    "address to be filled in": {"page-ref", "content-ref", "column"},
}


def in_a_form(context, fault, make, forms):
    path = context.page()
    name, form = context.rng.choice([form for form in forms if form[0] not in NOT_IN.get(fault.kind, ())])
    fault.form = name
    dest = make(context, path)
    if dest is None:
        return False
    if name.startswith(("img", "figure", "framed", "gallery", "dark", "html", "file")):
        dest = dest.replace("%20", " ")
    snippet = fill(context, path, form, dest)
    return snippet is not None and context.put(fault, path, snippet)


def at_a_tail(context, fault, make):
    """A link added to a line that is there: prose, an item of a list, a cell of a table."""
    path = context.page()
    found = places.tails(context.book.text(path))
    if not found or path in context.book.locked:
        return False
    kind, at = context.rng.choice(found)
    fault.form = f"added to {kind}"
    dest = make(context, path)
    return dest is not None and context.book.edit(fault, path, at, at, f" [word]({OPEN}{dest}{CLOSE})")


def existing(context, wanted):
    """A link of the book that is right and to which nothing was done, and the file that it leads to."""
    linking = context.linking()
    for _ in range(30):
        to = context.rng.choice(sorted(linking))
        link = context.rng.choice(linking[to])
        page = link.path in context.pages and not link.label and context.clean(link)
        if page and wanted(link, to) and link.path not in context.book.locked and to not in context.book.gone and link.path not in context.book.gone:
            return link, to
    return None, None


def change(context, fault, wanted, make):
    """Spoils an address that is there."""
    link, to = existing(context, wanted)
    if not link:
        return False
    fault.form = f"there, as {link.form}"
    raw = context.book.text(link.path)[link.start : link.end]
    dest = make(raw)
    if not dest or dest == raw:
        return False
    rule = "unused-asset" if not to.lower().endswith(".md") else "orphan-page"
    fault.also.append((rule, None))
    fault.also += [("unused-include", to), ("card-label", link.path)]
    return context.book.edit(fault, link.path, link.start, link.end, OPEN + dest + CLOSE)


def _is_page(context):
    return lambda link, to: to in context.summaries and link.form not in ("include", "definition")


def page_misspelt(context, fault):
    name = context.book.name()
    return change(context, fault, _is_page(context), lambda raw: re.sub(r"^([^#?]*?)(\.md|/)?(?=[#?]|$)", rf"\g<1>{name}\g<2>", raw, count=1))


def page_in_capitals(context, fault):
    def make(raw):
        way, hash, rest = raw.partition("#")
        head, _, name = way.rpartition("/")
        return raw[: len(way) - len(name)] + name.swapcase().replace(".MD", ".md") + hash + rest if name.endswith(".md") and "%" not in name and "\\" not in name else None
    return change(context, fault, _is_page(context), make)


def anchor_added(context, fault):
    name = context.book.name("part-")
    return change(context, fault, _is_page(context), lambda raw: raw.partition("#")[0] + "#" + name)


def image_misspelt(context, fault):
    name = context.book.name()
    return change(
        context, fault, lambda link, to: to.lower().endswith((".png", ".svg", ".jpg", ".gif", ".webp")) and link.form in ("image", "img"),
        lambda raw: re.sub(r"\.(\w+)$", rf"-{name}.\1", raw),
    )


def include_misspelt(context, fault):
    name = context.book.name()
    return change(context, fault, lambda link, to: link.form == "include", lambda raw: raw.replace(".md", f"-{name}.md"))


THERE = [
    ("dead page, of a link that was right", ("dead-link",), page_misspelt),
    ("other capitals, of a link that was right", ("loose-link",), page_in_capitals),
    ("dead anchor, of a link that was right", ("dead-anchor",), anchor_added),
    ("dead image, that was right", ("dead-link",), image_misspelt),
    ("dead include, that was right", ("dead-include",), include_misspelt),
]
