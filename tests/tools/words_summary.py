"""A repository in, the pages its tables of contents list out."""

import re
import tomllib
from pathlib import Path
from urllib.parse import unquote

from words_blocks import blocks

_ENTRY = re.compile(r"\]\(\s*(?:<([^<>]*)>|((?:[^\s()\\]|\\.|\([^\s()]*\))+))")


def content_root(source):
    """The folder of the content: `src` of book.toml or `root` of .gitbook.yaml, else the repository itself."""
    book, settings = source / "book.toml", source / ".gitbook.yaml"
    if book.is_file():
        try:
            table = tomllib.loads(book.read_text("utf-8")).get("book", {})
        except tomllib.TOMLDecodeError:
            table = {}
        if (source / str(table.get("src", "src"))).is_dir():
            return source / str(table.get("src", "src"))
    elif settings.is_file():
        match = re.search(r"^root:[ \t]*[\"']?([^\s\"'#]+)", settings.read_text("utf-8", "replace"), re.M)
        if match and (source / match[1].lstrip("/")).is_dir():
            return source / match[1].lstrip("/")
    return source


def listed_pages(source, root, built):
    """`(page, summary)` for each file that a table of contents lists, that exists, and that is not in `built`."""
    for summary in sorted(_summaries(source, root)):
        text = summary.read_bytes().decode("utf-8-sig", "replace")
        seen = set()
        for leaf in blocks(text)[0]:
            if leaf.kind in ("fence", "code", "html"):
                continue
            for match in _ENTRY.finditer(leaf.text):
                target = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", match[1] or match[2])
                file = summary.parent / unquote(target.partition("#")[0])
                if "://" in target or not file.is_file() or file.suffix.lower() != ".md":
                    continue
                file = file.resolve()
                if file not in built and file not in seen:
                    seen.add(file)
                    shown = file.relative_to(source.resolve()) if file.is_relative_to(source.resolve()) else file
                    yield str(shown), str(summary.relative_to(source))


def _summaries(source, root):
    """The tables of contents: each SUMMARY.md of the content, or the file that .gitbook.yaml names."""
    settings = source / ".gitbook.yaml"
    text = settings.read_text("utf-8", "replace") if settings.is_file() else ""
    named = re.search(r"^[ \t]+summary:[ \t]*[\"']?([^\s\"'#\u200b]+)", text, re.M)
    if named and (root / named[1]).is_file():
        return {root / named[1]}
    hidden = ("node_modules", "target")
    return {
        file for file in Path(root).rglob("*.md")
        if file.name.lower() == "summary.md"
        and not any(part.startswith(".") or part in hidden for part in file.relative_to(root).parts)
    }
