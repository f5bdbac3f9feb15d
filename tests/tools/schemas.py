"""Compares the JSON Schemas that `proofpress schema` prints with verdicts of the plugin daemon.

Input: JSON lines with `kind`, `yaml`, `ok` and `decode_ok`, gzipped or not. Output: how often each kind agrees, and the
first disagreements. Documents that YAML itself refuses, or that have duplicate keys, are not compared: a schema never
sees them.

    python3 tests/tools/schemas.py target/debug/proofpress verdicts.jsonl.gz [--show 20] [--kind tool]
"""

import argparse
import collections
import gzip
import json
import re
import subprocess
import sys

try:
    import jsonschema
    import yaml
except ImportError as missing:
    sys.exit(f"skipped: {missing.name} is not installed")


# The one on libyaml where it is built in: the daemon's parser is a port of that.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Unseen(Exception):
    """What JSON does not show: tags, duplicate keys, keys that are no text, infinity, circles."""


WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
INTEGER = re.compile(r"[-+]?(0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9][0-9]*)")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


def plain(text):
    """What a scalar without quotes means to the daemon; dates stay text."""
    if text in WORDS:
        return WORDS[text]
    if text.lower().lstrip("+-") in (".inf", ".nan"):
        raise Unseen
    number = text.replace("_", "") if text[0] in "+-0123456789" else text
    if INTEGER.fullmatch(number):
        digits = number.lstrip("+-").lower()
        base = {"0x": 16, "0o": 8, "0b": 2}.get(digits[:2], 8 if digits[0] == "0" and len(digits) > 1 else 10)
        return int(digits[2:] if digits[:2] in ("0x", "0o", "0b") else digits, base) * (-1 if number[0] == "-" else 1)
    if FLOAT.fullmatch(number) and abs(float(number)) < float("inf"):
        return float(number)
    return text


def as_json(node, above=()):
    if node in above:
        raise Unseen
    above = (*above, node)
    if isinstance(node, yaml.ScalarNode):
        return plain(node.value) if not node.style else node.value
    if isinstance(node, yaml.SequenceNode):
        return [as_json(item, above) for item in node.value]
    out, merged = {}, {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.value in out:
            raise Unseen
        if key.value == "<<" and not key.style:
            maps = value.value if isinstance(value, yaml.SequenceNode) else [value]
            for one in reversed(maps):
                if not isinstance(one, yaml.MappingNode):
                    raise Unseen
                merged |= as_json(one, above)
        elif not (not key.style and plain(key.value) is None):
            out[key.value] = as_json(value, above)
    return merged | out


def document(text):
    """The first document as JSON."""
    if any(isinstance(token, yaml.TagToken) for token in yaml.scan(text, LOADER)):
        raise Unseen
    loader = LOADER(text)
    return as_json(loader.get_node()) if loader.check_node() else None


def printed(program, *arguments):
    return subprocess.run([program, "schema", *arguments], check=True, capture_output=True, text=True).stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("verdicts")
    parser.add_argument("--show", type=int, default=20, help="how many disagreements to print")
    parser.add_argument("--kind", help="only this kind")
    arguments = parser.parse_args()

    kinds = [line.split()[0] for line in printed(arguments.program, "--list").splitlines()]
    validators = {}
    for kind in kinds:
        schema = json.loads(printed(arguments.program, kind))
        jsonschema.Draft202012Validator.check_schema(schema)
        validators[kind] = jsonschema.Draft202012Validator(schema)
    print(f"{len(kinds)} schemas are valid against the metaschema")

    opened = gzip.open if arguments.verdicts.endswith(".gz") else open
    counts = collections.defaultdict(collections.Counter)
    shown = 0
    with opened(arguments.verdicts, "rt", encoding="utf-8") as lines:
        for line in lines:
            case = json.loads(line)
            kind = case.get("kind")
            if kind not in validators or arguments.kind not in (None, kind) or "ok" not in case:
                continue
            syntax = any(error.startswith("error: yaml") for error in case.get("errors") or [])
            try:
                if syntax:
                    raise Unseen
                value = document(case["yaml"])
            except (yaml.YAMLError, Unseen, ValueError, RecursionError):
                counts[kind]["skipped"] += 1
                continue
            valid = validators[kind].is_valid(value)
            counts[kind]["same" if valid == case["ok"] else "lenient" if valid else "strict"] += 1
            if valid != case["ok"] and shown < arguments.show:
                shown += 1
                print(case.get("id"), kind, case.get("mutation"), f"daemon {case['ok']}, schema {valid}")
                for error in case.get("errors") or []:
                    print("   ", error)
                for error in validators[kind].iter_errors(value):
                    print("   schema:", list(error.absolute_path), error.message[:200])
    total = collections.Counter()
    for kind in kinds:
        total.update(counts[kind])
        print(f"{kind:24}", dict(counts[kind]))
    print(f"{'all':24}", dict(total))


if __name__ == "__main__":
    main()
