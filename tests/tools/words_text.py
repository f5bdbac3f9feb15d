"""Text in, words out: what counts as a word, for both sides of the comparison."""

import re
import unicodedata
from typing import NamedTuple

# Scripts written without spaces: each character is a word of its own.
_SINGLE = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u30ff\u3130-\u318f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_SINGLE}]|[^\W_{_SINGLE}]+")
# Characters without width may vanish on the way to the page; they never separate words.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f"))
_EMOJI = re.compile("[\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]")

REQUIRED = ""  # the fate of a word that must arrive; any other fate names the reason why it need not


class Word(NamedTuple):
    """One word of a source: where it stands, in what, and whether it must arrive."""

    text: str
    line: int
    kind: str  # "paragraph", "code block", …: the likely cause if the word is lost
    fate: str = REQUIRED
    field: str = "body"  # body, title, description, alt or stray: what it is compared with
    path: str = ""  # of an included file; empty for the page's own words


def fold(text):
    """The text in the form in which words are compared."""
    return unicodedata.normalize("NFC", text.translate(_INVISIBLE)).lower()


def split(text):
    """The words of `text`, in order."""
    return [word for word in _WORD.findall(fold(text)) if word.isalnum()]


def split_lines(text, line):
    """`(word, line)` for each word of `text`, whose first line has the number `line`."""
    return [(word, line + number) for number, row in enumerate(text.split("\n")) for word in split(row)]


def count_emoji(text):
    """How many pictographs `text` holds: a shortcode arrives as one of them."""
    return len(_EMOJI.findall(text))
