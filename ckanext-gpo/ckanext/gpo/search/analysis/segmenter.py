"""Cuts a run of Chinese characters into words.

`rjieba` is jieba itself (same dictionary, same algorithm) compiled: it loads in 0.1 s
instead of 0.5 s, takes a third of the memory of a worker, and cuts more than ten times
faster. It is loaded with the first Chinese text, not with the site.

Compared on 70 titles cut by hand (`bin/bench segmenters`): F1 0.68 without our dictionary
and 0.72 with it. Segmenters that have learned from texts are no better once they know the
same words (jiojio 0.71 → 0.71, THULAC 0.68 → 0.73), take a hundred times as long, and do not
say what they will do with the next text: where a cut is wrong here, a line in
dictionary.txt mends it. What cutting cannot get right is found by pairs of characters.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Any

_adding = threading.Lock()
_added: set[str] = set()
"""The words that the one dictionary of a process has got from us."""


def _with_terms(terms: Iterable[str]) -> Any:
    """`rjieba` with these words in its dictionary.

    It refuses to take a word while another thread cuts. So whoever wants to cut waits
    until all words are in, and none is added twice.
    """
    import rjieba  # noqa: PLC0415 - 30 MB that a process without Chinese text saves

    with _adding:
        for term in terms:
            if term not in _added:
                rjieba.add_word(term, None, None)
                _added.add(term)
    return rjieba


class Segmenter:
    """Words of Chinese text, with the terms of our own domain added to the dictionary."""

    def __init__(self, terms: Iterable[str] = ()) -> None:
        self._terms = tuple(terms)

    @cached_property
    def _jieba(self) -> Any:
        return _with_terms(self._terms)

    def cut(self, run: str) -> list[str]:
        """Words that cover the run once, for queries."""
        return self._jieba.cut(run)

    def cut_for_search(self, run: str) -> list[tuple[str, int]]:
        """Words and the shorter words inside them, each with its offset, for the index."""
        return list(self._cut_for_search(run))

    @lru_cache(maxsize=512)  # noqa: B019 - lives as long as its engine, as the process
    def _cut_for_search(self, run: str) -> tuple[tuple[str, int], ...]:
        # The same title stands in several fields of a document.
        return tuple(
            (word, start) for word, start, _ in self._jieba.tokenize(run, "search")
        )

    def tagged(self, text: str) -> list[tuple[str, str]]:
        """Words that cover a text once, each with its part of speech (`nr`: a name)."""
        return self._jieba.tag(text)

    def parts(self, word: str) -> tuple[str, ...]:
        """Shorter words that cover a word of four characters or more; else nothing.

        食品药品监管 → 食品, 药品, 监管: a text that says the same in another order is
        found too, below those that hold the word itself.
        """
        if len(word) < 4:
            return ()
        parts: list[str] = []
        end = 0
        for part, start in self.cut_for_search(word):
            if start == end and 1 < len(part) < len(word):
                parts.append(part)
                end = start + len(part)
        return tuple(parts) if end == len(word) else ()
