"""A built site in; where each link of each page leads, by the files that the pages are made of, out."""

import posixpath
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit


class Page(HTMLParser):
    """The links and ids of the text of a page, in order, and the file that it is made of."""

    def __init__(self, text, source):
        super().__init__()
        self.prefix, self.source = source, None
        self.depth, self.ids, self.links = 0, [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "main":
            self.depth += 1
        href = attributes.get("href") or ""
        if tag == "a" and href.startswith(self.prefix):
            self.source = unquote(href[len(self.prefix):])
        if self.depth:
            if "id" in attributes:
                self.ids.append(attributes["id"])
            # What stands around the text is made anew: the mark of a heading, the way to the next page, the footer.
            if tag == "a" and attributes.get("class") != "anchor" and not href.startswith(self.prefix):
                self.links.append(href)

    def handle_endtag(self, tag):
        self.depth -= tag == "main"


class Site:
    def __init__(self, folder, source):
        files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.html")}
        pages = {name: Page(path.read_text(encoding="utf-8"), source) for name, path in files.items()}
        self.pages = {name: page for name, page in pages.items() if page.source}
        self.of = {page.source: name for name, page in self.pages.items()}

    def goal(self, name, href):
        """The file and the number of the place that a link of a page leads to; none where that is no page of the book."""
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            return None
        path = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) if parts.path else name
        page = self.pages.get(path)
        if page is None:
            return None
        fragment = unquote(parts.fragment)
        return page.source, page.ids.index(fragment) if fragment in page.ids else None

    def goals(self, source):
        name = self.of[source]
        return [self.goal(name, href) for href in self.pages[name].links]

    def strayed(self, after, rename):
        """What leads elsewhere on the site after files got other names."""
        for source in self.of:
            new = rename(source)
            if new not in after.of:
                yield f"{source} is no page any more"
                continue
            was = [goal and (rename(goal[0]), goal[1]) for goal in self.goals(source)]
            if (now := after.goals(new)) != was and len(now) == len(was):
                for one, other, href in zip(was, now, after.pages[after.of[new]].links):
                    if one != other and one is not None:
                        yield f"{new}: a link to {one} leads to {other} ({href})"
            elif len(now) != len(was):
                yield f"{new} has {len(now)} links where it had {len(was)}"
