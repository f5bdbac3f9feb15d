#!/usr/bin/env python3
"""Books and link checkers in, a Markdown table of what a check costs and finds out, whole process by whole process.

    check.py [--pages 1000,10000] [--binary target/release/proofpress] [--against OTHER] [--lychee PATH] [--runs 5]

The book is made by `make_book.py`. At the end of some of its pages links are added, half of them dead and half of them
alive on GitBook; each has a number in its address, by which a report is read. All programs take turns in every round,
so a ratio compares runs of the same minute. Lychee is asked as its users would: `--offline --include-fragments` over all
Markdown files. The sources are in the page cache.
"""

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from build import generate, numbers, run, spread, table

# What is added to a page, with its number. `{up}` leads to the folder of the book.
DEAD = {
    "page": "[a](zz-dead-{n}.md)",
    "page in a folder": "[a]({up}zz-dead-{n}/README.md)",
    "anchor on the page": "[a](#zz-dead-{n})",
    "anchor on another page": "[a]({up}README.md#zz-dead-{n})",
    "image": "![a]({up}.gitbook/assets/zz-dead-{n}.png)",
    "HTML link": '<a href="zz-dead-{n}.md">a</a>',
    "HTML image": '<img src="{up}zz-dead-{n}.png" alt="a">',
    "card": '{{% content-ref url="zz-dead-{n}.md" %}}\n[zz-dead-{n}.md](zz-dead-{n}.md)\n{{% endcontent-ref %}}',
}
ALIVE = {
    "numbered heading": "## {n}. Zz alive\n\n[a](#id-{n}.-zz-alive)",
    "sign in a heading": "## Zz alive {n} & more\n\n[a](#zz-alive-{n}-and-more)",
    "explicit id": '## Words <a href="#zz-alive-{n}" id="zz-alive-{n}"></a>\n\n[a](#zz-alive-{n})',
    "title of a tab": '{{% tabs %}}\n{{% tab title="Zz alive {n}" %}}\nWords\n{{% endtab %}}\n{{% endtabs %}}\n\n[a](#zz-alive-{n})',
    "Han heading": "## 安装 zz alive {n}\n\n[a](#an-zhuang-zz-alive-{n})",
    "title in code": "`[a](zz-alive-{n}.md)`",
    "comment": "<!-- [a](zz-alive-{n}.md) -->",
}
NUMBER = re.compile(r"zz-(?:dead|alive)-(\d+)|id-(\d+)\.-zz-alive")


def inject(folder, each):
    """Adds `each` links of every sort. Gives the sort of each number, and the numbers that must be reported."""
    pages = sorted(file for file in folder.rglob("*.md") if file.name not in ("SUMMARY.md",))
    sorts, dead = {}, set()
    sources = [(kind, text, True) for kind, text in DEAD.items()] + [(kind, text, False) for kind, text in ALIVE.items()]
    wanted = [source for _ in range(each) for source in sources]
    step = max(1, len(pages) // len(wanted))
    for number, (kind, text, is_dead) in enumerate(wanted, 1000):
        page = pages[(number - 1000) * step % len(pages)]
        up = "../" * (len(page.relative_to(folder).parts) - 1)
        with page.open("a") as out:
            out.write("\n" + text.format(n=number, up=up) + "\n")
        sorts[number] = kind
        if is_dead:
            dead.add(number)
    return sorts, dead


def named(text):
    return {int(first or second) for first, second in NUMBER.findall(text)}


def proofpress_report(binary, folder):
    done = subprocess.run([binary, "check", str(folder), "--format", "json"], capture_output=True, text=True)
    found = [item for item in json.loads(done.stdout)["diagnostics"] if item["severity"] == "error"]
    return set().union(*(named(item["message"]) for item in found)), len(found)


def lychee_command(binary, folder):
    return [binary, "--offline", "--include-fragments", "--no-progress", str(folder / "**/*.md")]


def lychee_report(binary, folder):
    done = subprocess.run([*lychee_command(binary, folder), "--format", "json"], capture_output=True, text=True)
    report = json.loads(done.stdout)
    failed = report.get("error_map") or report.get("fail_map") or {}
    found = [item["url"] for items in failed.values() for item in items]
    return set().union(*(named(url) for url in found)), len(found)


def verdict(sorts, dead, found, others):
    missed, false = sorted(dead - found), sorted(found - dead)
    kinds = lambda numbers: ", ".join(sorted({sorts[number] for number in numbers})) or "none"
    return [f"{len(dead & found)} of {len(dead)}", str(len(false)), kinds(missed), kinds(false), str(others)]


def measured(command, cache):
    """A run of a checker ends with 1 or 2 when it finds something, which `run` would take for a failure."""
    return run(["sh", "-c", '"$@" >/dev/null 2>&1; [ $? -le 2 ]', "sh", *command], cache, 600)


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=numbers, default=[1000, 10000], help="sizes of generated books (default 1000,10000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=5, help="rounds (default 5)")
    parser.add_argument("--each", type=int, default=10, help="links of each sort (default 10)")
    parser.add_argument("--binary", type=Path, default=Path("target/release/proofpress"))
    parser.add_argument("--against", type=Path, help="a second Proofpress")
    parser.add_argument("--lychee", type=Path, default=shutil.which("lychee"), help="the link checker to compare with")
    parser.add_argument("--temp", type=Path, help="where the temporary folder goes")
    options = parser.parse_args(arguments)
    ours = lambda binary: lambda folder: [str(binary), "check", str(folder)]
    tools = [("proofpress", options.binary.resolve(), ours, proofpress_report)]
    if options.against:
        tools.append(("against", options.against.resolve(), ours, proofpress_report))
    if options.lychee:
        lychee = lambda binary: lambda folder: lychee_command(str(binary), folder)
        tools.append(("lychee", Path(options.lychee).resolve(), lychee, lychee_report))
    print(f"# Checks\n\n* {platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start; median (min-max) of {options.runs}")
    for name, binary, _, _ in tools:
        version = subprocess.run([str(binary), "--version"], capture_output=True, text=True).stdout.strip()
        print(f"* {name}: {version}")
    for pages in options.pages:
        with tempfile.TemporaryDirectory(prefix="bench-", dir=options.temp) as name:
            folder, cache = Path(name) / "book", Path(name) / "cache"
            cache.mkdir()
            generate(pages, options.seed, folder)
            sorts, dead = inject(folder, options.each)
            samples = {tool[0]: [] for tool in tools}
            for turn in range(options.runs):
                for tool, binary, command, _ in tools if turn % 2 == 0 else tools[::-1]:
                    samples[tool].append(measured(command(binary)(folder), cache))
            rows, first = [], samples[tools[0][0]]
            for tool, binary, _, report in tools:
                taken = samples[tool]
                ratio = [statistics.median(other[n] / max(1e-9, own[n]) for own, other in zip(first, taken)) for n in (0, 1)]
                rows.append([
                    tool, *(spread([sample[n] for sample in taken]) for n in (0, 1)),
                    spread([sample[2] / 1e6 for sample in taken], "{:.0f}"), *(f"{value:.2f}" for value in ratio),
                ])
            print(f"\n## {pages:,} pages\n")
            print(table(["tool", "wall s", "CPU s", "peak MB", "wall ratio", "CPU ratio"], rows))
            rows = [[tool, *verdict(sorts, dead, *report(str(binary), folder))] for tool, binary, _, report in tools]
            print(table(["tool", "dead links found", "false alarms", "missed", "wrongly reported", "errors in all"], rows), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
