#!/usr/bin/env python3
"""A repository in, faults put into a copy of it, and a table of what `check` made of each kind of fault out.

    inject.py REPOSITORY [--program target/debug/proofpress] [--seed 1] [--rounds 3] [--each 3] [--only WORD] [--keep DIR]

Each round copies the repository, keeps the report of the copy, puts in faults at places that chance chooses (the same for
the same seed), and checks again. Of each fault the tool knows the file, the line, the place in it, and the rules that may
name it. A fault is found if exactly one new finding with such a rule begins on its line and touches its place. What is new
and belongs to no fault is a false alarm. Among the faults are changes that are right, at which nothing may be found.

The columns: put in; found; at another line; missed; and places at which something else was found too. Below the table
stands every fault that was not found as it should be, and every false alarm. The exit code is 1 if there is one.
"""

import argparse
import random
import re
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from inject_blocks import ANYWHERE, LAST, anywhere, last
from inject_book import Book, Fault, check, unmarked
from inject_contents import ENTRIES
from inject_context import Context
from inject_decoys import DECOYS
from inject_links import ADDRESSES, THERE, at_a_tail, in_a_form
from inject_repo import FILES
from inject_settings import SETTINGS
from inject_texts import TEXTS

# Told of the headings around a place, which every new heading changes; its own kind is looked at.
NEIGHBOURS = {"heading-order"}
# What a link may turn out to be.
LINKS = {"dead-link", "loose-link", "unlisted-page", "dead-anchor"}
# Told of a book once, at the first of many places, with their number.
ONCE = {"unmapped-space", "unused-asset"}
TRIES = 12


def kinds():
    """`(name, rules, function)` of everything that can be put in. Files first: later faults go around what these changed."""
    for name, rules, inject in FILES + ENTRIES + SETTINGS + TEXTS + THERE:
        yield name, rules, inject
    for name, rules, make, forms in ADDRESSES:
        yield name, rules, lambda context, fault, make=make, forms=forms: in_a_form(context, fault, make, forms)
    for name, rules, make, forms in ADDRESSES:
        if make.__name__ in ("dead_page", "dead_anchor", "wrong_case"):
            yield f"{name}, in a line", rules, lambda context, fault, make=make: at_a_tail(context, fault, make)
    for name, inject in DECOYS:
        yield name, (), inject
    for name, rules, texts in ANYWHERE:
        yield name, rules, lambda context, fault, texts=texts: anywhere(context, fault, texts)
    for name, rules, texts in LAST:
        yield name, rules, lambda context, fault, texts=texts: last(context, fault, texts)


class Row:
    def __init__(self):
        self.put, self.found, self.moved, self.missed, self.beside = 0, 0, 0, 0, 0


def put_in(context, each, only):
    """Puts in faults of all kinds; what was begun and could not be done is undone."""
    book = context.book
    for name, rules, inject in kinds():
        if only and only not in name and not any(only == rule for rule in rules):
            continue
        done = 0
        for _ in range(each * TRIES):
            fault = Fault(name, rules)
            before = {key: list(edits) for key, edits in book.edits.items()}, dict(book.moved), set(book.removed), list(book.faults), set(book.locked), set(book.gone)
            files = set(book.files)
            if inject(context, fault):
                done += 1
            else:
                book.edits, book.moved, book.removed, book.faults, book.locked, book.gone = before
                for path in set(book.files) - files:
                    del book.files[path]
            if done == each:
                break


def new_findings(book, before, after):
    """Findings that were not there before, at the place where they would have stood. A link that was dead may be wrong in
    another way when the pages around it have moved."""
    old, places = defaultdict(int), set()
    for found in before:
        places.add((found["path"], found["range"]["start"]["offset"]))
        old[found["rule"], found["path"], found["range"]["start"]["offset"]] += 1
    left = []
    for found in after:
        if found["rule"] in ONCE:
            left.append(found)
            continue
        place = book.was(found["path"], found["range"]["start"]["offset"])
        key = (found["rule"], *place)
        if place[1] is not None and old[key]:
            old[key] -= 1
        elif place not in places or found["rule"] not in LINKS:
            left.append(found)
    # Some are told of a book once, at the first place of many, with their number.
    told = lambda found: (found["rule"], re.sub(r"^(a|\d+) links? leads?", "", found["message"]))
    once = {told(found) for found in before if found["rule"] in ONCE}
    return [found for found in left if told(found) not in once]


def touches(found, place):
    start, end = found["range"]["start"]["offset"], found["range"]["end"]["offset"]
    return found["path"] == place.path and start <= place.end and place.start <= end


def owner(book, found):
    """The kind of change that a finding stands in, for the report."""
    for path, edits in book.edits.items():
        if book.moved.get(path, path) == found["path"]:
            text = (book.folder / found["path"]).read_bytes()
            for edit in edits:
                at = text.find(unmarked(edit.text).encode("utf-8", "surrogateescape"))
                if edit.text and edit.fault and at <= found["range"]["start"]["offset"] <= at + len(edit.text.encode("utf-8", "surrogateescape")):
                    return f"{edit.fault.kind} ({edit.fault.form})"
    return "nothing that was changed"


def explained(book, found):
    return found["rule"] in NEIGHBOURS or any(fault.explains(found["rule"], found["path"]) for fault in book.faults)


def judge(book, expected, new, table):
    """Puts what was found into the table; what is wrong, as lines of text."""
    wrong, used = [], set()
    told = lambda found: f"{found['path']}:{found['range']['start']['line']} {found['rule']}: {found['message']}"
    for place in expected:
        row = table[place.fault.kind]
        row.put += 1
        here = [n for n, found in enumerate(new) if touches(found, place)]
        right = [n for n in here if new[n]["rule"] in place.fault.rules]
        exact = [n for n in right if new[n]["range"]["start"]["line"] == place.line]
        used.update(here)
        where = f"{place.fault.kind} ({place.fault.form}) at {place.path}:{place.line}"
        if exact:
            row.found += 1
        elif right:
            row.moved += 1
            wrong.append(f"another line: {where}: {told(new[right[0]])}")
        else:
            row.missed += 1
            wrong.append(f"missed: {where}")
        others = [n for n in here if n not in exact[:1] and n not in right[:1]]
        beside = [n for n in others if not explained(book, new[n])]
        if right and beside:
            row.beside += 1
        wrong += [f"beside: {where}: {told(new[n])}" for n in beside]
    made = {path for path, edits in book.edits.items() if any(edit.fault is None for edit in edits)}
    alarms = 0
    for n, found in enumerate(new):
        if n not in used and found["path"] not in made and not explained(book, found):
            alarms += 1
            wrong.append(f"false alarm: {told(found)} [in {owner(book, found)}]")
    return wrong, alarms


def round_of(options, seed, table):
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(options.keep or folder) / f"seed-{seed}"
        book = Book(options.repository, folder)
        before = check(options.program, folder)
        context = Context(book, random.Random(seed), before)
        if not context.pages:
            raise SystemExit(f"{options.repository} has no page that can be changed")
        put_in(context, options.each, options.only)
        expected = book.write()
        after = check(options.program, folder)
        for fault in book.faults:
            if not fault.rules:
                table[fault.kind].put += 1
        return judge(book, expected, new_findings(book, before, after), table)


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repository", type=Path)
    parser.add_argument("--program", type=lambda path: Path(path).resolve(), default=Path("target/debug/proofpress").resolve())
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--each", type=int, default=3, help="faults of each kind in a round")
    parser.add_argument("--only", help="kinds with this in their name, or of this rule")
    parser.add_argument("--keep", help="a folder for the changed copies")
    options = parser.parse_args(arguments)
    table, wrong, alarms = defaultdict(Row), [], 0
    for seed in range(options.seed, options.seed + options.rounds):
        lines, more = round_of(options, seed, table)
        wrong += [f"seed {seed}: {line}" for line in lines]
        alarms += more
    print(f"{'kind':48} put in  found  line  missed  beside")
    total = Row()
    for kind, row in table.items():
        print(f"{kind:48} {row.put:6} {row.found:6} {row.moved:5} {row.missed:7} {row.beside:7}")
        for name, value in vars(row).items():
            if row.found or row.moved or row.missed:
                setattr(total, name, getattr(total, name) + value)
    right = sum(row.put for row in table.values()) - total.put
    print(f"{'all faults':48} {total.put:6} {total.found:6} {total.moved:5} {total.missed:7} {total.beside:7}")
    print(f"changes that are right: {right}; false alarms: {alarms}")
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
