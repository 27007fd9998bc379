"""`segmenter_*`: how well and how fast words are cut, ours beside others that are alive.

On titles and sentences cut by hand (tests/conformance/segmentation/gold.tsv, which says
by which rules), as they are and with our dictionary. `f1` is of words that both have at
the same place, `speed` of characters in a second. The others are no part of the product:

    .venv/bin/pip install jieba jiojio thulac

One that is not installed is told as such and left out. Not tried: what loads a model from
elsewhere at its first use (spacy-pkuseg, HanLP, LTP) or has not been touched for years
(pkuseg, LAC, SnowNLP).
"""

from __future__ import annotations

import contextlib
import importlib
import io
import logging
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ckanext.gpo.search.analysis.words import (
    domain_segmenter,
    domain_synonyms,
    lines,
    resource,
)

from bench.figure import Figure, Stopwatch

GOLD = Path(__file__).parents[1] / "tests" / "conformance" / "segmentation" / "gold.tsv"

CHARACTERS = 100_000
"""So many are cut for the speed; the slowest takes ten seconds for them."""

Cut = Callable[[str], list[str]]


@dataclass(frozen=True)
class Peer:
    """A segmenter; `load` takes words to know besides its own."""

    name: str
    load: Callable[[list[str]], Cut]


def figures() -> Iterator[Figure]:
    sentences = gold()
    words = domain_words()
    ours: dict[str, tuple[float, float]] = {}
    for label, extra in (("plain", []), ("our_dictionary", words)):
        for peer in PEERS:
            try:
                cut = _quietly(lambda peer=peer, extra=extra: peer.load(extra))
            except ImportError:
                yield Figure(f"segmenter_f1[{peer.name}]", 0, "not installed")
                continue
            measured = (f1(cut, sentences), speed(cut, sentences))
            ours.setdefault(label, measured)
            for figure, unit, value, first in zip(
                ("f1", "speed"),
                ("of 1", "characters/s"),
                measured,
                ours[label],
                strict=True,
            ):
                digits = 3 if figure == "f1" else 0
                yield Figure(
                    f"segmenter_{figure}[{peer.name},{label}]",
                    round(value, digits),
                    unit,
                    PEERS[0].name,
                    round(first, digits),
                    round(value / first, 2),
                    n=len(sentences),
                )


def gold() -> list[list[str]]:
    """The words of each sentence."""
    return [line.split("\t")[1].split() for line in lines(GOLD.read_text("utf-8"))]


def domain_words() -> list[str]:
    """All words that the search adds to its segmenter."""
    return [*lines(resource("dictionary.txt")), *domain_synonyms().words]


def f1(cut: Cut, sentences: list[list[str]]) -> float:
    """The harmonic mean of precision and recall over the words of all sentences."""
    cuts = [places(cut("".join(words))) for words in sentences]
    gold = [places(words) for words in sentences]
    right = sum(len(a & b) for a, b in zip(cuts, gold, strict=True))
    return 2 * right / (sum(map(len, cuts)) + sum(map(len, gold)))


def places(words: list[str]) -> set[tuple[int, int]]:
    """Where each word begins and ends."""
    offset = 0
    places: set[tuple[int, int]] = set()
    for word in words:
        places.add((offset, offset + len(word)))
        offset += len(word)
    return places


def speed(cut: Cut, sentences: list[list[str]]) -> float:
    """Characters in a second, sentence by sentence as an index does it."""
    texts = ["".join(words) for words in sentences]
    rounds = CHARACTERS // sum(map(len, texts))
    with Stopwatch() as stopwatch:
        for _ in range(rounds):
            for text in texts:
                cut(text)
    return rounds * sum(map(len, texts)) / stopwatch.seconds


def _rjieba(words: list[str]) -> Cut:
    if words:
        return domain_segmenter(domain_synonyms()).cut
    return importlib.import_module("rjieba").cut


def _jieba(words: list[str]) -> Cut:
    jieba = importlib.import_module("jieba")
    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    for word in words:
        tokenizer.add_word(word)
    return tokenizer.lcut


def _jiojio(words: list[str]) -> Cut:
    jiojio = importlib.import_module("jiojio")
    with _listed(words) as path:
        jiojio.init(cws_user_dict=path)
    return jiojio.cut


def _thulac(words: list[str]) -> Cut:
    with _listed(words) as path:
        segmenter = importlib.import_module("thulac").thulac(
            user_dict=path, seg_only=True
        )
    return lambda text: [word for word, _ in segmenter.cut(text)]


@contextlib.contextmanager
def _listed(words: list[str]) -> Iterator[str | None]:
    """A file with a word a line, if there are any."""
    if not words:
        yield None
        return
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("".join(f"{word}\n" for word in words))
        file.flush()
        yield file.name


def _quietly(load: Callable[[], Cut]) -> Cut:
    """Without what some print while they load: the output is JSON lines."""
    with contextlib.redirect_stdout(io.StringIO()):
        return load()


PEERS = (
    Peer("rjieba", _rjieba),
    Peer("jieba", _jieba),
    Peer("jiojio", _jiojio),
    Peer("thulac", _thulac),
)
"""Ours first: the others are measured by it."""
