#!/usr/bin/env python3
"""A number of pages and a seed in, a GitBook repository of that size out; the same arguments give the same bytes.

    make_book.py --pages 1000 --seed 1 --out DIR [--flavour gitbook|zola]

A page has about 7.6 KB of Markdown: a description, headings, paragraphs with links to pages and headings, lists, tables,
hints, tabs, about 4 fences with 2 KB of code that no other page has, a content-ref and figures. The pages form groups, chapters and topics, nested
three deep. The flavour `zola` says the same in plain Markdown, for a comparison with a generator that does not read
GitBook's blocks: hints become quotes, tabs become labels, and links are written in Zola's way.
"""

import argparse
import shutil
import struct
import sys
import zlib
from itertools import accumulate
from pathlib import Path
from random import Random

from make_code import CODE

NOUNS = """
account anchor answer archive array badge balance banner basket batch beacon bill block board bridge bucket buffer bundle
button cabinet cable calendar canvas card cart catalog cell chain channel chapter chart circle client clock cloud cluster
column comment compass contract copy corner counter courier crate cursor curve customer cycle deck depot desk dial diary
digest dock door draft drawer echo edge editor engine entry envelope event fabric feed fence field figure file filter flag
fleet folder font forecast form frame garden gate gauge grid group guide harbor hinge history hook hub icon index inlet
invoice island issue item journal kernel key label ladder lane lantern layer ledger lens letter level lever library lid
line link list lock log loop machine magnet manual map margin marker market matrix measure menu message meter mirror
module monitor needle network note notice object offer office option orbit order outlet outline owner packet page panel
parcel parser part path pattern payment permit photo picture pin pipe plan planet plate platform pocket point policy port
post printer profile project prompt pulley quarter query queue quota rack rail record region relay rent report request
reserve review ribbon ring river road robot role roof room root route row rule sail sample scale scanner schedule schema
scope screen script seal search season section sensor series service session shelf shell shift signal sketch slot snapshot
socket source space spring stack stage station stencil step store stream street studio summary switch table tag task team
template terminal thread ticket tile timer token tool topic tower track trader train tray tree trigger tunnel unit upload
valve variable vault vendor version vessel view village volume wagon wall warehouse watch wave wheel window wire worker zone
""".split()
VERBS = """
accepts adds answers archives assigns attaches balances blocks books calls carries checks clears closes collects compares
copies counts creates delays deletes delivers describes divides drops edits ends exports fetches files fills filters finds
follows forwards freezes gathers groups guards handles hides holds imports indexes joins keeps labels lifts links lists
loads locks maps marks matches measures merges moves names notes offers opens orders packs pauses picks places plans
prints publishes pulls pushes queues raises reads records refuses releases renames repeats replaces reports reserves
returns reviews routes saves scans schedules seals searches selects sends shares shows signs skips sorts splits stacks
starts stops stores streams switches tags takes tests tracks trims turns unlocks updates uploads verifies views waits
wakes watches writes
""".split()
QUALITIES = """
active blank brief broad calm central clean clear common compact complete cold current daily deep dense direct distant dry
early eastern empty equal even exact extra fair fast final fine firm first flat fresh full gentle global green grey half
heavy hidden high hollow idle inner large late latest lean light linear little local long loose low main mild minor mixed
modern narrow native near neat new next old open outer own paired partial past plain polite prime private public pure
quick quiet raw ready red regular remote rich rough round safe second shared sharp short silent simple single slow small
smooth soft solid spare special square stable steady still strict strong sudden sure tall tender thin third tidy tight tiny
total true upper usual valid vast warm weekly whole wide wild young
""".split()
STARTS = "When|If|After|Before|While|Once|Unless|Whenever|As soon as|Although".split("|")
JOINTS = "of the|for each|in the|with a|from the|to the|inside the|next to the|on every|without a|behind the|across the".split("|")
SYLLABLES = "bal ber bin cal cor dan del dor fan fel gar gol hal jor kal kel lan lem lor mar mel nar nel pal pel quor ran rel sal sel tar tel tor val vel wan yor zan zel".split()
TAILS = "a e o ia en is um ex ium ora ine ando".split()


class Words:
    """A vocabulary whose frequencies fall off as in real text: common nouns first, then a long tail of made-up names."""

    def __init__(self, seed):
        rng = Random(f"words {seed}")
        nouns = NOUNS[:]
        rng.shuffle(nouns)
        names = dict.fromkeys(
            "".join(rng.choices(SYLLABLES, k=rng.randint(1, 3))) + rng.choice(TAILS) for _ in range(60_000)
        )
        self.nouns = nouns + [name for name in names if name not in set(nouns)]
        self.weights = list(accumulate((rank + 60) ** -1.8 for rank in range(len(self.nouns))))

    def pick(self, rng, count):
        return rng.choices(self.nouns, cum_weights=self.weights, k=count)


class Page:
    """Where a page stands and what it is called; known for all pages before the first one is written."""

    def __init__(self, path, title, heads, level, parent):
        self.path, self.title, self.heads, self.level, self.parent = path, title, heads, level, parent


def plan(pages, seed, words):
    """All pages in the order of the table of contents: groups of chapters of topics of pages."""
    rng = Random(f"plan {seed}")
    root = Page("README.md", "Start here", ["Overview", "First steps", "Where to go next"], 0, None)
    result, used = [root], set()

    def name():
        while True:
            title = f"{rng.choice(QUALITIES)} {' '.join(words.pick(rng, 2))}"
            if title not in used:
                used.add(title)
                return title[0].upper() + title[1:]

    def add(folder, level, parent):
        title = name()
        slug = title.lower().replace(" ", "-")
        heads = list(dict.fromkeys(f"{rng.choice(QUALITIES)} {' '.join(words.pick(rng, rng.randint(1, 2)))}".capitalize() for _ in range(rng.randint(5, 6))))
        path = f"{folder}{slug}/README.md" if level < 3 else f"{folder}{slug}.md"
        page = Page(path, title, heads, level, parent)
        result.append(page)
        return page

    groups = []
    while len(result) < pages:
        group = name()
        groups.append((group, len(result)))
        folder = group.lower().replace(" ", "-") + "/"
        for _ in range(rng.randint(3, 5)):
            if len(result) < pages:
                chapter = add(folder, 1, None)
                for _ in range(rng.randint(2, 5)):
                    if len(result) < pages:
                        topic = add(chapter.path.removesuffix("README.md"), 2, chapter)
                        for _ in range(rng.randint(4, 9)):
                            if len(result) < pages:
                                add(topic.path.removesuffix("README.md"), 3, topic)
    return result, groups


class Writer:
    """Writes one page after another."""

    def __init__(self, pages, seed, words, flavour):
        self.pages, self.seed, self.words, self.zola = pages, seed, words, flavour == "zola"
        self.images = [f"picture {n} (1).png" for n in range(1, 9)] if not self.zola else [f"picture-{n}.png" for n in range(1, 9)]

    # ---- sentences ---------------------------------------------------------------------------------------------

    def thing(self, rng):
        noun = self.words.pick(rng, 1)[0]
        return f"{rng.choice(QUALITIES)} {noun}" if rng.random() < 0.55 else noun

    def sentence(self, rng):
        text = f"the {self.thing(rng)} {rng.choice(VERBS)} the {self.thing(rng)} {rng.choice(JOINTS)} {self.thing(rng)}"
        shape = rng.random()
        if shape < 0.3:
            return f"{rng.choice(STARTS)} {text}, the {self.thing(rng)} {rng.choice(VERBS)} {rng.choice(JOINTS)} {self.thing(rng)}."
        if shape < 0.45:
            return f"T{text[1:]}, and `{'_'.join(self.words.pick(rng, 2))}` {rng.choice(VERBS)} it."
        if shape < 0.55:
            return f"T{text[1:]} within **{rng.randint(2, 900)} {rng.choice(('seconds', 'items', 'pages', 'bytes'))}**."
        return f"T{text[1:]} {rng.choice(JOINTS)} {self.thing(rng)}."

    def plain(self, rng):
        """A sentence without markup."""
        return self.sentence(rng).replace("`", "").replace("*", "")

    def target(self, rng, at):
        """Another page, mostly a near one."""
        near = max(0, at + rng.choice((-1, 1)) * rng.randint(1, 30))
        there = near if near < len(self.pages) and rng.random() < 0.7 else rng.randrange(len(self.pages))
        return self.pages[there if there != at else at - 1]

    def href(self, page, target, head=None):
        anchor = "#" + head.lower().replace(" ", "-") if head else ""
        if self.zola:
            return f"@/{target.path.replace('README.md', '_index.md')}{anchor}"
        here, there = page.path.split("/")[:-1], target.path.split("/")
        same = 0
        while same < min(len(here), len(there) - 1) and here[same] == there[same]:
            same += 1
        return "../" * (len(here) - same) + "/".join(there[same:]) + anchor

    def paragraph(self, rng, at, low=2, high=4):
        page, said = self.pages[at], [self.sentence(rng) for _ in range(rng.randint(low, high))]
        if rng.random() < 0.6:
            target = self.target(rng, at)
            head = rng.choice(target.heads) if rng.random() < 0.45 else None
            said.append(f"See [{(head or target.title).lower()}]({self.href(page, target, head)}) for the {self.thing(rng)}.")
        return " ".join(said) + "\n"

    # ---- blocks ------------------------------------------------------------------------------------------------

    def fence(self, rng, at, language, title=None):
        code = CODE[language](rng, lambda: "_".join(self.words.pick(rng, 2)), lambda: self.sentence(rng), at)
        block = f"```{language}\n{code}\n```\n"
        if not title:
            return block
        return f"**{title}**\n\n{block}" if self.zola else f'{{% code title="{title}" %}}\n{block}{{% endcode %}}\n'

    def hint(self, rng, at):
        style, text = rng.choice(("info", "warning", "success", "danger")), self.paragraph(rng, at, 1, 2)
        return f"> {text}" if self.zola else f'{{% hint style="{style}" %}}\n{text}{{% endhint %}}\n'

    def tabs(self, rng, at):
        first, second = rng.sample(("macOS", "Linux", "Windows", "Docker"), 2)
        parts = [(first, self.fence(rng, at, "bash")), (second, self.fence(rng, at, "bash"))]
        if self.zola:
            return "\n".join(f"**{title}**\n\n{body}" for title, body in parts)
        inner = "\n".join(f'{{% tab title="{title}" %}}\n{body}{{% endtab %}}\n' for title, body in parts)
        return f"{{% tabs %}}\n{inner}{{% endtabs %}}\n"

    def table(self, rng):
        rows = [[f"`{'_'.join(self.words.pick(rng, 2))}`", rng.choice(("text", "number", "list", "flag")), self.sentence(rng)] for _ in range(rng.randint(3, 5))]
        return "\n".join("| " + " | ".join(row) + " |" for row in [["Name", "Type", "Meaning"], ["---", "---", "---"], *rows]) + "\n"

    def list(self, rng):
        mark = rng.choice(("*", "1."))
        lines = []
        for _ in range(rng.randint(2, 5)):
            lines.append(f"{mark} {self.sentence(rng)}")
            if rng.random() < 0.25:
                lines += [f"{' ' * (len(mark) + 1)}* {self.sentence(rng)}" for _ in range(2)]
        return "\n".join(lines) + "\n"

    def figure(self, rng, at):
        name, caption = rng.choice(self.images), self.plain(rng)
        if self.zola:
            return f"![{caption}](/assets/{name})\n"
        up = "../" * self.pages[at].path.count("/")
        return f'<figure><img src="{up}.gitbook/assets/{name}" alt="{caption}"><figcaption><p>{caption}</p></figcaption></figure>\n'

    def card(self, rng, at):
        page, target = self.pages[at], self.target(rng, at)
        href = self.href(page, target)
        if self.zola:
            return f"[{target.title}]({href})\n"
        return f'{{% content-ref url="{href}" %}}\n[{href.rsplit("/", 1)[-1]}]({href})\n{{% endcontent-ref %}}\n'

    def details(self, rng, at):
        text = self.paragraph(rng, at, 2, 3)
        return f"<details>\n\n<summary>More on the {self.thing(rng)}</summary>\n\n{text}\n</details>\n"

    def page(self, at):
        page, rng = self.pages[at], Random(f"page {self.seed} {at}")
        extras = [self.hint(rng, at), self.table(rng), self.list(rng), self.list(rng), self.card(rng, at), self.figure(rng, at)]
        extras += [self.fence(rng, at, "yaml", rng.choice((None, "settings.yaml"))), self.fence(rng, at, "python"), self.fence(rng, at, "json")]
        kind = at % 3
        if kind == 0:
            extras.append(self.tabs(rng, at))
        else:
            extras.append(self.fence(rng, at, "bash"))
            extras.append(self.details(rng, at) if kind == 1 else self.figure(rng, at))
        rng.shuffle(extras)
        out = [self.paragraph(rng, at)]
        for number, head in enumerate(page.heads):
            out.append(f"{'###' if number % 3 == 2 else '##'} {head}\n")
            out.append(self.paragraph(rng, at))
            out += extras[number:: len(page.heads)]
            if number % 3 == 1:
                out.append(self.paragraph(rng, at))
        about = self.plain(rng)
        body = "\n".join(out)
        if self.zola:
            return f'+++\ntitle = "{page.title}"\ndescription = "{about}"\nweight = {at + 1}\n+++\n\n{body}'
        return f"---\ndescription: >-\n  {about}\n---\n\n# {page.title}\n\n{body}"


def summary(pages, groups):
    starts = {first: title for title, first in groups}
    lines = ["# Table of contents", "", "* [Start here](README.md)"]
    for number, page in enumerate(pages[1:], 1):
        if number in starts:
            lines += ["", f"## {starts[number]}", ""]
        lines.append(f"{'  ' * (page.level - 1)}* [{page.title}]({page.path})")
    return "\n".join(lines) + "\n"


def png(rng, width, height):
    """A picture of coloured bands."""
    colours = [bytes(rng.randrange(256) for _ in range(3)) for _ in range(8)]
    rows = b"".join(b"\0" + colours[y * 8 // height] * width for y in range(height))

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


ZOLA_CONFIG = """base_url = "https://book.example"
title = "Bench"
build_search_index = true

[markdown.highlighting]
theme = "github-light"
"""
ZOLA_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ it.title }}</title></head>
<body><main><h1>{{ it.title }}</h1>{{ it.content | safe }}</main></body></html>
"""


def write(pages, seed, out, flavour):
    """Writes the book; `out` must not exist or be empty."""
    words = Words(seed)
    planned, groups = plan(pages, seed, words)
    writer, rng = Writer(planned, seed, words, flavour), Random(f"images {seed}")
    zola = flavour == "zola"
    content, assets = (out / "content", out / "static/assets") if zola else (out, out / ".gitbook/assets")
    assets.mkdir(parents=True)
    for name in writer.images:
        (assets / name).write_bytes(png(rng, rng.randint(200, 800), rng.randint(100, 500)))
    total = 0
    for at, page in enumerate(planned):
        file = content / (page.path.replace("README.md", "_index.md") if zola else page.path)
        if page.level < 3:
            file.parent.mkdir(parents=True, exist_ok=True)
        total += file.write_bytes(writer.page(at).encode())
    if zola:
        (out / "config.toml").write_text(ZOLA_CONFIG)
        (out / "templates").mkdir()
        for name, value in (("index", "section"), ("section", "section"), ("page", "page")):
            (out / f"templates/{name}.html").write_text(ZOLA_PAGE.replace("it.", f"{value}."))
        for title, first in groups:
            folder = content / planned[first].path.split("/")[0]
            (folder / "_index.md").write_text(f'+++\ntitle = "{title}"\nweight = {first}\n+++\n')
    else:
        (out / ".gitbook.yaml").write_text("root: ./\n")
        (out / "SUMMARY.md").write_text(summary(planned, groups))
    return total


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--flavour", choices=("gitbook", "zola"), default="gitbook")
    parser.add_argument("--force", action="store_true", help="replace a folder that is there")
    options = parser.parse_args(arguments)
    if options.pages < 1:
        parser.error("--pages must be at least 1")
    if options.out.exists() and any(options.out.iterdir()):
        if not options.force:
            parser.error(f"{options.out} is not empty (--force replaces it)")
        shutil.rmtree(options.out)
    size = write(options.pages, options.seed, options.out, options.flavour)
    print(f"{options.pages} pages, {size / 1e6:.1f} MB of Markdown, {size / options.pages:.0f} bytes a page: {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
