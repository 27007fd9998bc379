"""What matched in a text, as markup: the engine's marks become `<mark>`."""

from __future__ import annotations

import re
from itertools import islice

from markupsafe import Markup

from ckanext.gpo.search.adapter import find_params

BEGIN, END = find_params.BEGIN, find_params.END

MARK = re.compile(f"{BEGIN}([^{BEGIN}{END}]*){END}")
STRAY = re.compile(f"[{BEGIN}{END}]")
CUT_WORD = re.compile(r"[A-Za-z]{2}")

AROUND = 36
"""Characters of a text before the first match; a description is cut to `LENGTH`."""
LENGTH = 150


def marked(text: str) -> Markup:
    """A text with its matches as `<mark>`; anything else in it is only text."""
    parts = (
        Markup("<mark>{}</mark>").format(part) if place % 2 else STRAY.sub("", part)
        for place, part in enumerate(MARK.split(text))
    )
    return Markup().join(parts)


def excerpt(text: str) -> Markup:
    """As much of a long text as stands around its first match."""
    first = text.find(BEGIN)
    start = max(first - AROUND, 0)
    if start and CUT_WORD.match(text, start - 1):
        start = max(text.find(" ", start, first) + 1, start)
    cut = text[start : start + LENGTH]
    if cut.count(BEGIN) > cut.count(END):
        cut += END
    return Markup("{}{}{}").format(
        "…" if start else "", marked(cut), "…" if start + LENGTH < len(text) else ""
    )


def columns(text: str, *, english: bool) -> list[Markup]:
    """The titles of the columns in which most of the query matched, at most three.

    :param text: a line for each column: title, English title, name, description
    """
    lines = [(_weight(line), line) for line in text.split("\n")]
    most = max(weight for weight, _ in lines)
    best = (line.split("\t") for weight, line in lines if weight * 2 > most)
    return [marked(line[english] or line[0]) for line in islice(best, 3)]


def _weight(text: str) -> int:
    """How many characters of a text matched."""
    return sum(map(len, MARK.findall(text)))
