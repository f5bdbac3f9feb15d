"""Judged data in, every case where the program says otherwise out.

    python3 tests/tools/oracle.py --data DIR [--program target/release/proofpress] [NAME…]

DIR holds `NAME.jsonl.gz` files. A line is one YAML text with its kind and verdicts (`yaml`, `kind`, `decode_ok`, `ok`),
or a plugin: with `files`, or with a `tree` whose texts are the lines before it. The texts become a book with an
`[[examples]]` entry for each kind, which is checked in one run; the plugins become folders, checked in a few runs.
The exit code is 1 when a verdict differs.
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

# What a command line holds everywhere.
PATHS_PER_RUN = 100
# Rules whose findings mean that there is no declaration at all, so that nothing in it is strictly right.
NO_DECLARATION = {"missing-file", "bad-glob"}


def read(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def run(program, paths, folder):
    """The diagnostics of one run, in lists by path."""
    # A path that begins with a dash would be an option.
    command = [program, "check", "--format", "json", *(f"./{path}" for path in paths)]
    done = subprocess.run(command, cwd=folder, capture_output=True)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{command[:2]} failed: {done.stderr.decode('utf-8', 'replace')[:2000]}")
    by_path = defaultdict(list)
    for found in json.loads(done.stdout)["diagnostics"]:
        by_path[found["path"]].append(found)
    return by_path


def breaks(diagnostics):
    return {found["breaks"] for found in diagnostics}


def file_verdicts(diagnostics):
    broken = breaks(diagnostics)
    return {"decode_ok": "decode" not in broken, "ok": not broken & {"decode", "strict"}}


def plugin_verdicts(diagnostics):
    """What the verdicts of a plugin mean, as the book's page about plugins has it."""
    broken = breaks(diagnostics)
    manifest = breaks(found for found in diagnostics if found["path"].endswith("/manifest.yaml"))
    package = not broken & {"decode", "package"} and "strict" not in manifest
    strict = not any(
        found["severity"] == "error" and (found["breaks"] in ("decode", "strict") or found["rule"] in NO_DECLARATION)
        for found in diagnostics
    )
    return {"package_ok": package, "install_ok": package and "install" not in broken, "strict_ok": strict}


def is_text(case):
    return "yaml" in case and "kind" in case


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))


def check_texts(program, cases, folder):
    """Each case with the verdicts that the program has and the diagnostics behind them."""
    book, names = folder / "book", {}
    for number, case in enumerate(cases):
        names[number] = f"{case['kind']}/{number:06}.yaml"
        write(book / names[number], case["yaml"])
    kinds = sorted({case["kind"] for case in cases})
    entries = [f'[[examples]]\nfiles = ["{kind}/*.yaml"]\nkind = "{kind}"\n' for kind in kinds]
    write(book / "book.toml", "\n".join(entries))
    write(book / "README.md", "# Cases\n")
    found = run(program, ["book"], folder)
    return [(case, file_verdicts(found[f"book/{names[n]}"]), found[f"book/{names[n]}"]) for n, case in enumerate(cases)]


def tree(plugin, texts):
    """The files of a plugin whose line lists their names; those whose text is not known are empty."""
    own = {case["path"]: case["yaml"] for case in texts if case.get("plugin") == plugin["plugin"]}
    return {path: own.get(path, "") for path in plugin["tree"]}


def check_plugins(program, cases, texts, folder):
    results = []
    for first in range(0, len(cases), PATHS_PER_RUN):
        some = cases[first : first + PATHS_PER_RUN]
        for number, case in enumerate(some, first):
            files = case["files"] if "files" in case else tree(case, texts)
            root = folder / f"plugin-{number}"
            root.mkdir()
            for path, text in files.items():
                write(root / path, text)
        by_path = run(program, [f"plugin-{number}" for number in range(first, first + len(some))], folder)
        by_plugin = defaultdict(list)
        for path, found in by_path.items():
            by_plugin[path.split("/")[0]].extend(found)
        for number, case in enumerate(some, first):
            found = by_plugin[f"plugin-{number}"]
            results.append((case, plugin_verdicts(found), found))
    return results


def name_of(case):
    return case.get("id") or case.get("plugin")


def compare(results, shown):
    """Prints what differs; gives the number of verdicts and of differences by verdict."""
    seen, wrong = Counter(), Counter()
    for case, verdicts, found in results:
        for verdict, ours in verdicts.items():
            if verdict not in case:
                continue
            seen[verdict] += 1
            if ours == case[verdict]:
                continue
            wrong[verdict] += 1
            if sum(wrong.values()) <= shown:
                reasons = case.get("errors") or case.get(verdict.replace("_ok", "_errors")) or []
                print(f"{name_of(case)}: {verdict} is {case[verdict]}, and the program says {ours}")
                print(f"    {case.get('kind') or case.get('category')}: {case.get('mutation') or case.get('case') or ''}")
                for reason in reasons[:3]:
                    print(f"    judged: {reason}")
                for one in found[:5]:
                    print(f"    ours:   {one['path']}: {one['breaks']}: [{one['rule']}] {one['message']}")
    return seen, wrong


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, required=True, help="the folder of the .jsonl.gz files")
    arguments.add_argument("--program", default="target/release/proofpress")
    arguments.add_argument("--show", type=int, default=20, help="the most differences to print for a file")
    arguments.add_argument("names", nargs="*", default=["dev", "real-dev", "plugins-dev"])
    given = arguments.parse_args()
    program = str(Path(given.program).resolve())
    failed = False
    for name in given.names:
        lines = read(given.data / f"{name}.jsonl.gz")
        texts = [case for case in lines if is_text(case)]
        plugins = [case for case in lines if "files" in case or "tree" in case]
        with tempfile.TemporaryDirectory() as folder:
            results = check_texts(program, texts, Path(folder)) if texts else []
            results += check_plugins(program, plugins, texts, Path(folder)) if plugins else []
        seen, wrong = compare(results, given.show)
        figures = ", ".join(f"{verdict} {wrong[verdict]} of {count}" for verdict, count in sorted(seen.items()))
        print(f"{name}: {len(texts)} texts, {len(plugins)} plugins; disagreements: {figures}")
        failed |= bool(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
