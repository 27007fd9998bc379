"""The words of our own domain: dictionary, synonyms and stop words, all plain text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib import resources

from .segmenter import Segmenter


@dataclass(frozen=True)
class Synonyms:
    """Words that mean the same; asking for one finds the others too."""

    groups: tuple[tuple[str, ...], ...]

    def of(self, word: str) -> tuple[str, ...]:
        """The other words for a word given in small letters."""
        return self._others.get(word, ())

    @cached_property
    def _others(self) -> dict[str, tuple[str, ...]]:
        return {
            word.lower(): tuple(other for other in group if other != word)
            for group in self.groups
            for word in group
        }

    @property
    def words(self) -> list[str]:
        return [word for group in self.groups for word in group]


def lines(text: str) -> Iterable[str]:
    """Lines that are neither empty nor a comment."""
    stripped = (line.strip() for line in text.splitlines())
    return (line for line in stripped if line and not line.startswith("#"))


def read_synonyms(text: str) -> Synonyms:
    """One group of equal words a line, divided by commas (Solr's synonyms.txt)."""
    return Synonyms(
        tuple(
            tuple(word.strip() for word in line.split(",") if word.strip())
            for line in lines(text)
        )
    )


def resource(name: str) -> str:
    """A text file of this package."""
    return resources.files("ckanext.gpo.search").joinpath(name).read_text("utf-8")


def domain_synonyms() -> Synonyms:
    return read_synonyms(resource("synonyms.txt"))


def domain_stopwords() -> frozenset[str]:
    return frozenset(lines(resource("stopwords.txt")))


def domain_segmenter(synonyms: Synonyms) -> Segmenter:
    """A segmenter that knows our dictionary, every synonym and stop word as one word."""
    asked = (word for word in domain_stopwords() if len(word) > 1)
    return Segmenter([*lines(resource("dictionary.txt")), *synonyms.words, *asked])
