"""A book and chance in; pages, places and names for faults out."""

import posixpath
import re

import inject_places as places
from inject_book import Fault
from words_summary import content_root, listed_pages

# Findings after which nobody can say where a page's blocks begin and end.
UNSURE = {"unclosed-tag", "unclosed-fence", "stray-end-tag", "misplaced-end-tag", "invalid-utf8", "escaped-tag", "include-cycle", "front-matter-syntax"}
# What GitBook's app writes as it is; all else in an address is percent-encoded.
PLAIN = re.compile(r"[\w./~+@,-]*\Z")


class Context:
    def __init__(self, book, rng, before):
        self.book, self.rng = book, rng
        root = content_root(book.folder)
        self.summaries = {}
        for page, summary in listed_pages(book.folder, root, set()):
            self.summaries.setdefault(page, posixpath.normpath(summary))
        unsure = {found["path"] for found in before if found["rule"] in UNSURE}
        self.listed = [page for page in self.summaries if page in book.files]
        self.pages = [page for page in self.listed if page not in unsure and places.lines(book.text(page))]
        self.reported = {(found["path"], found["range"]["start"]["line"]) for found in before}
        self.images = sorted(path for path in book.files if path.lower().endswith((".png", ".svg", ".jpg", ".gif")) and PLAIN.match(path))
        self._gaps, self._links, self._linking = {}, {}, None

    def page(self):
        """A page that stays where it is."""
        while True:
            path = self.rng.choice(self.pages)
            if path not in self.book.gone:
                return path

    def links(self, path):
        if path not in self._links:
            self._links[path] = places.links(path, self.book.text(path))
        return self._links[path]

    def linking(self):
        """All links of the book that lead to a file of it, by that file."""
        if self._linking is None:
            self._linking = {}
            for path in sorted(path for path in self.book.files if path.lower().endswith(".md")):
                for link in self.links(path):
                    to = places.target(self.book, link)
                    if to:
                        self._linking.setdefault(to, []).append(link)
        return self._linking

    def clean(self, link):
        """Whether nothing was found before on the line of the link."""
        text = self.book.text(link.path)
        return (link.path, text.count("\n", 0, link.start) + 1) not in self.reported

    def put(self, fault, path, snippet):
        """Puts a snippet between two blocks of a page."""
        if path not in self._gaps:
            text = self.book.text(path)
            tail = places.end(text)
            self._gaps[path] = places.gaps(text) + ([tail] if tail is not None else [])
            self.rng.shuffle(self._gaps[path])
        if path in self.book.locked:
            return False
        while self._gaps[path]:
            at = self._gaps[path].pop()
            text = self.book.text(path)
            lead = "" if text[:at].endswith("\n\n") or at == 0 else "\n" if text[:at].endswith("\n") else "\n\n"
            if self.book.edit(fault, path, at, at, f"{lead}{snippet}\n\n"):
                return True
        return False

    def put_last(self, fault, path, snippet):
        """Puts it at the end of a page to which nothing else may be added."""
        text = self.book.text(path)
        at = places.end(text)
        if at is None or path in self.book.locked or path in self.book.edits:
            return False
        self.book.locked.add(path)
        return self.book.edit(fault, path, at, at, ("" if text.endswith("\n") else "\n") + f"\n{snippet}\n")

    def fresh(self):
        """A page to which nothing was done yet."""
        free = [page for page in self.pages if page not in self.book.edits and page not in self.book.locked and page not in self.book.gone]
        return self.rng.choice(free) if free else None

    def relative(self, path, to):
        return posixpath.relpath(to, posixpath.dirname(path) or ".")

    def written(self, path, to):
        """The address of a file as GitBook writes it in Markdown, in one of its forms."""
        way = self.relative(path, to)
        if PLAIN.match(way):
            return self.rng.choice([way, way, "./" + way]) if not way.startswith(".") else way
        return "".join(c if PLAIN.match(c) else "".join(f"%{byte:02X}" for byte in c.encode()) for c in way)

    def asset(self):
        images = [path for path in self.images if path not in self.book.removed]
        return self.rng.choice(images) if images else None

    def other(self, path):
        """A listed page that can be linked to without ado."""
        pages = [page for page in self.listed if page != path and page not in self.book.gone and PLAIN.match(page) and self.summaries[page] == self.summaries[path]]
        return self.rng.choice(pages) if pages else None

    def heading(self, path):
        """`(text, id)` of a heading whose id nobody can doubt, else None."""
        found, seen = [], set()
        text = self.book.text(path)
        for row in places.lines(text):
            match = re.match(r"#{2,4} ([A-Za-z][A-Za-z ]*[A-Za-z])$", row.text)
            if match and row.depth == 0 and not row.code:
                found.append((match[1], "-".join(match[1].lower().split()), row))
            elif row.text.lstrip().startswith(("#", "<", "{%")):
                seen.add(row.text)
        ids = [id for _, id, _ in found]
        found = [entry for entry in found if ids.count(entry[1]) == 1 and not any(entry[0].lower() in row.lower() for row in seen)]
        return self.rng.choice(found) if found else None

    def fault(self, kind, rules, also=()):
        return Fault(kind, rules, also)
