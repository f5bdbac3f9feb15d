#!/usr/bin/env python3
"""Books and a binary in, a Markdown table of what their search weighs and costs out.

    search.py [--pages 1000,10000] [--binary target/release/proofpress] [--queries 40] [--runs 3]

Per size: the words of the index, compressed, as a share of the text that they find (the book's `llms-full.txt`), and
per page; the texts that results show, compressed; what a reader's browser loads until the first result is there, in requests and compressed bytes; the time from the
opening of the dialog to the first result with an empty cache, and from a keystroke to the results with a warm one; and
what the index adds to the CPU time of the build, as the median difference to builds of the same book where every page is
`noIndex`. Needs Node, Chromium and `npm ci --prefix tests/browser`. Times mean something on a quiet machine only.
"""

import argparse
import gzip
import json
import os
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


def measure(pages, options, temporary):
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
    index, text = sum(map(packed, pieces)) - shown, (out / "llms-full.txt").stat().st_size
    # Words and pairs of words from all over the book.
    words = re.findall(r"[a-z]{5,}", (out / "llms-full.txt").read_text().lower())
    step = len(words) // options.queries
    queries = [" ".join(words[at * step + 7 : at * step + 8 + at % 2]) for at in range(options.queries)]
    seen = subprocess.run(["node", HERE / "search.mjs", out, json.dumps(queries)], check=True, capture_output=True, text=True)
    seen = json.loads(seen.stdout)
    for name in (book, bare, out):
        shutil.rmtree(name)
    middle = lambda name: statistics.median(one[name] for one in seen)
    most = lambda name: max(one[name] for one in seen)
    return [
        f"{pages:,}", f"{index / 1e6:.2f} MB", f"{100 * index / text:.0f} %", f"{index / pages:,.0f}", f"{shown / 1e6:.2f} MB",
        f"{middle('bytes') / 1e3:.0f} KB ({most('bytes') / 1e3:.0f})", f"{middle('requests'):.0f} ({most('requests')})",
        f"{middle('first'):.0f} ms ({most('first'):.0f})", f"{middle('key'):.0f} ms ({most('key'):.0f})",
        f"{added:.2f} s", f"{1000 * added / pages:.3f} s",
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", default="1000,10000", help="sizes of generated books (default 1000,10000)")
    parser.add_argument("--binary", type=Path, default=Path("target/release/proofpress"))
    parser.add_argument("--queries", type=int, default=40)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores at the start; medians, in brackets the most\n")
    head = ["pages", "words, compressed", "of the text", "bytes a page", "texts, compressed", "until the first result", "requests",
            "first result", "after a keystroke", "CPU in the build", "per 1,000 pages"]
    print("| " + " | ".join(head) + " |\n|" + " --- |" * len(head), flush=True)
    for pages in map(int, options.pages.split(",")):
        with tempfile.TemporaryDirectory(prefix="search-") as name:
            print("| " + " | ".join(measure(pages, options, Path(name))) + " |", flush=True)


if __name__ == "__main__":
    main()
