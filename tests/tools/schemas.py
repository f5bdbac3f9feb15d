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
import subprocess
import sys

try:
    import jsonschema
    import yaml
except ImportError as missing:
    sys.exit(f"skipped: {missing.name} is not installed")


class Loader(yaml.SafeLoader):
    """YAML as the daemon resolves it: dates stay text, and only `true` and `false` are bools."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
BOOL = __import__("re").compile("^(true|True|TRUE|false|False|FALSE)$")
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", BOOL, list("tTfF"))


class Duplicate(Exception):
    pass


def mapping(loader, node, deep=False):
    seen = set()
    for key, _ in node.value:
        text = key.value if isinstance(key, yaml.ScalarNode) else None
        if text is None or text in seen:
            raise Duplicate
        seen.add(text)
    loader.flatten_mapping(node)
    out = {}
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode):
            out[str(key.value)] = loader.construct_object(value, deep=True)
    return out


Loader.add_constructor("tag:yaml.org,2002:map", mapping)


def printed(program, *arguments):
    return subprocess.run([program, "schema", *arguments], check=True, capture_output=True, text=True).stdout


def as_json(value, above=()):
    """The document as JSON; what JSON has no word for is refused."""
    if id(value) in above:
        raise ValueError("circle")
    if isinstance(value, dict):
        return {key: as_json(inner, (*above, id(value))) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner, (*above, id(value))) for inner in value]
    if isinstance(value, float) and value in (float("inf"), float("-inf")) or value != value:
        raise ValueError("no number of JSON")
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    raise ValueError("no value of JSON")


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
            try:
                document = as_json(next(iter(yaml.load_all(case["yaml"], Loader)), None))
            except (yaml.YAMLError, Duplicate, ValueError, RecursionError):
                counts[kind]["skipped"] += 1
                continue
            valid = validators[kind].is_valid(document)
            counts[kind]["same" if valid == case["ok"] else "lenient" if valid else "strict"] += 1
            if valid != case["ok"] and shown < arguments.show:
                shown += 1
                print(case.get("id"), kind, case.get("mutation"), f"daemon {case['ok']}, schema {valid}")
                for error in case.get("errors") or []:
                    print("   ", error)
                for error in validators[kind].iter_errors(document):
                    print("   schema:", list(error.absolute_path), error.message[:200])
    total = collections.Counter()
    for kind in kinds:
        total.update(counts[kind])
        print(f"{kind:24}", dict(counts[kind]))
    print(f"{'all':24}", dict(total))


if __name__ == "__main__":
    main()
