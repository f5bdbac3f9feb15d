"""Real books in, what `fix` and `mv` do to them that they must not out.

    python3 tests/tools/repairs.py [--program target/release/proofpress] [--moves 30] [--seed 4] BOOK...

Works on copies. `fix` is run twice, with the repairs that are certain and with the likely ones: the second run changes
nothing, nothing new is found, and no byte changes outside of the places that the first check named. Then as many pages,
folders and headings as asked for are moved, one after the other: nothing new is found, and every link of the site leads
to the page and the place on it where it led before. The exit code is 1 when one of this does not hold.
"""

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from site_links import Site

# The address that says from which file a page of the site is made.
SOURCE = "https://source.invalid/"


class Book:
    def __init__(self, program, original, where):
        self.program, self.folder, self.out = program, where / "book", where / "site"
        shutil.copytree(original, self.folder)
        settings = self.folder / "book.toml"
        if not settings.exists():
            settings.write_text(f'[output.html]\nedit-url-template = "{SOURCE}{{path}}"\n')

    def run(self, *arguments):
        done = subprocess.run([self.program, *arguments], cwd=self.folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        assert "panicked" not in done.stderr and done.returncode in (0, 1, 2), done.stderr[-3000:]
        return done

    def check(self):
        return json.loads(self.run("check", ".", "--format", "json").stdout)["diagnostics"]

    def texts(self):
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in files}

    def site(self):
        shutil.rmtree(self.out, ignore_errors=True)
        self.run("build", ".", "-o", str(self.out), "--no-highlight")
        return Site(self.out, SOURCE)


def worse(before, after, renamed=lambda path: path):
    """What is found now and was not before, wherever in its file it stands, and whatever the things are called now."""
    def key(one, name):
        # Reported once in the book, wherever that is first.
        path = "" if one["rule"] == "unmapped-space" else name(one["path"])
        return path, one["rule"], one["severity"], one["message"]

    def nameless(key):
        # When its page is elsewhere, a link may be loose or a redirect dead in another way.
        return *key[:3], "" if key[1] in ("loose-link", "dead-redirect") else re.sub(r"`[^`]*`", "`", key[3])

    before, after = Counter(key(one, renamed) for one in before), Counter(key(one, str) for one in after)
    # A name counts for nothing only where a finding is gone that says the same of another.
    new, gone = after - before, Counter(nameless(key) for key in (before - after).elements())
    left = []
    for one in new.elements():
        if gone[nameless(one)] > 0:
            gone[nameless(one)] -= 1
        else:
            left.append(one)
    return left


def kept(old, edits, new):
    """Whether the new bytes have all of the old ones in order but for these places."""
    at, parts = 0, []
    for start, end in sorted(edits):
        if start >= at:
            parts.append(old[at:start])
        at = max(at, end)
    parts.append(old[at:])
    if len(parts) == 1:
        return old == new
    if not (new.startswith(parts[0]) and new.endswith(parts[-1])):
        return False
    at = len(parts[0])
    for part in parts[1:-1]:
        at = new.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return at <= len(new) - len(parts[-1])


def fix(book, *flags):
    """Complaints about one kind of repairs, and how many were made."""
    found, before = book.check(), book.texts()
    fixes = [one["fix"] for one in found if one["fix"] and (flags or one["fix"]["applicability"] == "safe")]
    book.run("fix", ".", "--yes", *flags)
    once = book.texts()
    again = book.run("fix", ".", "--yes", *flags)
    twice = book.texts()
    complaints = [f"the second run changes {path}" for path in once if twice.get(path) != once[path]]
    if "nothing to repair" not in again.stderr:
        complaints.append(f"the second run says: {again.stderr.strip()}")
    for path, old in before.items():
        edits = [edit for one in fixes for edit in one["edits"] if edit["path"] == path]
        places = [(edit["range"]["start"]["offset"], edit["range"]["end"]["offset"]) for edit in edits]
        if not kept(old, places, once[path]):
            complaints.append(f"{path} has changed elsewhere")
    left = book.check()
    complaints += [f"new: {one}" for one in worse(found, left)]
    return complaints, sum(before[path] != once[path] for path in before), len(found) - len(left)


def wish(book, chance, number):
    """A page, a folder or a heading of the book and the name that it shall have."""
    files = sorted(path.relative_to(book.folder).as_posix() for path in book.folder.rglob("*.md"))
    pages = [path for path in files if ".gitbook/" not in path and "SUMMARY" not in path.upper()]
    kind = chance.choice(["page", "page", "folder", "heading", "id"])
    page = chance.choice(pages)
    if kind == "folder" and "/" in page:
        folder = page.rsplit("/", chance.randint(1, page.count("/")))[0]
        return [folder, f"{folder}-moved-{number}" if chance.random() < .5 else f"moved {number}/{folder.rsplit('/')[-1]}"]
    if kind in ("heading", "id"):
        lines = (book.folder / page).read_text(encoding="utf-8").split("\n")
        headings = [line for line in lines if line.startswith("## ") and "<" not in line]
        if headings:
            id = book.run("anchor", chance.choice(headings)[3:].strip()).stdout.split("\n")[0].split()[-1]
            return [f"{page}#{id}", f"Renamed heading {number}" if kind == "heading" else f"#renamed-{number}"]
    name = page.rsplit("/", 1)[-1]
    if name.upper() == "README.MD":
        return [page, f"{page[:-len(name)]}was-readme-{number}.md"] if "/" in page else None
    return [page, chance.choice([f"moved/{number}/{name}", f"{page[:-3]}-{number}.md", f"{number} (new).md"])]


def renamed(path, names):
    """The path of a file after moves."""
    for old, new in names:
        if path == old or path.startswith(old + "/"):
            path = new + path[len(old):]
    return path


def move(book, chance, wanted):
    """Complaints about moves, and how many were made and refused."""
    complaints, made, refused, names = [], 0, Counter(), []
    found, site = book.check(), book.site()
    for number in range(1, wanted * 3):
        if made == wanted:
            break
        asked = wish(book, chance, number)
        if asked is None:
            continue
        done = book.run("mv", *asked, "--yes")
        if done.returncode != 0:
            refused[done.stderr.strip().split("\n")[-1]] += 1
            continue
        made += 1
        old, new = asked
        if "#" not in old:
            names.append((old, new))
        after = book.check()
        complaints += [f"{asked}: new: {one}" for one in worse(found, after, lambda path: renamed(path, [asked] if "#" not in old else []))]
        found = after
    complaints += site.strayed(book.site(), lambda path: renamed(path, names))
    return complaints, made, refused


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    arguments.add_argument("--program", default="target/release/proofpress", type=Path)
    arguments.add_argument("--moves", default=30, type=int)
    arguments.add_argument("--seed", default=4, type=int)
    arguments.add_argument("books", nargs="+", type=Path, metavar="BOOK")
    given = arguments.parse_args()
    failed = False
    for original in given.books:
        with tempfile.TemporaryDirectory() as folder:
            start = lambda name: Book(given.program.resolve(), original, Path(folder) / name)
            for flags in ([], ["--unsafe"]):
                complaints, files, repaired = fix(start("-".join(["fix", *flags])), *flags)
                print(f"{original.name}: fix {' '.join(flags)}: {repaired} findings less, {files} files changed, {len(complaints)} complaints")
                print("".join(f"  {one}\n" for one in complaints), end="", flush=True)
                failed |= bool(complaints)
            if given.moves == 0:
                continue
            complaints, made, refused = move(start("mv"), random.Random(given.seed), given.moves)
            print(f"{original.name}: mv: {made} moves, {sum(refused.values())} refused, {len(complaints)} complaints")
            print("".join(f"  {one}\n" for one in complaints), end="")
            print("".join(f"  refused: {one}\n" for one in refused), end="", flush=True)
            failed |= bool(complaints)
    return failed


if __name__ == "__main__":
    sys.exit(main())
