#!/usr/bin/env python3
"""Books and binaries in, a Markdown table of what `proofpress build` costs out, whole process by whole process.

    build.py [--pages 1000,10000] [--binary target/release/proofpress] [--against OTHER] [--corpus DIR…] [--zola PATH]

Per book and binary, each round times: a cold build (no output folder, no cache), a cold build with `--no-highlight`, a
second build with nothing changed, and a build after one page was edited. All binaries take turns in every round, so the
ratios of `--against` compare runs of the same minute. CPU is user plus system time of the process and its children;
"written" counts files of the output that the run created or touched. The sources are in the page cache.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
COLD, PLAIN, SAME, EDIT = "cold", "cold, no highlighting", "nothing changed", "one page edited"
SCENARIOS = (COLD, PLAIN, SAME, EDIT)


class Sample(NamedTuple):
    """What one run cost."""

    wall: float
    cpu: float
    rss: int  # bytes
    files: int  # written
    bytes: int  # written
    total_files: int  # in the output afterwards
    total_bytes: int


class Book(NamedTuple):
    name: str
    folder: Path
    pages: int
    page: Path  # the one that is edited
    generated: bool


class Tool:
    """A binary and how it is asked to build; `zola` gets the same book in its own flavour."""

    def __init__(self, name, binary, zola=False):
        self.name, self.binary, self.zola = name, str(binary), zola

    def command(self, scenario, folder, out):
        if self.zola:
            config = ["--config", str(folder / "plain.toml")] if scenario == PLAIN else []
            return [self.binary, "--root", str(folder), *config, "build", "--force", "-o", str(out)]
        flags = ["--no-highlight"] if scenario == PLAIN else []
        return [self.binary, "build", str(folder), "-o", str(out), *flags]

    def version(self):
        try:
            done = subprocess.run([self.binary, "--version"], capture_output=True, text=True, timeout=20)
        except (OSError, subprocess.TimeoutExpired):
            return "no version"
        return (done.stdout.strip() or "no version").splitlines()[0]


def snapshot(folder):
    """`{path: (modified, inode, size)}` of the files below `folder`."""
    found, folders = {}, [str(folder)] if folder.is_dir() else []
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    stat = entry.stat(follow_symlinks=False)
                    found[entry.path] = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
    return found


def run(command, cache, timeout):
    """Runs one process to its end: `(wall seconds, CPU seconds, peak bytes)`. A failure ends the benchmark."""
    environment = {**os.environ, "HOME": str(cache), "XDG_CACHE_HOME": str(cache), "SOURCE_DATE_EPOCH": "1700000000"}
    with tempfile.TemporaryFile() as log:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment)
        timer = threading.Timer(timeout, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(0)
            tail = log.read().decode("utf-8", "replace")[-2000:]
            sys.exit(f"exit code {process.returncode} after {wall:.1f} s: {' '.join(command)}\n{tail}")
    unit = 1 if sys.platform == "darwin" else 1024
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit


def measure(tool, scenario, folder, out, cache, timeout):
    """One run of a tool, and what it wrote."""
    if scenario in (COLD, PLAIN):
        for old in (out, cache):
            shutil.rmtree(old, ignore_errors=True)
        cache.mkdir(parents=True)
    before = snapshot(out)
    wall, cpu, rss = run(tool.command(scenario, folder, out), cache, timeout)
    after = snapshot(out)
    if not after:
        sys.exit(f"{tool.name} wrote nothing to {out}")
    written = [path for path, state in after.items() if before.get(path) != state]
    return Sample(
        wall, cpu, rss, len(written), sum(after[path][2] for path in written),
        len(after), sum(state[2] for state in after.values()),
    )


def bench(book, folders, tools, options, temporary):
    """`{(tool, scenario): [sample of each round]}` for one book."""
    samples = {(tool.name, scenario): [] for tool in tools for scenario in SCENARIOS}
    sources = {folder: snapshot(folder) for folder in set(folders.values())}
    for turn in range(options.runs):
        order = tools if turn % 2 == 0 else tools[::-1]
        for scenario in (PLAIN, COLD, SAME, EDIT):  # the last three share an output folder, in this order
            edits = edit(book, folders, turn) if scenario == EDIT else []
            for tool in order:
                where = "plain" if scenario == PLAIN else "out"
                base = temporary / "runs" / tool.name
                sample = measure(tool, scenario, folders[tool.name], base / where, base / f"{where}-cache", options.timeout)
                samples[tool.name, scenario].append(sample)
                print(f"{book.name}, round {turn + 1}: {tool.name}, {scenario}: {sample.wall:.3f} s", file=sys.stderr)
            for file, text in edits:
                file.write_bytes(text)
    for folder, state in sources.items():
        if extra := sorted(set(snapshot(folder)) - set(state)):
            print(f"note: a build left files among the sources: {extra[:3]}", file=sys.stderr)
    shutil.rmtree(temporary / "runs", ignore_errors=True)
    return samples


def edit(book, folders, turn):
    """Adds a sentence to one page, in every flavour of the book; gives back what to restore."""
    edits = []
    for folder in set(folders.values()):
        file = folder / book.page
        if not file.is_file():  # the flavour for Zola
            file = folder / "content" / str(book.page).replace("README.md", "_index.md")
        text = file.read_bytes()
        edits.append((file, text))
        file.write_bytes(text + f"\nA sentence was added in round {turn + 1}.\n".encode())
    return edits


# ---- books -----------------------------------------------------------------------------------------------------------


def generate(pages, seed, folder, flavour="gitbook"):
    """The generator runs as a process of its own, to keep this one small: on Linux
    the peak of a child is at least that of its parent."""
    command = [sys.executable, str(HERE / "make_book.py"), "--pages", str(pages), "--seed", str(seed)]
    subprocess.run([*command, "--out", str(folder), "--flavour", flavour], check=True, stdout=subprocess.DEVNULL)
    if flavour == "zola":
        config = (folder / "config.toml").read_text()
        (folder / "plain.toml").write_text(config.partition("[markdown.highlighting]")[0])


def open_book(name, folder, generated):
    files = sorted(
        file.relative_to(folder) for file in folder.rglob("*.md")
        if file.name.lower() != "summary.md" and not any(part.startswith(".") for part in file.relative_to(folder).parts)
    )
    if not files:
        sys.exit(f"{folder} holds no Markdown")
    return Book(name, folder, len(files), files[len(files) // 2], generated)


def books(options, temporary):
    """The books one after another; each exists only while it is measured."""
    for pages in options.pages:
        folder = temporary / "book"
        generate(pages, options.seed, folder)
        yield open_book(f"{pages:,} pages", folder, True)
        shutil.rmtree(folder)
    for corpus in options.corpus:
        folder = temporary / "book"
        shutil.copytree(corpus, folder, symlinks=True, ignore=shutil.ignore_patterns(".git"))
        yield open_book(corpus.name, folder, False)
        shutil.rmtree(folder)


# ---- tables ----------------------------------------------------------------------------------------------------------


def spread(values, form="{:.3f}"):
    """Median (smallest to largest)."""
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{form.format(middle)} ({form.format(low)}-{form.format(high)})"


def size(count):
    return f"{count / 1e6:.1f} MB" if count >= 1e5 else f"{count / 1e3:.1f} KB"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def median(samples, field):
    return statistics.median(getattr(sample, field) for sample in samples)


def book_table(book, samples, floor):
    rows = []
    for (tool, scenario), runs in samples.items():
        last = runs[-1]
        rows.append([
            scenario, tool, spread([s.wall for s in runs]), spread([s.cpu for s in runs]),
            spread([s.rss / 1e6 for s in runs], "{:.0f}"), f"{median(runs, 'files'):,.0f}: {size(median(runs, 'bytes'))}",
            f"{last.total_files:,}: {size(last.total_bytes)}", f"{last.total_bytes / book.pages:,.0f}",
        ])
    rows.sort(key=lambda row: SCENARIOS.index(row[0]))
    head = ["build", "tool", "wall s", "CPU s", "peak MB", "files written", "output", "output bytes a page"]
    return f"## {book.name} ({book.pages:,} Markdown files; `true` shows {floor / 1e6:.0f} MB)\n\n" + table(head, rows)


def ratio_table(samples, first, second):
    """How much the second tool costs relative to the first, round by round."""
    rows = []
    for scenario in SCENARIOS:
        pairs = list(zip(samples[first, scenario], samples[second, scenario]))
        rows.append([scenario] + [
            spread([getattr(b, field) / max(1e-9, getattr(a, field)) for a, b in pairs], "{:.2f}")
            for field in ("wall", "cpu", "rss", "total_bytes")
        ])
    return f"{second} / {first}, paired rounds:\n\n" + table(["build", "wall", "CPU", "peak", "output bytes"], rows)


def growth_table(results):
    """What a page costs in the largest generated book, relative to the smallest: 1.00 is linear."""
    generated = [(book, samples) for book, samples in results if book.generated]
    if len(generated) < 2:
        return ""
    (small, few), (large, many) = min(generated, key=lambda r: r[0].pages), max(generated, key=lambda r: r[0].pages)
    factor, rows = large.pages / small.pages, []
    for (tool, scenario), runs in few.items():
        larger = many[tool, scenario]
        rows.append([scenario, tool] + [
            f"{median(larger, field) / max(1e-9, median(runs, field)) / factor:.2f}" for field in ("wall", "cpu", "rss", "total_bytes")
        ])
    rows.sort(key=lambda row: SCENARIOS.index(row[0]))
    title = f"## Growth: {large.name} / {small.name}, per page (1.00 is linear, {1 / factor:.2f} is constant)\n\n"
    return title + table(["build", "tool", "wall", "CPU", "peak", "output bytes"], rows)


def numbers(text):
    return [int(part) for part in text.replace("_", "").split(",") if part]


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=numbers, default=[1000, 10000], help="sizes of generated books (default 1000,10000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=3, help="rounds (default 3)")
    parser.add_argument("--binary", type=Path, default=Path("target/release/proofpress"))
    parser.add_argument("--against", type=Path, help="a second binary, for paired ratios")
    parser.add_argument("--corpus", type=Path, nargs="+", default=[], help="repositories to build as well; they are copied")
    parser.add_argument("--zola", type=Path, help="a Zola binary, which builds the generated books in its own flavour")
    parser.add_argument("--timeout", type=float, default=900, help="seconds after which a run is stopped (default 900)")
    parser.add_argument("--temp", type=Path, help="where the temporary folder goes")
    parser.add_argument("--json", type=Path, help="also write every sample to this file")
    options = parser.parse_args(arguments)
    if options.runs < 1 or any(pages < 1 for pages in options.pages):
        parser.error("--runs and --pages must be at least 1")
    for binary in filter(None, (options.binary, options.against, options.zola)):
        if not os.access(binary, os.X_OK) or not binary.is_file():
            parser.error(f"{binary} is not a program")
    for corpus in options.corpus:
        if not corpus.is_dir():
            parser.error(f"{corpus} is not a folder")

    tools = [Tool("proofpress", options.binary.resolve())]
    if options.against:
        tools.append(Tool("against", options.against.resolve()))
    zola = Tool("zola", options.zola.resolve(), zola=True) if options.zola else None
    with tempfile.TemporaryDirectory(prefix="bench-", dir=options.temp) as name:
        temporary, results = Path(name), []
        print("# Builds\n")
        for tool in [*tools, *([zola] if zola else [])]:
            print(f"* {tool.name}: {tool.version()}")
        print(f"* {platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start; median (min-max) of {options.runs}")
        print("* the peak of a process cannot be told below what `true` shows, which is given beside each book\n", flush=True)
        for book in books(options, temporary):
            taking_part, folders = list(tools), {tool.name: book.folder for tool in tools}
            if zola and book.generated:
                folders[zola.name] = temporary / "zola-book"
                generate(book.pages, options.seed, folders[zola.name], "zola")
                taking_part.append(zola)
            samples = bench(book, folders, taking_part, options, temporary)
            results.append((book, samples))
            print(book_table(book, samples, run(["true"], temporary, 10)[2]))
            for other in taking_part[1:]:
                print(ratio_table(samples, taking_part[0].name, other.name), flush=True)
            shutil.rmtree(temporary / "zola-book", ignore_errors=True)
        print(growth_table(results))
    if options.json:
        rows = [
            {"book": book.name, "tool": tool, "build": scenario, "round": turn + 1, **sample._asdict()}
            for book, samples in results for (tool, scenario), runs in samples.items() for turn, sample in enumerate(runs)
        ]
        options.json.write_text(json.dumps(rows, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
