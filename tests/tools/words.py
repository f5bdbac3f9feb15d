#!/usr/bin/env python3
"""A repository and the site built from it in, the words that were lost on the way out.

    words.py SOURCE_REPO BUILT_SITE [--min 99.9] [--top N] [--json]
    words.py SOURCE_REPO BUILT_SITE --tags

Each built page names its source in `<meta name="proofpress:source" content="path/of/page.md">`. The words of that file
(prose, code, titles, captions; its includes too) are compared, as multisets, with those of the page's
`<article class="content">` and `<h1>`; the description, the title of the front matter and the alternative texts of
images are compared each on their own. The source is read here by a reader of its own, not by Proofpress. A word that
the page shows once more than its source (in a card, on a button) could hide a loss: such words are listed as doubtful
where none of their neighbours arrived next to them.

Exit code 0: the share of words that arrived is at least --min and every page of SUMMARY.md exists; 1: not so; 2: the
arguments are wrong. `--tags` lists each `{%` that a reader would see instead (exit code 1 if there is one).
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

from words_built import Built
from words_source import page_words
from words_summary import content_root, listed_pages
from words_text import count_emoji, split

BEYOND = "table cell beyond the header"
FIELDS = ("title", "description", "alt", "body")


def compare(words, formulas, built, source_emoji):
    """`(lost, doubtful, explained, invented)` of one page: lost words, words that arrived by number only (a copy the page
    has of its own may stand in for them), reasons with counts, and words without a source.

    Words that GitBook replaces by design are explained, two of them only with proof: a shortcode if a pictograph
    arrived in its place, a formula if as many formulas arrived as the source has.
    """
    words = sorted(words, key=lambda word: word.field == "body")  # stable: the text stays in one piece
    pools = {field: built.words(field) for field in (*FIELDS, "stray")}
    if not any(word.field == "description" for word in words):
        pools["description"] = Counter()
    shortcodes = max(0, built.emoji() - source_emoji)
    lost, doubtful, explained = [], [], Counter()
    pairs = _neighbours(built)
    for field in ("stray", *FIELDS):
        wanted = defaultdict(list)
        for at, word in enumerate(words):
            if word.field == field and not word.fate:
                wanted[word.text].append(at)
        for text, places in wanted.items():
            found = min(len(places), pools[field][text])
            pools[field][text] -= found
            if field == "stray" and found < len(places):  # an unknown tag may also stand in the text as it is
                more = min(len(places) - found, pools["body"][text])
                pools["body"][text] -= more
                found += more
            if found < len(places):
                places.sort(key=lambda at: (words[at].kind != BEYOND, _familiar(words, at, pairs), at))
                lost += [words[at] for at in places[: len(places) - found]]
            elif field == "body":
                doubtful += [words[at] for at in places if not _familiar(words, at, pairs)]
    for at, word in enumerate(words):
        if not word.fate:
            continue
        pool = pools[word.field]
        if pool[word.text]:
            pool[word.text] -= 1
        elif word.fate == "shortcode":
            first = not (at and words[at - 1].fate == "shortcode" and words[at - 1].line == word.line)
            shortcodes -= first
            if shortcodes < 0:
                lost.append(word._replace(kind="shortcode"))
            else:
                explained[word.fate] += 1
        elif word.fate == "formula" and built.formulas < formulas:
            lost.append(word)
        else:
            explained[word.fate] += 1
    return lost, doubtful, explained, +pools["body"] + +pools["stray"]


def _neighbours(built):
    text = split("".join(built.body))
    return set(zip(text, text[1:]))


def _familiar(words, at, pairs):
    """How many of a word's two neighbours it also has in the built page: lost words tend to have none."""
    before = at == 0 or words[at - 1].field != "body" or (words[at - 1].text, words[at].text) in pairs
    after = at + 1 == len(words) or (words[at].text, words[at + 1].text) in pairs
    return before + after


def run(source, site):
    """The whole comparison as one value, the one that `--json` prints."""
    root = content_root(source)
    result = {"pages": 0, "skipped": 0, "words": 0, "lost": 0, "explained": Counter(), "errors": [], "lost_pages": [], "doubtful": [], "invented": Counter()}
    built_sources = set()
    for file in sorted(site.rglob("*.html")):
        page = Built(file.read_text("utf-8", "replace"))
        if page.source is None:
            result["skipped"] += 1
            continue
        path = next((base / page.source for base in (source, root) if (base / page.source).is_file()), None)
        if path is None:
            result["errors"].append(f"{file.relative_to(site)}: its source {page.source} does not exist")
            continue
        built_sources.add(path.resolve())
        if not page.has_article:
            result["errors"].append(f'{file.relative_to(site)}: no <article class="content">')
        relative = path.resolve().relative_to(source.resolve())
        words, formulas = page_words(source, relative)
        lost, doubtful, explained, invented = compare(words, formulas, page, count_emoji(path.read_text("utf-8", "replace")))
        result["pages"] += 1
        result["words"] += sum(not word.fate for word in words) + sum(word.fate in ("shortcode", "formula") for word in lost)
        result["lost"] += len(lost)
        result["doubtful"] += [f"{word.path or relative}:{word.line}: {word.text}" for word in doubtful]
        result["explained"] += explained
        result["invented"] += invented
        if lost:
            result["lost_pages"].append(_page_report(source, str(relative), file.relative_to(site), lost))
    result["errors"] += [f"{page}: listed in {summary}, but no page was built" for page, summary in listed_pages(source, root, built_sources)]
    if not result["pages"]:
        result["errors"].append(f"{site}: no page names its source")
    result["share"] = 100.0 * (result["words"] - result["lost"]) / max(1, result["words"])
    result["lost_pages"].sort(key=lambda page: (-page["lost"], page["source"]))
    result["causes"] = dict(sum((Counter(page["causes"]) for page in result["lost_pages"]), Counter()).most_common())
    return result


def _page_report(source, path, page, lost):
    lines = defaultdict(list)
    for word in sorted(lost, key=lambda w: (w.path, w.line)):
        lines[(word.path or path, word.line, word.kind)].append(word.text)
    texts, places = {}, []
    for (file, line, kind), words in lines.items():
        if file not in texts:
            texts[file] = (source / file).read_bytes().decode("utf-8-sig", "replace").splitlines()
        rows = texts[file]
        example = rows[line - 1].strip() if line <= len(rows) else ""
        places.append({"path": file, "line": line, "cause": kind, "words": words, "example": example})
    causes = Counter()
    for place in places:
        causes[place["cause"]] += len(place["words"])
    return {"source": path, "page": str(page), "lost": len(lost), "causes": dict(causes.most_common()), "places": places}


def tags(site):
    """`(page, line, where, text)` for each `{%` that a reader sees outside code and outside `.stray-tag`."""
    return [
        (str(file.relative_to(site)), *found)
        for file in sorted(site.rglob("*.html"))
        for found in Built(file.read_text("utf-8", "replace")).tags
    ]


def show(result, top):
    """The comparison for people: totals, then the causes with their places, then the pages."""
    out = [
        f"{result['pages']} pages compared, {result['skipped']} files without a source skipped",
        f"{result['words']:,} words, {result['words'] - result['lost']:,} arrived: {result['share']:.3f} %, {result['lost']:,} lost",
        "explained (replaced by design): " + (", ".join(f"{reason} {n:,}" for reason, n in result["explained"].most_common()) or "none"),
    ]
    out += [f"error: {error}" for error in result["errors"]]
    for cause, count in list(result["causes"].items())[:top]:
        places = [(len(p["words"]), p) for page in result["lost_pages"] for p in page["places"] if p["cause"] == cause]
        out.append(f"\n{count:,} words lost: {cause}")
        for _, place in sorted(places, key=lambda pair: -pair[0])[:top]:
            words = " ".join(place["words"][:12]) + (" …" if len(place["words"]) > 12 else "")
            out += [f"  {place['path']}:{place['line']}  {words}", f"    {place['example'][:160]}"]
    if result["lost_pages"]:
        out.append("\npages that lost most")
        out += [f"  {page['lost']:6,}  {page['source']} -> {page['page']}" for page in result["lost_pages"][:top]]
    if result["doubtful"]:
        out.append(f"\n{len(result['doubtful']):,} words arrived by number, but next to none of their neighbours: " + ", ".join(result["doubtful"][:top]))
    invented = result["invented"]
    if invented:
        out.append(f"\n{sum(invented.values()):,} words of the pages are in no source: " + ", ".join(f"{w} {n}" for w, n in invented.most_common(top)))
    return "\n".join(out)


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, metavar="SOURCE_REPO")
    parser.add_argument("site", type=Path, metavar="BUILT_SITE")
    parser.add_argument("--min", type=float, default=99.9, help="smallest share of words, in percent, that passes (default 99.9)")
    parser.add_argument("--top", type=int, default=10, help="how many causes, places, pages and words to show (default 10)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--tags", action="store_true", help="list the `{%%` in built pages outside code instead")
    options = parser.parse_args(arguments)
    for folder in (options.source, options.site):
        if not folder.is_dir():
            parser.error(f"{folder} is not a folder")
    if options.tags:
        found = tags(options.site)
        if options.json:
            print(json.dumps([dict(zip(("page", "line", "where", "text"), row)) for row in found], ensure_ascii=False, indent=1))
        else:
            print("".join(f"{page}:{line}: {where}: {text}\n" for page, line, where, text in found), end="")
            print(f"{len(found)} tags in {len({row[0] for row in found})} pages")
        return 1 if found else 0
    result = run(options.source, options.site)
    print(json.dumps(result, ensure_ascii=False, indent=1) if options.json else show(result, options.top))
    return 1 if result["errors"] or result["share"] < options.min else 0


if __name__ == "__main__":
    sys.exit(main())
