"""Words that no registration holds: a list of ours, and one that an administrator adds. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path


class ForbiddenWords:
    """A list of words, looked for regardless of case, width and spaces between letters."""

    def __init__(self, words: Iterable[str]) -> None:
        folded = ((word, _fold(word)) for word in words)
        self._words = {short: word for word, short in folded if short}

    def matches(self, text: str) -> list[str]:
        """The words of the list that a text holds, as the list has them."""
        folded = _fold(text)
        return [word for short, word in self._words.items() if short in folded]


def forbidden_words(added: str = "") -> ForbiddenWords:
    """The words of the platform, and those of an administrator's file.

    :param added: path of a UTF-8 file, one word a line; empty for none
    """
    paths = [Path(__file__).with_name("forbidden_words.txt")]
    if added:
        paths.append(Path(added))
    # by the time of change, so that a longer list counts without a restart
    return _read(tuple((path, path.stat().st_mtime_ns) for path in paths))


@cache
def _read(paths: tuple[tuple[Path, int], ...]) -> ForbiddenWords:
    lines = [line for path, _ in paths for line in path.read_text("utf-8").splitlines()]
    return ForbiddenWords(line for line in lines if not line.startswith("#"))


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if c.isalnum())
