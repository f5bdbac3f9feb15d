"""A repository in; a copy of it that can be changed, with a record of what was changed where, out.

A change is written with two marks around the place that a finding has to name. The record maps any place of a changed
file back to the file as it was, so that what was found before and what is found after can be told apart.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

OPEN, CLOSE = "\ue000", "\ue001"  # around the place of a fault
# What a book does not read, or what is too large to copy for nothing.
SKIPPED = {".git", "node_modules", "target", "__pycache__"}
# Rules that are off by default; they are tried as well.
SETTINGS = '[check]\n' + "".join(f'{rule} = "warn"\n' for rule in ("fence-language", "heading-order", "image-alt", "unused-asset"))


class Expected(NamedTuple):
    """A place at which one finding with one of these rules has to be, and no other."""

    fault: "Fault"
    path: str
    start: int  # in bytes of the changed file
    end: int
    line: int


class Fault:
    """One thing that was made wrong, or, without rules, made otherwise and still right."""

    def __init__(self, kind, rules=(), also=()):
        self.kind, self.rules, self.also = kind, frozenset(rules), list(also)
        self.form = ""

    def explains(self, rule, path):
        """Whether the fault has this consequence elsewhere."""
        return any(rule == known and where in (None, path) for known, where in self.also)


class Edit(NamedTuple):
    start: int
    end: int
    text: str  # with marks
    fault: Fault


class Book:
    """The copy. Nothing is written before `write`; until then texts are those of the original."""

    def __init__(self, source, folder):
        self.folder = Path(folder)
        shutil.copytree(source, self.folder, ignore=shutil.ignore_patterns(*SKIPPED), symlinks=True)
        if not (self.folder / "book.toml").exists():
            (self.folder / "book.toml").write_text(SETTINGS, "utf-8")
        self.files = {}
        for root, _, names in os.walk(self.folder):
            for name in names:
                path = Path(root, name)
                self.files[path.relative_to(self.folder).as_posix()] = path
        self.folders = {parent for path in self.files for parent in _parents(path)} | {""}
        self.texts, self.edits, self.moved, self.removed = {}, {}, {}, set()
        self.gone = set()  # what is moved, removed or no page any more: nothing else may depend on it
        self.faults, self.locked = [], set()
        self.serial = 0

    def text(self, path):
        """The text of a file as it was, byte for byte: what is no UTF-8 stays as it is."""
        if path not in self.texts:
            self.texts[path] = self.files[path].read_bytes().decode("utf-8", "surrogateescape")
        return self.texts[path]

    def name(self, word="inj"):
        """A name that is nowhere else in the book."""
        self.serial += 1
        return f"{word}q{self.serial}z"

    def edit(self, fault, path, start, end, text):
        """Replaces a range. False, and nothing is done, where something was changed already."""
        near = self.edits.setdefault(path, [])
        if path in self.removed or any(start <= edit.end and edit.start <= end for edit in near):
            return False
        near.append(Edit(start, end, text, fault))
        self._note(fault)
        return True

    def create(self, fault, path, text=""):
        """A new file; with marks where a fault is in it."""
        self.texts[path] = ""
        self.files.setdefault(path, self.folder / path)
        self.edits[path] = [Edit(0, 0, text, fault)]
        self._note(fault)

    def move(self, fault, path, to):
        self.moved[path] = to
        self.gone.add(path)
        self._note(fault)

    def remove(self, fault, path):
        self.removed.add(path)
        self.gone.add(path)
        self._note(fault)

    def expect(self, fault, path, start, end):
        """A finding at an unchanged place of a file."""
        return self.edit(fault, path, start, end, OPEN + self.text(path)[start:end] + CLOSE)

    def _note(self, fault):
        if fault and fault not in self.faults:
            self.faults.append(fault)

    def write(self):
        """Changes the files; the places at which something has to be found."""
        expected = []
        for path in self.removed:
            self.files[path].unlink()
        for path, to in self.moved.items():
            (self.folder / to).parent.mkdir(parents=True, exist_ok=True)
            self.files[path].rename(self.folder / to)
        for path, edits in self.edits.items():
            if path in self.removed:
                continue
            now = self.moved.get(path, path)
            text, marks = applied(self.text(path), edits)
            lines = Lines(text)
            expected += [Expected(fault, now, lines.byte(start), lines.byte(end), lines.number(start)) for start, end, fault in marks]
            target = self.folder / now
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode("utf-8", "surrogateescape"))
        return expected

    def was(self, path, byte):
        """The path and the byte that a place of the changed book had before; None for what is new."""
        old = next((old for old, new in self.moved.items() if new == path), path)
        edits = self.edits.get(old)
        if not edits:
            return old, byte
        before = len(self.text(old).encode("utf-8", "surrogateescape"))
        at = byte
        for edit in sorted(edits, key=lambda edit: edit.start):
            start = len(self.text(old)[: edit.start].encode("utf-8", "surrogateescape"))
            end = len(self.text(old)[: edit.end].encode("utf-8", "surrogateescape"))
            new = len(unmarked(edit.text).encode("utf-8", "surrogateescape"))
            if at < start:
                break
            if at < start + new and not (edit.start == edit.end and at == start and new == 0):
                return old, None if unmarked(edit.text) != self.text(old)[edit.start : edit.end] else at
            at += (end - start) - new
        return old, min(at, before)


class Lines:
    """Bytes and line numbers of places in a text."""

    def __init__(self, text):
        self.text = text

    def byte(self, at):
        return len(self.text[:at].encode("utf-8", "surrogateescape"))

    def number(self, at):
        return self.text.count("\n", 0, at) + 1


def unmarked(text):
    return text.replace(OPEN, "").replace(CLOSE, "")


def applied(text, edits):
    """The text with its edits, and `(start, end, fault)` of each mark in it."""
    out, marks, at, length = [], [], 0, 0

    def put(part):
        nonlocal length
        out.append(part)
        length += len(part)

    for edit in sorted(edits, key=lambda edit: edit.start):
        put(text[at : edit.start])
        opened = None
        for part in edit.text.replace(OPEN, f"\0{OPEN}\0").replace(CLOSE, f"\0{CLOSE}\0").split("\0"):
            if part == OPEN:
                opened = length
            elif part == CLOSE:
                marks.append((opened, length, edit.fault))
            else:
                put(part)
        at = edit.end
    put(text[at:])
    return "".join(out), marks


def check(program, folder):
    """All findings of a book."""
    command = [str(program), "check", ".", "--format", "json", "--fail-on", "note"]
    done = subprocess.run(command, cwd=folder, capture_output=True)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{command} failed: {done.stderr.decode('utf-8', 'replace')[:2000]}")
    return json.loads(done.stdout)["diagnostics"]


def _parents(path):
    while "/" in path:
        path = path.rsplit("/", 1)[0]
        yield path
