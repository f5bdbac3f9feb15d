#!/usr/bin/env python3
"""Books and a binary in, two Markdown tables of what their search weighs and costs out.

    search.py [--pages 1000,10000] [--binary target/release/proofpress] [--queries 40] [--runs 3]

The first, by size: the words of the index, compressed, as a share of the text that they find (the book's
`llms-full.txt`), and per page; the texts that results show, compressed; and what the index adds to the CPU time of the
build, as the median difference to builds of the same book where every page is `noIndex`.

The second, by size and kind of search: what a reader's browser loads until the first result is there, in requests and
compressed bytes, and until all are; the time from the opening of the dialog to the first result with an empty cache, and
from a keystroke to it with a warm one; and how often the first result shown stayed the first. Searches are for words of
the book: one, two from anywhere, three to five neighbours, and one with two letters exchanged. Needs Node, Chromium and
`npm ci --prefix tests/browser`. Times mean something on a quiet machine only.
"""

import argparse
import gzip
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def cpu(command):
    """CPU seconds of one run, user and system."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"exit code {process.returncode}: {' '.join(map(str, command))}")
    return usage.ru_utime + usage.ru_stime


def unlisted(book, copy):
    """The same book with nothing to search in."""
    shutil.copytree(book, copy)
    for file in copy.rglob("*.md"):
        text = file.read_text()
        if text.startswith("---\n"):
            file.write_text(text.replace("---\n", "---\nnoIndex: true\n", 1))
        elif file.name != "SUMMARY.md":
            file.write_text(f"---\nnoIndex: true\n---\n{text}")


def packed(file):
    return len(gzip.compress(file.read_bytes(), 9, mtime=0))


def searches(text, count):
    """Kinds of searches, each with so many, made from lines that are prose."""
    plain = re.sub(r"```.*?```|\]\([^)]*\)|https?://\S+|`[^`]*`|<[^>]*>|\{%.*?%\}", "\n", text, flags=re.S)
    lines = [line for line in plain.lower().split("\n") if re.fullmatch(r"[a-z ,.]{40,}", line.strip())]
    runs = [run for run in (re.findall(r"[a-z]{2,}", line) for line in lines) if len(run) > 7]
    rng = random.Random(1)

    def word(least=5):
        return rng.choice([word for word in rng.choice(runs) if len(word) >= least] or [word(least)])

    def neighbours():
        run, length = rng.choice(runs), rng.randint(3, 5)
        start = rng.randrange(len(run) - length)
        return " ".join(run[start : start + length])

    def mistyped():
        right = word(6)
        at = rng.randrange(1, len(right) - 1)
        wrong = right[:at] + right[at + 1] + right[at] + right[at + 2 :]
        return wrong if wrong != right else mistyped()

    kinds = {"one word": word, "two words": lambda: f"{word()} {word()}", "three to five": neighbours, "an error": mistyped}
    return {kind: [make() for _ in range(count)] for kind, make in kinds.items()}


def measure(pages, options, temporary):
    """The row of the first table, and the rows of the second."""
    book, bare, out = temporary / "book", temporary / "bare", temporary / "out"
    make = [sys.executable, HERE / "make_book.py", "--pages", str(pages), "--seed", "1", "--out", book]
    subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
    unlisted(book, bare)
    costs = {book: [], bare: []}
    for _ in range(options.runs):
        for source in (bare, book):
            shutil.rmtree(out, ignore_errors=True)
            costs[source].append(cpu([options.binary, "build", source, "-o", out, "--no-highlight"]))
    added = statistics.median(costs[book]) - statistics.median(costs[bare])
    pieces = [out / "assets/search.js", *(out / "assets/search").iterdir()]
    shown = sum(packed(piece) for piece in pieces if piece.name.startswith("x"))
    index, text = sum(map(packed, pieces)) - shown, (out / "llms-full.txt").read_text()
    rows = []
    for kind, queries in searches(text, options.queries).items():
        command = ["node", HERE / "search.mjs", out, json.dumps(queries)]
        seen = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

        def both(name, unit=1):
            values = [one[name] / unit for one in seen]
            return f"{statistics.median(values):.0f} ({max(values):.0f})"

        rows.append([
            f"{pages:,}", kind, both("requests"), f"{both('bytes', 1e3)} KB", f"{both('first')} ms", f"{both('key')} ms",
            f"{sum(one['kept'] for one in seen)} of {len(seen)}", both("allRequests"), f"{both('allBytes', 1e3)} KB",
        ])
    for name in (book, bare, out):
        shutil.rmtree(name)
    size = len(text.encode())
    return [
        f"{pages:,}", f"{index / 1e6:.2f} MB", f"{100 * index / size:.0f} %", f"{index / pages:,.0f}",
        f"{shown / 1e6:.2f} MB", f"{added:.2f} s", f"{1000 * added / pages:.3f} s",
    ], rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", default="1000,10000", help="sizes of generated books (default 1000,10000)")
    parser.add_argument("--binary", type=Path, default=Path("target/release/proofpress"))
    parser.add_argument("--queries", type=int, default=40)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores at the start; medians, in brackets the most\n")
    head = ["pages", "words, compressed", "of the text", "bytes a page", "texts, compressed", "CPU in the build", "per 1,000 pages"]
    table(head)
    searched = []
    for pages in map(int, options.pages.split(",")):
        with tempfile.TemporaryDirectory(prefix="search-") as name:
            row, rows = measure(pages, options, Path(name))
        print("| " + " | ".join(row) + " |", flush=True)
        searched += rows
    print()
    table(["pages", "search", "requests", "bytes", "first result", "after a keystroke", "stayed the first", "requests in all", "bytes in all"])
    for row in searched:
        print("| " + " | ".join(row) + " |")


def table(head):
    print("| " + " | ".join(head) + " |\n|" + " --- |" * len(head), flush=True)


if __name__ == "__main__":
    main()
